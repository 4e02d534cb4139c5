-- Needs a superuser where the extension is not there yet; else this does nothing.
CREATE EXTENSION IF NOT EXISTS postgis;

-- The version in which all of a county's features are rendered; 0: they are still to be rendered.
ALTER TABLE county_state ADD COLUMN rendered_version INTEGER NOT NULL DEFAULT 0;

-- 地图要素: each record as GIS programs get it, rendered when it is written. The ordinal is layer x 10^16 + id.
CREATE TABLE feature (
    ordinal BIGINT NOT NULL,
    county INTEGER NOT NULL REFERENCES county_state (county),
    collection TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    day DATE,
    geometry_version INTEGER NOT NULL,
    west_e7 INTEGER,
    south_e7 INTEGER,
    east_e7 INTEGER,
    north_e7 INTEGER,
    geometry BYTEA,
    properties BYTEA NOT NULL,
    render_version INTEGER NOT NULL,
    srid INTEGER,
    grid_wkb BYTEA,
    crs84_wkb BYTEA,
    geom geometry (MultiPolygon, 4326) GENERATED ALWAYS AS (ST_GeomFromWKB(crs84_wkb, 4326)) STORED,
    PRIMARY KEY (county, ordinal)
);
-- One for each layer: a question is always about one.
CREATE INDEX feature_plots_geom ON feature USING gist (geom) WHERE collection = 'plots';
CREATE INDEX feature_residuals_geom ON feature USING gist (geom) WHERE collection = 'residuals';
CREATE INDEX feature_parcels_geom ON feature USING gist (geom) WHERE collection = 'parcels';
CREATE INDEX feature_approvals_geom ON feature USING gist (geom) WHERE collection = 'approvals';

-- How many features a layer has in a county, and how often they changed.
CREATE TABLE feature_state (
    county INTEGER NOT NULL REFERENCES county_state (county),
    collection TEXT COLLATE "C" NOT NULL,
    total BIGINT NOT NULL,
    changes BIGINT NOT NULL,
    PRIMARY KEY (county, collection)
);

-- For people who open the database with a GIS program: square metres as numbers, no personal data, nothing sealed.
CREATE SCHEMA gis;
COMMENT ON SCHEMA gis IS '供直接打开数据库的用户使用的只读视图:面积单位平方米,不含个人信息和保密内容';

CREATE VIEW gis.plots AS
SELECT
    p.id, p.county, p.code, p.name, p.location, p.origin, p.approval_id, a.number AS approval_number, a.approved_on,
    COALESCE(p.approved_project, a.approved_project) AS approved_project, p.planned_use, p.township_code, p.reserved_on,
    (p.recorded_cm2 * 0.0001)::NUMERIC(14, 4) AS area_m2,
    (p.polygon_cm2 * 0.0001)::NUMERIC(14, 4) AS polygon_area_m2,
    f.geom
FROM plot AS p
LEFT JOIN approval AS a ON a.county = p.county AND a.id = p.approval_id
LEFT JOIN feature AS f ON f.county = p.county AND f.ordinal = 10000000000000000 + p.id;
COMMENT ON VIEW gis.plots IS '地块';
COMMENT ON COLUMN gis.plots.id IS '编号';
COMMENT ON COLUMN gis.plots.county IS '县级行政区划代码';
COMMENT ON COLUMN gis.plots.code IS '地块编号';
COMMENT ON COLUMN gis.plots.name IS '地块名称';
COMMENT ON COLUMN gis.plots.location IS '位置';
COMMENT ON COLUMN gis.plots.origin IS '来源';
COMMENT ON COLUMN gis.plots.approval_id IS '用地批文编号';
COMMENT ON COLUMN gis.plots.approval_number IS '批准文号';
COMMENT ON COLUMN gis.plots.approved_on IS '批准日期';
COMMENT ON COLUMN gis.plots.approved_project IS '报批项目';
COMMENT ON COLUMN gis.plots.planned_use IS '规划用途';
COMMENT ON COLUMN gis.plots.township_code IS '所属乡镇街道代码';
COMMENT ON COLUMN gis.plots.reserved_on IS '储备入库日期';
COMMENT ON COLUMN gis.plots.area_m2 IS '登记面积,平方米';
COMMENT ON COLUMN gis.plots.polygon_area_m2 IS '图形面积(高斯投影平面),平方米';
COMMENT ON COLUMN gis.plots.geom IS '图形,经纬度(CGCS2000 视同 WGS 84)';

