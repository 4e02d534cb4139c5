//! A sentence in the two languages people read: Chinese first, English beside it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The same sentence in Chinese and in English.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// 中文
    #[schema(value_type = String)]
    pub zh: Cow<'static, str>,
    /// English
    #[schema(value_type = String)]
    pub en: Cow<'static, str>,
}

/// Which of the two a reader asked for. Chinese is the default (DESIGN.md section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    Zh,
    En,
}

impl Text {
    pub const fn fixed(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// Both languages of one message, each a format string: `text!("面积 {area}", "area {area}")`.
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(, $($args:tt)*)?) => {
        $crate::domain::text::Text::new(format!($zh $(, $($args)*)?), format!($en $(, $($args)*)?))
    };
}
pub use crate::text;
