//! Reading a GeoJSON document of plots on all processors, each bad row with all its faults.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::value::RawValue;

use super::{BadRow, Row};
use crate::app::error::AppError;
use crate::app::plots::PlotDraft;
use crate::app::records::VERTICES_MAX;
use crate::domain::geometry::check::Limits;
use crate::domain::geometry::crs::Crs;
use crate::domain::input::{Input, Members, Reader};
use crate::domain::plot::PlotProperties;
use crate::domain::text::text;
use crate::formats::geojson::{self, Item};

/// Plots of one file.
const FEATURES_MAX: usize = 200_000;

/// The code of a row that may be wrong elsewhere.
struct Code(Option<String>);

impl<'de> Input<'de> for Code {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        let members = Members::of(raw, reader)?;
        let code = members.0.iter().find(|(name, _)| name == "code");
        Some(Self(code.and_then(|(_, raw)| serde_json::from_str(raw.get()).ok())))
    }
}

/// The rows that are sound by themselves, and those that are not.
pub(super) fn read(document: &[u8], limits: &Limits) -> Result<(Vec<Row>, Vec<BadRow>), AppError> {
    let mut reader = Reader::default();
    let document = geojson::open(document, FEATURES_MAX, &mut reader);
    let Some(document) = document.filter(|_| reader.is_clean()) else {
        return Err(AppError::Fields(reader.into_faults()));
    };
    let vertices = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let items = document.items();
    let share = items.len().div_ceil(threads).max(1);
    let crs = document.crs().unwrap_or(Crs::Crs84);
    let mut rows = Vec::with_capacity(items.len());
    let mut bad = Vec::new();
    let parts: Vec<_> = std::thread::scope(|scope| {
        let parts: Vec<_> = items
            .chunks(share)
            .enumerate()
            .map(|(part, items)| {
                let vertices = &vertices;
                scope.spawn(move || read_part(items, part * share, crs, limits, vertices))
            })
            .collect();
        parts.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
    });
    for part in parts {
        let (good, wrong) = part.map_err(|_| AppError::Storage(crate::storage::db::StorageError::Panicked))?;
        rows.extend(good);
        bad.extend(wrong);
    }
    let given = vertices.into_inner();
    if given > VERTICES_MAX {
        let message = text!(
            "各图形共 {given} 个以上界址点,超过上限 {VERTICES_MAX};请分批提交",
            "the polygons have {given} vertices or more, the limit is {VERTICES_MAX}; send them in several requests"
        );
        return Err(AppError::field("/features", None, message));
    }
    Ok((rows, bad))
}

fn read_part(
    items: &[Item<'_>],
    first: usize,
    crs: Crs,
    limits: &Limits,
    vertices: &AtomicUsize,
) -> (Vec<Row>, Vec<BadRow>) {
    let mut rows = Vec::with_capacity(items.len());
    let mut bad = Vec::new();
    for (index, item) in (first..).zip(items) {
        // Past the limit of all together nothing is taken anyway.
        if vertices.load(Ordering::Relaxed) > VERTICES_MAX {
            break;
        }
        let mut reader = Reader::default();
        let mut code = None;
        let draft = item.within(&mut reader, |reader| {
            let feature = item.open(reader)?;
            let properties = feature.properties::<PlotProperties>(reader);
            code = match &properties {
                Some(properties) => Some(properties.code.to_string()),
                None => feature.properties::<Code>(&mut Reader::default()).and_then(|code| code.0),
            };
            let polygon = match feature.has_geometry() {
                true => Some(feature.polygon(crs, limits, reader)?),
                false => None,
            };
            Some(PlotDraft { properties: properties?, polygon })
        });
        match draft.filter(|_| reader.is_clean()) {
            Some(draft) => {
                let count = draft.polygon.as_ref().map_or(0, |polygon| polygon.grid.vertices());
                vertices.fetch_add(count, Ordering::Relaxed);
                let pointer = item.index.map_or_else(String::new, |index| format!("/features/{index}"));
                rows.push(Row { index, pointer: format!("{pointer}/properties"), draft });
            }
            None => bad.push(BadRow { index, code, faults: reader.into_faults() }),
        }
    }
    (rows, bad)
}
