//! Reading JSON so that every wrong field is reported at once, each with its JSON pointer.
//!
//! serde stops at the first fault. A form with three wrong fields deserves three messages, so the
//! bodies of the API implement [`Input`] instead, through the [`input!`](crate::input) macro: unknown and repeated
//! members, missing ones, wrong types and values out of range are collected by a [`Reader`].
//! Numbers are read from their digits and never pass through a float.

use std::borrow::Cow;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::area::GivenArea;
use crate::domain::quantity::{AreaM2, IndicatorValue, Metres, Money, PricePerM2, Ratio, json_digits};
use crate::domain::text::{Text, text};

/// Faults reported for one document; a file with more is cut off with a note.
const FAULTS_MAX: usize = 200;

/// One wrong field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) of the field in the request body; 请求体中的位置.
    #[schema(example = "/area_m2")]
    pub pointer: String,
    /// The value as it was sent, shortened; 所填的值.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is wrong and what to do; 错在哪里,怎么改.
    pub message: Text,
}

/// Where the reading stands in the document, and the faults found so far.
#[derive(Debug, Default)]
pub struct Reader {
    path: String,
    faults: Vec<FieldError>,
}

impl Reader {
    /// Records a fault of the value at hand.
    pub fn fault(&mut self, value: Option<&str>, message: Text) {
        if self.faults.len() < FAULTS_MAX {
            let value = value.map(shortened);
            self.faults.push(FieldError { pointer: self.path.clone(), value, message });
        }
    }

    /// Records a fault of a member of the value at hand.
    pub fn fault_at(&mut self, member: &str, value: Option<&str>, message: Text) {
        self.within(member, |reader| reader.fault(value, message));
    }

    /// Runs `read` one step deeper in the document.
    pub fn within<T>(&mut self, member: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        self.path.push('/');
        if member.contains(['~', '/']) {
            self.path.push_str(&member.replace('~', "~0").replace('/', "~1"));
        } else {
            self.path.push_str(member);
        }
        let read = read(self);
        self.path.truncate(length);
        read
    }

    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    pub fn into_faults(self) -> Vec<FieldError> {
        self.faults
    }
}

fn shortened(value: &str) -> String {
    const SHOWN: usize = 80;
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

/// A value that can be read from JSON with its faults collected.
pub trait Input<'de>: Sized {
    /// Reads the value, or records why not and gives nothing.
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self>;

    /// The value of a member that is not there.
    fn missing(reader: &mut Reader) -> Option<Self> {
        reader.fault(None, Text::fixed("缺少必填项", "this member is required"));
        None
    }
}

/// A body whose members may also stand among those of another in one object.
pub trait Fields<'de>: Sized {
    const NAMES: &'static [&'static str];

    /// Takes its members out of an object.
    fn read_fields(members: &mut Members<'de>, reader: &mut Reader) -> Option<Self>;
}

/// Reads one JSON document.
pub fn read<'de, T: Input<'de>>(bytes: &'de [u8]) -> Result<T, Vec<FieldError>> {
    let mut reader = Reader::default();
    let raw = match serde_json::from_slice::<&RawValue>(bytes) {
        Ok(raw) => raw,
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            reader.fault(
                None,
                text!(
                    "第 {line} 行第 {column} 列起不是合法的 UTF-8 JSON:{error}",
                    "not valid JSON in UTF-8 at line {line} column {column}: {error}"
                ),
            );
            return Err(reader.into_faults());
        }
    };
    match T::read(raw, &mut reader) {
        Some(value) if reader.is_clean() => Ok(value),
        _ => Err(reader.into_faults()),
    }
}

