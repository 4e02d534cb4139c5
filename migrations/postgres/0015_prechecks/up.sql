-- 县级数据表: catalogues and tables a county loads, each version with its document.
CREATE TABLE reference_table (
    county INTEGER NOT NULL,
    n BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    in_force DATE NOT NULL,
    citation TEXT COLLATE "C" NOT NULL,
    is_verified BOOLEAN NOT NULL,
    row_count INTEGER NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    recorded_by BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, n)
);
CREATE TRIGGER reference_table_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reference_table
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 公告: land on offer as it was published. The newest state; the journal has the others.
CREATE TABLE announcement (
    county INTEGER NOT NULL,
    id BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    announced_on DATE NOT NULL,
    until_day DATE NOT NULL,
    url TEXT COLLATE "C",
    items TEXT COLLATE "C" NOT NULL,
    withdrawn_on DATE,
    version BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    UNIQUE (county, number),
    PRIMARY KEY (county, id)
);
CREATE INDEX announcement_by_until_day ON announcement (county, until_day);

-- 企业预审: what an enterprise asked and what it was answered. Nothing personal lies here.
CREATE TABLE precheck (
    county INTEGER NOT NULL,
    id BIGINT NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    company_code TEXT COLLATE "C" NOT NULL,
    company_name TEXT COLLATE "C" NOT NULL,
    project_name TEXT COLLATE "C",
    industry_code TEXT COLLATE "C" NOT NULL,
    land_kind TEXT COLLATE "C" NOT NULL,
    land_use TEXT COLLATE "C" NOT NULL,
    area_cm2 BIGINT NOT NULL,
    township INTEGER,
    method TEXT COLLATE "C",
    needed_by DATE,
    outcome TEXT COLLATE "C" NOT NULL,
    on_day DATE NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    answer TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (county, reference),
    PRIMARY KEY (county, id)
);
CREATE INDEX precheck_by_digest ON precheck (county, digest);
CREATE TRIGGER precheck_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON precheck
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 联系人: a natural person. It is erased on its day, or before.
CREATE TABLE precheck_contact (
    county INTEGER NOT NULL,
    precheck_id BIGINT NOT NULL,
    contact TEXT COLLATE "C" NOT NULL,
    erase_on DATE NOT NULL,
    PRIMARY KEY (county, precheck_id)
);
CREATE INDEX precheck_contact_by_erase_on ON precheck_contact (county, erase_on);

-- 来源计数: how many pre-checks one address sent today; older days are taken away.
CREATE TABLE precheck_source (
    county INTEGER NOT NULL,
    day DATE NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    sent INTEGER NOT NULL,
    PRIMARY KEY (county, day, source)
);

-- 需求申报: land that an enterprise wants. The newest state; the journal has the others.
CREATE TABLE demand (
    county INTEGER NOT NULL,
    id BIGINT NOT NULL,
    precheck_id BIGINT,
    company_code TEXT COLLATE "C" NOT NULL,
    company_name TEXT COLLATE "C" NOT NULL,
    project_name TEXT COLLATE "C",
    industry_code TEXT COLLATE "C" NOT NULL,
    land_kind TEXT COLLATE "C" NOT NULL,
    land_use TEXT COLLATE "C" NOT NULL,
    area_cm2 BIGINT NOT NULL,
    township INTEGER,
    method TEXT COLLATE "C",
    needed_by DATE,
    outcome TEXT COLLATE "C",
    findings TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL,
    remark TEXT COLLATE "C",
    version BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX demand_by_precheck_id ON demand (county, precheck_id);

-- 部门意见 on a demand.
CREATE TABLE demand_opinion (
    county INTEGER NOT NULL,
    demand_id BIGINT NOT NULL,
    n INTEGER NOT NULL,
    department TEXT COLLATE "C" NOT NULL,
    opinion TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C",
    document_number TEXT COLLATE "C",
    dated DATE NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, demand_id, n)
);
CREATE TRIGGER demand_opinion_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON demand_opinion
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
