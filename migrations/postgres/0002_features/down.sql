DROP SCHEMA gis CASCADE;
DROP TABLE feature_state;
DROP TABLE feature;
ALTER TABLE county_state DROP COLUMN rendered_version;