/// The members of a JSON object, in order.
pub struct Members<'de>(pub Vec<(Cow<'de, str>, &'de RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::with_capacity(8);
                while let Some(Name(name)) = map.next_key()? {
                    members.push((name, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}

/// A member's name: borrowed unless it holds an escape.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a member name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}

impl<'de> Members<'de> {
    /// The members of an object, or the fault that it is none.
    pub fn of(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        match serde_json::from_str(raw.get()) {
            Ok(members) => Some(members),
            Err(_) => {
                reader.fault(Some(raw.get()), Text::fixed("此处应为 JSON 对象 {…}", "an object {…} is expected here"));
                None
            }
        }
    }

    /// Reads one member. A repeated one is a fault: which of the two was meant?
    pub fn take<T: Input<'de>>(&mut self, name: &str, reader: &mut Reader) -> Option<T> {
        let Some(at) = self.0.iter().position(|(member, _)| member == name) else {
            return reader.within(name, T::missing);
        };
        let (_, raw) = self.0.remove(at);
        while let Some(again) = self.0.iter().position(|(member, _)| member == name) {
            self.0.remove(again);
            reader.fault_at(name, None, Text::fixed("重复出现,请只保留一个", "given more than once; keep one"));
        }
        reader.within(name, |reader| T::read(raw, reader))
    }

    /// Refuses what no field asked for, naming those that exist.
    pub fn finish(self, known: &[&str], reader: &mut Reader) {
        for (name, raw) in &self.0 {
            let known = known.join(", ");
            reader.fault_at(
                name,
                Some(raw.get()),
                text!("没有这个字段;可用字段:{known}", "there is no such member; the members are {known}"),
            );
        }
    }
}

/// Declares a request body: a struct that is read by [`Input`] and described by `ToSchema`.
///
/// An optional `check(this, reader) { … }` looks at the members together once each of them is right.
#[macro_export]
macro_rules! input {
    (
        $(#[$meta:meta])*
        pub struct $name:ident { $( $(#[$field_meta:meta])* pub $field:ident : $type:ty ),* $(,)? }
        $( check($this:ident, $reader:ident) $check:block )?
    ) => {
        #[derive(Debug, Clone, utoipa::ToSchema)]
        $(#[$meta])*
        pub struct $name { $( $(#[$field_meta])* pub $field: $type ),* }

        impl<'de> $crate::domain::input::Fields<'de> for $name {
            const NAMES: &'static [&'static str] = &[$( $crate::domain::input::member(stringify!($field)) ),*];

            #[allow(unused_variables, reason = "a body may have no members")]
            fn read_fields(
                members: &mut $crate::domain::input::Members<'de>,
                reader: &mut $crate::domain::input::Reader,
            ) -> Option<Self> {
                $( let $field = members.take::<$type>($crate::domain::input::member(stringify!($field)), reader); )*
                let read = Self { $( $field: $field? ),* };
                $( { let ($this, $reader) = (&read, &mut *reader); $check } )?
                Some(read)
            }
        }

        impl<'de> $crate::domain::input::Input<'de> for $name {
            fn read(raw: &'de serde_json::value::RawValue, reader: &mut $crate::domain::input::Reader) -> Option<Self> {
                use $crate::domain::input::Fields;
                let mut members = $crate::domain::input::Members::of(raw, reader)?;
                let read = Self::read_fields(&mut members, reader);
                members.finish(<Self as Fields<'de>>::NAMES, reader);
                read
            }
        }
    };
}
pub use crate::input;

/// The JSON name of a field: `r#type` is `type`.
pub const fn member(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', rest @ ..] => match str::from_utf8(rest) {
            Ok(name) => name,
            Err(_) => field,
        },
        _ => field,
    }
}

/// Declares a closed list of words: an enum with its code and its Chinese term.
///
/// The words are taken as `tt`: a `literal` reaches the schema's derive wrapped, which then leaves the `rename` out.
#[macro_export]
macro_rules! vocabulary {
    ( $(#[$meta:meta])* pub enum $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $code:tt $zh:tt ),* $(,)? } ) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        $(#[$meta])*
        pub enum $name { $( #[doc = $zh] $(#[$variant_meta])* #[serde(rename = $code)] $variant ),* }

        impl $name {
            pub const ALL: &'static [Self] = &[$( Self::$variant ),*];

            /// The word as it stands in JSON and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $code ),* }
            }

            /// The Chinese term.
            pub const fn zh(self) -> &'static str {
                match self { $( Self::$variant => $zh ),* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::text::Text;

            fn from_str(word: &str) -> Result<Self, $crate::domain::text::Text> {
                match word {
                    $( $code => Ok(Self::$variant), )*
                    _ => {
                        let words = [$( $code ),*].join(", ");
                        Err($crate::domain::text::text!("“{word}”不在可选值之内:{words}", "{word:?} is none of {words}"))
                    }
                }
            }
        }

        impl std::fmt::Display for $name {
            /// The code, or with `{:#}` the Chinese term.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(if f.alternate() { self.zh() } else { self.as_str() })
            }
        }

        impl<'de> $crate::domain::input::Input<'de> for $name {
            fn read(raw: &'de serde_json::value::RawValue, reader: &mut $crate::domain::input::Reader) -> Option<Self> {
                $crate::domain::input::word(raw, reader)
            }
        }
    };
}
pub use crate::vocabulary;

/// The text of a JSON string.
fn string<'de>(raw: &'de RawValue, reader: &mut Reader) -> Option<Cow<'de, str>> {
    match serde_json::from_str::<Name<'de>>(raw.get()) {
        Ok(Name(text)) => Some(text),
        Err(_) => {
            reader.fault(Some(raw.get()), Text::fixed("应为字符串", "a string is expected"));
            None
        }
    }
}

/// Reads anything that is written as a word and says itself why not.
pub fn word<T: std::str::FromStr<Err = Text>>(raw: &RawValue, reader: &mut Reader) -> Option<T> {
    let text = string(raw, reader)?;
    match text.parse() {
        Ok(value) => Some(value),
        Err(message) => {
            reader.fault(Some(&text), message);
            None
        }
    }
}

impl<'de, T: Input<'de>> Input<'de> for Option<T> {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        if raw.get() == "null" { Some(None) } else { T::read(raw, reader).map(Some) }
    }

    fn missing(_: &mut Reader) -> Option<Self> {
        Some(None)
    }
}

impl<'de, T: Input<'de>> Input<'de> for Vec<T> {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        let Ok(items) = serde_json::from_str::<Vec<&'de RawValue>>(raw.get()) else {
            reader.fault(Some(raw.get()), Text::fixed("此处应为数组 […]", "an array […] is expected here"));
            return None;
        };
        let mut values = Self::with_capacity(items.len());
        let count = items.len();
        for (index, item) in items.into_iter().enumerate() {
            if let Some(value) = reader.within(&index.to_string(), |reader| T::read(item, reader)) {
                values.push(value);
            }
        }
        (values.len() == count).then_some(values)
    }
}

macro_rules! quantity_input {
    ($($name:ident),*) => { $(
        impl<'de> Input<'de> for $name {
            fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
                match json_digits(raw).parse::<$name>() {
                    Ok(value) => Some(value),
                    Err(bad) => {
                        reader.fault(Some(json_digits(raw)), bad.text());
                        None
                    }
                }
            }
        }
    )* };
}
quantity_input!(AreaM2, Money, PricePerM2, Ratio, Metres, IndicatorValue);

macro_rules! json_input {
    ($($type:ty => $zh:literal $en:literal),* $(,)?) => { $(
        impl<'de> Input<'de> for $type {
            fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
                match serde_json::from_str(raw.get()) {
                    Ok(value) => Some(value),
                    Err(_) => {
                        reader.fault(Some(raw.get()), Text::fixed($zh, $en));
                        None
                    }
                }
            }
        }
    )* };
}
json_input!(
    bool => "应为 true 或 false" "true or false is expected",
    u32 => "应为 0 到 4294967295 的整数" "a whole number from 0 to 4294967295 is expected",
    i64 => "应为整数" "a whole number is expected",
);

