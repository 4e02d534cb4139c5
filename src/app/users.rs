//! What administrators do with accounts, each within the counties of the own role.

use chrono::NaiveDateTime;

use crate::app::App;
use crate::app::accounts::{Issued, Token, TokenWish, User, issue, no_longer, revoke, standing_of, unknown_user};
use crate::app::caller::{Caller, Credential};
use crate::app::error::AppError;
use crate::app::passwords::{PasswordSecret, issue_secret};
use crate::app::sessions::end_all;
use crate::domain::ledger::kind::Role;
use crate::domain::region::UserId;
use crate::domain::text::{Text, text};
use crate::domain::user::{AccountAction, Grant, Prefix, may_hold};
pub use crate::storage::account::AccountEvent;
use crate::storage::account::grant::{self, RoleGrant};
pub use crate::storage::account::sign_in::SignInEvent;
use crate::storage::account::token::{self, Limits};
use crate::storage::account::{self, Person, sign_in};
use crate::storage::db::{Db, Lane};

/// Who administers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Somebody with the database at hand: everything.
    CommandLine,
    Admin {
        user: UserId,
        shown: Credential,
    },
}

impl From<&Caller> for By {
    fn from(caller: &Caller) -> Self {
        Self::Admin { user: caller.user, shown: caller.credential }
    }
}

/// A user to be.
#[derive(Debug, Clone)]
pub struct NewUser {
    pub login: String,
    pub display_name: String,
    pub grants: Vec<Grant>,
}

/// A user with the roles that stand, as far as the one who asks may see them.
#[derive(Debug, Clone)]
pub struct UserRow {
    pub user: User,
    pub grants: Vec<RoleGrant>,
}

/// Events of signing in that a user's file shows.
const SIGN_INS_SHOWN: i64 = 50;

/// A user with tokens and history; all are empty if the user has roles beyond the one who asks.
#[derive(Debug, Clone)]
pub struct UserFile {
    pub row: UserRow,
    pub tokens: Vec<Token>,
    pub events: Vec<AccountEvent>,
    /// The last first.
    pub sign_ins: Vec<SignInEvent>,
}

/// A change of an account.
#[derive(Debug, Clone)]
pub enum Change {
    Grant(Grant),
    /// Revokes the grant of this number.
    Revoke(i64),
    Rename(String),
    SetActive(bool),
    Erase,
}

/// What the one who acts may administer.
struct Realm {
    by: By,
    /// None: everything.
    under: Option<Vec<Prefix>>,
}

impl Realm {
    /// Read anew inside the lock: two administrators who disable each other do not both succeed.
    fn of(db: &mut Db, by: By, now: NaiveDateTime) -> Result<Self, AppError> {
        let By::Admin { shown, .. } = by else { return Ok(Self { by, under: None }) };
        let standing = standing_of(db, shown, now)?;
        let under: Vec<Prefix> =
            standing.grants.iter().filter(|grant| grant.role == Role::Admin).map(|grant| grant.prefix).collect();
        if under.is_empty() { Err(no_longer()) } else { Ok(Self { by, under: Some(under) }) }
    }

    const fn user(&self) -> Option<UserId> {
        match self.by {
            By::CommandLine => None,
            By::Admin { user, .. } => Some(user),
        }
    }

    fn covers(&self, prefix: Prefix) -> bool {
        self.under.as_ref().is_none_or(|under| under.iter().any(|wide| prefix.is_within(*wide)))
    }

    /// A user who is there for the one who acts: one with a role in the realm, or one without any role
    /// who had one there or was made by that person. Who has moved on is no longer theirs to see.
    fn find(&self, db: &mut Db, id: UserId) -> Result<User, AppError> {
        let user = account::by_id(db, id)?.ok_or_else(|| unknown_user(id))?;
        let grants = grant::of_users(db, &[id.0])?;
        let inside = |granted: &RoleGrant| self.covers(granted.grant.prefix);
        let mut standing = grants.iter().filter(|granted| granted.revoked_at.is_none()).peekable();
        let seen = if standing.peek().is_some() {
            standing.any(inside)
        } else {
            let made = user.created_by.is_some() && user.created_by == self.user();
            made || grants.iter().any(inside)
        };
        if seen || self.by == By::CommandLine { Ok(user) } else { Err(unknown_user(id)) }
    }

