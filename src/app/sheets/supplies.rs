//! 供应 from a sheet: each contract becomes a voucher that is sent as one alone would be, and waits for its second
//! person. Parcels that are not there yet are entered with it.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};

use super::{Became, Bodies, Halt, SheetImport, SheetItem, SheetReport, bodies, faults_of, settled};
use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::parcels::{Naming, ParcelDraft, create};
use crate::app::plots::Repaired;
use crate::app::records::{Stamp, known_county};
use crate::app::vouchers::{Desk, Sent, send_body};
use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::exact::Fraction;
use crate::domain::input::{FieldError, Line};
use crate::domain::ledger::supply_row::SupplyRow;
use crate::domain::parcel::ParcelProperties;
use crate::domain::plot::AreaTolerance;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, ParcelId, PlotId};
use crate::domain::text::{Text, text};
use crate::formats::sheet::{BookKind, nouns};
use crate::storage::db::{Db, Lane};
use crate::storage::{parcel, plot};

/// What is written with.
struct Hand<'h> {
    county: County,
    desk: &'h Desk,
    stamp: Stamp,
    tolerance: AreaTolerance,
    authority: Option<&'h str>,
}

impl App {
    /// Sends the supplies of a sheet to the ledger.
    pub fn import_supplies(
        &self,
        caller: &Caller,
        county: County,
        kind: BookKind,
        bytes: &[u8],
        wish: SheetImport,
    ) -> Result<SheetReport, AppError> {
        let read = self.read_sheet(county, kind, bytes, &wish, &nouns::SUPPLIES)?;
        let mut bodies = bodies::<SupplyRow>(read);
        twice(&mut bodies);
        let (desk, stamp) = (self.voucher_desk(county), self.stamp(caller));
        let tolerance = self.area_tolerance(county, stamp.today)?;
        settled(self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let authority = wish.authority.as_deref();
            let hand = Hand { county, desk: &desk, stamp, tolerance, authority };
            let rows = std::mem::take(&mut bodies.rows);
            for (number, rows) in by_contract(rows) {
                if rows.iter().any(|(row, _)| bodies.is_bad(*row)) {
                    continue;
                }
                match db.savepoint(|db| hand.send(db, &number, &rows)) {
                    Ok(sent) => took(&mut bodies, &rows, &sent, wish.dry_run),
                    Err(Wrong::Row(row, faults)) => bodies.refuse(row, faults),
                    Err(Wrong::Stop(error)) => return Err(error.into()),
                }
            }
            let report = bodies.finish(&wish, "/number")?;
            if wish.dry_run { Err(Halt::Looked(Box::new(report))) } else { Ok(report) }
        }))
    }
}

/// Why a contract is not sent: a row of it is wrong, or nothing more can be done.
enum Wrong {
    Row(usize, Vec<FieldError>),
    Stop(AppError),
}

impl From<AppError> for Wrong {
    fn from(error: AppError) -> Self {
        Self::Stop(error)
    }
}

impl From<crate::storage::db::StorageError> for Wrong {
    fn from(error: crate::storage::db::StorageError) -> Self {
        Self::Stop(error.into())
    }
}

impl From<diesel::result::Error> for Wrong {
    fn from(error: diesel::result::Error) -> Self {
        Self::Stop(error.into())
    }
}

type Rows = Vec<(usize, SupplyRow)>;

/// The rows of each contract, in the order of the sheet.
fn by_contract(rows: Rows) -> Vec<(String, Rows)> {
    let mut contracts: Vec<(String, Rows)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (row, supply) in rows {
        let number = supply.number.to_string();
        let at = *places.entry(number.clone()).or_insert_with(|| {
            contracts.push((number, Vec::new()));
            contracts.len() - 1
        });
        contracts[at].1.push((row, supply));
    }
    contracts
}

/// Refuses what the sheet says twice, or of one contract in two ways.
fn twice(bodies: &mut Bodies<SupplyRow>) {
    let mut faults: Vec<(usize, FieldError)> = Vec::new();
    let mut numbers: HashMap<&str, (usize, &SupplyRow)> = HashMap::new();
    let mut contracts: HashMap<&str, (usize, &SupplyRow)> = HashMap::new();
    let mut lines: HashMap<(&str, &str), usize> = HashMap::new();
    for (row, supply) in &bodies.rows {
        let mut fault = |pointer: &str, message| {
            faults.push((*row, FieldError { pointer: pointer.to_owned(), value: None, message }));
        };
        if let Some(number) = &supply.regulatory_number {
            let (first, other) = numbers.entry(number.as_str()).or_insert((*row, supply));
            if other.number != supply.number || other.parcel_code() != supply.parcel_code() {
                fault(
                    "/regulatory_number",
                    text!(
                        "电子监管号与第 {first} 行重复,而合同或宗地不同;请核对",
                        "row {first} has the same supervision number with another contract or parcel; check both"
                    ),
                );
            }
        }
        let (first, other) = contracts.entry(supply.number.as_str()).or_insert((*row, supply));
        for (pointer, is_same) in [
            ("/effective_on", other.effective_on == supply.effective_on),
            ("/method", other.method == supply.method),
            ("/authority", other.authority == supply.authority),
        ] {
            if !is_same {
                fault(
                    pointer,
                    text!("与同一合同的第 {first} 行不同", "it differs from row {first} of the same contract"),
                );
            }
        }
        let (parcel, plot) = (supply.parcel_code(), supply.plot.as_str());
        if let Some(first) = lines.insert((parcel, plot), *row) {
            fault("/plot", text!("与第 {first} 行重复:同一宗地、同一地块", "row {first} has the same parcel and plot"));
        }
    }
    for (row, fault) in faults {
        bodies.refuse(row, vec![fault]);
    }
}

