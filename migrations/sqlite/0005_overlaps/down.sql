DROP TABLE plot_overlap;
DELETE FROM sqlite_stat1 WHERE tbl = 'plot_overlap';