    /// Whether all roles of a user lie in the realm, so that the account as a whole does.
    fn governs(&self, standing: &[RoleGrant]) -> bool {
        standing.iter().all(|granted| self.covers(granted.grant.prefix))
    }

    fn must_govern(&self, standing: &[RoleGrant]) -> Result<(), AppError> {
        if self.governs(standing) {
            return Ok(());
        }
        Err(AppError::Forbidden(Text::fixed(
            "该用户在您管理的区划之外还有角色,须由上级系统管理员办理",
            "the user has roles beyond the counties you administer; an administrator of the wider area does this",
        )))
    }

    /// What would shut out the one who acts is left to another: so the last administrator stays.
    fn not_oneself(&self, id: UserId) -> Result<(), AppError> {
        if self.user() != Some(id) {
            return Ok(());
        }
        Err(AppError::Conflict(Text::fixed(
            "不能停用、清除自己的账号或收回自己的管理角色;请由另一名系统管理员办理",
            "nobody disables or erases the own account or gives up the own administration; another administrator does it",
        )))
    }

    fn may_grant(&self, grant: Grant) -> Result<(), AppError> {
        if self.covers(grant.prefix) {
            return Ok(());
        }
        Err(AppError::Forbidden(text!(
            "{} 不在您管理的区划之内,不能在该处授予或收回角色",
            "{} lies beyond the counties you administer; roles there are not yours to grant or revoke",
            grant.prefix
        )))
    }
}

fn standing(db: &mut Db, user: UserId) -> Result<Vec<RoleGrant>, AppError> {
    Ok(account::standing_grants(db, &[user.0])?.remove(&user).unwrap_or_default())
}

fn file(db: &mut Db, realm: &Realm, user: User) -> Result<UserFile, AppError> {
    let mut grants = standing(db, user.id)?;
    let (tokens, events, sign_ins) = if realm.governs(&grants) {
        let sign_ins = sign_in::last_of_user(db, user.id, SIGN_INS_SHOWN)?;
        (token::of_user(db, user.id)?, account::events(db, user.id)?, sign_ins)
    } else {
        grants.retain(|granted| realm.covers(granted.grant.prefix));
        (Vec::new(), Vec::new(), Vec::new())
    };
    Ok(UserFile { row: UserRow { user, grants }, tokens, events, sign_ins })
}

impl App {
    /// The users an administrator may see, by id.
    pub fn users(&self, caller: &Caller, after: i64, limit: i64) -> Result<Vec<UserRow>, AppError> {
        let (by, now) = (By::from(caller), self.clock.now());
        self.pool.get()?.read(|db| {
            let realm = Realm::of(db, by, now)?;
            let under = realm.under.clone().unwrap_or_default();
            let ids = account::seen(db, &under, caller.user)?;
            let limit = usize::try_from(limit).unwrap_or(0);
            let page: Vec<i64> = ids.into_iter().filter(|id| *id > after).take(limit).collect();
            let mut grants = account::standing_grants(db, &page)?;
            let rows = account::users(db, &page)?.into_iter().map(|user| {
                let mut grants = grants.remove(&user.id).unwrap_or_default();
                grants.retain(|granted| realm.covers(granted.grant.prefix));
                UserRow { user, grants }
            });
            Ok(rows.collect())
        })
    }

    pub fn user(&self, caller: &Caller, id: UserId) -> Result<UserFile, AppError> {
        let (by, now) = (By::from(caller), self.clock.now());
        self.pool.get()?.read(|db| {
            let realm = Realm::of(db, by, now)?;
            let user = realm.find(db, id)?;
            file(db, &realm, user)
        })
    }

