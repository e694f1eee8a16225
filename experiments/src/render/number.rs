//! Printed numbers: never a digit that the error does not grant.
//!
//! A value with error e is rounded to the decimal place of the second significant digit of e:
//! 2.00318 ± 0.0123 prints `2.003 ± 0.012`. A value is never given more than six significant digits, and what is not
//! finite, or has an error that is not, prints `—`.

/// Most significant digits that a value is given, however small its error.
const MOST_DIGITS: i32 = 6;

/// Digits of a value that comes without an error.
const BARE_DIGITS: i32 = 3;

/// Printed where there is no number.
pub const NONE: &str = "—";

/// Decimal exponent of `x` after rounding to `digits` significant digits; 0 for x = 0.
///
/// The rounding matters: 9.996 has exponent 1 at three digits (10.0).
fn exponent(x: f64, digits: i32) -> i32 {
    let precision = usize::try_from(digits - 1).unwrap_or(0);
    let printed = format!("{x:.precision$e}");
    printed.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0)
}

/// Whether a number of decimal exponent `top`, printed to the place 10^`place`, is short enough as a decimal.
fn is_short(top: i32, place: i32) -> bool {
    (-2..=2).contains(&top) && (-6..=0).contains(&place)
}

/// `x` printed to the decimal place 10^place, as a decimal or with an exponent; `0` where it rounds to nothing.
fn to_place(x: f64, place: i32, decimal: bool) -> String {
    let (top, whole) = top_at(x, place);
    match (decimal, whole) {
        (true, _) => format!("{:.*}", usize_of(-place), if whole { x } else { 0.0 }),
        // Rounded first: 9.9996e-5 at the place 10⁻⁸ is 1.0000e-4, not 9.9996e-5.
        (false, true) => {
            format!("{:.*e}", usize_of(top - place), rounded(x, usize_of(exponent(x, 17) - place)))
        }
        (false, false) => "0".into(),
    }
}

/// `x` with `decimals` digits after the first.
fn rounded(x: f64, decimals: usize) -> f64 {
    format!("{x:.decimals$e}").parse().unwrap_or(x)
}

/// Decimal exponent of `x` once rounded to the place 10^place, and whether anything is left of it.
fn top_at(x: f64, place: i32) -> (i32, bool) {
    let start = exponent(x, 17);
    if x == 0.0 || x.abs() < 0.5 * 10f64.powi(place) {
        return (place, false);
    }
    // 9.996 at the place 10⁻² is 10.00, a decade above the one it starts in.
    (if start < place { place } else { exponent(x, start - place + 1) }, true)
}

fn usize_of(digits: i32) -> usize {
    usize::try_from(digits).unwrap_or(0)
}

/// `x` to `digits` significant digits: `0.0312`, `3.12e-5`, `—` for what is not finite.
pub fn significant(x: f64, digits: i32) -> String {
    if !x.is_finite() {
        NONE.into()
    } else if x == 0.0 {
        "0".into()
    } else {
        let top = exponent(x, digits);
        to_place(x, top - digits + 1, is_short(top, top - digits + 1))
    }
}

/// Three significant digits.
pub fn bare(x: f64) -> String {
    significant(x, BARE_DIGITS)
}

/// A claimed exponent: at most three decimals, 11/12 − 1/20 as `0.867`.
pub fn claimed_order(x: f64) -> String {
    exact((1e3 * x).round() / 1e3)
}

/// A time: at most four decimals, 1/6 as `0.1667`.
pub fn time(t: f64) -> String {
    exact((1e4 * t).round() / 1e4)
}

/// The shortest decimal that reads back as `x`: for numbers that are chosen, not measured, such as t.
pub fn exact(x: f64) -> String {
    if x != 0.0 && !(1e-4..1e6).contains(&x.abs()) { format!("{x:e}") } else { format!("{x}") }
}

/// `2.003 ± 0.012`: the value rounded to the first two digits of its error.
///
/// An error of zero says that none was measured, and the value then gets three digits and no ±.
pub fn measured(value: f64, error: f64) -> String {
    if !value.is_finite() || !error.is_finite() {
        return NONE.into();
    }
    if error == 0.0 {
        return bare(value);
    }
    let error = error.abs();
    let (place, granted) = places(value, error);
    let decimal = decimal(value, error, place);
    let error = if place == granted { to_place(error, place, decimal) } else { format!("{error:.1e}") };
    format!("{} ± {error}", to_place(value, place, decimal))
}

