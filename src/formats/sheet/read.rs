//! A sheet as bodies: each row the JSON that the API takes, each fault with its cell.

use std::collections::HashMap;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::domain::area::AreaUnit;
use crate::domain::codes::SupervisionNumber;
use crate::domain::input::FieldError;
use crate::domain::quantity::decimal;
use crate::domain::text::{Text, text};
use crate::formats::sheet::book::{Cell, Line, Sheet, reference};
use crate::formats::sheet::column::{Context, Kind, Table};
use crate::formats::sheet::header::{self, Found, Header};
use crate::formats::sheet::totals::{Sums, is_note, is_total};
use crate::formats::sheet::value::{Unit, day, figure, month, plain, squeezed};

/// Digits from which on a program has rounded a number that was meant as a code.
const SURE_DIGITS: usize = 15;

/// What was read otherwise than it stands, or left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// None for the sheet as a whole.
    pub line: Option<usize>,
    pub code: &'static str,
    pub message: Text,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As the program shows it, from 1.
    pub number: usize,
    /// The body, or what is wrong with the cells.
    pub body: Result<String, Vec<FieldError>>,
}

/// A sheet that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub sheet: String,
    pub rows: Vec<Row>,
    pub notes: Vec<Note>,
    table: Table2,
    header: Header,
    /// The texts of the rows, for faults that are found later.
    shown: HashMap<usize, Vec<String>>,
}

