-- The version in which all of a county's features are rendered; 0: they are still to be rendered.
ALTER TABLE county_state ADD COLUMN rendered_version INTEGER NOT NULL DEFAULT 0;

-- 地图要素: each record as GIS programs get it, rendered when it is written. The ordinal is layer x 10^16 + id, so
-- that one number orders the features of a layer and names a row of the R*Tree.
CREATE TABLE feature (
    ordinal INTEGER NOT NULL,
    county INTEGER NOT NULL REFERENCES county_state (county),
    collection TEXT NOT NULL,
    id INTEGER NOT NULL,
    day TEXT,
    geometry_version INTEGER NOT NULL,
    west_e7 INTEGER,
    south_e7 INTEGER,
    east_e7 INTEGER,
    north_e7 INTEGER,
    geometry BLOB,
    properties BLOB NOT NULL,
    render_version INTEGER NOT NULL,
    srid INTEGER,
    grid_wkb BLOB,
    crs84_wkb BLOB,
    PRIMARY KEY (ordinal)
) STRICT;

-- How many features a layer has in a county, and how often they changed.
CREATE TABLE feature_state (
    county INTEGER NOT NULL REFERENCES county_state (county),
    collection TEXT NOT NULL,
    total INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    PRIMARY KEY (county, collection)
) STRICT, WITHOUT ROWID;

-- 空间索引: the boxes in degrees x 10^7. The layer is a third dimension, wider apart than the country, so that each
-- layer has branches of its own; its extent of 1 keeps the volume by which the tree chooses branches above zero.
CREATE VIRTUAL TABLE feature_box USING rtree_i32 (
    ordinal, west_e7, east_e7, south_e7, north_e7, layer_low, layer_high
);
CREATE TRIGGER feature_box_insert AFTER INSERT ON feature WHEN new.west_e7 IS NOT NULL
BEGIN
    INSERT INTO feature_box VALUES (
        new.ordinal, new.west_e7, new.east_e7, new.south_e7, new.north_e7,
        new.ordinal / 10000000000000000 * 268435456, new.ordinal / 10000000000000000 * 268435456 + 1
    );
END;
CREATE TRIGGER feature_box_update AFTER UPDATE OF west_e7, south_e7, east_e7, north_e7 ON feature
BEGIN
    DELETE FROM feature_box WHERE ordinal = old.ordinal;
    INSERT INTO feature_box
    SELECT
        new.ordinal, new.west_e7, new.east_e7, new.south_e7, new.north_e7,
        new.ordinal / 10000000000000000 * 268435456, new.ordinal / 10000000000000000 * 268435456 + 1
    WHERE new.west_e7 IS NOT NULL;
END;
CREATE TRIGGER feature_box_delete AFTER DELETE ON feature
BEGIN
    DELETE FROM feature_box WHERE ordinal = old.ordinal;
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('feature', NULL, '1000000'),
    ('feature_box_rowid', NULL, '1000000'),
    ('feature_state', 'feature_state', '1000000 1000000 1');
ANALYZE sqlite_master;
