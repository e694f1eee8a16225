//! The chain of the proof, each link measured along the trajectory (P16.2 to P16.8).
//!
//! With `$B = [V*\tilde\rho,\tilde\omega] - A$`, `$A(x;y) = \nabla(V*\tilde\rho)(\tfrac{x+y}2)\cdot(x-y)\,\tilde\omega(x;y)$`,
//!
//! ```math
//! \mathrm{tr}|\omega_t-\tilde\omega_t| \le \frac1\varepsilon\int_0^t \mathrm{tr}\big|[V*(\rho_s-\tilde\rho_s),\tilde\omega_s]\big|\,ds
//! + \frac1\varepsilon\int_0^t \mathrm{tr}|B_s|\,ds .
//! ```
//!
//! In Weyl variables the two operators divided by `$i\varepsilon$` are `$-i\,m_H[V*(\rho-\tilde\rho)]\,\tilde G$` and
//! `$-i\,(m_H[V*\tilde\rho] - m_V[V*\tilde\rho])\,\tilde G$`.

use std::f64::consts::TAU;

use kernels::line::{MeanField, Potential};
use phase_space::line::{PhaseGrid, WignerFunction};
use phase_space::vertex;
use rayon::prelude::*;
use states::line::weighted_sobolev::L1Norms;

use super::distances::{density_l1, trace_budget};
use super::{Pair, Problem, Resolution, SetUpError, pair, trace_norm, vlasov_reference};
use crate::Estimate;

/// What is measured at one time of the trajectory; trace norms are divided by N.
///
/// For a singular V (‖V‖_∞ = ∞) the split P19.1 is measured alone: distance, both terms, the density. The rest belongs to the
/// chain P16.3–P16.8 for a smooth V, and is unknown.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// ε.
    pub eps: f64,
    /// s.
    pub time: f64,
    /// tr|ω_s − ω̃_s|/N.
    pub distance: Estimate,
    /// ε^(−1) tr|[V∗(ρ_s−ρ̃_s), ω̃_s]|/N, the talks' dominant term.
    pub mean_field_term: Estimate,
    /// ε^(−1) tr|B_s|/N, the talks' error term.
    pub error_term: Estimate,
    /// ‖ω_s − ω̃_s‖²_HS/N.
    pub hilbert_schmidt_squared: Estimate,
    /// ‖ρ_s − ρ̃_s‖_{L¹}.
    pub density_l1: Estimate,
    /// sup_z ε^(−1) tr|[V(z−·), ω̃_s]|/N, by parabolic interpolation between `CENTRES` points z.
    pub sup_commutator: Estimate,
    /// tr|[x, ω̃_s]|/(Nε).
    pub x_commutator: Estimate,
    /// tr|[x,[x, ω̃_s]]|/(Nε²).
    pub double_commutator: Estimate,
    /// ‖∂ᵥW̃_s‖_{L¹}, the limit of `x_commutator`.
    pub gradient_l1: Estimate,
    /// ‖∂ₓW̃_s‖_{L¹}.
    pub position_gradient_l1: Estimate,
    /// ‖∇W_0‖_{L¹}, at time 0.
    pub initial_gradient_l1: Estimate,
    /// ‖∂ᵥ²W̃_s‖_{L¹}, the limit of `double_commutator`.
    pub second_gradient_l1: Estimate,
    /// ‖U‴∂ᵥ³W̃_s‖_{L¹}/24, U = V∗ρ̃_s, the limit of ε^(−3)tr|B|/N.
    pub error_limit: Estimate,
    /// ¼(2π)^(−1)∫|Û(p)|p²dp, U = V∗ρ̃_s, so that tr|B| ≤ it · tr|[x,[x,ω̃]]|.
    pub curvature: f64,
}

