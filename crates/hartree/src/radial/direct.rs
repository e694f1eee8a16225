//! Hartree by the functions of an oscillator, channel by channel: a second discretisation, that shares neither basis, mean field nor
//! integrator with another.
//!
//! The kinetic energy and its barrier are never discretised: with κ = speed/2, 1 for −ε²Δ,
//!
//! h = κ(−ε²Δ + s²|x|²) + (U − κs²|x|²),
//!
//! - the oscillator multiplies the coefficients of degree m by e^{−iτκs(2m+3)};
//! - the rest is the kick e^{−iτ(U−κs²r²)/ε} at the points of a quadrature, projected back, during which
//!   ρ(r) = Σ_ℓ(2ℓ+1)ω_ℓ(r;r)/(4πr²N) stands still.
//!
//! Strang's composition of the two has order 2 and an error in even powers of τ, from which Richardson's extrapolation of three
//! runs removes the first two. Every ℓ ≤ M is kept, and no sum is sparse. U is an integral over shells.

use std::f64::consts::PI;

use kernels::Interaction;
use num_complex::Complex64;
use operators::radial::{ChannelError, Channels};
use operators::{BandError, BandHermitian, SpectrumError};
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid, RadialGridError};
use rayon::prelude::*;

use super::factors::Factors;
use super::oscillator::OscillatorBasis;
use super::shells::Shells;

/// What the solver needs to be told, and what can be wrong with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DirectSettings {
    /// M: all oscillator functions of degree at most M, and all ℓ ≤ M.
    pub degree: usize,
    /// s: the ground state of the oscillator is e^{−s|x|²/2ε}. σ_v/σ_x suits a thermal Gaussian.
    pub stiffness: f64,
    /// The speed of ẋ = speed·v: 2 for −ε²Δ; anything else is a negative control.
    pub speed: f64,
    /// c in ε²(ℓ(ℓ+1)+c)/r²: 0; ¼, Langer's (ℓ+½)², is a negative control.
    pub barrier: f64,
}

impl DirectSettings {
    /// −ε²Δ with its own barrier.
    pub fn new(degree: usize, stiffness: f64) -> Self {
        Self { degree, stiffness, speed: 2.0, barrier: 0.0 }
    }
}

