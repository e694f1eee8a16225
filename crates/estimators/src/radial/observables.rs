//! tr e^{ip·x+εq·∇}(ω−ω̃)/N in R³, at any angle between p and q (G16.T3).
//!
//! With ω = N F in Weyl variables, x at an angle to q whose cosine is c, and p = p_∥ + p_⊥ along and across q,
//!
//! tr e^{ip·x+εq·∇}ω/N = ∫e^{ip·x}F(x,q)dx = 2π∫R²∫e^{ip_∥Rc}J₀(p_⊥R√(1−c²)) F(R,|q|c,|q|√(1−c²)) dc dR,
//!
//! real, since a turn by π in the plane of p and q takes (p,q) to (−p,−q). In the comoving frame p·x + q·v = P·ξ + Q·η with P = bp + ½ḃq and
//! Q = q/b.

use std::f64::consts::{PI, TAU};
use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;
use num_complex::Complex64;
use operators::radial::Channels;
use rayon::prelude::*;
use transforms::wigner::radial::weyl_variables_with;

use super::{Pair, Reference};
use crate::Estimate;

/// |p| and |q|: 0, 1, …, 8; angles between them: 0, π/4, …, π.
const LONGEST: usize = 8;
const ANGLES: usize = 4;
/// Nodes beyond those that the waves ask for, and the share of a coarser integral.
const MORE: f64 = 16.0;
const FEWER: f64 = 0.8;
/// Points of the local interpolation of F, and fewer of them where there are fewer nodes, in those of the radii.
const FINER: [usize; 2] = [4, 3];

/// |p|, |q| and the angle between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhaseVector {
    /// |p|.
    pub p: f64,
    /// |q|.
    pub q: f64,
    /// Angle of p and q, in \[0, π\].
    pub angle: f64,
}

impl PhaseVector {
    /// (1+|p|+|q|)^{−2}.
    pub fn weight(&self) -> f64 {
        (1.0 + self.p + self.q).powi(-2)
    }

    /// (P_∥, P_⊥) along and across Q, and |Q|, in a frame with (b, ḃ).
    fn in_frame(&self, (b, speed): (f64, f64)) -> ([f64; 2], f64) {
        let (sine, cosine) = self.angle.sin_cos();
        ([b * self.p * cosine + 0.5 * speed * self.q, b * self.p * sine], self.q / b)
    }
}

/// All (p, q) of the lattice but 0: |p|, |q| ∈ {0, 1, …, 8}, angles 0, π/4, …, π.
pub fn phase_lattice() -> Vec<PhaseVector> {
    let lengths = (0..=LONGEST).flat_map(|p| (0..=LONGEST).map(move |q| (p, q)));
    let angles = |(p, q): (usize, usize)| {
        let last = if p == 0 || q == 0 { 0 } else { ANGLES };
        let angle = |k: usize| PI * k as f64 / ANGLES as f64;
        (0..=last).map(move |k| PhaseVector { p: p as f64, q: q as f64, angle: angle(k) })
    };
    lengths.filter(|at| *at != (0, 0)).flat_map(angles).collect()
}

/// sup over the lattice of (1+|p|+|q|)^{−2}·|tr e^{ip·x+εq·∇}(ω_t−ω̃_t)|/N; `trace` is what the approximations of the pair cost tr|·|/N, and
/// so each observable.
pub fn weighted_observables(reference: &Reference, pair: &Pair, trace: f64) -> Estimate {
    let lattice = phase_lattice();
    let scale = reference.frame.scale(pair.time);
    let measured = |share: f64| {
        let (radius, speed) = (reference.extent.radius, reference.extent.speed);
        observables(
            &pair.difference,
            pair.scaling.eps(),
            scale,
            Waves { radius, speed, along: speed },
            share,
            &lattice,
        )
    };
    let (fine, coarse) = (measured(1.0), measured(FEWER));
    let sup = |values: &mut dyn Iterator<Item = f64>| {
        values.zip(&lattice).map(|(o, at)| at.weight() * o.abs()).fold(0.0, f64::max)
    };
    let change = sup(&mut fine.iter().zip(&coarse).map(|(a, b)| a - b));
    let error = sup(&mut lattice.iter().map(|_| trace));
    Estimate::new(sup(&mut fine.iter().copied()), change + error)
}

/// What the nodes of an integral over x must resolve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Waves {
    /// ω is nothing for larger |ξ|.
    pub(super) radius: f64,
    /// And for larger |η|.
    pub(super) speed: f64,
    /// Largest wave number of F in R: of order 1/|ξ| for smooth data, 2|η|/ε for determinants.
    pub(super) along: f64,
}

