-- 密码: argon2id in the form of the PHC string; gone with the person.
CREATE TABLE password (
    user_id INTEGER NOT NULL REFERENCES app_user (id),
    hash TEXT NOT NULL,
    set_at TEXT NOT NULL,
    PRIMARY KEY (user_id)
) STRICT;

-- 一次性口令: lets its holder set a password once; the newest one of a user alone counts.
CREATE TABLE password_secret (
    user_id INTEGER NOT NULL REFERENCES app_user (id),
    secret_sha256 BLOB NOT NULL UNIQUE,
    created_by INTEGER,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (user_id)
) STRICT;

-- 会话: a browser that is signed in. Address and browser are personal and erased with the person.
CREATE TABLE session (
    id INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES app_user (id),
    secret_sha256 BLOB NOT NULL UNIQUE,
    address TEXT,
    browser TEXT,
    created_at TEXT NOT NULL,
    used_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX session_by_user_id ON session (user_id);

-- 登录记录: who signed in and out, and who was refused; without a user where the login was nobody's.
CREATE TABLE sign_in_event (
    id INTEGER NOT NULL,
    user_id INTEGER REFERENCES app_user (id),
    session_id INTEGER,
    action TEXT NOT NULL,
    done_by INTEGER,
    at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX sign_in_event_by_user_id ON sign_in_event (user_id, id);
CREATE TRIGGER sign_in_event_no_update BEFORE UPDATE ON sign_in_event
BEGIN SELECT RAISE(ABORT, 'sign_in_event is append-only'); END;
CREATE TRIGGER sign_in_event_no_delete BEFORE DELETE ON sign_in_event
BEGIN SELECT RAISE(ABORT, 'sign_in_event is append-only'); END;

-- 登录失败计数: by the digest of a login or an address; forgotten after a day.
CREATE TABLE sign_in_failure (
    subject TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_failure_by_last_at ON sign_in_failure (last_at);
