//! Thomas and Fermi's minimiser: the limit ε → 0 of closed shells, E/N → E_TF (S.1).
//!
//! Where the symbol |v|² + V_ext + V∗ρ lies below μ every state is full, with g/(2πε)^d of them in a unit of phase space, d = 3, so that
//! Nρ = gv_F³/(6π²ε³):
//!
//! v_F² = cρ^{2/3} = (μ − V_ext − V∗ρ)₊,  c = (6π²ε³N/g)^{2/3},
//! E/N = (3/5)c∫ρ^{5/3} + ∫V_ext ρ + ½∫(V∗ρ)ρ.
//!
//! With ε³N = 1 nothing depends on N. The support is a ball r ≤ a, μ = (V_ext + V∗ρ)(a); in r = a sin²(πt/2) the density is smooth up
//! to its edge (a−r)^{3/2} and to a nucleus, r^{−3/2}. For each a the density, ∫ρ = 1, follows by iteration for some c(a), a cloud with
//! another ε; c(a) grows with a, and c(a) = c gives a.

use std::f64::consts::PI;

use kernels::{Convolution, Measured};

use super::energy::Energy;
use super::error::GroundStateError;
use super::multipoles::Multipoles;
use super::panels::Panels;
use super::problem::{ClosedShells, External};
use crate::extrapolation::Extrapolation;

/// Panels of the two solutions whose difference is the error.
const PANELS: [usize; 2] = [8, 6];

/// Iterations for one radius, and radii tried.
const ITERATIONS: usize = 300;
const RADII: usize = 100;

/// ‖F(ρ) − ρ‖/‖ρ‖ and |ln(c(a)/c)| to be reached.
const TOLERANCE: f64 = 1e-13;
const MATCHED: f64 = 1e-12;

/// The share of F(ρ) − ρ that is taken.
const MIXING: f64 = 0.4;

/// Densities kept for the extrapolation.
const DEPTH: usize = 12;

/// The minimiser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThomasFermi {
    /// E/N.
    pub energy: Measured,
    /// Its parts for one particle; there is no exchange.
    pub parts: Energy,
    /// μ.
    pub chemical_potential: f64,
    /// a: ρ = 0 for r ≥ a.
    pub radius: f64,
}

/// The minimiser for the ε³N, g, V_ext and V of closed shells.
///
/// # Errors
/// [`GroundStateError`]: a nucleus that does not bind N particles, an iteration that does not converge, an interaction without
/// multipoles.
pub fn thomas_fermi(problem: &ClosedShells) -> Result<ThomasFermi, GroundStateError> {
    let [fine, coarse] = PANELS.map(|panels| minimiser(problem, panels));
    let (parts, chemical_potential, radius) = fine?;
    let value = parts.total();
    let error = 2.0 * (value - coarse?.0.total()).abs() + 1e-12 * value.abs();
    Ok(ThomasFermi { energy: Measured { value, error }, parts, chemical_potential, radius })
}

/// The parts of E/N, μ and a.
fn minimiser(problem: &ClosedShells, panels: usize) -> Result<(Energy, f64, f64), GroundStateError> {
    let c = (6.0 * PI * PI * problem.eps().powi(3) * problem.n() / problem.spins() as f64).powf(2.0 / 3.0);
    // a radius of the right scale to start from
    let scale = match problem.external() {
        External::Trap { stiffness } => (c / stiffness.powi(2)).powf(0.25),
        External::Nucleus { charge } => c / charge,
        External::None => c,
    };
    if let (External::Nucleus { charge }, Convolution::Power { strength, alpha: 1.0 }) =
        (problem.external(), problem.interaction().convolution())
        && strength >= charge
    {
        return Err(GroundStateError::NoEdge { charge, strength });
    }
    let mut rho: Option<Vec<f64>> = None;
    let mut excess = |log: f64| -> Result<(f64, Ball), GroundStateError> {
        let mut ball = Ball::new(problem, c, log.exp(), panels)?;
        let ratio = ball.iterate(rho.as_deref())?;
        rho = Some(ball.rho.clone());
        Ok((2.0 / 3.0 * ratio.ln(), ball))
    };
    let log = edge(scale.ln(), &mut excess)?;
    let (_, ball) = excess(log)?;
    Ok(ball.energy())
}

/// ln a with c(a) = c. A bracket by steps, then the secant that halves the value at an end which stays.
fn edge(
    start: f64,
    excess: &mut impl FnMut(f64) -> Result<(f64, Ball), GroundStateError>,
) -> Result<f64, GroundStateError> {
    let step = 0.25_f64;
    let (mut a, mut f) = (start, excess(start)?.0);
    let (mut b, mut g) = (a, f);
    let mut tried = 0;
    while f * g > 0.0 {
        (a, f) = (b, g);
        b -= step.copysign(f);
        g = excess(b)?.0;
        tried += 1;
        if tried == RADII {
            return Err(GroundStateError::NotConverged {
                iterations: RADII,
                residual: g.abs(),
                tolerance: MATCHED,
            });
        }
    }
    for _ in 0..RADII {
        let next = (a * g - b * f) / (g - f);
        let value = excess(next)?.0;
        if value.abs() <= MATCHED {
            return Ok(next);
        }
        if value * g < 0.0 {
            (a, f) = (b, g);
        } else {
            f *= 0.5;
        }
        (b, g) = (next, value);
    }
    Err(GroundStateError::NotConverged { iterations: RADII, residual: g.abs(), tolerance: MATCHED })
}

