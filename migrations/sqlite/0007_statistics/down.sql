DROP TABLE issued_report;
DROP TABLE frozen_base_plot;
DROP TABLE frozen_base;
DELETE FROM sqlite_stat1 WHERE tbl IN ('frozen_base', 'frozen_base_plot', 'issued_report');
