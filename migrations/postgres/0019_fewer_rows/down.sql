ALTER TABLE journal
    ALTER COLUMN before SET STATISTICS -1,
    ALTER COLUMN after SET STATISTICS -1;
ALTER TABLE land_polygon ALTER COLUMN grid_wkb SET STATISTICS -1;
ALTER TABLE feature_geometry
    ALTER COLUMN grid_wkb SET STATISTICS -1,
    ALTER COLUMN crs84_wkb SET STATISTICS -1;
ALTER TABLE feature
    ALTER COLUMN geometry SET STATISTICS -1,
    ALTER COLUMN properties SET STATISTICS -1,
    ALTER COLUMN grid_wkb SET STATISTICS -1,
    ALTER COLUMN crs84_wkb SET STATISTICS -1;

ALTER TABLE feature ADD CONSTRAINT feature_county_fkey FOREIGN KEY (county) REFERENCES county_state (county);
ALTER TABLE plot ADD CONSTRAINT plot_county_fkey FOREIGN KEY (county) REFERENCES county_state (county);

DROP INDEX voucher_line_by_from_plot;
CREATE INDEX voucher_line_by_from_plot ON voucher_line (county, from_plot);

DROP INDEX balance_by_parcel_id;
ALTER TABLE balance DROP CONSTRAINT balance_pkey;
ALTER TABLE balance ADD PRIMARY KEY (county, account, plot_id, parcel_id);
CREATE INDEX balance_by_plot_id ON balance (county, plot_id);
CREATE INDEX balance_by_parcel_id ON balance (county, parcel_id);
INSERT INTO balance (county, account, plot_id, parcel_id, area_cm2)
SELECT county, 'outside', plot_id, 0, SUM(area_cm2)
FROM (
    SELECT county, from_plot AS plot_id, -area_cm2 AS area_cm2 FROM voucher_line WHERE from_account = 'outside'
    UNION ALL
    SELECT county, to_plot, area_cm2 FROM voucher_line WHERE to_account = 'outside'
) AS moved
GROUP BY county, plot_id;
