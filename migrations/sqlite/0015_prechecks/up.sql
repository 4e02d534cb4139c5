-- 县级数据表: catalogues and tables a county loads, each version with its document.
CREATE TABLE reference_table (
    county INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    in_force TEXT NOT NULL,
    citation TEXT NOT NULL,
    is_verified INTEGER NOT NULL CHECK (is_verified IN (0, 1)),
    row_count INTEGER NOT NULL,
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (county, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reference_table_no_update BEFORE UPDATE ON reference_table BEGIN SELECT RAISE(ABORT, 'reference_table is append-only'); END;
CREATE TRIGGER reference_table_no_delete BEFORE DELETE ON reference_table BEGIN SELECT RAISE(ABORT, 'reference_table is append-only'); END;

-- 公告: land on offer as it was published. The newest state; the journal has the others.
CREATE TABLE announcement (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    announced_on TEXT NOT NULL,
    until_day TEXT NOT NULL,
    url TEXT,
    items TEXT NOT NULL,
    withdrawn_on TEXT,
    version INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    UNIQUE (county, number),
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_by_until_day ON announcement (county, until_day);

-- 企业预审: what an enterprise asked and what it was answered. Nothing personal lies here.
CREATE TABLE precheck (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    digest TEXT NOT NULL,
    company_code TEXT NOT NULL,
    company_name TEXT NOT NULL,
    project_name TEXT,
    industry_code TEXT NOT NULL,
    land_kind TEXT NOT NULL,
    land_use TEXT NOT NULL,
    area_cm2 INTEGER NOT NULL,
    township INTEGER,
    method TEXT,
    needed_by TEXT,
    outcome TEXT NOT NULL,
    on_day TEXT NOT NULL,
    body TEXT NOT NULL,
    answer TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    UNIQUE (county, reference),
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX precheck_by_digest ON precheck (county, digest);
CREATE TRIGGER precheck_no_update BEFORE UPDATE ON precheck BEGIN SELECT RAISE(ABORT, 'precheck is append-only'); END;
CREATE TRIGGER precheck_no_delete BEFORE DELETE ON precheck BEGIN SELECT RAISE(ABORT, 'precheck is append-only'); END;

-- 联系人: a natural person. It is erased on its day, or before.
CREATE TABLE precheck_contact (
    county INTEGER NOT NULL,
    precheck_id INTEGER NOT NULL,
    contact TEXT NOT NULL,
    erase_on TEXT NOT NULL,
    PRIMARY KEY (county, precheck_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX precheck_contact_by_erase_on ON precheck_contact (county, erase_on);

-- 来源计数: how many pre-checks one address sent today; older days are taken away.
CREATE TABLE precheck_source (
    county INTEGER NOT NULL,
    day TEXT NOT NULL,
    source TEXT NOT NULL,
    sent INTEGER NOT NULL,
    PRIMARY KEY (county, day, source)
) STRICT, WITHOUT ROWID;

-- 需求申报: land that an enterprise wants. The newest state; the journal has the others.
CREATE TABLE demand (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    precheck_id INTEGER,
    company_code TEXT NOT NULL,
    company_name TEXT NOT NULL,
    project_name TEXT,
    industry_code TEXT NOT NULL,
    land_kind TEXT NOT NULL,
    land_use TEXT NOT NULL,
    area_cm2 INTEGER NOT NULL,
    township INTEGER,
    method TEXT,
    needed_by TEXT,
    outcome TEXT,
    findings TEXT,
    state TEXT NOT NULL,
    remark TEXT,
    version INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX demand_by_precheck_id ON demand (county, precheck_id);

-- 部门意见 on a demand.
CREATE TABLE demand_opinion (
    county INTEGER NOT NULL,
    demand_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    department TEXT NOT NULL,
    opinion TEXT NOT NULL,
    content TEXT,
    document_number TEXT,
    dated TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, demand_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER demand_opinion_no_update BEFORE UPDATE ON demand_opinion BEGIN SELECT RAISE(ABORT, 'demand_opinion is append-only'); END;
CREATE TRIGGER demand_opinion_no_delete BEFORE DELETE ON demand_opinion BEGIN SELECT RAISE(ABORT, 'demand_opinion is append-only'); END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('reference_table', 'reference_table', '1000000 1000000 1'),
    ('announcement', 'announcement_by_until_day', '1000000 1000000 30'),
    ('announcement', 'sqlite_autoindex_announcement_2', '1000000 1000000 1'),
    ('announcement', 'announcement', '1000000 1000000 1'),
    ('precheck', 'precheck_by_digest', '1000000 1000000 1'),
    ('precheck', 'sqlite_autoindex_precheck_2', '1000000 1000000 1'),
    ('precheck', 'precheck', '1000000 1000000 1'),
    ('precheck_contact', 'precheck_contact_by_erase_on', '1000000 1000000 100'),
    ('precheck_contact', 'precheck_contact', '1000000 1000000 1'),
    ('precheck_source', 'precheck_source', '1000000 1000000 300 1'),
    ('demand', 'demand_by_precheck_id', '1000000 1000000 1'),
    ('demand', 'demand', '1000000 1000000 1'),
    ('demand_opinion', 'demand_opinion', '1000000 1000000 300 1');
ANALYZE sqlite_master;
