DROP INDEX voucher_by_corrects;
CREATE INDEX voucher_by_corrects ON voucher (county, corrects);
ALTER TABLE voucher ADD CONSTRAINT voucher_county_fkey FOREIGN KEY (county) REFERENCES county_state (county);
DROP INDEX balance_by_parcel_id;
ALTER TABLE balance DROP COLUMN land_sha256;
ALTER TABLE voucher_line DROP COLUMN moved_sha256;
ALTER TABLE voucher_line DROP COLUMN drawn_sha256;
DROP TABLE holding_land;
DROP TABLE land_polygon;
