//! What is known for the papers of a case, gathered from case, contract, parcel, settings and policy.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::app::App;
use crate::app::error::AppError;
use crate::app::idle_cases::facts::basis;
use crate::app::papers::settings;
use crate::app::records::{known_county, missing};
use crate::domain::calendar::Calendar;
use crate::domain::contract::ContractKind;
use crate::domain::contract::development::DevelopmentKind;
use crate::domain::contract::history::Contract;
use crate::domain::encumbrance::EncumbranceKind;
use crate::domain::idle_case::clock::Clocks;
use crate::domain::paper::facts::{ContractFacts, PaperFacts};
use crate::domain::policy::{Policy, keys};
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::storage::db::Db;
use crate::storage::idle_case::CaseRow;
use crate::storage::{contract, encumbrance, idle_case, parcel};

/// What a use case on papers takes along into its transaction.
#[derive(Clone)]
pub(super) struct Desk {
    pub county: County,
    pub today: NaiveDate,
    policy: Arc<Policy>,
}

impl App {
    pub(super) fn paper_desk(&self, county: County) -> Result<Desk, AppError> {
        Ok(Desk { county, today: self.clock.today(), policy: self.policy(county)? })
    }
}

impl Desk {
    /// Everything a paper of the case may say.
    pub fn facts(&self, db: &mut Db, case: i64) -> Result<PaperFacts, AppError> {
        let Self { county, today, policy } = self;
        known_county(db, *county)?;
        let CaseRow { case: stored, .. } =
            idle_case::by_id(db, *county, case)?.ok_or_else(|| missing(Collection::IdleCase, *county, case))?;
        let steps = idle_case::steps(db, *county, &[case])?.remove(&case).unwrap_or_default();
        let basis = basis(db, *county, &stored, policy, *today)?;
        let mut known = contract::by_id(db, *county, stored.contract)?
            .map_or_else(ContractFacts::default, |contract| of_contract(&contract, stored.phase.as_deref(), *today));
        if let Some(parcel) = parcel::by_id(db, *county, stored.parcel)? {
            let parcel = parcel.record.contents;
            known.parcel_no = Some(parcel.code.to_string());
            known.supervision_no = known.supervision_no.or(parcel.regulatory_number.map(|number| number.to_string()));
            known.land_use = known.land_use.or(parcel.land_use.map(|land_use| land_use.to_string()));
        }
        known.area = Some(stored.opening.area);
        known.agreed_start = basis.facts.agreed_start;
        known.mortgagee = self.mortgagee(db, stored.parcel.0)?;
        let share = policy.on(&keys::IDLE_FEE_SHARE, *today)?.value.get();
        Ok(PaperFacts {
            case_no: stored.number.to_string(),
            case: stored.with(&steps),
            idle_from: basis.facts.idle_from,
            fee_due: basis.fee_due,
            fee_rate: Some(format!("{}%", (share * rust_decimal::Decimal::ONE_HUNDRED).normalize())),
            contract: known,
            settings: settings::current(db, *county)?.1,
            clocks: Clocks::on(policy, *today)?,
            calendar: Calendar::built_in(),
            today: *today,
        })
    }

    /// Who holds the mortgage that stands on a parcel; several are named together.
    fn mortgagee(&self, db: &mut Db, parcel: i64) -> Result<Option<String>, AppError> {
        let names: Vec<String> = encumbrance::of_parcels(db, self.county, &[parcel])?
            .into_iter()
            .filter(|known| known.contents.kind == EncumbranceKind::Mortgage && known.contents.from <= self.today)
            .filter(|known| known.released_on().is_none_or(|released| self.today < released))
            .filter_map(|known| known.party)
            .collect();
        Ok((!names.is_empty()).then(|| names.join("、")))
    }
}

/// What a contract says as it stands on a day.
fn of_contract(contract: &Contract, phase: Option<&str>, today: NaiveDate) -> ContractFacts {
    let version = contract.on(today).unwrap_or_else(|| contract.newest());
    let terms = &version.terms;
    let of_phase = phase.and_then(|name| terms.phases().iter().find(|known| known.name.as_str() == name));
    let reports = contract.reports(phase, today);
    let delivered = reports.iter().rfind(|(_, report)| report.kind == DevelopmentKind::Delivered);
    let investment = of_phase.map_or(terms.investment_yuan, |phase| phase.investment_yuan);
    ContractFacts {
        user_name: version.user_name.as_ref().map(ToString::to_string),
        user_code: version.user_code.as_ref().map(ToString::to_string),
        kind: Some(deed(contract.kind).to_owned()),
        number: Some(contract.number.to_string()),
        supervision_no: terms.regulatory_number.as_ref().map(ToString::to_string),
        signed_on: Some(contract.signed_on),
        // A phase has no price of its own.
        price: terms.price_yuan.map(|price| price.get()).filter(|_| phase.is_none()),
        land_use: Some(terms.land_use.to_string()),
        agreed_completion: of_phase.and_then(|phase| phase.completion_on).or(terms.completion_on),
        delivered_on: delivered.map(|(_, report)| report.on),
        investment: investment.map(|amount| amount.get()),
        ..ContractFacts::default()
    }
}

/// What a paper calls a contract.
const fn deed(kind: ContractKind) -> &'static str {
    match kind {
        ContractKind::Grant | ContractKind::FlexibleGrant => "国有建设用地使用权出让合同",
        ContractKind::Allocation => "国有建设用地划拨决定书",
        ContractKind::Lease => "国有建设用地使用权租赁合同",
        ContractKind::LeaseThenTransfer => "国有建设用地先租后让合同",
        ContractKind::MixedLeaseTransfer => "国有建设用地租让结合合同",
        ContractKind::CapitalContribution => "国有建设用地使用权作价出资（入股）文件",
        ContractKind::AuthorisedOperation => "国有建设用地使用权授权经营文件",
    }
}
