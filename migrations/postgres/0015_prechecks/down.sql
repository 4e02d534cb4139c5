DROP TABLE demand_opinion;
DROP TABLE demand;
DROP TABLE precheck_source;
DROP TABLE precheck_contact;
DROP TABLE precheck;
DROP TABLE announcement;
DROP TABLE reference_table;
