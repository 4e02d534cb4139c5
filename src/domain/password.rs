//! Passwords: what one must be, and a type that shows none to logs or answers.
//!
//! Length counts, not a mixture of signs (NIST SP 800-63B, 5.1.1.2); what is short, known to others or tried first
//! by everybody is refused.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::input::{Input, Reader};
use crate::domain::text::{Text, text};

/// Characters that a new password has at least.
pub const LENGTH_MIN: usize = 12;

/// Characters that a password has at most: more only cost time.
pub const LENGTH_MAX: usize = 128;

/// Different characters that a new password has at least.
const DISTINCT_MIN: usize = 5;

/// 密码 — as it was typed.
#[derive(Clone, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = Password, min_length = 1, max_length = 128, example = "an example to be replaced")]
pub struct Password(String);

impl Password {
    /// A password that a program made.
    pub const fn made(text: String) -> Self {
        Self(text)
    }

    /// For the one place that computes its hash.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether it will do for the account of this login; never with the password in the message.
    pub fn judge(&self, login: &str) -> Result<(), Text> {
        let length = self.0.chars().count();
        if length < LENGTH_MIN {
            return Err(text!(
                "密码只有 {length} 个字符,至少须 {LENGTH_MIN} 个;可用几个词连成一句,便于记忆",
                "the password has {length} characters, at least {LENGTH_MIN} are needed; a few words in a row are easy to remember"
            ));
        }
        let lower = self.0.to_lowercase();
        if !login.is_empty() && lower.contains(&login.to_lowercase()) {
            return Err(Text::fixed("密码不得包含登录名", "the password must not contain the login"));
        }
        if lower.chars().all(|c| c.is_numeric() || !c.is_alphanumeric()) {
            return Err(Text::fixed(
                "密码不能只有数字和符号:电话、证件号和日期别人也知道;请加入文字",
                "digits and signs alone are not enough: others know telephone and identity numbers and dates; add letters",
            ));
        }
        if lower.chars().collect::<BTreeSet<_>>().len() < DISTINCT_MIN {
            return Err(text!(
                "密码至少须有 {DISTINCT_MIN} 个不同的字符",
                "the password must have at least {DISTINCT_MIN} different characters"
            ));
        }
        let core = lower.trim_matches(|c: char| !c.is_alphabetic());
        if COMMON.contains(&core) || COMMON.contains(&lower.as_str()) {
            return Err(Text::fixed(
                "这是最常见、最先被试的密码之一,加数字也一样;请另选",
                "this is one of the most common passwords, which are tried first, with digits around it or not; choose another",
            ));
        }
        Ok(())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl<'de> Input<'de> for Password {
    /// Reads a password; a fault never repeats it.
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        match serde_json::from_str::<String>(raw.get()) {
            Ok(text) if (1..=LENGTH_MAX).contains(&text.chars().count()) => Some(Self(text)),
            Ok(_) => {
                let message = text!("应有 1 至 {LENGTH_MAX} 个字符", "1 to {LENGTH_MAX} characters are expected");
                reader.fault(None, message);
                None
            }
            Err(_) => {
                reader.fault(None, Text::fixed("应为字符串", "a string is expected"));
                None
            }
        }
    }
}

/// What is tried first, in small letters and without the digits and signs that people put around it; those with
/// digits among the letters stand as they are.
const COMMON: &[&str] = &[
    "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u",
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "1qazxsw23edc",
    "a1b2c3d4e5f6",
    "a1s2d3f4g5h6",
    "abc",
    "abcd",
    "abcde",
    "abcdef",
    "abcdefg",
    "abcdefgh",
    "abcdefghij",
    "abcdefghijkl",
    "abcdefghijklm",
    "abcdefghijklmnop",
    "abcdefghijklmnopqrstuvwxyz",
    "adminadmin",
    "adminadminadmin",
    "administrator",
    "admin",
    "asdf",
    "asdfasdfasdf",
    "asdfgh",
    "asdfghjkl",
    "asdfghjklzxcvbnm",
    "changeit",
    "changeme",
    "changemeplease",
    "china",
    "dizhang",
    "guanliyuan",
    "guotuziyuan",
    "guotuziyuanju",
    "hello",
    "helloworld",
    "henan",
    "huanying",
    "iloveyou",
    "iloveyouforever",
    "letmein",
    "letmeinplease",
    "login",
    "master",
    "mima",
    "mimamima",
    "mimamimamima",
    "mypassword",
    "p@ssw0rd",
    "p@ssword",
    "p4ssw0rd",
    "pass",
    "passw0rd",
    "password",
    "passwordpassword",
    "q1w2e3r4t5y6",
    "qazwsx",
    "qazwsxedc",
    "qazwsxedcrfv",
    "qazwsxedcrfvtgb",
    "qwe",
    "qweasd",
    "qweasdzxc",
    "qwer",
    "qwert",
    "qwerty",
    "qwertyasdfgh",
    "qwertyqwerty",
    "qwertyuiop",
    "qwertyuiopasdfghjkl",
    "qwertyuiopasdfghjklzxcvbnm",
    "root",
    "rootroot",
    "rootrootroot",
    "superuser",
    "test",
    "testtest",
    "testtesttest",
    "user",
    "welcome",
    "welcomewelcome",
    "woaini",
    "woainiwoaini",
    "woaizhongguo",
    "xinmi",
    "zaq12wsx",
    "zaq12wsxcde3",
    "zhengzhou",
    "zhongguo",
    "ziranziyuan",
    "ziranziyuanju",
    "zxcvbn",
    "zxcvbnm",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;

    fn judged(text: &str) -> bool {
        Password(text.to_owned()).judge("jb0102").is_ok()
    }

    #[test]
    fn a_password_is_long_and_not_what_everybody_tries() {
        for good in ["牛店镇的苹果熟了三次又三次", "correct horse battery", "k7#Pq-zz91_mW", "three small stones 3"]
        {
            assert!(judged(good), "{good}");
        }
        for bad in [
            "",
            "short",
            "k7#Pq-zz91_",
            "身份证号码不足十二字",
            "JB0102 is my name",
            "xxJb0102yy--zz",
            "410183199001011234",
            "2026-01-01 2026-01-02",
            "abababababab",
            "Password123456",
            "!!!qwertyuiop2026",
            "1qaz2wsx3edc",
            "P@ssw0rd2026!",
            "Admin@1234567",
            "zhongguo20261001",
        ] {
            assert!(!judged(bad), "{bad}");
        }
    }

    #[test]
    fn neither_a_fault_nor_a_log_repeats_a_password() {
        let long = format!("\"{}\"", "s3cret".repeat(50));
        for json in [long.as_str(), "[\"s3cret\"]", "{\"s3cret\":1}", "\"\""] {
            let faults = read::<Password>(json.as_bytes()).unwrap_err();
            assert!(!format!("{faults:?}").contains("s3cret"), "{faults:?}");
        }
        assert_eq!(format!("{:?}", Password("s3cret".to_owned())), "Password(…)");
        for text in ["s3cret", "jb0102-s3cret", "s3crets3crets3cret1"] {
            let message = Password(text.to_owned()).judge("jb0102").err();
            assert!(!message.is_some_and(|message| message.en.contains("s3cret") || message.zh.contains("s3cret")));
        }
    }
}
