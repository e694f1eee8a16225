//! Weak distances of ω_t and ω̃_t: Husimi functions, negative Sobolev norms, the quadratic Wasserstein distance of marginals.

use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::fourier::PlaneTransform;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use transforms::husimi::line::husimi;

use super::distances::l1;
use super::pair::on_grid;
use super::sea_distances::negative_norm;
use super::wasserstein::{wasserstein, wasserstein_budget};
use super::{Knob, Pair, SetUpError, VlasovReference};
use crate::Estimate;

/// What W_t − W̃_t is in weak distances. H, H̃ are the Husimi functions of ω_t and ω̃_t.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeakDistances {
    /// ‖H − W̃‖_{L¹}: the smoothing alone costs ε‖ΔW̃‖_{L¹}/4.
    pub husimi_against_vlasov: Estimate,
    /// ‖H − H̃‖_{L¹}.
    pub husimi: Estimate,
    /// ‖ρ − ρ̃‖_{H^{−1}}, ‖f‖²_{H^{−1}} = (2π)⁻¹∫|f̂(k)|²/(1+k²)dk.
    pub density_negative: Estimate,
    /// ‖W − W̃‖_{H^{−1}}, ‖f‖²_{H^{−1}} = (2π)⁻²∬|f̂(k,y)|²/(1+k²+y²)dk dy.
    pub wigner_negative: Estimate,
    /// W₂(ρ, ρ̃).
    pub density_wasserstein: Estimate,
    /// W₂ of the marginals in v.
    pub velocity_wasserstein: Estimate,
    /// W₂(∫H dv, ρ̃) ≤ W₂(H, W̃).
    pub husimi_wasserstein: Estimate,
    /// What the smoothing tends to.
    pub limits: SmoothingLimits,
}

/// H̃ = W̃ + εΔW̃/4 + O(ε²): what three of the distances are close to as ε → 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmoothingLimits {
    /// ε‖ΔW̃‖_{L¹}/4, of ‖H − W̃‖_{L¹}.
    pub laplacian: Estimate,
    /// ‖W − W̃‖_{L¹}, of ‖H − H̃‖_{L¹}.
    pub wigner_l1: Estimate,
    /// (ε/4)(∫ρ̃'²/ρ̃ dx)^{1/2}, of W₂(∫H dv, ρ̃): mass is displaced by −(ε/4)ρ̃'/ρ̃.
    pub fisher: Estimate,
}

