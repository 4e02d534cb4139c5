//! Writing what the demonstration's iterator yields: records in bulk, acts as vouchers through the ledger.

use std::collections::{BTreeMap, HashMap};

use crate::app::error::AppError;
use crate::app::features;
use crate::domain::approval::{Approval, ApprovalKind};
use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::codes::TownshipCode;
use crate::domain::composition::{Class, Composition};
use crate::domain::demo::{Demo, DemoAct, DemoApproval, DemoLine, DemoParcel, DemoPlot, DemoProject};
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::input::Line as Words;
use crate::domain::ledger::decide::Margins;
use crate::domain::ledger::voucher::{Document, Holding, Line, Signatures, Voucher};
use crate::domain::parcel::Parcel;
use crate::domain::plot::{Attribute, Origin, Plot};
use crate::domain::project::Project;
use crate::domain::quantity::AreaM2;
use crate::domain::record::{Collection, Record};
use crate::domain::region::{ApprovalId, County, ParcelId, PlotId, ProjectId};
use crate::domain::text::Text;
use crate::storage::db::{Db, StorageError};
use crate::storage::geometry::NewVersion;
use crate::storage::ledger::Post;
use crate::storage::parcel::StoredParcel;
use crate::storage::plot::{Mapped, NewValue, StoredPlot};
use crate::storage::{approval, county, geometry, ledger, parcel, plot, project};

use super::DemoStaff;

/// What later acts refer to.
#[derive(Default)]
pub(super) struct Known {
    /// Voucher number of each act that may be corrected: acts follow each other closely, so the last ones do.
    vouchers: HashMap<u64, i64>,
    projects: HashMap<u64, ProjectId>,
}

#[derive(Clone)]
pub(super) struct Loader {
    pub county: County,
    pub staff: DemoStaff,
    pub now: chrono::NaiveDateTime,
    pub today: chrono::NaiveDate,
    pub margins: Margins,
    pub paper: String,
}

/// The demonstration's own words and figures are right; its tests say so.
pub(super) fn sound(text: Text) -> AppError {
    StorageError::corrupt("the demonstration", text.en).into()
}

pub(super) fn code(text: &str) -> Result<TownshipCode, AppError> {
    text.parse().map_err(sound)
}

fn words<const MAX: usize>(text: &str) -> Result<Words<MAX>, AppError> {
    Words::new(text).map_err(sound)
}

fn given(area: AreaM2) -> Result<GivenArea, AppError> {
    GivenArea::new(area.get().normalize(), AreaUnit::SquareMetre).map_err(sound)
}

fn composition(of: &crate::domain::demo::Composition) -> Result<Composition, AppError> {
    let classes = [
        (Class::Farmland, of.farmland),
        (Class::Cultivated, of.cultivated),
        (Class::Paddy, of.paddy),
        (Class::PermanentBasicFarmland, of.permanent_basic_farmland),
        (Class::Construction, of.construction),
        (Class::Unused, of.unused),
        (Class::NewConstruction, of.new_construction),
        (Class::Collective, of.collective),
        (Class::StateOwned, of.state),
    ];
    let mut composition = Composition::of_total(given(of.total)?);
    for (class, area) in classes {
        composition = composition.with(class, given(area)?);
    }
    Ok(composition)
}

impl Loader {
    fn id(&self, serial: u64) -> i64 {
        self.county.feature_id(i64::try_from(serial).unwrap_or(i64::MAX))
    }

    fn record<I, T>(&self, id: I, contents: T) -> Record<I, T> {
        Record { id, version: 1, contents, recorded_at: self.now, recorded_by: self.staff.clerk }
    }

    /// Takes ids from the county's counters; the demonstration's serials are those very numbers.
    fn take(&self, db: &mut Db, of: Collection, first: Option<u64>, count: usize) -> Result<(), AppError> {
        let Some(first) = first else { return Ok(()) };
        let taken = county::take_ids(db, self.county, of, count)?;
        if taken == self.id(first) {
            Ok(())
        } else {
            Err(sound(Text::new("", format!("{of} {first} would get the id {taken}"))))
        }
    }

