//! Doubles as decimals: from formats that know no other numbers.

/// The shortest decimal of at most 15 significant digits that stands for a double: 18317.349999999998 is 18317.35.
///
/// Fifteen digits are what every double keeps; those after them are noise of whoever computed it. None for what is no
/// finite number and for what has more than 28 digits before the point.
pub fn shortest_decimal(value: f64) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let scientific = format!("{value:.14e}");
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    if !(-28..=28).contains(&exponent) {
        return (value == 0.0).then(|| "0".to_owned());
    }
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let whole = exponent + 1;
    let plain = if whole <= 0 {
        format!("0.{}{digits}", "0".repeat(whole.unsigned_abs() as usize))
    } else if digits.len() <= whole as usize {
        format!("{digits}{}", "0".repeat(whole as usize - digits.len()))
    } else {
        let (before, after) = digits.split_at(whole as usize);
        format!("{before}.{after}")
    };
    Some(format!("{sign}{plain}"))
}

#[cfg(test)]
mod tests {
    use super::shortest_decimal;

    #[test]
    fn a_double_is_its_shortest_decimal_of_fifteen_digits() {
        let decimal = |value: f64| shortest_decimal(value).unwrap();
        assert_eq!(decimal("18317.349999999998545".parse().unwrap()), "18317.35");
        assert_eq!(decimal(0.1 + 0.2), "0.3");
        assert_eq!(decimal(-0.0), "0");
        assert_eq!(decimal(1e20), "100000000000000000000");
        assert_eq!(decimal(-12.5), "-12.5");
        assert_eq!(decimal(1.0 / 3.0), "0.333333333333333");
        assert_eq!(decimal(0.00012), "0.00012");
        assert_eq!(decimal(410183106.0), "410183106");
        assert_eq!(shortest_decimal(f64::NAN), None);
        assert_eq!(shortest_decimal(1e300), None);
    }
}
