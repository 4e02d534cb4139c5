-- 作废文书: a registered paper without a number that was made void; it stays as it is.
CREATE TABLE paper_void (
    county INTEGER NOT NULL,
    paper_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, paper_id),
    FOREIGN KEY (county, paper_id) REFERENCES paper_issue (county, paper_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER paper_void_no_update BEFORE UPDATE ON paper_void BEGIN SELECT RAISE(ABORT, 'paper_void is append-only'); END;
CREATE TRIGGER paper_void_no_delete BEFORE DELETE ON paper_void BEGIN SELECT RAISE(ABORT, 'paper_void is append-only'); END;
