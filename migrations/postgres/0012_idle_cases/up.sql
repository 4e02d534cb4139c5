-- 闲置土地处置案件: how it was opened. It is never changed; what happened after is its steps.
CREATE TABLE idle_case (
    county INTEGER NOT NULL,
    id BIGINT NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    parcel_id BIGINT NOT NULL,
    contract_id BIGINT NOT NULL,
    phase TEXT COLLATE "C",
    grounds TEXT COLLATE "C" NOT NULL,
    opened_on DATE NOT NULL,
    area_cm2 BIGINT NOT NULL,
    previous_id BIGINT,
    srid INTEGER,
    grid_wkb BYTEA,
    remark TEXT COLLATE "C",
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, client_id),
    UNIQUE (county, year, serial)
);
CREATE INDEX idle_case_by_parcel_id ON idle_case (county, parcel_id);
CREATE INDEX idle_case_by_previous_id ON idle_case (county, previous_id);
CREATE TRIGGER idle_case_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON idle_case
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The plots that the land of a case lies in.
CREATE TABLE idle_case_plot (
    county INTEGER NOT NULL,
    plot_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    PRIMARY KEY (county, plot_id, case_id)
);
CREATE INDEX idle_case_plot_by_case_id ON idle_case_plot (county, case_id);
CREATE TRIGGER idle_case_plot_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON idle_case_plot
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- How a case stands: what its steps add up to, for the lists, and its version.
CREATE TABLE idle_case_state (
    county INTEGER NOT NULL,
    case_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    cause TEXT COLLATE "C",
    way TEXT COLLATE "C",
    is_suspended BOOLEAN NOT NULL,
    found_on DATE,
    ended_on DATE,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, case_id)
);
CREATE INDEX idle_case_state_by_state ON idle_case_state (county, state);

-- 案件步骤, and the entries that void one.
CREATE TABLE idle_case_step (
    county INTEGER NOT NULL,
    case_id BIGINT NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    on_day DATE NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    voids INTEGER,
    voucher_seq BIGINT,
    proposer_id BIGINT NOT NULL,
    reviewer_id BIGINT,
    approver_id BIGINT,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, case_id, n),
    UNIQUE (county, case_id, voids)
);
CREATE INDEX idle_case_step_by_voucher_seq ON idle_case_step (county, voucher_seq);
CREATE TRIGGER idle_case_step_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON idle_case_step
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 待批步骤: a step of three people on its way.
CREATE TABLE idle_case_proposal (
    county INTEGER NOT NULL,
    case_id BIGINT NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    on_day DATE NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    voids INTEGER,
    state TEXT COLLATE "C" NOT NULL,
    proposer_id BIGINT NOT NULL,
    reviewer_id BIGINT,
    step_n INTEGER,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, case_id, n)
);
CREATE INDEX idle_case_proposal_by_state ON idle_case_proposal (county, state);

-- What was done with each, by whom.
CREATE TABLE idle_case_event (
    county INTEGER NOT NULL,
    case_id BIGINT NOT NULL,
    proposal_n INTEGER NOT NULL,
    n INTEGER NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    user_id BIGINT NOT NULL,
    comment TEXT COLLATE "C",
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, case_id, proposal_n, n)
);
CREATE TRIGGER idle_case_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON idle_case_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
