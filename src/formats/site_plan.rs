//! The polygons of a pre-check: the outline of the parcel and the footprints, read out of the body whatever else in it is wrong.

use serde_json::value::RawValue;

use crate::domain::geometry::check::{CheckedPolygon, Limits};
use crate::domain::geometry::crs::Crs;
use crate::domain::input::{Input, Members, Reader};
use crate::domain::precheck::body::BUILDINGS_MAX;
use crate::domain::precheck::plan::SitePlan;
use crate::formats::geojson;

/// Reads what was drawn; every flaw goes to the reader at its ring or vertex. What is no polygon at all is left to the body.
pub fn read(bytes: &[u8], limits: &Limits, reader: &mut Reader) -> SitePlan {
    let Ok(raw) = serde_json::from_slice::<&RawValue>(bytes) else { return SitePlan::default() };
    let mut plan = SitePlan::default();
    if let Some(outline) = member(raw, "land").and_then(|land| member(land, "polygon")) {
        plan.outline =
            reader.within("land", |reader| reader.within("polygon", |reader| polygon(outline, limits, reader)));
    }
    let buildings = member(raw, "programme").and_then(|programme| member(programme, "buildings"));
    let Some(buildings) = buildings.and_then(|raw| serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok()) else {
        return plan;
    };
    for (at, building) in buildings.into_iter().take(BUILDINGS_MAX).enumerate() {
        let footprint = member(building, "footprint").and_then(|raw| {
            reader.within("programme", |reader| {
                reader.within("buildings", |reader| {
                    reader.within(&at.to_string(), |reader| {
                        reader.within("footprint", |reader| polygon(raw, limits, reader))
                    })
                })
            })
        });
        plan.footprints.push(footprint);
    }
    plan
}

/// A member of an object that is there and not null.
fn member<'de>(raw: &'de RawValue, name: &str) -> Option<&'de RawValue> {
    let mut quiet = Reader::default();
    let members = Members::of(raw, &mut quiet)?;
    members.0.iter().find(|(known, _)| known == name).map(|(_, raw)| *raw).filter(|raw| raw.get() != "null")
}

fn polygon(raw: &RawValue, limits: &Limits, reader: &mut Reader) -> Option<CheckedPolygon> {
    // The body names by itself what is no polygon.
    let mut quiet = Reader::default();
    crate::domain::geometry::text::GeometryText::read(raw, &mut quiet)?;
    let document = geojson::open(raw.get().as_bytes(), 1, reader)?;
    let crs = document.crs().unwrap_or(Crs::Crs84);
    let [item] = document.items() else { return None };
    item.open(reader)?.polygon(crs, limits, reader)
}
