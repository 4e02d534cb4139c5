//! Errors as the API shows them: RFC 9457 problem documents from one catalogue.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::error::{AppError, NotSignedIn, StorageError};
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::GridMultiPolygon;
use crate::domain::geometry::lonlat::LonLatMultiPolygon;
use crate::domain::geometry::text::GeometryText;
use crate::domain::idle_case::refused::Refused as Hindrance;
use crate::domain::idle_case::step::StepKind;
use crate::domain::input::FieldError;
use crate::domain::text::{Language, Text};
use crate::formats::geojson::write_geometry;

/// Every kind of problem the service reports. The slug is the last part of the problem's `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Malformed,
    Invalid,
    Unauthenticated,
    SignInRefused,
    Forbidden,
    CsrfToken,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    Conflict,
    Taken,
    Stale,
    VersionRequired,
    TooLarge,
    HeadTooLarge,
    UnsupportedMediaType,
    LedgerRefused,
    CaseRefused,
    CannotDecide,
    TooManyRequests,
    Busy,
    Internal,
}

/// One row of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub slug: &'static str,
    pub status: u16,
    pub zh: &'static str,
    pub en: &'static str,
}

impl Kind {
    pub const ALL: &'static [Self] = &[
        Self::Malformed,
        Self::Invalid,
        Self::Unauthenticated,
        Self::SignInRefused,
        Self::Forbidden,
        Self::CsrfToken,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::Conflict,
        Self::Taken,
        Self::Stale,
        Self::VersionRequired,
        Self::TooLarge,
        Self::HeadTooLarge,
        Self::UnsupportedMediaType,
        Self::LedgerRefused,
        Self::CaseRefused,
        Self::CannotDecide,
        Self::TooManyRequests,
        Self::Busy,
        Self::Internal,
    ];

    /// The whole catalogue in one table; `docs/problems.md` is made from it.
    pub const fn row(self) -> Row {
        const fn row(slug: &'static str, status: u16, zh: &'static str, en: &'static str) -> Row {
            Row { slug, status, zh, en }
        }
        match self {
            Self::Malformed => row("malformed", 400, "请求无法读取", "The request cannot be read"),
            Self::Invalid => row("invalid", 422, "填报内容有误", "Members of the request are wrong"),
            Self::Unauthenticated => {
                row("unauthenticated", 401, "需要登录或有效的访问令牌", "A session or a valid access token is needed")
            }
            Self::SignInRefused => {
                row("sign-in-refused", 422, "登录名或密码不对", "Login and password do not belong together")
            }
            Self::Forbidden => row("forbidden", 403, "无权进行此操作", "You may not do this"),
            Self::CsrfToken => {
                row("csrf-token", 403, "防伪令牌缺失或不对", "The anti-forgery token is missing or wrong")
            }
            Self::NotFound => row("not-found", 404, "没有找到", "There is nothing here"),
            Self::MethodNotAllowed => {
                row("method-not-allowed", 405, "此地址不支持该方法", "This address does not take the method")
            }
            Self::NotAcceptable => {
                row("not-acceptable", 406, "无法提供所要求的格式", "The format asked for is not offered")
            }
            Self::Conflict => row("conflict", 409, "当前状态不允许此操作", "The present state does not allow this"),
            Self::Taken => row("taken", 409, "编号已被占用", "The id is taken"),
            Self::Stale => row("stale", 412, "内容已被他人修改", "Somebody else has changed it"),
            Self::VersionRequired => {
                row("version-required", 428, "修改须注明所依据的版本", "A change names the version it is based on")
            }
            Self::TooLarge => row("too-large", 413, "请求过大", "The request is too large"),
            Self::HeadTooLarge => {
                row("head-too-large", 431, "地址或请求头过长", "The address or the headers are too long")
            }
            Self::UnsupportedMediaType => {
                row("unsupported-media-type", 415, "不支持的内容类型", "The content type is not supported")
            }
            Self::LedgerRefused => row("ledger-refused", 422, "台账拒绝该凭证", "The ledger refuses the voucher"),
            Self::CaseRefused => row("case-refused", 422, "案件不能办理此步骤", "The case does not allow the step"),
            Self::CannotDecide => row("cannot-decide", 422, "规则无法判定", "The rule cannot decide this case"),
            Self::TooManyRequests => row("too-many-requests", 429, "请求过于频繁", "Too many requests"),
            Self::Busy => row("busy", 503, "系统繁忙,请稍后重试", "The service is busy; come again shortly"),
            Self::Internal => row("internal", 500, "系统内部错误", "The service failed"),
        }
    }
}

