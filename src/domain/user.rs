//! Users and their roles: who may hold what, and where it counts.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::input::{Input, Reader, vocabulary, word};
use crate::domain::ledger::kind::Role;
use crate::domain::region::County;
use crate::domain::text::{Text, text};

/// Days that a token may be valid at most: a year.
pub const TOKEN_DAYS_MAX: u32 = 365;

/// Days that a token is valid if nothing else is said.
pub const TOKEN_DAYS: u32 = 90;

/// Tokens that a user may have at a time.
pub const TOKENS_MAX: usize = 50;

/// Hours that a one-time secret for setting a password is valid.
pub const PASSWORD_SECRET_HOURS: i64 = 72;

vocabulary! {
    /// 账号变动 — what was done to an account.
    pub enum AccountAction {
        Created = "created" "建立账号",
        Renamed = "renamed" "更正姓名",
        Disabled = "disabled" "停用",
        Enabled = "enabled" "启用",
        Erased = "erased" "清除个人信息",
        Granted = "granted" "授予角色",
        Revoked = "revoked" "收回角色",
        TokenIssued = "token_issued" "签发令牌",
        TokenRevoked = "token_revoked" "吊销令牌",
        PasswordSecretIssued = "password_secret_issued" "签发一次性口令",
        PasswordSet = "password_set" "以一次性口令设置密码",
        PasswordChanged = "password_changed" "修改密码",
    }
}

/// By what a caller was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Credential {
    /// The API token of this number.
    Token(i64),
    /// The browser session of this number.
    Session(i64),
    /// Somebody with the database at hand, who acts for the user.
    CommandLine,
}

impl Credential {
    pub const fn token(self) -> Option<i64> {
        if let Self::Token(id) = self { Some(id) } else { None }
    }

    pub const fn session(self) -> Option<i64> {
        if let Self::Session(id) = self { Some(id) } else { None }
    }
}

/// 区划前缀 — a county (six digits), or all counties of a city (four) or a province (two).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
#[schema(value_type = String, pattern = "^[1-9][0-9]([0-9]{2}){0,2}$", example = "410183")]
pub struct Prefix(i32);

impl Prefix {
    /// Counties' numbers are divided by this before they are compared.
    const fn below(self) -> i32 {
        match self.0 {
            ..100 => 10_000,
            100..10_000 => 100,
            _ => 1,
        }
    }

    pub const fn covers(self, county: County) -> bool {
        county.number() / self.below() == self.0
    }

    /// Whether all counties under this prefix lie under the other.
    pub const fn is_within(self, other: Self) -> bool {
        self.below() <= other.below() && self.0 / (other.below() / self.below()) == other.0
    }
}

impl From<County> for Prefix {
    fn from(county: County) -> Self {
        Self(county.number())
    }
}

impl FromStr for Prefix {
    type Err = Text;

    fn from_str(digits: &str) -> Result<Self, Text> {
        let refused = || {
            text!(
                "“{digits}”不是区划前缀;请填县 6 位、市 4 位或省 2 位,例如 410183",
                "{digits:?} is no division prefix; write 6 digits for a county, 4 for a city or 2 for a province, such as 410183"
            )
        };
        // The first county that could lie under the prefix is judged in its place.
        let (below, first) = match digits.len() {
            6 => (1, 0),
            4 => (100, 1),
            2 => (10_000, 101),
            _ => return Err(refused()),
        };
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refused());
        }
        let number: i32 = digits.parse().map_err(|_| refused())?;
        County::from_number(number * below + first).map_err(|_| refused())?;
        Ok(Self(number))
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Prefix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Input<'de> for Prefix {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        word(raw, reader)
    }
}

/// A role in a county or in all counties under a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    pub prefix: Prefix,
    pub role: Role,
}

impl FromStr for Grant {
    type Err = Text;

    /// Reads `ROLE@PREFIX`.
    fn from_str(text: &str) -> Result<Self, Text> {
        let (role, prefix) = text.split_once('@').ok_or_else(|| {
            text!("“{text}”应写成 角色@区划,例如 clerk@410183", "{text:?}: write ROLE@PREFIX, such as clerk@410183")
        })?;
        Ok(Self { role: role.parse()?, prefix: prefix.parse()? })
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.role, self.prefix)
    }
}