CREATE VIEW gis.residuals AS
SELECT
    p.id, p.county, p.code, p.approval_id, a.number AS approval_number, a.approved_on, p.planned_use, p.township_code,
    f.geom
FROM feature AS f
JOIN plot AS p ON p.county = f.county AND p.id = f.id
LEFT JOIN approval AS a ON a.county = p.county AND a.id = p.approval_id
WHERE f.collection = 'residuals';
COMMENT ON VIEW gis.residuals IS '未供剩余:地块中尚未供应的部分';
COMMENT ON COLUMN gis.residuals.id IS '地块编号(系统内)';
COMMENT ON COLUMN gis.residuals.county IS '县级行政区划代码';
COMMENT ON COLUMN gis.residuals.code IS '地块编号';
COMMENT ON COLUMN gis.residuals.approval_id IS '用地批文编号';
COMMENT ON COLUMN gis.residuals.approval_number IS '批准文号';
COMMENT ON COLUMN gis.residuals.approved_on IS '批准日期';
COMMENT ON COLUMN gis.residuals.planned_use IS '规划用途';
COMMENT ON COLUMN gis.residuals.township_code IS '所属乡镇街道代码';
COMMENT ON COLUMN gis.residuals.geom IS '图形,经纬度(CGCS2000 视同 WGS 84)';

CREATE VIEW gis.parcels AS
SELECT
    p.id, p.county, p.code, p.cadastral_code, p.unit_code, p.regulatory_number, p.project_id, p.land_use,
    (p.recorded_cm2 * 0.0001)::NUMERIC(14, 4) AS area_m2,
    (p.polygon_cm2 * 0.0001)::NUMERIC(14, 4) AS polygon_area_m2,
    f.geom
FROM parcel AS p
LEFT JOIN feature AS f ON f.county = p.county AND f.ordinal = 30000000000000000 + p.id;
COMMENT ON VIEW gis.parcels IS '宗地(不含使用权人)';
COMMENT ON COLUMN gis.parcels.id IS '编号';
COMMENT ON COLUMN gis.parcels.county IS '县级行政区划代码';
COMMENT ON COLUMN gis.parcels.code IS '宗地编号';
COMMENT ON COLUMN gis.parcels.cadastral_code IS '宗地代码';
COMMENT ON COLUMN gis.parcels.unit_code IS '不动产单元代码';
COMMENT ON COLUMN gis.parcels.regulatory_number IS '电子监管号';
COMMENT ON COLUMN gis.parcels.project_id IS '用地项目编号';
COMMENT ON COLUMN gis.parcels.land_use IS '土地用途';
COMMENT ON COLUMN gis.parcels.area_m2 IS '登记面积,平方米';
COMMENT ON COLUMN gis.parcels.polygon_area_m2 IS '图形面积(高斯投影平面),平方米';
COMMENT ON COLUMN gis.parcels.geom IS '图形,经纬度(CGCS2000 视同 WGS 84)';

CREATE VIEW gis.approvals AS
SELECT
    a.id, a.county, a.number, a.kind, a.authority, a.approved_on, a.approved_project,
    (a.total_cm2 * 0.0001)::NUMERIC(14, 4) AS area_m2,
    f.geom
FROM approval AS a
LEFT JOIN feature AS f ON f.county = a.county AND f.ordinal = 40000000000000000 + a.id;
COMMENT ON VIEW gis.approvals IS '用地批文:图形为其下各地块之和';
COMMENT ON COLUMN gis.approvals.id IS '编号';
COMMENT ON COLUMN gis.approvals.county IS '县级行政区划代码';
COMMENT ON COLUMN gis.approvals.number IS '批准文号';
COMMENT ON COLUMN gis.approvals.kind IS '批次类型';
COMMENT ON COLUMN gis.approvals.authority IS '批准机关';
COMMENT ON COLUMN gis.approvals.approved_on IS '批准日期';
COMMENT ON COLUMN gis.approvals.approved_project IS '报批项目';
COMMENT ON COLUMN gis.approvals.area_m2 IS '批准面积,平方米';
COMMENT ON COLUMN gis.approvals.geom IS '图形,经纬度(CGCS2000 视同 WGS 84)';
