-- 图形: land that lines moved and holdings are left with, each polygon once under the digest of its bytes.
CREATE TABLE land_polygon (
    county INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    srid INTEGER NOT NULL,
    grid_wkb BLOB NOT NULL,
    area_cm2 INTEGER NOT NULL,
    PRIMARY KEY (county, sha256)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER land_polygon_no_update BEFORE UPDATE ON land_polygon BEGIN SELECT RAISE(ABORT, 'land_polygon is append-only'); END;
CREATE TRIGGER land_polygon_no_delete BEFORE DELETE ON land_polygon BEGIN SELECT RAISE(ABORT, 'land_polygon is append-only'); END;

-- 持有图形: what each voucher left a holding with (n = 0), or a new polygon of the plot or parcel after it (n > 0).
CREATE TABLE holding_land (
    county INTEGER NOT NULL,
    plot_id INTEGER NOT NULL,
    account TEXT NOT NULL,
    parcel_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    sha256 BLOB,
    PRIMARY KEY (county, plot_id, account, parcel_id, seq, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER holding_land_no_update BEFORE UPDATE ON holding_land BEGIN SELECT RAISE(ABORT, 'holding_land is append-only'); END;
CREATE TRIGGER holding_land_no_delete BEFORE DELETE ON holding_land BEGIN SELECT RAISE(ABORT, 'holding_land is append-only'); END;

ALTER TABLE voucher_line ADD COLUMN drawn_sha256 BLOB;
ALTER TABLE voucher_line ADD COLUMN moved_sha256 BLOB;
ALTER TABLE balance ADD COLUMN land_sha256 BLOB;
CREATE INDEX balance_by_parcel_id ON balance (county, parcel_id);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('land_polygon', 'land_polygon', '1000000 1000000 1'),
    ('holding_land', 'holding_land', '1000000 1000000 3 2 1 1 1'),
    ('balance', 'balance_by_parcel_id', '1000000 1000000 2');
ANALYZE sqlite_master;
