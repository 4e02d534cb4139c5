//! Rows against the county's books: references found, codes free, what is there already set apart.

use std::collections::{HashMap, HashSet};

use sha2::{Digest as _, Sha256};

use super::{Approvals, BadRow, Desk, ImportReport, ImportedPlot, Ready, Row};
use crate::app::error::AppError;
use crate::app::plots::resolve::Known;
use crate::app::records::taken;
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::lonlat::LonLatMultiPolygon;
use crate::domain::input::FieldError;
use crate::domain::plot::{EVER, Plot};
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::{Text, text};
use crate::storage::db::Db;
use crate::storage::geometry;
use crate::storage::plot::{self, StoredPlot};

/// A row that can be written, with its index and line in the file and its properties as they were read.
pub(super) struct Sound {
    pub row: Ready,
    pub place: (usize, Option<usize>),
    pub properties: Option<String>,
}

/// The codes of a file so far, as digests: a million of them stay small.
#[derive(Default)]
pub(super) struct Seen(HashSet<u128>);

impl Seen {
    /// Whether the code comes for the first time.
    fn is_first(&mut self, code: &str) -> bool {
        let digest = Sha256::digest(code.as_bytes());
        let (head, _) = digest.split_first_chunk().expect("a digest has more than sixteen bytes");
        self.0.insert(u128::from_le_bytes(*head))
    }
}

/// Sorts the rows into those that can be written, those that are there already and those that are bad.
#[expect(clippy::too_many_arguments, reason = "what a file has gathered so far is passed by its parts")]
pub(super) fn prepare(
    db: &mut Db,
    desk: Desk,
    rows: Vec<Row>,
    known: &Known,
    seen: &mut Seen,
    bad: &mut Vec<BadRow>,
    report: &mut ImportReport,
    approvals: &mut Approvals,
) -> Result<Vec<Sound>, AppError> {
    let (mode, today) = (desk.mode, desk.stamp.today);
    let codes: Vec<String> = rows.iter().map(|row| row.draft.properties.code.to_string()).collect();
    let there = Existing::of(db, desk.county, &codes)?;
    let mut ready = Vec::with_capacity(rows.len());
    for (row, code) in rows.into_iter().zip(&codes) {
        let Row { index, line, pointer, draft, flaws, properties: text } = row;
        let properties = if mode.by_row { format!("{pointer}/properties") } else { String::new() };
        let code_fault =
            |message| FieldError { pointer: format!("{properties}/code"), value: Some(code.clone()), message };
        let mut faults = Vec::new();
        if !seen.is_first(code) {
            faults.push(code_fault(Text::fixed("同一文件中编号重复", "the code occurs twice in the file")));
        }
        let resolved = known.resolve(&draft, today, Vec::new());
        faults.extend(
            resolved
                .as_ref()
                .err()
                .into_iter()
                .flatten()
                .cloned()
                .map(|fault| FieldError { pointer: format!("{properties}{}", fault.pointer), ..fault }),
        );
        faults.extend(flaws);
        let plot = match (resolved, there.0.get(code)) {
            (Ok(plot), Some((stored, polygon))) if faults.is_empty() => {
                let id = stored.record.id;
                if same(stored, polygon.as_ref(), &plot, draft.polygon.as_ref()) {
                    if mode.lists {
                        report.plots.push(ImportedPlot { code: code.clone(), id: Some(id), is_new: false });
                    }
                    report.unchanged += 1;
                    continue;
                }
                if !mode.by_row {
                    return Err(taken(Collection::Plot, code, id.0));
                }
                faults.push(code_fault(text!(
                    "地块编号已存在(编号 {id}),内容不同;请逐个修改该地块",
                    "the code is there already (id {id}) with other contents; change that plot by itself"
                )));
                None
            }
            (Ok(plot), None) if faults.is_empty() => Some(plot),
            _ => None,
        };
        let Some(plot) = plot else {
            bad.push(BadRow { index, line, code: Some(code.clone()), faults, offence: None });
            continue;
        };
        let approved = plot.approval.and_then(|id| known.approval(id));
        if let Some(approved) = approved {
            let facts = || (approved.contents.number.to_string(), approved.contents.area());
            approvals.entry(approved.id).or_insert_with(facts);
        }
        let approved_on = approved.map(|approval| approval.contents.approved_on);
        let row = Ready {
            plot,
            polygon: draft.polygon,
            attributes_from: draft.properties.attributes_from.unwrap_or(EVER),
            geometry_from: draft.properties.geometry_from.or(approved_on).unwrap_or(today),
            overlap_reason: draft.properties.overlap_reason.map(|reason| reason.into_string()),
        };
        ready.push(Sound { row, place: (index, line), properties: text });
    }
    Ok(ready)
}

/// The plots that bear a code already, with their polygons.
struct Existing(HashMap<String, (StoredPlot, Option<LonLatMultiPolygon>)>);

impl Existing {
    fn of(db: &mut Db, county: County, codes: &[String]) -> Result<Self, AppError> {
        let plots = plot::by_codes(db, county, codes)?;
        let versions: Vec<(i64, i32)> =
            plots.iter().filter_map(|plot| Some((plot.record.id.0, plot.mapped?.version))).collect();
        let mut polygons = geometry::newest(db, county, Collection::Plot, &versions)?;
        let with = |plot: StoredPlot| {
            let polygon = polygons.remove(&plot.record.id.0);
            (plot.record.contents.code.to_string(), (plot, polygon))
        };
        Ok(Self(plots.into_iter().map(with).collect()))
    }
}

/// Whether what is sent is there already. What was left out and may be, is not compared.
fn same(
    stored: &StoredPlot,
    drawn: Option<&LonLatMultiPolygon>,
    sent: &Plot,
    polygon: Option<&CheckedPolygon>,
) -> bool {
    let there = &stored.record.contents;
    let whole = Plot { township: sent.township.or(there.township), cause: sent.cause.or(there.cause), ..sent.clone() };
    whole == *there && polygon.is_none_or(|polygon| drawn == Some(&polygon.lonlat))
}
