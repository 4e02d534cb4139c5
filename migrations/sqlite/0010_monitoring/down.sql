DROP INDEX parcel_by_regulatory_number;
DROP TABLE monitoring_supply;
DROP TABLE monitoring_snapshot;
ALTER TABLE issued_report DROP COLUMN period;
DELETE FROM sqlite_stat1 WHERE tbl LIKE 'monitoring%' OR idx = 'parcel_by_regulatory_number';
