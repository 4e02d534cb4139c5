//! The worked cases that were calculated independently, run unchanged.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Days;
use dizhang::domain::area::{AreaUnit, GivenArea};
use dizhang::domain::calendar::year_ends_on;
use dizhang::domain::codes::CreditCode;
use dizhang::domain::exact::{Fraction, Rounding, big, decimal_text, round_big};
use dizhang::domain::input;
use dizhang::domain::rules::price::discount::term_factor;
use dizhang::domain::term::Term;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::run::{answer, calculate, day, finding};

const ON: &str = "2026-06-30";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/shared_cases")
}

/// The cases of a file: what is given and what must come out.
fn cases(file: &str) -> Vec<(Value, Value)> {
    let text = fs::read_to_string(folder().join(file)).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(!cases.is_empty(), "{file} holds cases");
    cases.into_iter().map(|mut case| (case["in"].take(), case["out"].take())).collect()
}

fn decimal(value: &Value) -> Decimal {
    value.as_str().unwrap_or_else(|| panic!("{value} is a string")).parse().unwrap()
}

#[test]
fn the_copies_are_those_that_were_handed_over() {
    let Ok(given) = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases")) else { return };
    for entry in given {
        let entry = entry.unwrap();
        let copy = folder().join(entry.file_name());
        assert_eq!(fs::read(entry.path()).unwrap(), fs::read(&copy).unwrap(), "{} differs", copy.display());
    }
}

#[test]
fn the_floor_of_a_flexible_term_grant_is_the_price_times_the_ratio_of_the_terms() {
    for (given, out) in cases("flexible_term.json") {
        let body = json!({
            "on": ON, "land_use": "industrial", "area": given["area_m2"], "term": given["term_years"],
            "max_term_unit_price": given["max_term_unit_price_yuan_per_m2"], "max_term": given["max_term_years"],
        });
        let answer = answer("flexible_price", &body);
        assert_eq!(answer["year_ratio"], out["year_ratio"], "{given}");
        assert_eq!(answer["unit_price_floor"], out["unit_price_floor_yuan_per_m2"], "{given}");
        assert_eq!(answer["total_price_floor"], out["total_price_floor_yuan"], "{given}");
    }
}

