-- 考核基数: land that was unsupplied or idle on a day, as known at a voucher number, frozen with its task.
CREATE TABLE frozen_base (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    as_of TEXT NOT NULL,
    known_seq INTEGER NOT NULL,
    head_hash BLOB NOT NULL,
    area_cm2 INTEGER NOT NULL,
    task_cm2 INTEGER NOT NULL,
    task_number TEXT NOT NULL,
    task_dated TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    state TEXT NOT NULL,
    proposer_id INTEGER NOT NULL,
    approver_id INTEGER,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE frozen_base_plot (
    county INTEGER NOT NULL,
    base_id INTEGER NOT NULL,
    plot_id INTEGER NOT NULL,
    area_cm2 INTEGER NOT NULL,
    township_code INTEGER,
    approved_on TEXT,
    PRIMARY KEY (county, base_id, plot_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER frozen_base_plot_no_update BEFORE UPDATE ON frozen_base_plot BEGIN SELECT RAISE(ABORT, 'frozen_base_plot is append-only'); END;
CREATE TRIGGER frozen_base_plot_no_delete BEFORE DELETE ON frozen_base_plot BEGIN SELECT RAISE(ABORT, 'frozen_base_plot is append-only'); END;

-- 已出具的月报: as it was issued, so that its figures can be proved later.
CREATE TABLE issued_report (
    county INTEGER NOT NULL,
    base_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    month_end TEXT NOT NULL,
    known_seq INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    body TEXT NOT NULL,
    issued_by INTEGER NOT NULL,
    issued_at TEXT NOT NULL,
    PRIMARY KEY (county, base_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER issued_report_no_update BEFORE UPDATE ON issued_report BEGIN SELECT RAISE(ABORT, 'issued_report is append-only'); END;
CREATE TRIGGER issued_report_no_delete BEFORE DELETE ON issued_report BEGIN SELECT RAISE(ABORT, 'issued_report is append-only'); END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('frozen_base', 'frozen_base', '100 100 1'),
    ('frozen_base_plot', 'frozen_base_plot', '1000000 1000000 10000 1'),
    ('issued_report', 'issued_report', '1000 1000 10 1');
ANALYZE sqlite_master;