/// Whether a person who holds some roles may get another: who administers accounts decides on no land.
///
/// The two are kept apart everywhere, not only in one county: an administrator issues tokens, and
/// somebody who could issue a second pair of eyes to himself would need no second person.
pub fn may_hold(held: impl IntoIterator<Item = Role>, wanted: Role) -> Result<(), Text> {
    match held.into_iter().find(|role| (*role == Role::Admin) != (wanted == Role::Admin)) {
        None => Ok(()),
        Some(role) => Err(text!(
            "系统管理员不得兼任业务角色:该用户已是“{role:#}”,不能再授予“{wanted:#}”",
            "an administrator holds no business role: the user is {role} and cannot become {wanted} too"
        )),
    }
}

/// 登录名 — one natural person's, such as the number of the staff card: lower-case letters, digits, `.`, `_`, `@` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, pattern = "^[a-z0-9][a-z0-9._@-]{1,63}$", example = "jb0102")]
pub struct Login(String);

impl Login {
    pub fn into_string(self) -> String {
        self.0
    }
}

impl FromStr for Login {
    type Err = Text;

    fn from_str(text: &str) -> Result<Self, Text> {
        let fits = (2..=64).contains(&text.len())
            && text.bytes().next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'@' | b'-'));
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Text::fixed(
                "登录名为 2 至 64 位小写字母、数字和 . _ @ -,以字母或数字开头,例如工号",
                "a login has 2 to 64 lower-case letters, digits and . _ @ -, and begins with a letter or digit",
            ))
        }
    }
}

impl<'de> Input<'de> for Login {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        word(raw, reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefix(digits: &str) -> Prefix {
        digits.parse().unwrap()
    }

    #[test]
    fn a_prefix_covers_its_counties_and_no_others() {
        let county: County = "410183".parse().unwrap();
        for (digits, covers) in [("410183", true), ("4101", true), ("41", true), ("410184", false), ("4102", false)] {
            assert_eq!(prefix(digits).covers(county), covers, "{digits}");
        }
        for wrong in ["", "4", "410", "41018", "4101833", "4101８3", "00", "99", "+41018", "410183 "] {
            assert!(wrong.parse::<Prefix>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_prefix_lies_within_itself_and_what_is_wider() {
        for (inner, outer, within) in [
            ("410183", "410183", true),
            ("410183", "4101", true),
            ("4101", "41", true),
            ("410183", "41", true),
            ("4101", "410183", false),
            ("41", "4101", false),
            ("410183", "4102", false),
            ("410183", "410184", false),
        ] {
            assert_eq!(prefix(inner).is_within(prefix(outer)), within, "{inner} in {outer}");
        }
    }

    #[test]
    fn an_administrator_holds_no_business_role_and_nobody_else_is_one() {
        for role in Role::ALL.iter().copied().filter(|role| *role != Role::Admin) {
            assert!(may_hold([Role::Admin], role).is_err(), "{role}");
            assert!(may_hold([role], Role::Admin).is_err(), "{role}");
            assert!(may_hold([Role::Clerk], role).is_ok(), "{role}");
        }
        assert!(may_hold([], Role::Admin).is_ok());
        assert!(may_hold([Role::Admin], Role::Admin).is_ok());
    }

    #[test]
    fn a_grant_is_written_role_at_prefix() {
        assert_eq!("clerk@410183".parse::<Grant>().unwrap().to_string(), "clerk@410183");
        for wrong in ["clerk", "clerk@", "@410183", "boss@410183", "clerk@41018"] {
            assert!(wrong.parse::<Grant>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_login_is_plain() {
        for (text, fits) in
            [("jb0102", true), ("a.b@c-d_e", true), ("a", false), ("Jb", false), (".a", false), ("张三", false)]
        {
            assert_eq!(text.parse::<Login>().is_ok(), fits, "{text}");
        }
        assert!("a".repeat(65).parse::<Login>().is_err());
    }
}
