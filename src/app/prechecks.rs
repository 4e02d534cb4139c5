//! 企业预审: asked by anybody, answered by the rules, kept for the staff.
//!
//! A body with faults is looked through as far as it reads, so that a wrong code does not hide a polygon that crosses
//! itself; then nothing is written. The same body on the same ground answers as before.

use chrono::Days;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::{AppError, StorageError};
use crate::app::records::{Written, entry, geometry_limits, missing};
use crate::app::reference_tables;
use crate::domain::codes::TownshipCode;
use crate::domain::geometry::check::{CheckedPolygon, Limits};
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::GridPoint;
use crate::domain::input::{self, FieldError, Members, Reader};
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::land::Offence;
use crate::domain::policy::{Policy, keys};
use crate::domain::precheck::body::{LandKind, PrecheckBody, salvage};
use crate::domain::precheck::decide::{Answer, Offer, Refused, placement_faults, programme_faults};
use crate::domain::precheck::plan::SitePlan;
use crate::domain::precheck::{Asked, decide};
use crate::domain::record::Collection;
use crate::domain::reference::{CountyTables, StandardRow};
use crate::domain::region::County;
use crate::domain::rules::floor_area::geometry::PlanningConditions;
use crate::domain::rules::supply::standard_land::rows_for;
use crate::domain::text::{Text, text};
use crate::formats::boundary_points;
use crate::formats::geojson;
use crate::formats::site_plan;
use crate::formats::sniff::{Looks, sniff};
use crate::storage::db::{Db, Lane};
pub use crate::storage::precheck::{PrecheckHead, PrecheckPage, StoredPrecheck};
use crate::storage::township::Township;
use crate::storage::{announcement, county as counties, journal, precheck, township};

/// Vertices of what an enterprise may draw, all polygons of a body by themselves.
const VERTICES_MAX: usize = 5000;
/// Random characters of a reference; five bits each.
const RANDOM: usize = 16;
/// No letters that are taken for digits.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Who sent a body, as far as it is counted, and how many a day that may be.
#[derive(Debug, Clone)]
pub struct Source {
    pub address: String,
    pub per_day: Option<u32>,
}

/// What a form needs to know of a county before it asks anything.
#[derive(Debug, Clone)]
pub struct Form {
    pub name: String,
    pub townships: Vec<Township>,
    pub has_catalogue: bool,
    pub has_standard_land: bool,
    /// The limits that hold for the industry, if one was given.
    pub indicators: Vec<StandardRow>,
    pub retention_days: u32,
    /// The zone that outlines may be drawn in, and the middle of the county in it.
    pub zone: Option<Zone>,
    pub centre: Option<GridPoint>,
}

/// An outline read out of a file.
#[derive(Debug, Clone)]
pub struct Outline {
    pub polygon: CheckedPolygon,
    pub repairs: Vec<(usize, Text)>,
}

/// A contact with the day on which it is erased.
#[derive(Debug, Clone)]
pub struct KeptContact {
    /// In JSON.
    pub contact: String,
    pub erase_on: chrono::NaiveDate,
}

/// What a body is held against.
struct Desk {
    tables: CountyTables,
    limits: Limits,
    townships: Vec<Township>,
    policy: std::sync::Arc<Policy>,
}

fn limits_of(county: &counties::CountyRecord) -> Limits {
    Limits { vertices_max: VERTICES_MAX, ..geometry_limits(county) }
}

/// The members of a body but for the contact, as they were written.
fn without_contact(bytes: &[u8]) -> String {
    let mut quiet = Reader::default();
    let raw = serde_json::from_slice::<&RawValue>(bytes).ok();
    let members = raw.and_then(|raw| Members::of(raw, &mut quiet)).map(|members| members.0).unwrap_or_default();
    let kept = members.iter().filter(|(name, _)| name != "contact");
    let kept: Vec<String> =
        kept.map(|(name, raw)| format!("{}:{}", serde_json::Value::from(name.as_ref()), raw.get())).collect();
    format!("{{{}}}", kept.join(","))
}

/// A reference nobody can guess: the county, and eighty random bits.
fn new_reference(county: County) -> String {
    let random: [u8; RANDOM] = rand::random();
    let letters: Vec<char> = random.iter().map(|byte| ALPHABET[usize::from(byte % 32)] as char).collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    format!("{county}-{}", groups.join("-"))
}

