//! Parcels: entered one by one or many at once, found, changed.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::features;
use crate::app::plots::land::redraw_parcel;
use crate::app::records::{Stamp, Written, based_on, entry, in_future, known_county, missing, taken};
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::lonlat::LonLatMultiPolygon;
use crate::domain::input::FieldError;
use crate::domain::ledger::land::Land;
use crate::domain::parcel::{Parcel, ParcelProperties};
use crate::domain::plot::AreaTolerance;
use crate::domain::record::{Collection, Record, Reference, Warning};
use crate::domain::region::{County, ParcelId, ProjectId};
use crate::domain::text::text;
use crate::formats::drawn::Drawn;
use crate::storage::db::{Db, Lane};
use crate::storage::geometry::{self, NewVersion};
use crate::storage::listing::Listed;
pub use crate::storage::parcel::{ParcelPage, StoredParcel};
use crate::storage::plot::Mapped;
use crate::storage::{county as counties, journal, parcel, project};

/// A parcel to be entered, its polygon checked already.
#[derive(Debug, Clone)]
pub struct ParcelDraft {
    pub properties: ParcelProperties,
    pub polygon: Option<CheckedPolygon>,
}

/// How faults of drafts are named: by their place in a list, or of one alone with the flaws of its polygon.
pub(super) enum Naming {
    ByRow,
    One(Vec<FieldError>),
}

/// A parcel with the polygon of its newest version, if it has one and it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelWithPolygon {
    pub parcel: StoredParcel,
    pub polygon: Option<LonLatMultiPolygon>,
}

/// What the journal keeps of a parcel.
#[derive(Serialize)]
struct Facts<'p> {
    #[serde(flatten)]
    parcel: &'p Parcel,
    geometry_version: i32,
}

impl<'p> Facts<'p> {
    fn of(stored: &'p StoredParcel) -> Self {
        let geometry_version = stored.mapped.map_or(0, |mapped| mapped.version);
        Self { parcel: &stored.record.contents, geometry_version }
    }
}

impl App {
    /// Enters a parcel, or finds it already there.
    pub fn create_parcel(
        &self,
        caller: &Caller,
        county: County,
        sent: Drawn<ParcelProperties>,
    ) -> Result<Written<ParcelWithPolygon>, AppError> {
        let (polygon, flaws) = self.checked_polygon(county, sent.geometry.as_ref())?;
        let draft = ParcelDraft { properties: sent.properties, polygon };
        let (stamp, tolerance) = (self.stamp(caller), self.area_tolerance(county, self.clock.today())?);
        self.writer.write(Lane(county.number()), move |db| {
            let mut written = create(db, county, stamp, tolerance, vec![draft], Naming::One(flaws))?;
            let Some(Written { record, is_new, warnings }) = written.pop() else {
                return Err(missing(Collection::Parcel, county, 0));
            };
            Ok(Written { record: with_polygon(db, county, record.record.id)?, is_new, warnings })
        })
    }

    /// Enters parcels, all or none. Faults are named as `/0/project`.
    pub fn create_parcels(
        &self,
        caller: &Caller,
        county: County,
        drafts: Vec<ParcelDraft>,
    ) -> Result<Vec<Written<StoredParcel>>, AppError> {
        let (stamp, tolerance) = (self.stamp(caller), self.area_tolerance(county, self.clock.today())?);
        self.writer.write(Lane(county.number()), move |db| create(db, county, stamp, tolerance, drafts, Naming::ByRow))
    }

    /// Changes a parcel. A polygon that is left out stays as it is.
    pub fn update_parcel(
        &self,
        caller: &Caller,
        county: County,
        id: ParcelId,
        version: i64,
        sent: Drawn<ParcelProperties>,
    ) -> Result<Written<ParcelWithPolygon>, AppError> {
        let (polygon, flaws) = self.checked_polygon(county, sent.geometry.as_ref())?;
        let draft = ParcelDraft { properties: sent.properties, polygon };
        let (stamp, tolerance) = (self.stamp(caller), self.area_tolerance(county, self.clock.today())?);
        let fit = self.fit_tolerance(county, stamp.today)?;
        self.writer.write(Lane(county.number()), move |db| {
            let before = parcel::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Parcel, county, id.0))?;
            based_on(version, before.record.version)?;
            let drawn = draft.polygon.as_ref().map(Land::of);
            let warnings = update(db, county, stamp, tolerance, before, draft, flaws)?;
            if let Some(drawn) = drawn {
                redraw_parcel(db, county, id, &drawn, &fit)?;
            }
            Ok(Written { record: with_polygon(db, county, id)?, is_new: false, warnings })
        })
    }

    pub fn parcel(&self, county: County, id: ParcelId) -> Result<ParcelWithPolygon, AppError> {
        self.pool.get()?.read(|db| with_polygon(db, county, id))
    }

    /// One page of parcels, with their polygons if asked for.
    pub fn parcels(
        &self,
        county: County,
        page: &ParcelPage,
        polygons: bool,
    ) -> Result<Listed<ParcelWithPolygon>, AppError> {
        self.pool.get()?.read(|db| {
            let parcels = parcel::page(db, county, page)?;
            let mut found = HashMap::new();
            if polygons {
                found = newest_polygons(db, county, &parcels)?;
            }
            let with = |parcel: StoredParcel| ParcelWithPolygon { polygon: found.remove(&parcel.record.id.0), parcel };
            let parcels = parcels.into_iter().map(with).collect();
            Ok(page.at.listed(db, county, parcels, |row: &ParcelWithPolygon| row.parcel.record.id.0)?)
        })
    }
}

