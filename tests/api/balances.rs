//! Balances over HTTP: on any day, as known at any voucher, in any grouping.

use diesel::prelude::*;
use dizhang::domain::quantity::AreaM2;
use dizhang::storage::db::Db;
use dizhang::storage::schema::{plot, plot_attribute, plot_project, project};
use serde_json::Value;

use crate::support::*;

const PARTS: [&str; 6] =
    ["unsupplied_m2", "supplied_m2", "idle_m2", "recovered_m2", "written_off_m2", "no_supply_needed_m2"];

fn area(value: &Value) -> AreaM2 {
    value.as_str().unwrap().parse().unwrap()
}

/// Townships, causes and projects of some plots.
fn prepare(db: &mut Db) {
    let county = 410_183;
    for serial in 1..=2_i64 {
        diesel::insert_into(project::table)
            .values((
                project::county.eq(county),
                project::id.eq(id(serial)),
                project::code.eq(format!("X{serial}")),
                project::name.eq(format!("演示项目{serial}")),
                project::version.eq(1_i64),
                project::recorded_at.eq(instant("2020-01-01T00:00:00")),
                project::recorded_by.eq(1_i64),
            ))
            .execute(db)
            .unwrap();
    }
    for (plot, of) in [(1, 1), (2, 1), (2, 2)] {
        diesel::insert_into(plot_project::table)
            .values((
                plot_project::county.eq(county),
                plot_project::plot_id.eq(id(plot)),
                plot_project::project_id.eq(id(of)),
            ))
            .execute(db)
            .unwrap();
    }
    let mut attribute = |plot: i64, attribute: &str, from: &str, n: i32, value: Option<&str>| {
        diesel::insert_into(plot_attribute::table)
            .values((
                plot_attribute::county.eq(county),
                plot_attribute::plot_id.eq(id(plot)),
                plot_attribute::attribute.eq(attribute),
                plot_attribute::from_day.eq(from.parse::<chrono::NaiveDate>().unwrap()),
                plot_attribute::n.eq(n),
                plot_attribute::value.eq(value),
                plot_attribute::recorded_at.eq(instant("2020-01-01T00:00:00")),
                plot_attribute::recorded_by.eq(1_i64),
            ))
            .execute(db)
            .unwrap();
    };
    attribute(1, "township", "2020-01-01", 1, Some("410183101"));
    attribute(2, "township", "2020-01-01", 2, Some("410183101"));
    attribute(2, "township", "2022-01-01", 3, Some("410183102"));
    attribute(1, "cause", "2021-01-01", 4, Some("funds"));
    attribute(1, "cause", "2022-01-01", 5, None);
    diesel::update(plot::table.find((county, id(3)))).set(plot::approved_project.eq("甲+乙 工程")).execute(db).unwrap();
}

/// Three plots, 10 000 m² each: the first sold in part and found idle in part, the second written off in part.
fn books(office: &Office) {
    for plot in 1..=3 {
        office.carry(&approve(&format!("land-{plot}"), plot)); // 1, 2, 3
    }
    office.carry(&supply("sale", 1, "2021-03-01", "6000")); // 4
    office.carry(&voucher("idle", "idle_found", "2022-03-01", 1, "supplied", "idle", "1500.5")); // 5
    office.carry(&voucher("off", "written_off", "2022-05-01", 2, "unsupplied", "written_off", "2500")); // 6
    // An act that became known late.
    office.carry(&supply("found", 3, "2020-07-01", "0.25")); // 7
}

fn rows_add_up(table: &Value) {
    let total = &table["total"]["balances"];
    let sum =
        |rows: &[&Value], part: &str| rows.iter().fold(AreaM2::ZERO, |sum, row| sum + area(&row["balances"][part]));
    let rows: Vec<&Value> = table["rows"].as_array().unwrap().iter().collect();
    for part in PARTS.iter().chain(&["approved_net_m2", "first_supply_cumulative_m2"]) {
        assert_eq!(sum(&rows, part), area(&total[part]), "{part}: {table}");
    }
    for row in rows.iter().chain(&[&table["total"]]) {
        let parts = PARTS.iter().fold(AreaM2::ZERO, |sum, part| sum + area(&row["balances"][*part]));
        assert_eq!(parts, area(&row["balances"]["approved_net_m2"]), "the identity: {row}");
    }
}

