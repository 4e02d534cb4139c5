use dizhang::domain::area::{AreaUnit, GivenArea};
use dizhang::domain::exact::{Arithmetic, Fraction, Rounding, decimal_text};
use dizhang::domain::input;
use dizhang::domain::term::Term;

fn fraction(text: &str) -> Fraction {
    text.parse().unwrap()
}

#[test]
fn a_fraction_is_kept_in_lowest_terms_with_its_sign_above() {
    assert_eq!(fraction("100000/3").to_string(), "100000/3");
    assert_eq!(fraction("20/50").to_string(), "2/5");
    assert_eq!(fraction("3/-6").to_string(), "-1/2");
    assert_eq!(Fraction::new(1, 0), Err(Arithmetic::DivisionByZero));
    assert!("1/0".parse::<Fraction>().is_err());
    assert!("a/2".parse::<Fraction>().is_err());
}

#[test]
fn each_rounding_does_what_its_name_says() {
    let rounded = |text: &str, rounding| fraction(text).decimal(2, rounding);
    assert_eq!(rounded("1/3", Rounding::Up).unwrap(), "0.34");
    assert_eq!(rounded("1/3", Rounding::Down).unwrap(), "0.33");
    assert_eq!(rounded("1/200", Rounding::HalfUp).unwrap(), "0.01");
    assert_eq!(rounded("1/201", Rounding::HalfUp).unwrap(), "0.00");
    assert_eq!(rounded("-1/3", Rounding::Up).unwrap(), "-0.33");
    assert_eq!(rounded("-1/3", Rounding::Down).unwrap(), "-0.34");
    assert_eq!(rounded("1/4", Rounding::Exact).unwrap(), "0.25");
    assert!(rounded("1/3", Rounding::Exact).is_err());
}

#[test]
fn a_decimal_is_written_at_full_scale() {
    for (units, scale, text) in [(0, 2, "0.00"), (5, 2, "0.05"), (14_000, 2, "140.00"), (-5, 4, "-0.0005"), (7, 0, "7")]
    {
        assert_eq!(decimal_text(units, scale), text);
    }
}

#[test]
fn what_128_bits_do_not_hold_is_refused() {
    let large = Fraction::whole(i128::MAX);
    assert_eq!(large.plus(Fraction::ONE), Err(Arithmetic::TooLarge));
    assert_eq!(large.times(Fraction::whole(2)), Err(Arithmetic::TooLarge));
    assert_eq!(large.round(2, Rounding::Up), Err(Arithmetic::TooLarge));
    assert_eq!(Fraction::new(i128::MIN, -1), Err(Arithmetic::TooLarge));
    assert!(Fraction::new(1, i128::MAX).unwrap() < Fraction::new(1, i128::MAX - 1).unwrap());
    assert!(Fraction::new(i128::MAX - 1, i128::MAX).unwrap() > Fraction::new(i128::MAX - 2, i128::MAX - 1).unwrap());
}

#[test]
fn fractions_too_long_to_multiply_are_still_ordered() {
    // The continued fractions [0; 2, n], [0; 2, n, n] and [0; 2, n + 1]: each next to the other.
    let n = 10_i128.pow(18);
    let shorter = Fraction::new(n, 2 * n + 1).unwrap();
    let longer = Fraction::new(n * n + 1, (2 * n + 1) * n + 2).unwrap();
    let further = Fraction::new(n + 1, 2 * n + 3).unwrap();
    assert!(shorter < longer && longer < further);
    assert!(longer > shorter && further > longer);
    assert_eq!(longer.cmp(&longer), std::cmp::Ordering::Equal);
}

#[test]
fn every_term_is_read_back_as_it_is_written() {
    for months in 1..=Term::MONTHS_MAX {
        let term = Term::from_months(months).unwrap();
        assert_eq!(term.to_string().parse::<Term>().unwrap(), term);
    }
}

#[test]
fn a_term_is_read_from_years_or_from_years_and_months() {
    let months = |json: &str| input::read::<Term>(json.as_bytes()).map(Term::months).ok();
    assert_eq!(months("20"), Some(240));
    assert_eq!(months("2.5"), Some(30));
    assert_eq!(months("\"2.5\""), Some(30));
    assert_eq!(months("\"P1Y7M\""), Some(19));
    assert_eq!(months("\"P19M\""), Some(19));
    assert_eq!(months("\"P2Y\""), Some(24));
    assert_eq!(months("\"20.00\""), Some(240));
    for wrong in [
        "0",
        "-1",
        "2.6",
        "0.01",
        "1e2",
        "1000",
        "\"P\"",
        "\"P0Y0M\"",
        "\"PY\"",
        "\"P1Y7\"",
        "\"P1M7Y\"",
        "\"P1.5Y\"",
        "\"P99999999Y\"",
        "\"20年\"",
        "null",
        "[]",
        "\"99999999999999999999999999999999\"",
        "\"2.5000000000000000000000000001\"",
    ] {
        assert_eq!(months(wrong), None, "{wrong}");
    }
}

#[test]
fn an_area_keeps_its_value_and_unit_as_written() {
    let area: GivenArea = input::read(br#"{"value": "50.00", "unit": "mu"}"#).unwrap();
    assert_eq!(serde_json::to_string(&area).unwrap(), r#"{"value":"50.00","unit":"mu"}"#);
    let area: GivenArea = input::read(b"33333.33").unwrap();
    assert_eq!((area.unit(), area.m2().to_string()), (AreaUnit::SquareMetre, "33333.3300".to_owned()));
    let hectares: GivenArea = input::read(br#"{"value": 2.12345678, "unit": "ha"}"#).unwrap();
    assert_eq!(hectares.m2().to_string(), "21234.5678");
}

#[test]
fn areas_that_no_document_carries_are_refused() {
    for (wrong, pointer) in [
        ("-1", ""),
        ("1.00001", ""),
        ("1e3", ""),
        ("1000000000000", ""),
        (r#"{"value": "1000000000", "unit": "ha"}"#, "/value"),
        (r#"{"value": "1.1234567", "unit": "mu"}"#, "/value"),
        (r#"{"value": "1"}"#, "/unit"),
        (r#"{"unit": "mu"}"#, "/value"),
        (r#"{"value": "1", "unit": "acre"}"#, "/unit"),
        (r#"{"value": "1", "unit": "mu", "note": 1}"#, "/note"),
    ] {
        let faults = input::read::<GivenArea>(wrong.as_bytes()).unwrap_err();
        let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, [pointer], "{wrong}: {faults:?}");
    }
}
