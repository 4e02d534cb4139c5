DROP INDEX parcel_without_number;
DROP INDEX parcel_unmapped;
DROP INDEX plot_unmapped;
DROP TABLE reconciliation_note;
