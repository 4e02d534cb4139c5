-- 县: one row a county; its state moves only under the county's lock.
CREATE TABLE county_state (
    county INTEGER NOT NULL,
    name TEXT NOT NULL,
    head_seq INTEGER NOT NULL DEFAULT 0,
    head_hash BLOB NOT NULL,
    last_recorded_at TEXT,
    plots_version INTEGER NOT NULL DEFAULT 0,
    next_plot INTEGER NOT NULL DEFAULT 1,
    next_parcel INTEGER NOT NULL DEFAULT 1,
    next_approval INTEGER NOT NULL DEFAULT 1,
    next_project INTEGER NOT NULL DEFAULT 1,
    -- Degrees x 10^7; all of the country until the county's own extent is given.
    west_e7 INTEGER NOT NULL DEFAULT 730000000,
    south_e7 INTEGER NOT NULL DEFAULT 30000000,
    east_e7 INTEGER NOT NULL DEFAULT 1360000000,
    north_e7 INTEGER NOT NULL DEFAULT 540000000,
    closed_through TEXT,
    created_at TEXT NOT NULL,
    PRIMARY KEY (county)
) STRICT;

-- 乡镇街道
CREATE TABLE township (
    county INTEGER NOT NULL REFERENCES county_state (county),
    code INTEGER NOT NULL,
    name TEXT NOT NULL,
    is_official INTEGER NOT NULL CHECK (is_official IN (0, 1)),
    PRIMARY KEY (county, code)
) STRICT, WITHOUT ROWID;