    pub fn load(&self, db: &mut Db, group: Vec<DemoApproval>, known: &mut Known) -> Result<(), AppError> {
        self.take(db, Collection::Approval, group.first().map(|a| a.serial), group.len())?;
        let approvals = group.iter().map(|a| self.approval(a)).collect::<Result<Vec<_>, _>>()?;
        approval::insert(db, self.county, &approvals)?;
        self.projects(db, &group, known)?;
        self.plots(db, &group)?;
        self.parcels(db, &group, known)?;
        let mut head = ledger::head(db, self.county)?.ok_or_else(|| AppError::unknown_county(self.county))?;
        for act in group.iter().flat_map(|approval| &approval.acts) {
            let voucher = self.voucher(act, known)?;
            let duty = voucher.kind.duty();
            let signatures = Signatures {
                proposer: self.staff.clerk,
                reviewer: duty.review.then_some(self.staff.reviewer),
                approver: Some(self.staff.approver),
            };
            let post = Post {
                county: self.county,
                voucher,
                signatures,
                now: self.now,
                today: self.today,
                margins: self.margins,
                drawn: BTreeMap::new(),
                salt: [0; 16],
            };
            let recorded = ledger::post(db, &mut head, post)?.recorded;
            known.vouchers.insert(act.serial, recorded.seq);
        }
        features::put_approvals(db, self.county, &approvals.iter().map(|record| record.id.0).collect::<Vec<_>>())?;
        let plots: Vec<PlotId> = group.iter().flat_map(|a| &a.plots).map(|plot| PlotId(self.id(plot.serial))).collect();
        features::residuals_after(db, self.county, &plots)?;
        // Only the acts of the same approval are corrected: what lies behind need not be remembered.
        known.vouchers.clear();
        Ok(())
    }

    fn approval(&self, demo: &DemoApproval) -> Result<Record<ApprovalId, Approval>, AppError> {
        let kind = ApprovalKind::ALL.iter().find(|kind| kind.zh() == demo.kind_zh);
        let approval = Approval {
            number: words(&demo.number)?,
            kind: *kind.ok_or_else(|| sound(Text::new("", format!("{} is no kind of approval", demo.kind))))?,
            authority: words(demo.authority)?,
            approved_on: demo.approved_on,
            approved_project: Some(words(&demo.approved_project)?),
            composition: composition(&demo.composition)?,
            remark: None,
        };
        Ok(self.record(ApprovalId(self.id(demo.serial)), approval))
    }

