-- 作废文书: a registered paper without a number that was made void; it stays as it is.
CREATE TABLE paper_void (
    county INTEGER NOT NULL,
    paper_id BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, paper_id),
    FOREIGN KEY (county, paper_id) REFERENCES paper_issue (county, paper_id)
);

CREATE TRIGGER paper_void_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON paper_void
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
