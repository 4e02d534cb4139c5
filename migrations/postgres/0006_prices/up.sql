-- 价格标底: sealed until the result is announced. The newest state; `body` and `findings` hold the secret figures and are read
-- by two roles only.
CREATE TABLE price_base (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id BIGINT NOT NULL,
    plot_id BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    proposer_id BIGINT NOT NULL,
    reviewer_id BIGINT,
    issuer_id BIGINT,
    body TEXT COLLATE "C" NOT NULL,
    findings TEXT COLLATE "C" NOT NULL,
    announcement TEXT COLLATE "C",
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX price_base_by_plot_id ON price_base (county, plot_id);

-- 标底办理过程: each step, and each time somebody read the sealed figures.
CREATE TABLE price_base_event (
    county INTEGER NOT NULL,
    base_id BIGINT NOT NULL,
    n INTEGER NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    user_id BIGINT NOT NULL,
    comment TEXT COLLATE "C",
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, base_id, n)
);
CREATE TRIGGER price_base_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON price_base_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
