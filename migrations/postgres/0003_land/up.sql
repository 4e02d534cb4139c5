-- 图形: land that lines moved and holdings are left with, each polygon once under the digest of its bytes.
CREATE TABLE land_polygon (
    county INTEGER NOT NULL,
    sha256 BYTEA NOT NULL,
    srid INTEGER NOT NULL,
    grid_wkb BYTEA NOT NULL,
    area_cm2 BIGINT NOT NULL,
    PRIMARY KEY (county, sha256)
);
CREATE TRIGGER land_polygon_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON land_polygon
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 持有图形: what each voucher left a holding with (n = 0), or a new polygon of the plot or parcel after it (n > 0).
CREATE TABLE holding_land (
    county INTEGER NOT NULL,
    plot_id BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    parcel_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    n INTEGER NOT NULL,
    sha256 BYTEA,
    PRIMARY KEY (county, plot_id, account, parcel_id, seq, n)
);
CREATE TRIGGER holding_land_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON holding_land
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE voucher_line ADD COLUMN drawn_sha256 BYTEA;
ALTER TABLE voucher_line ADD COLUMN moved_sha256 BYTEA;
ALTER TABLE balance ADD COLUMN land_sha256 BYTEA;
CREATE INDEX balance_by_parcel_id ON balance (county, parcel_id);

-- A voucher costs less: its county's row is read and updated by the same transaction, which is proof enough that it is
-- there; and hardly any voucher corrects another.
ALTER TABLE voucher DROP CONSTRAINT voucher_county_fkey;
DROP INDEX voucher_by_corrects;
CREATE INDEX voucher_by_corrects ON voucher (county, corrects) WHERE corrects IS NOT NULL;