/// The links at equidistant times 0 = s_0, …, s_K = t, and the bounds they give.
#[derive(Clone, Debug, PartialEq)]
pub struct DuhamelLedger {
    /// ε.
    pub eps: f64,
    /// The measured links.
    pub links: Vec<Link>,
    /// ∫₀^s of both terms: the right-hand side of P16.2 (the data agree at time 0), at the even nodes.
    pub bound: Vec<(f64, Estimate)>,
    /// ∫₀^s of the first term alone: no bound, and a control.
    pub mean_field_bound: Vec<(f64, Estimate)>,
    /// ∫₀^s b e^{∫K}, b the error term and K = sup_z ε^(−1)tr|[V(z−·),ω̃]|/N: what Grönwall makes of it (P16.8).
    pub gronwall: Vec<(f64, Estimate)>,
}

/// Time intervals of the ledger; even.
const INTERVALS: usize = 12;
/// Points z at which the commutator with V(z−·) is measured.
const CENTRES: usize = 9;

/// Measures all links of the chain at one ε. The discretisation of the trajectory enters through the relative budget of
/// its difference at the final time, in trace norm, as [`pair`] measures it.
pub fn duhamel_ledger(
    problem: &Problem,
    resolution: Resolution,
    eps: f64,
    final_time: f64,
) -> Result<DuhamelLedger, SetUpError> {
    let grid = resolution.grid;
    let mut w = problem.initial_on(&grid)?;
    let mut w_tilde = w.clone();
    let mut hartree = problem.hartree(&grid, eps, resolution.splitting)?;
    let mut vlasov = problem.vlasov(&grid, resolution.splitting)?;
    let interval = final_time / INTERVALS as f64;
    let budget = relative_trace_budget(problem, resolution, eps, final_time)?;
    let l1 = L1Norms::of(&w)?;
    let initial_gradient_l1 = Estimate::new(l1.gradient.value, l1.gradient.error);
    let mut nodes = Vec::with_capacity(INTERVALS + 1);
    for s in 0..=INTERVALS {
        if s > 0 {
            hartree.evolve(&mut w, interval, resolution.steps(interval));
            vlasov.evolve(&mut w_tilde, interval, resolution.steps(interval));
        }
        nodes.push((s as f64 * interval, w.clone(), w_tilde.clone()));
    }
    let measured = |(time, w, w_tilde): &(f64, WignerFunction, WignerFunction)| {
        let link = link(problem, eps, *time, w, w_tilde)?;
        Ok(Link { initial_gradient_l1, ..link }.with_budget(budget))
    };
    let links: Vec<Link> =
        nodes.par_iter().with_max_len(1).map(measured).collect::<Result<_, SetUpError>>()?;
    let bound = cumulative(&links, interval, |l| l.mean_field_term.plus(&l.error_term));
    let mean_field_bound = cumulative(&links, interval, |l| l.mean_field_term);
    let gronwall = gronwall(&links, interval);
    Ok(DuhamelLedger { eps, links, bound, mean_field_bound, gronwall })
}

/// √|box| Σ‖D' − D‖_{L²} / ‖D‖_{L¹} over the knobs; 0 where there is no difference to resolve.
fn relative_trace_budget(
    problem: &Problem,
    resolution: Resolution,
    eps: f64,
    time: f64,
) -> Result<f64, SetUpError> {
    let reference = vlasov_reference(problem, resolution, &[time])?;
    let pairs = pair(problem, &reference, eps)?;
    let relative = |p: &Pair| trace_budget(p) / p.difference.l1().max(f64::MIN_POSITIVE);
    Ok(pairs.iter().map(relative).fold(0.0, f64::max))
}

impl Link {
    /// Nothing measured.
    fn unknown() -> Self {
        let unknown = Estimate::unknown();
        Self {
            eps: f64::NAN,
            time: f64::NAN,
            distance: unknown,
            mean_field_term: unknown,
            error_term: unknown,
            hilbert_schmidt_squared: unknown,
            density_l1: unknown,
            sup_commutator: unknown,
            x_commutator: unknown,
            double_commutator: unknown,
            gradient_l1: unknown,
            position_gradient_l1: unknown,
            initial_gradient_l1: unknown,
            second_gradient_l1: unknown,
            error_limit: unknown,
            curvature: f64::NAN,
        }
    }

