-- 余额: the outside is what the other accounts of a plot add up to, with a minus, so that it needs no row; and every question
-- names the plot or the parcel. Entering a plot writes one row here and no more.
CREATE TABLE new_balance (
    county INTEGER NOT NULL,
    account TEXT NOT NULL,
    plot_id INTEGER NOT NULL,
    parcel_id INTEGER NOT NULL,
    area_cm2 INTEGER NOT NULL,
    land_sha256 BLOB,
    PRIMARY KEY (county, plot_id, account, parcel_id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_balance (county, account, plot_id, parcel_id, area_cm2, land_sha256)
SELECT county, account, plot_id, parcel_id, area_cm2, land_sha256 FROM balance WHERE account <> 'outside';
DROP TABLE balance;
ALTER TABLE new_balance RENAME TO balance;
CREATE INDEX balance_by_parcel_id ON balance (county, parcel_id) WHERE parcel_id <> 0;

-- Hardly any line leads from one plot to another; those within a plot are found by where they lead to.
DROP INDEX voucher_line_by_from_plot;
CREATE INDEX voucher_line_by_from_plot ON voucher_line (county, from_plot) WHERE from_plot <> to_plot;

DELETE FROM sqlite_stat1 WHERE tbl = 'balance' OR idx = 'voucher_line_by_from_plot';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('balance', 'balance', '1000000 1000000 3 2 1'),
    ('balance', 'balance_by_parcel_id', '1000000 1000000 2'),
    ('voucher_line', 'voucher_line_by_from_plot', '1000000 1000000 3');
ANALYZE sqlite_master;

-- 空间索引: what is left of a plot lies in the plot, nearly always, and is found by the plot's box; an entry in the R*Tree costs more
-- than all other rows of the residual together. Only what reaches beyond its plot has an entry of its own. Plots are layer 1,
-- residuals layer 2.
DROP TRIGGER feature_box_insert;
DROP TRIGGER feature_box_update;
DROP TRIGGER feature_box_delete;
DELETE FROM feature_box
WHERE ordinal IN (
    SELECT residual.ordinal FROM feature AS residual
    WHERE residual.ordinal / 10000000000000000 = 2 AND EXISTS (
            SELECT 1 FROM feature AS plot
            WHERE plot.ordinal = residual.ordinal - 10000000000000000
                AND plot.west_e7 <= residual.west_e7 AND plot.south_e7 <= residual.south_e7
                AND plot.east_e7 >= residual.east_e7 AND plot.north_e7 >= residual.north_e7
        )
);
CREATE TRIGGER feature_box_insert AFTER INSERT ON feature
WHEN new.west_e7 IS NOT NULL AND NOT (new.ordinal / 10000000000000000 = 2 AND EXISTS (
        SELECT 1 FROM feature AS plot
        WHERE plot.ordinal = new.ordinal - 10000000000000000
            AND plot.west_e7 <= new.west_e7 AND plot.south_e7 <= new.south_e7
            AND plot.east_e7 >= new.east_e7 AND plot.north_e7 >= new.north_e7
    ))
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
    WHERE new.west_e7 IS NOT NULL AND NOT (new.ordinal / 10000000000000000 = 2 AND EXISTS (
            SELECT 1 FROM feature AS plot
            WHERE plot.ordinal = new.ordinal - 10000000000000000
                AND plot.west_e7 <= new.west_e7 AND plot.south_e7 <= new.south_e7
                AND plot.east_e7 >= new.east_e7 AND plot.north_e7 >= new.north_e7
        ));
    -- A plot drawn anew may leave its residual beyond it, or cover it again.
    DELETE FROM feature_box
    WHERE new.ordinal / 10000000000000000 = 1 AND ordinal = new.ordinal + 10000000000000000;
    INSERT INTO feature_box
    SELECT
        residual.ordinal, residual.west_e7, residual.east_e7, residual.south_e7, residual.north_e7,
        residual.ordinal / 10000000000000000 * 268435456, residual.ordinal / 10000000000000000 * 268435456 + 1
    FROM feature AS residual
    WHERE new.ordinal / 10000000000000000 = 1 AND residual.ordinal = new.ordinal + 10000000000000000
        AND residual.west_e7 IS NOT NULL AND (
            new.west_e7 <= residual.west_e7 AND new.south_e7 <= residual.south_e7
            AND new.east_e7 >= residual.east_e7 AND new.north_e7 >= residual.north_e7
        ) IS NOT TRUE;
END;
CREATE TRIGGER feature_box_delete AFTER DELETE ON feature
BEGIN
    DELETE FROM feature_box WHERE ordinal = old.ordinal;
    INSERT INTO feature_box
    SELECT
        residual.ordinal, residual.west_e7, residual.east_e7, residual.south_e7, residual.north_e7,
        residual.ordinal / 10000000000000000 * 268435456, residual.ordinal / 10000000000000000 * 268435456 + 1
    FROM feature AS residual
    WHERE old.ordinal / 10000000000000000 = 1 AND residual.ordinal = old.ordinal + 10000000000000000
        AND residual.west_e7 IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM feature_box WHERE feature_box.ordinal = residual.ordinal);
END;
