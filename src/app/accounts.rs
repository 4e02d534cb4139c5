//! One's own account: who holds a token, what that person may do, and the tokens one makes for oneself.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Days, NaiveDateTime};
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::app::caller::{Caller, Credential, Grant};
use crate::app::error::AppError;
use crate::domain::ledger::kind::Role;
use crate::domain::region::UserId;
use crate::domain::text::{Text, text};
use crate::domain::user::{AccountAction, TOKENS_MAX};
use crate::storage::account::token::{self, Limits, Named, NewToken};
use crate::storage::account::{self, AccountEvent, session};
use crate::storage::db::{Db, Lane};

pub use crate::storage::account::User;
pub use crate::storage::account::token::Token;

/// A secret as its owner keeps it: told apart from other programs' at a glance, and never stored.
const SECRET_PREFIX: &str = "dizhang_";

/// What a token shall be.
#[derive(Debug, Clone)]
pub struct TokenWish {
    pub label: String,
    /// None: all roles of its owner.
    pub roles: Option<Vec<Role>>,
    /// Days that it is valid.
    pub days: u32,
}

/// A token with its secret, which is shown this once.
#[derive(Debug, Clone)]
pub struct Issued {
    pub token: Token,
    pub secret: String,
}

/// A person's own account.
#[derive(Debug, Clone)]
pub struct Me {
    pub user: User,
    /// The roles that count in this request.
    pub grants: Vec<Grant>,
    /// The tokens that are valid.
    pub tokens: Vec<Token>,
}

impl App {
    /// The caller behind a token, or none if it is unknown, expired or revoked.
    pub fn caller_by_token(&self, secret: &str) -> Result<Option<Caller>, AppError> {
        let digest = Sha256::digest(secret.as_bytes());
        let owner = token::owner(&mut *self.pool.get()?, Named::Secret(&digest), self.clock.now())?;
        Ok(owner.map(|owner| Caller {
            user: owner.user,
            credential: Credential::Token(owner.token),
            grants: owner.grants,
        }))
    }

    /// The user behind a login with all roles, for the command line.
    pub fn caller_by_login(&self, login: &str) -> Result<Caller, AppError> {
        let unknown = || AppError::NotFound(text!("没有登录名“{login}”", "there is no login {login:?}"));
        self.pool.get()?.read(|db| {
            let id = account::by_login(db, login)?.ok_or_else(unknown)?;
            let user = account::by_id(db, id)?.filter(|user| user.is_active).ok_or_else(unknown)?;
            let standing = account::standing_grants(db, &[user.id.0])?.remove(&user.id).unwrap_or_default();
            let grants = standing.into_iter().map(|granted| granted.grant).collect();
            Ok(Caller { user: user.id, credential: Credential::CommandLine, grants })
        })
    }

    pub fn me(&self, caller: &Caller) -> Result<Me, AppError> {
        let now = self.clock.now();
        self.pool.get()?.read(|db| {
            let user = account::by_id(db, caller.user)?.ok_or_else(|| unknown_user(caller.user))?;
            let tokens = valid_tokens(db, caller.user, now)?;
            Ok(Me { user, grants: caller.grants.clone(), tokens })
        })
    }

    /// Makes a token for oneself: it lets through no more than the one that was shown; a session lets through everything.
    pub fn create_my_token(&self, caller: &Caller, wish: TokenWish) -> Result<Issued, AppError> {
        let (user, shown, now) = (caller.user, caller.credential, self.clock.now());
        self.writer.write(Lane::REGISTRY, move |db| {
            let limits = within(standing_of(db, shown, now)?.limits, &wish)?;
            issue(db, user, Some(user), wish, limits, now)
        })
    }

    /// Revokes one of one's own tokens, but not the one that was shown: that would be a farewell by mistake.
    pub fn revoke_my_token(&self, caller: &Caller, id: i64) -> Result<(), AppError> {
        let (user, shown, now) = (caller.user, caller.credential, self.clock.now());
        self.writer.write(Lane::REGISTRY, move |db| revoke(db, user, id, Some((user, shown)), now))
    }
}

/// What a credential lets through.
pub(super) struct Standing {
    pub limits: Limits,
    pub grants: Vec<Grant>,
}

