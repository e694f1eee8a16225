//! The Weyl variables of Gaussians, in closed form.

use std::f64::consts::TAU;

use num_complex::Complex64;

use super::{ChannelQuantisationError, NEGLIGIBLE, RadialWeylVariables};

/// weight · e^{−x²/2σ_x²} e^{−(v−κx)²/2σ_v²} / (2πσ_xσ_v)³.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GaussianTerm {
    /// Mass; the weights of a state add up to 1.
    pub weight: f64,
    /// σ_x.
    pub sigma_x: f64,
    /// σ_v.
    pub sigma_v: f64,
    /// κ.
    pub chirp: f64,
}

/// F = Σ weight · e^{−R²/2σ_x²}(2πσ_x²)^{−3/2} e^{−σ_v²Y²/2} e^{iκRY∥}, the chirp of the first term taken out.
#[derive(Clone, Debug, PartialEq)]
pub struct GaussianVariables {
    terms: Vec<GaussianTerm>,
    /// Of each term: its value at 0, 1/2σ_x², σ_v²/2, κ − κ_0.
    constants: Vec<[f64; 4]>,
    reach: f64,
}

impl GaussianVariables {
    /// The Weyl variables of a sum of Gaussians.
    ///
    /// # Errors
    /// [`ChannelQuantisationError`]: no term, a weight or chirp that is not finite, a width that is not positive and finite.
    pub fn new(terms: Vec<GaussianTerm>) -> Result<Self, ChannelQuantisationError> {
        let Some(first) = terms.first().copied() else {
            return Err(ChannelQuantisationError::Empty);
        };
        let width = |sigma: f64| sigma.is_finite() && sigma > 0.0;
        let good = |t: &GaussianTerm| {
            width(t.sigma_x) && width(t.sigma_v) && t.weight.is_finite() && t.chirp.is_finite()
        };
        if !terms.iter().all(good) {
            return Err(ChannelQuantisationError::Gaussian);
        }
        let height = |t: &GaussianTerm| t.weight / (TAU * t.sigma_x * t.sigma_x).powf(1.5);
        let constants = |t: &GaussianTerm| {
            [height(t), 0.5 / (t.sigma_x * t.sigma_x), 0.5 * t.sigma_v * t.sigma_v, t.chirp - first.chirp]
        };
        let constants: Vec<_> = terms.iter().map(constants).collect();
        // terms may cancel at 0: the largest of them is the measure of each
        let largest = constants.iter().fold(0.0_f64, |m, c| m.max(c[0].abs()));
        let share = NEGLIGIBLE / terms.len() as f64;
        let radius = |c: &[f64; 4]| ((c[0].abs() / (share * largest)).ln().max(0.0) / c[2]).sqrt();
        let reach = constants.iter().map(radius).fold(0.0, f64::max);
        if !(reach.is_finite() && reach > 0.0) {
            return Err(ChannelQuantisationError::Reach(reach));
        }
        Ok(Self { terms, constants, reach })
    }

    /// The Gaussians.
    pub fn terms(&self) -> &[GaussianTerm] {
        &self.terms
    }
}

impl RadialWeylVariables for GaussianVariables {
    fn value(&self, r: f64, y_parallel: f64, y_perpendicular: f64) -> Complex64 {
        let (r2, y2) = (r * r, y_parallel * y_parallel + y_perpendicular * y_perpendicular);
        let term = |[height, a, b, chirp]: &[f64; 4]| {
            let modulus = height * (-a * r2 - b * y2).exp();
            if *chirp == 0.0 { modulus.into() } else { modulus * Complex64::cis(chirp * r * y_parallel) }
        };
        self.constants.iter().map(term).sum()
    }

    fn reach(&self) -> f64 {
        self.reach
    }

    fn chirp(&self) -> f64 {
        self.terms[0].chirp
    }
}
