-- 闲置土地处置案件: how it was opened. It is never changed; what happened after is its steps.
CREATE TABLE idle_case (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    client_id TEXT NOT NULL,
    parcel_id INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    phase TEXT,
    grounds TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    area_cm2 INTEGER NOT NULL,
    previous_id INTEGER,
    srid INTEGER,
    grid_wkb BLOB,
    remark TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, client_id),
    UNIQUE (county, year, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX idle_case_by_parcel_id ON idle_case (county, parcel_id);
CREATE INDEX idle_case_by_previous_id ON idle_case (county, previous_id);
CREATE TRIGGER idle_case_no_update BEFORE UPDATE ON idle_case BEGIN SELECT RAISE(ABORT, 'idle_case is append-only'); END;
CREATE TRIGGER idle_case_no_delete BEFORE DELETE ON idle_case BEGIN SELECT RAISE(ABORT, 'idle_case is append-only'); END;

-- The plots that the land of a case lies in.
CREATE TABLE idle_case_plot (
    county INTEGER NOT NULL,
    plot_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    PRIMARY KEY (county, plot_id, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX idle_case_plot_by_case_id ON idle_case_plot (county, case_id);
CREATE TRIGGER idle_case_plot_no_update BEFORE UPDATE ON idle_case_plot BEGIN SELECT RAISE(ABORT, 'idle_case_plot is append-only'); END;
CREATE TRIGGER idle_case_plot_no_delete BEFORE DELETE ON idle_case_plot BEGIN SELECT RAISE(ABORT, 'idle_case_plot is append-only'); END;

-- How a case stands: what its steps add up to, for the lists, and its version.
CREATE TABLE idle_case_state (
    county INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    cause TEXT,
    way TEXT,
    is_suspended INTEGER NOT NULL,
    found_on TEXT,
    ended_on TEXT,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (county, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX idle_case_state_by_state ON idle_case_state (county, state);

-- 案件步骤, and the entries that void one.
CREATE TABLE idle_case_step (
    county INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    body TEXT NOT NULL,
    voids INTEGER,
    voucher_seq INTEGER,
    proposer_id INTEGER NOT NULL,
    reviewer_id INTEGER,
    approver_id INTEGER,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (county, case_id, n),
    UNIQUE (county, case_id, voids)
) STRICT, WITHOUT ROWID;
CREATE INDEX idle_case_step_by_voucher_seq ON idle_case_step (county, voucher_seq);
CREATE TRIGGER idle_case_step_no_update BEFORE UPDATE ON idle_case_step BEGIN SELECT RAISE(ABORT, 'idle_case_step is append-only'); END;
CREATE TRIGGER idle_case_step_no_delete BEFORE DELETE ON idle_case_step BEGIN SELECT RAISE(ABORT, 'idle_case_step is append-only'); END;

-- 待批步骤: a step of three people on its way.
CREATE TABLE idle_case_proposal (
    county INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    body TEXT NOT NULL,
    voids INTEGER,
    state TEXT NOT NULL,
    proposer_id INTEGER NOT NULL,
    reviewer_id INTEGER,
    step_n INTEGER,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (county, case_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX idle_case_proposal_by_state ON idle_case_proposal (county, state);

-- What was done with each, by whom.
CREATE TABLE idle_case_event (
    county INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    proposal_n INTEGER NOT NULL,
    n INTEGER NOT NULL,
    action TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    comment TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (county, case_id, proposal_n, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER idle_case_event_no_update BEFORE UPDATE ON idle_case_event BEGIN SELECT RAISE(ABORT, 'idle_case_event is append-only'); END;
CREATE TRIGGER idle_case_event_no_delete BEFORE DELETE ON idle_case_event BEGIN SELECT RAISE(ABORT, 'idle_case_event is append-only'); END;