/// What a credential lets through now: read anew as the only writer of the registry, it may have been revoked since the door.
pub(super) fn standing_of(db: &mut Db, shown: Credential, now: NaiveDateTime) -> Result<Standing, AppError> {
    let standing = match shown {
        Credential::Token(id) => {
            token::owner(db, Named::Id(id), now)?.map(|owner| Standing { limits: owner.limits, grants: owner.grants })
        }
        // How long it was idle was judged at the door.
        Credential::Session(id) => session::owner(db, session::Named::Id(id))?
            .filter(|(session, _)| now < session.expires_at)
            .map(|(_, grants)| Standing { limits: Limits::default(), grants }),
        Credential::CommandLine => None,
    };
    standing.ok_or_else(no_longer)
}

/// The limits of a token made with another: the same, or fewer roles.
fn within(mut limits: Limits, wish: &TokenWish) -> Result<Limits, AppError> {
    if let Some(roles) = &wish.roles {
        if let Some(allowed) = &limits.roles
            && let Some(role) = roles.iter().find(|role| !allowed.contains(role))
        {
            let message = text!(
                "所用令牌本身不含角色“{role:#}”,不能签发含此角色的令牌",
                "the token in use does not hold the role {role}, nor can one made with it"
            );
            return Err(AppError::field("/roles", Some(role.to_string()), message));
        }
        limits.roles = Some(roles.clone());
    }
    Ok(limits)
}

/// Issues a token; called as the only writer of the registry.
pub(super) fn issue(
    db: &mut Db,
    user: UserId,
    by: Option<UserId>,
    wish: TokenWish,
    limits: Limits,
    now: NaiveDateTime,
) -> Result<Issued, AppError> {
    if valid_tokens(db, user, now)?.len() >= TOKENS_MAX {
        return Err(AppError::Conflict(text!(
            "有效令牌已有 {TOKENS_MAX} 个;请先吊销不用的令牌",
            "there are {TOKENS_MAX} valid tokens; revoke what is not used first"
        )));
    }
    let secret = format!("{SECRET_PREFIX}{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()));
    let new = NewToken {
        user,
        secret_sha256: Sha256::digest(secret.as_bytes()).to_vec(),
        label: wish.label,
        limits,
        created_by: by,
        created_at: now,
        expires_at: now.checked_add_days(Days::new(wish.days.into())).unwrap_or(now),
    };
    let token = token::insert(db, new)?;
    let subject = Some(token.id.to_string());
    account::note(db, user, &AccountEvent { action: AccountAction::TokenIssued, subject, done_by: by, at: now })?;
    Ok(Issued { token, secret })
}

/// Revokes a token of a user; called as the only writer of the registry. `by`: who, and by what that person was recognised.
///
/// One that was revoked before or has expired stays as it is.
pub(super) fn revoke(
    db: &mut Db,
    user: UserId,
    id: i64,
    by: Option<(UserId, Credential)>,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    let token = token::of_user(db, user)?.into_iter().find(|token| token.id == id);
    let token =
        token.ok_or_else(|| AppError::NotFound(text!("用户 {user} 没有令牌 {id}", "user {user} has no token {id}")))?;
    if by.is_some_and(|(_, shown)| shown == Credential::Token(id)) {
        return Err(AppError::Conflict(Text::fixed(
            "不能吊销正在使用的令牌;请用另一个令牌操作",
            "the token in use cannot revoke itself; use another one",
        )));
    }
    if token.revoked_at.is_none() {
        token::revoke(db, id, now)?;
        let event = AccountEvent {
            action: AccountAction::TokenRevoked,
            subject: Some(id.to_string()),
            done_by: by.map(|(user, _)| user),
            at: now,
        };
        account::note(db, user, &event)?;
    }
    Ok(())
}

pub(super) fn valid_tokens(db: &mut Db, user: UserId, now: NaiveDateTime) -> Result<Vec<Token>, AppError> {
    let mut tokens = token::of_user(db, user)?;
    tokens.retain(|token| token.revoked_at.is_none() && token.expires_at > now);
    Ok(tokens)
}

pub(super) fn unknown_user(user: UserId) -> AppError {
    AppError::NotFound(text!("没有用户 {user},或不归您管理", "there is no user {user}, or not one of yours"))
}

/// The token was revoked, or its owner lost the role, between the door and the lock.
pub(super) fn no_longer() -> AppError {
    AppError::Forbidden(Text::fixed(
        "您的令牌、会话或角色刚刚被收回,请重新登录",
        "your token, session or role has just been revoked; sign in again",
    ))
}