/// A reference as people type it: letter case, blanks and the letters that are taken for digits do not matter.
pub fn read_reference(text: &str) -> Result<(County, String), Text> {
    let wrong =
        || Text::fixed("预审编号应为县代码加 16 位字符", "a reference is the county's code and sixteen characters");
    let clean: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '-').take(64).collect::<String>().to_uppercase();
    let (county, rest) = clean.is_char_boundary(6).then(|| clean.split_at_checked(6)).flatten().ok_or_else(wrong)?;
    let county: County = county.parse()?;
    let rest: String = rest
        .chars()
        .map(|c| {
            if c == 'O' {
                '0'
            } else if c == 'I' || c == 'L' {
                '1'
            } else {
                c
            }
        })
        .collect();
    if rest.len() != RANDOM || !rest.bytes().all(|byte| ALPHABET.contains(&byte)) {
        return Err(wrong());
    }
    let groups: Vec<&str> = [0, 4, 8, 12].iter().map(|at| &rest[*at..at + 4]).collect();
    Ok((county, format!("{county}-{}", groups.join("-"))))
}

impl App {
    /// Decides a body and keeps it with its answer. Nothing is written of a body with faults.
    pub fn create_precheck(&self, bytes: Vec<u8>, source: Source) -> Result<Written<StoredPrecheck>, AppError> {
        let read = input::read::<PrecheckBody>(&bytes);
        let salvaged = salvage(&bytes);
        let today = self.clock.today();
        let Some(county) = salvaged.county else {
            return Err(AppError::Fields(read.err().unwrap_or_default()));
        };
        let on = salvaged.on.unwrap_or(today);
        let desk = match self.precheck_desk(county, on) {
            Err(AppError::NotFound(message)) => {
                let mut faults = read.err().unwrap_or_default();
                faults.push(FieldError { pointer: "/county".to_owned(), value: Some(county.to_string()), message });
                return Err(AppError::Fields(faults));
            }
            desk => desk?,
        };
        let mut reader = Reader::default();
        let plan = site_plan::read(&bytes, &desk.limits, &mut reader);
        let flaws = reader.into_faults();
        let body = match read {
            Ok(body) => body,
            Err(faults) => return Err(all_faults(faults, flaws, &bytes, &plan, &desk, on)?),
        };
        if !flaws.is_empty() {
            return Err(all_faults(Vec::new(), flaws, &bytes, &plan, &desk, on)?);
        }
        let mut faults = Vec::new();
        let offer = self.offer(&body, &mut faults)?;
        unknown_township(body.land.township, &desk.townships, &mut faults);
        if body.on.is_some_and(|on| on > today) {
            let message = text!("晚于今天 {today}", "it is after today, {today}");
            faults.push(FieldError { pointer: "/on".to_owned(), value: Some(on.to_string()), message });
        }
        if !faults.is_empty() {
            return Err(all_faults(faults, Vec::new(), &bytes, &plan, &desk, on)?);
        }
        let asked =
            Asked { body: &body, plan: &plan, tables: &desk.tables, offer: offer.as_ref(), policy: &desk.policy, on };
        let answer = decide(asked).map_err(|refused| refusal(refused, &plan))?;
        self.keep_precheck(county, &bytes, body, &answer, desk, source)
    }

