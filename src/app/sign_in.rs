//! Signing in with login and password, and out again. Each attempt is counted before it is judged, so that attempts made
//! at once are no way around the count.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDateTime;
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::app::caller::{Caller, Credential};
use crate::app::error::{AppError, NotSignedIn};
use crate::app::sessions::{Session, end, no_session, open};
use crate::domain::password::Password;
use crate::domain::region::UserId;
use crate::domain::sign_in::{Counted, FORGOTTEN_AFTER, SignInAction};
use crate::storage::account::session::{self, Named, NewSession};
use crate::storage::account::sign_in::{self, SignInEvent};
use crate::storage::account::{self, grant, password};
use crate::storage::db::{Db, Lane};

/// Sessions that a user may have open at a time; the one longest unused gives way to the next.
const SESSIONS_MAX: usize = 20;

/// Where a request came from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    pub address: Option<IpAddr>,
    /// What the browser calls itself.
    pub browser: Option<String>,
}

/// The wish to sign in.
#[derive(Debug)]
pub struct SignIn {
    pub login: String,
    pub password: Password,
    pub from: Origin,
    /// What the browser's cookie holds already: that session ends with the new one.
    pub shown: Option<String>,
}

/// A session that has just been opened.
#[derive(Debug)]
pub struct SignedIn {
    pub session: Session,
    /// What the cookie shall hold; it is told this once.
    pub secret: String,
    pub caller: Caller,
}

/// The user and the hash that an attempt is held against.
struct Held {
    user: Option<UserId>,
    hash: Option<String>,
}

impl App {
    /// Opens a session. Whether login or password was wrong is not told, nor shown by the time it takes.
    pub fn sign_in(&self, wish: SignIn) -> Result<SignedIn, AppError> {
        let now = self.clock.now();
        let login = wish.login.to_lowercase();
        let subjects = subjects(Some(&login), wish.from.address);
        must_be_open(&mut *self.pool.get()?, &subjects, now)?;
        let turn = self.hasher.turn()?;
        let held = self.count_attempt(&subjects, now, move |db| {
            let user = account::by_login(db, &login)?;
            held_of(db, user)
        })?;
        let fits = turn.verify(&wish.password, held.hash.as_deref());
        drop(turn);
        let secret = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        let new = NewSession {
            user: held.user.unwrap_or(UserId(0)),
            secret_sha256: Sha256::digest(secret.as_bytes()).to_vec(),
            address: wish.from.address.map(|address| address.to_string()),
            browser: wish.from.browser,
            created_at: now,
            expires_at: now.checked_add_signed(self.session_rules.whole).unwrap_or(now),
        };
        let shown = wish.shown;
        let opened = self.writer.write(Lane::REGISTRY, move |db| {
            // A password that was changed meanwhile opens nothing, nor does an account that was disabled.
            let still = held_of(db, held.user)?;
            if !fits || still.hash != held.hash {
                refused(db, held.user, now)?;
                return Ok(None);
            }
            for (counted, subject) in &subjects {
                match counted {
                    Counted::Login => sign_in::forget(db, subject)?,
                    Counted::Address => sign_in::take_back(db, subject)?,
                }
            }
            replace(db, shown.as_deref(), new, now).map(Some)
        })?;
        let (session, caller) = opened.ok_or(NotSignedIn::Refused)?;
        Ok(SignedIn { session, secret, caller })
    }

    /// Ends the session in use.
    pub fn sign_out(&self, caller: &Caller) -> Result<(), AppError> {
        let id = caller.credential.session().ok_or_else(no_session)?;
        let (user, now) = (caller.user, self.clock.now());
        self.writer.write(Lane::REGISTRY, move |db| end(db, user, id, SignInAction::SignedOut, Some(user), now))
    }

