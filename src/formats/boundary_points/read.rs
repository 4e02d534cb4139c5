//! The tolerant reader.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::rings::{Notes, Row, assemble};
use super::{Deviation, Fault, Header, Options, Plot, PlotReading, Reading, Repair, Wrong};
use crate::domain::area::AreaUnit;
use crate::domain::quantity::decimal;
use crate::formats::decode::{Charset, decode};

/// Fields of a plot line, the last of them `@`.
const PLOT_FIELDS: usize = 9;
/// Faults that are named for one plot.
const FAULTS_MAX: usize = 50;
/// What stands for a comma: the full-width one, semicolons of either width.
const OTHER: [char; 3] = ['\u{ff0c}', ';', '\u{ff1b}'];
/// Longest text of a file that a message repeats.
const SHOWN_MAX: usize = 40;

/// Reads a file. What is wrong with the file as a whole refuses it; what is wrong with a plot stands with it.
pub fn read(bytes: &[u8], options: &Options) -> Result<Reading, Vec<Fault>> {
    let (text, charset) =
        decode(bytes).map_err(|error| vec![Fault { line: 1, wrong: Wrong::NotText { at: error.at } }])?;
    let mut repairs = Vec::new();
    match charset {
        Charset::Utf8WithMark => repairs.push(Repair { line: 1, deviation: Deviation::ByteOrderMark }),
        Charset::Gbk => repairs.push(Repair { line: 1, deviation: Deviation::Gbk }),
        Charset::Ascii | Charset::Utf8 => {}
    }
    if let Some(line) = text.split('\n').position(|line| line.ends_with('\r')) {
        repairs.push(Repair { line: line + 1, deviation: Deviation::CrLf });
    }
    let mut reader =
        Reader { options, header: Header::default(), repairs, plots: Vec::new(), points: 0, current: None };
    reader.file(&text)?;
    let Reader { header, mut repairs, plots, .. } = reader;
    if plots.is_empty() {
        return Err(vec![Fault { line: text.lines().count().max(1), wrong: Wrong::NoPlots }]);
    }
    repairs.sort_by_key(|repair| repair.line);
    Ok(Reading { header, plots, repairs })
}

/// Which block of the file a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Before,
    Project,
    Description,
    Coordinates,
}

struct Reader<'o> {
    options: &'o Options,
    header: Header,
    repairs: Vec<Repair>,
    plots: Vec<PlotReading>,
    points: usize,
    current: Option<Current>,
}

/// The plot that is being read.
struct Current {
    line: usize,
    /// None for points without a plot line.
    fields: Option<PlotFields>,
    rows: Vec<Row>,
    /// Rows that were there, readable or not.
    count: usize,
    repairs: Vec<Repair>,
    faults: Vec<Fault>,
}

struct PlotFields {
    count: Option<usize>,
    area: Option<(Decimal, AreaUnit)>,
    texts: [Option<String>; 5],
}

