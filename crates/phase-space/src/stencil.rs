//! Local interpolation between equidistant points.

/// Points of [`eight_points`].
const POINTS: usize = 8;

/// 1/Π_{q≠k}(k − q) = (−1)^{7−k}/(k!(7−k)!).
const SCALE: [f64; POINTS] = [
    -1.0 / 5040.0,
    1.0 / 720.0,
    -1.0 / 240.0,
    1.0 / 144.0,
    -1.0 / 144.0,
    1.0 / 240.0,
    -1.0 / 720.0,
    1.0 / 5040.0,
];

/// First index and weights of the Lagrange polynomial through the eight points around `place` ≥ 0, in units of the spacing; index 0 stands at
/// −4. Of a function with f^{(8)} its error is at most 1.1·10⁻³·‖f^{(8)}‖_∞ times the spacing to the power 8.
#[inline]
pub fn eight_points(place: f64) -> (usize, [f64; POINTS]) {
    let cell = place as usize;
    let x = place - cell as f64 + (POINTS / 2 - 1) as f64;
    let mut weights = [1.0; POINTS];
    let (mut below, mut above) = (1.0, 1.0);
    for k in 0..POINTS {
        weights[k] *= below * SCALE[k];
        below *= x - k as f64;
        let m = POINTS - 1 - k;
        weights[m] *= above;
        above *= x - m as f64;
    }
    (cell + 1, weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_of_degree_seven_are_exact_and_not_of_degree_eight() {
        for place in [0.0, 0.3, 2.5, 6.999, 7.0] {
            let (first, weights) = eight_points(place);
            let at = |power: i32| -> f64 {
                let node = |k: usize| (first + k) as f64 - 4.0;
                weights.iter().enumerate().map(|(k, w)| w * ((node(k) - 3.0) / 5.0).powi(power)).sum()
            };
            for power in 0..8 {
                assert!((at(power) - ((place - 3.0) / 5.0).powi(power)).abs() < 1e-12, "{place} {power}");
            }
        }
        let (first, weights) = eight_points(2.5);
        let eighth: f64 =
            weights.iter().enumerate().map(|(k, w)| w * ((first + k) as f64 - 6.5).powi(8)).sum();
        // Π(½ + k)²: the error at the middle, 8! times 1.07·10⁻³
        assert!((eighth.abs() - (0.5_f64 * 1.5 * 2.5 * 3.5).powi(2)).abs() < 1e-9, "{eighth}");
    }
}