    /// Adds the budget of the trajectory to everything that is proportional to the difference or made from W̃.
    fn with_budget(self, relative: f64) -> Self {
        let widened = |e: Estimate| Estimate::new(e.value, e.error + relative * e.value.abs());
        Self {
            distance: widened(self.distance),
            mean_field_term: widened(self.mean_field_term),
            error_term: widened(self.error_term),
            hilbert_schmidt_squared: widened(self.hilbert_schmidt_squared),
            density_l1: widened(self.density_l1),
            sup_commutator: widened(self.sup_commutator),
            x_commutator: widened(self.x_commutator),
            double_commutator: widened(self.double_commutator),
            gradient_l1: widened(self.gradient_l1),
            position_gradient_l1: widened(self.position_gradient_l1),
            second_gradient_l1: widened(self.second_gradient_l1),
            error_limit: widened(self.error_limit),
            ..self
        }
    }
}

fn link(
    problem: &Problem,
    eps: f64,
    time: f64,
    w: &WignerFunction,
    w_tilde: &WignerFunction,
) -> Result<Link, SetUpError> {
    let grid = *w.grid();
    let y = grid.y_points();
    let mut field = MeanField::new(problem.interaction.as_ref(), &grid.x)?;
    let norm = |s: &WignerFunction| trace_norm(s, eps, time, problem.alteration.masked);
    let (u, u_tilde) = (field.potential(&w.density()), field.potential(&w_tilde.density()));
    let mut m = vec![0.0; grid.x.len() * y.len()];
    field.difference_quotient(&u.minus(&u_tilde), &y, eps, &mut m);
    let mean_field_term = norm(&commutator(w_tilde, &m)?)?;
    let mut m_vlasov = m.clone();
    field.difference_quotient(&u_tilde, &y, eps, &mut m);
    field.gradient_times(&u_tilde, &y, &mut m_vlasov);
    m.iter_mut().zip(&m_vlasov).for_each(|(m, v)| *m -= v);
    let error_term = norm(&commutator(w_tilde, &m)?)?;
    let difference = w.minus(w_tilde)?;
    let split = Link {
        eps,
        time,
        distance: norm(&difference)?,
        hilbert_schmidt_squared: Estimate::exact(TAU * difference.l2().powi(2)),
        mean_field_term,
        error_term,
        density_l1: density_l1(&difference),
        ..Link::unknown()
    };
    if problem.interaction.sup().is_none() {
        return Ok(split);
    }
    let gradients = L1Norms::of(w_tilde)?;
    let l1 = |m: kernels::Measured| Estimate::new(m.value, m.error);
    Ok(Link {
        sup_commutator: sup_commutator(problem, &grid, eps, time, w_tilde)?,
        x_commutator: norm(&w_tilde.d_v(1))?,
        double_commutator: norm(&w_tilde.d_v(2))?,
        gradient_l1: l1(gradients.d_v),
        position_gradient_l1: l1(gradients.d_x),
        initial_gradient_l1: l1(gradients.gradient),
        second_gradient_l1: l1(gradients.d_vv),
        error_limit: error_limit(&mut field, &u_tilde, w_tilde),
        curvature: u_tilde.fourier_moment(2) / 4.0,
        ..split
    })
}

/// ‖U‴∂ᵥ³W̃‖_{L¹}/24: m_H[U] − m_V[U] = ε²U‴(x)y³/24 + O(ε⁴).
fn error_limit(field: &mut MeanField, u: &Potential, w_tilde: &WignerFunction) -> Estimate {
    let third = field.derivative(u, 3);
    let mut symbol = w_tilde.d_v(3);
    for (row, u) in symbol.values_mut().chunks_exact_mut(w_tilde.grid().v.len()).zip(&third) {
        row.iter_mut().for_each(|value| *value *= u / 24.0);
    }
    super::distances::l1(&symbol, 0.0)
}

/// The symbol of (iε)^(−1)[·, ω̃]: −i m G̃ back in phase space.
fn commutator(w_tilde: &WignerFunction, m: &[f64]) -> Result<WignerFunction, SetUpError> {
    Ok(w_tilde.weyl().times_minus_i(m).wigner()?)
}