/// Densities supported in the ball r ≤ a, by their values at the points.
struct Ball {
    panels: Panels,
    multipoles: Multipoles,
    external: Vec<f64>,
    edge: f64,
    c: f64,
    radius: f64,
    rho: Vec<f64>,
}

impl Ball {
    fn new(problem: &ClosedShells, c: f64, radius: f64, panels: usize) -> Result<Self, GroundStateError> {
        let map = |t: f64| {
            let angle = 0.5 * PI * t;
            (radius * angle.sin().powi(2), 0.5 * PI * radius * (2.0 * angle).sin())
        };
        let panels = Panels::mapped(1.0, panels, map);
        let multipoles = Multipoles::new(problem.interaction(), &panels, 0, None)?;
        let external = panels.radii().iter().map(|r| problem.external().value(*r)).collect();
        let edge = problem.external().value(radius);
        Ok(Self { panels, multipoles, external, edge, c, radius, rho: Vec::new() })
    }

    /// V∗ρ at the points.
    fn potential(&self, rho: &[f64]) -> Vec<f64> {
        let shells: Vec<f64> =
            rho.iter().zip(self.panels.radii()).map(|(rho, r)| 4.0 * PI * r * r * rho).collect();
        let weighted = self.multipoles.spherical(&shells);
        weighted.iter().zip(self.panels.weights()).map(|(u, w)| u / w).collect()
    }

    /// μ and ((μ − V_ext − V∗ρ)₊/c)^{3/2}.
    fn filled(&self, potential: &[f64]) -> (f64, Vec<f64>) {
        let mu = self.edge + self.panels.at_end(potential);
        let filled = |(v, u): (&f64, &f64)| ((mu - v - u).max(0.0) / self.c).powf(1.5);
        (mu, self.external.iter().zip(potential).map(filled).collect())
    }

    /// ρ = F(ρ)/∫F(ρ) by extrapolation, and ∫F(ρ) = (c(a)/c)^{3/2}; densities are compared by their particles, 4πr²ρ√w.
    fn iterate(&mut self, start: Option<&[f64]>) -> Result<f64, GroundStateError> {
        let weight = |(r, w): (&f64, &f64)| 4.0 * PI * r * r * w.sqrt();
        let weights: Vec<f64> = self.panels.radii().iter().zip(self.panels.weights()).map(weight).collect();
        let first = match start {
            Some(rho) => rho.to_vec(),
            None => self.panels.radii().iter().map(|r| (1.0 - r / self.radius).powf(1.5)).collect(),
        };
        self.rho = self.normalised(first);
        let mut history = Extrapolation::new(DEPTH);
        let mut residual = f64::INFINITY;
        for _ in 0..ITERATIONS {
            let (_, filled) = self.filled(&self.potential(&self.rho));
            let mass = self.mean(&filled, |_| 1.0);
            let weighted = |(rho, w): (&f64, &f64)| rho * w;
            let x: Vec<f64> = self.rho.iter().zip(&weights).map(weighted).collect();
            let e: Vec<f64> =
                filled.iter().zip(&weights).zip(&x).map(|((f, w), x)| f * w / mass - x).collect();
            residual = norm(&e) / norm(&x);
            if residual <= TOLERANCE {
                return Ok(mass);
            }
            let (best, least) = history.next(x, e);
            let mixed =
                best.iter().zip(&least).zip(&weights).map(|((x, e), w)| ((x + MIXING * e) / w).max(0.0));
            self.rho = self.normalised(mixed.collect());
        }
        Err(GroundStateError::NotConverged { iterations: ITERATIONS, residual, tolerance: TOLERANCE })
    }

    /// ∫ρ = 1.
    fn normalised(&self, rho: Vec<f64>) -> Vec<f64> {
        let mass = self.mean(&rho, |_| 1.0);
        rho.into_iter().map(|rho| rho / mass).collect()
    }

    /// ∫f ρ.
    fn mean(&self, rho: &[f64], f: impl Fn(usize) -> f64) -> f64 {
        let shell = |i: usize| self.panels.weights()[i] * 4.0 * PI * self.panels.radii()[i].powi(2) * rho[i];
        (0..rho.len()).map(|i| shell(i) * f(i)).sum()
    }

    /// The parts of E/N, μ and a.
    fn energy(&self) -> (Energy, f64, f64) {
        let potential = self.potential(&self.rho);
        let parts = Energy {
            kinetic: self.mean(&self.rho, |i| 0.6 * self.c * self.rho[i].powf(2.0 / 3.0)),
            external: self.mean(&self.rho, |i| self.external[i]),
            direct: self.mean(&self.rho, |i| 0.5 * potential[i]),
            exchange: 0.0,
        };
        let (mu, _) = self.filled(&potential);
        (parts, mu, self.radius)
    }
}

fn norm(values: &[f64]) -> f64 {
    values.iter().map(|v| v * v).sum::<f64>().sqrt()
}
