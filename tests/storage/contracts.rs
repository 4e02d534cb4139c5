//! Contracts through the application on both databases: versions, events, names that can be erased, lists that follow.

use dizhang::app::App;
use dizhang::app::contracts::ContractPage;
use dizhang::app::contracts::idle_facts::idle_facts;
use dizhang::app::contracts::suspicions::SuspicionPage;
use dizhang::app::features;
use dizhang::app::listing::Place;
use dizhang::app::records::JournalPage;
use dizhang::app::worklist::WorklistQuery;
use dizhang::domain::contract::cause::{CauseBody, CauseDecisionBody};
use dizhang::domain::contract::development::DevelopmentBody;
use dizhang::domain::contract::inspection::InspectionBody;
use dizhang::domain::contract::{AmendmentBody, ContractBody};
use dizhang::domain::idle_case::Grounds;
use dizhang::domain::layer::Layer;
use dizhang::domain::parcel::ParcelProperties;
use dizhang::domain::policy::Policy;
use dizhang::domain::region::ParcelId;
use dizhang::domain::worklist::TaskSource;
use dizhang::formats::drawn::Drawn;
use dizhang::storage::{contract, feature};
use serde_json::{Value, json};

use crate::support::{body, both, county, county_at, person};

const NOW: &str = "2026-11-23T08:00:00";

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// A county with two parcels side by side.
fn county_app(pool: &dizhang::storage::db::Pool) -> App {
    let app = county_at(pool, NOW.parse().unwrap());
    for (code, west) in [("Z1", 113.55), ("Z2", 113.551)] {
        app.create_parcel(&person(1), county(), parcel(code, west)).unwrap();
    }
    app
}

fn parcel(code: &str, west: f64) -> Drawn<ParcelProperties> {
    let (south, side) = (34.6, 0.001);
    let (east, north) = (west + side, south + side);
    let ring = json!([[west, south], [east, south], [east, north], [west, north], [west, south]]);
    body(&json!({"code": code, "area_m2": "9000", "geometry": {"type": "Polygon", "coordinates": [ring]}}))
}

fn terms(start: &str) -> Value {
    json!({
        "regulatory_number": "4101832024B00123", "land_use": "工业用地", "method": "listing", "term": "20", "area_m2": "9000",
        "price_yuan": "4200000", "instalments": [{"amount_yuan": "4200000", "due_on": "2024-02-01"}],
        "delivery_on": "2024-02-29", "start_on": start, "completion_on": "2026-12-31",
        "investment_yuan": "80000000", "developable_m2": "9000",
    })
}

fn contract_body(number: &str, parcels: Value, user: Value) -> ContractBody {
    let terms = terms("2024-02-29");
    body(
        &json!({"kind": "grant", "number": number, "signed_on": "2024-01-10", "parcels": parcels, "user": user, "terms": terms}),
    )
}

fn company() -> Value {
    json!({"name": "演示新材料有限公司", "code": "91512081MA62K0260E"})
}

