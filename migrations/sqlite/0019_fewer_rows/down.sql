DROP TRIGGER feature_box_insert;
DROP TRIGGER feature_box_update;
DROP TRIGGER feature_box_delete;
CREATE TRIGGER feature_box_insert AFTER INSERT ON feature WHEN new.west_e7 IS NOT NULL
BEGIN
    INSERT INTO feature_box VALUES (
        new.ordinal, new.west_e7, new.east_e7, new.south_e7, new.north_e7,
        new.ordinal / 10000000000000000 * 268435456, new.ordinal / 10000000000000000 * 268435456 + 1
    );
END;
CREATE TRIGGER feature_box_update AFTER UPDATE OF west_e7, south_e7, east_e7, north_e7 ON feature
BEGIN
    DELETE FROM feature_box WHERE ordinal = old.ordinal;
    INSERT INTO feature_box
    SELECT
        new.ordinal, new.west_e7, new.east_e7, new.south_e7, new.north_e7,
        new.ordinal / 10000000000000000 * 268435456, new.ordinal / 10000000000000000 * 268435456 + 1
    WHERE new.west_e7 IS NOT NULL;
END;
CREATE TRIGGER feature_box_delete AFTER DELETE ON feature
BEGIN
    DELETE FROM feature_box WHERE ordinal = old.ordinal;
END;

INSERT INTO feature_box
SELECT
    residual.ordinal, residual.west_e7, residual.east_e7, residual.south_e7, residual.north_e7,
    residual.ordinal / 10000000000000000 * 268435456, residual.ordinal / 10000000000000000 * 268435456 + 1
FROM feature AS residual
WHERE residual.ordinal / 10000000000000000 = 2 AND residual.west_e7 IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM feature_box WHERE feature_box.ordinal = residual.ordinal);

DROP INDEX voucher_line_by_from_plot;
CREATE INDEX voucher_line_by_from_plot ON voucher_line (county, from_plot);

CREATE TABLE old_balance (
    county INTEGER NOT NULL,
    account TEXT NOT NULL,
    plot_id INTEGER NOT NULL,
    parcel_id INTEGER NOT NULL,
    area_cm2 INTEGER NOT NULL,
    land_sha256 BLOB,
    PRIMARY KEY (county, account, plot_id, parcel_id)
) STRICT, WITHOUT ROWID;
INSERT INTO old_balance (county, account, plot_id, parcel_id, area_cm2, land_sha256)
SELECT county, account, plot_id, parcel_id, area_cm2, land_sha256 FROM balance
UNION ALL
SELECT county, 'outside', plot_id, 0, SUM(area_cm2), NULL
FROM (
    SELECT county, from_plot AS plot_id, -area_cm2 AS area_cm2 FROM voucher_line WHERE from_account = 'outside'
    UNION ALL
    SELECT county, to_plot, area_cm2 FROM voucher_line WHERE to_account = 'outside'
)
GROUP BY county, plot_id;
DROP TABLE balance;
ALTER TABLE old_balance RENAME TO balance;
CREATE INDEX balance_by_plot_id ON balance (county, plot_id);
CREATE INDEX balance_by_parcel_id ON balance (county, parcel_id);

DELETE FROM sqlite_stat1 WHERE tbl = 'balance' OR idx = 'voucher_line_by_from_plot';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('balance', 'balance_by_plot_id', '1000000 1000000 4'),
    ('balance', 'balance', '1000000 1000000 170000 4 1'),
    ('balance', 'balance_by_parcel_id', '1000000 1000000 2'),
    ('voucher_line', 'voucher_line_by_from_plot', '1000000 1000000 3');
ANALYZE sqlite_master;