#[test]
fn a_balance_may_be_asked_for_on_any_day_and_as_known_at_any_voucher() {
    both_with(&[], prepare, |office| {
        books(office);
        let at =
            |query: &str, part: &str| office.balances(query)["total"]["balances"][part].as_str().unwrap().to_owned();
        assert_eq!(at("", "unsupplied_m2"), "21499.7500");
        assert_eq!(at("?as_of=2019-12-31", "approved_net_m2"), "0.0000");
        assert_eq!(at("?as_of=2020-01-01", "unsupplied_m2"), "30000.0000");
        assert_eq!(at("?as_of=2021-02-28", "supplied_m2"), "0.2500");
        assert_eq!(at("?as_of=2021-03-01", "supplied_m2"), "6000.2500");
        assert_eq!(at("?as_of=2022-02-28", "idle_m2"), "0.0000");
        assert_eq!(at("?as_of=2022-03-01", "idle_m2"), "1500.5000");
        assert_eq!(at("?known_seq=6&as_of=2021-02-28", "supplied_m2"), "0.0000");
        assert_eq!(at("?known_seq=0", "approved_net_m2"), "0.0000");
        assert_eq!(at("?known_seq=7", "first_supply_cumulative_m2"), "6000.2500");

        // An instant resolves to the voucher known then, which the answer names.
        let recorded = |seq: i64| {
            let voucher = office.get("viewer", &in_county(&format!("vouchers/{seq}"))).expect(200);
            voucher["recorded_at"].as_str().unwrap().to_owned()
        };
        assert_eq!(office.balances(&format!("?known_at={}", recorded(4)))["known_seq"], 4);
        assert_eq!(office.balances("?known_at=2020-01-01T00:00:00Z")["known_seq"], 0);
        assert_eq!(office.balances("?known_at=2149-01-01T00:00:00%2B08:00")["known_seq"], 7);
        let newest = office.balances("");
        let head = office.get("viewer", &in_county("ledger-head")).expect(200);
        assert_eq!((&newest["known_seq"], &newest["head_seq"]), (&head["seq"], &head["seq"]));
        assert_eq!(newest["head_hash"], head["hash"]);
        assert_eq!(newest["rows"], serde_json::json!([]));
        assert_eq!(newest["total"]["rates"]["idle"]["fraction"], "1500.5000/6000.2500");
        assert_eq!(newest["total"]["rates"]["idle"]["percent"], "25.01");
    });
}

#[test]
fn the_rows_of_every_grouping_add_up_to_the_total_on_every_day() {
    both_with(&[], prepare, |office| {
        books(office);
        let groupings = [
            "approval",
            "approved_project",
            "project",
            "township",
            "year",
            "cause",
            "age",
            "cohort",
            "township,cause",
            "project,approval,year",
            "approval,approved_project,project,township,year,cause,age,cohort",
        ];
        for by in groupings {
            for day in ["2020-01-01", "2021-06-30", "2022-01-01", "2022-12-31"] {
                for known in ["", "&known_seq=5"] {
                    let table = office.balances(&format!("?by={by}&as_of={day}{known}"));
                    rows_add_up(&table);
                    assert!(!table["rows"].as_array().unwrap().is_empty(), "{by} {day}");
                    for group in
                        table["rows"].as_array().unwrap().iter().flat_map(|row| row["group"].as_array().unwrap())
                    {
                        assert!(!group["label"]["zh"].as_str().unwrap().is_empty(), "{group}");
                    }
                }
            }
        }
    });
}

