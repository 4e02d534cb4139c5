CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;

-- 县: one row a county; its state moves only under the county's lock.
CREATE TABLE county_state (
    county INTEGER NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    head_seq BIGINT NOT NULL DEFAULT 0,
    head_hash BYTEA NOT NULL,
    last_recorded_at TIMESTAMP,
    plots_version BIGINT NOT NULL DEFAULT 0,
    next_plot BIGINT NOT NULL DEFAULT 1,
    next_parcel BIGINT NOT NULL DEFAULT 1,
    next_approval BIGINT NOT NULL DEFAULT 1,
    next_project BIGINT NOT NULL DEFAULT 1,
    -- Degrees x 10^7; all of the country until the county's own extent is given.
    west_e7 BIGINT NOT NULL DEFAULT 730000000,
    south_e7 BIGINT NOT NULL DEFAULT 30000000,
    east_e7 BIGINT NOT NULL DEFAULT 1360000000,
    north_e7 BIGINT NOT NULL DEFAULT 540000000,
    closed_through DATE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county)
);

-- 乡镇街道
CREATE TABLE township (
    county INTEGER NOT NULL REFERENCES county_state (county),
    code INTEGER NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    is_official BOOLEAN NOT NULL,
    PRIMARY KEY (county, code)
);

-- 用户: says nothing about the person.
CREATE TABLE app_user (
    id BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL,
    created_by BIGINT,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (id)
);

-- 人员: personal data, kept apart and erasable.
CREATE TABLE person (
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    login TEXT COLLATE "C" NOT NULL UNIQUE,
    display_name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (user_id)
);

CREATE TABLE role_grant (
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    county_prefix TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    granted_by BIGINT,
    granted_at TIMESTAMP NOT NULL,
    revoked_by BIGINT,
    revoked_at TIMESTAMP,
    PRIMARY KEY (id)
);
CREATE INDEX role_grant_by_user_id ON role_grant (user_id);

CREATE TABLE api_token (
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    secret_sha256 BYTEA NOT NULL UNIQUE,
    label TEXT COLLATE "C" NOT NULL,
    roles TEXT COLLATE "C",
    prefixes TEXT COLLATE "C",
    created_by BIGINT,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP,
    PRIMARY KEY (id)
);
CREATE INDEX api_token_by_user_id ON api_token (user_id);

-- 账号变动: who changed which account, how and when; ids alone, no word about a person.
CREATE TABLE account_event (
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    action TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C",
    done_by BIGINT,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX account_event_by_user_id ON account_event (user_id);
CREATE TRIGGER account_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 用地批文
CREATE TABLE approval (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    authority TEXT COLLATE "C" NOT NULL,
    approved_on DATE NOT NULL,
    approved_project TEXT COLLATE "C",
    composition TEXT COLLATE "C" NOT NULL,
    total_cm2 BIGINT NOT NULL,
    remark TEXT COLLATE "C",
    version BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, number)
);

-- 用地项目
CREATE TABLE project (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    investor_code TEXT COLLATE "C",
    industry_code TEXT COLLATE "C",
    remark TEXT COLLATE "C",
    version BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, code)
);

-- 地块
CREATE TABLE plot (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C",
    location TEXT COLLATE "C",
    origin TEXT COLLATE "C" NOT NULL,
    approval_id BIGINT,
    approved_project TEXT COLLATE "C",
    planned_use TEXT COLLATE "C",
    recorded_cm2 BIGINT NOT NULL,
    stated_value TEXT COLLATE "C" NOT NULL,
    stated_unit TEXT COLLATE "C" NOT NULL,
    composition TEXT COLLATE "C",
    township_code INTEGER,
    cause TEXT COLLATE "C",
    geometry_version INTEGER NOT NULL,
    polygon_cm2 BIGINT,
    ellipsoidal_cm2 BIGINT,
    reserved_on DATE,
    remark TEXT COLLATE "C",
    version BIGINT NOT NULL,
    changed_no BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, code)
);
CREATE INDEX plot_by_approval_id ON plot (county, approval_id, id);
CREATE INDEX plot_by_township_code ON plot (county, township_code, id);
CREATE INDEX plot_by_changed_no ON plot (county, changed_no);

-- 地块的分时属性: township and cause of non-supply, each from a day on; the last one recorded for a day counts.
CREATE TABLE plot_attribute (
    county INTEGER NOT NULL,
    plot_id BIGINT NOT NULL,
    attribute TEXT COLLATE "C" NOT NULL,
    from_day DATE NOT NULL,
    n INTEGER NOT NULL,
    value TEXT COLLATE "C",
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, plot_id, attribute, from_day, n)
);
CREATE TRIGGER plot_attribute_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON plot_attribute
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE plot_project (
    county INTEGER NOT NULL,
    plot_id BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    PRIMARY KEY (county, plot_id, project_id)
);
CREATE INDEX plot_project_by_project_id ON plot_project (county, project_id);

-- 宗地
CREATE TABLE parcel (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    cadastral_code TEXT COLLATE "C",
    unit_code TEXT COLLATE "C",
    regulatory_number TEXT COLLATE "C",
    name TEXT COLLATE "C",
    holder TEXT COLLATE "C",
    holder_code TEXT COLLATE "C",
    project_id BIGINT,
    land_use TEXT COLLATE "C",
    recorded_cm2 BIGINT NOT NULL,
    stated_value TEXT COLLATE "C" NOT NULL,
    stated_unit TEXT COLLATE "C" NOT NULL,
    geometry_version INTEGER NOT NULL,
    polygon_cm2 BIGINT,
    ellipsoidal_cm2 BIGINT,
    remark TEXT COLLATE "C",
    version BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, code)
);

CREATE INDEX parcel_by_project_id ON parcel (county, project_id, id);

