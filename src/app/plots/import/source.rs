//! A file as rows: cut into batches as it is read, or read at once if its format allows no other way.

use std::io::{self, Read, Seek, SeekFrom};

use crate::app::error::{AppError, StorageError};
use crate::app::plots::import::{Import, Repaired};
use crate::app::records::VERTICES_MAX;
use crate::app::sheets as app_sheets;
use crate::domain::geometry::check::{Limits, Part};
use crate::domain::geometry::crs::Crs;
use crate::domain::input::{FieldError, Reader};
use crate::domain::text::{Text, text};
use crate::formats::boundary_points::{self, Fault};
use crate::formats::geojson::stream::{self, Batch, Batches, CannotCut, Outline};
use crate::formats::sheet::{self, BookKind, Context, nouns};
use crate::formats::sniff::{Looks, not_what_it_claims, sniff};
use crate::formats::{geojson, shapefile};

/// Bytes that tell what a file looks like.
const HEAD: usize = 4096;
/// A file that has to be read at once is read up to this many bytes.
const WHOLE_MAX: u64 = 128 << 20;
/// Rows of one batch of a file that was read at once.
const BATCH_ROWS: usize = 1000;

/// In which format plots are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    GeoJson,
    /// 界址点坐标交换格式
    BoundaryPoints,
    /// Zipped.
    Shapefile,
    /// A table of plots without polygons.
    Sheet(BookKind),
}

impl FileKind {
    /// The format that a file seems to have.
    pub fn of(head: &[u8]) -> Option<Self> {
        match sniff(head) {
            Looks::Json => Some(Self::GeoJson),
            Looks::Text => Some(Self::BoundaryPoints),
            Looks::Zip => Some(BookKind::of(head).map_or(Self::Shapefile, Self::Sheet)),
            _ => None,
        }
    }

    pub fn name(self) -> Text {
        match self {
            Self::GeoJson => Text::fixed("GeoJSON", "GeoJSON"),
            Self::BoundaryPoints => Text::fixed("界址点坐标文件(TXT)", "a file of boundary points (TXT)"),
            Self::Shapefile => Text::fixed("Shapefile 压缩包(zip)", "a zipped Shapefile"),
            Self::Sheet(kind) => kind.name(),
        }
    }
}

/// Where a file's bytes come from.
pub trait Stream: Read + Seek + Send {}

impl<T: Read + Seek + Send> Stream for T {}

/// How much may come in one file.
#[derive(Debug, Clone, Copy)]
pub struct FileLimits {
    pub plots: usize,
    /// Of all polygons together; one alone has its own limit.
    pub vertices: usize,
}

impl FileLimits {
    /// What one request may bring.
    pub const REQUEST: Self = Self { plots: 200_000, vertices: VERTICES_MAX };
    /// What a file on the server's own disk may.
    pub const LOCAL: Self = Self { plots: 5_000_000, vertices: 200_000_000 };
}

/// A row that was read with its whole file.
pub(super) struct Whole {
    pub index: usize,
    pub line: usize,
    pub code: Option<String>,
    /// Properties as JSON, or what is wrong with the row.
    pub properties: Result<String, Vec<FieldError>>,
    pub parts: Option<Vec<Part>>,
    pub crs: Crs,
    /// Lines of the positions of each ring.
    pub lines: Vec<Vec<usize>>,
}

/// Rows that one thread reads.
pub(super) enum Rows {
    Json {
        batch: Batch,
        crs: Crs,
    },
    /// A document that is one feature.
    One {
        document: Vec<u8>,
    },
    Whole(Vec<Whole>),
}

/// The batches of a file, and how far the reading is.
pub(super) enum Source<'s> {
    Json { batches: Batches<&'s mut dyn Stream>, crs: Crs },
    Ready(std::vec::IntoIter<Rows>),
}

/// An opened file.
pub(super) struct Opened<'s> {
    pub source: Source<'s>,
    pub bytes: u64,
    pub repairs: Vec<Repaired>,
    /// Where cells stand, if it is a spreadsheet.
    pub sheet: Option<sheet::Read>,
}