-- 用户: says nothing about the person.
CREATE TABLE app_user (
    id INTEGER NOT NULL,
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    created_by INTEGER,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

-- 人员: personal data, kept apart and erasable.
CREATE TABLE person (
    user_id INTEGER NOT NULL REFERENCES app_user (id),
    login TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    PRIMARY KEY (user_id)
) STRICT;

CREATE TABLE role_grant (
    id INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES app_user (id),
    county_prefix TEXT NOT NULL,
    role TEXT NOT NULL,
    granted_by INTEGER,
    granted_at TEXT NOT NULL,
    revoked_by INTEGER,
    revoked_at TEXT,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX role_grant_by_user_id ON role_grant (user_id);

CREATE TABLE api_token (
    id INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES app_user (id),
    secret_sha256 BLOB NOT NULL UNIQUE,
    label TEXT NOT NULL,
    roles TEXT,
    prefixes TEXT,
    created_by INTEGER,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX api_token_by_user_id ON api_token (user_id);

-- 账号变动: who changed which account, how and when; ids alone, no word about a person.
CREATE TABLE account_event (
    id INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES app_user (id),
    action TEXT NOT NULL,
    subject TEXT,
    done_by INTEGER,
    at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX account_event_by_user_id ON account_event (user_id);
CREATE TRIGGER account_event_no_update BEFORE UPDATE ON account_event
BEGIN SELECT RAISE(ABORT, 'account_event is append-only'); END;
CREATE TRIGGER account_event_no_delete BEFORE DELETE ON account_event
BEGIN SELECT RAISE(ABORT, 'account_event is append-only'); END;

-- 用地批文
CREATE TABLE approval (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    authority TEXT NOT NULL,
    approved_on TEXT NOT NULL,
    approved_project TEXT,
    composition TEXT NOT NULL,
    total_cm2 INTEGER NOT NULL,
    remark TEXT,
    version INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, number)
) STRICT, WITHOUT ROWID;

-- 用地项目
CREATE TABLE project (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    investor_code TEXT,
    industry_code TEXT,
    remark TEXT,
    version INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, code)
) STRICT, WITHOUT ROWID;

-- 地块
CREATE TABLE plot (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT,
    location TEXT,
    origin TEXT NOT NULL,
    approval_id INTEGER,
    approved_project TEXT,
    planned_use TEXT,
    recorded_cm2 INTEGER NOT NULL,
    stated_value TEXT NOT NULL,
    stated_unit TEXT NOT NULL,
    composition TEXT,
    township_code INTEGER,
    cause TEXT,
    geometry_version INTEGER NOT NULL,
    polygon_cm2 INTEGER,
    ellipsoidal_cm2 INTEGER,
    reserved_on TEXT,
    remark TEXT,
    version INTEGER NOT NULL,
    changed_no INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX plot_by_approval_id ON plot (county, approval_id, id);
CREATE INDEX plot_by_township_code ON plot (county, township_code, id);
CREATE INDEX plot_by_changed_no ON plot (county, changed_no);

-- 地块的分时属性: township and cause of non-supply, each from a day on; the last one recorded for a day counts.
CREATE TABLE plot_attribute (
    county INTEGER NOT NULL,
    plot_id INTEGER NOT NULL,
    attribute TEXT NOT NULL,
    from_day TEXT NOT NULL,
    n INTEGER NOT NULL,
    value TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, plot_id, attribute, from_day, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER plot_attribute_no_update BEFORE UPDATE ON plot_attribute
BEGIN SELECT RAISE(ABORT, 'plot_attribute is append-only'); END;
CREATE TRIGGER plot_attribute_no_delete BEFORE DELETE ON plot_attribute
BEGIN SELECT RAISE(ABORT, 'plot_attribute is append-only'); END;

CREATE TABLE plot_project (
    county INTEGER NOT NULL,
    plot_id INTEGER NOT NULL,
    project_id INTEGER NOT NULL,
    PRIMARY KEY (county, plot_id, project_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX plot_project_by_project_id ON plot_project (county, project_id);

-- 宗地
CREATE TABLE parcel (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    cadastral_code TEXT,
    unit_code TEXT,
    regulatory_number TEXT,
    name TEXT,
    holder TEXT,
    holder_code TEXT,
    project_id INTEGER,
    land_use TEXT,
    recorded_cm2 INTEGER NOT NULL,
    stated_value TEXT NOT NULL,
    stated_unit TEXT NOT NULL,
    geometry_version INTEGER NOT NULL,
    polygon_cm2 INTEGER,
    ellipsoidal_cm2 INTEGER,
    remark TEXT,
    version INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, code)
) STRICT, WITHOUT ROWID;

CREATE INDEX parcel_by_project_id ON parcel (county, project_id, id);

-- 图形版本: WKB in the survey CRS (integer millimetres as doubles) and in CRS84; box in degrees x 10^7, rounded outwards.
CREATE TABLE feature_geometry (
    county INTEGER NOT NULL,
    collection TEXT NOT NULL,
    feature_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    effective_on TEXT NOT NULL,
    srid INTEGER NOT NULL,
    grid_wkb BLOB NOT NULL,
    crs84_wkb BLOB NOT NULL,
    west_e7 INTEGER NOT NULL,
    south_e7 INTEGER NOT NULL,
    east_e7 INTEGER NOT NULL,
    north_e7 INTEGER NOT NULL,
    area_cm2 INTEGER NOT NULL,
    ellipsoidal_cm2 INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    PRIMARY KEY (county, collection, feature_id, version)
) STRICT;
CREATE TRIGGER feature_geometry_no_update BEFORE UPDATE ON feature_geometry
BEGIN SELECT RAISE(ABORT, 'feature_geometry is append-only'); END;
CREATE TRIGGER feature_geometry_no_delete BEFORE DELETE ON feature_geometry
BEGIN SELECT RAISE(ABORT, 'feature_geometry is append-only'); END;

-- 凭证
CREATE TABLE voucher (
    county INTEGER NOT NULL REFERENCES county_state (county),
    seq INTEGER NOT NULL,
    client_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    proposer_id INTEGER NOT NULL,
    reviewer_id INTEGER,
    approver_id INTEGER,
    document_number TEXT,
    document_authority TEXT,
    document_dated TEXT,
    attachments TEXT NOT NULL,
    corrects INTEGER,
    write_off TEXT,
    method TEXT,
    is_historical INTEGER NOT NULL CHECK (is_historical IN (0, 1)),
    is_late INTEGER NOT NULL CHECK (is_late IN (0, 1)),
    flags TEXT NOT NULL,
    memo_digest BLOB,
    hash BLOB NOT NULL,
    PRIMARY KEY (county, seq),
    UNIQUE (county, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_by_effective_on ON voucher (county, effective_on);
CREATE INDEX voucher_by_corrects ON voucher (county, corrects);
CREATE TRIGGER voucher_no_update BEFORE UPDATE ON voucher
BEGIN SELECT RAISE(ABORT, 'voucher is append-only'); END;
CREATE TRIGGER voucher_no_delete BEFORE DELETE ON voucher
BEGIN SELECT RAISE(ABORT, 'voucher is append-only'); END;

-- 分录
CREATE TABLE voucher_line (
    county INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    line INTEGER NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    from_account TEXT NOT NULL,
    from_plot INTEGER NOT NULL,
    from_parcel INTEGER,
    to_account TEXT NOT NULL,
    to_plot INTEGER NOT NULL,
    to_parcel INTEGER,
    area_cm2 INTEGER NOT NULL,
    PRIMARY KEY (county, seq, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_line_by_from_plot ON voucher_line (county, from_plot);
CREATE INDEX voucher_line_by_to_plot ON voucher_line (county, to_plot);
CREATE TRIGGER voucher_line_no_update BEFORE UPDATE ON voucher_line
BEGIN SELECT RAISE(ABORT, 'voucher_line is append-only'); END;
CREATE TRIGGER voucher_line_no_delete BEFORE DELETE ON voucher_line
BEGIN SELECT RAISE(ABORT, 'voucher_line is append-only'); END;

-- 凭证备注: erasable; the voucher holds only a salted digest.
CREATE TABLE voucher_note (
    county INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    salt BLOB NOT NULL,
    memo TEXT NOT NULL,
    PRIMARY KEY (county, seq)
) STRICT, WITHOUT ROWID;

-- 余额: the newest state of each holding.
CREATE TABLE balance (
    county INTEGER NOT NULL,
    account TEXT NOT NULL,
    plot_id INTEGER NOT NULL,
    parcel_id INTEGER NOT NULL,
    area_cm2 INTEGER NOT NULL,
    PRIMARY KEY (county, account, plot_id, parcel_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX balance_by_plot_id ON balance (county, plot_id);

-- 待批凭证
CREATE TABLE proposal (
    county INTEGER NOT NULL REFERENCES county_state (county),
    id INTEGER NOT NULL,
    client_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    proposer_id INTEGER NOT NULL,
    reviewer_id INTEGER,
    posted_seq INTEGER,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id),
    UNIQUE (county, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_by_state_id ON proposal (county, state, id);

CREATE TABLE proposal_event (
    county INTEGER NOT NULL,
    proposal_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    action TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    comment TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (county, proposal_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER proposal_event_no_update BEFORE UPDATE ON proposal_event
BEGIN SELECT RAISE(ABORT, 'proposal_event is append-only'); END;
CREATE TRIGGER proposal_event_no_delete BEFORE DELETE ON proposal_event
BEGIN SELECT RAISE(ABORT, 'proposal_event is append-only'); END;

-- 结账
CREATE TABLE closed_month (
    county INTEGER NOT NULL REFERENCES county_state (county),
    month_end TEXT NOT NULL,
    head_seq INTEGER NOT NULL,
    head_hash BLOB NOT NULL,
    closed_by INTEGER NOT NULL,
    closed_at TEXT NOT NULL,
    PRIMARY KEY (county, month_end)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER closed_month_no_update BEFORE UPDATE ON closed_month
BEGIN SELECT RAISE(ABORT, 'closed_month is append-only'); END;
CREATE TRIGGER closed_month_no_delete BEFORE DELETE ON closed_month
BEGIN SELECT RAISE(ABORT, 'closed_month is append-only'); END;

-- 县级政策参数
CREATE TABLE policy_overlay (
    county INTEGER NOT NULL REFERENCES county_state (county),
    n INTEGER NOT NULL,
    parameter TEXT NOT NULL,
    in_force TEXT NOT NULL,
    value TEXT,
    citation TEXT NOT NULL,
    is_verified INTEGER NOT NULL CHECK (is_verified IN (0, 1)),
    reason TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (county, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER policy_overlay_no_update BEFORE UPDATE ON policy_overlay
BEGIN SELECT RAISE(ABORT, 'policy_overlay is append-only'); END;
CREATE TRIGGER policy_overlay_no_delete BEFORE DELETE ON policy_overlay
BEGIN SELECT RAISE(ABORT, 'policy_overlay is append-only'); END;

CREATE TABLE attachment (
    county INTEGER NOT NULL REFERENCES county_state (county),
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    byte_size INTEGER NOT NULL,
    content BLOB NOT NULL,
    recorded_by INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (county, sha256)
) STRICT;
CREATE TRIGGER attachment_no_update BEFORE UPDATE ON attachment
BEGIN SELECT RAISE(ABORT, 'attachment is append-only'); END;
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment
BEGIN SELECT RAISE(ABORT, 'attachment is append-only'); END;

-- 变更日志: who changed which record, from what to what; vouchers have their own chain.
CREATE TABLE journal (
    county INTEGER NOT NULL,
    n INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    operation TEXT NOT NULL,
    collection TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (county, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_by_collection_object_id ON journal (county, collection, object_id);
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
