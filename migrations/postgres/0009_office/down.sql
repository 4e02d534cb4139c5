DROP TABLE attachment_subject;
DROP TABLE worklist_event;
DROP TABLE encumbrance_event;
DROP TABLE encumbrance_party;
DROP TABLE encumbrance;
DROP TABLE plot_progress;
DROP TABLE measure_contact;
DROP TABLE plot_measure;