impl Source<'_> {
    /// The next batch, and how many bytes are behind it if that is known.
    pub fn next(&mut self) -> Option<Result<(Rows, Option<u64>), AppError>> {
        match self {
            Self::Json { batches, crs } => {
                let batch = batches.next()?;
                let offset = Some(batches.offset());
                Some(batch.map(|batch| (Rows::Json { batch, crs: *crs }, offset)).map_err(cannot_cut))
            }
            Self::Ready(rows) => rows.next().map(|rows| Ok((rows, None))),
        }
    }
}

/// Opens a file of the format that its sender named.
pub(super) fn open<'s>(
    kind: FileKind,
    stream: &'s mut dyn Stream,
    import: &Import,
    limits: &Limits,
    context: &Context,
) -> Result<Opened<'s>, AppError> {
    let bytes = stream.seek(SeekFrom::End(0)).map_err(unreadable)?;
    stream.rewind().map_err(unreadable)?;
    let mut head = Vec::with_capacity(HEAD);
    Read::take(&mut *stream, HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
    stream.rewind().map_err(unreadable)?;
    let looks = sniff(&head);
    // A text that is no JSON gets the fault of its line.
    let fits = FileKind::of(&head) == Some(kind) || (kind == FileKind::GeoJson && looks == Looks::Text);
    if let FileKind::Sheet(book) = kind {
        let bytes_of_it = whole(stream, bytes)?;
        let read = app_sheets::read_bytes(book, &bytes_of_it, context, import.sheet.as_deref(), &nouns::PLOTS)?;
        return Ok(table(read, bytes));
    }
    if !fits {
        return Err(AppError::field("", None, not_what_it_claims(&kind.name(), looks)));
    }
    let file = import.limits;
    let (source, repairs) = match kind {
        FileKind::GeoJson => (json(stream, file)?, Vec::new()),
        FileKind::BoundaryPoints => {
            let options =
                boundary_points::Options { zone: limits.zone, plots_max: file.plots, points_max: file.vertices };
            let reading = boundary_points::read(&whole(stream, bytes)?, &options)
                .map_err(|faults| AppError::Fields(faults.iter().map(|fault| at_line("", fault)).collect()))?;
            points(reading)
        }
        FileKind::Shapefile => {
            let options = shapefile::Options { zone: limits.zone, records_max: file.plots, points_max: file.vertices };
            let layer = shapefile::read(&whole(stream, bytes)?, &options)
                .map_err(|wrong| AppError::field("", None, wrong.text()))?;
            shapes(layer)
        }
        // Taken above: what it looks like is judged by its own kind.
        FileKind::Sheet(_) => (batched(Vec::new()), Vec::new()),
    };
    Ok(Opened { source, bytes, repairs, sheet: None })
}

/// The rows of a table, without polygons.
fn table<'s>(mut read: sheet::Read, bytes: u64) -> Opened<'s> {
    let rows = std::mem::take(&mut read.rows).into_iter().enumerate().map(|(index, row)| Whole {
        index,
        line: row.number,
        code: read.cell(row.number, "/code").1,
        properties: row.body,
        parts: None,
        crs: Crs::Crs84,
        lines: Vec::new(),
    });
    let source = batched(rows.collect());
    let repairs = app_sheets::repairs(&mut read);
    Opened { source, bytes, repairs, sheet: Some(read) }
}

fn json(stream: &mut dyn Stream, limits: FileLimits) -> Result<Source<'_>, AppError> {
    match stream::outline(&mut *stream).map_err(cannot_cut)? {
        Outline::One => {
            stream.rewind().map_err(unreadable)?;
            let mut document = Vec::new();
            stream.take(stream::FEATURE_MAX as u64 + 1).read_to_end(&mut document).map_err(unreadable)?;
            let mut reader = Reader::default();
            // What it is, and whether it is anything.
            let opened = geojson::open(&document, 1, &mut reader).is_some();
            if !opened || !reader.is_clean() {
                return Err(AppError::Fields(reader.into_faults()));
            }
            Ok(Source::Ready(vec![Rows::One { document }].into_iter()))
        }
        Outline::Collection { crs, from, line } => {
            let batches = Batches::new(stream, from, line, limits.plots).map_err(cannot_cut)?;
            Ok(Source::Json { batches, crs: crs.unwrap_or(Crs::Crs84) })
        }
    }
}

