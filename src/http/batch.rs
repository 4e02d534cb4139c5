//! Many calculations in one request: lines in, lines out, in order, as they come. Neither is held in memory as a whole.
//!
//! Only for those who are signed in: the public calculations are limited by requests a second, which says nothing of a request
//! that holds a million of them.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, BodyStream, MessageBody};
use actix_web::rt::time::timeout;
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, post};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::policy::Policy;
use crate::domain::region::County;
use crate::domain::rules::calculation::Detail;
use crate::domain::rules::calculation::batch::{self, BadLine, By, CalculationKind, Id, Wrong};
use crate::domain::text::{Language, text};
use crate::formats::ndjson::{LINE_MAX, Line, Lines};
use crate::http::body::{Query, essence};
use crate::http::edge::{RequestId, language};
use crate::http::problem::{Kind, Problem, ProblemBody};
use crate::http::{Service, blocking};

pub const NDJSON: &str = "application/x-ndjson";
/// Bytes of lines that are calculated before their answers go out.
const PART: usize = 128 << 10;
/// A sender who is silent for longer is given up.
const SILENCE_MAX: Duration = Duration::from_secs(60);

/// 批量测算的一行 — a line of a batch: the members of its calculation's body beside these two.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "id": "A-1", "kind": "flexible_price", "on": "2026-06-30", "land_use": "industrial",
    "area": {"value": "50", "unit": "mu"}, "max_term_unit_price": "350.00", "term": "20",
}))]
pub struct BatchLine {
    pub id: Option<Id>,
    pub kind: CalculationKind,
}

/// 批量测算的一行结果 — a line of the answer: `answer`, or `problem` where the line is bad.
#[derive(Debug, ToSchema)]
pub struct BatchAnswer {
    /// 行号 — number of the line in the request, from 1, blank lines counted.
    #[schema(minimum = 1)]
    pub line: u64,
    /// As it was given.
    pub id: Option<Id>,
    pub kind: Option<CalculationKind>,
    /// 测算结果 — what the calculation answers alone; without `findings` unless they are asked for.
    #[schema(value_type = Option<Object>)]
    pub answer: Option<()>,
    /// 问题 — the pointers are those of the line's own object.
    pub problem: Option<ProblemBody>,
}

/// A line of the answer for a bad line.
#[derive(Serialize)]
struct BadAnswer {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Id>,
    problem: ProblemBody,
}

/// What the lines of one batch are calculated by.
#[derive(Debug, Clone)]
pub struct Batch {
    pub policy: Option<Arc<Policy>>,
    pub today: NaiveDate,
    pub detail: Detail,
    pub language: Language,
    /// Shown with problems.
    pub request_id: String,
}

impl Batch {
    /// Writes the answer of a line behind `out`; whether it was a good one.
    pub fn answer(&self, line: Line<'_>, out: &mut Vec<u8>) -> bool {
        let policy = self.policy.as_deref().unwrap_or_else(|| Policy::built_in());
        let by = By { policy, today: self.today, detail: self.detail };
        let (number, id, problem) = match line {
            Line::Whole(number, line) => match batch::calculate(line, number, &by, out) {
                Ok(()) => return true,
                Err(BadLine { id, wrong }) => (number, id, Problem::from(wrong)),
            },
            Line::TooLong(number) => (number, None, line_too_long()),
        };
        let bad = BadAnswer { line: number, id, problem: problem.body(self.language, &self.request_id) };
        serde_json::to_writer(&mut *out, &bad).expect("a problem is written to memory as JSON");
        out.push(b'\n');
        false
    }
}

impl From<Wrong> for Problem {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::NotJson(text) => Self::new(Kind::Malformed, text),
            Wrong::Refused(refusal) => Self::from(refusal),
        }
    }
}

fn line_too_long() -> Problem {
    let most = LINE_MAX >> 20;
    let message = text!("该行超过 {most} MiB", "the line exceeds {most} MiB");
    Problem::new(Kind::TooLarge, message)
}

