//! Passwords: changed by their owner, or set with a one-time secret.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{NaiveDateTime, TimeDelta};
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::app::accounts::unknown_user;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::sessions::end_all;
use crate::app::sign_in::{Origin, must_be_open, refused, subjects};
use crate::domain::input::FieldError;
use crate::domain::password::Password;
use crate::domain::region::UserId;
use crate::domain::text::{Text, text};
use crate::domain::user::{AccountAction, PASSWORD_SECRET_HOURS};
use crate::storage::account::password::{self, NewSecret};
use crate::storage::account::{self, AccountEvent, sign_in};
use crate::storage::db::{Db, Lane};

/// A one-time secret as it is handed over; told apart from a token at a glance.
const SECRET_PREFIX: &str = "once_";

/// A secret with which a password is set once. It is shown this once.
#[derive(Debug, Clone)]
pub struct PasswordSecret {
    pub secret: String,
    pub expires_at: NaiveDateTime,
}

impl App {
    /// Changes one's password. All other sessions end; tokens stay.
    pub fn change_my_password(
        &self,
        caller: &Caller,
        from: &Origin,
        current: &Password,
        new: Password,
    ) -> Result<(), AppError> {
        let (user, kept, now) = (caller.user, caller.credential.session(), self.clock.now());
        let login = self.login_of(user)?;
        // Somebody at a browser that was left open shall not try passwords either.
        let subjects = subjects(Some(&login), from.address);
        must_be_open(&mut *self.pool.get()?, &subjects, now)?;
        let turn = self.hasher.turn()?;
        let before = self.count_attempt(&subjects, now, move |db| Ok(password::hash(db, user)?))?;
        let fits = turn.verify(current, before.as_deref());
        let mut faults = Vec::new();
        if !fits {
            faults.push(fault("/current_password", Text::fixed("当前密码不对", "this is not the current password")));
        }
        if let Err(message) = new.judge(&login) {
            faults.push(fault("/new_password", message));
        } else if new == *current {
            faults.push(fault("/new_password", Text::fixed("与当前密码相同", "it is the current password")));
        }
        let hash = if faults.is_empty() { turn.hash(&new) } else { String::new() };
        drop(turn);
        self.writer
            .write(Lane::REGISTRY, move |db| {
                if !fits {
                    refused(db, Some(user), now)?;
                    return Ok(Some(faults));
                }
                for (_, subject) in &subjects {
                    sign_in::take_back(db, subject)?;
                }
                if !faults.is_empty() {
                    return Ok(Some(faults));
                }
                if password::hash(db, user)? != before {
                    return Err(AppError::Conflict(Text::fixed(
                        "密码刚刚已被修改,请重新登录",
                        "the password has just been changed; sign in again",
                    )));
                }
                keep(db, user, &hash, kept, AccountAction::PasswordChanged, Some(user), now).map(|()| None)
            })?
            .map_or(Ok(()), |faults| Err(AppError::Fields(faults)))
    }

    /// Sets a password with a one-time secret, which is used up by it. All sessions end.
    pub fn set_password(&self, secret: &Password, new: &Password) -> Result<(), AppError> {
        let now = self.clock.now();
        let digest = Sha256::digest(secret.bytes());
        let user = password::secret_owner(&mut *self.pool.get()?, &digest, now)?.ok_or_else(used_up)?;
        new.judge(&self.login_of(user)?).map_err(|message| AppError::field("/new_password", None, message))?;
        let hash = self.hasher.turn()?.hash(new);
        self.writer.write(Lane::REGISTRY, move |db| {
            let owner = password::secret_owner(db, &digest, now)?.ok_or_else(used_up)?;
            let done_by = Some(owner);
            keep(db, owner, &hash, None, AccountAction::PasswordSet, done_by, now)
        })
    }

    /// Gives a user a password, for the accounts of the demonstration.
    pub fn give_password(&self, user: UserId, new: &Password) -> Result<(), AppError> {
        let now = self.clock.now();
        let hash = self.hasher.turn()?.hash(new);
        self.writer.write(Lane::REGISTRY, move |db| keep(db, user, &hash, None, AccountAction::PasswordSet, None, now))
    }

    /// Hashes of passwords computed since the start.
    pub fn hashes_computed(&self) -> u64 {
        self.hasher.computed()
    }

    fn login_of(&self, user: UserId) -> Result<String, AppError> {
        let user = account::by_id(&mut *self.pool.get()?, user)?.ok_or_else(|| unknown_user(user))?;
        Ok(user.person.map(|person| person.login).unwrap_or_default())
    }
}

fn fault(pointer: &str, message: Text) -> FieldError {
    FieldError { pointer: pointer.to_owned(), value: None, message }
}

fn used_up() -> AppError {
    let message = Text::fixed(
        "一次性口令不对、已用过或已过期;请向系统管理员重新领取",
        "the one-time secret is wrong, used or expired; ask your administrator for a new one",
    );
    AppError::field("/secret", None, message)
}

/// Keeps a hash in place of the one before, with all that follows; called as the only writer of the registry.
fn keep(
    db: &mut Db,
    user: UserId,
    hash: &str,
    kept: Option<i64>,
    action: AccountAction,
    done_by: Option<UserId>,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    let account = account::by_id(db, user)?
        .filter(|user| user.is_active)
        .ok_or_else(|| AppError::Conflict(text!("用户 {user} 已停用", "user {user} is disabled")))?;
    password::put(db, user, hash, now)?;
    password::drop_secret(db, user)?;
    if let Some(person) = account.person {
        for (_, subject) in subjects(Some(&person.login), None) {
            sign_in::forget(db, &subject)?;
        }
    }
    end_all(db, user, kept, done_by, now)?;
    Ok(account::note(db, user, &AccountEvent { action, subject: None, done_by, at: now })?)
}

/// Issues a one-time secret; called as the only writer of the registry.
pub(super) fn issue_secret(
    db: &mut Db,
    user: UserId,
    by: Option<UserId>,
    now: NaiveDateTime,
) -> Result<PasswordSecret, AppError> {
    let secret = format!("{SECRET_PREFIX}{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()));
    let expires_at = now + TimeDelta::hours(PASSWORD_SECRET_HOURS);
    let secret_sha256 = Sha256::digest(secret.as_bytes()).to_vec();
    password::put_secret(db, &NewSecret { user, secret_sha256, created_by: by, created_at: now, expires_at })?;
    let event = AccountEvent { action: AccountAction::PasswordSecretIssued, subject: None, done_by: by, at: now };
    account::note(db, user, &event)?;
    Ok(PasswordSecret { secret, expires_at })
}