fn batched<'s>(mut rows: Vec<Whole>) -> Source<'s> {
    let mut batches = Vec::with_capacity(rows.len() / BATCH_ROWS + 1);
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(BATCH_ROWS));
        batches.push(Rows::Whole(std::mem::replace(&mut rows, rest)));
    }
    Source::Ready(batches.into_iter())
}

fn points<'s>(reading: boundary_points::Reading) -> (Source<'s>, Vec<Repaired>) {
    let rows = reading.plots.into_iter().enumerate().map(|(index, read)| {
        let mut row = Whole {
            index,
            line: read.line,
            code: read.code,
            properties: Ok(String::new()),
            parts: None,
            crs: Crs::Crs84,
            lines: Vec::new(),
        };
        match read.result {
            Ok(plot) => {
                row.properties = Ok(properties(&plot));
                (row.crs, row.lines, row.parts) = (plot.crs, plot.lines, Some(vec![plot.part]));
            }
            Err(faults) => {
                let pointer = format!("/features/{index}");
                row.properties = Err(faults.iter().map(|fault| at_line(&pointer, fault)).collect());
            }
        }
        row
    });
    let repairs = reading.repairs.iter().map(|repair| Repaired {
        line: Some(repair.line),
        code: repair.deviation.code(),
        message: repair.deviation.text(),
    });
    (batched(rows.collect()), repairs.collect())
}

/// What a plot of boundary points says of itself, as the properties of a plot. What has no property is kept as a remark.
fn properties(plot: &boundary_points::Plot) -> String {
    let mut members = serde_json::Map::new();
    let texts = [("code", &plot.code), ("name", &plot.name), ("planned_use", &plot.planned_use)];
    for (member, text) in texts {
        members.extend(text.as_ref().map(|text| (member.to_owned(), text.as_str().into())));
    }
    if let Some((value, unit)) = plot.area {
        let value = value.normalize().to_string();
        members.insert("area".to_owned(), serde_json::json!({"value": value, "unit": unit.as_str()}));
    }
    let kept = [("图幅号", &plot.map_sheet), ("地类编码", &plot.land_class)];
    let remark: Vec<String> =
        kept.iter().filter_map(|(name, text)| Some(format!("{name} {}", text.as_ref()?))).collect();
    if !remark.is_empty() {
        members.insert("remark".to_owned(), remark.join("; ").into());
    }
    serde_json::Value::Object(members).to_string()
}

fn shapes<'s>(layer: shapefile::Layer) -> (Source<'s>, Vec<Repaired>) {
    let crs = layer.crs;
    let rows = layer.records.into_iter().enumerate().map(|(index, record)| Whole {
        index,
        line: record.number,
        code: None,
        properties: Ok(record.properties),
        parts: record.parts,
        crs,
        lines: Vec::new(),
    });
    let repairs = layer.notes.iter().map(|noted| Repaired {
        line: noted.record,
        code: noted.note.code(),
        message: noted.note.text(),
    });
    (batched(rows.collect()), repairs.collect())
}

fn at_line(pointer: &str, fault: &Fault) -> FieldError {
    let (line, Text { zh, en }) = (fault.line, fault.wrong.text());
    FieldError { pointer: pointer.to_owned(), value: None, message: text!("第 {line} 行:{zh}", "line {line}: {en}") }
}

fn whole(stream: &mut dyn Stream, bytes: u64) -> Result<Vec<u8>, AppError> {
    if bytes > WHOLE_MAX {
        let mib = WHOLE_MAX >> 20;
        let message = text!("文件超过 {mib} MiB;请分批提交", "the file exceeds {mib} MiB; send it in parts");
        return Err(AppError::field("", None, message));
    }
    let mut content = Vec::new();
    stream.take(WHOLE_MAX).read_to_end(&mut content).map_err(unreadable)?;
    Ok(content)
}

fn cannot_cut(error: CannotCut) -> AppError {
    match error {
        CannotCut::Io(error) => unreadable(error),
        CannotCut::Faults(faults) => AppError::Fields(faults),
    }
}

pub(super) fn unreadable(error: io::Error) -> AppError {
    AppError::Storage(StorageError::File(error))
}
