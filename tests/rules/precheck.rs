//! Pre-checks: the rules that only they use, and every remedy tried through the rule it is for.

use dizhang::domain::geometry::check::Limits;
use dizhang::domain::geometry::crs::Zone;
use dizhang::domain::geometry::lonlat::DegreeBox;
use dizhang::domain::input::{self, Reader};
use dizhang::domain::policy::Policy;
use dizhang::domain::precheck::decide::Refused;
use dizhang::domain::precheck::{Asked, PrecheckBody, decide};
use dizhang::domain::reference::{CountyTables, ReferenceTable, Rows, TableKind};
use dizhang::domain::rules::calculation::Refusal;
use dizhang::domain::term::Term;
use dizhang::formats::site_plan;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::run::today;

/// A body that reads, on which cases lay what they are about.
fn base() -> Value {
    json!({
        "county": "410183",
        "on": "2026-06-30",
        "company": {"code": "91512081MA62K0260E", "name": "演示耐火材料企业"},
        "industry": {"code": "C3089", "products": "耐火砖"},
        "land": {"kind": "new", "land_use": "industrial", "area": "20000"},
        "supply": {"method": "flexible", "total_term": "20"},
    })
}

fn tables(given: &Value) -> CountyTables {
    let mut all = Vec::new();
    for (n, kind) in (1..).zip(TableKind::ALL) {
        if let Some(rows) = given.get(kind.as_str()) {
            let rows =
                Rows::read(*kind, rows.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{kind}: {faults:?}"));
            assert_eq!(rows.faults(), []);
            let citation = serde_json::from_value(json!({
                "instrument": {"zh": "演示县目录", "en": "demonstration"}, "provision": {"zh": "附表", "en": "annex"},
            }));
            let in_force = "2026-01-01".parse().unwrap();
            all.push(ReferenceTable { n, in_force, citation: citation.unwrap(), verified: true, rows });
        }
    }
    CountyTables::on(all, today())
}

/// A case: members laid over the base, `tables` that the county has loaded, and `without` members taken away.
pub fn decided(given: &[u8]) -> Result<Value, Refusal> {
    let Value::Object(given) = serde_json::from_slice(given).unwrap() else { panic!("a case is an object") };
    let mut body = base();
    let mut loaded = json!({});
    for (name, value) in given {
        match name.as_str() {
            "tables" => loaded = value,
            "without" => {
                for name in value.as_array().unwrap() {
                    body.as_object_mut().unwrap().remove(name.as_str().unwrap());
                }
            }
            _ => body[&name] = value,
        }
    }
    run(&body, &tables(&loaded))
}

fn run(body: &Value, tables: &CountyTables) -> Result<Value, Refusal> {
    let bytes = body.to_string().into_bytes();
    let limits =
        Limits { extent: DegreeBox::of_degrees(113.0, 34.0, 114.0, 35.0), zone: Zone::new(38), vertices_max: 5000 };
    let mut reader = Reader::default();
    let plan = site_plan::read(&bytes, &limits, &mut reader);
    let flaws = reader.into_faults();
    let read = input::read::<PrecheckBody>(&bytes).map_err(Refusal::Fields)?;
    if !flaws.is_empty() {
        return Err(Refusal::Fields(flaws));
    }
    let asked = Asked { body: &read, plan: &plan, tables, offer: None, policy: Policy::built_in(), on: today() };
    match decide(asked) {
        Ok(answer) => Ok(serde_json::to_value(answer).unwrap()),
        Err(Refused { not_in_force: Some(missing), .. }) => Err(Refusal::NotInForce(*missing)),
        Err(Refused { faults, .. }) => Err(Refusal::Fields(faults)),
    }
}

fn outcome_of(body: &Value, tables: &CountyTables, finding: &Value) -> String {
    match run(body, tables) {
        Err(Refusal::Fields(faults)) => format!("refused: {faults:?}"),
        Err(refusal) => panic!("{refusal:?}"),
        Ok(answer) => {
            let same = |other: &&Value| other["rule"] == finding["rule"] && other["aspect"] == finding["aspect"];
            let found = answer["findings"].as_array().unwrap().iter().find(same);
            found.map_or("gone".to_owned(), |found| found["outcome"].as_str().unwrap().to_owned())
        }
    }
}

/// Puts a figure where a change says.
fn put(body: &mut Value, pointer: &str, value: Value) {
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    match body.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}")) {
        Value::Array(items) => items[member.parse::<usize>().unwrap()] = value,
        parent => parent[member] = value,
    }
}

