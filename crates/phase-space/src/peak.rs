//! Suprema between samples.

/// The vertex of the parabola through three equidistant samples if the middle one is the largest, else the middle one:
/// f₁ + (f₂−f₀)²/(8(2f₁−f₀−f₂)), off the maximum of a smooth f by O(h³).
pub fn vertex([left, top, right]: [f64; 3]) -> f64 {
    let bend = 2.0 * top - left - right;
    if top >= left.max(right) && bend > 0.0 { top + (right - left).powi(2) / (8.0 * bend) } else { top }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parabola_is_met_exactly_and_no_peak_is_invented() {
        let parabola = |x: f64| 3.0 - 2.0 * (x - 0.2).powi(2);
        assert!((vertex([-1.0, 0.0, 1.0].map(parabola)) - 3.0).abs() < 1e-15);
        assert_eq!(vertex([1.0, 2.0, 3.0]), 2.0);
        assert_eq!(vertex([3.0, 1.0, 2.0]), 1.0);
        assert_eq!(vertex([1.0, 1.0, 1.0]), 1.0);
    }

    #[test]
    fn the_order_is_three_at_least() {
        let error = |h: f64| (vertex([-1.3, -0.3, 0.7].map(|k| (k * h).cos() + (k * h).powi(3))) - 1.0).abs();
        assert!((error(0.1) / error(0.05)).log2() > 2.9);
    }
}