#[test]
fn groups_are_those_of_the_day_and_filters_keep_their_plots_alone() {
    both_with(&[], prepare, |office| {
        books(office);
        let net =
            |query: &str| office.balances(query)["total"]["balances"]["approved_net_m2"].as_str().unwrap().to_owned();
        assert_eq!(net("?township=410183101&as_of=2021-12-31"), "20000.0000");
        assert_eq!(net("?township=410183101&as_of=2022-01-01"), "10000.0000");
        assert_eq!(net("?township=410183102&as_of=2022-01-01"), "10000.0000");
        assert_eq!(net("?cause=funds&as_of=2020-12-31"), "0.0000");
        assert_eq!(net("?cause=funds&as_of=2021-01-01"), "10000.0000");
        assert_eq!(net("?cause=funds&as_of=2022-01-01"), "0.0000");
        assert_eq!(net(&format!("?project={}", id(1))), "20000.0000");
        assert_eq!(net(&format!("?project={}", id(2))), "10000.0000");
        assert_eq!(net(&format!("?project={}&township=410183101", id(2))), "0.0000");
        assert_eq!(net("?approved_project=%E7%94%B2%2B%E4%B9%99%20%E5%B7%A5%E7%A8%8B"), "10000.0000");
        assert_eq!(net("?year=2020"), "30000.0000");
        assert_eq!(net("?year=2021"), "0.0000");
        assert_eq!(net(&format!("?approval={}", id(1))), "30000.0000");
        assert_eq!(net(&format!("?plot={}", id(2))), "10000.0000");
        // Land of two projects stands once, under both of them together.
        let shared = office.balances("?by=project");
        let values: Vec<&str> = shared["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["group"][0]["value"].as_str().unwrap_or("none"))
            .collect();
        let both = format!("{}+{}", id(1), id(2));
        assert_eq!(values.len(), 3, "{values:?}");
        assert!(values.contains(&both.as_str()) && values.contains(&"none"), "{values:?}");
    });
}

#[test]
fn a_wrong_parameter_is_named_and_so_is_every_other() {
    both(|office| {
        let wrong = |query: &str| {
            let problem = office.get("viewer", &in_county(&format!("balances{query}"))).problem(422, "invalid");
            let errors = problem["errors"].as_array().unwrap();
            errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(wrong("?colour=red"), ["?colour"]);
        assert_eq!(wrong("?as_of=2021-01-01&as_of=2021-01-01"), ["?as_of"]);
        assert_eq!(wrong("?as_of=2021-02-29"), ["?as_of"]);
        assert_eq!(wrong("?as_of="), ["?as_of"]);
        assert_eq!(wrong("?known_seq=1.5"), ["?known_seq"]);
        assert_eq!(wrong("?known_seq=-1"), ["?known_seq"]);
        assert_eq!(wrong("?known_seq=1"), ["?known_seq"], "no voucher has this number yet");
        assert_eq!(wrong("?known_at=2021-01-01"), ["?known_at"]);
        assert_eq!(wrong("?known_seq=0&known_at=2021-01-01T00:00:00Z"), ["?known_at"]);
        assert_eq!(wrong("?by=colour"), ["?by"]);
        assert_eq!(wrong("?by=year,year"), ["?by"]);
        assert_eq!(wrong("?by=year&by=cause"), ["?by"]);
        assert_eq!(wrong("?township=x&year=20&plot=0&cause=none"), ["?township", "?year", "?cause", "?plot"]);
        for list in ["vouchers", "proposals"] {
            for query in ["limit=0", "limit=-1", "limit=x", "after=-1", "after=1.0", "state=lost&kind=lost", "x"] {
                office.get("viewer", &in_county(&format!("{list}?{query}"))).problem(422, "invalid");
            }
        }
        office.get("viewer", &in_county("vouchers?late=yes")).problem(422, "invalid");
        office.get("viewer", "/api/v1/policy?on=today&county=1").problem(422, "invalid");
    });
}