/// Decimal places: of the last digit that a value is given, of the second digit of its error.
fn places(value: f64, error: f64) -> (i32, i32) {
    let granted = exponent(error, 2) - 1;
    let allowed = if value == 0.0 { granted } else { exponent(value, MOST_DIGITS) - MOST_DIGITS + 1 };
    (granted.max(allowed), granted)
}

/// Whether a value and its error, printed to the place 10^`place`, are short as decimals.
fn decimal(value: f64, error: f64, place: i32) -> bool {
    is_short(top_at(value, place).0.max(exponent(error, 2).min(place + 1)), place)
}

/// `2.003 ± 0.012`, or `2.00 [1.50, 2.04]` where the interval is not symmetric: to the place of the second digit of half
/// its length, its ends rounded outwards.
pub fn interval(value: f64, low: f64, high: f64) -> String {
    let (below, above) = (value - low, high - value);
    let half = 0.5 * (high - low);
    if !value.is_finite() || !half.is_finite() {
        NONE.into()
    } else if (below - above).abs() <= 0.02 * half.abs() {
        measured(value, half)
    } else {
        let place = places(value, half).0;
        let decimal = decimal(value.abs().max(low.abs()).max(high.abs()), half, place);
        let print = |x: f64| to_place(x, place, decimal);
        format!(
            "{} [{}, {}]",
            print(value),
            outward(low, -1.0, place, print),
            outward(high, 1.0, place, print)
        )
    }
}

/// `x` printed; one unit of the last place further to `side` (±1) where the print falls short of `x`.
fn outward(x: f64, side: f64, place: i32, print: impl Fn(f64) -> String) -> String {
    let text = print(x);
    let short = text.parse().is_ok_and(|printed: f64| (x - printed) * side > 0.0);
    if short { print(x + side * 10f64.powi(place)) } else { text }
}

/// An order with its interval where both exist, `—` where there is none.
pub fn order(value: Option<f64>, low: Option<f64>, high: Option<f64>) -> String {
    match (value, low, high) {
        (Some(v), Some(l), Some(h)) => interval(v, l, h),
        (Some(v), _, _) => bare(v),
        _ => NONE.into(),
    }
}

/// ε as the fraction `1/64` where it is one, else as a decimal.
pub fn epsilon(eps: f64) -> String {
    let inverse = 1.0 / eps;
    if (inverse - inverse.round()).abs() < 1e-9 * inverse && inverse < 1e7 {
        if inverse.round() == 1.0 { "1".into() } else { format!("1/{}", inverse.round()) }
    } else {
        bare(eps)
    }
}

/// `x` as 10ⁿ, `2·10ⁿ` or a short decimal, for the ticks of an axis.
pub fn tick(x: f64) -> String {
    if x == 0.0 {
        return "0".into();
    }
    let n = exponent(x, 6);
    let mantissa = x / 10f64.powi(n);
    let plain = (-2..=3).contains(&n);
    let text = if plain {
        trimmed(&format!("{x:.6}"))
    } else if (mantissa.abs() - 1.0).abs() < 1e-6 {
        format!("{}10{}", if x < 0.0 { "-" } else { "" }, superscript(n))
    } else {
        format!("{}·10{}", trimmed(&format!("{mantissa:.4}")), superscript(n))
    };
    text.replace('-', "−")
}

fn trimmed(decimal: &str) -> String {
    if decimal.contains('.') {
        decimal.trim_end_matches('0').trim_end_matches('.').into()
    } else {
        decimal.into()
    }
}

/// Superscript digits: −12 ↦ `⁻¹²`.
pub fn superscript(n: i32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |c: char| c.to_digit(10).and_then(|d| DIGITS.get(d as usize)).copied();
    n.to_string().chars().map(|c| digit(c).unwrap_or('⁻')).collect()
}