/// First and last year a date may lie in: before the first land law, or beyond any contract, it is a slip.
const YEARS: std::ops::RangeInclusive<i32> = 1949..=2149;

/// Reads an ISO 8601 day, written in full.
pub fn day(text: &str) -> Result<NaiveDate, Text> {
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |number, b| b.is_ascii_digit().then(|| number * 10 + u32::from(b - b'0')))
    };
    let written = || match *text.as_bytes() {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => {
            let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
            NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
        }
        _ => None,
    };
    written().filter(|day| YEARS.contains(&day.year())).ok_or_else(|| {
        let (first, last) = (YEARS.start(), YEARS.end());
        text!(
            "“{text}”不是 {first} 至 {last} 年间的日期;请写成 2026-01-31",
            "{text:?} is not a day of the years {first} to {last}; write it as 2026-01-31"
        )
    })
}

impl<'de> Input<'de> for NaiveDate {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        let text = string(raw, reader)?;
        day(&text).map_err(|message| reader.fault(Some(&text), message)).ok()
    }
}

/// A line of text: trimmed, not empty, no control characters, at most `MAX` characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Line<const MAX: usize>(String);

impl<const MAX: usize> PartialSchema for Line<MAX> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(MAX))
            .description(Some(format!(
                "一行文字,至多 {MAX} 个字 — a line of text: not blank, no control characters, at most {MAX} characters"
            )))
            .into()
    }
}