-- 图形版本: WKB in the survey CRS (integer millimetres as doubles) and in CRS84; box in degrees x 10^7, rounded outwards.
CREATE TABLE feature_geometry (
    county INTEGER NOT NULL,
    collection TEXT COLLATE "C" NOT NULL,
    feature_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    effective_on DATE NOT NULL,
    srid INTEGER NOT NULL,
    grid_wkb BYTEA NOT NULL,
    crs84_wkb BYTEA NOT NULL,
    west_e7 BIGINT NOT NULL,
    south_e7 BIGINT NOT NULL,
    east_e7 BIGINT NOT NULL,
    north_e7 BIGINT NOT NULL,
    area_cm2 BIGINT NOT NULL,
    ellipsoidal_cm2 BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT NOT NULL,
    PRIMARY KEY (county, collection, feature_id, version)
);
CREATE TRIGGER feature_geometry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON feature_geometry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 凭证
CREATE TABLE voucher (
    county INTEGER NOT NULL REFERENCES county_state (county),
    seq BIGINT NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    effective_on DATE NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    proposer_id BIGINT NOT NULL,
    reviewer_id BIGINT,
    approver_id BIGINT,
    document_number TEXT COLLATE "C",
    document_authority TEXT COLLATE "C",
    document_dated DATE,
    attachments TEXT COLLATE "C" NOT NULL,
    corrects BIGINT,
    write_off TEXT COLLATE "C",
    method TEXT COLLATE "C",
    is_historical BOOLEAN NOT NULL,
    is_late BOOLEAN NOT NULL,
    flags TEXT COLLATE "C" NOT NULL,
    memo_digest BYTEA,
    hash BYTEA NOT NULL,
    PRIMARY KEY (county, seq),
    UNIQUE (county, client_id)
);
CREATE INDEX voucher_by_effective_on ON voucher (county, effective_on);
CREATE INDEX voucher_by_corrects ON voucher (county, corrects);
CREATE TRIGGER voucher_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON voucher
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 分录
CREATE TABLE voucher_line (
    county INTEGER NOT NULL,
    seq BIGINT NOT NULL,
    line INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    effective_on DATE NOT NULL,
    from_account TEXT COLLATE "C" NOT NULL,
    from_plot BIGINT NOT NULL,
    from_parcel BIGINT,
    to_account TEXT COLLATE "C" NOT NULL,
    to_plot BIGINT NOT NULL,
    to_parcel BIGINT,
    area_cm2 BIGINT NOT NULL,
    PRIMARY KEY (county, seq, line)
);
CREATE INDEX voucher_line_by_from_plot ON voucher_line (county, from_plot);
CREATE INDEX voucher_line_by_to_plot ON voucher_line (county, to_plot);
CREATE TRIGGER voucher_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON voucher_line
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 凭证备注: erasable; the voucher holds only a salted digest.
CREATE TABLE voucher_note (
    county INTEGER NOT NULL,
    seq BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    memo TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (county, seq)
);

-- 余额: the newest state of each holding.
CREATE TABLE balance (
    county INTEGER NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    plot_id BIGINT NOT NULL,
    parcel_id BIGINT NOT NULL,
    area_cm2 BIGINT NOT NULL,
    PRIMARY KEY (county, account, plot_id, parcel_id)
);
CREATE INDEX balance_by_plot_id ON balance (county, plot_id);

-- 待批凭证
CREATE TABLE proposal (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id BIGINT NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    effective_on DATE NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    proposer_id BIGINT NOT NULL,
    reviewer_id BIGINT,
    posted_seq BIGINT,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, client_id)
);
CREATE INDEX proposal_by_state_id ON proposal (county, state, id);

CREATE TABLE proposal_event (
    county INTEGER NOT NULL,
    proposal_id BIGINT NOT NULL,
    n INTEGER NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    user_id BIGINT NOT NULL,
    comment TEXT COLLATE "C",
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, proposal_id, n)
);
CREATE TRIGGER proposal_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON proposal_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 结账
CREATE TABLE closed_month (
    county INTEGER NOT NULL REFERENCES county_state (county),
    month_end DATE NOT NULL,
    head_seq BIGINT NOT NULL,
    head_hash BYTEA NOT NULL,
    closed_by BIGINT NOT NULL,
    closed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, month_end)
);
CREATE TRIGGER closed_month_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON closed_month
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 县级政策参数
CREATE TABLE policy_overlay (
    county INTEGER NOT NULL REFERENCES county_state (county),
    n BIGINT NOT NULL,
    parameter TEXT COLLATE "C" NOT NULL,
    in_force DATE NOT NULL,
    value TEXT COLLATE "C",
    citation TEXT COLLATE "C" NOT NULL,
    is_verified BOOLEAN NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    recorded_by BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, n)
);
CREATE TRIGGER policy_overlay_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON policy_overlay
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE attachment (
    county INTEGER NOT NULL REFERENCES county_state (county),
    sha256 TEXT COLLATE "C" NOT NULL,
    media_type TEXT COLLATE "C" NOT NULL,
    byte_size BIGINT NOT NULL,
    content BYTEA NOT NULL,
    recorded_by BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, sha256)
);
CREATE TRIGGER attachment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attachment
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 变更日志: who changed which record, from what to what; vouchers have their own chain.
CREATE TABLE journal (
    county INTEGER NOT NULL,
    n BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    operation TEXT COLLATE "C" NOT NULL,
    collection TEXT COLLATE "C" NOT NULL,
    object_id BIGINT NOT NULL,
    before TEXT COLLATE "C",
    after TEXT COLLATE "C",
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, n)
);
CREATE INDEX journal_by_collection_object_id ON journal (county, collection, object_id);
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
