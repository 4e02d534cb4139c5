DROP INDEX balance_by_parcel_id;
ALTER TABLE balance DROP COLUMN land_sha256;
ALTER TABLE voucher_line DROP COLUMN moved_sha256;
ALTER TABLE voucher_line DROP COLUMN drawn_sha256;
DROP TABLE holding_land;
DROP TABLE land_polygon;
