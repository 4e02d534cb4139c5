DROP TABLE demand_opinion;
DROP TABLE demand;
DROP TABLE precheck_source;
DROP TABLE precheck_contact;
DROP TABLE precheck;
DROP TABLE announcement;
DROP TABLE reference_table;
DELETE FROM sqlite_stat1 WHERE tbl IN ('reference_table', 'announcement', 'precheck', 'precheck_contact', 'precheck_source', 'demand', 'demand_opinion');