#[test]
fn a_contract_comes_back_as_it_was_recorded_and_amended() {
    both(|pool| {
        let app = county_app(&pool);
        let sent = || contract_body("合同1号", json!(["Z1", county().feature_id(2)]), company());
        let written = app.create_contract(&person(1), county(), sent()).unwrap();
        assert!(written.is_new && written.warnings.is_empty());
        let again = app.create_contract(&person(2), county(), sent()).unwrap();
        assert!(!again.is_new && again.record == written.record, "the same again changes nothing");
        let other = contract_body("合同1号", json!(["Z1"]), company());
        assert!(app.create_contract(&person(1), county(), other).is_err(), "the number names other contents");

        let amended: AmendmentBody = body(&json!({
            "change": "extension", "document_number": "补1", "effective_on": "2024-02-20", "reason": "协商延期",
            "terms": terms("2024-08-31"),
        }));
        assert!(app.amend_contract(&person(1), county(), 1, 7, amended.clone()).is_err(), "based on another version");
        let record = app.amend_contract(&person(1), county(), 1, 1, amended).unwrap().record;
        assert_eq!(record, app.contract(county(), 1).unwrap());
        assert_eq!(record.newest().user_name.as_ref().unwrap().as_str(), "演示新材料有限公司", "as before");
        let start = |on: &str| record.on(day(on)).unwrap().terms.start_on.unwrap().to_string();
        assert_eq!((start("2024-02-19"), start("2024-02-20")), ("2024-02-29".to_owned(), "2024-08-31".to_owned()));

        let page = |page: ContractPage| {
            let page = ContractPage { at: Place::by_id(0, 10), ..page };
            app.contracts(county(), &page).unwrap().rows.len()
        };
        assert_eq!(page(ContractPage { parcel: Some(ParcelId(county().feature_id(2))), ..ContractPage::default() }), 1);
        assert_eq!(page(ContractPage { number: Some("合同".to_owned()), ..ContractPage::default() }), 1);
        assert_eq!(page(ContractPage { number: Some("合同2".to_owned()), ..ContractPage::default() }), 0);
        let db = &mut *pool.get().unwrap();
        assert_eq!(contract::by_regulatory_number(db, county(), "4101832024B00123").unwrap(), Some(record.clone()));
        assert_eq!(contract::of_parcel(db, county(), ParcelId(county().feature_id(1))).unwrap(), vec![record]);
    });
}

#[test]
fn every_kind_of_event_comes_back_and_names_can_be_erased() {
    both(|pool| {
        let app = county_app(&pool);
        app.create_contract(&person(1), county(), contract_body("合同1号", json!(["Z1"]), json!({"name": "自然人甲"})))
            .unwrap();
        let report = |sent: &Value| {
            app.add_contract_development(&person(1), county(), 1, body::<DevelopmentBody>(sent)).unwrap()
        };
        report(&json!({"kind": "delivered", "on": "2024-03-15", "document_number": "交地1号"}));
        assert!(!report(&json!({"kind": "delivered", "on": "2024-03-15", "document_number": "交地1号"})).is_new);
        let inspection = || -> InspectionBody {
            body(&json!({
                "on": "2025-03-10", "state": "untouched", "findings": "未动工", "signature": "signed",
                "inspectors": [{"name": "核查员甲", "badge": "A1"}, {"name": "核查员乙", "badge": "A2"}],
            }))
        };
        app.add_contract_inspection(&person(1), county(), 1, inspection()).unwrap();
        let claim: CauseBody = body(&json!({
            "cause": "late_delivery", "from": "2024-03-01", "to": "2024-03-15", "explanation": "迟延交地",
        }));
        app.add_contract_cause(&person(1), county(), 1, claim).unwrap();
        let decision = || -> CauseDecisionBody {
            body(&json!({"claim": 3, "accepted": true, "decided_on": "2025-03-20", "reason": "属实"}))
        };
        assert!(app.decide_contract_cause(&person(1), county(), 1, decision()).is_err(), "not by the one who claims");
        app.decide_contract_cause(&person(2), county(), 1, decision()).unwrap();
        let known = app.contract(county(), 1).unwrap();
        assert_eq!((known.events.len(), known.version()), (4, 5));

        let db = &mut *pool.get().unwrap();
        let facts = |on: &str| {
            let db = &mut *pool.get().unwrap();
            idle_facts(db, county(), 1, None, Some(Grounds::NotStarted), Policy::built_in(), day(on)).unwrap()
        };
        let before = facts("2025-03-19");
        assert_eq!((before.idle_from, before.fee_from), (Some(day("2025-03-01")), Some(day("2025-03-01"))));
        let after = facts("2025-03-20");
        // Fifteen days of the year were not the user's own.
        assert_eq!((after.fee_from, after.recovery_from), (Some(day("2025-03-16")), Some(day("2026-03-16"))));
        assert_eq!((after.agreed_start, after.findings.len()), (Some(day("2024-02-29")), 6));
        assert_eq!(after.of_case().fee_from, after.fee_from);

        let named = |app: &App| {
            let record = app.contract(county(), 1).unwrap();
            (record.newest().user_name.is_some(), format!("{:?}", record.events).contains("核查员甲"))
        };
        assert_eq!(named(&app), (true, true));
        let page = JournalPage { at: Place::by_id(0, 100), ..JournalPage::default() };
        let journal = format!("{:?}", app.journal(county(), &page).unwrap());
        assert!(
            journal.contains("addContractInspection") && !journal.contains("核查员甲") && !journal.contains("自然人甲")
        );
        app.erase_contract_persons(&person(1), county(), 1).unwrap();
        assert_eq!(named(&app), (false, false));
        let same = app.add_contract_inspection(&person(1), county(), 1, inspection()).unwrap();
        assert!(!same.is_new, "a name that was erased is not compared");
        assert!(contract::by_id(db, county(), 1).unwrap().is_some());
    });
}

