-- 文书设置: what papers say of the county's offices; each version is kept.
CREATE TABLE paper_settings (
    county INTEGER NOT NULL REFERENCES county_state (county),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, version)
) STRICT, WITHOUT ROWID;

-- 文书: the newest state of each draft; what was issued rests in paper_issue.
CREATE TABLE paper (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    drafter_id INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_by_case_id ON paper (county, case_id);

-- 正式文书: frozen when it was registered; its bytes are attachments.
CREATE TABLE paper_issue (
    county INTEGER NOT NULL,
    paper_id INTEGER NOT NULL,
    word TEXT,
    year INTEGER,
    n INTEGER,
    issued_on TEXT,
    step TEXT,
    body TEXT NOT NULL,
    docx_sha256 TEXT NOT NULL,
    html_sha256 TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    issued_by INTEGER NOT NULL,
    PRIMARY KEY (county, paper_id),
    FOREIGN KEY (county, paper_id) REFERENCES paper (county, id),
    FOREIGN KEY (county, docx_sha256) REFERENCES attachment (county, sha256),
    FOREIGN KEY (county, html_sha256) REFERENCES attachment (county, sha256)
) STRICT, WITHOUT ROWID;

-- 文号登记簿: every number that was ever taken, with its paper or without one.
CREATE TABLE paper_number (
    county INTEGER NOT NULL REFERENCES county_state (county),
    word TEXT NOT NULL,
    year INTEGER NOT NULL,
    n INTEGER NOT NULL,
    paper_id INTEGER,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, word, year, n),
    FOREIGN KEY (county, paper_id) REFERENCES paper (county, id)
) STRICT, WITHOUT ROWID;

-- 作废文号: a number stays taken when it is void.
CREATE TABLE paper_number_void (
    county INTEGER NOT NULL,
    word TEXT NOT NULL,
    year INTEGER NOT NULL,
    n INTEGER NOT NULL,
    reason TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, word, year, n),
    FOREIGN KEY (county, word, year, n) REFERENCES paper_number (county, word, year, n)
) STRICT, WITHOUT ROWID;

-- 签章扫描件: the signed paper as it went out.
CREATE TABLE paper_scan (
    county INTEGER NOT NULL,
    paper_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, paper_id, n),
    FOREIGN KEY (county, paper_id) REFERENCES paper_issue (county, paper_id),
    FOREIGN KEY (county, sha256) REFERENCES attachment (county, sha256)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER paper_settings_no_update BEFORE UPDATE ON paper_settings BEGIN SELECT RAISE(ABORT, 'paper_settings is append-only'); END;
CREATE TRIGGER paper_settings_no_delete BEFORE DELETE ON paper_settings BEGIN SELECT RAISE(ABORT, 'paper_settings is append-only'); END;
CREATE TRIGGER paper_issue_no_update BEFORE UPDATE ON paper_issue BEGIN SELECT RAISE(ABORT, 'paper_issue is append-only'); END;
CREATE TRIGGER paper_issue_no_delete BEFORE DELETE ON paper_issue BEGIN SELECT RAISE(ABORT, 'paper_issue is append-only'); END;
CREATE TRIGGER paper_number_no_update BEFORE UPDATE ON paper_number BEGIN SELECT RAISE(ABORT, 'paper_number is append-only'); END;
CREATE TRIGGER paper_number_no_delete BEFORE DELETE ON paper_number BEGIN SELECT RAISE(ABORT, 'paper_number is append-only'); END;
CREATE TRIGGER paper_number_void_no_update BEFORE UPDATE ON paper_number_void BEGIN SELECT RAISE(ABORT, 'paper_number_void is append-only'); END;
CREATE TRIGGER paper_number_void_no_delete BEFORE DELETE ON paper_number_void BEGIN SELECT RAISE(ABORT, 'paper_number_void is append-only'); END;
CREATE TRIGGER paper_scan_no_update BEFORE UPDATE ON paper_scan BEGIN SELECT RAISE(ABORT, 'paper_scan is append-only'); END;
CREATE TRIGGER paper_scan_no_delete BEFORE DELETE ON paper_scan BEGIN SELECT RAISE(ABORT, 'paper_scan is append-only'); END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('paper', 'paper', '10000 10000 1'),
    ('paper', 'paper_by_case_id', '10000 10000 10'),
    ('paper_issue', 'paper_issue', '10000 10000 1'),
    ('paper_number', 'paper_number', '10000 10000 1000 100 1');
ANALYZE sqlite_master;
