//! Lists as files for Excel: the rows of a list with its filters, whole instead of by pages, as XLSX or CSV.
//!
//! A list becomes a file by a description of its columns in [`tables`] and a few lines in its handler. The file is
//! written to its end before the answer begins (on disk if it is large), so that what goes wrong is a problem and
//! never half a file.

pub mod comparison;
pub mod intake;
pub mod office;
pub mod papers;
pub mod tables;

use std::io::{Read, Seek, SeekFrom};
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use tempfile::SpooledTempFile;
use utoipa::ToSchema;

use crate::app::error::AppError;
use crate::app::listing::{Listed, Place, SortColumn};
use crate::domain::area::AreaUnit;
use crate::domain::input::{FieldError, vocabulary};
use crate::domain::region::County;
use crate::domain::text::{Language, Text, text};
use crate::formats::sheet::book::XLSX_TYPE;
use crate::formats::sheet::write::{CannotWrite, Heading, OutKind, Show, TableWriter, Value};
use crate::http::blocking;
use crate::http::body::Query;
use crate::http::edge::language;
use crate::http::problem::Problem;
use crate::http::records::Format;

/// Rows of one file.
const ROWS_MAX: usize = 200_000;
/// Rows that are read together.
pub const PAGE: i64 = 1000;
/// The same of a list in another order than that of its ids: each reading may have to sort all there is.
const SORTED_PAGE: i64 = 10_000;
/// Bytes that are kept in memory before a file is made.
const MEMORY_MAX: usize = 8 << 20;
/// Bytes that are sent at once.
const PIECE: usize = 64 << 10;

vocabulary! {
    /// 格式 — in which form a list is answered.
    pub enum TableFormat {
        Json = "json" "JSON",
        Csv = "csv" "CSV 文件",
        Xlsx = "xlsx" "Excel 文件",
        Totals = "totals" "合计",
    }
}

impl TableFormat {
    const fn kind(self) -> Option<OutKind> {
        match self {
            Self::Json => None,
            Self::Csv => Some(OutKind::Csv),
            Self::Xlsx => Some(OutKind::Xlsx),
            Self::Totals => Some(OutKind::Totals),
        }
    }
}

/// 合计 — one column of a list, added up over all rows that its filters let through
#[derive(Debug, Serialize, ToSchema)]
pub struct ColumnTotal {
    /// 列名
    pub name: Text,
    /// 合计,按 unit 所指单位 — in the unit of `unit`; none: more digits than are kept
    #[schema(pattern = r"^-?[0-9]{1,28}(\.[0-9]{1,28})?$", example = "12500.25")]
    pub value: Option<String>,
}

/// 列表合计 — what the file of the same list holds below its rows
#[derive(Debug, Serialize, ToSchema)]
pub struct ListTotals {
    /// 行数
    #[schema(minimum = 0)]
    pub count: i64,
    /// 各列合计
    pub totals: Vec<ColumnTotal>,
}

/// The media type of [`ListTotals`], which is no page of the list.
const TOTALS_TYPE: &str = "application/vnd.dizhang.totals+json";

/// 导出文件 — the bytes of a file, to be saved under the name that `Content-Disposition` gives
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct ExportFile(#[expect(dead_code, reason = "a word for the API document")] Vec<u8>);

/// A column of a list: its heading and what stands in it.
pub struct Column<T> {
    heading: Heading,
    value: Box<dyn Fn(&T) -> Value>,
}

impl<T> Column<T> {
    /// The same with its sum in the row of totals.
    pub fn added_up(mut self) -> Self {
        self.heading.total = true;
        self
    }
}

/// A column that is not added up.
pub fn column<T>(zh: &'static str, en: &'static str, show: Show, value: impl Fn(&T) -> Value + 'static) -> Column<T> {
    Column { heading: Heading { zh, en, show, total: false }, value: Box::new(value) }
}

/// A column of text.
pub fn text_column<T>(zh: &'static str, en: &'static str, value: impl Fn(&T) -> Value + 'static) -> Column<T> {
    column(zh, en, Show::Text, value)
}

/// A column of areas, added up.
pub fn area_column<T>(zh: &'static str, en: &'static str, value: impl Fn(&T) -> Value + 'static) -> Column<T> {
    Column { heading: Heading { zh, en, show: Show::Area, total: true }, value: Box::new(value) }
}

/// A file that was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Export {
    kind: OutKind,
    unit: AreaUnit,
    language: Language,
}

