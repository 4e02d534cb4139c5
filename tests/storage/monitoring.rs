//! Exports of the monitoring system at rest, and the three lists over more supplies than one query reads, on both databases.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use dizhang::app::App;
use dizhang::app::clock::FixedClock;
use dizhang::app::reconciliation::DifferenceFilter;
use dizhang::domain::input::read;
use dizhang::domain::monitoring::{ComparedField, Figure, MonitoredSupply, SupplyKey};
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::reconciliation::{ComparedWith, Difference, DifferenceKind, DifferenceStatus, Figures};
use dizhang::domain::region::UserId;
use dizhang::storage::db::Db;
use dizhang::storage::monitoring::{self as rows, MonitoringSnapshot, StoredSupply};
use dizhang::storage::schema::{
    balance, contract, contract_parcel, contract_version, parcel, plot, voucher, voucher_line,
};
use serde_json::json;

use crate::price_bases::{begun, now, writing};
use crate::support::{both, county};

/// More than twice what one query reads.
const SUPPLIES: i64 = 1100;
/// A hectare in square centimetres.
const HECTARE: i64 = 1_0000_0000;

fn number(serial: i64) -> String {
    format!("4101832021B{serial:05}")
}

fn supply(serial: i64, hectares: &str) -> StoredSupply {
    let body = json!({
        "number": number(serial), "area": {"value": hectares, "unit": "ha"}, "signed_on": "2021-03-05", "state": "supplied",
        "method": "listing", "land_use": "工业用地", "price": "1500000.50", "project_name": "演示", "location": "牛店镇",
        "land_source": "新增建设用地", "term": "50年", "industry": "C34", "grade": "六级", "authority": "演示市",
        "handover_by": "2021-04-05", "start_by": "2021-10-05", "finish_by": "2023-10-05", "started_on": "2021-09-01"
    });
    let contents: MonitoredSupply = read(body.to_string().as_bytes()).unwrap();
    StoredSupply { sheet_row: serial + 1, contents }
}

fn snapshot(n: i64, as_of: &str, supplies: &[StoredSupply]) -> MonitoringSnapshot {
    MonitoringSnapshot {
        n,
        as_of: as_of.parse().unwrap(),
        sha256: [u8::try_from(n).unwrap(); 32],
        byte_size: 1234,
        rows: i64::try_from(supplies.len()).unwrap(),
        area: supplies.iter().map(|supply| supply.contents.area.get().m2()).sum::<AreaM2>(),
        imported_by: UserId(2),
        imported_at: now(),
    }
}

/// A plot whose hectare was supplied by one voucher to one parcel that bears the number.
fn supplied(db: &mut Db, serial: i64) {
    let (of, id) = (county().number(), county().feature_id(serial));
    let code = format!("P{serial}");
    diesel::insert_into(plot::table)
        .values((
            (plot::county.eq(of), plot::id.eq(id), plot::code.eq(&code), plot::origin.eq("existing_state_land")),
            (plot::recorded_cm2.eq(HECTARE), plot::stated_value.eq("1"), plot::stated_unit.eq("ha")),
            (plot::geometry_version.eq(0), plot::version.eq(1_i64), plot::changed_no.eq(1_i64)),
            (plot::recorded_at.eq(now()), plot::recorded_by.eq(1_i64)),
        ))
        .execute(db)
        .unwrap();
    diesel::insert_into(parcel::table)
        .values((
            (parcel::county.eq(of), parcel::id.eq(id), parcel::code.eq(&code)),
            parcel::regulatory_number.eq(number(serial)),
            (parcel::recorded_cm2.eq(HECTARE), parcel::stated_value.eq("1"), parcel::stated_unit.eq("ha")),
            (parcel::geometry_version.eq(0), parcel::version.eq(1_i64)),
            (parcel::recorded_at.eq(now()), parcel::recorded_by.eq(1_i64)),
        ))
        .execute(db)
        .unwrap();
    diesel::insert_into(balance::table)
        .values((
            (balance::county.eq(of), balance::account.eq("supplied")),
            (balance::plot_id.eq(id), balance::parcel_id.eq(id), balance::area_cm2.eq(HECTARE)),
        ))
        .execute(db)
        .unwrap();
    let day: chrono::NaiveDate = "2021-03-05".parse().unwrap();
    diesel::insert_into(voucher::table)
        .values((
            (voucher::county.eq(of), voucher::seq.eq(serial), voucher::client_id.eq(&code), voucher::kind.eq("supply")),
            (voucher::effective_on.eq(day), voucher::recorded_at.eq(now()), voucher::proposer_id.eq(2_i64)),
            (voucher::method.eq("listing"), voucher::attachments.eq("[]"), voucher::flags.eq("[]")),
            (voucher::is_historical.eq(false), voucher::is_late.eq(false), voucher::hash.eq(vec![0_u8; 32])),
        ))
        .execute(db)
        .unwrap();
    diesel::insert_into(voucher_line::table)
        .values((
            (voucher_line::county.eq(of), voucher_line::seq.eq(serial), voucher_line::line.eq(0)),
            (voucher_line::kind.eq("supply"), voucher_line::effective_on.eq(day), voucher_line::area_cm2.eq(HECTARE)),
            (voucher_line::from_account.eq("unsupplied"), voucher_line::from_plot.eq(id)),
            (voucher_line::to_account.eq("supplied"), voucher_line::to_plot.eq(id), voucher_line::to_parcel.eq(id)),
        ))
        .execute(db)
        .unwrap();
}

