-- 地块重叠: land that two plots share, as it was found when one of them was drawn. A row speaks of two versions of polygons;
-- it holds as long as both are the newest.
CREATE TABLE plot_overlap (
    county INTEGER NOT NULL REFERENCES county_state (county),
    plot_id INTEGER NOT NULL,
    plot_version INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    other_version INTEGER NOT NULL,
    area_cm2 INTEGER NOT NULL,
    is_within INTEGER NOT NULL,
    reason TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, plot_id, plot_version, other_id, other_version)
) STRICT, WITHOUT ROWID;
CREATE INDEX plot_overlap_by_other_id ON plot_overlap (county, other_id);
CREATE TRIGGER plot_overlap_no_update BEFORE UPDATE ON plot_overlap BEGIN SELECT RAISE(ABORT, 'plot_overlap is append-only'); END;
CREATE TRIGGER plot_overlap_no_delete BEFORE DELETE ON plot_overlap BEGIN SELECT RAISE(ABORT, 'plot_overlap is append-only'); END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('plot_overlap', 'plot_overlap', '100000 100000 2 2 1 1'),
    ('plot_overlap', 'plot_overlap_by_other_id', '100000 100000 2');
ANALYZE sqlite_master;