    fn projects(&self, db: &mut Db, group: &[DemoApproval], known: &mut Known) -> Result<(), AppError> {
        let mut new: Vec<&DemoProject> = Vec::new();
        for project in group.iter().flat_map(|a| &a.acts).filter_map(|act| act.project.as_ref()) {
            if !known.projects.contains_key(&project.serial) && !new.iter().any(|n| n.serial == project.serial) {
                new.push(project);
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        let first = county::take_ids(db, self.county, Collection::Project, new.len())?;
        let mut records = Vec::new();
        for (id, demo) in (first..).zip(new) {
            let project = Project {
                code: words(&format!("演示-{:06}", demo.serial))?,
                name: words(&demo.name)?,
                investor_code: None,
                industry_code: Some(demo.industry.parse().map_err(sound)?),
                remark: None,
            };
            known.projects.insert(demo.serial, ProjectId(id));
            records.push(self.record(ProjectId(id), project));
        }
        project::insert(db, self.county, &records)?;
        Ok(())
    }

    fn plots(&self, db: &mut Db, group: &[DemoApproval]) -> Result<(), AppError> {
        let all: Vec<(&DemoApproval, &DemoPlot)> =
            group.iter().flat_map(|approval| approval.plots.iter().map(move |plot| (approval, plot))).collect();
        self.take(db, Collection::Plot, all.first().map(|(_, plot)| plot.serial), all.len())?;
        let polygons = polygons(all.iter().map(|(_, plot)| &plot.polygon))?;
        let mut rows = Vec::with_capacity(all.len());
        let mut attributes = Vec::with_capacity(all.len());
        for ((approval, demo), polygon) in all.iter().zip(&polygons) {
            let id = PlotId(self.id(demo.serial));
            let township = code(demo.township.code)?;
            let value =
                |attribute, value| NewValue { plot: id, attribute, from: approval.approved_on, value: Some(value) };
            attributes.push(value(Attribute::Township, township.to_string()));
            attributes.extend(demo.cause.map(|cause| value(Attribute::Cause, cause.as_str().to_owned())));
            let contents = Plot {
                code: words(&format!("DK{:07}", demo.serial))?,
                name: Some(words(&demo.name)?),
                location: Some(words(demo.township.name)?),
                origin: Origin::Approval,
                approval: Some(ApprovalId(self.id(approval.serial))),
                approved_project: Some(words(&approval.approved_project)?),
                area: given(demo.recorded_area)?,
                composition: Some(composition(&demo.composition)?),
                planned_use: Some(words(demo.land_use.1)?),
                reserved_on: None,
                projects: Vec::new(),
                township: Some(township),
                cause: demo.cause,
                remark: None,
            };
            rows.push(StoredPlot { record: self.record(id, contents), mapped: Some(mapped(polygon)) });
        }
        let changed_no = county::next_plots_version(db, self.county)?;
        plot::insert(db, &plot::rows(self.county, &rows, changed_no))?;
        plot::add_attributes(db, self.county, attributes, self.staff.clerk, self.now)?;
        features::put_plots(db, self.county, &rows.iter().zip(polygons.iter().map(Some)).collect::<Vec<_>>())?;
        let days = all.iter().map(|(approval, plot)| (self.id(plot.serial), approval.approved_on));
        self.geometries(db, Collection::Plot, days, &polygons)
    }

    fn parcels(&self, db: &mut Db, group: &[DemoApproval], known: &Known) -> Result<(), AppError> {
        let all: Vec<(&DemoApproval, &DemoParcel)> =
            group.iter().flat_map(|approval| approval.parcels.iter().map(move |parcel| (approval, parcel))).collect();
        self.take(db, Collection::Parcel, all.first().map(|(_, parcel)| parcel.serial), all.len())?;
        let mut projects: HashMap<u64, ProjectId> = HashMap::new();
        for act in group.iter().flat_map(|approval| &approval.acts) {
            let Some(project) = act.project.as_ref().and_then(|project| known.projects.get(&project.serial)) else {
                continue;
            };
            projects.extend(act.lines.iter().filter_map(|line| line.to.parcel).map(|parcel| (parcel, *project)));
        }
        let polygons = polygons(all.iter().map(|(_, parcel)| &parcel.polygon))?;
        let rows = all.iter().zip(&polygons).map(|((_, demo), polygon)| {
            let contents = Parcel {
                code: words(&format!("ZD{:07}", demo.serial))?,
                cadastral_code: None,
                unit_code: None,
                regulatory_number: None,
                name: None,
                holder: None,
                holder_code: None,
                project: projects.get(&demo.serial).copied(),
                land_use: Some(words(demo.land_use.1)?),
                area: given(demo.area)?,
                remark: None,
            };
            let record = self.record(ParcelId(self.id(demo.serial)), contents);
            Ok(StoredParcel { record, mapped: Some(mapped(polygon)) })
        });
        let rows = rows.collect::<Result<Vec<_>, AppError>>()?;
        parcel::insert(db, self.county, &rows)?;
        features::put_parcels(db, self.county, &rows.iter().zip(polygons.iter().map(Some)).collect::<Vec<_>>())?;
        let days = all.iter().map(|(approval, parcel)| (self.id(parcel.serial), approval.approved_on));
        self.geometries(db, Collection::Parcel, days, &polygons)
    }

    fn geometries(
        &self,
        db: &mut Db,
        of: Collection,
        features: impl Iterator<Item = (i64, chrono::NaiveDate)>,
        polygons: &[CheckedPolygon],
    ) -> Result<(), AppError> {
        let versions: Vec<NewVersion<'_>> = features
            .zip(polygons)
            .map(|((feature, effective_on), polygon)| NewVersion { feature, version: 1, effective_on, polygon })
            .collect();
        Ok(geometry::insert(db, self.county, of, &versions, self.staff.clerk, self.now)?)
    }

    fn voucher(&self, act: &DemoAct, known: &Known) -> Result<Voucher, AppError> {
        let corrects = act
            .corrects
            .map(|serial| {
                known
                    .vouchers
                    .get(&serial)
                    .copied()
                    .ok_or_else(|| sound(Text::new("", format!("act {serial} is not posted"))))
            })
            .transpose()?;
        let duty = act.kind.duty();
        Ok(Voucher {
            drawn: BTreeMap::new(),
            client_id: format!("demo-{}", act.serial),
            kind: act.kind,
            effective_on: act.effective_on,
            document: Document {
                number: Some(act.document.clone()),
                authority: Some(act.authority.to_owned()),
                dated: Some(act.effective_on),
                attachments: if duty.attachment { vec![self.paper.clone()] } else { Vec::new() },
            },
            corrects,
            write_off: act.write_off,
            method: act.method,
            historical: false,
            memo: None,
            lines: act.lines.iter().map(|line| self.line(line)).collect(),
        })
    }

    fn line(&self, line: &DemoLine) -> Line {
        let plot = PlotId(self.id(line.plot));
        let side = |side: crate::domain::demo::DemoSide| Holding {
            plot,
            account: side.account,
            parcel: side.parcel.map(|serial| ParcelId(self.id(serial))),
        };
        Line { from: side(line.from), to: side(line.to), area: line.area }
    }
}

fn mapped(polygon: &CheckedPolygon) -> Mapped {
    Mapped { version: 1, area: polygon.area, ellipsoidal_area: polygon.ellipsoidal_area }
}

fn polygons<'p>(
    grids: impl Iterator<Item = &'p crate::domain::geometry::grid::GridMultiPolygon>,
) -> Result<Vec<CheckedPolygon>, AppError> {
    grids
        .map(|grid| {
            CheckedPolygon::of(grid.clone(), Demo::zone())
                .ok_or_else(|| sound(Text::fixed("", "a polygon lies outside its zone")))
        })
        .collect()
}