impl Export {
    /// What `f`, `unit` and `Accept` ask of a list that is JSON otherwise.
    pub fn of(query: &mut Query<'_>, request: &HttpRequest) -> Option<Self> {
        let kind = query.word::<TableFormat>("f").map(TableFormat::kind);
        Self::with(kind, query, request)
    }

    /// The same of a list one of whose filters is called `unit`: areas are in square metres.
    pub fn in_square_metres(query: &mut Query<'_>, request: &HttpRequest) -> Option<Self> {
        let kind = query.word::<TableFormat>("f").map(TableFormat::kind);
        let kind = kind.unwrap_or_else(|| accepted(request))?;
        Some(Self { kind, unit: AreaUnit::SquareMetre, language: language(request) })
    }

    /// The same where the list has other formats too: `f` was read already.
    pub fn of_format(format: Option<Format>, query: &mut Query<'_>, request: &HttpRequest) -> Option<Self> {
        let kind = format.map(|format| match format {
            Format::Json | Format::Geojson => None,
            Format::Csv => Some(OutKind::Csv),
            Format::Xlsx => Some(OutKind::Xlsx),
            Format::Totals => Some(OutKind::Totals),
        });
        Self::with(kind, query, request)
    }

    fn with(kind: Option<Option<OutKind>>, query: &mut Query<'_>, request: &HttpRequest) -> Option<Self> {
        let unit = query.word("unit").unwrap_or(AreaUnit::SquareMetre);
        let kind = kind.unwrap_or_else(|| accepted(request))?;
        Some(Self { kind, unit, language: language(request) })
    }