impl Reader<'_> {
    fn file(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let mut block = Block::Before;
        let mut faults = Vec::new();
        for (index, raw) in text.split('\n').enumerate() {
            let (number, line) = (index + 1, raw.trim());
            if line.is_empty() {
                continue;
            }
            if let Some(name) = section(line) {
                block = match name {
                    "项目信息" => {
                        self.repairs.push(Repair { line: number, deviation: Deviation::ProjectBlock });
                        Block::Project
                    }
                    "地块坐标" => {
                        self.header.check(number, &mut self.repairs, &mut faults);
                        Block::Coordinates
                    }
                    _ => Block::Description,
                };
                continue;
            }
            match (block, line.split_once('=')) {
                (Block::Project, Some((key, value))) => {
                    self.header.project.push((key.trim().to_owned(), value.trim().to_owned()));
                }
                (Block::Before | Block::Description, Some((key, value))) => {
                    block = Block::Description;
                    self.header.values.push((key.trim().to_owned(), value.trim().to_owned(), number));
                }
                (Block::Coordinates, _) => self.line(number, line)?,
                (Block::Project, None) => {}
                (Block::Before | Block::Description, None) => {
                    // The marks were left out, perhaps with all of the header.
                    self.repairs.push(Repair { line: number, deviation: Deviation::NoHeader });
                    if block == Block::Description {
                        self.header.check(number, &mut self.repairs, &mut faults);
                    }
                    block = Block::Coordinates;
                    self.line(number, line)?;
                }
            }
        }
        self.finish();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn line(&mut self, number: usize, line: &str) -> Result<(), Vec<Fault>> {
        let (mut fields, is_other) = fields(line);
        let has_at = fields.last().is_some_and(|field| *field == "@");
        if has_at || fields.len() >= PLOT_FIELDS - 1 {
            self.finish();
            if self.plots.len() >= self.options.plots_max {
                return Err(vec![Fault { line: number, wrong: Wrong::TooManyPlots { limit: self.options.plots_max } }]);
            }
            let mut current = Current::at(number);
            current.plot_line(&mut fields, has_at, is_other);
            self.current = Some(current);
            return Ok(());
        }
        self.points += 1;
        if self.points > self.options.points_max {
            return Err(vec![Fault { line: number, wrong: Wrong::TooManyPoints { limit: self.options.points_max } }]);
        }
        let current = self.current.get_or_insert_with(|| {
            let mut current = Current::at(number);
            current.repairs.push(Repair { line: number, deviation: Deviation::NoPlotLine });
            current
        });
        current.point(number, &fields, is_other);
        Ok(())
    }

    /// Makes a plot of what was read since its line.
    fn finish(&mut self) {
        if let Some(current) = self.current.take() {
            let reading = current.finish(&self.header, self.options, &mut self.repairs);
            self.plots.push(reading);
        }
    }
}

impl Current {
    fn at(line: usize) -> Self {
        Self { line, fields: None, rows: Vec::new(), count: 0, repairs: Vec::new(), faults: Vec::new() }
    }

