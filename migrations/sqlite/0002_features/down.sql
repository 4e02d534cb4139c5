DELETE FROM sqlite_stat1 WHERE tbl IN ('feature', 'feature_box_rowid', 'feature_state');
DROP TABLE feature_box;
DROP TABLE feature_state;
DROP TABLE feature;
ALTER TABLE county_state DROP COLUMN rendered_version;
