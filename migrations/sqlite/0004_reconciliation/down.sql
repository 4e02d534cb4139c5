DROP INDEX parcel_without_number;
DROP INDEX parcel_unmapped;
DROP INDEX plot_unmapped;
DROP TABLE reconciliation_note;
DELETE FROM sqlite_stat1
WHERE tbl = 'reconciliation_note' OR idx IN ('plot_unmapped', 'parcel_unmapped', 'parcel_without_number');
