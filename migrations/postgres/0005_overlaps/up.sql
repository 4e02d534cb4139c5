-- 地块重叠: land that two plots share, as it was found when one of them was drawn. A row speaks of two versions of polygons;
-- it holds as long as both are the newest.
CREATE TABLE plot_overlap (
    county INTEGER NOT NULL REFERENCES county_state (county),
    plot_id BIGINT NOT NULL,
    plot_version INTEGER NOT NULL,
    other_id BIGINT NOT NULL,
    other_version INTEGER NOT NULL,
    area_cm2 BIGINT NOT NULL,
    is_within BOOLEAN NOT NULL,
    reason TEXT COLLATE "C",
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, plot_id, plot_version, other_id, other_version)
);
CREATE INDEX plot_overlap_by_other_id ON plot_overlap (county, other_id);
CREATE TRIGGER plot_overlap_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON plot_overlap
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