/// Puts a contract into the report.
fn took(bodies: &mut Bodies<SupplyRow>, rows: &Rows, sent: &Sent, dry_run: bool) {
    let (became, id) = match sent {
        Sent::Posted { recorded, is_new, .. } => {
            (if *is_new { Became::Posted } else { Became::Unchanged }, recorded.seq)
        }
        Sent::Proposed { proposal, is_new } => {
            (if *is_new { Became::Proposed } else { Became::Unchanged }, proposal.proposal.id)
        }
    };
    let is_new = became != Became::Unchanged;
    for (line, supply) in rows {
        *(if is_new { &mut bodies.report.created } else { &mut bodies.report.unchanged }) += 1;
        let id = (!dry_run || !is_new).then_some(id);
        bodies.report.items.push(SheetItem { line: *line, code: supply.number.to_string(), id, became });
        if Fraction::from(supply.area.get().m2()) != supply.area.get().exact_m2() {
            let (area, unit, m2) = (supply.area.get(), supply.area.get().unit(), supply.area.get().m2());
            let message = text!(
                "{area} {unit:#}按 {m2} 平方米入账,四舍五入到平方厘米",
                "{area} {unit} is posted as {m2} m², half up to the square centimetre"
            );
            bodies.report.repairs.push(Repaired { line: Some(*line), code: "area_rounded", message });
        }
    }
}