#[test]
fn what_is_due_and_what_is_suspected_follow_from_the_newest_terms() {
    both(|pool| {
        let app = county_app(&pool);
        for number in 1..=3 {
            let sent = contract_body(&format!("合同{number}号"), json!(["Z1"]), company());
            app.create_contract(&person(1), county(), sent).unwrap();
        }
        let started: DevelopmentBody = body(&json!({
            "kind": "started", "on": "2024-05-01", "permit_number": "1", "permitted_on": "2024-04-01",
            "foundation": "pile", "foundation_reached": true,
        }));
        app.add_contract_development(&person(1), county(), 2, started).unwrap();
        let query = WorklistQuery { source: Some(TaskSource::ContractDue), limit: 100, ..WorklistQuery::default() };
        let keys: Vec<String> =
            app.worklist(&person(1), county(), &query).unwrap().items.into_iter().map(|item| item.task.key).collect();
        assert_eq!(keys.len(), 8, "delivery, instalment and start of three, one of which was started: {keys:?}");
        assert!(
            !keys.contains(&"2/start/0/2024-02-29".to_owned()) && keys.contains(&"3/start/0/2024-02-29".to_owned())
        );

        let page = |as_of: &str, after: i64, limit: i64| {
            let page = SuspicionPage { as_of: day(as_of), after, limit, grounds: None, outcome: None };
            let found = app.idle_suspicions(county(), &page).unwrap();
            (found.items.iter().map(|item| item.contract.id).collect::<Vec<_>>(), found.next)
        };
        assert_eq!(page("2025-02-28", 0, 10), (vec![], None), "the last day of the year");
        assert_eq!(page("2025-03-01", 0, 10), (vec![1, 3], None));
        assert_eq!(page("2025-03-01", 0, 1), (vec![1], Some(1)));
        assert_eq!(page("2025-03-01", 1, 1), (vec![3], Some(3)));
        assert_eq!(page("2025-03-01", 3, 1), (vec![], None));
        assert_eq!(page("2023-12-31", 0, 10), (vec![], None), "nothing was signed yet");
    });
}

#[test]
fn a_contract_is_drawn_as_its_parcels_and_says_nothing_of_price_or_user() {
    both(|pool| {
        let app = county_app(&pool);
        app.create_contract(&person(1), county(), contract_body("合同1号", json!(["Z1", "Z2"]), company())).unwrap();
        let db = &mut *pool.get().unwrap();
        let stored = |db: &mut _| feature::stored(db, county(), Layer::Contracts, 0, 10).unwrap().remove(0);
        let drawn = stored(db);
        assert_eq!((drawn.id, drawn.day), (county().feature_id(1), Some(day("2024-01-10"))));
        let both_parcels = drawn.drawn.unwrap().grid.area();
        let text = String::from_utf8(drawn.properties).unwrap();
        assert!(text.contains("合同1号") && !text.contains("4200000") && !text.contains("演示新材料"), "{text}");
        // Another polygon of a parcel is another polygon of its contract.
        app.update_parcel(&person(1), county(), ParcelId(county().feature_id(2)), 1, parcel("Z2", 113.553)).unwrap();
        let moved = stored(db);
        assert_eq!(moved.drawn.unwrap().grid.parts().len(), 2);
        assert!(both_parcels.is_positive());
        let report = features::verify(db, county()).unwrap();
        assert!(report.faults.is_empty(), "{:?}", report.faults);
    });
}
