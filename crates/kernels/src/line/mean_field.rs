//! U = V∗ρ on an axis, without periodic images unless they are meant.

use num_complex::Complex64;
use phase_space::fourier::RealTransform;
use phase_space::line::Axis;

use super::NEGLIGIBLE;
use super::multiplier::SineTable;
use super::potential::{Potential, Series, derivative_symbol, polynomial_derivative};
use super::restricted::Restricted;
use crate::error::{finite, within};
use crate::{Convolution, GaussianSum, Interaction, KernelError};

/// V∗ρ for densities on one axis, with the plans and the working space: after the first call nothing allocates
/// but the [`Potential`] handed out.
pub struct MeanField {
    pub(super) axis: Axis,
    kind: Kind,
    /// The periodic box of the series: twice the axis, same spacing and start; or the axis itself.
    pub(super) box_: Axis,
    pub(super) transform: RealTransform,
    pub(super) real: Vec<f64>,
    pub(super) spectrum: Vec<Complex64>,
    pub(super) sines: SineTable,
    pub(super) strip: Vec<f64>,
}

/// How U follows from ρ.
#[derive(Clone, Debug)]
enum Kind {
    Zero,
    Multiplier(Vec<f64>),
    Moments(f64),
    Restricted(Restricted),
}

/// The shortest axis on which the mean field of a density with support of length `support` has no images.
///
/// On the doubled box an image is at least one length of the axis away from any of its points, so that
/// L ≥ max(support, reach of V) suffices; a quadratic V needs no box at all,
/// and an inverse power none but the axis itself, since no distance on it exceeds L.
pub fn minimal_length(interaction: &dyn Interaction, support: f64) -> f64 {
    match interaction.convolution() {
        Convolution::Multiplier => support.max(interaction.reach(NEGLIGIBLE)),
        Convolution::Zero | Convolution::Moments { .. } | Convolution::Power { .. } => support,
    }
}

impl MeanField {
    /// The mean field on the line: ρ on the axis (length L, n points) continued by zero to 2L, times the exact V̂.
    ///
    /// # Errors
    /// An axis shorter than the reach of V ([`minimal_length`]), a V̂ that is not finite on the grid, or |x|^(−α) with α ≥ 1.
    pub fn new(interaction: &dyn Interaction, axis: &Axis) -> Result<Self, KernelError> {
        let needed = minimal_length(interaction, 0.0);
        if axis.length() < needed {
            return Err(KernelError::BoxTooShort {
                interaction: interaction.name(),
                length: axis.length(),
                needed,
            });
        }
        let doubled = doubled(axis)?;
        let kind = match interaction.convolution() {
            Convolution::Zero => Kind::Zero,
            Convolution::Moments { strength } => Kind::Moments(strength),
            Convolution::Power { alpha, .. } if alpha >= 1.0 => {
                return Err(KernelError::NotIntegrable { alpha });
            }
            Convolution::Power { strength, alpha } => {
                Kind::Restricted(Restricted::power(strength, alpha, axis))
            }
            Convolution::Multiplier => Kind::Multiplier(sampled_multiplier(
                &doubled,
                |k| interaction.fourier(k).unwrap_or(f64::NAN),
                &interaction.name(),
            )?),
        };
        Ok(Self::assemble(*axis, doubled, kind))
    }

    /// The mean field on the line of V = strength·Σ_j w_j e^{−x²/r_j²} ≈ strength·|x|^(−α), L19 by way of P19.2: independent
    /// of the transform of |x|^(−α).
    ///
    /// The Gaussians of the sum's trapezoid rule below r_min are added, without end: a density that the grid resolves has no
    /// shortest distance. The relative error is that of the sum.
    ///
    /// # Errors
    /// α ≥ 1; a sum that ends before the longest distance, L.
    pub fn of_gaussians(sum: &GaussianSum, strength: f64, axis: &Axis) -> Result<Self, KernelError> {
        if sum.alpha() >= 1.0 {
            return Err(KernelError::NotIntegrable { alpha: sum.alpha() });
        }
        within("sum of Gaussians", "r_max", sum.range()[1], [axis.length(), f64::MAX])?;
        let kind = Kind::Restricted(Restricted::gaussians(sum, finite("power", "strength", strength)?, axis));
        Ok(Self::assemble(*axis, doubled(axis)?, kind))
    }

    /// The mean field on the torus of the axis itself, images meant: U_k = V̂(k)ρ_k at k = 2πj/L ≥ 0 (Landau damping).
    ///
    /// # Errors
    /// A V̂ that is not finite at a wave number of the axis.
    pub fn periodic(axis: &Axis, fourier: impl Fn(f64) -> f64) -> Result<Self, KernelError> {
        let kind = Kind::Multiplier(sampled_multiplier(axis, fourier, "the periodic interaction")?);
        Ok(Self::assemble(*axis, *axis, kind))
    }

