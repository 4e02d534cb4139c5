DROP TABLE paper_scan;
DROP TABLE paper_number_void;
DROP TABLE paper_number;
DROP TABLE paper_issue;
DROP TABLE paper;
DROP TABLE paper_settings;
DELETE FROM sqlite_stat1 WHERE tbl LIKE 'paper%';