impl WeakDistances {
    /// Name and value of each, as in rows.
    pub fn named(&self) -> [(&'static str, Estimate); 7] {
        [
            ("‖H−W̃‖_{L¹}", self.husimi_against_vlasov),
            ("‖H−H̃‖_{L¹}", self.husimi),
            ("‖ρ−ρ̃‖_{H^{−1}}", self.density_negative),
            ("‖W−W̃‖_{H^{−1}}", self.wigner_negative),
            ("W₂(ρ,ρ̃)", self.density_wasserstein),
            ("W₂(∫W dx,∫W̃ dx)", self.velocity_wasserstein),
            ("W₂(∫H dv,ρ̃)", self.husimi_wasserstein),
        ]
    }
}

/// Measures a pair. Errors of W − W̃ are those of the pair; what is taken of W̃ alone, (H̃ − W̃), has those of the reference, of whose times the
/// pair has the one at `place`.
///
/// # Errors
/// [`SetUpError`] if a variant does not fit the grid.
pub fn weak_distances(
    pair: &Pair,
    reference: &VlasovReference,
    place: usize,
) -> Result<WeakDistances, SetUpError> {
    let scaling = Scaling::line(pair.eps)?;
    let (d, grid) = (&pair.difference, pair.difference.grid());
    let smooth = |w: &WignerFunction| husimi(w, &scaling);
    let against = smooth(&pair.hartree)?.minus(&pair.vlasov)?;
    let vlasov_errors: Vec<WignerFunction> = Knob::ALL
        .iter()
        .zip(&reference.variants)
        .map(|(&knob, varied)| Ok(on_grid(knob, &varied[place], grid)?.minus(&pair.vlasov)?))
        .collect::<Result<_, SetUpError>>()?;
    let of_vlasov: f64 = vlasov_errors.iter().map(WignerFunction::l1).sum();
    let mut vlasov_laplacian = 0.0;
    for e in &vlasov_errors {
        vlasov_laplacian += laplacian(e)?.l1();
    }
    let budget = pair.budget(WignerFunction::l1);
    let rho = d.density();
    let at_ends = |f: &[f64], e: &dyn Fn(&WignerFunction) -> Vec<f64>, axis: &Axis| -> f64 {
        pair.perturbations.iter().map(|p| wasserstein_budget(f, &e(p), axis)).sum()
    };
    let density = |w: &WignerFunction| w.density();
    let velocity = |w: &WignerFunction| velocities(w);
    let (rho_tilde, v_tilde) = (density(&pair.vlasov), velocity(&pair.vlasov));
    let plus = |mut w: Estimate, error: f64| {
        w.error += error;
        w
    };
    let of_density = at_ends(&rho_tilde, &density, &grid.x);
    let smoothing = |w: &WignerFunction| -> Result<Estimate, SetUpError> {
        Ok(wasserstein(&smooth(w)?.density(), &w.density(), &grid.x))
    };
    let of_smoothing = smoothing(&pair.vlasov)?.value;
    let mut smoothing_error = 0.0;
    for e in &vlasov_errors {
        let mut varied = pair.vlasov.clone();
        varied.add_scaled(1.0, e)?;
        smoothing_error += (smoothing(&varied)?.value - of_smoothing).abs();
    }
    Ok(WeakDistances {
        husimi_against_vlasov: l1(&against, budget + 2.0 * of_vlasov),
        husimi: l1(&smooth(d)?, budget),
        density_negative: Estimate::new(
            negative_norm(&rho, &grid.x, 1),
            pair.budget(|e| negative_norm(&e.density(), &grid.x, 1)),
        ),
        wigner_negative: plane_negative(d, pair.budget(WignerFunction::l2))?,
        density_wasserstein: plus(wasserstein(&density(&pair.hartree), &rho_tilde, &grid.x), of_density),
        velocity_wasserstein: plus(
            wasserstein(&velocity(&pair.hartree), &v_tilde, &grid.v),
            at_ends(&v_tilde, &velocity, &grid.v),
        ),
        husimi_wasserstein: plus(
            wasserstein(&smooth(&pair.hartree)?.density(), &rho_tilde, &grid.x),
            of_density + smoothing_error,
        ),
        limits: SmoothingLimits {
            laplacian: l1(&laplacian(&pair.vlasov)?, vlasov_laplacian).scaled(0.25 * pair.eps),
            wigner_l1: l1(d, budget),
            fisher: fisher(&pair.vlasov, &vlasov_errors)?.scaled(0.25 * pair.eps),
        },
    })
}

/// ΔW.
fn laplacian(w: &WignerFunction) -> Result<WignerFunction, SetUpError> {
    let mut sum = w.d_x(2);
    sum.add_scaled(1.0, &w.d_v(2))?;
    Ok(sum)
}

/// (∫ρ'²/ρ dx)^{1/2}, where ρ is above round-off, and what variants of W change of it.
fn fisher(w: &WignerFunction, errors: &[WignerFunction]) -> Result<Estimate, SetUpError> {
    let of = |w: &WignerFunction| {
        let (rho, slope) = (w.density(), w.d_x(1).density());
        let cut = ROUND_OFF * rho.iter().copied().fold(0.0, f64::max);
        let above = rho.iter().zip(&slope).filter(|(rho, _)| **rho > cut);
        (w.grid().x.spacing() * above.map(|(rho, slope)| slope * slope / rho).sum::<f64>()).sqrt()
    };
    let value = of(w);
    let mut error = 0.0;
    for e in errors {
        let mut varied = w.clone();
        varied.add_scaled(1.0, e)?;
        error += (of(&varied) - value).abs();
    }
    Ok(Estimate::new(value, error))
}

/// Below this part of its maximum a density is round-off.
const ROUND_OFF: f64 = 1e-12;

/// ∫W dx at the points of v.
fn velocities(w: &WignerFunction) -> Vec<f64> {
    let grid = w.grid();
    let mut sums = vec![0.0; grid.v.len()];
    for row in w.values().chunks_exact(grid.v.len()) {
        sums.iter_mut().zip(row).for_each(|(sum, w)| *sum += w);
    }
    sums.iter_mut().for_each(|sum| *sum *= grid.x.spacing());
    sums
}

/// ‖D‖_{H^{−1}} on twice the box; what the box itself gives instead bounds what the periodic images do.
fn plane_negative(d: &WignerFunction, budget: f64) -> Result<Estimate, SetUpError> {
    let grid = d.grid();
    let twice = |axis: &Axis| Axis::new(axis.center(), 2.0 * axis.length(), 2 * axis.len());
    let wide = negative(&d.embedded(&PhaseGrid::new(twice(&grid.x)?, twice(&grid.v)?))?);
    // ‖·‖_{H^{−1}} ≤ ‖·‖_{L²}
    Ok(Estimate::new(wide, (wide - negative(d)).abs() + budget))
}

/// ‖f‖_{H^{−1}} of the periodic function on its box.
fn negative(f: &WignerFunction) -> f64 {
    let grid = f.grid();
    let (n_x, n_v) = (grid.x.len(), grid.v.len());
    let mut values: Vec<Complex64> = f.values().iter().map(|&f| f.into()).collect();
    PlaneTransform::new(n_x, n_v).forward(&mut values);
    let squares = |axis: &Axis, n: usize| -> Vec<f64> {
        (0..n).map(|k| axis.wave_number(k.min(n - k)).powi(2)).collect()
    };
    let (along_x, along_v) = (squares(&grid.x, n_x), squares(&grid.v, n_v));
    let weighted =
        |(at, z): (usize, &Complex64)| z.norm_sqr() / (1.0 + along_x[at / n_v] + along_v[at % n_v]);
    let sum: f64 = values.iter().enumerate().map(weighted).sum();
    (sum * grid.cell() / (n_x * n_v) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::f64::consts::TAU;

    use super::*;

    /// For e^{−(x²+v²)/2}: f̂ = 2πe^{−(k²+y²)/2}, ‖f‖² = ∬e^{−r²}/(1+r²) = π∫₀^∞e^{−u}/(1+u)du = π e E₁(1).
    #[test]
    fn a_gaussian_has_its_negative_norm() {
        let axis = || Axis::new(0.0, 24.0, 128).unwrap();
        let f = PhaseGrid::new(axis(), axis()).sample(|x, v| (-0.5 * (x * x + v * v)).exp()).unwrap();
        let found = plane_negative(&f, 0.0).unwrap();
        let truth = (0.5 * TAU * 0.596_347_362_323_194_1_f64).sqrt();
        assert!(
            (found.value - truth).abs() <= found.error + 1e-12 && found.error < 1e-3,
            "{found:?} {truth}"
        );
        assert!((found.value - truth).abs() < 1e-6 * truth, "{found:?} {truth}");
    }
}