/// tr e^{ip·x+εq·∇}ω/N at each (p, q) of the laboratory, of channels in a frame with (b, ḃ).
pub(super) fn observables(
    omega: &Channels,
    eps: f64,
    scale: (f64, f64),
    Waves { radius, speed, along }: Waves,
    share: f64,
    lattice: &[PhaseVector],
) -> Vec<f64> {
    let finer = FINER[usize::from(share < 1.0)];
    let places: Vec<_> = lattice.iter().map(|at| at.in_frame(scale)).collect();
    let longest = places.iter().map(|([a, b], _)| a.hypot(*b)).fold(0.0, f64::max);
    let shells = (share * (radius * (longest + along) / PI + MORE)).ceil();
    let spacing = radius / shells;
    let farthest = places.iter().map(|(_, q)| *q).fold(0.0, f64::max);
    let count = (share * (0.25 * longest * radius + 0.5 * farthest * speed + MORE)).ceil() as usize;
    let rule = GaussLegendre::new(NonZeroUsize::MIN.saturating_add(count));
    let cosines: Vec<(f64, f64)> = rule.iter().map(|(x, w)| (0.5 * (1.0 + x), 0.5 * w)).collect();
    let shells: Vec<f64> = (0..shells as usize).map(|j| (j as f64 + 0.5) * spacing).collect();
    let points: Vec<(f64, f64, f64)> = shells
        .iter()
        .flat_map(|&r| cosines.iter().map(move |&(c, w)| (r, c, 2.0 * TAU * r * r * w * spacing)))
        .collect();
    let mut lengths: Vec<f64> = places.iter().map(|(_, q)| *q).collect();
    lengths.sort_by(f64::total_cmp);
    lengths.dedup();
    let at = |length: f64| {
        points.iter().map(move |&(r, c, _)| (r, length * c, length * ((1.0 - c) * (1.0 + c)).sqrt()))
    };
    let all: Vec<_> = lengths.iter().flat_map(|&length| at(length)).collect();
    let f = weyl_variables_with(omega, eps, &all, finer);
    let value = |([along, across], q): &([f64; 2], f64)| -> f64 {
        let first = points.len() * lengths.iter().position(|length| length == q).unwrap_or(0);
        let term = |(&(r, c, weight), f): (&(f64, f64, f64), &Complex64)| {
            let (sine, cosine) = (along * r * c).sin_cos();
            let wave = f.re * cosine - f.im * sine;
            weight * wave * libm::j0(across * r * ((1.0 - c) * (1.0 + c)).sqrt())
        };
        points.iter().zip(&f[first..]).map(term).sum()
    };
    places.par_iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use phase_space::Scaling;
    use phase_space::radial::{AngularMomenta, RadialGrid};
    use transforms::weyl::radial::{GaussianTerm, GaussianVariables, weyl_channels};

    use super::*;

    /// ∬W e^{i(p·x+q·v)} of a Gaussian with a chirp, v = κx + σ_vη: e^{−σ_x²|p+κq|²/2 − σ_v²|q|²/2}.
    #[test]
    fn a_gaussian_has_its_characteristic_function() {
        let (eps, sigma_x, sigma_v, chirp) = (0.25, 0.9, 1.2, 0.3);
        let term = GaussianTerm { weight: 1.0, sigma_x, sigma_v, chirp };
        let variables = GaussianVariables::new(vec![term]).unwrap();
        let grid = RadialGrid::resolving(7.0, eps, 10.0).unwrap();
        let momenta = AngularMomenta::sparse(eps, (30.0 / eps) as usize).unwrap();
        let omega = weyl_channels(&variables, &Scaling::new(3, eps).unwrap(), &grid, &momenta).unwrap();
        let lattice = phase_lattice();
        // as if the channels were those of a frame with b = 1.3 and ḃ = −0.4: x = bξ, v = η/b + ½ḃξ
        let scale = (1.3, -0.4);
        let waves = Waves { radius: 7.0, speed: 10.0, along: 10.0 };
        let mut largest = 0.0_f64;
        for (at, value) in lattice.iter().zip(observables(&omega, eps, scale, waves, 1.0, &lattice)) {
            let (sine, cosine) = at.angle.sin_cos();
            let q = at.q / scale.0;
            let p = [scale.0 * at.p * cosine + 0.5 * scale.1 * at.q, scale.0 * at.p * sine];
            let square = (p[0] + chirp * q).powi(2) + p[1] * p[1];
            let exact = (-0.5 * (sigma_x * sigma_x * square + (sigma_v * q).powi(2))).exp();
            assert!((value - exact).abs() < 1e-7, "{at:?}: {value} {exact}");
            largest = largest.max(exact);
        }
        assert!(largest > 0.1);
    }
}
