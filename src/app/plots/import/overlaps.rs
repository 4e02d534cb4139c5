//! The rows of a file against the plots that are there and against each other.

use std::collections::{HashMap, HashSet};

use super::staging::Staged;
use super::write::Chunk;
use super::{BadRow, DESCRIBED_MAX, Desk, ImportReport, Ready, RowWarning};
use crate::app::error::AppError;
use crate::app::plots::overlap::{self, Found, Names, New, Other, There};
use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::input::FieldError;
use crate::domain::ledger::land::Land;
use crate::domain::region::PlotId;
use crate::domain::text::{Text, text};
use crate::storage::db::Db;

/// What a file's polygons lie on.
#[derive(Default)]
pub(super) struct Overlaps {
    /// To be recorded with the rows.
    pub found: Vec<Found>,
    /// Rows that are refused for it, each once.
    pub bad: Vec<BadRow>,
}

/// Looks through the staged rows; those that are refused are left out from then on.
pub(super) fn look(
    db: &mut Db,
    desk: Desk,
    staged: &mut Staged,
    report: &mut ImportReport,
) -> Result<Overlaps, AppError> {
    let there = There { county: desk.county, itself: None, before: None };
    let mut found = overlap::find(db, there, staged, &desk.fit)?;
    let names = Names::of(db, desk.county, &found)?;
    let mut bad: Vec<BadRow> = Vec::new();
    let mut refused = HashSet::new();
    for found in found.iter().filter(|found| !found.is_within()) {
        let name = match found.other {
            Other::Plot(..) => names.of_other(found.other),
            Other::New(other) => {
                let code = staged.code(other)?;
                text!("文件中的地块“{code}”", "plot {code} of the file")
            }
        };
        if staged.has_reason(found.new)? {
            let code = if report.warnings.len() < DESCRIBED_MAX { Some(staged.code(found.new)?) } else { None };
            let warning = overlap::warning(&name, &found.offence.misfit);
            report.warn(Some(RowWarning { code, warning }));
            continue;
        }
        let place = staged.place(found.new);
        let fault = overlap::fault(format!("/features/{}/geometry", place.index), &name, &found.offence.misfit);
        if refused.insert(found.new) {
            bad.push(BadRow {
                index: place.index as usize,
                line: (place.line > 0).then_some(place.line as usize),
                code: Some(staged.code(found.new)?),
                faults: vec![fault],
                offence: Some(Box::new(found.offence.clone())),
            });
        } else if let Some(row) = bad.last_mut() {
            // What one row lies on comes together.
            row.faults.push(fault);
        }
    }
    staged.skip(refused.iter().copied());
    let is_left = |other: Other| matches!(other, Other::New(at) if refused.contains(&at));
    found.retain(|found| !refused.contains(&found.new) && !is_left(found.other));
    Ok(Overlaps { found, bad })
}

/// Refuses rows onto which somebody drew while the file was being read.
pub(super) fn still_clear(db: &mut Db, desk: Desk, chunk: &Chunk, first: PlotId) -> Result<(), AppError> {
    let mut rows = Held::of(chunk.polygons.iter().map(|(id, _, polygon)| (polygon, chunk.reasons.contains_key(id))));
    let there = There { county: desk.county, itself: None, before: Some(first) };
    let found = overlap::find(db, there, &mut rows, &desk.fit)?;
    let beyond = |found: &&Found| !found.is_within() && !rows.reasons[found.new];
    let Some(found) = found.iter().filter(|found| matches!(found.other, Other::Plot(..))).find(beyond) else {
        return Ok(());
    };
    let Text { zh, en } = Names::of(db, desk.county, std::slice::from_ref(found))?.of_other(found.other);
    Err(AppError::Conflict(text!(
        "读取文件期间,{zh}已由他人绘到本文件的地块上;请重新提交",
        "while the file was being read somebody drew {en} onto one of its plots; send it again"
    )))
}

/// Rows that are entered without a file, one or a few thousand of them.
pub(super) fn of_rows(
    db: &mut Db,
    desk: Desk,
    ready: &[Ready],
    report: &mut ImportReport,
) -> Result<Vec<Found>, AppError> {
    let drawn: Vec<&Ready> = ready.iter().filter(|row| row.polygon.is_some()).collect();
    let mut rows = Held::of(
        drawn.iter().filter_map(|row| row.polygon.as_ref().map(|polygon| (polygon, row.overlap_reason.is_some()))),
    );
    let there = There { county: desk.county, itself: None, before: None };
    let mut found = overlap::find(db, there, &mut rows, &desk.fit)?;
    let names = Names::of(db, desk.county, &found)?;
    let mut faults: Vec<FieldError> = Vec::new();
    let mut offence = None;
    for found in found.iter().filter(|found| !found.is_within()) {
        let name = match found.other {
            Other::Plot(..) => names.of_other(found.other),
            Other::New(other) => {
                let code = &drawn[other].plot.code;
                text!("同批地块“{code}”", "plot {code} of the same request")
            }
        };
        if rows.reasons[found.new] {
            let code = Some(drawn[found.new].plot.code.to_string());
            let warning = overlap::warning(&name, &found.offence.misfit);
            report.warn(Some(RowWarning { code, warning }));
            continue;
        }
        let pointer =
            if desk.mode.by_row { format!("/features/{}/geometry", found.new) } else { "/geometry".to_owned() };
        faults.push(overlap::fault(pointer, &name, &found.offence.misfit));
        offence.get_or_insert_with(|| Box::new(found.offence.clone()));
    }
    if let Some(offence) = offence {
        return Err(AppError::Overlaps { faults, offence });
    }
    // From the place among the drawn ones to that among all.
    let places: HashMap<usize, usize> =
        ready.iter().enumerate().filter(|(_, row)| row.polygon.is_some()).map(|(at, _)| at).enumerate().collect();
    for found in &mut found {
        found.new = places[&found.new];
        if let Other::New(at) = &mut found.other {
            *at = places[at];
        }
    }
    Ok(found)
}

/// Polygons in memory.
struct Held {
    boxes: Vec<Option<DegreeBox>>,
    lands: Vec<Land>,
    reasons: Vec<bool>,
}

impl Held {
    fn of<'p>(polygons: impl Iterator<Item = (&'p crate::domain::geometry::check::CheckedPolygon, bool)>) -> Self {
        let mut held = Self { boxes: Vec::new(), lands: Vec::new(), reasons: Vec::new() };
        for (polygon, has_reason) in polygons {
            held.boxes.push(Some(polygon.bounds));
            held.lands.push(Land::of(polygon));
            held.reasons.push(has_reason);
        }
        held
    }
}

impl New for Held {
    fn boxes(&self) -> &[Option<DegreeBox>] {
        &self.boxes
    }

    fn land(&mut self, at: usize) -> Result<Land, AppError> {
        Ok(self.lands[at].clone())
    }

    fn has_reason(&mut self, at: usize) -> Result<bool, AppError> {
        Ok(self.reasons[at])
    }
}
