//! Reading requests: bodies, paths, queries and the caller, each refusal a problem.

use std::borrow::Cow;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use crate::app::caller::Caller;
use crate::domain::input::{FieldError, Input, Line, read};
use crate::domain::text::{Text, text};
use crate::http::problem::{Kind, Problem};

/// A body of JSON is read up to this many bytes.
pub const JSON_MAX: usize = 4 << 20;

/// The bytes of a JSON body of at most `MAX` bytes.
pub struct JsonBytes<const MAX: usize = JSON_MAX>(pub Bytes);

impl<const MAX: usize> FromRequest for JsonBytes<MAX> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let typed = content_type_is_json(request);
        let body = limited(request, payload, MAX);
        Box::pin(async move {
            typed?;
            body.await.map(Self)
        })
    }
}

/// Reads a body of at most `max` bytes; a longer one is refused by its declared length, unread.
fn limited(
    request: &HttpRequest,
    payload: &mut Payload,
    max: usize,
) -> impl Future<Output = Result<Bytes, Problem>> + use<> {
    let declared = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<u64>().ok());
    let payload = web::Payload::from_request(request, payload);
    async move {
        if declared.is_some_and(|length| length > max as u64) {
            return Err(too_large(max));
        }
        let payload = payload.await.map_err(|error| unreadable(&error))?;
        match payload.to_bytes_limited(max).await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(error)) => Err(unreadable(&error)),
            Err(_) => Err(too_large(max)),
        }
    }
}

/// The bytes of a file of at most `MAX` bytes, with the media type its sender gave.
pub struct FileBytes<const MAX: usize> {
    pub content: Bytes,
    pub media_type: String,
}

impl<const MAX: usize> FromRequest for FileBytes<MAX> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = essence(request);
        let body = limited(request, payload, MAX);
        Box::pin(async move { Ok(Self { content: body.await?, media_type }) })
    }
}

/// The media type of a body, without parameters, in lower case; empty if none was given.
pub fn essence(request: &HttpRequest) -> String {
    let given = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    given.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

impl<const MAX: usize> JsonBytes<MAX> {
    /// Reads the body, with every wrong member reported.
    pub fn read<'de, T: Input<'de>>(&'de self) -> Result<T, Problem> {
        self.well_formed()?;
        read(&self.0).map_err(Problem::fields)
    }

    /// Refuses what is not JSON in UTF-8.
    pub fn well_formed(&self) -> Result<(), Problem> {
        self.text()?;
        if let Err(error) = serde_json::from_slice::<&serde_json::value::RawValue>(&self.0) {
            let (line, column) = (error.line(), error.column());
            return Err(Problem::new(
                Kind::Malformed,
                text!(
                    "第 {line} 行第 {column} 列起不是合法 JSON:{error}",
                    "not JSON at line {line} column {column}: {error}"
                ),
            ));
        }
        Ok(())
    }

    /// The body as text.
    pub fn text(&self) -> Result<&str, Problem> {
        std::str::from_utf8(&self.0).map_err(|error| {
            let at = error.valid_up_to();
            Problem::new(Kind::Malformed, text!("第 {at} 字节起不是 UTF-8", "not UTF-8 from byte {at} on"))
        })
    }
}

fn content_type_is_json(request: &HttpRequest) -> Result<(), Problem> {
    let essence = essence(request);
    if essence == "application/json" || essence.ends_with("+json") {
        return Ok(());
    }
    let shown: String = essence.chars().take(100).collect();
    Err(Problem::new(
        Kind::UnsupportedMediaType,
        text!("内容类型“{shown}”不是 application/json", "content type {shown:?} is not application/json"),
    ))
}

pub fn too_large(max: usize) -> Problem {
    let mib = max >> 20;
    Problem::new(
        Kind::TooLarge,
        text!("请求体超过 {mib} MiB;请分批提交", "the body exceeds {mib} MiB; send it in parts"),
    )
}

pub fn unreadable(error: &dyn std::fmt::Display) -> Problem {
    Problem::new(Kind::Malformed, text!("请求体读取失败:{error}", "the body could not be read: {error}"))
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    /// The caller whom `http::access` admitted.
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Self>().cloned();
        ready(caller.ok_or_else(|| Problem::internal("an operation without sign-in asks for its caller")))
    }
}