    /// Enters a natural person, who has one account.
    pub fn create_user(&self, by: By, new: NewUser) -> Result<UserFile, AppError> {
        let now = self.clock.now();
        self.writer.write(Lane::REGISTRY, move |db| {
            let realm = Realm::of(db, by, now)?;
            if account::by_login(db, &new.login)?.is_some() {
                let login = new.login;
                return Err(AppError::Taken(text!(
                    "登录名“{login}”已有账号;一人一号,请在原账号上授予角色",
                    "login {login:?} has an account; one person has one, so grant the roles there"
                )));
            }
            let done_by = realm.user();
            let person = Person { login: new.login, display_name: new.display_name };
            let id = account::insert(db, &person, done_by, now)?;
            let created = AccountEvent { action: AccountAction::Created, subject: None, done_by, at: now };
            account::note(db, id, &created)?;
            for granted in new.grants {
                grant_role(db, &realm, id, granted, now)?;
            }
            let user = account::by_id(db, id)?.ok_or_else(|| unknown_user(id))?;
            file(db, &realm, user)
        })
    }

    /// Changes an account; true if there was something to change.
    pub fn change_user(&self, by: By, id: UserId, change: Change) -> Result<(UserFile, bool), AppError> {
        let now = self.clock.now();
        self.writer.write(Lane::REGISTRY, move |db| {
            let realm = Realm::of(db, by, now)?;
            let user = realm.find(db, id)?;
            let changed = apply(db, &realm, &user, change, now)?;
            let user = account::by_id(db, id)?.ok_or_else(|| unknown_user(id))?;
            Ok((file(db, &realm, user)?, changed))
        })
    }

    /// Issues a token to a user. It lets through roles in the issuer's counties alone, also later.
    pub fn create_token(&self, by: By, id: UserId, wish: TokenWish) -> Result<Issued, AppError> {
        let now = self.clock.now();
        self.writer.write(Lane::REGISTRY, move |db| {
            let realm = Realm::of(db, by, now)?;
            let user = realm.find(db, id)?;
            realm.must_govern(&standing(db, id)?)?;
            must_be_active(&user)?;
            let limits = Limits { roles: wish.roles.clone(), prefixes: realm.under.clone() };
            issue(db, id, realm.user(), wish, limits, now)
        })
    }

    /// Issues a one-time secret with which a user sets a password.
    pub fn create_password_secret(&self, by: By, id: UserId) -> Result<PasswordSecret, AppError> {
        let now = self.clock.now();
        self.writer.write(Lane::REGISTRY, move |db| {
            let realm = Realm::of(db, by, now)?;
            let user = realm.find(db, id)?;
            realm.must_govern(&standing(db, id)?)?;
            must_be_active(&user)?;
            issue_secret(db, id, realm.user(), now)
        })
    }

    pub fn revoke_token(&self, by: By, id: UserId, token: i64) -> Result<(), AppError> {
        let now = self.clock.now();
        self.writer.write(Lane::REGISTRY, move |db| {
            let realm = Realm::of(db, by, now)?;
            realm.find(db, id)?;
            realm.must_govern(&standing(db, id)?)?;
            let shown = match by {
                By::CommandLine => None,
                By::Admin { user, shown } => Some((user, shown)),
            };
            revoke(db, id, token, shown, now)
        })
    }

    /// Whether anybody has an account.
    pub fn has_users(&self) -> Result<bool, AppError> {
        Ok(account::has_users(&mut *self.pool.get()?)?)
    }

    /// The user with this login, for the command line.
    pub fn user_by_login(&self, login: &str) -> Result<Option<UserId>, AppError> {
        Ok(account::by_login(&mut *self.pool.get()?, login)?)
    }
}

fn must_be_active(user: &User) -> Result<(), AppError> {
    if user.is_active {
        return Ok(());
    }
    Err(AppError::Conflict(text!("用户 {} 已停用;请先启用", "user {} is disabled; enable the account first", user.id)))
}

