//! Browser sessions: who stands behind one, one's own, and their end.

use chrono::NaiveDateTime;
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::app::caller::{Caller, Credential};
use crate::app::error::AppError;
use crate::domain::region::UserId;
use crate::domain::sign_in::SignInAction;
use crate::domain::text::{Text, text};
use crate::storage::account::password;
use crate::storage::account::session::{self, Named};
use crate::storage::account::sign_in::{self, SignInEvent};
use crate::storage::db::{Db, Lane};

pub use crate::domain::sign_in::SessionRules;
pub use crate::storage::account::session::Session;

/// The caller behind a session.
#[derive(Debug, Clone)]
pub struct Recognised {
    pub caller: Caller,
    /// Whether [`App::touch_session`] has something to write down.
    pub is_worth_noting: bool,
}

impl App {
    /// The caller behind what a cookie holds, or none if the session is unknown, over or ended.
    pub fn caller_by_session(&self, secret: &str) -> Result<Option<Recognised>, AppError> {
        let (digest, now) = (Sha256::digest(secret.as_bytes()), self.clock.now());
        let found = session::owner(&mut *self.pool.get()?, Named::Secret(&digest))?;
        Ok(found.filter(|(session, _)| self.session_rules.is_alive(session.used_at, session.expires_at, now)).map(
            |(session, grants)| Recognised {
                caller: Caller { user: session.user, credential: Credential::Session(session.id), grants },
                is_worth_noting: self.session_rules.is_worth_noting(session.used_at, now),
            },
        ))
    }

    /// Notes that a session is in use.
    pub fn touch_session(&self, id: i64) -> Result<(), AppError> {
        let now = self.clock.now();
        self.writer.write(Lane::REGISTRY, move |db| Ok(session::touch(db, id, now)?))
    }

    /// The session in use.
    pub fn my_session(&self, caller: &Caller) -> Result<Session, AppError> {
        let id = caller.credential.session().ok_or_else(no_session)?;
        let found = session::owner(&mut *self.pool.get()?, Named::Id(id))?;
        found.map(|(session, _)| session).ok_or_else(no_session)
    }

    /// One's sessions that are open.
    pub fn my_sessions(&self, caller: &Caller) -> Result<Vec<Session>, AppError> {
        let now = self.clock.now();
        let mut sessions = open(&mut *self.pool.get()?, caller.user, now)?;
        sessions.retain(|session| self.session_rules.is_alive(session.used_at, session.expires_at, now));
        Ok(sessions)
    }

    /// Ends another of one's sessions.
    pub fn end_my_session(&self, caller: &Caller, id: i64) -> Result<(), AppError> {
        let (user, now) = (caller.user, self.clock.now());
        if caller.credential == Credential::Session(id) {
            return Err(AppError::Conflict(Text::fixed(
                "这是正在使用的会话;请用“退出”(DELETE /api/v1/session)",
                "this is the session in use; sign out instead (DELETE /api/v1/session)",
            )));
        }
        self.writer.write(Lane::REGISTRY, move |db| {
            if !open(db, user, now)?.iter().any(|session| session.id == id) {
                return Err(AppError::NotFound(text!("您没有会话 {id},或已结束", "you have no open session {id}")));
            }
            end(db, user, id, SignInAction::Ended, Some(user), now)
        })
    }

    /// Ends all of one's sessions but the one in use; gives how many.
    pub fn end_my_other_sessions(&self, caller: &Caller) -> Result<usize, AppError> {
        let (user, kept, now) = (caller.user, caller.credential.session(), self.clock.now());
        self.writer.write(Lane::REGISTRY, move |db| end_all(db, user, kept, Some(user), now))
    }
}

/// Ends all sessions of everybody and takes back the one-time secrets, for a database that came back from a backup: what
/// was ended since must not come alive again. Gives how many sessions.
pub fn end_everywhere(db: &mut Db, now: NaiveDateTime) -> Result<usize, AppError> {
    let sessions = session::all_open(db)?;
    for (id, user) in &sessions {
        end(db, *user, *id, SignInAction::Ended, None, now)?;
    }
    password::drop_secrets(db)?;
    Ok(sessions.len())
}

pub(super) fn no_session() -> AppError {
    AppError::NotFound(Text::fixed(
        "本次请求用的是令牌,没有会话",
        "this request was made with a token; there is no session",
    ))
}

/// The sessions of a user that have not been ended; some of them may have been idle for too long.
pub(super) fn open(db: &mut Db, user: UserId, now: NaiveDateTime) -> Result<Vec<Session>, AppError> {
    Ok(session::open_of_user(db, user, now)?)
}

/// Ends a session; called as the only writer of the registry.
pub(super) fn end(
    db: &mut Db,
    user: UserId,
    id: i64,
    action: SignInAction,
    done_by: Option<UserId>,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    session::end(db, id, now)?;
    Ok(sign_in::note(db, &SignInEvent { user: Some(user), session: Some(id), action, done_by, at: now })?)
}

/// Ends the sessions of a user but one; called as the only writer of the registry.
pub(super) fn end_all(
    db: &mut Db,
    user: UserId,
    kept: Option<i64>,
    done_by: Option<UserId>,
    now: NaiveDateTime,
) -> Result<usize, AppError> {
    let mut sessions = open(db, user, now)?;
    sessions.retain(|session| Some(session.id) != kept);
    for session in &sessions {
        end(db, user, session.id, SignInAction::Ended, done_by, now)?;
    }
    Ok(sessions.len())
}
