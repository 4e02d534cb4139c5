-- 余额: the outside is what the other accounts of a plot add up to, with a minus, so that it needs no row; and every question
-- names the plot or the parcel. Entering a plot writes one row here and no more.
DELETE FROM balance WHERE account = 'outside';
DROP INDEX balance_by_plot_id;
DROP INDEX balance_by_parcel_id;
ALTER TABLE balance DROP CONSTRAINT balance_pkey;
ALTER TABLE balance ADD PRIMARY KEY (county, plot_id, account, parcel_id);
CREATE INDEX balance_by_parcel_id ON balance (county, parcel_id) WHERE parcel_id <> 0;

-- Hardly any line leads from one plot to another; those within a plot are found by where they lead to.
DROP INDEX voucher_line_by_from_plot;
CREATE INDEX voucher_line_by_from_plot ON voucher_line (county, from_plot) WHERE from_plot <> to_plot;

-- Whoever writes plots or features has read and updated the row of their county in the same transaction, which is proof
-- enough that it is there; a look for each row costs as much as writing it.
ALTER TABLE plot DROP CONSTRAINT plot_county_fkey;
ALTER TABLE feature DROP CONSTRAINT feature_county_fkey;

-- Nobody asks for rows by these columns, and reading them for statistics takes most of the time of an ANALYZE.
ALTER TABLE feature
    ALTER COLUMN geometry SET STATISTICS 0,
    ALTER COLUMN properties SET STATISTICS 0,
    ALTER COLUMN grid_wkb SET STATISTICS 0,
    ALTER COLUMN crs84_wkb SET STATISTICS 0;
ALTER TABLE feature_geometry
    ALTER COLUMN grid_wkb SET STATISTICS 0,
    ALTER COLUMN crs84_wkb SET STATISTICS 0;
ALTER TABLE land_polygon ALTER COLUMN grid_wkb SET STATISTICS 0;
ALTER TABLE journal
    ALTER COLUMN before SET STATISTICS 0,
    ALTER COLUMN after SET STATISTICS 0;