/// The figure of a change one smallest unit nearer to what it was.
fn one_less(change: &Value) -> String {
    let text = |member: &str| change[member].as_str().unwrap();
    let back = if change["direction"] == "increase" { -1 } else { 1 };
    if change["unit"] == "month" {
        let months = i64::from(text("to").parse::<Term>().unwrap().months()) + back;
        return Term::from_months(u32::try_from(months).unwrap()).unwrap().to_string();
    }
    let decimal = |member: &str| text(member).parse::<rust_decimal::Decimal>().unwrap();
    (decimal("to") + decimal("step") * rust_decimal::Decimal::from(back)).normalize().to_string()
}

/// Holds every remedy of an answer to its word; gives how many there were.
fn remedies_keep_their_word(body: &Value, tables: &CountyTables) -> usize {
    let Ok(answer) = run(body, tables) else { return 0 };
    let mut tried = 0;
    for finding in answer["findings"].as_array().unwrap() {
        for remedy in finding["remedies"].as_array().into_iter().flatten() {
            let changes = remedy["changes"].as_array().unwrap();
            assert!(!changes.is_empty(), "{remedy:#}");
            let (mut followed, mut short) = (body.clone(), body.clone());
            for change in changes {
                let pointer = change["pointer"].as_str().unwrap();
                put(&mut followed, pointer, change["to"].clone());
                put(&mut short, pointer, one_less(change).into());
                // What is told is the difference between the two figures.
                if change["unit"] != "month" {
                    let decimal =
                        |member: &str| change[member].as_str().unwrap().parse::<rust_decimal::Decimal>().unwrap();
                    assert_eq!((decimal("to") - decimal("from")).abs(), decimal("by"), "{change:#}");
                }
            }
            assert_eq!(outcome_of(&followed, tables, finding), "pass", "followed: {remedy:#} of {finding:#} in {body}");
            assert_ne!(outcome_of(&short, tables, finding), "pass", "one less: {remedy:#} of {finding:#} in {body}");
            tried += 1;
        }
    }
    tried
}

