//! Numbers in JSON: `null` stands for "no number".
//!
//! JSON knows neither NaN nor ∞. What is not finite is written as `null`; read back, a value without a number is NaN
//! and an error without a number is ∞, so that nothing that lacks a number can pass for resolved.

/// What `null` is read as where a value stands.
const NO_VALUE: f64 = f64::NAN;
/// What `null` is read as where an error stands.
const NO_ERROR: f64 = f64::INFINITY;

fn finite(x: f64) -> Option<f64> {
    x.is_finite().then_some(x)
}

/// A value: `null` is NaN.
pub mod value {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// A finite number or `null`.
    pub fn serialize<S: Serializer>(x: &f64, to: S) -> Result<S::Ok, S::Error> {
        super::finite(*x).serialize(to)
    }

    /// A number, NaN for `null`.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        Ok(Option::deserialize(from)?.unwrap_or(super::NO_VALUE))
    }
}

/// An error: `null` is ∞.
pub mod error {
    use serde::{Deserialize, Deserializer};

    pub use super::value::serialize;

    /// A number, ∞ for `null`.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        Ok(Option::deserialize(from)?.unwrap_or(super::NO_ERROR))
    }
}

/// A list of values: `null` is NaN.
pub mod values {
    use serde::ser::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::value::RawValue;

    /// Numbers that share a line: an image has thousands of them.
    const LINE: usize = 24;

    /// Finite numbers and `null`s.
    pub fn serialize<S: Serializer>(values: &[f64], to: S) -> Result<S::Ok, S::Error> {
        let line = |values: &[f64]| {
            let finite: Vec<Option<f64>> = values.iter().map(|x| super::finite(*x)).collect();
            serde_json::to_string(&finite).map(|list| list.trim_matches(['[', ']']).to_owned())
        };
        let lines = values.chunks(LINE).map(line).collect::<Result<Vec<_>, _>>().map_err(S::Error::custom)?;
        let list = RawValue::from_string(format!("[{}]", lines.join(",\n"))).map_err(S::Error::custom)?;
        list.serialize(to)
    }

    /// Numbers, NaN for `null`.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<f64>, D::Error> {
        let values = Vec::<Option<f64>>::deserialize(from)?;
        Ok(values.into_iter().map(|x| x.unwrap_or(super::NO_VALUE)).collect())
    }
}

/// A list of (x, y, error of y): `null` is NaN, NaN, ∞.
pub mod points {
    use serde::{Deserialize, Deserializer, Serializer};

    /// Triples of finite numbers and `null`s.
    pub fn serialize<S: Serializer>(points: &[[f64; 3]], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(points.iter().map(|point| point.map(super::finite)))
    }

    /// Triples of numbers.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<[f64; 3]>, D::Error> {
        let read = |[x, y, error]: [Option<f64>; 3]| {
            [x.unwrap_or(super::NO_VALUE), y.unwrap_or(super::NO_VALUE), error.unwrap_or(super::NO_ERROR)]
        };
        Ok(Vec::deserialize(from)?.into_iter().map(read).collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::record::Panel;

    #[test]
    fn a_panel_is_read_as_it_was_written_and_takes_few_lines() {
        let mut values: Vec<f64> = (0..100).map(|k| f64::from(k) * 0.1 - 3.0).collect();
        values[30] = f64::NAN;
        let panel = Panel { label: "W".into(), columns: 10, rows: 10, signed: true, values };
        let text = serde_json::to_string_pretty(&panel).unwrap();
        assert!(text.lines().count() < 20 && text.contains("null"), "{text}");
        let back: Panel = serde_json::from_str(&text).unwrap();
        let bits = |panel: &Panel| panel.values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&back), bits(&panel));
    }
}