    fn precheck_desk(&self, county: County, on: chrono::NaiveDate) -> Result<Desk, AppError> {
        let policy = self.policy(county)?;
        self.pool.get()?.read(|db| {
            let record = counties::by_code(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            Ok(Desk {
                tables: reference_tables::on(db, county, on)?,
                limits: limits_of(&record),
                townships: township::all(db, county)?,
                policy,
            })
        })
    }

    /// The parcel on offer that announced land names.
    fn offer(&self, body: &PrecheckBody, faults: &mut Vec<FieldError>) -> Result<Option<Offer>, AppError> {
        let (LandKind::Announced, Some(id), Some(item)) = (body.land.kind, body.land.announcement, body.land.item)
        else {
            return Ok(None);
        };
        let mut fault = |member: &str, value: i64, message| {
            faults.push(FieldError { pointer: format!("/land/{member}"), value: Some(value.to_string()), message });
        };
        let today = self.clock.today();
        let found = announcement::by_id(&mut *self.pool.get()?, body.county, id)?.filter(|found| found.is_open(today));
        let Some(found) = found else {
            let message = Text::fixed(
                "没有这份公告,或已不在公告期内",
                "there is no such announcement, or its land is no longer on offer",
            );
            fault("announcement", id, message);
            return Ok(None);
        };
        let offered = usize::try_from(item).ok().and_then(|item| found.contents.items.get(item.checked_sub(1)?));
        let Some(offered) = offered else {
            let count = found.contents.items.len();
            fault(
                "item",
                item,
                text!(
                    "该公告有 {count} 宗地,请填 1 至 {count}",
                    "the announcement offers {count} parcels; give 1 to {count}"
                ),
            );
            return Ok(None);
        };
        Ok(Some(Offer {
            announcement: id,
            number: found.contents.number.to_string(),
            announced_on: found.contents.announced_on,
            item,
            name: offered.name.to_string(),
            land_use: offered.land_use,
            area: offered.area,
            max_term_unit_price: offered.max_term_unit_price,
            conditions: offered.conditions.clone().unwrap_or_else(PlanningConditions::default),
        }))
    }

    fn keep_precheck(
        &self,
        county: County,
        bytes: &[u8],
        body: PrecheckBody,
        answer: &Answer,
        desk: Desk,
        source: Source,
    ) -> Result<Written<StoredPrecheck>, AppError> {
        let (now, today) = (self.clock.now(), self.clock.today());
        let ground = format!("{} {} {}", answer.on, answer.policy_digest, desk.tables.digest());
        let retention = desk.policy.on(&keys::PRECHECK_CONTACT_RETENTION, today)?.value.0;
        let erase_on = today.checked_add_days(Days::new(u64::from(retention))).unwrap_or(today);
        let contact = body.contact.as_ref().map(|contact| serde_json::to_string(contact).expect("three lines of text"));
        let kept = without_contact(bytes);
        // Nobody's name is hashed: the contact stays out of it.
        let digest = hex(&Sha256::new().chain_update(&kept).chain_update(ground).finalize());
        let answer_json =
            serde_json::to_string(answer).map_err(|error| StorageError::corrupt("an answer to store", error))?;
        // Only for today and only as a digest: it tells whether somebody sends too many, nothing else.
        let address = hex(&Sha256::digest(format!("{county} {today} {}", source.address)));
        let mut head = PrecheckHead {
            id: 0,
            reference: new_reference(county),
            digest,
            company_code: body.company.code.to_string(),
            company_name: body.company.name.to_string(),
            project_name: body.project.as_ref().map(|project| project.name.to_string()),
            industry_code: answer.industry.code.clone(),
            land_kind: answer.land.kind,
            land_use: answer.land.land_use,
            area: answer.land.area_m2,
            township: body.land.township,
            method: body.supply.as_ref().map(|supply| supply.method),
            needed_by: body.project.as_ref().and_then(|project| project.needed_by),
            outcome: answer.outcome,
            on: answer.on,
            recorded_at: now,
        };
        self.writer.write(Lane(county.number()), move |db| {
            precheck::erase_due(db, county, today)?;
            if let Some(record) = precheck::by_digest(db, county, &head.digest)? {
                let id = record.head.id;
                if let Some(contact) = contact
                    && precheck::contact(db, county, id, today)?.is_none()
                {
                    precheck::put_contact(db, county, id, &contact, erase_on)?;
                }
                return Ok(Written { record, is_new: false, warnings: Vec::new() });
            }
            let sent = precheck::count_source(db, county, today, &address)?;
            if let Some(most) = source.per_day.filter(|most| i64::from(sent) > i64::from(*most)) {
                return Err(AppError::TooMany(text!(
                    "今天已提交 {most} 次预审,请明天再试",
                    "{most} pre-checks were sent today; come again tomorrow"
                )));
            }
            head.id = precheck::next_id(db, county)?;
            let record = StoredPrecheck { head, body: kept, answer: answer_json };
            precheck::insert(db, county, &record)?;
            if let Some(contact) = contact {
                precheck::put_contact(db, county, record.head.id, &contact, erase_on)?;
            }
            Ok(Written { record, is_new: true, warnings: Vec::new() })
        })
    }

    /// A pre-check by its reference, for whoever knows it.
    pub fn precheck_by_reference(&self, county: County, reference: &str) -> Result<StoredPrecheck, AppError> {
        precheck::by_reference(&mut *self.pool.get()?, county, reference)?.ok_or_else(|| {
            AppError::NotFound(Text::fixed(
                "没有这个预审编号,请核对",
                "there is no pre-check of this reference; compare it",
            ))
        })
    }

    /// A pre-check with its contact, for staff.
    pub fn precheck(&self, county: County, id: i64) -> Result<(StoredPrecheck, Option<KeptContact>), AppError> {
        let today = self.clock.today();
        self.pool.get()?.read(|db| {
            let found = precheck::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Precheck, county, id))?;
            let contact = precheck::contact(db, county, id, today)?;
            Ok((found, contact.map(|(contact, erase_on)| KeptContact { contact, erase_on })))
        })
    }

    pub fn prechecks(&self, county: County, page: &PrecheckPage) -> Result<Vec<PrecheckHead>, AppError> {
        Ok(precheck::page(&mut *self.pool.get()?, county, page)?)
    }

    /// Erases a contact before its day.
    pub fn erase_precheck_contact(&self, caller: &Caller, county: County, id: i64) -> Result<(), AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            precheck::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Precheck, county, id))?;
            if precheck::erase_contact(db, county, id)? {
                let erased = serde_json::json!({"contact": null});
                let entry = entry(stamp, "erasePrecheckContact", Collection::Precheck, id, None, &erased);
                journal::append(db, county, vec![entry])?;
            }
            Ok(())
        })
    }

    /// The counties kept here, by code.
    pub fn precheck_counties(&self) -> Result<Vec<(County, String)>, AppError> {
        let all = counties::all(&mut *self.pool.get()?)?;
        Ok(all.into_iter().map(|record| (record.county, record.name)).collect())
    }

    /// What a form needs to know.
    pub fn precheck_form(
        &self,
        county: County,
        industry: Option<crate::domain::codes::CodeGiven>,
    ) -> Result<Form, AppError> {
        let today = self.clock.today();
        let retention = self.policy(county)?.on(&keys::PRECHECK_CONTACT_RETENTION, today)?.value.0;
        self.pool.get()?.read(|db: &mut Db| {
            let record = counties::by_code(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            let tables = reference_tables::on(db, county, today)?;
            let industry = industry.and_then(|code| tables.industry(&code).ok());
            let held = match (tables.standard_land(), &industry) {
                (Some((_, rows)), Some(industry)) => rows_for(rows, industry).into_iter().cloned().collect(),
                _ => Vec::new(),
            };
            let zone = limits_of(&record).zone;
            Ok(Form {
                name: record.name.clone(),
                townships: township::all(db, county)?,
                has_catalogue: tables.supply_catalogue().is_some(),
                has_standard_land: tables.standard_land().is_some(),
                indicators: held,
                retention_days: retention,
                zone,
                centre: zone.and_then(|zone| {
                    let [west, south, east, north] = record.extent.degrees();
                    GridPoint::snap(zone.project([(west + east) / 2.0, (south + north) / 2.0])?)
                }),
            })
        })
    }

    /// Reads an outline out of GeoJSON or boundary points. Nothing is kept.
    pub fn read_outline(&self, county: County, bytes: &[u8]) -> Result<Outline, AppError> {
        let record = self.county(county)?;
        let limits = limits_of(&record);
        match sniff(bytes) {
            Looks::Json => {
                let mut reader = Reader::default();
                let polygon = geojson::open(bytes, 1, &mut reader).and_then(|document| {
                    let crs = document.crs().unwrap_or(crate::domain::geometry::crs::Crs::Crs84);
                    let item = *document.items().first()?;
                    item.within(&mut reader, |reader| item.open(reader)?.polygon(crs, &limits, reader))
                });
                match polygon.filter(|_| reader.is_clean()) {
                    Some(polygon) => Ok(Outline { polygon, repairs: Vec::new() }),
                    None => {
                        let mut faults = reader.into_faults();
                        if faults.is_empty() {
                            let message = Text::fixed("文件中没有图形", "the file holds no polygon");
                            faults.push(FieldError { pointer: String::new(), value: None, message });
                        }
                        Err(AppError::Fields(faults))
                    }
                }
            }
            Looks::Text => boundary_outline(bytes, &limits),
            _ => {
                let message = Text::fixed(
                    "应为 GeoJSON 或界址点坐标文件(TXT)",
                    "GeoJSON or a file of boundary points (TXT) is expected",
                );
                Err(AppError::field("", None, message))
            }
        }
    }
}