/// Holds `law` against values of the strategy; gives the sum of what it counts.
fn for_all<S: Strategy>(cases: u32, strategy: S, law: impl Fn(S::Value) -> usize) -> usize {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let count = std::cell::Cell::new(0);
    let outcome = runner.run(&strategy, |value| {
        count.set(count.get() + law(value));
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    count.get()
}

fn text(units: u32, scale: u32) -> String {
    dizhang::domain::exact::decimal_text(units.into(), scale)
}

#[test]
fn every_remedy_of_floor_area_totals_passes_and_one_unit_less_does_not() {
    let area = || (1..3_000_000_u32, 0..3_u32);
    let strategy = (area(), area(), area(), 2..=4_u32, 0..400_000_u32);
    let tried = for_all(40, strategy, |(dominant, admin, other, scale, own)| {
        let figures = |(units, factor): (u32, u32)| json!({"actual_m2": text(units, scale), "counted_m2": text(units * factor, scale)});
        let mut body = base();
        body["programme"] = json!({
            "uses": {"dominant": figures(dominant), "admin_living": figures(admin), "other_ancillary": figures(other)},
            "admin_living_land": text(own, scale), "base_m2": text(dominant.0 / 3, scale), "green_m2": text(own * 2, scale),
        });
        body["conditions"] = json!({"floor_area_ratio_min": "0.5", "floor_area_ratio_max": "1.1", "building_density_max": "0.4", "green_ratio_max": "0.15"});
        remedies_keep_their_word(&body, &CountyTables::default())
    });
    assert!(tried > 100, "{tried}");
}

#[test]
fn every_remedy_of_buildings_passes_and_one_unit_less_does_not() {
    /// Use, hundredths of a square metre, tenths of a metre, how many alike.
    type Storey = (usize, u32, u32, u32);
    let storey = || (0..3_usize, 1..600_000_u32, 30..120_u32, 1..4_u32);
    let building = || (prop::collection::vec(storey(), 1..4), 1..800_000_u32, 50..400_u32);
    let tried = for_all(50, prop::collection::vec(building(), 1..4), |buildings| {
        let of = |(at, (storeys, land, height)): (usize, (Vec<Storey>, u32, u32))| {
            let storeys: Vec<Value> = storeys
                .into_iter()
                .map(|(r#use, area, high, count)| {
                    let r#use = ["dominant", "admin_living", "other_ancillary"][r#use];
                    json!({"use": r#use, "area_m2": text(area, 2), "height_m": text(high, 1), "count": count})
                })
                .collect();
            json!({"name": format!("{at} 号楼"), "storeys": storeys, "land_m2": text(land, 2), "height_m": text(height, 1)})
        };
        let mut body = base();
        let buildings: Vec<Value> = buildings.into_iter().enumerate().map(of).collect();
        body["programme"] = json!({"buildings": buildings});
        body["conditions"] =
            json!({"floor_area_ratio_min": "0.9", "floor_area_ratio_max": "1.2", "height_max_m": "24"});
        remedies_keep_their_word(&body, &CountyTables::default())
    });
    assert!(tried > 80, "{tried}");
}

#[test]
fn every_remedy_of_terms_passes_and_one_month_less_does_not() {
    let strategy = (0..4_usize, 1..720_u32, 1..720_u32, prop::option::of((1..240_u32, 1..400_000_u32)));
    let tried = for_all(250, strategy, |(method, lease, more, rent)| {
        let method = ["flexible", "lease_then_transfer", "long_lease", "mixed_lease_transfer"][method];
        let months = |months: u32| Term::from_months(months).unwrap().to_string();
        let mut supply = json!({"method": method, "total_term": months(lease + more)});
        match method {
            "lease_then_transfer" => supply["lease_term"] = json!(months(lease)),
            "mixed_lease_transfer" => supply["lease_term"] = json!(months(lease)),
            "long_lease" if more % 2 == 0 => supply["lease_term"] = json!(months(lease + more)),
            _ => {}
        }
        if let Some((every, rise)) = rent.filter(|_| matches!(method, "long_lease" | "mixed_lease_transfer")) {
            supply["rent_adjustment"] = json!({"every": months(every), "rise": text(rise, 6)});
        }
        let mut body = base();
        body["supply"] = supply;
        remedies_keep_their_word(&body, &CountyTables::default())
    });
    assert!(tried > 100, "{tried}");
}

#[test]
fn every_remedy_of_standard_land_and_of_a_typed_price_passes_and_one_unit_less_does_not() {
    let tables = tables(&json!({"standard_land": [
        {"indicator": "investment_intensity", "bound": "min", "value": "300", "unit": "万元/亩"},
        {"indicator": "energy_intensity", "bound": "max", "value": "0.25", "unit": "吨标准煤/万元"},
        {"indicator": "floor_area_ratio", "bound": "min", "value": "0.9", "unit": "1"},
        {"indicator": "building_coefficient", "industry_code": "C30", "bound": "min", "value": "0.45", "unit": "1"},
    ]}));
    let strategy = (1..6_000_000_u32, 1..10_000_u32, 1..2_500_000_u32, 1..9_000_000_u32, 1..=15_u32);
    let tried = for_all(12, strategy, |(investment, energy, floor, price, grade)| {
        let mut body = base();
        let area = json!({"actual_m2": text(floor, 2), "counted_m2": text(floor, 2)});
        let none = json!({"actual_m2": "0", "counted_m2": "0"});
        body["programme"] = json!({
            "uses": {"dominant": area, "admin_living": none, "other_ancillary": none}, "base_m2": text(floor / 4, 2),
        });
        body["standard_land"] = json!({"commitment": true, "indicators": [
            {"indicator": "investment_intensity", "value": text(investment, 4)},
            {"indicator": "energy_intensity", "value": text(energy, 4)},
        ]});
        body["price"] = json!({"max_term_unit_price": text(price, 4), "rate": "0.06", "grade": grade});
        remedies_keep_their_word(&body, &tables)
    });
    assert!(tried > 12, "{tried}");
}

/// The sentence that the brief of the page gives: 4,000 m² of other ancillary use in 31,000 m² is within 15 %, 5,000 is not.
#[test]
fn cutting_ancillary_floor_area_also_cuts_the_total_it_is_a_share_of() {
    let area = |m2: &str| json!({"actual_m2": m2, "counted_m2": m2});
    let mut body = base();
    body["programme"] =
        json!({"uses": {"dominant": area("15000"), "admin_living": area("0"), "other_ancillary": area("3000")}});
    let answer = run(&body, &CountyTables::default()).unwrap();
    let finding = crate::run::finding(&answer, "floor_area.ancillary", None);
    // (3000 − x) ÷ (18000 − x) ≤ 0.15 from x = 352.941176… on.
    assert_eq!(
        finding["remedies"][0]["message"]["en"],
        "reduce the floor area of the other ancillary use, actual and counted, by 352.95 m²"
    );
    // (3000 − x) ÷ 18000 ≤ 0.15 from x = 300 on.
    assert_eq!(finding["remedies"][1]["changes"][0]["by"], "300.00");
}

fn square(east: f64, north: f64, side: f64) -> Value {
    let (w, s) = (113.55 + east, 34.6 + north);
    json!({"type": "Polygon", "coordinates": [[[w, s], [w + side, s], [w + side, s + side], [w, s + side], [w, s]]]})
}

#[test]
fn a_building_outside_the_parcel_or_on_another_is_refused_by_its_place_and_shown() {
    let storey = json!([{"use": "dominant", "area_m2": "100", "height_m": "6"}]);
    let building = |name: &str, footprint: Value| json!({"name": name, "storeys": storey, "footprint": footprint});
    let mut body = base();
    body["land"] = json!({"kind": "new", "land_use": "industrial", "polygon": square(0.0, 0.0, 0.002)});
    let inside = building("一号", square(0.0002, 0.0002, 0.0005));
    body["programme"] = json!({"buildings": [inside, building("二号", square(0.001, 0.001, 0.0005))]});
    let answer = run(&body, &CountyTables::default()).unwrap();
    assert_eq!(crate::run::finding(&answer, "floor_area.geometry", Some("footprints"))["outcome"], "pass");
    assert_eq!(answer["land"]["polygon_m2"], answer["land"]["area_m2"]);

    body["programme"]["buildings"][1]["footprint"] = square(0.0018, 0.001, 0.0005);
    body["programme"]["buildings"][0]["footprint"] = square(0.0017, 0.0012, 0.0002);
    match run(&body, &CountyTables::default()) {
        Err(Refusal::Fields(faults)) => {
            let at: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
            assert_eq!(at, ["/programme/buildings/1/footprint", "/programme/buildings/1/footprint"]);
            assert!(faults[0].message.zh.contains("超出宗地") && faults[1].message.zh.contains("重叠"), "{faults:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_rule_passes_for_want_of_a_table_or_a_figure() {
    let answer = run(&base(), &CountyTables::default()).unwrap();
    for rule in ["supply.catalogue", "supply.standard_land"] {
        assert_eq!(crate::run::finding(&answer, rule, None)["outcome"], "needs_review", "{rule}");
    }
    assert_eq!(answer["tables"], json!([]));
    assert_eq!(answer["notice"]["zh"], "自查结果,不构成审批或供地承诺");
}

#[test]
fn industry_codes_are_found_by_code_and_by_words_and_loaded_ones_join_the_shipped() {
    let tables = tables(&json!({"industry_codes": [
        {"code": "C3089", "name": "耐火陶瓷制品及其他耐火材料制造"}, {"code": "B06", "name": "煤炭开采和洗选业"},
    ]}));
    let codes = |words: &str| tables.search(words, 50).into_iter().map(|found| found.code).collect::<Vec<_>>();
    assert_eq!(codes("耐火"), ["C3089"]);
    assert_eq!(codes("c30"), ["C30", "C3089"]);
    assert_eq!(codes("B06"), ["B06"]);
    assert!(codes("").len() > 40);
    let industry = |code: &str| tables.industry(&code.parse().unwrap());
    assert_eq!(industry("3089").unwrap().name.as_deref(), Some("耐火陶瓷制品及其他耐火材料制造"));
    assert_eq!(industry("B0610").unwrap().division_name, "煤炭开采和洗选业");
    assert!(industry("A3089").unwrap_err().zh.contains("门类 C"));
    assert!(industry("99").unwrap_err().zh.contains("99"));
    assert!(CountyTables::default().industry(&"B06".parse().unwrap()).is_err());
}
