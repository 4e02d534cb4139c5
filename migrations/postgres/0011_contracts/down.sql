DROP VIEW gis.contracts;
DROP TABLE contract_due;
DROP TABLE contract_parcel;
DROP TABLE contract_person;
DROP TABLE contract_event;
DROP TABLE contract_version;
DROP TABLE contract;