fn boundary_outline(bytes: &[u8], limits: &Limits) -> Result<Outline, AppError> {
    let options = boundary_points::Options { zone: limits.zone, plots_max: 1, points_max: VERTICES_MAX };
    let at_line = |line: usize, message: Text| {
        let Text { zh, en } = message;
        FieldError { pointer: String::new(), value: None, message: text!("第 {line} 行:{zh}", "line {line}: {en}") }
    };
    let all = |faults: &[boundary_points::Fault]| {
        AppError::Fields(faults.iter().map(|fault| at_line(fault.line, fault.wrong.text())).collect())
    };
    let reading = boundary_points::read(bytes, &options).map_err(|faults| all(&faults))?;
    let repairs = reading.repairs.iter().map(|repair| (repair.line, repair.deviation.text())).collect();
    let Some(plot) = reading.plots.into_iter().next() else {
        return Err(AppError::field("", None, Text::fixed("文件中没有地块", "the file holds no plot")));
    };
    let plot = plot.result.map_err(|faults| all(&faults))?;
    let polygon =
        crate::domain::geometry::check::check(std::slice::from_ref(&plot.part), plot.crs, limits).map_err(|flaws| {
            let fault = |flaw: &crate::domain::geometry::flaw::Flaw| {
                let line =
                    flaw.place().and_then(|place| plot.lines.get(place.ring)?.get(place.vertex.unwrap_or(0)).copied());
                match line {
                    Some(line) => at_line(line, flaw.text()),
                    None => FieldError { pointer: String::new(), value: None, message: flaw.text() },
                }
            };
            AppError::Fields(flaws.list.iter().map(fault).collect())
        })?;
    Ok(Outline { polygon, repairs })
}

