//! A model on an axis: h, and the energy that it is the derivative of.
//!
//! h_ij = t_{i−j} + [V_ext + V∗ρ](x_i)δ_ij − f v_{|i−j|}P_ij/N,  P_ij = Δx ω(x_i;x_j),
//!
//! where t is −ε²Δ on the trigonometric polynomials of the axis and v_m = V(mΔx), corrected at small m where V is an inverse
//! power ([`DirectPotential`]). V∗ρ and X are sums with the same v_m: for N = 1 they cancel to round-off, and
//! V may be as singular in X as in V∗ρ, since both integrate V(x−y) against a function of y that the points resolve.
//!
//! E = tr(−ε²Δ+V_ext)ω + (N/2)∫(V∗ρ)ρ dx − (f/2N)∬V(x−y)|ω(x;y)|²dx dy

use kernels::line::DirectPotential;
use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::fourier::ComplexTransform;
use phase_space::line::Axis;

use super::model::Model;
use super::orbital_error::OrbitalError;
use super::orbital_resolution::missed;
use super::orbitals::{Orbitals, kinetic_symbol, particles};

/// The parts of E, of all N particles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrbitalEnergy {
    /// tr(−ε²Δ)ω.
    pub kinetic: f64,
    /// tr V_ext ω.
    pub external: f64,
    /// (N/2)∫(V∗ρ)ρ dx.
    pub direct: f64,
    /// −(f/2N)∬V(x−y)|ω(x;y)|²dx dy; 0 without exchange.
    pub exchange: f64,
}

impl OrbitalEnergy {
    /// E.
    pub fn total(&self) -> f64 {
        self.kinetic + self.external + self.direct + self.exchange
    }
}

impl Orbitals {
    /// The parts of E in a model.
    ///
    /// # Errors
    /// A V that is not integrable, or a V_ext that is not finite at a point of the axis.
    pub fn energy(&self, model: &Model) -> Result<OrbitalEnergy, OrbitalError> {
        Fock::new(model, self.axis(), self.scaling())?.energy(self)
    }
}

/// h and E of a model on one axis.
#[derive(Clone, Debug)]
pub(super) struct Fock {
    pub axis: Axis,
    pub scaling: Scaling,
    pub n: usize,
    /// f: 1 with exchange, 0 without.
    pub exchange: f64,
    /// V_ext(x_i).
    pub external: Vec<f64>,
    /// v_m, m = 0..n_x.
    pub weights: Vec<f64>,
    direct: DirectPotential,
    /// What is missed of V at q = πa/L, a = 0..=n_x (`orbital_resolution`).
    pub missed: Vec<f64>,
}

impl Fock {
    pub(super) fn new(model: &Model, axis: &Axis, scaling: Scaling) -> Result<Self, OrbitalError> {
        let (n, points) = (particles(scaling)?, axis.len());
        if n >= points {
            return Err(OrbitalError::Points { n, points });
        }
        let sample = |x: f64| {
            let value = model.external.value(x);
            if value.is_finite() { Ok(value) } else { Err(OrbitalError::External { x, value }) }
        };
        let external = axis.points().into_iter().map(sample).collect::<Result<_, _>>()?;
        let direct = DirectPotential::new(model.interaction.as_ref(), axis)?;
        // the sum of a density at x_0 alone reads the weights
        let mut unit = vec![0.0; points];
        unit[0] = 1.0 / axis.spacing();
        let weights = direct.values(&unit);
        Ok(Self {
            axis: *axis,
            scaling,
            n,
            exchange: model.exchange.factor(),
            external,
            weights,
            direct,
            missed: missed(model.interaction.as_ref(), axis),
        })
    }

    /// V_ext(x_i) + V∗ρ(x_i).
    pub(super) fn potential(&self, rho: &[f64]) -> Vec<f64> {
        self.direct.values(rho).iter().zip(&self.external).map(|(u, v)| u + v).collect()
    }

    /// t_m, m = 0..n_x: t_m = n_x⁻¹ Σ_k ε²k² cos(k mΔx).
    pub(super) fn kinetic_row(&self) -> Vec<f64> {
        let n = self.axis.len();
        let mut row: Vec<_> =
            kinetic_symbol(&self.axis, self.scaling.eps()).into_iter().map(Complex64::from).collect();
        ComplexTransform::new(n).inverse(&mut row);
        row.iter().map(|z| z.re).collect()
    }

    /// The parts of E.
    pub(super) fn energy(&self, orbitals: &Orbitals) -> Result<OrbitalEnergy, OrbitalError> {
        if orbitals.axis() != &self.axis || orbitals.scaling() != self.scaling {
            return Err(OrbitalError::Mismatch);
        }
        let (n, h, rho) = (self.n as f64, self.axis.spacing(), orbitals.density());
        let integral = |f: &[f64]| h * f.iter().zip(&rho).map(|(f, rho)| f * rho).sum::<f64>();
        Ok(OrbitalEnergy {
            kinetic: self.kinetic_energy(orbitals),
            external: n * integral(&self.external),
            direct: 0.5 * n * integral(&self.direct.values(&rho)),
            exchange: self.exchange_energy(orbitals),
        })
    }

    /// tr(−ε²Δ)ω = (Δx/n_x) Σ_jk ε²k²|φ̂_j(k)|².
    fn kinetic_energy(&self, orbitals: &Orbitals) -> f64 {
        let n = self.axis.len();
        let symbol = kinetic_symbol(&self.axis, self.scaling.eps());
        let mut spectra = orbitals.values().to_vec();
        ComplexTransform::new(n).forward(&mut spectra);
        let terms = spectra.chunks_exact(n).flat_map(|f| f.iter().zip(&symbol));
        terms.map(|(f, k2)| k2 * f.norm_sqr()).sum::<f64>() * self.axis.spacing() / n as f64
    }

    /// −(f/2N)Δx² Σ_ij v_{|i−j|}|ω(x_i;x_j)|².
    fn exchange_energy(&self, orbitals: &Orbitals) -> f64 {
        if self.exchange == 0.0 {
            return 0.0;
        }
        let n = self.axis.len();
        let kernel = orbitals.kernel();
        let rows = kernel.chunks_exact(n).enumerate();
        let row = |(i, row): (usize, &[Complex64])| -> f64 {
            row.iter().enumerate().map(|(j, w)| self.weights[i.abs_diff(j)] * w.norm_sqr()).sum()
        };
        -0.5 * self.exchange / self.n as f64 * self.axis.spacing().powi(2) * rows.map(row).sum::<f64>()
    }
}
