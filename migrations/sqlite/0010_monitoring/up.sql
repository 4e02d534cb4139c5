-- 监测监管系统的导出: each import as a dated snapshot of what the ministry's system says of the county's supplies.
CREATE TABLE monitoring_snapshot (
    county INTEGER NOT NULL REFERENCES county_state (county),
    n INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    file_sha256 BLOB NOT NULL,
    byte_size INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    area_cm2 INTEGER NOT NULL,
    imported_by INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    PRIMARY KEY (county, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER monitoring_snapshot_no_update BEFORE UPDATE ON monitoring_snapshot
BEGIN SELECT RAISE(ABORT, 'monitoring_snapshot is append-only'); END;
CREATE TRIGGER monitoring_snapshot_no_delete BEFORE DELETE ON monitoring_snapshot
BEGIN SELECT RAISE(ABORT, 'monitoring_snapshot is append-only'); END;

-- 监测监管系统的供应记录: one row of an export, by its 电子监管号. Who holds the land is not kept.
CREATE TABLE monitoring_supply (
    county INTEGER NOT NULL,
    snapshot INTEGER NOT NULL,
    number TEXT NOT NULL,
    sheet_row INTEGER NOT NULL,
    area_cm2 INTEGER NOT NULL,
    stated_value TEXT NOT NULL,
    stated_unit TEXT NOT NULL,
    signed_on TEXT,
    state TEXT,
    method TEXT,
    land_use TEXT,
    price_fen INTEGER,
    project_name TEXT,
    location TEXT,
    land_source TEXT,
    term TEXT,
    industry TEXT,
    grade TEXT,
    authority TEXT,
    handover_by TEXT,
    start_by TEXT,
    finish_by TEXT,
    started_on TEXT,
    finished_on TEXT,
    PRIMARY KEY (county, snapshot, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER monitoring_supply_no_update BEFORE UPDATE ON monitoring_supply
BEGIN SELECT RAISE(ABORT, 'monitoring_supply is append-only'); END;
CREATE TRIGGER monitoring_supply_no_delete BEFORE DELETE ON monitoring_supply
BEGIN SELECT RAISE(ABORT, 'monitoring_supply is append-only'); END;

-- By it both sides are found.
CREATE INDEX parcel_by_regulatory_number ON parcel (county, regulatory_number) WHERE regulatory_number IS NOT NULL;

-- 年报: an issued report is that of a month or of a year.
ALTER TABLE issued_report ADD COLUMN period TEXT NOT NULL DEFAULT 'month';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('monitoring_snapshot', 'monitoring_snapshot', '100 100 1'),
    ('monitoring_supply', 'monitoring_supply', '1000000 1000000 10000 1'),
    ('parcel', 'parcel_by_regulatory_number', '1000000 1000000 1');
ANALYZE sqlite_master;