/// Grants a role; false if it stood already.
fn grant_role(db: &mut Db, realm: &Realm, user: UserId, wanted: Grant, now: NaiveDateTime) -> Result<bool, AppError> {
    realm.may_grant(wanted)?;
    let standing = standing(db, user)?;
    if standing.iter().any(|granted| granted.grant == wanted) {
        return Ok(false);
    }
    may_hold(standing.iter().map(|granted| granted.grant.role), wanted.role).map_err(AppError::Conflict)?;
    grant::insert(db, user, wanted, realm.user(), now)?;
    let subject = Some(wanted.to_string());
    let event = AccountEvent { action: AccountAction::Granted, subject, done_by: realm.user(), at: now };
    account::note(db, user, &event)?;
    Ok(true)
}

fn revoke_role(
    db: &mut Db,
    realm: &Realm,
    user: UserId,
    granted: &RoleGrant,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    grant::revoke(db, granted.id, realm.user(), now)?;
    let subject = Some(granted.grant.to_string());
    let event = AccountEvent { action: AccountAction::Revoked, subject, done_by: realm.user(), at: now };
    Ok(account::note(db, user, &event)?)
}

fn apply(db: &mut Db, realm: &Realm, user: &User, change: Change, now: NaiveDateTime) -> Result<bool, AppError> {
    let id = user.id;
    let note = |db: &mut Db, action| {
        account::note(db, id, &AccountEvent { action, subject: None, done_by: realm.user(), at: now })
    };
    match change {
        Change::Grant(wanted) => {
            must_be_active(user)?;
            grant_role(db, realm, id, wanted, now)
        }
        Change::Revoke(number) => {
            let grants = grant::of_users(db, &[id.0])?;
            let granted = grants.iter().find(|granted| granted.id == number && realm.covers(granted.grant.prefix));
            let granted = granted.ok_or_else(|| {
                AppError::NotFound(text!("用户 {id} 没有授权 {number}", "user {id} has no grant {number}"))
            })?;
            if granted.grant.role == Role::Admin {
                realm.not_oneself(id)?;
            }
            let stood = granted.revoked_at.is_none();
            if stood {
                revoke_role(db, realm, id, granted, now)?;
            }
            Ok(stood)
        }
        Change::Rename(display_name) => {
            realm.must_govern(&standing(db, id)?)?;
            if user.person.is_none() {
                return Err(erased(id));
            }
            account::rename(db, id, &display_name)?;
            note(db, AccountAction::Renamed)?;
            Ok(true)
        }
        Change::SetActive(is_active) => {
            realm.not_oneself(id)?;
            realm.must_govern(&standing(db, id)?)?;
            if is_active && user.person.is_none() {
                return Err(erased(id));
            }
            if user.is_active == is_active {
                return Ok(false);
            }
            account::set_active(db, id, is_active)?;
            if !is_active {
                end_all(db, id, None, realm.user(), now)?;
            }
            note(db, if is_active { AccountAction::Enabled } else { AccountAction::Disabled })?;
            Ok(true)
        }
        Change::Erase => {
            realm.not_oneself(id)?;
            let standing = standing(db, id)?;
            realm.must_govern(&standing)?;
            if user.person.is_none() {
                return Ok(false);
            }
            for granted in &standing {
                revoke_role(db, realm, id, granted, now)?;
            }
            for token in token::of_user(db, id)?.iter().filter(|token| token.revoked_at.is_none()) {
                token::revoke(db, token.id, now)?;
            }
            end_all(db, id, None, realm.user(), now)?;
            account::set_active(db, id, false)?;
            account::erase(db, id)?;
            note(db, AccountAction::Erased)?;
            Ok(true)
        }
    }
}

fn erased(id: UserId) -> AppError {
    AppError::Conflict(text!(
        "用户 {id} 的个人信息已清除;请为本人另建账号",
        "the personal data of user {id} were erased; make a new account for the person"
    ))
}