fn unknown_township(given: Option<TownshipCode>, known: &[Township], faults: &mut Vec<FieldError>) {
    if let Some(code) = given.filter(|code| !known.iter().any(|township| township.code == *code)) {
        let message = text!("本县没有乡镇街道 {code}", "this county has no township {code}");
        faults.push(FieldError { pointer: "/land/township".to_owned(), value: Some(code.to_string()), message });
    }
}

/// Everything that is wrong with a body, whichever part of it reads.
fn all_faults(
    mut faults: Vec<FieldError>,
    flaws: Vec<FieldError>,
    bytes: &[u8],
    plan: &SitePlan,
    desk: &Desk,
    on: chrono::NaiveDate,
) -> Result<AppError, AppError> {
    let salvaged = salvage(bytes);
    let is_drawn_well = flaws.is_empty();
    faults.extend(flaws);
    if let Some(Err(message)) = salvaged.industry.as_ref().map(|code| desk.tables.industry(code)) {
        let value = salvaged.industry.map(|code| code.to_string());
        faults.push(FieldError { pointer: "/industry/code".to_owned(), value, message });
    }
    if let Some(programme) = &salvaged.programme {
        faults.extend(programme_faults(programme, on, &desk.policy));
    }
    let mut offending = None;
    if is_drawn_well {
        let (misplaced, misfit) = placement_faults(plan, on, &desk.policy)?;
        faults.extend(misplaced);
        offending = misfit;
    }
    Ok(refusal(Refused { faults, offending: offending.map(Box::new), not_in_force: None }, plan))
}

fn refusal(refused: Refused, plan: &SitePlan) -> AppError {
    if let Some(missing) = refused.not_in_force {
        return (*missing).into();
    }
    match (refused.offending, plan.zone()) {
        (Some(misfit), Some(zone)) => {
            AppError::Overlaps { faults: refused.faults, offence: Box::new(Offence { misfit: *misfit, zone }) }
        }
        _ => AppError::Fields(refused.faults),
    }
}
