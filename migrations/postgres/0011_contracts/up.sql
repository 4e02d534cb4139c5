-- 合同: what it is, and of its newest terms what lists ask for; the terms themselves rest in contract_version.
CREATE TABLE contract (
    county INTEGER NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    signed_on DATE NOT NULL,
    earlier_use TEXT COLLATE "C",
    regulatory_number TEXT COLLATE "C",
    land_use TEXT COLLATE "C" NOT NULL,
    user_code TEXT COLLATE "C",
    area_cm2 BIGINT NOT NULL,
    price_fen BIGINT,
    delivery_on DATE,
    start_on DATE,
    completion_on DATE,
    version BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX contract_by_number ON contract (county, number);
CREATE INDEX contract_by_regulatory_number ON contract (county, regulatory_number);

-- 约定内容: the terms as each document left them, as JSON. A wrong one is corrected by another.
CREATE TABLE contract_version (
    county INTEGER NOT NULL,
    contract_id BIGINT NOT NULL,
    n BIGINT NOT NULL,
    change TEXT COLLATE "C" NOT NULL,
    effective_on DATE NOT NULL,
    document_number TEXT COLLATE "C",
    corrects BIGINT,
    reason TEXT COLLATE "C",
    parcels TEXT COLLATE "C" NOT NULL,
    user_name TEXT COLLATE "C",
    user_code TEXT COLLATE "C",
    terms TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, contract_id, n)
);
CREATE TRIGGER contract_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract_version
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 合同事项: progress, inspections, causes and decisions on them, as JSON. A wrong one is withdrawn by another.
CREATE TABLE contract_event (
    county INTEGER NOT NULL,
    contract_id BIGINT NOT NULL,
    n BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    on_day DATE NOT NULL,
    detail TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, contract_id, n)
);
CREATE TRIGGER contract_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 姓名: land users without a credit code and inspectors. They may be erased and are kept nowhere else.
CREATE TABLE contract_person (
    county INTEGER NOT NULL,
    contract_id BIGINT NOT NULL,
    slot TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (county, contract_id, slot)
);

-- 合同宗地: the parcels of each contract by its newest terms.
CREATE TABLE contract_parcel (
    county INTEGER NOT NULL,
    parcel_id BIGINT NOT NULL,
    contract_id BIGINT NOT NULL,
    PRIMARY KEY (county, parcel_id, contract_id)
);
CREATE INDEX contract_parcel_by_contract_id ON contract_parcel (county, contract_id);

-- 约定期限: what the newest terms ask for and nobody has reported yet.
CREATE TABLE contract_due (
    county INTEGER NOT NULL,
    contract_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    part INTEGER NOT NULL,
    due_on DATE NOT NULL,
    PRIMARY KEY (county, contract_id, kind, part)
);
CREATE INDEX contract_due_by_due_on ON contract_due (county, due_on);

CREATE VIEW gis.contracts AS
SELECT
    c.id, c.county, c.number, c.kind, c.regulatory_number, c.land_use, c.signed_on, c.delivery_on, c.start_on, c.completion_on,
    (c.area_cm2 * 0.0001)::NUMERIC(14, 4) AS area_m2,
    (c.price_fen * 0.01)::NUMERIC(18, 2) AS price_yuan,
    f.geom
FROM contract AS c
LEFT JOIN feature AS f
    ON f.county = c.county AND f.ordinal = 50000000000000000 + c.county::BIGINT * 1000000000 + c.id;
COMMENT ON VIEW gis.contracts IS '合同(不含土地使用者):图形为其各宗地之和';
COMMENT ON COLUMN gis.contracts.id IS '编号(县内)';
COMMENT ON COLUMN gis.contracts.county IS '县级行政区划代码';
COMMENT ON COLUMN gis.contracts.number IS '合同编号、决定书号';
COMMENT ON COLUMN gis.contracts.kind IS '合同种类';
COMMENT ON COLUMN gis.contracts.regulatory_number IS '电子监管号';
COMMENT ON COLUMN gis.contracts.land_use IS '土地用途';
COMMENT ON COLUMN gis.contracts.signed_on IS '签订日期';
COMMENT ON COLUMN gis.contracts.delivery_on IS '约定交地日';
COMMENT ON COLUMN gis.contracts.start_on IS '约定动工日';
COMMENT ON COLUMN gis.contracts.completion_on IS '约定竣工日';
COMMENT ON COLUMN gis.contracts.area_m2 IS '合同面积,平方米';
COMMENT ON COLUMN gis.contracts.price_yuan IS '价款,元';
COMMENT ON COLUMN gis.contracts.geom IS '图形,经纬度(CGCS2000 视同 WGS 84)';
