DROP TABLE issued_report;
DROP TABLE frozen_base_plot;
DROP TABLE frozen_base;