/// 问题 — the body of every error answer (RFC 9457), in both languages.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemBody {
    /// 问题种类 — a stable address under /problems/.
    #[serde(rename = "type")]
    #[schema(example = "/problems/ledger-refused")]
    pub type_uri: String,
    /// 标题 — in the language of the request (`Accept-Language`), Chinese by default.
    pub title: String,
    /// HTTP 状态码
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// 说明 — what is wrong with which value, by which rule, and what to do.
    pub detail: String,
    /// 标题(中英)
    pub title_text: Text,
    /// 说明(中英)
    pub detail_text: Text,
    /// 拒绝原因 — the ledger's reason, by its stable name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// 障碍 — all that stands in the way of a step of an idle-land case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub obstacles: Vec<Obstacle>,
    /// 不符的土地 — where a polygon lies outside the land it is drawn on, or leaves some of it (GeoJSON, longitude and latitude).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<GeometryText>)]
    pub offending_geometry: Option<Box<RawValue>>,
    /// 各个有误的字段
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// 请求编号 — quote it when asking about this answer.
    pub request_id: String,
}

/// 障碍 — one thing that stands in the way of a step
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Obstacle {
    /// 原因 — by its stable name
    pub reason: &'static str,
    /// 说明 — with what to do
    pub message: Text,
    /// 依据
    pub citation: Option<Text>,
    /// 须先办理的步骤
    pub missing: Option<StepKind>,
    /// 最早可办理日 — where it is a question of time alone
    pub earliest: Option<chrono::NaiveDate>,
}

impl From<&Hindrance> for Obstacle {
    fn from(reason: &Hindrance) -> Self {
        Self {
            reason: reason.name(),
            message: reason.text(),
            citation: reason.citation(),
            missing: reason.missing(),
            earliest: reason.earliest(),
        }
    }
}

/// An error on its way out. What the caller sees and what the log sees are apart: `source` is never shown.
#[derive(Debug)]
pub struct Problem {
    pub kind: Kind,
    /// Boxed, so that a result that may be a problem stays small.
    pub detail: Box<Text>,
    pub reason: Option<&'static str>,
    pub obstacles: Box<[Obstacle]>,
    pub offending_geometry: Option<Box<RawValue>>,
    pub errors: Vec<FieldError>,
    /// Value of `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.kind.row().slug, self.detail.en)
    }
}

impl Problem {
    pub fn new(kind: Kind, detail: Text) -> Self {
        Self {
            kind,
            detail: Box::new(detail),
            reason: None,
            obstacles: Box::default(),
            offending_geometry: None,
            errors: Vec::new(),
            retry_after: None,
            source: None,
        }
    }

