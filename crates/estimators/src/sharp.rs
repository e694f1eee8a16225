//! The constant C of Q = Cε² + O(ε⁴), from the limit equation and from a ladder.

use crate::Estimate;
use crate::rates::Rung;

/// What the distances of a pair tend to, divided by ε²: W_t − W̃_t = ε²D_t + O(ε⁴), each norm of D_t with its budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharpConstants {
    /// t.
    pub time: f64,
    /// ‖D_t‖_{L¹} = lim tr|ω_t−ω̃_t|/(Nε²).
    pub trace: Estimate,
    /// (2π)^{d/2}‖D_t‖_{L²} = lim ‖ω_t−ω̃_t‖_HS/(√N ε²).
    pub hilbert_schmidt: Estimate,
    /// ‖∫D_t dv‖_{L¹} = lim ‖ρ_t−ρ̃_t‖_{L¹}/ε².
    pub density_l1: Estimate,
}

/// lim Q/ε² for Q = Cε² + C₄ε⁴ + …, from three neighbouring resolved rungs, in any sequence; unknown if there are fewer.
///
/// a_i = Q(ε_i)/ε_i² is extrapolated in ε² from the two finer of the three; the error is what the pair before gives in its place, and the budgets
/// of the rungs. Of all neighbours it takes those with the least error: on the finest rungs the budgets are the larger part of the distance.
pub fn leading_constant(rungs: &[Rung]) -> Estimate {
    let mut resolved: Vec<Rung> = rungs.iter().copied().filter(|r| r.estimate.is_resolved()).collect();
    resolved.sort_by(|a, b| a.eps.total_cmp(&b.eps));
    let limits = resolved.windows(3).map(|three| {
        let (last, before) = (extrapolated(&three[0], &three[1]), extrapolated(&three[1], &three[2]));
        Estimate::new(last.value, last.error + (last.value - before.value).abs())
    });
    limits.min_by(|a, b| a.error.total_cmp(&b.error)).unwrap_or_else(Estimate::unknown)
}

/// (q a_fine − a_coarse)/(q − 1), q = (ε_coarse/ε_fine)².
fn extrapolated(fine: &Rung, coarse: &Rung) -> Estimate {
    let q = (coarse.eps / fine.eps).powi(2);
    let scaled = |rung: &Rung, weight: f64| rung.estimate.scaled(weight / (rung.eps * rung.eps));
    let [fine, coarse] = [scaled(fine, q / (q - 1.0)), scaled(coarse, 1.0 / (q - 1.0))];
    Estimate::new(fine.value - coarse.value, fine.error + coarse.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder(q: impl Fn(f64) -> f64, relative: f64) -> Vec<Rung> {
        let at = |k: i32| {
            let eps = 0.5_f64.powi(k);
            Rung { eps, estimate: Estimate::new(q(eps), relative * q(eps)) }
        };
        (3..=8).map(at).collect()
    }

    #[test]
    fn two_terms_are_exact() {
        let limit = leading_constant(&ladder(|e| e * e * (3.0 + 7.0 * e * e), 0.0));
        assert!((limit.value - 3.0).abs() < 1e-13 && limit.error < 1e-12, "{limit:?}");
    }

    /// Another term, a term that no expansion in ε² has, and budgets: the error covers what is off.
    #[test]
    fn the_error_covers_what_is_left() {
        let with_sixth = leading_constant(&ladder(|e| e * e * (3.0 + 7.0 * e * e - 400.0 * e.powi(4)), 0.0));
        assert!((with_sixth.value - 3.0).abs() < with_sixth.error, "{with_sixth:?}");
        let with_cube = leading_constant(&ladder(|e| e * e * (3.0 + 0.1 * e.powf(1.5)), 0.0));
        assert!((with_cube.value - 3.0).abs() < with_cube.error, "{with_cube:?}");
        let uncertain = leading_constant(&ladder(|e| 3.0 * e * e, 1e-3));
        assert!(uncertain.error > 3e-3);
    }

    #[test]
    fn three_resolved_rungs_are_needed() {
        let mut rungs = ladder(|e| e * e, 1e-3);
        rungs[5].estimate.error = rungs[5].estimate.value;
        assert!((leading_constant(&rungs).value - 1.0).abs() < 1e-12);
        assert!(leading_constant(&rungs[3..]).value.is_nan());
    }
}
