-- 一地一策: what is to be done with a plot that is not supplied. The newest state; the journal has the others.
CREATE TABLE plot_measure (
    county INTEGER NOT NULL,
    plot_id INTEGER NOT NULL,
    present_state TEXT,
    expropriated_cm2 INTEGER,
    measure TEXT,
    measure_note TEXT,
    due_on TEXT,
    unit TEXT,
    person_id INTEGER,
    net_land TEXT NOT NULL,
    remark TEXT,
    version INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, plot_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX plot_measure_by_due_on ON plot_measure (county, due_on);

-- 责任人: the name of somebody without an account. It may be erased and is kept nowhere else.
CREATE TABLE measure_contact (
    county INTEGER NOT NULL,
    plot_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (county, plot_id)
) STRICT, WITHOUT ROWID;

-- 月度进展: what was done about a plot in a month, as it was reported.
CREATE TABLE plot_progress (
    county INTEGER NOT NULL,
    plot_id INTEGER NOT NULL,
    month TEXT NOT NULL,
    n INTEGER NOT NULL,
    done TEXT NOT NULL,
    remark TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, plot_id, month, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER plot_progress_no_update BEFORE UPDATE ON plot_progress BEGIN SELECT RAISE(ABORT, 'plot_progress is append-only'); END;
CREATE TRIGGER plot_progress_no_delete BEFORE DELETE ON plot_progress BEGIN SELECT RAISE(ABORT, 'plot_progress is append-only'); END;

-- 抵押、查封 of parcels.
CREATE TABLE encumbrance (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    parcel_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT,
    area_cm2 INTEGER,
    appraised_fen INTEGER,
    loan_fen INTEGER,
    attachments TEXT NOT NULL,
    remark TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX encumbrance_by_parcel_id ON encumbrance (county, parcel_id);
CREATE TRIGGER encumbrance_no_update BEFORE UPDATE ON encumbrance BEGIN SELECT RAISE(ABORT, 'encumbrance is append-only'); END;
CREATE TRIGGER encumbrance_no_delete BEFORE DELETE ON encumbrance BEGIN SELECT RAISE(ABORT, 'encumbrance is append-only'); END;

-- 抵押权人、查封机关: it may be a natural person, so it may be erased.
CREATE TABLE encumbrance_party (
    county INTEGER NOT NULL,
    encumbrance_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (county, encumbrance_id)
) STRICT, WITHOUT ROWID;

-- 解押、解封、续封, and the consent of a mortgagee to one kind of act.
CREATE TABLE encumbrance_event (
    county INTEGER NOT NULL,
    encumbrance_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    action TEXT NOT NULL,
    consents_to TEXT,
    document_number TEXT NOT NULL,
    document_authority TEXT NOT NULL,
    dated TEXT NOT NULL,
    until_day TEXT,
    attachments TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, encumbrance_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER encumbrance_event_no_update BEFORE UPDATE ON encumbrance_event BEGIN SELECT RAISE(ABORT, 'encumbrance_event is append-only'); END;
CREATE TRIGGER encumbrance_event_no_delete BEFORE DELETE ON encumbrance_event BEGIN SELECT RAISE(ABORT, 'encumbrance_event is append-only'); END;

-- 待办: who marked an item done, put it off or took that back, and why.
CREATE TABLE worklist_event (
    county INTEGER NOT NULL,
    n INTEGER NOT NULL,
    source TEXT NOT NULL,
    item_key TEXT NOT NULL,
    action TEXT NOT NULL,
    until_day TEXT,
    reason TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (county, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX worklist_event_by_item_key ON worklist_event (county, source, item_key);
CREATE TRIGGER worklist_event_no_update BEFORE UPDATE ON worklist_event BEGIN SELECT RAISE(ABORT, 'worklist_event is append-only'); END;
CREATE TRIGGER worklist_event_no_delete BEFORE DELETE ON worklist_event BEGIN SELECT RAISE(ABORT, 'worklist_event is append-only'); END;

-- 附件所属: what an attachment shows, and where and when it was taken.
CREATE TABLE attachment_subject (
    county INTEGER NOT NULL,
    n INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    collection TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    purpose TEXT,
    taken_at TEXT,
    longitude_e7 INTEGER,
    latitude_e7 INTEGER,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_subject_by_object_id ON attachment_subject (county, collection, object_id);
CREATE INDEX attachment_subject_by_sha256 ON attachment_subject (county, sha256);
CREATE TRIGGER attachment_subject_no_update BEFORE UPDATE ON attachment_subject BEGIN SELECT RAISE(ABORT, 'attachment_subject is append-only'); END;
CREATE TRIGGER attachment_subject_no_delete BEFORE DELETE ON attachment_subject BEGIN SELECT RAISE(ABORT, 'attachment_subject is append-only'); END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('plot_measure', 'plot_measure_by_due_on', '1000000 1000000 300'),
    ('plot_measure', 'plot_measure', '1000000 1000000 1'),
    ('measure_contact', 'measure_contact', '1000000 1000000 1'),
    ('plot_progress', 'plot_progress', '1000000 1000000 12 1 1'),
    ('encumbrance', 'encumbrance_by_parcel_id', '1000000 1000000 2'),
    ('encumbrance', 'encumbrance', '1000000 1000000 1'),
    ('encumbrance_party', 'encumbrance_party', '1000000 1000000 1'),
    ('encumbrance_event', 'encumbrance_event', '1000000 1000000 2 1'),
    ('worklist_event', 'worklist_event_by_item_key', '1000000 1000000 300000 2'),
    ('worklist_event', 'worklist_event', '1000000 1000000 1'),
    ('attachment_subject', 'attachment_subject_by_sha256', '1000000 1000000 2'),
    ('attachment_subject', 'attachment_subject_by_object_id', '1000000 1000000 250000 4'),
    ('attachment_subject', 'attachment_subject', '1000000 1000000 1');
ANALYZE sqlite_master;
