-- 价格标底: sealed until the result is announced. The newest state; `body` and `findings` hold the secret figures and are read
-- by two roles only.
CREATE TABLE price_base (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id INTEGER NOT NULL,
    plot_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    proposer_id INTEGER NOT NULL,
    reviewer_id INTEGER,
    issuer_id INTEGER,
    body TEXT NOT NULL,
    findings TEXT NOT NULL,
    announcement TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX price_base_by_plot_id ON price_base (county, plot_id);

-- 标底办理过程: each step, and each time somebody read the sealed figures.
CREATE TABLE price_base_event (
    county INTEGER NOT NULL,
    base_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    action TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    comment TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (county, base_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER price_base_event_no_update BEFORE UPDATE ON price_base_event BEGIN SELECT RAISE(ABORT, 'price_base_event is append-only'); END;
CREATE TRIGGER price_base_event_no_delete BEFORE DELETE ON price_base_event BEGIN SELECT RAISE(ABORT, 'price_base_event is append-only'); END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('price_base', 'price_base', '10000 10000 1'),
    ('price_base', 'price_base_by_plot_id', '10000 10000 2'),
    ('price_base_event', 'price_base_event', '100000 100000 10 1');
ANALYZE sqlite_master;
