-- 密码: argon2id in the form of the PHC string; gone with the person.
CREATE TABLE password (
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    hash TEXT COLLATE "C" NOT NULL,
    set_at TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id)
);

-- 一次性口令: lets its holder set a password once; the newest one of a user alone counts.
CREATE TABLE password_secret (
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    secret_sha256 BYTEA NOT NULL UNIQUE,
    created_by BIGINT,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id)
);

-- 会话: a browser that is signed in. Address and browser are personal and erased with the person.
CREATE TABLE session (
    id BIGINT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    secret_sha256 BYTEA NOT NULL UNIQUE,
    address TEXT COLLATE "C",
    browser TEXT COLLATE "C",
    created_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    PRIMARY KEY (id)
);
CREATE INDEX session_by_user_id ON session (user_id);

-- 登录记录: who signed in and out, and who was refused; without a user where the login was nobody's.
CREATE TABLE sign_in_event (
    id BIGINT NOT NULL,
    user_id BIGINT REFERENCES app_user (id),
    session_id BIGINT,
    action TEXT COLLATE "C" NOT NULL,
    done_by BIGINT,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX sign_in_event_by_user_id ON sign_in_event (user_id, id);
CREATE TRIGGER sign_in_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sign_in_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 登录失败计数: by the digest of a login or an address; forgotten after a day.
CREATE TABLE sign_in_failure (
    subject TEXT COLLATE "C" NOT NULL,
    failures INTEGER NOT NULL,
    last_at TIMESTAMP NOT NULL,
    PRIMARY KEY (subject)
);
CREATE INDEX sign_in_failure_by_last_at ON sign_in_failure (last_at);