    /// Counts an attempt as a failure until it proves to be none, and reads what it is held against.
    pub(super) fn count_attempt<T: Send + 'static>(
        &self,
        subjects: &[(Counted, String)],
        now: NaiveDateTime,
        read: impl FnOnce(&mut Db) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let subjects = subjects.to_vec();
        self.writer.write(Lane::REGISTRY, move |db| {
            must_be_open(db, &subjects, now)?;
            sign_in::forget_before(db, now - FORGOTTEN_AFTER)?;
            for (_, subject) in &subjects {
                let failures =
                    sign_in::failures(db, subject, now - FORGOTTEN_AFTER)?.map_or(0, |(failures, _)| failures);
                sign_in::set_failures(db, subject, failures.saturating_add(1), now)?;
            }
            read(db)
        })
    }
}

/// What failures are counted by: the digest of what was typed as login, for it may be somebody's password, and the
/// address, of which an IPv6 user has a whole network.
pub(super) fn subjects(login: Option<&str>, address: Option<IpAddr>) -> Vec<(Counted, String)> {
    let login = login.map(|login| (Counted::Login, format!("login {}", URL_SAFE_NO_PAD.encode(Sha256::digest(login)))));
    let address = address.map(|address| match address.to_canonical() {
        IpAddr::V4(v4) => (Counted::Address, format!("address {v4}")),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            (Counted::Address, format!("address {a:x}:{b:x}:{c:x}:{d:x}::/64"))
        }
    });
    login.into_iter().chain(address).collect()
}

/// Refuses an attempt for which it is too early.
pub(super) fn must_be_open(db: &mut Db, subjects: &[(Counted, String)], now: NaiveDateTime) -> Result<(), AppError> {
    for (counted, subject) in subjects {
        let Some((failures, last_at)) = sign_in::failures(db, subject, now - FORGOTTEN_AFTER)? else { continue };
        let Some(open_from) = counted.open_from(failures, last_at) else { continue };
        let wait = open_from - now;
        if wait > chrono::TimeDelta::zero() {
            let seconds = u64::try_from(wait.num_milliseconds()).unwrap_or(0).div_ceil(1000).max(1);
            return Err(NotSignedIn::TooEarly { seconds }.into());
        }
    }
    Ok(())
}

/// What an attempt is held against: nothing for nobody, a disabled account or one without a password.
fn held_of(db: &mut Db, user: Option<UserId>) -> Result<Held, AppError> {
    let Some(user) = user else { return Ok(Held { user: None, hash: None }) };
    let is_active = account::by_id(db, user)?.is_some_and(|user| user.is_active);
    let hash = if is_active { password::hash(db, user)? } else { None };
    Ok(Held { user: Some(user), hash })
}

/// Writes down that somebody was refused.
pub(super) fn refused(db: &mut Db, user: Option<UserId>, now: NaiveDateTime) -> Result<(), AppError> {
    let event = SignInEvent { user, session: None, action: SignInAction::Refused, done_by: None, at: now };
    Ok(sign_in::note(db, &event)?)
}

/// Opens a session and ends the one that the same browser had.
fn replace(
    db: &mut Db,
    shown: Option<&str>,
    new: NewSession,
    now: NaiveDateTime,
) -> Result<(Session, Caller), AppError> {
    let user = new.user;
    if let Some(shown) = shown
        && let Some((before, _)) = session::owner(db, Named::Secret(&Sha256::digest(shown.as_bytes())))?
    {
        end(db, before.user, before.id, SignInAction::Ended, Some(user), now)?;
    }
    let mut others = open(db, user, now)?;
    others.sort_by_key(|session| session.used_at);
    for oldest in others.iter().take((others.len() + 1).saturating_sub(SESSIONS_MAX)) {
        end(db, user, oldest.id, SignInAction::Ended, Some(user), now)?;
    }
    let opened = session::insert(db, new)?;
    let (session, action) = (Some(opened.id), SignInAction::SignedIn);
    sign_in::note(db, &SignInEvent { user: Some(user), session, action, done_by: Some(user), at: now })?;
    let grants = grant::held(db, user)?;
    let caller = Caller { user, credential: Credential::Session(opened.id), grants };
    Ok((opened, caller))
}
