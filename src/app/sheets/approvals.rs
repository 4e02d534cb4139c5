//! 用地批文 from a sheet.

use std::collections::HashMap;

use super::{Became, Bodies, Halt, SheetImport, SheetItem, SheetReport, bodies, settled};
use crate::app::App;
use crate::app::approvals::create;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{in_future, known_county};
use crate::domain::approval::Approval;
use crate::domain::input::FieldError;
use crate::domain::region::County;
use crate::domain::text::text;
use crate::formats::sheet::{BookKind, nouns};
use crate::storage::approval;
use crate::storage::db::{Db, Lane};

impl App {
    /// Enters the approvals of a sheet.
    pub fn import_approvals(
        &self,
        caller: &Caller,
        county: County,
        kind: BookKind,
        bytes: &[u8],
        wish: SheetImport,
    ) -> Result<SheetReport, AppError> {
        let read = self.read_sheet(county, kind, bytes, &wish, &nouns::APPROVALS)?;
        let mut bodies = bodies::<Approval>(read);
        let stamp = self.stamp(caller);
        settled(self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let new = sort_out(db, county, stamp.today, &mut bodies)?;
            let (lines, sent): (Vec<usize>, Vec<Approval>) = new.into_iter().unzip();
            let codes: Vec<String> = sent.iter().map(|approval| approval.number.to_string()).collect();
            bodies.report.created = sent.len();
            let ids = if wish.dry_run {
                vec![None; sent.len()]
            } else {
                let written = create(db, county, stamp, sent)?;
                written.into_iter().map(|written| Some(written.record.id.0)).collect()
            };
            let item = |((line, code), id)| SheetItem { line, code, id, became: Became::Created };
            bodies.report.items.extend(lines.into_iter().zip(codes).zip(ids).map(item));
            let report = bodies.finish(&wish, "/number")?;
            if wish.dry_run { Err(Halt::Looked(Box::new(report))) } else { Ok(report) }
        }))
    }
}

/// The approvals that are not there yet; the others are found unchanged, or bad.
fn sort_out(
    db: &mut Db,
    county: County,
    today: chrono::NaiveDate,
    bodies: &mut Bodies<Approval>,
) -> Result<Vec<(usize, Approval)>, AppError> {
    let rows = std::mem::take(&mut bodies.rows);
    let numbers: Vec<String> = rows.iter().map(|(_, approval)| approval.number.to_string()).collect();
    let known: HashMap<String, _> = approval::by_numbers(db, county, &numbers)?
        .into_iter()
        .map(|record| (record.contents.number.to_string(), record))
        .collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut new = Vec::new();
    for (row, approval) in rows {
        let number = approval.number.to_string();
        let mut faults: Vec<FieldError> =
            in_future("/approved_on", Some(approval.approved_on), today).into_iter().collect();
        let mut taken = |message| faults.push(FieldError { pointer: "/number".to_owned(), value: None, message });
        if let Some(first) = seen.get(&number) {
            taken(text!(
                "“{number}”已出现在第 {first} 行;请合并为一行",
                "{number:?} stands in row {first} already; make one row of them"
            ));
        }
        match known.get(&number) {
            Some(record) if record.contents != approval => {
                let id = record.id;
                taken(text!(
                    "“{number}”已录入(编号 {id}),内容不同;请核对,要改请修改该批文",
                    "{number:?} is there already (id {id}) with other contents; compare them, and change that record if need be"
                ));
            }
            Some(record) if faults.is_empty() => {
                bodies.report.unchanged += 1;
                let item =
                    SheetItem { line: row, code: number.clone(), id: Some(record.id.0), became: Became::Unchanged };
                bodies.report.items.push(item);
            }
            _ => {}
        }
        let is_known = known.contains_key(&number);
        seen.entry(number).or_insert(row);
        if !faults.is_empty() {
            bodies.refuse(row, faults);
        } else if !is_known {
            new.push((row, approval));
        }
    }
    Ok(new)
}