    /// Wrong members, each with its pointer.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let detail = match &errors[..] {
            // The document itself has the empty pointer.
            [FieldError { pointer, message, .. }] if pointer.is_empty() => message.clone(),
            [FieldError { pointer, message: Text { zh, en }, .. }] => {
                Text::new(format!("{pointer}:{zh}"), format!("{pointer}: {en}"))
            }
            _ => crate::domain::text::text!("共 {} 处有误,见 errors", "{} members are wrong; see errors", errors.len()),
        };
        Self { errors, ..Self::new(Kind::Invalid, detail) }
    }

    /// A fault of ours: the caller learns that it happened, the log learns why.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let detail = Text::fixed(
            "请记下请求编号并联系管理员;内容未被写入",
            "note the request id and tell your administrator; nothing was written",
        );
        Self { source: Some(source.into()), ..Self::new(Kind::Internal, detail) }
    }

    /// The document, in the reader's language.
    pub fn body(&self, language: Language, request_id: &str) -> ProblemBody {
        let row = self.kind.row();
        let title_text = Text::fixed(row.zh, row.en);
        ProblemBody {
            type_uri: format!("/problems/{}", row.slug),
            title: title_text.in_language(language).to_owned(),
            status: row.status,
            detail: self.detail.in_language(language).to_owned(),
            title_text,
            detail_text: (*self.detail).clone(),
            reason: self.reason,
            obstacles: self.obstacles.to_vec(),
            offending_geometry: self.offending_geometry.clone(),
            errors: self.errors.clone(),
            request_id: request_id.to_owned(),
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.row().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// An empty answer: `http::edge` knows the request and writes the document.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Fields(errors) => Self::fields(errors),
            AppError::Overlaps { faults, offence } => {
                Self { offending_geometry: geometry_of(&offence.misfit.polygon, offence.zone), ..Self::fields(faults) }
            }
            AppError::Refused(refused) => {
                let message = refused.text();
                let error = FieldError { pointer: refused.pointer(), value: None, message: message.clone() };
                let offence = refused.offence();
                Self {
                    reason: Some(refused.name()),
                    offending_geometry: offence.and_then(|offence| geometry_of(&offence.misfit.polygon, offence.zone)),
                    errors: vec![error],
                    ..Self::new(Kind::LedgerRefused, message)
                }
            }
            AppError::CaseRefused(reasons) => {
                let fault = |reason: &Hindrance| FieldError {
                    pointer: reason.pointer().to_owned(),
                    value: None,
                    message: reason.text(),
                };
                let detail = match &reasons[..] {
                    [only] => only.text(),
                    all => crate::domain::text::text!(
                        "共 {} 项障碍,见 obstacles",
                        "{} things stand in the way; see obstacles",
                        all.len()
                    ),
                };
                Self {
                    reason: reasons.first().map(Hindrance::name),
                    obstacles: reasons.iter().map(Obstacle::from).collect(),
                    errors: reasons.iter().map(fault).collect(),
                    ..Self::new(Kind::CaseRefused, detail)
                }
            }
            AppError::Taken(text) => Self::new(Kind::Taken, text),
            AppError::NotFound(text) => Self::new(Kind::NotFound, text),
            AppError::Forbidden(text) => Self::new(Kind::Forbidden, text),
            AppError::Conflict(text) => Self::new(Kind::Conflict, text),
            AppError::Stale { newest } => Self::new(
                Kind::Stale,
                crate::domain::text::text!(
                    "最新版本是 {newest};请重新读取后再改",
                    "the newest version is {newest}; read it again before changing it"
                ),
            ),
            AppError::TooMany(text) => Self { retry_after: Some(3600), ..Self::new(Kind::TooManyRequests, text) },
            AppError::CannotDecide(text) => Self::new(Kind::CannotDecide, text),
            AppError::SignIn(NotSignedIn::Refused) => Self::new(
                Kind::SignInRefused,
                Text::fixed(
                    "登录名或密码不对,或账号尚未设置密码、已停用;忘记密码请向系统管理员领取一次性口令",
                    "login or password is wrong, or the account has no password yet or is disabled; ask your administrator for a one-time secret if you have forgotten it",
                ),
            ),
            AppError::SignIn(NotSignedIn::TooEarly { seconds }) => Self {
                retry_after: Some(seconds),
                ..Self::new(
                    Kind::TooManyRequests,
                    crate::domain::text::text!(
                        "失败次数过多,请在 {seconds} 秒后再试",
                        "too many failures; try again in {seconds} seconds"
                    ),
                )
            },
            AppError::SignIn(NotSignedIn::Busy) => Self {
                retry_after: Some(1),
                ..Self::new(
                    Kind::Busy,
                    Text::fixed("同时登录的人过多,请稍后重试", "too many people are signing in; come again shortly"),
                )
            },
            AppError::Storage(StorageError::Busy) => Self {
                retry_after: Some(1),
                ..Self::new(
                    Kind::Busy,
                    Text::fixed("等待写入的请求过多,请稍后重试", "too many writes are waiting; come again shortly"),
                )
            },
            AppError::Storage(error) => Self::internal(error),
        }
    }
}

/// A polygon of the grid as GeoJSON in longitude and latitude.
pub fn geometry_of(polygon: &GridMultiPolygon, zone: Zone) -> Option<Box<RawValue>> {
    let mut text = Vec::new();
    write_geometry(&LonLatMultiPolygon::of(polygon, zone)?, &mut text);
    RawValue::from_string(String::from_utf8(text).ok()?).ok()
}

impl From<Vec<FieldError>> for Problem {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::fields(errors)
    }
}