impl Hand<'_> {
    fn send(&self, db: &mut Db, number: &str, rows: &Rows) -> Result<Sent, Wrong> {
        let parcels = self.parcels(db, rows)?;
        let codes: Vec<String> = rows.iter().map(|(_, supply)| supply.plot.to_string()).collect();
        let plots: HashMap<String, PlotId> = plot::by_codes(db, self.county, &codes)?
            .into_iter()
            .map(|plot| (plot.record.contents.code.to_string(), plot.record.id))
            .collect();
        let mut lines = Vec::with_capacity(rows.len());
        for (row, supply) in rows {
            let Some(plot) = plots.get(supply.plot.as_str()) else {
                let message = text!(
                    "没有地块“{}”;请先录入或导入地块",
                    "there is no plot {:?}; enter or import it first",
                    supply.plot.as_str()
                );
                return Err(Wrong::Row(*row, vec![FieldError { pointer: "/plot".to_owned(), value: None, message }]));
            };
            let parcel = parcels.get(supply.parcel_code());
            lines.push(json!({
                "from": {"account": "unsupplied", "plot": plot},
                "to": {"account": "supplied", "plot": plot, "parcel": parcel},
                "area_m2": supply.area.get().m2().to_string(),
            }));
        }
        let Some((_, first)) = rows.first() else { return Err(Wrong::Row(0, Vec::new())) };
        let authority = first.authority.as_ref().map(Line::as_str).or(self.authority);
        let mut body = json!({
            "client_id": format!("供应:{number}"),
            "kind": "supply",
            "method": first.method,
            "effective_on": first.effective_on,
            "document": {"number": number, "authority": authority, "dated": first.effective_on},
            "lines": lines,
        });
        if let Some(memo) = &first.memo {
            body["memo"] = Value::from(memo.as_str());
        }
        send_body(db, self.desk, self.stamp.user, body.to_string()).map_err(|error| wrong(rows, error))
    }

    /// The ids of the parcels, those that are not there yet entered.
    fn parcels(&self, db: &mut Db, rows: &Rows) -> Result<HashMap<String, ParcelId>, Wrong> {
        let mut wanted: BTreeMap<&str, Rows> = BTreeMap::new();
        for (row, supply) in rows {
            wanted.entry(supply.parcel_code()).or_default().push((*row, supply.clone()));
        }
        let codes: Vec<String> = wanted.keys().map(|code| (*code).to_owned()).collect();
        let numbers: HashSet<&str> = rows
            .iter()
            .filter_map(|(_, supply)| supply.regulatory_number.as_ref().map(|number| number.as_str()))
            .collect();
        let numbers: Vec<String> = numbers.into_iter().map(str::to_owned).collect();
        let mut there = parcel::by_codes(db, self.county, &codes)?;
        there.extend(parcel::by_regulatory_numbers(db, self.county, &numbers)?);
        let mut found = HashMap::new();
        for (code, rows) in wanted {
            let Some((row, supply)) = rows.first() else { continue };
            let own = there.iter().find(|parcel| parcel.record.contents.code.as_str() == code);
            let number = supply.regulatory_number.as_ref();
            let same = |known: &&crate::app::parcels::StoredParcel| {
                number.is_some() && known.record.contents.regulatory_number.as_ref() == number
            };
            let bearer = there.iter().find(same);
            let other = own.and_then(|own| own.record.contents.regulatory_number.as_ref());
            let is_taken = match (own, bearer) {
                (Some(own), Some(bearer)) => own.record.id != bearer.record.id,
                (None, Some(_)) => true,
                (Some(_), None) => number.is_some() && other.is_some(),
                (None, None) => false,
            };
            if is_taken {
                let parcel = bearer.map_or(code, |bearer| bearer.record.contents.code.as_str());
                let message = text!(
                    "电子监管号与已录入的宗地“{parcel}”不符;一宗地一个监管号,请核对",
                    "the supervision number does not agree with parcel {parcel:?} as recorded; a parcel has one: check both"
                );
                let fault = FieldError { pointer: "/regulatory_number".to_owned(), value: None, message };
                return Err(Wrong::Row(*row, vec![fault]));
            }
            let id = match own {
                Some(own) => own.record.id,
                None => self.new_parcel(db, code, &rows)?,
            };
            found.insert(code.to_owned(), id);
        }
        Ok(found)
    }

    fn new_parcel(&self, db: &mut Db, code: &str, rows: &Rows) -> Result<ParcelId, Wrong> {
        let Some((row, supply)) = rows.first() else { return Err(Wrong::Row(0, Vec::new())) };
        let fault =
            |message: Text| Wrong::Row(*row, vec![FieldError { pointer: "/parcel".to_owned(), value: None, message }]);
        let properties = ParcelProperties {
            code: Line::new(code).map_err(fault)?,
            cadastral_code: supply.cadastral_code.clone(),
            unit_code: None,
            regulatory_number: supply.regulatory_number.clone(),
            name: None,
            holder: supply.holder.clone(),
            holder_code: supply.holder_code.clone(),
            project: supply.project.clone(),
            land_use: supply.land_use.clone(),
            area_m2: None,
            area: Some(together(rows).map_err(fault)?),
            geometry_from: None,
            remark: None,
        };
        let draft = ParcelDraft { properties, polygon: None };
        let written = create(db, self.county, self.stamp, self.tolerance, vec![draft], Naming::ByRow);
        let written = written.map_err(|error| match faults_of(error) {
            Ok(faults) => {
                let bare = |fault: FieldError| FieldError { pointer: fault.pointer.replacen("/0", "", 1), ..fault };
                Wrong::Row(*row, faults.into_iter().map(bare).collect())
            }
            Err(error) => Wrong::Stop(error),
        })?;
        match &written[..] {
            [one] => Ok(one.record.record.id),
            _ => Err(Wrong::Row(*row, Vec::new())),
        }
    }
}

/// The area of a parcel: as stated if it is of one plot, else the sum of what is posted.
fn together(rows: &Rows) -> Result<GivenArea, Text> {
    if let [(_, one)] = &rows[..] {
        return Ok(one.area.get());
    }
    let mut sum = AreaM2::ZERO;
    for (_, supply) in rows {
        sum = sum.checked_add(supply.area.get().m2()).map_err(|bad| bad.text())?;
    }
    GivenArea::new(sum.get(), AreaUnit::SquareMetre)
}

/// The row that a refusal of the voucher is about: its lines are the rows.
fn wrong(rows: &Rows, error: AppError) -> Wrong {
    let faults = match faults_of(error) {
        Ok(faults) => faults,
        Err(error) => return Wrong::Stop(error),
    };
    let mut row = rows.first().map_or(0, |(row, _)| *row);
    let faults = faults.into_iter().map(|fault| {
        let rest = fault.pointer.strip_prefix("/lines/");
        let pointer = match rest.and_then(|rest| rest.split('/').next()?.parse::<usize>().ok()) {
            Some(line) => {
                row = rows.get(line).map_or(row, |(row, _)| *row);
                "/area".to_owned()
            }
            None => match fault.pointer.as_str() {
                "/document/authority" => "/authority".to_owned(),
                "/document/dated" => "/effective_on".to_owned(),
                "/document/number" | "/client_id" => "/number".to_owned(),
                "/lines" => "/area".to_owned(),
                other => other.to_owned(),
            },
        };
        FieldError { pointer, ..fault }
    });
    let faults = faults.collect();
    Wrong::Row(row, faults)
}
