-- 监测监管系统的导出: each import as a dated snapshot of what the ministry's system says of the county's supplies.
CREATE TABLE monitoring_snapshot (
    county INTEGER NOT NULL REFERENCES county_state (county),
    n BIGINT NOT NULL,
    as_of DATE NOT NULL,
    file_sha256 BYTEA NOT NULL,
    byte_size BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    area_cm2 BIGINT NOT NULL,
    imported_by BIGINT NOT NULL,
    imported_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, n)
);
CREATE TRIGGER monitoring_snapshot_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON monitoring_snapshot
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 监测监管系统的供应记录: one row of an export, by its 电子监管号. Who holds the land is not kept.
CREATE TABLE monitoring_supply (
    county INTEGER NOT NULL,
    snapshot BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    sheet_row BIGINT NOT NULL,
    area_cm2 BIGINT NOT NULL,
    stated_value TEXT COLLATE "C" NOT NULL,
    stated_unit TEXT COLLATE "C" NOT NULL,
    signed_on DATE,
    state TEXT COLLATE "C",
    method TEXT COLLATE "C",
    land_use TEXT COLLATE "C",
    price_fen BIGINT,
    project_name TEXT COLLATE "C",
    location TEXT COLLATE "C",
    land_source TEXT COLLATE "C",
    term TEXT COLLATE "C",
    industry TEXT COLLATE "C",
    grade TEXT COLLATE "C",
    authority TEXT COLLATE "C",
    handover_by DATE,
    start_by DATE,
    finish_by DATE,
    started_on DATE,
    finished_on DATE,
    PRIMARY KEY (county, snapshot, number)
);
CREATE TRIGGER monitoring_supply_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON monitoring_supply
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- By it both sides are found.
CREATE INDEX parcel_by_regulatory_number ON parcel (county, regulatory_number) WHERE regulatory_number IS NOT NULL;

-- 年报: an issued report is that of a month or of a year.
ALTER TABLE issued_report ADD COLUMN period TEXT COLLATE "C" NOT NULL DEFAULT 'month';