/// `12.3 s`, with the narrow space that exempts the number from the staleness comparison.
pub fn seconds(s: f64) -> String {
    format!("{s:.1}{}", super::stale::SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_the_value_to_two_digits_of_its_error() {
        for (value, error, printed) in [
            (2.003_18, 0.0123, "2.003 ± 0.012"),
            (2.003_18, 0.000_99, "2.00318 ± 0.00099"),
            (2.0, 0.0996, "2.00 ± 0.10"),
            (1.996, 0.11, "2.00 ± 0.11"),
            (0.031_234_5, 0.000_45, "0.03123 ± 0.00045"),
            (3.1234e-5, 4.5e-7, "3.123e-5 ± 4.5e-7"),
            (9.9996e-5, 4.5e-7, "1.0000e-4 ± 4.5e-7"),
            (12_345.6, 78.9, "1.2346e4 ± 7.9e1"),
            (-0.25, 0.031, "-0.250 ± 0.031"),
            (1e-5, 4.5e-4, "1e-5 ± 4.5e-4"),
            (0.0, 0.012, "0.000 ± 0.012"),
            (1e-9, 2e-3, "0 ± 2.0e-3"),
            (0.01, 0.5, "0.01 ± 0.50"),
        ] {
            assert_eq!(measured(value, error), printed, "{value} ± {error}");
        }
    }

    #[test]
    fn caps_the_digits_of_very_small_errors() {
        assert_eq!(measured(0.123_456_789, 1.234e-13), "0.123457 ± 1.2e-13");
        assert_eq!(measured(std::f64::consts::PI, 1e-15), "3.14159 ± 1.0e-15");
        assert_eq!(measured(0.5, 0.0), "0.500");
    }

    #[test]
    fn never_shows_more_digits_than_the_error_grants() {
        for k in 0..400 {
            let value = 1.234_567_890_123 * 10f64.powi(k % 17 - 8);
            let error = value * 0.97_f64.powi(k) * 0.5;
            let text = measured(value, error);
            let (v, e) = text.split_once(" ± ").unwrap();
            let (v, e): (f64, f64) = (v.parse().unwrap(), e.parse().unwrap());
            assert!((v - value).abs() <= 0.051 * error.max(1e-4 * value), "{text}");
            assert!((e - error).abs() <= 0.051 * error, "{text}");
        }
    }

    #[test]
    fn says_what_is_no_number() {
        assert_eq!(bare(f64::NAN), "—");
        assert_eq!(order(None, None, None), "—");
        for x in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(bare(x), "—");
            assert_eq!(measured(x, 0.1), "—");
            assert_eq!(measured(1.0, x), "—");
            assert_eq!(interval(2.0, x, 2.1), "—");
            assert_eq!(order(Some(x), Some(x), Some(x)), "—");
        }
    }

    #[test]
    fn prints_intervals() {
        assert_eq!(interval(2.0, 1.98, 2.02), "2.000 ± 0.020");
        assert_eq!(interval(2.0, 1.5, 2.02), "2.00 [1.50, 2.02]");
        assert_eq!(interval(2.0049, 1.5049, 2.0151), "2.00 [1.50, 2.02]");
        assert_eq!(interval(1.998, 1.9, 2.5001), "2.00 [1.90, 2.51]");
        assert_eq!(interval(2.123, -3.1, 10.2), "2.1 [-3.1, 10.2]");
        assert_eq!(epsilon(1.0 / 1024.0), "1/1024");
        assert_eq!(epsilon(0.3), "0.300");
        assert_eq!(exact(0.25), "0.25");
    }

    #[test]
    fn a_printed_interval_holds_the_interval() {
        for k in 0..300 {
            let value = 1.234_567 * 3f64.powi(k % 7 - 3);
            let (low, high) = (value - 0.93f64.powi(k), value + 0.31 * 0.93f64.powi(k));
            let text = interval(value, low, high);
            let ends = text.split_once('[').unwrap().1.trim_end_matches(']');
            let (l, h) = ends.split_once(", ").unwrap();
            let (l, h): (f64, f64) = (l.parse().unwrap(), h.parse().unwrap());
            assert!(l <= low && high <= h, "{text}: [{low}, {high}]");
            assert!(
                low - l <= 0.1 * (high - low).max(1e-4 * value)
                    && h - high <= 0.1 * (high - low).max(1e-4 * value),
                "{text}"
            );
        }
    }

    #[test]
    fn prints_ticks() {
        for (x, text) in
            [(0.001, "10⁻³"), (-0.5, "−0.5"), (2e5, "2·10⁵"), (100.0, "100"), (1e-12, "10⁻¹²"), (0.1, "0.1")]
        {
            assert_eq!(tick(x), text);
        }
    }
}
