-- 考核基数: land that was unsupplied or idle on a day, as known at a voucher number, frozen with its task.
CREATE TABLE frozen_base (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    as_of DATE NOT NULL,
    known_seq BIGINT NOT NULL,
    head_hash BYTEA NOT NULL,
    area_cm2 BIGINT NOT NULL,
    task_cm2 BIGINT NOT NULL,
    task_number TEXT COLLATE "C" NOT NULL,
    task_dated DATE NOT NULL,
    sha256 BYTEA NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    proposer_id BIGINT NOT NULL,
    approver_id BIGINT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, id)
);

CREATE TABLE frozen_base_plot (
    county INTEGER NOT NULL,
    base_id BIGINT NOT NULL,
    plot_id BIGINT NOT NULL,
    area_cm2 BIGINT NOT NULL,
    township_code INTEGER,
    approved_on DATE,
    PRIMARY KEY (county, base_id, plot_id)
);
CREATE TRIGGER frozen_base_plot_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON frozen_base_plot
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 已出具的月报: as it was issued, so that its figures can be proved later.
CREATE TABLE issued_report (
    county INTEGER NOT NULL,
    base_id BIGINT NOT NULL,
    n INTEGER NOT NULL,
    month_end DATE NOT NULL,
    known_seq BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    issued_by BIGINT NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, base_id, n)
);
CREATE TRIGGER issued_report_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON issued_report
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