    fn assemble(axis: Axis, box_: Axis, kind: Kind) -> Self {
        Self {
            axis,
            kind,
            box_,
            transform: RealTransform::new(box_.len()),
            real: vec![0.0; box_.len()],
            spectrum: vec![Complex64::ZERO; box_.dual_len()],
            sines: SineTable::default(),
            strip: Vec::new(),
        }
    }

    /// The axis of the densities.
    pub fn axis(&self) -> &Axis {
        &self.axis
    }

    /// U = V∗ρ for ρ(x_i) on the axis.
    ///
    /// # Panics
    /// If `rho` has not the length of the axis.
    pub fn potential(&mut self, rho: &[f64]) -> Potential {
        assert_eq!(rho.len(), self.axis.len(), "a density lives on the axis of its mean field");
        let (polynomial, multiplier) = match &self.kind {
            Kind::Zero => return Potential::zero(),
            Kind::Moments(strength) => {
                let polynomial = even_field([0.0, *strength], &self.axis, rho);
                return Potential { polynomial, series: None };
            }
            Kind::Multiplier(multiplier) => ([0.0; 3], multiplier),
            Kind::Restricted(Restricted { constant, curvature, transform }) => {
                (even_field([*constant, *curvature], &self.axis, rho), transform)
            }
        };
        self.real.fill(0.0);
        self.real[..rho.len()].copy_from_slice(rho);
        self.transform.forward(&mut self.real, &mut self.spectrum);
        let coefficients = self.spectrum.iter().zip(multiplier).map(|(rho, v)| rho * v).collect();
        Potential { polynomial, series: Some(Series { box_: self.box_, coefficients }) }
    }

    /// U(x_i) on the axis.
    pub fn values(&mut self, potential: &Potential) -> Vec<f64> {
        self.derivative(potential, 0)
    }

    /// U′(x_i) on the axis.
    pub fn gradient(&mut self, potential: &Potential) -> Vec<f64> {
        self.derivative(potential, 1)
    }

    /// ∂ₓ^order U(x_i) on the axis.
    pub fn derivative(&mut self, potential: &Potential, order: u32) -> Vec<f64> {
        let mut values = vec![0.0; self.axis.len()];
        self.derivative_into(potential, order, &mut values);
        values
    }

    /// values[i] = ∂ₓ^order U(x_i).
    pub(super) fn derivative_into(&mut self, potential: &Potential, order: u32, values: &mut [f64]) {
        for (i, value) in values.iter_mut().enumerate() {
            *value = polynomial_derivative(&potential.polynomial, order, self.axis.point(i));
        }
        let Some(Series { box_, coefficients }) = &potential.series else { return };
        assert_eq!(*box_, self.box_, "a potential lives on the box of its mean field");
        for (k, (s, c)) in self.spectrum.iter_mut().zip(coefficients).enumerate() {
            *s = derivative_symbol(box_.wave_number(k), order) * c;
        }
        if order % 2 == 1 {
            // k = ±m/2 share one mode, on which an odd derivative vanishes
            self.spectrum[box_.len() / 2] = Complex64::ZERO;
        }
        self.transform.inverse(&mut self.spectrum, &mut self.real);
        for (value, series) in values.iter_mut().zip(&self.real) {
            *value += series;
        }
    }

    /// ½∫(V∗ρ)ρ dx, the potential energy a particle.
    pub fn energy(&mut self, rho: &[f64]) -> f64 {
        let potential = self.potential(rho);
        let values = self.values(&potential);
        0.5 * self.axis.spacing() * values.iter().zip(rho).map(|(u, rho)| u * rho).sum::<f64>()
    }
}

/// The axis of twice the length with the same spacing and the same first point.
fn doubled(axis: &Axis) -> Result<Axis, KernelError> {
    Axis::new(axis.start() + axis.length(), 2.0 * axis.length(), 2 * axis.len()).map_err(KernelError::from)
}

/// V̂(2πk/L), k = 0..=n/2.
fn sampled_multiplier(
    box_: &Axis,
    fourier: impl Fn(f64) -> f64,
    interaction: &str,
) -> Result<Vec<f64>, KernelError> {
    let at = |k: usize| {
        let (k, value) = (box_.wave_number(k), fourier(box_.wave_number(k)));
        if value.is_finite() {
            Ok(value)
        } else {
            Err(KernelError::MultiplierNotFinite { interaction: interaction.to_owned(), k, value })
        }
    };
    (0..box_.dual_len()).map(at).collect()
}

/// ∫[a + (b/2)(x − x′)²]ρ(x′)dx′ = aM₀ + (b/2)(M₂ − 2M₁x + M₀x²).
fn even_field([a, b]: [f64; 2], axis: &Axis, rho: &[f64]) -> [f64; 3] {
    let mut moments = [0.0; 3];
    for (i, rho) in rho.iter().enumerate() {
        let x = axis.point(i);
        moments[0] += rho;
        moments[1] += x * rho;
        moments[2] += x * x * rho;
    }
    let [m0, m1, m2] = moments.map(|m| m * axis.spacing());
    [a * m0 + 0.5 * b * m2, -b * m1, 0.5 * b * m0]
}