/// sup_z ε^(−1)tr|[V(z−·), ω̃]|/N over `CENTRES` points z across the box.
fn sup_commutator(
    problem: &Problem,
    grid: &PhaseGrid,
    eps: f64,
    time: f64,
    w_tilde: &WignerFunction,
) -> Result<Estimate, SetUpError> {
    let y = grid.y_points();
    let mean = w_tilde.expectation(|x, _| x);
    let width = w_tilde.expectation(|x, _| (x - mean).powi(2)).sqrt();
    let at = |c: usize| -> Result<Estimate, SetUpError> {
        let z = mean + 2.0 * width * (2.0 * c as f64 / (CENTRES - 1) as f64 - 1.0);
        let mut m = Vec::with_capacity(grid.x.len() * y.len());
        for x in grid.x.points() {
            let v = |shift: f64| problem.interaction.value(x + shift - z);
            m.extend(y.iter().map(|y| (v(0.5 * eps * y) - v(-0.5 * eps * y)) / eps));
        }
        trace_norm(&commutator(w_tilde, &m)?, eps, time, problem.alteration.masked)
    };
    let norms: Vec<Estimate> = (0..CENTRES).into_par_iter().map(at).collect::<Result<_, _>>()?;
    Ok(supremum(&norms))
}

/// The supremum of a function sampled at equidistant points: that of the parabola through the largest sample and its
/// neighbours; how far it lies above the sample is its error. Unknown if the largest sample is an end point.
fn supremum(samples: &[Estimate]) -> Estimate {
    let Some(at) = (0..samples.len()).max_by(|&a, &b| samples[a].value.total_cmp(&samples[b].value)) else {
        return Estimate::unknown();
    };
    if at == 0 || at + 1 == samples.len() || samples.iter().any(|s| !s.value.is_finite()) {
        return Estimate::unknown();
    }
    let value = vertex([at - 1, at, at + 1].map(|i| samples[i].value));
    Estimate::new(value, samples[at].error + value - samples[at].value)
}

/// ∫₀^s f by Simpson's rule at the even nodes; the error is the distance from the trapezoidal rule plus the budgets.
fn cumulative(links: &[Link], h: f64, f: impl Fn(&Link) -> Estimate) -> Vec<(f64, Estimate)> {
    let mut total = Estimate::default();
    let mut sums = vec![(links[0].time, total)];
    for pair in links.windows(3).step_by(2) {
        let [a, b, c] = [f(&pair[0]), f(&pair[1]), f(&pair[2])];
        let simpson = h / 3.0 * (a.value + 4.0 * b.value + c.value);
        let trapezoid = h / 2.0 * (a.value + 2.0 * b.value + c.value);
        let budget = h / 3.0 * (a.error + 4.0 * b.error + c.error);
        total = total.plus(&Estimate::new(simpson, (simpson - trapezoid).abs() + budget));
        sums.push((pair[2].time, total));
    }
    sums
}

/// e(t) ≤ ∫₀^t b(s) exp(∫_s^t K) ds, by the same rules, ∫K by the trapezoid: K varies slowly.
fn gronwall(links: &[Link], h: f64) -> Vec<(f64, Estimate)> {
    let exponent = cumulative_trapezoid(links, h, |l| l.sup_commutator.value);
    (0..links.len())
        .step_by(2)
        .map(|end| {
            let weighted: Vec<Link> = links[..=end]
                .iter()
                .zip(&exponent)
                .map(|(l, k)| Link {
                    error_term: l.error_term.scaled((exponent[end] - k).exp()),
                    ..l.clone()
                })
                .collect();
            let sums = cumulative(&weighted, h, |l| l.error_term);
            sums[sums.len() - 1]
        })
        .collect()
}

fn cumulative_trapezoid(links: &[Link], h: f64, f: impl Fn(&Link) -> f64) -> Vec<f64> {
    let mut sums = vec![0.0];
    for pair in links.windows(2) {
        sums.push(sums[sums.len() - 1] + 0.5 * h * (f(&pair[0]) + f(&pair[1])));
    }
    sums
}