    /// Writes the rows that `fetch` gives, from the one after a key on, and answers the file.
    pub async fn answer<T: 'static>(
        self,
        name: (&'static str, &'static str),
        scope: String,
        columns: impl FnOnce() -> Result<Vec<Column<T>>, AppError> + Send + 'static,
        mut fetch: impl FnMut(i64) -> Result<Vec<T>, AppError> + Send + 'static,
        key: impl Fn(&T) -> i64 + Send + 'static,
    ) -> Result<HttpResponse, Problem> {
        self.answer_pages(name, scope, columns, move |last: Option<&T>| fetch(last.map_or(0, &key)), None).await
    }

    /// The whole of a list in its order, from the first row on.
    pub async fn answer_list<C: SortColumn, T: 'static>(
        self,
        name: (&'static str, &'static str),
        county: County,
        columns: impl FnOnce() -> Result<Vec<Column<T>>, AppError> + Send + 'static,
        at: &Place<C>,
        mut fetch: impl FnMut(Place<C>) -> Result<Listed<T>, AppError> + Send + 'static,
    ) -> Result<HttpResponse, Problem> {
        let mut at = Some(at.first(if at.order.is_by_id() { PAGE } else { SORTED_PAGE }));
        let pages = move |_: Option<&T>| {
            let Some(here) = at.take() else { return Ok(Vec::new()) };
            let Listed { rows, next } = fetch(here.clone())?;
            at = next.map(|position| here.page_after(position));
            Ok(rows)
        };
        self.answer_pages(name, format!("-{county}"), columns, pages, None).await
    }

    /// The same where pages are not told by a number: `fetch` gives the rows after the last one, and none at the end.
    pub async fn answer_pages<T: 'static>(
        self,
        name: (&'static str, &'static str),
        scope: String,
        columns: impl FnOnce() -> Result<Vec<Column<T>>, AppError> + Send + 'static,
        fetch: impl FnMut(Option<&T>) -> Result<Vec<T>, AppError> + Send + 'static,
        note: Option<String>,
    ) -> Result<HttpResponse, Problem> {
        let file = blocking(move || self.write(name, columns()?, fetch, note)).await?;
        Ok(self.file(name, &scope, file))
    }

    /// The same for rows that are there already, with a note below them.
    pub async fn answer_rows<T: Send + 'static>(
        self,
        name: (&'static str, &'static str),
        scope: String,
        columns: impl FnOnce() -> Result<Vec<Column<T>>, AppError> + Send + 'static,
        rows: Vec<T>,
        note: Option<String>,
    ) -> Result<HttpResponse, Problem> {
        let mut rows = Some(rows);
        self.answer_pages(name, scope, columns, move |_| Ok(rows.take().unwrap_or_default()), note).await
    }

    fn write<T>(
        self,
        name: (&'static str, &'static str),
        columns: Vec<Column<T>>,
        mut fetch: impl FnMut(Option<&T>) -> Result<Vec<T>, AppError>,
        note: Option<String>,
    ) -> Result<Written, Problem> {
        let headings = columns.iter().map(|column| column.heading).collect();
        let title = if self.language == Language::Zh { name.0 } else { name.1 };
        let out = SpooledTempFile::new(MEMORY_MAX);
        let mut writer = TableWriter::new(self.kind, out, title, headings, self.unit, self.language).map_err(failed)?;
        let (mut last, mut rows) = (None, 0);
        loop {
            let mut page = fetch(last.as_ref())?;
            rows += page.len();
            if rows > ROWS_MAX {
                let message = text!(
                    "超过 {ROWS_MAX} 行;请加筛选条件分批导出",
                    "there are more than {ROWS_MAX} rows; narrow the list by its filters"
                );
                return Err(Problem::fields(vec![FieldError { pointer: "?f".to_owned(), value: None, message }]));
            }
            for row in &page {
                let values: Vec<Value> = columns.iter().map(|column| (column.value)(row)).collect();
                writer.row(&values).map_err(failed)?;
            }
            last = page.pop();
            if last.is_none() {
                break;
            }
        }
        let mut file = writer.finish(note.as_deref()).map_err(failed)?;
        let size = file.seek(SeekFrom::End(0)).map_err(Problem::internal)?;
        file.rewind().map_err(Problem::internal)?;
        Ok(Written { file, left: size })
    }

    fn file(self, name: (&'static str, &'static str), scope: &str, file: Written) -> HttpResponse {
        let (media_type, ending) = match self.kind {
            OutKind::Csv => ("text/csv; charset=utf-8", "csv"),
            OutKind::Xlsx => (XLSX_TYPE, "xlsx"),
            OutKind::Totals => return HttpResponse::Ok().content_type(TOTALS_TYPE).body(file),
        };
        let plain: String = name.1.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let encoded: String =
            form_urlencoded::byte_serialize(format!("{}{scope}.{ending}", name.0).as_bytes()).collect();
        // A name in Chinese is written as RFC 8187 says, beside a plain one for programs that do not know it.
        let disposition = format!(
            "attachment; filename=\"{plain}{scope}.{ending}\"; filename*=UTF-8''{}",
            encoded.replace('+', "%20")
        );
        HttpResponse::Ok().content_type(media_type).insert_header((header::CONTENT_DISPOSITION, disposition)).body(file)
    }
}

fn failed(error: CannotWrite) -> Problem {
    Problem::internal(error)
}

/// The kind of file that `Accept` prefers to JSON.
fn accepted(request: &HttpRequest) -> Option<OutKind> {
    let wanted = request.headers().get(header::ACCEPT)?.to_str().ok()?;
    let first = wanted.split(',').map(|part| part.split(';').next().unwrap_or("").trim().to_ascii_lowercase());
    first.into_iter().find_map(|media_type| match media_type.as_str() {
        "application/json" | "application/geo+json" | "*/*" | "application/*" => Some(None),
        "text/csv" => Some(Some(OutKind::Csv)),
        XLSX_TYPE => Some(Some(OutKind::Xlsx)),
        _ => None,
    })?
}

/// A file that is sent piece by piece. It lies in memory or in a temporary file that was just written, so that
/// reading a piece does not wait.
struct Written {
    file: SpooledTempFile,
    left: u64,
}

impl MessageBody for Written {
    type Error = std::io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.left)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let mut piece = vec![0; PIECE.min(usize::try_from(self.left).unwrap_or(PIECE))];
        let read = self.file.read(&mut piece).and_then(|read| match read {
            0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => Ok(read),
        });
        Poll::Ready(Some(read.map(|read| {
            piece.truncate(read);
            self.left -= read as u64;
            Bytes::from(piece)
        })))
    }
}