/// 批量测算 — many calculations, a line of JSON each, answered in order
///
/// A line is the body of a calculation with its `kind` and, if wished, an `id`; its answer is a line too. A bad line is answered by a
/// problem with its number and does not stop the others. Answers come while lines are sent: read them as they come, as what
/// is not taken holds the rest back. A line may have 1 MiB; a batch has no limit.
#[utoipa::path(
    operation_id = "calculateBatch", tag = "calculations",
    params(
        ("county" = Option<County>, Query, description = "县代码 — with this county's own policy values; national and city values if left out"),
        ("detail" = Option<Detail>, Query, description = "详略 — `amounts` (figures and outcomes) if left out, or `findings`"),
    ),
    request_body(content = BatchLine, content_type = "application/x-ndjson", description = "每行一个 JSON 对象 — one JSON object a line"),
    responses((status = 200, description = "每行一个结果,顺序相同 — one answer a line, in order", body = BatchAnswer, content_type = "application/x-ndjson")),
)]
#[post("/api/v1/calculations/batch")]
pub async fn calculate_batch(
    service: Data<Service>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    is_ndjson(&request)?;
    let mut query = Query::of(&request);
    let (county, detail) = (query.word::<County>("county"), query.word("detail"));
    query.finish(&["county", "detail"])?;
    let policy = match county {
        Some(county) => {
            let app = service.app.clone();
            Some(blocking(move || app.policy(county)).await?)
        }
        None => None,
    };
    let batch = Batch {
        policy,
        today: service.app.clock().today(),
        detail: detail.unwrap_or(Detail::Amounts),
        language: language(&request),
        request_id: request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
    };
    let work = Work { batch, lines: Some(Lines::default()), payload: Box::pin(BodyStream::new(payload)) };
    Ok(HttpResponse::Ok().content_type(NDJSON).body(Answers { step: Some(Box::pin(work.step())) }))
}

fn is_ndjson(request: &HttpRequest) -> Result<(), Problem> {
    let essence = essence(request);
    if matches!(essence.as_str(), NDJSON | "application/ndjson" | "application/jsonl") {
        return Ok(());
    }
    let shown: String = essence.chars().take(100).collect();
    Err(Problem::new(
        Kind::UnsupportedMediaType,
        text!("内容类型“{shown}”不是 {NDJSON}", "content type {shown:?} is not {NDJSON}"),
    ))
}

/// A batch on its way: what is left of the request, and the line that has begun.
struct Work {
    batch: Batch,
    /// None: the request has ended.
    lines: Option<Lines>,
    payload: Pin<Box<BodyStream<Payload>>>,
}

type Step = Pin<Box<dyn Future<Output = io::Result<(Work, Bytes)>>>>;

impl Work {
    /// Takes what has come of the request, at most about [`PART`] bytes, and calculates the lines that end in it.
    async fn step(mut self) -> io::Result<(Self, Bytes)> {
        let mut parts: Vec<Bytes> = Vec::new();
        let mut size = 0;
        let mut has_ended = false;
        while size < PART && !has_ended {
            let next = poll_fn(|context| match self.payload.as_mut().poll_next(context) {
                // What is there is calculated before more is waited for.
                Poll::Pending if size > 0 => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
                Poll::Ready(next) => Poll::Ready(Some(next)),
            });
            match timeout(SILENCE_MAX, next).await {
                Ok(Some(Some(part))) => {
                    let part = part.map_err(|error| io::Error::other(error.to_string()))?;
                    size += part.len();
                    parts.push(part);
                }
                Ok(Some(None)) => has_ended = true,
                Ok(None) => break,
                Err(_) => return Err(io::Error::new(io::ErrorKind::TimedOut, "a batch fell silent")),
            }
        }
        let Some(mut lines) = self.lines.take() else { return Ok((self, Bytes::new())) };
        let (batch, kept, out) = actix_web::web::block(move || {
            let batch = self.batch;
            let mut out = Vec::with_capacity(2 * size);
            let mut answer = |line: Line<'_>| {
                let _: bool = batch.answer(line, &mut out);
            };
            for part in parts {
                lines.push(&part, &mut answer);
            }
            let kept = if has_ended {
                lines.finish(answer);
                None
            } else {
                Some(lines)
            };
            (batch, kept, out)
        })
        .await
        .map_err(io::Error::other)?;
        Ok((Self { batch, lines: kept, payload: self.payload }, out.into()))
    }
}

/// The answers of a batch. The next lines are not read before the answers of those before them were taken.
struct Answers {
    step: Option<Step>,
}

impl MessageBody for Answers {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let this = self.get_mut();
        while let Some(step) = &mut this.step {
            let Poll::Ready(done) = step.as_mut().poll(context) else { return Poll::Pending };
            this.step = None;
            // An error cuts the connection, so that nobody takes a part for the whole.
            let (work, out) = done?;
            if work.lines.is_some() {
                this.step = Some(Box::pin(work.step()));
            }
            if !out.is_empty() {
                return Poll::Ready(Some(Ok(out)));
            }
        }
        Poll::Ready(None)
    }
}