#[test]
fn payments_are_restored_to_the_maximum_term_and_rounded_down() {
    for (given, out) in cases("restored_price.json") {
        let months = |payment: &Value| payment["years_from_signing"].as_u64().unwrap() * 12;
        let payments: Vec<Value> = given["payments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|payment| json!({"months": months(payment), "amount_per_m2": payment["yuan_per_m2_exact"]}))
            .collect();
        let years = |value: &Value| value.to_string();
        let body = json!({
            "on": ON, "land_use": "industrial", "total_term": years(&given["total_term_years"]),
            "max_term": years(&given["max_term_years"]), "rate": given["rate"], "payments": payments,
        });
        let answer = answer("national_minimum", &body);
        assert_eq!(answer["present_value_per_m2"], out["present_value_yuan_per_m2_4dp"], "{given}");
        assert_eq!(answer["restored_unit_price"], out["restored_to_max_term_yuan_per_m2_rounded_down"], "{given}");
    }
}

#[test]
fn the_factor_of_the_terms_is_that_of_the_code_for_valuation() {
    for (given, out) in cases("appraisal_reference.json") {
        let years = |name: &str| given[name].to_string();
        let price = decimal(&given["max_term_unit_price_yuan_per_m2"]);
        let linear = price * Decimal::from(given["term_years"].as_i64().unwrap())
            / Decimal::from(given["max_term_years"].as_i64().unwrap());
        let rate = &given["capitalization_rate"];
        let body = json!({
            "on": ON, "land_use": "industrial", "total_term": years("term_years"), "max_term": years("max_term_years"),
            "rate": rate, "grade": 9, "payments": [{"months": 0, "amount_per_m2": linear.normalize().to_string()}],
        });
        let answer = answer("national_minimum", &body);
        assert_eq!(answer["term_factor"], out["k"], "{given}");
        assert_eq!(given["national_minimum_yuan_per_m2"], "204", "which is grade 9");
        // A rate below the deposit rate restores nothing lawfully; the figures are the same.
        if decimal(rate) >= decimal(&json!("0.0475")) {
            let reaches = out["restored_reaches_minimum"].as_bool().unwrap();
            assert_eq!(answer["outcome"], if reaches { "pass" } else { "fail" }, "{given}");
        }
        let term = |name: &str| years(name).parse::<Term>().unwrap();
        let rate = rate.as_str().unwrap().parse().unwrap();
        let factor = term_factor(rate, term("term_years"), term("max_term_years"));
        let appraised = big(Fraction::from(price)) * &factor;
        let nearest = |exact| decimal_text(round_big(exact, 2, Rounding::HalfUp).unwrap(), 2);
        assert_eq!(nearest(&appraised), out["appraised_unit_price_yuan_per_m2"], "{given}");
        // These references are rounded to the nearest fen; what we restore is rounded down.
        let restored = big(Fraction::from(linear)) / &factor;
        assert_eq!(nearest(&restored), out["linear_floor_restored_to_max_term_yuan_per_m2"], "{given}");
        let down = decimal_text(round_big(&restored, 2, Rounding::Down).unwrap(), 2);
        assert_eq!(answer["restored_unit_price"], down, "{given}");
    }
}

#[test]
fn lease_then_transfer_splits_the_flexible_floor_of_both_terms() {
    for (given, out) in cases("lease_then_transfer.json") {
        let body = json!({
            "on": ON, "land_use": "industrial", "area": given["area_m2"], "lease_term": given["lease_years"],
            "transfer_term": given["transfer_years"], "max_term": given["max_term_years"],
            "max_term_unit_price": given["max_term_unit_price_yuan_per_m2"],
        });
        let split = answer("lease_then_transfer_price", &body);
        assert_eq!(split["lease_rent_total"], out["lease_rent_total_yuan"], "{given}");
        assert_eq!(split["annual_rent"], out["annual_rent_yuan"], "{given}");
        assert_eq!(split["annual_rent_per_m2"], out["annual_rent_yuan_per_m2"], "{given}");
        assert_eq!(split["transfer_price_floor"], out["transfer_price_floor_yuan"], "{given}");
        let body = json!({
            "on": ON, "land_use": "industrial", "area": given["area_m2"],
            "term": out["exact_sum_equals_flexible_of_years"], "max_term": given["max_term_years"],
            "max_term_unit_price": given["max_term_unit_price_yuan_per_m2"],
        });
        assert_eq!(split["total_ratio"], answer("flexible_price", &body)["year_ratio"], "{given}");
    }
}

#[test]
fn the_limits_of_the_terms_hold() {
    for (given, out) in cases("term_limits.json") {
        let mut body = Map::new();
        body.insert("on".into(), ON.into());
        body.insert("method".into(), given["method"].clone());
        body.insert("land_use".into(), given["land_use"].clone());
        body.insert("lease_term".into(), given["lease_years"].clone());
        body.insert("total_term".into(), given["total_years"].clone());
        let body = Value::Object(body).to_string();
        let outcome = match calculate("term", body.as_bytes()) {
            Ok(answer) => answer["outcome"].clone(),
            Err(_) => json!("invalid_input"),
        };
        assert_eq!(outcome, out["outcome"], "{given}");
    }
}

#[test]
fn the_tests_of_the_floor_area_hold() {
    for (given, out) in cases("floor_area.json") {
        let body = json!({
            "on": ON, "uses": given["uses"], "parcel_area": given["parcel_area_m2"],
            "admin_living_land": given["admin_living_land_m2"],
        });
        let answer = answer("floor_area", &body);
        for (ours, theirs) in [
            ("total_actual_m2", "total_actual_m2"),
            ("total_counted_m2", "total_counted_m2"),
            ("admin_living_floor_excess_m2", "admin_living_floor_excess_actual_m2"),
            ("other_ancillary_counted_m2", "other_ancillary_incl_excess_counted_m2"),
        ] {
            assert_eq!(decimal(&answer[ours]), decimal(&out[theirs]), "{ours} of {given}");
        }
        for (ours, theirs) in [
            ("dominant_exceeds", "dominant_exceeds_half"),
            ("admin_living_floor_within", "admin_living_floor_within_15_percent"),
            ("admin_living_land_within", "admin_living_land_within_7_percent"),
            ("other_ancillary_within", "other_within_15_percent"),
            ("classification", "classification"),
            ("floor_area_ratio", "far_4dp_cut"),
        ] {
            assert_eq!(answer[ours], out[theirs], "{ours} of {given}");
        }
    }
}

#[test]
fn an_area_in_mu_is_an_exact_fraction_of_square_metres() {
    for (given, out) in cases("units.json") {
        let body = json!({"value": given["mu"], "unit": "mu"}).to_string();
        let area: GivenArea = input::read(body.as_bytes()).unwrap();
        assert_eq!(area.exact_m2().to_string(), out["m2_exact"].as_str().unwrap());
        assert_eq!(area.rounded(AreaUnit::SquareMetre, 2).unwrap(), out["m2_2dp"].as_str().unwrap());
        assert_eq!(area.rounded(AreaUnit::Hectare, 4).unwrap(), out["ha_4dp"].as_str().unwrap());
    }
}

#[test]
fn the_check_character_of_a_credit_code_is_checked() {
    for (given, out) in cases("credit_codes.json") {
        let code = given.as_str().unwrap();
        assert_eq!(code.parse::<CreditCode>().is_ok(), out.as_bool().unwrap(), "{code}");
    }
}

#[test]
fn the_days_of_idleness_are_those_of_the_civil_code() {
    for (given, out) in cases("idle_dates.json") {
        let met_from = out["criterion_met_from"].as_str().unwrap();
        let body = |on: &str| json!({"on": on, "agreed_start": given["agreed_start"]});
        let found = answer("idle_land", &body(met_from));
        for name in ["first_year_ends_on", "criterion_met_from", "second_year_ends_on", "free_recovery_possible_from"] {
            assert_eq!(found[name], out[name], "{name} of {given}");
        }
        assert_eq!((&found["idle_from"], &found["fee_from"]), (&out["criterion_met_from"], &out["criterion_met_from"]));
        assert_eq!(found["recovery_from"], out["free_recovery_possible_from"], "{given}");
        let outcome = |answer: &Value| finding(answer, "idle.not_started", None)["outcome"].clone();
        assert_eq!(outcome(&found), "met", "{given}");
        let last = out["first_year_ends_on"].as_str().unwrap();
        assert_eq!(outcome(&answer("idle_land", &body(last))), "not_met", "{given}");
    }
}

#[test]
fn the_fee_is_a_fifth_of_the_price_half_up_to_the_fen() {
    for (given, out) in cases("idle_fee.json") {
        let body = json!({"on": ON, "agreed_start": "2024-01-31", "price": given["land_price_yuan"]});
        let answer = answer("idle_land", &body);
        assert_eq!(answer["idle_fee"], out["idle_fee_yuan"], "{given}");
        assert_eq!(finding(&answer, "idle.fee", None)["outcome"], "met", "{given}");
    }
}

#[test]
fn a_year_ends_on_the_corresponding_day_or_the_last_of_the_month() {
    for (given, out) in cases("idle_dates.json") {
        let agreed = day(given["agreed_start"].as_str().unwrap());
        for (years, ends, after) in
            [(1, "first_year_ends_on", "criterion_met_from"), (2, "second_year_ends_on", "free_recovery_possible_from")]
        {
            let last = year_ends_on(agreed, years).unwrap();
            assert_eq!(last, day(out[ends].as_str().unwrap()), "{given}");
            assert_eq!(last + Days::new(1), day(out[after].as_str().unwrap()), "{given}");
        }
    }
}
