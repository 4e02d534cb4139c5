-- 文书设置: what papers say of the county's offices; each version is kept.
CREATE TABLE paper_settings (
    county INTEGER NOT NULL REFERENCES county_state (county),
    version BIGINT NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, version)
);

-- 文书: the newest state of each draft; what was issued rests in paper_issue.
CREATE TABLE paper (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    drafter_id BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX paper_by_case_id ON paper (county, case_id);

-- 正式文书: frozen when it was registered; its bytes are attachments.
CREATE TABLE paper_issue (
    county INTEGER NOT NULL,
    paper_id BIGINT NOT NULL,
    word TEXT COLLATE "C",
    year BIGINT,
    n BIGINT,
    issued_on DATE,
    step TEXT COLLATE "C",
    body TEXT COLLATE "C" NOT NULL,
    docx_sha256 TEXT COLLATE "C" NOT NULL,
    html_sha256 TEXT COLLATE "C" NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    issued_by BIGINT NOT NULL,
    PRIMARY KEY (county, paper_id),
    FOREIGN KEY (county, paper_id) REFERENCES paper (county, id),
    FOREIGN KEY (county, docx_sha256) REFERENCES attachment (county, sha256),
    FOREIGN KEY (county, html_sha256) REFERENCES attachment (county, sha256)
);

-- 文号登记簿: every number that was ever taken, with its paper or without one.
CREATE TABLE paper_number (
    county INTEGER NOT NULL REFERENCES county_state (county),
    word TEXT COLLATE "C" NOT NULL,
    year BIGINT NOT NULL,
    n BIGINT NOT NULL,
    paper_id BIGINT,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, word, year, n),
    FOREIGN KEY (county, paper_id) REFERENCES paper (county, id)
);

-- 作废文号: a number stays taken when it is void.
CREATE TABLE paper_number_void (
    county INTEGER NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    year BIGINT NOT NULL,
    n BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, word, year, n),
    FOREIGN KEY (county, word, year, n) REFERENCES paper_number (county, word, year, n)
);

-- 签章扫描件: the signed paper as it went out.
CREATE TABLE paper_scan (
    county INTEGER NOT NULL,
    paper_id BIGINT NOT NULL,
    n BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, paper_id, n),
    FOREIGN KEY (county, paper_id) REFERENCES paper_issue (county, paper_id),
    FOREIGN KEY (county, sha256) REFERENCES attachment (county, sha256)
);

CREATE TRIGGER paper_settings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON paper_settings
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER paper_issue_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON paper_issue
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER paper_number_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON paper_number
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER paper_number_void_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON paper_number_void
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER paper_scan_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON paper_scan
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