fn newest_polygons(
    db: &mut Db,
    county: County,
    parcels: &[StoredParcel],
) -> Result<HashMap<i64, LonLatMultiPolygon>, AppError> {
    let versions: Vec<(i64, i32)> =
        parcels.iter().filter_map(|parcel| Some((parcel.record.id.0, parcel.mapped?.version))).collect();
    Ok(geometry::newest(db, county, Collection::Parcel, &versions)?)
}

fn with_polygon(db: &mut Db, county: County, id: ParcelId) -> Result<ParcelWithPolygon, AppError> {
    let parcel = parcel::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Parcel, county, id.0))?;
    let polygon = newest_polygons(db, county, std::slice::from_ref(&parcel))?.remove(&id.0);
    Ok(ParcelWithPolygon { parcel, polygon })
}

/// The projects that drafts name.
fn projects(db: &mut Db, county: County, drafts: &[ParcelDraft]) -> Result<HashMap<Reference, ProjectId>, AppError> {
    let (mut ids, mut codes) = (Vec::new(), Vec::new());
    let named: HashSet<&Reference> = drafts.iter().filter_map(|draft| draft.properties.project.as_ref()).collect();
    for reference in named {
        match reference {
            Reference::Id(id) => ids.push(*id),
            Reference::Code(code) => codes.push(code.clone()),
        }
    }
    let ids = project::known_ids(db, county, &ids)?.into_iter().map(|id| (Reference::Id(id), ProjectId(id)));
    let mut known: HashMap<Reference, ProjectId> = ids.collect();
    for found in project::by_codes(db, county, &codes)? {
        known.insert(Reference::Code(found.contents.code.to_string()), found.id);
    }
    Ok(known)
}

/// The parcel of a draft, or every reference and day of it that is wrong.
fn resolve(
    draft: &ParcelDraft,
    projects: &HashMap<Reference, ProjectId>,
    stamp: Stamp,
) -> Result<Parcel, Vec<FieldError>> {
    let sent = &draft.properties;
    let mut faults: Vec<FieldError> =
        in_future("/geometry_from", sent.geometry_from, stamp.today).into_iter().collect();
    let project = sent.project.as_ref().and_then(|reference| {
        let found = projects.get(reference).copied();
        if found.is_none() {
            let message =
                text!("没有项目“{reference}”;请先录入项目", "there is no project {reference}; enter it first");
            faults.push(FieldError { pointer: "/project".to_owned(), value: Some(reference.to_string()), message });
        }
        found
    });
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Parcel {
        code: sent.code.clone(),
        cadastral_code: sent.cadastral_code.clone(),
        unit_code: sent.unit_code.clone(),
        regulatory_number: sent.regulatory_number.clone(),
        name: sent.name.clone(),
        holder: sent.holder.clone(),
        holder_code: sent.holder_code.clone(),
        project,
        land_use: sent.land_use.clone(),
        area: sent.stated_area(),
        remark: sent.remark.clone(),
    })
}