/// A table that can be compared.
#[derive(Debug, Clone, Copy)]
struct Table2(&'static Table);

impl PartialEq for Table2 {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Table2 {}

impl Read {
    /// The cell of a member in a row, and what stands there; for a member without a column the row's first cell.
    pub fn cell(&self, row: usize, pointer: &str) -> (String, Option<String>) {
        let column = self.table.0.column_of(pointer);
        let at = column.and_then(|column| self.header.found.iter().find(|found| found.column == column));
        let at = at.map_or_else(|| self.header.found.first().map_or(0, |found| found.at), |found| found.at);
        let shown = self.shown.get(&row).and_then(|texts| texts.get(at)).filter(|text| !text.is_empty());
        (reference(&self.sheet, row, at), shown.cloned())
    }

    /// A fault of a body as the fault of a cell: its message names the column.
    pub fn locate(&self, row: usize, fault: FieldError) -> FieldError {
        let (cell, shown) = self.cell(row, &fault.pointer);
        let Text { zh, en } = fault.message;
        let message = match self.table.0.column_of(&fault.pointer) {
            Some(column) => {
                let name = self.table.0.columns[column].names[0];
                text!("{name}:{zh}", "{name:?}: {en}")
            }
            None => Text { zh, en },
        };
        FieldError { pointer: cell, value: shown.or(fault.value), message }
    }
}

/// Reads the sheet of a file that holds a table; `wanted` names it where several do.
pub fn read(
    sheets: &[Sheet],
    table: &'static Table,
    context: &Context,
    wanted: Option<&str>,
) -> Result<Read, Vec<FieldError>> {
    let (sheet, header) = choose(sheets, table, wanted)?;
    let mut faults = header::faults(table, sheet, &header);
    let lines = &sheet.lines[header.next..];
    let units = units(table, sheet, &header, lines, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let reading = Reading { table, sheet, header: &header, units, context };
    let (rows, mut notes) = reading.rows(lines);
    let unknown = header.unknown.iter().map(|(at, label)| {
        let cell = reference(&sheet.name, header.rows.1, *at);
        let message = text!("列“{label}”({cell})未用", "the column {label:?} ({cell}) is not used");
        Note { line: Some(header.rows.1), code: "column_ignored", message }
    });
    notes.splice(0..0, unknown.collect::<Vec<_>>());
    if rows.is_empty() {
        let message = Text::fixed("表头之下没有数据行", "there are no rows below the header");
        return Err(vec![FieldError { pointer: reference(&sheet.name, header.rows.1, 0), value: None, message }]);
    }
    let shown = |line: &Line| (line.number, line.cells.iter().map(Cell::shown).collect());
    let shown = lines.iter().map(shown).collect();
    Ok(Read { sheet: sheet.name.clone(), rows, notes, table: Table2(table), header, shown })
}

fn of_file(message: Text) -> Vec<FieldError> {
    vec![FieldError { pointer: String::new(), value: None, message }]
}

/// The one sheet whose header says most of the table.
fn choose<'s>(
    sheets: &'s [Sheet],
    table: &Table,
    wanted: Option<&str>,
) -> Result<(&'s Sheet, Header), Vec<FieldError>> {
    let named = |sheet: &&Sheet| wanted.is_none_or(|wanted| sheet.name == wanted);
    if let Some(wanted) = wanted
        && !sheets.iter().any(|sheet| sheet.name == wanted)
    {
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let names = names.join("、");
        return Err(of_file(text!(
            "没有名为“{wanted}”的工作表;现有:{names}",
            "there is no sheet {wanted:?}; there are {names}"
        )));
    }
    let fitting: Vec<(&Sheet, Header)> =
        sheets.iter().filter(named).filter_map(|sheet| Some((sheet, header::find(table, sheet)?))).collect();
    let whole = |(sheet, header): &&(&Sheet, Header)| header::faults(table, sheet, header).is_empty();
    let complete: Vec<_> = fitting.iter().filter(whole).collect();
    match (&complete[..], &fitting[..]) {
        ([one], _) => Ok((*one).clone()),
        ([_, _, ..], _) => {
            let names: Vec<&str> = complete.iter().map(|(sheet, _)| sheet.name.as_str()).collect();
            let names = names.join("、");
            Err(of_file(text!(
                "工作表 {names} 都可导入;请用 sheet 参数指明一张",
                "the sheets {names} can each be imported; name one in the parameter sheet"
            )))
        }
        ([], [first, ..]) => Ok(first.clone()),
        ([], []) => {
            let name = table.text();
            let needed: Vec<&str> = table.columns.iter().filter(|column| column.needed).map(|c| c.names[0]).collect();
            let needed = needed.join("、");
            Err(of_file(Text::new(
                format!("前 20 行内找不到{}的表头;至少要有这些列:{needed}", name.zh),
                format!(
                    "no header of {} is among the first 20 rows; it needs at least the columns {needed:?}",
                    name.en
                ),
            )))
        }
    }
}

/// The unit of each found column: from its label, from all its cells, or from above the table.
fn units(
    table: &Table,
    sheet: &Sheet,
    header: &Header,
    lines: &[Line],
    faults: &mut Vec<FieldError>,
) -> HashMap<usize, Unit> {
    let mut units = HashMap::new();
    let mut shared: HashMap<&str, (Unit, String)> = HashMap::new();
    for found in &header.found {
        let column = &table.columns[found.column];
        if !column.kind.adds_up() {
            continue;
        }
        let in_cells = || lines.iter().find_map(|line| figure(line.cell(found.at)).ok().and_then(|(_, unit)| unit));
        let above = || {
            let mut fitting = header.units.iter().filter(|unit| unit.is_area() == column.kind.is_area());
            fitting.next().filter(|_| fitting.next().is_none()).copied()
        };
        let cell = reference(&sheet.name, header.rows.1, found.at);
        let name = column.names[0];
        let unit = found.unit.or_else(in_cells).or_else(above);
        let mut fault =
            |value: Option<String>, message| faults.push(FieldError { pointer: cell.clone(), value, message });
        match unit {
            Some(unit) if unit.is_area() == column.kind.is_area() => {
                units.insert(found.at, unit);
                if let Kind::AreaIn(member) = column.kind {
                    let (first, at) = shared.entry(member).or_insert_with(|| (unit, cell.clone()));
                    if *first != unit {
                        let (first_en, unit_en) = (first.en(), unit.en());
                        let (first, unit) = (first.zh(), unit.zh());
                        fault(
                            Some(unit.to_owned()),
                            text!(
                                "“{name}”以{unit}计,而 {at} 以{first}计;同一份面积构成只能用一种单位",
                                "{name:?} is in {unit_en}, {at} in {first_en}; the areas of one composition share a unit"
                            ),
                        );
                    }
                }
            }
            Some(unit) => {
                let (unit, unit_en) = (unit.zh(), unit.en());
                let message = text!("“{name}”列的单位不能是{unit}", "the column {name:?} cannot be in {unit_en}");
                fault(Some(unit.to_owned()), message);
            }
            None if lines.iter().all(|line| line.cell(found.at).is_empty()) => {}
            None => {
                let form = if column.kind.is_area() { "公顷" } else { "万元" };
                fault(
                    None,
                    text!(
                        "“{name}”列没有单位;请写成“{name}({form})”,或在表上方注明“单位:{form}”",
                        "the column {name:?} has no unit; call it \"{name}({form})\", or write \"单位:{form}\" above the table"
                    ),
                );
            }
        }
    }
    units
}

/// What rows are read with.
struct Reading<'r> {
    table: &'r Table,
    sheet: &'r Sheet,
    header: &'r Header,
    units: HashMap<usize, Unit>,
    context: &'r Context,
}

impl Reading<'_> {
    fn rows(&self, lines: &[Line]) -> (Vec<Row>, Vec<Note>) {
        let (mut rows, mut notes) = (Vec::new(), Vec::new());
        let mut sums: HashMap<usize, Sums> = self.units.keys().map(|at| (*at, Sums::default())).collect();
        for line in lines {
            let number = line.number;
            if is_total(line) {
                self.total(line, &mut sums);
                let message = Text::fixed("合计行,不导入", "a row of totals, not imported");
                notes.push(Note { line: Some(number), code: "total_row", message });
                continue;
            }
            if self.is_blank(line) || (is_note(line) && self.lacks_needed(line)) {
                let message = Text::fixed("空行或说明行,不导入", "a blank row or a remark, not imported");
                notes.push(Note { line: Some(number), code: "row_ignored", message });
                continue;
            }
            rows.push(Row { number, body: self.body(line, &mut sums) });
        }
        let mut wrong: Vec<(usize, FieldError)> = Vec::new();
        for (at, sums) in sums {
            for (number, message) in sums.wrong() {
                wrong.push((
                    number,
                    FieldError {
                        pointer: reference(&self.sheet.name, number, at),
                        value: lines.iter().find(|line| line.number == number).map(|line| line.cell(at).shown()),
                        message,
                    },
                ));
            }
        }
        wrong.sort_by(|a, b| (a.0, &a.1.pointer).cmp(&(b.0, &b.1.pointer)));
        for (number, fault) in wrong {
            match rows.last_mut().filter(|row| row.number == number) {
                Some(Row { body: Err(faults), .. }) => faults.push(fault),
                _ => rows.push(Row { number, body: Err(vec![fault]) }),
            }
        }
        rows.sort_by_key(|row| row.number);
        (rows, notes)
    }

    fn is_blank(&self, line: &Line) -> bool {
        let kept = |found: &&Found| !matches!(self.table.columns[found.column].kind, Kind::Ignored | Kind::County);
        self.header.found.iter().filter(kept).all(|found| line.cell(found.at).is_empty())
    }

    fn lacks_needed(&self, line: &Line) -> bool {
        let needed = |found: &&Found| self.table.columns[found.column].needed;
        self.header.found.iter().filter(needed).any(|found| line.cell(found.at).is_empty())
    }

    fn total(&self, line: &Line, sums: &mut HashMap<usize, Sums>) {
        for (at, sums) in sums {
            if let Ok((digits, _)) = figure(line.cell(*at))
                && let Ok(given) = decimal(&digits)
            {
                sums.total(line.number, given);
            }
            sums.close();
        }
    }

    fn body(&self, line: &Line, sums: &mut HashMap<usize, Sums>) -> Result<String, Vec<FieldError>> {
        let (mut body, mut faults) = (Value::Object(Map::new()), Vec::new());
        for found in &self.header.found {
            let (column, cell) = (&self.table.columns[found.column], line.cell(found.at));
            if cell.is_empty() {
                if column.needed && !column.path.is_empty() {
                    faults.push(self.fault(line, found, Text::fixed("必填,不能为空", "it may not be empty")));
                }
                continue;
            }
            let read = self.value(column.kind, cell, found.at);
            if let Some(sums) = sums.get_mut(&found.at) {
                let digits = figure(cell).ok().and_then(|(digits, _)| decimal(&digits).ok());
                if read.is_ok() { sums.add(digits) } else { sums.lose() }
            }
            match read {
                Ok(Some(value)) => {
                    if let Kind::AreaIn(member) = column.kind
                        && let Some(unit) = self.units.get(&found.at)
                    {
                        put(&mut body, member, Value::from(area_unit(*unit).as_str()));
                    }
                    put(&mut body, column.path, value);
                }
                Ok(None) => {}
                Err(message) => faults.push(self.fault(line, found, message)),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        for (to, from) in self.table.copies {
            self.copy(&mut body, to, from);
        }
        Ok(body.to_string())
    }

    fn fault(&self, line: &Line, found: &Found, message: Text) -> FieldError {
        let (name, Text { zh, en }) = (self.table.columns[found.column].names[0], message);
        let shown = line.cell(found.at).shown();
        FieldError {
            pointer: reference(&self.sheet.name, line.number, found.at),
            value: (!shown.is_empty()).then(|| shown.chars().take(80).collect()),
            message: text!("{name}:{zh}", "{name:?}: {en}"),
        }
    }

    /// The JSON of a cell; none for what is not kept.
    fn value(&self, kind: Kind, cell: &Cell, at: usize) -> Result<Option<Value>, Text> {
        Ok(Some(match kind {
            Kind::Ignored => return Ok(None),
            Kind::Text => Value::from(line_of(cell)?),
            Kind::Day => Value::from(day(cell)?.to_string()),
            Kind::Month => Value::from(month(cell)?),
            Kind::Number => Value::from(figure(cell).and_then(|(digits, unit)| match unit {
                None => Ok(digits),
                Some(unit) => Err(text!("不应带单位“{}”", "it has no unit such as {:?}", unit.zh())),
            })?),
            Kind::Area => {
                let (digits, unit) = self.measured(cell, at)?;
                serde_json::json!({"value": digits, "unit": area_unit(unit).as_str()})
            }
            Kind::AreaIn(_) => Value::from(self.measured(cell, at)?.0),
            Kind::Money => {
                let (digits, unit) = self.measured(cell, at)?;
                Value::from(if unit == Unit::TenThousandYuan { in_yuan(&digits)? } else { digits })
            }
            Kind::Word { read, choices } => {
                let word = squeezed(&cell.shown());
                let known = read(&word).ok_or_else(|| {
                    let choices = choices();
                    text!("“{word}”不在可选值之内:{choices}", "{word:?} is none of {choices:?}")
                })?;
                Value::from(known)
            }
            Kind::Named(list) => {
                let name = squeezed(&cell.shown());
                let names = self.context.names.get(list);
                let is_code = |code: &&String| **code == name;
                let known = names.and_then(|names| names.get(&name).or_else(|| names.values().find(is_code)));
                let known = known.ok_or_else(|| {
                    text!(
                        "“{name}”不在本县名录内;请改用名录中的名称或代码",
                        "{name:?} is not on the county's list; use a name or code that is"
                    )
                })?;
                Value::from(known.as_str())
            }
            Kind::Supervision => {
                let number = SupervisionNumber::normalised(&line_of(cell)?);
                let county = self.context.county.to_string();
                let begins = number.get(..6).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
                if begins && !number.starts_with(&county) {
                    return Err(text!(
                        "监管号以 {} 开头,不是本县 {county} 的;请核对,或在该县导入",
                        "the number begins with {}, not with this county's {county}; check it, or import it there",
                        &number[..6]
                    ));
                }
                Value::from(number)
            }
            Kind::County => {
                let given = squeezed(&cell.shown());
                let (county, name) = (self.context.county.to_string(), &self.context.county_name);
                let is_code = given.len() >= 6 && given.bytes().all(|byte| byte.is_ascii_digit());
                let is_other = if is_code {
                    !given.starts_with(&county)
                } else {
                    !given.contains(name.as_str()) && given.ends_with(['市', '县', '区'])
                };
                if is_other {
                    return Err(text!(
                        "行政区“{given}”不是本县 {name}({county});请在该县导入",
                        "the division {given:?} is not this county, {name:?} ({county}); import the row there"
                    ));
                }
                return Ok(None);
            }
        }))
    }

    /// A figure in its column's unit.
    fn measured(&self, cell: &Cell, at: usize) -> Result<(String, Unit), Text> {
        let (digits, own) = figure(cell)?;
        let label = self.header.found.iter().find(|found| found.at == at).and_then(|found| found.unit);
        let unit = self.units.get(&at).copied().unwrap_or(Unit::Area(AreaUnit::SquareMetre));
        let (is, shown) = (unit.zh(), own.map_or("", Unit::zh));
        let (is_en, shown_en) = (unit.en(), own.map_or("", Unit::en));
        match own {
            Some(own) if own != unit => Err(text!(
                "本列以{is}计,此处却写“{shown}”;一列只能用一种单位,请换算后重填",
                "the column is in {is_en}, this cell in {shown_en}; a column has one unit: convert the figure"
            )),
            // Where the cells name the unit and the label does not, each has to.
            None if label.is_none() && self.cells_name_unit(at) => Err(text!(
                "本列其他单元格带单位“{is}”,此处没有;请补上单位",
                "other cells of the column name their unit, {is_en}; this one has to as well"
            )),
            _ => Ok((digits, unit)),
        }
    }

    fn cells_name_unit(&self, at: usize) -> bool {
        let lines = &self.sheet.lines[self.header.next..];
        lines.iter().any(|line| matches!(figure(line.cell(at)), Ok((_, Some(_)))))
    }

    /// Gives a member the digits of another, if its object is there and lacks it.
    fn copy(&self, body: &mut Value, to: &str, from: &str) {
        let Some((object, member)) = to.rsplit_once('/') else { return };
        let digits = body.pointer(from).map(|value| value.get("value").unwrap_or(value).clone());
        if let (Some(Value::Object(object)), Some(digits)) = (body.pointer_mut(object), digits) {
            object.entry(member).or_insert(digits);
        }
    }
}

fn area_unit(unit: Unit) -> AreaUnit {
    match unit {
        Unit::Area(unit) => unit,
        // A column of areas has no other: [`units`] saw to it.
        Unit::Yuan | Unit::TenThousandYuan => AreaUnit::SquareMetre,
    }
}

/// 万元 in yuan: the point four places on.
fn in_yuan(digits: &str) -> Result<String, Text> {
    let value = decimal(digits).map_err(|bad| bad.text())?;
    let yuan =
        value.checked_mul(Decimal::from(10_000)).ok_or_else(|| Text::fixed("金额过大", "the amount is too large"))?;
    Ok(yuan.normalize().to_string())
}

/// The text of a cell. A long number has lost its last digits before it came here.
fn line_of(cell: &Cell) -> Result<String, Text> {
    if let Cell::Number(digits) = cell
        && digits.len() > SURE_DIGITS
        && !digits.contains('.')
    {
        return Err(Text::fixed(
            "超过 15 位的号码以数字格式保存,末几位已丢失;请把该列设为文本格式后重填",
            "a code of more than 15 digits was kept as a number and lost its last ones; make the column text and enter it anew",
        ));
    }
    Ok(plain(&cell.shown()))
}

/// Sets a member by its pointer, making the objects on the way.
fn put(body: &mut Value, pointer: &str, value: Value) {
    let mut at = body;
    for name in pointer.split('/').skip(1) {
        let Value::Object(members) = at else { return };
        at = members.entry(name).or_insert_with(|| Value::Object(Map::new()));
    }
    *at = value;
}
