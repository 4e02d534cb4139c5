//! argon2id, a few at a time: each hash takes 19 MiB, and a crowd at the door must not take all there is.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};

use crate::app::error::NotSignedIn;
use crate::domain::password::Password;

/// Memory of one hash in KiB, passes over it and lanes: the first choice of the OWASP Password Storage Cheat Sheet.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Hashes that are computed at a time: 76 MiB at most.
const AT_ONCE: usize = 4;

/// Those who may wait for their turn, each on a thread that may wait; the next is told to come again.
const WAITING_MAX: usize = 64;

/// Computes hashes of passwords and compares them.
pub(crate) struct Hasher {
    argon2: Argon2<'static>,
    room: Mutex<Room>,
    freed: Condvar,
    computed: AtomicU64,
}

#[derive(Default)]
struct Room {
    busy: usize,
    waiting: usize,
}

/// Leave to compute; given back when it is dropped.
pub(crate) struct Turn<'h>(&'h Hasher);

impl Default for Hasher {
    fn default() -> Self {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are within argon2's limits");
        Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            room: Mutex::default(),
            freed: Condvar::new(),
            computed: AtomicU64::new(0),
        }
    }
}

impl Hasher {
    /// Waits for a turn, unless too many wait already.
    pub fn turn(&self) -> Result<Turn<'_>, NotSignedIn> {
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        if room.busy >= AT_ONCE {
            if room.waiting >= WAITING_MAX {
                return Err(NotSignedIn::Busy);
            }
            room.waiting += 1;
            room = self.freed.wait_while(room, |room| room.busy >= AT_ONCE).unwrap_or_else(PoisonError::into_inner);
            room.waiting -= 1;
        }
        room.busy += 1;
        Ok(Turn(self))
    }

    /// Hashes computed so far.
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }
}

impl Turn<'_> {
    /// The hash of a new password, with a salt of its own.
    pub fn hash(&self, password: &Password) -> String {
        self.0.computed.fetch_add(1, Ordering::Relaxed);
        let hash = self.0.argon2.hash_password(password.bytes()).expect("a password within its limits has a hash");
        hash.to_string()
    }

    /// Whether the password is the one of the hash. Where there is none the same work is done, for nothing: how
    /// long it takes shall not tell who has an account.
    pub fn verify(&self, password: &Password, hash: Option<&str>) -> bool {
        self.0.computed.fetch_add(1, Ordering::Relaxed);
        let Some(hash) = hash.and_then(|hash| PasswordHash::new(hash).ok()) else {
            let mut nothing = [0; Params::DEFAULT_OUTPUT_LEN];
            let _ = self.0.argon2.hash_password_into(password.bytes(), b"nobody's salt 16", &mut nothing);
            std::hint::black_box(nothing);
            return false;
        };
        self.0.argon2.verify_password(password.bytes(), &hash).is_ok()
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.room.lock().unwrap_or_else(PoisonError::into_inner).busy -= 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::made(text.to_owned())
    }

    #[test]
    fn a_hash_says_how_it_was_made_and_fits_its_password_alone() {
        let hasher = Hasher::default();
        let turn = hasher.turn().unwrap();
        let (one, other) = (turn.hash(&password("three small stones")), turn.hash(&password("three small stones")));
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, other, "each has a salt of its own");
        assert!(turn.verify(&password("three small stones"), Some(&one)));
        assert!(!turn.verify(&password("three small stoneS"), Some(&one)));
        for none in [None, Some(""), Some("$argon2id$v=19$m=19456,t=2,p=1$"), Some("plain")] {
            assert!(!turn.verify(&password("three small stones"), none));
        }
        assert_eq!(hasher.computed(), 8, "nobody's password costs a hash as well");
    }

    #[test]
    fn a_few_compute_some_wait_and_the_rest_is_turned_away() {
        let hasher = Hasher::default();
        let mut turns: Vec<_> = (0..AT_ONCE).map(|_| hasher.turn().unwrap()).collect();
        std::thread::scope(|scope| {
            for _ in 0..WAITING_MAX {
                scope.spawn(|| drop(hasher.turn().unwrap()));
            }
            while hasher.room.lock().unwrap().waiting < WAITING_MAX {
                std::thread::yield_now();
            }
            assert!(matches!(hasher.turn(), Err(NotSignedIn::Busy)));
            turns.clear();
        });
        assert!(hasher.turn().is_ok());
    }
}
