-- 一地一策: what is to be done with a plot that is not supplied. The newest state; the journal has the others.
CREATE TABLE plot_measure (
    county INTEGER NOT NULL,
    plot_id BIGINT NOT NULL,
    present_state TEXT COLLATE "C",
    expropriated_cm2 BIGINT,
    measure TEXT COLLATE "C",
    measure_note TEXT COLLATE "C",
    due_on DATE,
    unit TEXT COLLATE "C",
    person_id BIGINT,
    net_land TEXT COLLATE "C" NOT NULL,
    remark TEXT COLLATE "C",
    version BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, plot_id)
);
CREATE INDEX plot_measure_by_due_on ON plot_measure (county, due_on);

-- 责任人: the name of somebody without an account. It may be erased and is kept nowhere else.
CREATE TABLE measure_contact (
    county INTEGER NOT NULL,
    plot_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (county, plot_id)
);

-- 月度进展: what was done about a plot in a month, as it was reported.
CREATE TABLE plot_progress (
    county INTEGER NOT NULL,
    plot_id BIGINT NOT NULL,
    month DATE NOT NULL,
    n INTEGER NOT NULL,
    done TEXT COLLATE "C" NOT NULL,
    remark TEXT COLLATE "C",
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, plot_id, month, n)
);
CREATE TRIGGER plot_progress_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON plot_progress
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 抵押、查封 of parcels.
CREATE TABLE encumbrance (
    county INTEGER NOT NULL,
    id BIGINT NOT NULL,
    parcel_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    from_day DATE NOT NULL,
    until_day DATE,
    area_cm2 BIGINT,
    appraised_fen BIGINT,
    loan_fen BIGINT,
    attachments TEXT COLLATE "C" NOT NULL,
    remark TEXT COLLATE "C",
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX encumbrance_by_parcel_id ON encumbrance (county, parcel_id);
CREATE TRIGGER encumbrance_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON encumbrance
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 抵押权人、查封机关: it may be a natural person, so it may be erased.
CREATE TABLE encumbrance_party (
    county INTEGER NOT NULL,
    encumbrance_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (county, encumbrance_id)
);

-- 解押、解封、续封, and the consent of a mortgagee to one kind of act.
CREATE TABLE encumbrance_event (
    county INTEGER NOT NULL,
    encumbrance_id BIGINT NOT NULL,
    n INTEGER NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    consents_to TEXT COLLATE "C",
    document_number TEXT COLLATE "C" NOT NULL,
    document_authority TEXT COLLATE "C" NOT NULL,
    dated DATE NOT NULL,
    until_day DATE,
    attachments TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, encumbrance_id, n)
);
CREATE TRIGGER encumbrance_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON encumbrance_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 待办: who marked an item done, put it off or took that back, and why.
CREATE TABLE worklist_event (
    county INTEGER NOT NULL,
    n BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    item_key TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    until_day DATE,
    reason TEXT COLLATE "C" NOT NULL,
    user_id BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, n)
);
CREATE INDEX worklist_event_by_item_key ON worklist_event (county, source, item_key);
CREATE TRIGGER worklist_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON worklist_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 附件所属: what an attachment shows, and where and when it was taken.
CREATE TABLE attachment_subject (
    county INTEGER NOT NULL,
    n BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    collection TEXT COLLATE "C" NOT NULL,
    object_id BIGINT NOT NULL,
    purpose TEXT COLLATE "C",
    taken_at TIMESTAMP,
    longitude_e7 BIGINT,
    latitude_e7 BIGINT,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, n)
);
CREATE INDEX attachment_subject_by_object_id ON attachment_subject (county, collection, object_id);
CREATE INDEX attachment_subject_by_sha256 ON attachment_subject (county, sha256);
CREATE TRIGGER attachment_subject_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attachment_subject
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
