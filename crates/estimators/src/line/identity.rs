//! P16.1 as an identity: with iε∂ₜU = h(t)U, h = −ε²Δ + V∗ρ_t,
//!
//! ```math
//! \omega_t-\tilde\omega_t = \frac1{i\varepsilon}\int_0^t U(t,s)\,\big([V*(\rho_s-\tilde\rho_s),\tilde\omega_s]+B_s\big)\,U(t,s)^*\,ds .
//! ```
//!
//! The right-hand side is accumulated by carrying the quadrature sum along the linear flow of the Hartree field.

use kernels::line::MeanField;
use phase_space::line::WignerFunction;

use super::{Problem, Resolution, SetUpError};
use crate::Estimate;

/// The source under the integral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceTerm {
    /// B = [V∗ρ̃, ω̃] − ∇(V∗ρ̃)((x+y)/2)·(x−y) ω̃.
    Correct,
    /// One slide's B, without the factor (x−y): a negative control.
    WithoutDistance,
}

/// ‖(ω_t − ω̃_t) − right-hand side‖_HS / ‖ω_t − ω̃_t‖_HS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IdentityResidual {
    /// ε.
    pub eps: f64,
    /// The relative residual; its error is the change from half the quadrature nodes.
    pub residual: Estimate,
    /// ‖ω_t − ω̃_t‖_HS/√N, to show that the identity compares numbers that are not zero.
    pub size: f64,
}

/// Nodes of the five-point Gauss–Legendre rule on [0, 1], and its weights.
const GAUSS: [(f64, f64); 5] = [
    (0.046_910_077_030_668_0, 0.118_463_442_528_094_54),
    (0.230_765_344_947_158_45, 0.239_314_335_249_683_23),
    (0.5, 0.284_444_444_444_444_45),
    (0.769_234_655_052_841_6, 0.239_314_335_249_683_23),
    (0.953_089_922_969_332, 0.118_463_442_528_094_54),
];

/// Measures both sides at time t with `panels` Gauss panels, and once more with half as many.
pub fn conjugation_identity(
    problem: &Problem,
    resolution: Resolution,
    eps: f64,
    time: f64,
    term: SourceTerm,
) -> Result<IdentityResidual, SetUpError> {
    const PANELS: usize = 4;
    let (fine, size) = residual(problem, resolution, eps, time, term, PANELS)?;
    let (coarse, _) = residual(problem, resolution, eps, time, term, PANELS / 2)?;
    Ok(IdentityResidual { eps, residual: Estimate::new(fine, (fine - coarse).abs()), size })
}

fn residual(
    problem: &Problem,
    resolution: Resolution,
    eps: f64,
    time: f64,
    term: SourceTerm,
    panels: usize,
) -> Result<(f64, f64), SetUpError> {
    let grid = resolution.grid;
    let mut w = problem.initial_on(&grid)?;
    let mut w_tilde = w.clone();
    let mut hartree = problem.hartree(&grid, eps, resolution.splitting)?;
    let mut vlasov = problem.vlasov(&grid, resolution.splitting)?;
    let mut field = MeanField::new(problem.interaction.as_ref(), &grid.x)?;
    // real and imaginary part of the symbol of the sum; the correct source is real
    let mut sum = [WignerFunction::zeros(&grid), WignerFunction::zeros(&grid)];
    let panel = time / panels as f64;
    let mut now = 0.0;
    let nodes = (0..panels).flat_map(|p| GAUSS.map(|(c, weight)| ((p as f64 + c) * panel, weight * panel)));
    for (s, weight) in nodes.chain([(time, 0.0)]) {
        let steps = resolution.steps(s - now);
        hartree.evolve_with(&mut w, &mut sum, s - now, steps);
        vlasov.evolve(&mut w_tilde, s - now, steps);
        now = s;
        let source = source(&mut field, eps, &w, &w_tilde, term)?;
        for (sum, source) in sum.iter_mut().zip(&source) {
            sum.add_scaled(weight, source)?;
        }
    }
    let difference = w.minus(&w_tilde)?;
    let size = difference.l2();
    let residual = difference.minus(&sum[0])?.l2().hypot(sum[1].l2());
    Ok((residual / size, size * std::f64::consts::TAU.sqrt()))
}

/// Real and imaginary part of the symbol of (iε)^(−1)([V∗(ρ−ρ̃), ω̃] + B) = (iε)^(−1)([V∗ρ, ω̃] − A).
fn source(
    field: &mut MeanField,
    eps: f64,
    w: &WignerFunction,
    w_tilde: &WignerFunction,
    term: SourceTerm,
) -> Result<[WignerFunction; 2], SetUpError> {
    let grid = *w.grid();
    let y = grid.y_points();
    let (u, u_tilde) = (field.potential(&w.density()), field.potential(&w_tilde.density()));
    let mut m = vec![0.0; grid.x.len() * y.len()];
    field.difference_quotient(&u, &y, eps, &mut m);
    let mut imaginary = WignerFunction::zeros(&grid);
    match term {
        SourceTerm::Correct => {
            let mut m_vlasov = m.clone();
            field.gradient_times(&u_tilde, &y, &mut m_vlasov);
            m.iter_mut().zip(&m_vlasov).for_each(|(m, v)| *m -= v);
        }
        SourceTerm::WithoutDistance => {
            // −(iε)^(−1) U′(x) ω̃ is i/ε times a Hermitian operator
            let force = field.gradient(&u_tilde);
            imaginary = w_tilde.clone();
            for (row, force) in imaginary.values_mut().chunks_exact_mut(grid.v.len()).zip(&force) {
                row.iter_mut().for_each(|value| *value *= force / eps);
            }
        }
    }
    Ok([w_tilde.weyl().times_minus_i(&m).wigner()?, imaginary])
}