#[test]
fn an_export_is_read_back_row_by_row_and_cannot_be_changed() {
    both(|pool| {
        begun(&pool);
        let supplies: Vec<StoredSupply> = (1..=SUPPLIES).map(|serial| supply(serial, "0.12345678")).collect();
        let first = snapshot(1, "2026-10-31", &supplies);
        let older = snapshot(2, "2025-12-31", &supplies[..1]);
        let same_day = snapshot(3, "2026-10-31", &[]);
        writing(&pool, |db| {
            assert_eq!(rows::newest(db, county()).unwrap(), None);
            rows::insert(db, county(), &first, &supplies).unwrap();
            rows::insert(db, county(), &older, &supplies[..1]).unwrap();
            assert_eq!(rows::newest(db, county()).unwrap(), Some(first.clone()), "the later day holds");
            rows::insert(db, county(), &same_day, &[]).unwrap();
            assert_eq!(rows::newest(db, county()).unwrap(), Some(same_day.clone()), "of one day the last imported");
        });
        let db = &mut *pool.get().unwrap();
        assert_eq!(rows::all(db, county()).unwrap(), [first.clone(), older, same_day]);
        assert_eq!(rows::by_n(db, county(), 1).unwrap(), Some(first));
        assert_eq!(rows::by_n(db, county(), 4).unwrap(), None);
        let mut read: Vec<StoredSupply> = Vec::new();
        loop {
            let after: Option<SupplyKey> = read.last().map(|last| SupplyKey::from(&last.contents.number));
            let page = rows::page(db, county(), 1, after, 300).unwrap();
            if page.is_empty() {
                break;
            }
            read.extend(page);
        }
        assert_eq!(read, supplies);
        for change in [
            "UPDATE monitoring_snapshot SET row_count = 0",
            "DELETE FROM monitoring_snapshot",
            "UPDATE monitoring_supply SET area_cm2 = 0",
            "DELETE FROM monitoring_supply",
        ] {
            db.batch_execute(change).unwrap_err();
        }
    });
}

#[test]
fn each_supply_stands_in_one_list_at_most_whatever_the_size_of_the_page() {
    both(|pool| {
        begun(&pool);
        let app = App::new(pool.clone(), Box::new(FixedClock(now()))).unwrap();
        let filter =
            |kind| DifferenceFilter { kind, with: Some(ComparedWith::Monitoring), ..DifferenceFilter::default() };
        // In turn: ours alone, theirs alone, both alike, both of another area.
        let theirs: Vec<StoredSupply> = (1..=SUPPLIES)
            .filter(|serial| serial % 4 != 0)
            .map(|serial| supply(serial, if serial % 4 == 3 { "1.0001" } else { "1.00005" }))
            .collect();
        writing(&pool, |db| {
            (1..=SUPPLIES).filter(|serial| serial % 4 != 1).for_each(|serial| supplied(db, serial));
        });
        assert_eq!(app.differences(county(), &filter(None), None, 10).unwrap(), [], "no export yet");
        writing(&pool, |db| rows::insert(db, county(), &snapshot(1, "2026-10-31", &theirs), &theirs).unwrap());
        let keys = |kind, size: usize| {
            let mut all: Vec<Difference> = Vec::new();
            loop {
                let page = app.differences(county(), &filter(kind), all.last().copied(), size).unwrap();
                all.extend(page.iter().map(|row| row.difference));
                if page.len() < size {
                    return all;
                }
            }
        };
        let all = keys(None, 2000);
        assert!(all.is_sorted());
        assert_eq!(all.len() as i64, SUPPLIES * 3 / 4);
        for size in [97, 500] {
            assert!(keys(None, size) == all, "{size}");
        }
        let expected = |kind: DifferenceKind, rest: i64| -> Vec<String> {
            (1..=SUPPLIES)
                .filter(|serial| serial % 4 == rest)
                .map(|serial| format!("{kind}-{}", number(serial)))
                .collect()
        };
        for (kind, rest) in [
            (DifferenceKind::MonitoringLacks, 0),
            (DifferenceKind::MonitoringOnly, 1),
            (DifferenceKind::MonitoringDiffers, 3),
        ] {
            let found: Vec<String> = keys(Some(kind), 100).iter().map(ToString::to_string).collect();
            assert!(found == expected(kind, rest), "{kind}: {}", found.len());
        }
        let counts = app.count_differences(county(), &filter(None)).unwrap();
        assert!(counts.iter().all(|((_, status), count)| *status == DifferenceStatus::Open && *count == SUPPLIES / 4));
        // The tolerance is half a square metre: 1.00005 公顷 is on it, 1.0001 beyond.
        let row = &app.differences(county(), &filter(Some(DifferenceKind::MonitoringDiffers)), None, 1).unwrap()[0];
        let figures = row.figures.as_ref().unwrap();
        assert_eq!(figures.difference().unwrap().to_string(), "1.0000");
        assert_eq!(row.facts.as_ref().unwrap().place.as_ref().unwrap().plot_code, "P3");
    });
}

