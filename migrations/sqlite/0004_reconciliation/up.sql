-- 对账差异的指派与处理: what was said of a difference between map and books, with the digest of the figures it was
-- said of. The differences themselves are found anew at every look and rest nowhere.
CREATE TABLE reconciliation_note (
    county INTEGER NOT NULL REFERENCES county_state (county),
    difference TEXT NOT NULL,
    n INTEGER NOT NULL,
    owner_id INTEGER,
    resolution TEXT NOT NULL,
    reason TEXT,
    figures_sha256 BLOB NOT NULL,
    user_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (county, difference, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reconciliation_note_no_update BEFORE UPDATE ON reconciliation_note
BEGIN SELECT RAISE(ABORT, 'reconciliation_note is append-only'); END;
CREATE TRIGGER reconciliation_note_no_delete BEFORE DELETE ON reconciliation_note
BEGIN SELECT RAISE(ABORT, 'reconciliation_note is append-only'); END;

-- What is not on the map, and what lacks its number: short lists beside long tables.
CREATE INDEX plot_unmapped ON plot (county, id) WHERE geometry_version = 0;
CREATE INDEX parcel_unmapped ON parcel (county, id) WHERE geometry_version = 0;
CREATE INDEX parcel_without_number ON parcel (county, id) WHERE regulatory_number IS NULL;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('reconciliation_note', 'reconciliation_note', '1000000 1000000 2 1'),
    ('plot', 'plot_unmapped', '50000 50000 1'),
    ('parcel', 'parcel_unmapped', '50000 50000 1'),
    ('parcel', 'parcel_without_number', '50000 50000 1');
ANALYZE sqlite_master;
