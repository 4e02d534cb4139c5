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