/// One segment of the path.
pub fn segment<T: FromStr<Err = Text>>(request: &HttpRequest, name: &str) -> Result<T, Problem> {
    request.match_info().query(name).parse().map_err(|text| Problem::new(Kind::NotFound, text))
}

/// A number in the path.
pub fn number(request: &HttpRequest, name: &str) -> Result<i64, Problem> {
    let text = request.match_info().query(name);
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| {
        let shown: String = text.chars().take(40).collect();
        Problem::new(Kind::NotFound, text!("“{shown}”不是编号", "{shown:?} is not an id"))
    })
}

/// The query of a request: each name once, none unknown.
pub struct Query<'r> {
    pairs: Vec<(Cow<'r, str>, Cow<'r, str>)>,
    errors: Vec<FieldError>,
}

impl<'r> Query<'r> {
    pub fn of(request: &'r HttpRequest) -> Self {
        let pairs = form_urlencoded::parse(request.query_string().as_bytes()).collect();
        Self { pairs, errors: Vec::new() }
    }

    fn fault(&mut self, name: &str, value: &str, message: Text) {
        let value = Some(value.chars().take(80).collect());
        self.errors.push(FieldError { pointer: format!("?{name}"), value, message });
    }

    /// The value of a parameter, if it is there and right.
    pub fn take<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, Text>) -> Option<T> {
        let at = self.pairs.iter().position(|(known, _)| known == name)?;
        let (_, value) = self.pairs.remove(at);
        if self.pairs.iter().any(|(known, _)| known == name) {
            self.pairs.retain(|(known, _)| known != name);
            self.fault(name, &value, Text::fixed("参数重复出现,请只保留一个", "given more than once; keep one"));
            return None;
        }
        match read(&value) {
            Ok(read) => Some(read),
            Err(message) => {
                self.fault(name, &value, message);
                None
            }
        }
    }

    /// The value of a parameter that must be there.
    pub fn needed<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, Text>) -> Option<T> {
        if !self.pairs.iter().any(|(known, _)| known == name) {
            let message = Text::fixed("缺少必填参数", "this parameter is required");
            self.errors.push(FieldError { pointer: format!("?{name}"), value: None, message });
            return None;
        }
        self.take(name, read)
    }

    pub fn word<T: FromStr<Err = Text>>(&mut self, name: &str) -> Option<T> {
        self.take(name, str::parse)
    }

    pub fn flag(&mut self, name: &str) -> bool {
        self.switch(name).unwrap_or(false)
    }

    /// A switch that may be left out.
    pub fn switch(&mut self, name: &str) -> Option<bool> {
        self.take(name, |text| text.parse().map_err(|_| Text::fixed("应为 true 或 false", "true or false is expected")))
    }

    /// A line of text, such as the beginning of a code.
    pub fn line<const MAX: usize>(&mut self, name: &str) -> Option<String> {
        self.take(name, |text| Line::<MAX>::new(text).map(Line::into_string))
    }

    /// An id of a record.
    pub fn id(&mut self, name: &str) -> Option<i64> {
        self.number(name, 1, i64::MAX)
    }

    /// A whole number between two limits.
    pub fn number(&mut self, name: &str, from: i64, to: i64) -> Option<i64> {
        self.take(name, |text| {
            text.parse()
                .ok()
                .filter(|number| (from..=to).contains(number))
                .ok_or_else(|| text!("应为 {from} 到 {to} 的整数", "a whole number from {from} to {to} is expected"))
        })
    }

    pub fn day(&mut self, name: &str) -> Option<chrono::NaiveDate> {
        self.take(name, crate::domain::input::day)
    }

    /// How many rows a page holds: a larger wish is cut down to the most there is.
    pub fn limit(&mut self) -> i64 {
        const DEFAULT: i64 = 100;
        const MOST: i64 = 1000;
        self.number("limit", 1, i64::MAX).unwrap_or(DEFAULT).min(MOST)
    }

    /// Refuses what nobody asked for and reports all faults.
    pub fn finish(mut self, known: &[&str]) -> Result<(), Problem> {
        for (name, value) in std::mem::take(&mut self.pairs) {
            let names = known.join(", ");
            let message =
                text!("没有这个参数;可用参数:{names}", "there is no such parameter; the parameters are {names}");
            self.fault(&name, &value, message);
        }
        if self.errors.is_empty() { Ok(()) } else { Err(Problem::fields(self.errors)) }
    }
}