/// The contract of a supply, which asks for a price and bears the number itself or is known by its parcel alone.
fn contract(db: &mut Db, serial: i64, bears_number: bool, price: &str) {
    let of = county().number();
    let (parcel, day) = (county().feature_id(serial), "2021-03-05".parse::<chrono::NaiveDate>().unwrap());
    let number = bears_number.then(|| number(serial));
    let terms = json!({
        "regulatory_number": number, "land_use": "工业用地", "area_m2": "10000", "term": "20", "price_yuan": price
    });
    diesel::insert_into(contract::table)
        .values((
            (contract::county.eq(of), contract::id.eq(serial), contract::kind.eq("grant")),
            (contract::number.eq(format!("演示{serial}")), contract::signed_on.eq(day)),
            (contract::regulatory_number.eq(number), contract::land_use.eq("工业用地")),
            (contract::area_cm2.eq(HECTARE), contract::version.eq(1_i64)),
            (contract::recorded_at.eq(now()), contract::recorded_by.eq(1_i64)),
        ))
        .execute(db)
        .unwrap();
    diesel::insert_into(contract_version::table)
        .values((
            (contract_version::county.eq(of), contract_version::contract_id.eq(serial), contract_version::n.eq(1_i64)),
            (contract_version::change.eq("original"), contract_version::effective_on.eq(day)),
            (contract_version::parcels.eq(parcel.to_string()), contract_version::terms.eq(terms.to_string())),
            (contract_version::recorded_at.eq(now()), contract_version::recorded_by.eq(1_i64)),
        ))
        .execute(db)
        .unwrap();
    diesel::insert_into(contract_parcel::table)
        .values((
            contract_parcel::county.eq(of),
            contract_parcel::parcel_id.eq(parcel),
            contract_parcel::contract_id.eq(serial),
        ))
        .execute(db)
        .unwrap();
}

#[test]
fn the_price_of_the_contract_is_held_against_that_of_the_system() {
    both(|pool| {
        begun(&pool);
        let app = App::new(pool.clone(), Box::new(FixedClock(now()))).unwrap();
        // The system says 1500000.50 of each; the last has no contract.
        let theirs: Vec<StoredSupply> = (1..=5).map(|serial| supply(serial, "1")).collect();
        writing(&pool, |db| {
            (1..=5).for_each(|serial| supplied(db, serial));
            for (serial, bears_number, price) in
                [(1, true, "1500000.50"), (2, true, "1500050.50"), (3, false, "1500050.51"), (4, true, "1400000")]
            {
                contract(db, serial, bears_number, price);
            }
            rows::insert(db, county(), &snapshot(1, "2026-10-31", &theirs), &theirs).unwrap();
        });
        let filter = DifferenceFilter { with: Some(ComparedWith::Monitoring), ..DifferenceFilter::default() };
        let found = app.differences(county(), &filter, None, 100).unwrap();
        let prices: Vec<(String, String, String)> = found
            .iter()
            .map(|row| {
                let Some(Figures::Supply(compared)) = &row.figures else { panic!("{row:?}") };
                let differing: Vec<_> = compared.iter().filter(|row| row.differs == Some(true)).collect();
                let [price] = differing[..] else { panic!("{differing:?}") };
                assert_eq!(price.field, ComparedField::Price);
                let said = |side: &Option<Figure>| side.as_ref().unwrap().to_string();
                (row.difference.to_string(), said(&price.ours), said(&price.theirs))
            })
            .collect();
        let expected = |serial, ours: &str| {
            (format!("monitoring_differs-{}", number(serial)), ours.to_owned(), "1500000.50".to_owned())
        };
        assert_eq!(prices, [expected(3, "1500050.51"), expected(4, "1400000.00")]);
    });
}
