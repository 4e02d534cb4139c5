DROP TABLE attachment_subject;
DROP TABLE worklist_event;
DROP TABLE encumbrance_event;
DROP TABLE encumbrance_party;
DROP TABLE encumbrance;
DROP TABLE plot_progress;
DROP TABLE measure_contact;
DROP TABLE plot_measure;
DELETE FROM sqlite_stat1 WHERE tbl IN ('plot_measure', 'measure_contact', 'plot_progress', 'encumbrance', 'encumbrance_party', 'encumbrance_event', 'worklist_event', 'attachment_subject');