pub(super) fn create(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    tolerance: AreaTolerance,
    drafts: Vec<ParcelDraft>,
    naming: Naming,
) -> Result<Vec<Written<StoredParcel>>, AppError> {
    known_county(db, county)?;
    let projects = projects(db, county, &drafts)?;
    let codes: Vec<String> = drafts.iter().map(|draft| draft.properties.code.to_string()).collect();
    let there = parcel::by_codes(db, county, &codes)?;
    let drawn = newest_polygons(db, county, &there)?;
    let mut known: HashMap<String, StoredParcel> =
        there.into_iter().map(|parcel| (parcel.record.contents.code.to_string(), parcel)).collect();
    let mut next = counties::take_ids(
        db,
        county,
        Collection::Parcel,
        codes.iter().filter(|code| !known.contains_key(*code)).count(),
    )?;
    let (mut faults, by_row) = match naming {
        Naming::ByRow => (Vec::new(), true),
        Naming::One(flaws) => (flaws, false),
    };
    let mut written = Vec::with_capacity(drafts.len());
    let (mut new, mut polygons) = (Vec::new(), Vec::new());
    for (index, (draft, code)) in drafts.into_iter().zip(&codes).enumerate() {
        let contents = match resolve(&draft, &projects, stamp) {
            Ok(contents) => contents,
            Err(wrong) => {
                let prefix = if by_row { format!("/{index}") } else { String::new() };
                faults.extend(
                    wrong
                        .into_iter()
                        .map(|fault| FieldError { pointer: format!("{prefix}{}", fault.pointer), ..fault }),
                );
                continue;
            }
        };
        if !faults.is_empty() {
            continue; // Nothing will be written; the other rows are only looked at for their faults.
        }
        if let Some(stored) = known.get(code) {
            let id = stored.record.id.0;
            let same_polygon = draft.polygon.is_none_or(|polygon| drawn.get(&id) == Some(&polygon.lonlat));
            if stored.record.contents != contents || !same_polygon {
                return Err(taken(Collection::Parcel, code, id));
            }
            written.push(Written { record: stored.clone(), is_new: false, warnings: Vec::new() });
            continue;
        }
        let id = ParcelId(next);
        next += 1;
        let mapped = draft.polygon.as_ref().map(|polygon| Mapped {
            version: 1,
            area: polygon.area,
            ellipsoidal_area: polygon.ellipsoidal_area,
        });
        let warning = mapped.and_then(|mapped| tolerance.check(contents.area.m2(), mapped.area));
        let effective_on = draft.properties.geometry_from.unwrap_or(stamp.today);
        polygons.extend(draft.polygon.map(|polygon| (id, effective_on, polygon)));
        let record = Record { id, version: 1, contents, recorded_at: stamp.now, recorded_by: stamp.user };
        let stored = StoredParcel { record, mapped };
        known.insert(code.clone(), stored.clone());
        new.push(stored.clone());
        written.push(Written { record: stored, is_new: true, warnings: warning.into_iter().collect() });
    }
    if !faults.is_empty() {
        return Err(AppError::Fields(faults));
    }
    parcel::insert(db, county, &new)?;
    let versions: Vec<NewVersion<'_>> = polygons
        .iter()
        .map(|(id, effective_on, polygon)| NewVersion {
            feature: id.0,
            version: 1,
            effective_on: *effective_on,
            polygon,
        })
        .collect();
    geometry::insert(db, county, Collection::Parcel, &versions, stamp.user, stamp.now)?;
    let drawn: HashMap<ParcelId, &CheckedPolygon> = polygons.iter().map(|(id, _, polygon)| (*id, polygon)).collect();
    let drawn: Vec<_> = new.iter().map(|parcel| (parcel, drawn.get(&parcel.record.id).copied())).collect();
    features::put_parcels(db, county, &drawn)?;
    let entries = new
        .iter()
        .map(|stored| entry(stamp, "createParcel", Collection::Parcel, stored.record.id.0, None, &Facts::of(stored)))
        .collect();
    journal::append(db, county, entries)?;
    Ok(written)
}

fn update(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    tolerance: AreaTolerance,
    before: StoredParcel,
    draft: ParcelDraft,
    mut faults: Vec<FieldError>,
) -> Result<Vec<Warning>, AppError> {
    let id = before.record.id;
    let projects = projects(db, county, std::slice::from_ref(&draft))?;
    let contents = match resolve(&draft, &projects, stamp) {
        Ok(contents) if faults.is_empty() => contents,
        wrong => {
            faults.extend(wrong.err().into_iter().flatten());
            return Err(AppError::Fields(faults));
        }
    };
    let code = contents.code.to_string();
    if contents.code != before.record.contents.code
        && let Some(other) = parcel::by_codes(db, county, std::slice::from_ref(&code))?.pop()
    {
        return Err(taken(Collection::Parcel, &code, other.record.id.0));
    }
    let drawn = newest_polygons(db, county, std::slice::from_ref(&before))?.remove(&id.0);
    let polygon = draft.polygon.filter(|polygon| drawn.as_ref() != Some(&polygon.lonlat));
    let mut mapped = before.mapped;
    if let Some(polygon) = &polygon {
        let version = before.mapped.map_or(0, |mapped| mapped.version) + 1;
        let effective_on = draft.properties.geometry_from.unwrap_or(stamp.today);
        let new = NewVersion { feature: id.0, version, effective_on, polygon };
        geometry::insert(db, county, Collection::Parcel, &[new], stamp.user, stamp.now)?;
        mapped = Some(Mapped { version, area: polygon.area, ellipsoidal_area: polygon.ellipsoidal_area });
    }
    let warning = mapped.and_then(|mapped| tolerance.check(contents.area.m2(), mapped.area));
    if contents != before.record.contents || mapped != before.mapped {
        let record = Record {
            id,
            version: before.record.version + 1,
            contents,
            recorded_at: stamp.now,
            recorded_by: stamp.user,
        };
        let after = StoredParcel { record, mapped };
        parcel::update(db, county, &after)?;
        features::put_parcels(db, county, &[(&after, polygon.as_ref())])?;
        let (old, new) = (Facts::of(&before), Facts::of(&after));
        journal::append(db, county, vec![entry(stamp, "updateParcel", Collection::Parcel, id.0, Some(&old), &new)])?;
    }
    Ok(warning.into_iter().collect())
}
