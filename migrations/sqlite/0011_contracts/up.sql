-- 合同: what it is, and of its newest terms what lists ask for; the terms themselves rest in contract_version.
CREATE TABLE contract (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    earlier_use TEXT,
    regulatory_number TEXT,
    land_use TEXT NOT NULL,
    user_code TEXT,
    area_cm2 INTEGER NOT NULL,
    price_fen INTEGER,
    delivery_on TEXT,
    start_on TEXT,
    completion_on TEXT,
    version INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX contract_by_number ON contract (county, number);
CREATE INDEX contract_by_regulatory_number ON contract (county, regulatory_number);

-- 约定内容: the terms as each document left them, as JSON. A wrong one is corrected by another.
CREATE TABLE contract_version (
    county INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    change TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    document_number TEXT,
    corrects INTEGER,
    reason TEXT,
    parcels TEXT NOT NULL,
    user_name TEXT,
    user_code TEXT,
    terms TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, contract_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER contract_version_no_update BEFORE UPDATE ON contract_version BEGIN SELECT RAISE(ABORT, 'contract_version is append-only'); END;
CREATE TRIGGER contract_version_no_delete BEFORE DELETE ON contract_version BEGIN SELECT RAISE(ABORT, 'contract_version is append-only'); END;

-- 合同事项: progress, inspections, causes and decisions on them, as JSON. A wrong one is withdrawn by another.
CREATE TABLE contract_event (
    county INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    detail TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, contract_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER contract_event_no_update BEFORE UPDATE ON contract_event BEGIN SELECT RAISE(ABORT, 'contract_event is append-only'); END;
CREATE TRIGGER contract_event_no_delete BEFORE DELETE ON contract_event BEGIN SELECT RAISE(ABORT, 'contract_event is append-only'); END;

-- 姓名: land users without a credit code and inspectors. They may be erased and are kept nowhere else.
CREATE TABLE contract_person (
    county INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    slot TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (county, contract_id, slot)
) STRICT, WITHOUT ROWID;

-- 合同宗地: the parcels of each contract by its newest terms.
CREATE TABLE contract_parcel (
    county INTEGER NOT NULL,
    parcel_id INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    PRIMARY KEY (county, parcel_id, contract_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contract_parcel_by_contract_id ON contract_parcel (county, contract_id);

-- 约定期限: what the newest terms ask for and nobody has reported yet.
CREATE TABLE contract_due (
    county INTEGER NOT NULL,
    contract_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    part INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    PRIMARY KEY (county, contract_id, kind, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX contract_due_by_due_on ON contract_due (county, due_on);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('contract', 'contract_by_number', '1000000 1000000 1'),
    ('contract', 'contract_by_regulatory_number', '1000000 1000000 1'),
    ('contract', 'contract', '1000000 1000000 1'),
    ('contract_version', 'contract_version', '1000000 1000000 1 1'),
    ('contract_event', 'contract_event', '1000000 1000000 4 1'),
    ('contract_person', 'contract_person', '1000000 1000000 2 1'),
    ('contract_parcel', 'contract_parcel_by_contract_id', '1000000 1000000 2'),
    ('contract_parcel', 'contract_parcel', '1000000 1000000 2 1'),
    ('contract_due', 'contract_due_by_due_on', '1000000 1000000 300'),
    ('contract_due', 'contract_due', '1000000 1000000 4 2 1');
ANALYZE sqlite_master;
