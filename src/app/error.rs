//! Why a use case did not do what was asked, without a word about HTTP.

use crate::domain::idle_case;
use crate::domain::input::FieldError;
use crate::domain::ledger::land::Offence;
use crate::domain::ledger::proposal::NotNow;
use crate::domain::ledger::refused::Refused;
use crate::domain::region::County;
use crate::domain::text::Text;
pub use crate::storage::db::StorageError;
use crate::storage::ledger::PostError;

/// Why a use case failed. Each variant chooses its problem in one `match` in `http::problem`.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Members of the request that are wrong by themselves or together.
    #[error("{} members of the request are wrong", .0.len())]
    Fields(Vec<FieldError>),
    /// Polygons that lie on others beyond tolerance; the first of the offences is shown.
    #[error("{} polygons lie on others", faults.len())]
    Overlaps { faults: Vec<FieldError>, offence: Box<Offence> },
    #[error("the ledger refuses: {}", .0.name())]
    Refused(Refused),
    /// What stands in the way of a step of an idle-land case, all of it.
    #[error("{} things stand in the way of the step", .0.len())]
    CaseRefused(Vec<idle_case::refused::Refused>),
    /// A client id, number or code that is in use with other contents.
    #[error("taken: {}", .0.en)]
    Taken(Text),
    #[error("not found: {}", .0.en)]
    NotFound(Text),
    #[error("not allowed: {}", .0.en)]
    Forbidden(Text),
    /// The state of a thing does not allow the step.
    #[error("conflict: {}", .0.en)]
    Conflict(Text),
    /// `If-Match` named another version than the newest.
    #[error("stale: the newest version is {newest}")]
    Stale { newest: i64 },
    /// Somebody without an account has asked for enough today.
    #[error("too many: {}", .0.en)]
    TooMany(Text),
    /// A rule or parameter cannot decide the case, such as a day before its first version.
    #[error("cannot decide: {}", .0.en)]
    CannotDecide(Text),
    #[error(transparent)]
    SignIn(#[from] NotSignedIn),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSignedIn {
    /// Login and password do not belong together; which of the two is wrong is not told.
    #[error("login and password do not belong together")]
    Refused,
    /// Too many failures: the next attempt is judged after so many seconds.
    #[error("too many failures: the next attempt is judged after {seconds} s")]
    TooEarly { seconds: u64 },
    /// Too many wait to be signed in.
    #[error("too many people are signing in")]
    Busy,
}

impl AppError {
    /// A single wrong member.
    pub fn field(pointer: &str, value: Option<String>, message: Text) -> Self {
        Self::Fields(vec![FieldError { pointer: pointer.to_owned(), value, message }])
    }

    pub fn unknown_county(county: County) -> Self {
        Self::NotFound(crate::domain::text::text!(
            "本系统没有 {county} 县(区)的台账",
            "no ledger of county {county} is kept here"
        ))
    }
}

impl From<diesel::result::Error> for AppError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Storage(error.into())
    }
}

impl From<diesel::r2d2::PoolError> for AppError {
    fn from(error: diesel::r2d2::PoolError) -> Self {
        Self::Storage(error.into())
    }
}

impl From<NotNow> for AppError {
    fn from(not_now: NotNow) -> Self {
        match not_now {
            NotNow::Forbidden(text) => Self::Forbidden(text),
            NotNow::Conflict(text) => Self::Conflict(text),
        }
    }
}

impl From<PostError> for AppError {
    fn from(error: PostError) -> Self {
        match error {
            PostError::Refused(refused) => Self::Refused(refused),
            PostError::IdTaken { client_id, seq } => Self::Taken(crate::domain::text::text!(
                "客户端编号“{client_id}”已用于第 {seq} 号凭证,内容不同;请换一个编号",
                "client id {client_id:?} is taken by voucher {seq} with other contents; choose another"
            )),
            PostError::Storage(error) => Self::Storage(error),
        }
    }
}
