//! Properties that hold for every case, tried on many: the seed is fixed, so a run is repeatable.

use std::cmp::Ordering;

use dizhang::domain::exact::{Fraction, big, quotient};
use dizhang::domain::quantity::{Money, Ratio};
use dizhang::domain::rules::calculation::payment_schedule::split;
use dizhang::domain::rules::price::discount::{Payment, present_value, term_factor};
use dizhang::domain::term::Term;
use num_rational::BigRational;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::run::{NAMES, answer, calculate, example};

/// Holds `law` against values of the strategy.
fn for_all<S: Strategy>(strategy: S, law: impl Fn(S::Value)) {
    let config = Config { cases: 512, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&strategy, |value| {
        law(value);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// A decimal of `integer` digits and up to four decimals, above zero, as people send it.
fn decimals(integer: u32) -> impl Strategy<Value = String> {
    (1..10_i128.pow(integer + 4), 0..=4_u32).prop_map(|(units, scale)| {
        let units = units / 10_i128.pow(4 - scale).max(1) * 10_i128.pow(4 - scale);
        dizhang::domain::exact::decimal_text(units.max(1), 4)
    })
}

fn fractions() -> impl Strategy<Value = Fraction> {
    let part = || prop_oneof![-1000_i128..1000, any::<i64>().prop_map(i128::from), (i128::MIN / 4)..(i128::MAX / 4)];
    (part(), part()).prop_filter_map("a denominator is not zero", |(numerator, denominator)| {
        Fraction::new(numerator, denominator).ok()
    })
}

fn exactly(fraction: Fraction) -> BigRational {
    big(fraction)
}

#[test]
fn fractions_compute_as_fractions_without_limit_do() {
    for_all((fractions(), fractions()), |(left, right)| {
        let (big_left, big_right) = (exactly(left), exactly(right));
        assert_eq!(left.cmp(&right), big_left.cmp(&big_right));
        if let Ok(sum) = left.plus(right) {
            assert_eq!(exactly(sum), &big_left + &big_right);
        }
        if let Ok(difference) = left.minus(right) {
            assert_eq!(exactly(difference), &big_left - &big_right);
        }
        if let Ok(product) = left.times(right) {
            assert_eq!(exactly(product), &big_left * &big_right);
        }
        if let Ok(quotient) = left.over(right) {
            assert_eq!(exactly(quotient), &big_left / &big_right);
        }
        assert_eq!(left.over(Fraction::ZERO).ok(), None);
        assert_eq!(left.cmp(&left), Ordering::Equal);
    });
}

fn money(answer: &Value, field: &str) -> Fraction {
    let text = answer[field].as_str().unwrap();
    let units: i128 = text.replace('.', "").parse().unwrap();
    Fraction::new(units, 10_i128.pow(text.split_once('.').unwrap().1.len() as u32)).unwrap()
}

fn decimal(text: &str) -> Fraction {
    text.parse::<rust_decimal::Decimal>().unwrap().into()
}

/// The floor is at or above the exact figure, and less than a fen above it.
fn is_rounded_up(floor: Fraction, exact: Fraction) {
    assert!(floor >= exact, "{floor} < {exact}");
    assert!(floor.minus(exact).unwrap() < Fraction::new(1, 100).unwrap(), "{floor} is too far above {exact}");
}

fn flexible(area: &str, price: &str, months: u32) -> Value {
    let term = format!("P{months}M");
    let body =
        json!({"on": "2026-06-30", "land_use": "industrial", "area": area, "max_term_unit_price": price, "term": term});
    answer("flexible_price", &body)
}

#[test]
fn a_floor_is_never_below_the_exact_figure_and_less_than_a_fen_above() {
    for_all((decimals(6), decimals(4), 1..=600_u32), |(area, price, months)| {
        let answer = flexible(&area, &price, months);
        let years = Fraction::new(i128::from(months), 600).unwrap();
        let unit = decimal(&price).times(years).unwrap();
        is_rounded_up(money(&answer, "unit_price_floor"), unit);
        is_rounded_up(money(&answer, "total_price_floor"), unit.times(decimal(&area)).unwrap());
    });
}

/// What a yuan after some months is worth, as the formula stands in the law.
fn discounted(rate: &BigRational, months: u32) -> BigRational {
    let one = BigRational::from_integer(1.into());
    let within = rate * BigRational::new((months % 12).into(), 12.into());
    &one / (num_traits::pow(&one + rate, months as usize / 12) * (&one + within))
}

#[test]
fn present_values_and_factors_are_those_of_the_formula() {
    let payment = (0..300_u32, fractions().prop_filter("money is paid", |amount| amount.is_positive()));
    let given = (0..999_999_i64, prop::collection::vec(payment, 1..8), 1..600_u32, 0..600_u32);
    for_all(given, |(rate, payments, months, more)| {
        let rate = Ratio::from_units(rate).unwrap();
        let exact = big(Fraction::from(rate.get()));
        let payments: Vec<Payment> = payments.into_iter().map(|(months, per_m2)| Payment { months, per_m2 }).collect();
        let naive: BigRational =
            payments.iter().map(|payment| big(payment.per_m2) * discounted(&exact, payment.months)).sum();
        assert_eq!(present_value(&payments, rate), naive);
        if !rate.is_zero() {
            let (term, max) = (Term::from_months(months).unwrap(), Term::from_months(months + more).unwrap());
            let part = |months| BigRational::from_integer(1.into()) - discounted(&exact, months);
            let factor = term_factor(rate, term, max);
            assert_eq!(factor, part(months) / part(months + more));
            assert_eq!(quotient(&naive, &factor), naive / factor);
        }
    });
}

#[test]
fn a_longer_term_a_larger_area_and_a_higher_price_never_lower_the_floor() {
    for_all((decimals(6), decimals(4), 1..600_u32), |(area, price, months)| {
        let floor = |area: &str, price: &str, months| money(&flexible(area, price, months), "total_price_floor");
        let least = floor(&area, &price, months);
        assert!(floor(&area, &price, months + 1) >= least);
        assert!(floor(&format!("1{area}"), &price, months) >= least);
        assert!(floor(&area, &format!("1{price}"), months) >= least);
    });
}

#[test]
fn lease_and_grant_sum_to_the_flexible_floor_but_for_a_fen_a_part() {
    for_all((decimals(6), decimals(4), 1..=120_u32, 1..=480_u32), |(area, price, lease, transfer)| {
        let body = json!({
            "on": "2026-06-30", "land_use": "industrial", "area": area, "max_term_unit_price": price,
            "lease_term": format!("P{lease}M"), "transfer_term": format!("P{transfer}M"),
        });
        let split = answer("lease_then_transfer_price", &body);
        let whole = flexible(&area, &price, lease + transfer);
        assert_eq!(split["total_ratio"], whole["year_ratio"]);
        let sum = money(&split, "lease_rent_total").plus(money(&split, "transfer_price_floor")).unwrap();
        let beyond = sum.minus(money(&whole, "total_price_floor")).unwrap();
        assert!(beyond >= Fraction::ZERO && beyond <= Fraction::new(2, 100).unwrap(), "{beyond}");
    });
}

#[test]
fn the_class_of_the_land_follows_from_the_shares() {
    let areas = || (0..10_000_000_u32, 0..=2_u32);
    for_all((areas(), areas(), areas()), |(dominant, admin, other)| {
        let area = |(cents, factor): (u32, u32)| {
            let text = |cents: u32| dizhang::domain::exact::decimal_text(i128::from(cents), 2);
            json!({"actual_m2": text(cents), "counted_m2": text(cents * factor)})
        };
        let body = json!({
            "on": "2026-06-30", "parcel_area": "50000", "admin_living_land": "0",
            "uses": {"dominant": area(dominant), "admin_living": area(admin), "other_ancillary": area(other)},
        });
        let Ok(answer) = calculate("floor_area", body.to_string().as_bytes()) else {
            let counted = [dominant, admin, other].iter().map(|(cents, factor)| cents * factor).sum::<u32>();
            return assert_eq!(counted, 0, "{body}");
        };
        let exceeds = answer["dominant_exceeds"] == true;
        let counted = |(cents, factor): (u32, u32)| u64::from(cents) * u64::from(factor);
        assert_eq!(exceeds, 2 * counted(dominant) > counted(dominant) + counted(admin) + counted(other));
        let within = answer["other_ancillary_within"] == true;
        let class = answer["classification"].as_str().unwrap();
        assert_eq!(class == "industrial", exceeds && within);
        assert_eq!(class == "mixed_industrial", exceeds && !within);
        let excess = decimal(answer["admin_living_floor_excess_m2"].as_str().unwrap());
        let total = u64::from(dominant.0) + u64::from(admin.0) + u64::from(other.0);
        assert_eq!(excess.is_positive(), u64::from(admin.0) * 100 > total * 15);
    });
}

/// Members that no body should choke on.
fn odd_values() -> impl Strategy<Value = Value> {
    let odd = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!("NaN"),
        json!("-0"),
        json!("1e400"),
        json!(""),
        json!("."),
        json!("0.00000000000000000000000000001"),
        json!("79228162514264337593543950335"),
        json!("99999999.9999"),
        json!("999999999999.9999"),
        json!("9999999999999999.99"),
        json!("999.75"),
        json!("P999Y11M"),
        json!("0001-01-01"),
        json!("2149-12-31"),
        json!("9999-99-99"),
        json!([]),
        json!({}),
        json!([[]]),
        json!("工业用地"),
        json!("residential"),
        json!("\u{0}"),
        json!({"value": "999999999999", "unit": "m2"}),
        json!({"value": "1499999999", "unit": "mu"}),
        json!({"value": "99999999.99999999", "unit": "ha"}),
        json!({"part": "1", "whole": "0.0001"}),
        json!({"actual_m2": "999999999999.9999", "counted_m2": "0.0001"}),
    ];
    prop::sample::select(odd.to_vec())
}

#[test]
fn no_member_makes_a_calculation_panic() {
    for name in NAMES {
        let example = example(name);
        let members: Vec<String> = all_members(name);
        let changes = prop::collection::vec((prop::sample::select(members), odd_values()), 1..4);
        for_all(changes, |changes| {
            let mut body = example.clone();
            for (member, value) in changes {
                body[member] = value;
            }
            let _ = calculate(name, body.to_string().as_bytes());
        });
    }
}

/// The members of a body, as the refusal of an unknown one lists them.
fn all_members(name: &str) -> Vec<String> {
    let faults = crate::run::faults(name, &json!({"no such member": 1}));
    let listed = faults.iter().find(|fault| fault.pointer == "/no such member").unwrap();
    let (_, members) = listed.message.en.split_once("the members are ").unwrap();
    members.split(", ").map(str::to_owned).collect()
}

#[test]
fn no_bytes_make_a_calculation_panic() {
    for name in NAMES {
        let text = example(name).to_string().into_bytes();
        let cuts = (0..text.len(), any::<u8>(), any::<bool>());
        for_all(cuts, |(at, byte, cut)| {
            let mut bytes = text.clone();
            bytes[at] = byte;
            if cut {
                bytes.truncate(at);
            }
            let _ = calculate(name, &bytes);
        });
    }
    for bytes in [&b""[..], b"null", b"[]", b"\xff\xfe", b"{\"a\":1e999999}", b"{\"on\":\"\\ud800\"}"] {
        assert!(calculate("term", bytes).is_err());
    }
}

#[test]
fn instalments_come_to_the_total_and_none_is_off_by_a_fen() {
    let given = (1..1_000_000_000_000_i64, proptest::collection::vec(1..1000_i128, 1..40));
    for_all(given, |(fen, weights)| {
        let total = Money::from_units(fen).unwrap();
        let sum: i128 = weights.iter().sum();
        let shares: Vec<Fraction> = weights.iter().map(|weight| Fraction::new(*weight, sum).unwrap()).collect();
        let parts = split(total, &shares).unwrap();
        assert_eq!(parts.iter().map(|part| part.to_units()).sum::<i64>(), fen);
        for (part, share) in parts.iter().zip(&shares) {
            let exact = Fraction::whole(fen.into()).times(*share).unwrap();
            let off = Fraction::whole(part.to_units().into()).minus(exact).unwrap();
            assert!(off < Fraction::ONE && Fraction::ZERO.minus(off).unwrap() < Fraction::ONE);
        }
    });
}

#[test]
fn default_interest_counts_what_is_outstanding_for_the_days_it_is() {
    let answer = answer(
        "payment_schedule",
        &json!({
            "total": "1000000", "daily_default_rate": "0.001", "as_of": "2026-12-31",
            "instalments": [{"due_on": "2026-07-01", "share": "0.5"}, {"due_on": "2026-12-01", "share": "0.5"}],
            "paid": [{"on": "2026-07-11", "amount": "300000"}, {"on": "2026-07-21", "amount": "300000"}]
        }),
    );
    // 300,000 for ten days and 200,000 for twenty; then 400,000 for thirty.
    assert_eq!(answer["instalments"][0]["default_interest"], "7000.00");
    assert_eq!(
        (&answer["instalments"][0]["settled_on"], &answer["instalments"][0]["days_late"]),
        (&"2026-07-21".into(), &20.into())
    );
    assert_eq!(answer["instalments"][1]["default_interest"], "12000.00");
    assert_eq!((&answer["outstanding"], &answer["overpaid"]), (&"400000.00".into(), &"0.00".into()));
    assert_eq!(answer["default_interest"], "19000.00");
}