impl<const MAX: usize> ToSchema for Line<MAX> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Line{MAX}"))
    }
}

impl<const MAX: usize> Line<MAX> {
    pub fn new(text: &str) -> Result<Self, Text> {
        let line = text.trim();
        if line.is_empty() {
            return Err(Text::fixed("不能为空", "it may not be empty"));
        }
        // With the blanks around it, as the API document counts.
        if text.chars().count() > MAX {
            return Err(text!("不能超过 {MAX} 个字", "it may not exceed {MAX} characters"));
        }
        if line.chars().any(char::is_control) {
            return Err(Text::fixed("含有控制字符(如换行、制表符)", "it holds control characters such as line breaks"));
        }
        Ok(Self(line.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl<const MAX: usize> fmt::Display for Line<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de, const MAX: usize> Input<'de> for Line<MAX> {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        let text = string(raw, reader)?;
        Self::new(&text).map_err(|message| reader.fault(Some(&text), message)).ok()
    }
}

/// A quantity above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Positive<Q>(Q);

/// A quantity of zero or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct NonNegative<Q>(Q);

macro_rules! signed_input {
    ($($name:ident),*) => { $(
        impl Positive<$name> {
            pub fn new(value: $name) -> Result<Self, Text> {
                if value.is_positive() { Ok(Self(value)) } else { Err(Text::fixed("必须大于零", "it must be greater than zero")) }
            }
        }

        impl NonNegative<$name> {
            pub fn new(value: $name) -> Result<Self, Text> {
                if value.is_negative() { Err(Text::fixed("不能为负", "it may not be negative")) } else { Ok(Self(value)) }
            }
        }

        impl<'de> Input<'de> for Positive<$name> {
            fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
                let value = $name::read(raw, reader)?;
                Self::new(value).map_err(|message| reader.fault(Some(json_digits(raw)), message)).ok()
            }
        }

        impl<'de> Input<'de> for NonNegative<$name> {
            fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
                let value = $name::read(raw, reader)?;
                Self::new(value).map_err(|message| reader.fault(Some(json_digits(raw)), message)).ok()
            }
        }
    )* };
}
signed_input!(AreaM2, GivenArea, Money, PricePerM2, Ratio, Metres, IndicatorValue);

impl<Q: Copy> Positive<Q> {
    pub const fn get(self) -> Q {
        self.0
    }
}

impl<Q: Copy> NonNegative<Q> {
    pub const fn get(self) -> Q {
        self.0
    }
}

/// How a quantity may be written in a request: a string or a number, read from its digits.
fn given_schema(mut schema: RefOr<Schema>, description: &str) -> RefOr<Schema> {
    if let RefOr::T(Schema::Object(object)) = &mut schema {
        object.schema_type = SchemaType::from_iter([Type::String, Type::Number]);
        let unit = object.description.take().unwrap_or_default();
        object.description = Some(format!("{unit} {description}"));
    }
    schema
}

macro_rules! given_schema {
    ($($wrapper:ident $prefix:literal $description:literal),*) => { $(
        impl<Q: PartialSchema> utoipa::__dev::ComposeSchema for $wrapper<Q> {
            fn compose(_: Vec<RefOr<Schema>>) -> RefOr<Schema> {
                given_schema(Q::schema(), $description)
            }
        }

        impl<Q: ToSchema> ToSchema for $wrapper<Q> {
            fn name() -> Cow<'static, str> {
                Cow::Owned(format!("{}{}", $prefix, Q::name()))
            }
        }
    )* };
}
given_schema!(
    Positive "Positive" "(大于零;字符串或数字 / above zero; a string or a number)",
    NonNegative "NonNegative" "(不小于零;字符串或数字 / zero or more; a string or a number)"
);