/// Why a solution was refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DirectError {
    /// The scaling of another dimension.
    #[error("channels of angular momentum need a scaling with d = 3, not d = {0}")]
    Dimension(u32),
    /// Sparse angular momenta.
    #[error("every angular momentum up to the last is needed")]
    Sparse,
    /// A stiffness that is not positive and finite, or a speed or barrier that is not finite.
    #[error("the stiffness must be positive and finite, speed and barrier finite: {0:?}")]
    Settings(DirectSettings),
    /// V has no mean field in R³.
    #[error("the interaction has no finite mean field in R³")]
    NoMeanField,
    /// No steps.
    #[error("an extrapolation needs at least 1 step")]
    Steps,
    /// The radii.
    #[error(transparent)]
    Grid(#[from] RadialGridError),
    /// The interaction.
    #[error(transparent)]
    Kernel(#[from] kernels::KernelError),
    /// A channel without eigenvectors.
    #[error(transparent)]
    Spectrum(#[from] SpectrumError),
    /// A matrix was refused.
    #[error(transparent)]
    Band(#[from] BandError),
    /// The channels were refused.
    #[error(transparent)]
    Channel(#[from] ChannelError),
}

/// ω by the coefficients of its factors in every channel, and its evolution.
#[derive(Clone, Debug)]
pub struct DirectHartree {
    settings: DirectSettings,
    scaling: Scaling,
    basis: OscillatorBasis,
    grid: RadialGrid,
    shells: Shells,
    /// functions[ℓ][j·n_ℓ + k] = √h u_kℓ(r_j).
    functions: Vec<Vec<f64>>,
    factors: Vec<Factors>,
    /// 1 − tr of what was kept over tr ω.
    truncation: f64,
}

/// ω_t extrapolated from three runs.
#[derive(Clone, Debug)]
pub struct Extrapolated {
    /// hω_ℓ(r_i;r_j), full matrices, for every ℓ ≤ M.
    pub channels: Channels,
    /// ρ(r_j).
    pub density: Vec<f64>,
    /// E/N.
    pub energy: f64,
    /// tr ω.
    pub trace: f64,
    /// ‖ω⁽⁶⁾ − ω⁽⁴⁾‖_HS/√N, the change that the last column of the extrapolation made: above the error in time.
    pub change: f64,
}

impl DirectHartree {
    /// ω from its channels hω_ℓ(r_i;r_j), ℓ = 0, 1, …, ℓ_max, projected on the oscillator functions of degree at most M.
    ///
    /// The solution has the ℓ ≤ min(ℓ_max, M). Two Gaussians of widths 1 and 1.4 at t ≤ 0.25: M = 110, 160, 200 at ε = 1/2, 1/3, 1/4 and
    /// s = 0.8 leave 10⁻¹⁰ of the trace norm; [`Self::truncation`] measures what is lost at the start.
    ///
    /// # Errors
    /// [`DirectError`]: d ≠ 3, settings out of range, a sparse set of ℓ, an interaction without mean field in R³.
    pub fn new(
        initial: &Channels,
        interaction: &dyn Interaction,
        scaling: Scaling,
        settings: DirectSettings,
    ) -> Result<Self, DirectError> {
        if scaling.dimension() != 3 {
            return Err(DirectError::Dimension(scaling.dimension()));
        }
        let s = settings.stiffness;
        if !(s > 0.0 && s.is_finite() && settings.speed.is_finite() && settings.barrier.is_finite()) {
            return Err(DirectError::Settings(settings));
        }
        if initial.momenta().len() != initial.momenta().last() + 1 {
            return Err(DirectError::Sparse);
        }
        let basis = OscillatorBasis::new(scaling.eps(), s, settings.degree);
        let grid = basis.grid()?;
        let shells = Shells::new(interaction, &grid)?;
        let functions: Vec<_> = (0..=basis.degree()).map(|l| basis.values(&grid, l)).collect();
        let last = basis.degree().min(initial.momenta().last());
        let factors: Result<Vec<_>, DirectError> = (0..=last)
            .into_par_iter()
            .map(|l| Factors::new(&basis, initial.grid(), l, &initial.blocks()[l]))
            .collect();
        let mut state =
            Self { settings, scaling, basis, grid, shells, functions, factors: factors?, truncation: 0.0 };
        state.truncation = 1.0 - state.trace() / initial.trace();
        Ok(state)
    }

    /// 1 − tr of what the basis holds of the initial ω over tr ω.
    pub fn truncation(&self) -> f64 {
        self.truncation
    }

    /// Evolves ω over `duration` in `steps` equal steps of Strang's composition; a negative duration goes back in time.
    pub fn evolve(&mut self, duration: f64, steps: usize) {
        let tau = duration / steps as f64;
        for step in 0..steps {
            self.rotate(if step == 0 { 0.5 * tau } else { tau });
            self.kick(tau);
        }
        self.rotate(0.5 * tau);
    }

    /// ω after `duration`, from n, 2n and 4n steps: ω⁽⁶⁾ = (64ω_{4n} − 20ω_{2n} + ω_n)/45, on the points of a grid of one's own.
    ///
    /// # Errors
    /// No steps.
    pub fn extrapolated(
        &self,
        duration: f64,
        steps: usize,
        grid: &RadialGrid,
    ) -> Result<Extrapolated, DirectError> {
        if steps == 0 {
            return Err(DirectError::Steps);
        }
        let runs: Vec<Self> = [steps, 2 * steps, 4 * steps]
            .iter()
            .map(|n| {
                let mut run = self.clone();
                run.evolve(duration, *n);
                run
            })
            .collect();
        let matrices: Vec<_> = runs.iter().map(|run| run.matrices(grid)).collect();
        let sixth = combined(&matrices, [1.0 / 45.0, -20.0 / 45.0, 64.0 / 45.0]);
        let fourth = combined(&matrices, [0.0, -1.0 / 3.0, 4.0 / 3.0]);
        let channels = self.channels_from(grid, &sixth)?;
        let change = channels.minus(&self.channels_from(grid, &fourth)?)?.hilbert_schmidt();
        let number = |f: fn(&Self) -> f64| {
            let [a, b, c] = [0, 1, 2].map(|i| f(&runs[i]));
            (64.0 * c - 20.0 * b + a) / 45.0
        };
        let n = self.scaling.n();
        Ok(Extrapolated {
            density: channels.density(n).into_iter().map(|(rho, _)| rho).collect(),
            energy: number(Self::energy),
            trace: number(Self::trace),
            change: change / n.sqrt(),
            channels,
        })
    }

    /// hω_ℓ(r_i;r_j) on any grid, for every ℓ ≤ M that there is.
    ///
    /// # Errors
    /// Values that are not finite.
    pub fn channels(&self, grid: &RadialGrid) -> Result<Channels, DirectError> {
        self.channels_from(grid, &self.matrices(grid))
    }

    /// The points of the quadrature.
    pub fn grid(&self) -> &RadialGrid {
        &self.grid
    }

    /// ρ at the points of the quadrature ([`Self::grid`]).
    pub fn density(&self) -> Vec<f64> {
        self.density_of(&self.waves())
    }

    /// tr ω = Σ(2ℓ+1)Σ_q λ_q‖ψ_q‖².
    pub fn trace(&self) -> f64 {
        self.factors.iter().map(|f| (2 * f.l + 1) as f64 * f.weighted(|_| 1.0)).sum()
    }

    /// E/N = κ tr(−ε²Δω)/N + ½∫Uρ; tr(−ε²Δω) = tr((−ε²Δ + s²|x|²)ω) − s²N∫|x|²ρ.
    pub fn energy(&self) -> f64 {
        let level = |f: &Factors| (2 * f.l + 1) as f64 * f.weighted(|k| self.basis.level(f.l, k));
        let oscillator = self.factors.iter().map(level).sum::<f64>() / self.scaling.n();
        let (rho, kappa) = (self.density(), 0.5 * self.settings.speed);
        let u = self.shells.potential(&rho);
        let rest = |(j, rho): (usize, &f64)| {
            let r2 = self.grid.point(j).powi(2);
            let s2 = self.settings.stiffness.powi(2);
            // ε²c/r² acts on every channel alike
            let barrier = self.scaling.eps().powi(2) * self.settings.barrier / r2;
            rho * (kappa * (barrier - s2 * r2) + 0.5 * u[j])
        };
        let rest: Vec<f64> = rho.iter().enumerate().map(rest).collect();
        kappa * oscillator + self.grid.volume_integral(&rest)
    }

    /// c_kq ↦ e^{−iτκs(2m+3)}c_kq.
    fn rotate(&mut self, tau: f64) {
        let kappa = 0.5 * self.settings.speed;
        for f in &mut self.factors {
            let rank = f.weights.len();
            for (k, row) in f.coefficients.chunks_exact_mut(rank.max(1)).enumerate() {
                let phase = Complex64::cis(-tau * kappa * self.basis.level(f.l, k) / self.scaling.eps());
                row.iter_mut().for_each(|c| *c *= phase);
            }
        }
    }

    /// ψ ↦ e^{−iτ(U−κs²r²)/ε}ψ at the points, projected back.
    fn kick(&mut self, tau: f64) {
        let waves = self.waves();
        let mut u = self.shells.potential(&self.density_of(&waves));
        let (kappa, eps) = (0.5 * self.settings.speed, self.scaling.eps());
        for (j, u) in u.iter_mut().enumerate() {
            let r2 = self.grid.point(j).powi(2);
            let barrier = eps * eps * self.settings.barrier / r2;
            *u += kappa * (barrier - self.settings.stiffness.powi(2) * r2);
        }
        let phases: Vec<_> = u.iter().map(|u| Complex64::cis(-tau * u / eps)).collect();
        let functions = &self.functions;
        self.factors.par_iter_mut().zip(waves).for_each(|(f, mut waves)| {
            for (row, phase) in waves.chunks_exact_mut(f.weights.len().max(1)).zip(&phases) {
                row.iter_mut().for_each(|psi| *psi *= phase);
            }
            f.coefficients = f.adjoint_product(&functions[f.l], &waves);
        });
    }

    /// [ℓ][j·rank + q] = √h ψ_q(r_j).
    fn waves(&self) -> Vec<Vec<Complex64>> {
        self.factors.par_iter().map(|f| f.product(&self.functions[f.l])).collect()
    }

    /// ρ(r_j) = Σ_ℓ(2ℓ+1)Σ_q λ_q|ψ_q(r_j)|²/(4πr_j²N).
    fn density_of(&self, waves: &[Vec<Complex64>]) -> Vec<f64> {
        let shell = |j: usize| 4.0 * PI * self.grid.point(j).powi(2) * self.grid.spacing() * self.scaling.n();
        let at = |j: usize| {
            let channel = |(f, waves): (&Factors, &Vec<Complex64>)| {
                let row = &waves[j * f.weights.len()..(j + 1) * f.weights.len()];
                let sum: f64 = row.iter().zip(&f.weights).map(|(psi, w)| w * psi.norm_sqr()).sum();
                (2 * f.l + 1) as f64 * sum
            };
            self.factors.iter().zip(waves).map(channel).sum::<f64>() / shell(j)
        };
        (0..self.grid.len()).map(at).collect()
    }

    /// [ℓ][i·n + j] = hω_ℓ(r_i;r_j), i ≥ j.
    fn matrices(&self, grid: &RadialGrid) -> Vec<Vec<Complex64>> {
        let n = grid.len();
        let matrix = |f: &Factors| {
            let (rank, waves) = (f.weights.len(), f.product(&self.basis.values(grid, f.l)));
            let row = |i: usize| &waves[i * rank..(i + 1) * rank];
            let mut matrix = vec![Complex64::ZERO; n * n];
            for (i, j) in (0..n).flat_map(|i| (0..=i).map(move |j| (i, j))) {
                let terms = row(i).iter().zip(row(j)).zip(&f.weights);
                matrix[i * n + j] = terms.map(|((a, b), w)| *w * a * b.conj()).sum();
            }
            matrix
        };
        self.factors.par_iter().map(matrix).collect()
    }

    fn channels_from(&self, grid: &RadialGrid, matrices: &[Vec<Complex64>]) -> Result<Channels, DirectError> {
        let n = grid.len();
        let block = |a: &Vec<Complex64>| {
            let diagonal = |d: usize| (0..n - d).map(|j| a[(j + d) * n + j]).collect();
            BandHermitian::from_diagonals(n, (0..n).map(diagonal).collect())
        };
        let blocks: Result<Vec<_>, BandError> = matrices.iter().map(block).collect();
        Ok(Channels::new(*grid, AngularMomenta::full(matrices.len() - 1), blocks?)?)
    }
}

/// Σ_i a_i·matrices[i], channel by channel.
fn combined(matrices: &[Vec<Vec<Complex64>>], factors: [f64; 3]) -> Vec<Vec<Complex64>> {
    let entry = |l: usize, at: usize| -> Complex64 {
        matrices.iter().zip(factors).map(|(m, factor)| factor * m[l][at]).sum()
    };
    (0..matrices[0].len()).map(|l| (0..matrices[0][l].len()).map(|at| entry(l, at)).collect()).collect()
}