    fn fault(&mut self, line: usize, wrong: Wrong) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(Fault { line, wrong });
        }
    }

    fn plot_line(&mut self, fields: &mut Vec<&str>, has_at: bool, is_other: bool) {
        let line = self.line;
        let mut repair = |deviation| self.repairs.push(Repair { line, deviation });
        if is_other {
            repair(Deviation::OtherSeparator);
        }
        if has_at {
            fields.pop();
        } else {
            repair(Deviation::NoAt);
        }
        if fields.len() > PLOT_FIELDS - 1 {
            repair(Deviation::FieldCount { given: fields.len() + usize::from(has_at) });
        }
        let &[count, area, code, name, shape, sheet, planned_use, class, ..] = &fields[..] else {
            let given = fields.len() + usize::from(has_at);
            self.fault(line, Wrong::PlotFields { given });
            self.fields = Some(PlotFields { count: None, area: None, texts: Default::default() });
            return;
        };
        let points = match count {
            "" => None,
            _ => {
                let read = count.parse().ok();
                if read.is_none() {
                    self.fault(line, Wrong::BadCount { given: shown(count) });
                }
                read
            }
        };
        if !matches!(shape, "面" | "" | "多边形" | "polygon") {
            self.fault(line, Wrong::NotAPolygon { given: shown(shape) });
        }
        let area = self.area(area);
        let texts = [code, name, sheet, planned_use, class].map(|text| (!text.is_empty()).then(|| text.to_owned()));
        self.fields = Some(PlotFields { count: points, area, texts });
    }

    fn area(&mut self, given: &str) -> Option<(Decimal, AreaUnit)> {
        if given.is_empty() {
            return None;
        }
        let digits = given.trim_end_matches(|c: char| !c.is_ascii_digit()).trim();
        let unit = match given[digits.len()..].trim() {
            "" => None,
            "公顷" | "ha" | "hm2" | "hm²" => Some(AreaUnit::Hectare),
            "平方米" | "m2" | "m²" | "㎡" => Some(AreaUnit::SquareMetre),
            "亩" => Some(AreaUnit::Mu),
            _ => {
                self.fault(self.line, Wrong::BadArea { given: shown(given) });
                return None;
            }
        };
        let Ok(value) = decimal(digits) else {
            self.fault(self.line, Wrong::BadArea { given: shown(given) });
            return None;
        };
        if unit.is_some() {
            let given = given[digits.len()..].trim().to_owned();
            self.repairs.push(Repair { line: self.line, deviation: Deviation::AreaUnit { given } });
        }
        Some((value, unit.unwrap_or(AreaUnit::Hectare)))
    }

    fn point(&mut self, line: usize, fields: &[&str], is_other: bool) {
        if is_other && self.count == 0 {
            self.repairs.push(Repair { line, deviation: Deviation::OtherSeparator });
        }
        self.count += 1;
        let (number, ring, x, y) = match *fields {
            [number, ring, x, y] => (Some(number), Some(ring), x, y),
            [number, x, y] => (Some(number), None, x, y),
            [x, y] => (None, None, x, y),
            _ => return self.fault(line, Wrong::RowFields { given: fields.len() }),
        };
        let ring = match ring.map(|ring| ring.parse::<u32>().ok().filter(|ring| *ring > 0).ok_or(ring)) {
            None => None,
            Some(Ok(ring)) => Some(ring),
            Some(Err(given)) => return self.fault(line, Wrong::BadRing { given: shown(given) }),
        };
        match (coordinate(x), coordinate(y)) {
            (Some(x), Some(y)) => {
                let number = number.filter(|number| !number.is_empty()).map(str::to_owned);
                self.rows.push(Row { line, number, ring, given: [x, y] });
            }
            (None, _) => self.fault(line, Wrong::NotANumber { field: "X", given: shown(x) }),
            (_, None) => self.fault(line, Wrong::NotANumber { field: "Y", given: shown(y) }),
        }
    }

    fn finish(mut self, header: &Header, options: &Options, repairs: &mut Vec<Repair>) -> PlotReading {
        let line = self.line;
        if self.count == 0 {
            self.fault(line, Wrong::NoPoints);
        }
        let mut faults = std::mem::take(&mut self.faults);
        let mut notes = Notes { repairs: &mut self.repairs, faults: &mut faults };
        let rings = assemble(&self.rows, header, options, &mut notes);
        let given = self.fields.as_ref().and_then(|fields| fields.count);
        if let (Some(rings), Some(given)) = (&rings, given) {
            let (rows, without_closing) = (self.count, self.count - rings.closing);
            if given == without_closing && rings.closing > 0 {
                notes.repair(line, Deviation::CountWithoutClosing { given, rows });
            } else if given != rows {
                notes.fault(line, Wrong::Count { given, rows, without_closing });
            }
        }
        repairs.append(&mut self.repairs);
        let fields = self.fields.unwrap_or(PlotFields { count: None, area: None, texts: Default::default() });
        let [code, name, map_sheet, planned_use, land_class] = fields.texts;
        let reading = |code, result| PlotReading { line, code, result };
        match rings.filter(|_| faults.is_empty()) {
            Some(rings) => reading(
                code.clone(),
                Ok(Plot {
                    code,
                    name,
                    area: fields.area,
                    map_sheet,
                    planned_use,
                    land_class,
                    part: rings.part,
                    crs: rings.crs,
                    lines: rings.lines,
                }),
            ),
            None => {
                faults.sort_by_key(|fault| fault.line);
                reading(code, Err(faults))
            }
        }
    }
}

/// The name in square brackets, of either width.
fn section(line: &str) -> Option<&str> {
    let inner = line.strip_prefix(['[', '\u{ff3b}', '\u{3010}'])?;
    inner.strip_suffix([']', '\u{ff3d}', '\u{3011}']).map(str::trim)
}

/// The fields of a line, and whether they are parted by something else than commas. Empty ones at the end are dropped.
fn fields(line: &str) -> (Vec<&str>, bool) {
    let (mut fields, is_other): (Vec<&str>, bool) = if line.contains(',') {
        (line.split(',').map(str::trim).collect(), false)
    } else if line.contains(OTHER) {
        (line.split(OTHER).map(str::trim).collect(), true)
    } else {
        (line.split_whitespace().collect(), true)
    };
    while fields.len() > 1 && fields.last().is_some_and(|field| field.is_empty()) && fields.len() < PLOT_FIELDS - 1 {
        fields.pop();
    }
    (fields, is_other)
}

/// A number in digits: neither exponent nor words such as `inf`.
fn coordinate(text: &str) -> Option<f64> {
    let plain =
        text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    plain.then(|| text.parse::<f64>().ok()).flatten()
}

fn shown(text: &str) -> String {
    let cut: Cow<'_, str> = match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    };
    cut.into_owned()
}
