DROP TABLE contract_due;
DROP TABLE contract_parcel;
DROP TABLE contract_person;
DROP TABLE contract_event;
DROP TABLE contract_version;
DROP TABLE contract;
DELETE FROM sqlite_stat1 WHERE tbl IN ('contract', 'contract_version', 'contract_event', 'contract_person', 'contract_parcel', 'contract_due');
