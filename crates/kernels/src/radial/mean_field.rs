//! U = V∗ρ from the values of ρ at r_j = (j+½)h, by the Fourier transform in R³.

use std::f64::consts::PI;
use std::sync::Arc;

use phase_space::SincSums;

use super::bessel::j0;
use super::potential::{Potential, StiffnessTable};
use super::wave_numbers::{Node, panels, smooth};
use crate::error::{finite, positive, within};
use crate::quadrature::QuadratureError;
use crate::{Convolution, Interaction, KernelError};

const NAME: &str = "radial mean field";

/// V beyond the distance at which it falls below this fraction of sup|V| is nothing.
const NEGLIGIBLE: f64 = 1e-18;

/// Largest disagreement of two rules for V̂, as a fraction of ∫|V|.
const CONFIRMED: f64 = 1e-13;

/// V∗ρ for densities ρ(r_j), r_j = (j+½)h, j = 0..n, that vanish beyond nh.
#[derive(Clone, Debug)]
pub struct MeanField {
    spacing: f64,
    points: usize,
    reach: f64,
    kind: Kind,
    /// waves[i·n + j] = j₀(k_i r_j), the same in every dilation.
    waves: Arc<Vec<f64>>,
}

/// How U follows from ρ.
#[derive(Clone, Debug)]
enum Kind {
    Zero,
    /// V = strength·r²/2.
    Moments(f64),
    /// (k_i, w_i): U(r) = Σ_i w_i ρ̂(k_i) j₀(k_i r), w_i dk-rule times k_i²V̂(k_i)/(2π²).
    Waves(Vec<(f64, f64)>),
}

impl MeanField {
    /// The mean field of densities on `points` half-integer points of distance `spacing`, for 0 ≤ r ≤ `reach`.
    ///
    /// The wave numbers end at π/h, beyond which samples of distance h say nothing; ρ̂ must be nothing there
    /// ([`MeanField::spectral_tail`]).
    ///
    /// # Errors
    /// A spacing or reach that is not finite and positive, no points; a V that is neither a listed convolution nor finite
    /// with a finite reach; an inverse power outside 0 < α ≤ 1; a V̂ that two quadrature rules do not agree on.
    pub fn new(
        interaction: &dyn Interaction,
        spacing: f64,
        points: usize,
        reach: f64,
    ) -> Result<Self, KernelError> {
        let (spacing, reach) = (positive(NAME, "spacing", spacing)?, positive(NAME, "reach", reach)?);
        within(NAME, "points", points as f64, [1.0, f64::MAX])?;
        let kind = kind(interaction, PI / spacing, spacing * points as f64 + reach)?;
        let mut field = Self { spacing, points, reach, kind, waves: Arc::default() };
        let r: Vec<f64> = (0..points).map(|j| field.point(j)).collect();
        if let Kind::Waves(nodes) = &field.kind {
            field.waves =
                Arc::new(nodes.iter().flat_map(|(k, _)| r.iter().map(move |r| j0(k * r))).collect());
        }
        Ok(field)
    }

    /// The mean field of the same interaction on the points br_j, for 0 ≤ r ≤ b·reach: wave numbers k_i/b, the same table of waves.
    ///
    /// # Errors
    /// As [`Self::new`], with b for the spacing.
    ///
    /// # Panics
    /// If another interaction than that of [`Self::new`] needs another number of wave numbers.
    pub fn dilated(&self, interaction: &dyn Interaction, b: f64) -> Result<Self, KernelError> {
        let (spacing, reach) = (b * self.spacing, b * self.reach);
        positive(NAME, "dilation", b)?;
        // the product of both arguments is that of b = 1, and with it the number of nodes; round-off must not add a panel
        let length = self.spacing * self.points as f64 + self.reach;
        let kind = dilated_kind(interaction, PI / self.spacing, length, b)?;
        if let Kind::Waves(nodes) = &kind {
            assert_eq!(nodes.len() * self.points, self.waves.len(), "a dilation of another interaction");
        }
        Ok(Self { spacing, points: self.points, reach, kind, waves: self.waves.clone() })
    }

    /// r_j = (j+½)h.
    pub fn point(&self, j: usize) -> f64 {
        (j as f64 + 0.5) * self.spacing
    }

    /// The number n of points.
    pub fn points(&self) -> usize {
        self.points
    }

    /// ρ(r_j), j = 0..n.
    pub fn sample(&self, rho: impl Fn(f64) -> f64) -> Vec<f64> {
        (0..self.points).map(|j| rho(self.point(j))).collect()
    }

    /// ∫f(|x|)dx = 4πh Σ_j r_j²f_j, spectrally accurate for a smooth f.
    ///
    /// # Panics
    /// If `f` has not n values.
    pub fn integral(&self, f: &[f64]) -> f64 {
        assert_eq!(f.len(), self.points, "a radial function lives on the points of its mean field");
        4.0 * PI * self.spacing * f.iter().enumerate().map(|(j, f)| self.point(j).powi(2) * f).sum::<f64>()
    }

    /// U = V∗ρ.
    ///
    /// # Panics
    /// If `rho` has not n values.
    pub fn potential(&self, rho: &[f64]) -> Potential {
        match &self.kind {
            Kind::Zero => Potential::zero(),
            // ∫|x−x′|²ρ(x′)dx′ = r²M₀ + M₂, the mean of a rotation-invariant density being 0
            Kind::Moments(strength) => {
                let second: Vec<f64> = (0..rho.len()).map(|j| self.point(j).powi(2) * rho[j]).collect();
                let half = 0.5 * strength;
                Potential {
                    polynomial: [half * self.integral(&second), half * self.integral(rho)],
                    waves: Vec::new(),
                }
            }
            Kind::Waves(nodes) => {
                let transform = self.transform(rho);
                let waves = nodes.iter().zip(transform).map(|((k, w), rho)| (*k, w * rho)).collect();
                Potential { polynomial: [0.0; 2], waves }
            }
        }
    }

    /// U(r_j), j = 0..n, from the table of waves.
    ///
    /// # Panics
    /// If the potential comes from another mean field.
    pub fn values(&self, potential: &Potential) -> Vec<f64> {
        let [a, b] = potential.polynomial;
        let mut values = self.sample(|r| a + b * r * r);
        assert_eq!(
            potential.waves.len() * self.points,
            self.waves.len(),
            "a potential of another mean field"
        );
        for ((_, c), row) in potential.waves.iter().zip(self.waves.chunks_exact(self.points)) {
            for (value, wave) in values.iter_mut().zip(row) {
                *value += c * wave;
            }
        }
        values
    }

    /// U′(r)/r at these radii, for many densities.
    pub fn stiffness_table(&self, radii: &[f64]) -> StiffnessTable {
        let wave_numbers = match &self.kind {
            Kind::Waves(nodes) => nodes.iter().map(|(k, _)| *k).collect(),
            Kind::Zero | Kind::Moments(_) => Vec::new(),
        };
        StiffnessTable::new(wave_numbers, radii)
    }

    /// V_K(r) = (2π²)^{−1}∫₀^K V̂(k)j₀(kr)k²dk, K = π/h, at r = j·`step`, j < `count`: V without the wave numbers that the points do not carry,
    /// at distances up to the sum of nh and the reach. V_K∗f = V∗f for every f without them; unlike V, V_K is smooth.
    pub fn interaction(&self, step: f64, count: usize) -> Vec<f64> {
        match &self.kind {
            Kind::Zero => vec![0.0; count],
            Kind::Moments(strength) => {
                (0..count).map(|j| 0.5 * strength * (j as f64 * step).powi(2)).collect()
            }
            Kind::Waves(nodes) => {
                let mut sums = SincSums::new(count.saturating_sub(1));
                nodes.iter().for_each(|(k, w)| sums.add(k * step, *w));
                let at_zero = nodes.iter().map(|(_, w)| w).sum();
                std::iter::once(at_zero).chain(sums.values()).take(count).collect()
            }
        }
    }

    /// ½∫(V∗ρ)ρ dx, the potential energy a particle.
    ///
    /// # Panics
    /// If `rho` has not n values.
    pub fn energy(&self, rho: &[f64]) -> f64 {
        let values = self.values(&self.potential(rho));
        let product: Vec<f64> = values.iter().zip(rho).map(|(u, rho)| u * rho).collect();
        0.5 * self.integral(&product)
    }

    /// max|ρ̂(k)| over 0.9π/h ≤ k ≤ π/h as a fraction of max|ρ̂|: what the samples do not resolve; 0 where U needs no ρ̂.
    ///
    /// # Panics
    /// If `rho` has not n values.
    pub fn spectral_tail(&self, rho: &[f64]) -> f64 {
        let Kind::Waves(nodes) = &self.kind else { return 0.0 };
        let (mut tail, mut largest) = (0.0_f64, 0.0_f64);
        for ((k, _), rho) in nodes.iter().zip(self.transform(rho)) {
            largest = largest.max(rho.abs());
            if *k >= 0.9 * PI / self.spacing {
                tail = tail.max(rho.abs());
            }
        }
        if largest > 0.0 { tail / largest } else { 0.0 }
    }

    /// ρ̂(k_i) = 4πh Σ_j r_j²ρ_j j₀(k_i r_j).
    fn transform(&self, rho: &[f64]) -> Vec<f64> {
        assert_eq!(rho.len(), self.points, "a density lives on the points of its mean field");
        let scale = 4.0 * PI * self.spacing;
        let shells: Vec<f64> = (0..rho.len()).map(|j| scale * self.point(j).powi(2) * rho[j]).collect();
        let dot = |row: &[f64]| row.iter().zip(&shells).map(|(wave, shell)| wave * shell).sum();
        self.waves.chunks_exact(self.points).map(dot).collect()
    }
}

/// How U follows from ρ, with wave numbers up to `end` for waves that oscillate like e^{ik·length}.
fn kind(interaction: &dyn Interaction, end: f64, length: f64) -> Result<Kind, KernelError> {
    dilated_kind(interaction, end, length, 1.0)
}

/// The same with every wave number over b: the rule is made for b = 1, so that its nodes are the same ones.
fn dilated_kind(interaction: &dyn Interaction, end: f64, length: f64, b: f64) -> Result<Kind, KernelError> {
    Ok(match interaction.convolution() {
        Convolution::Zero => Kind::Zero,
        Convolution::Moments { strength } => Kind::Moments(strength),
        // k^{α−1}dk is homogeneous
        Convolution::Power { strength, alpha } => {
            let nodes = power(strength, alpha, end, length)?;
            let scale = b.powf(-alpha);
            Kind::Waves(nodes.iter().map(|(k, w)| (k / b, scale * w)).collect())
        }
        Convolution::Multiplier => Kind::Waves(multiplier(interaction, end, length, b)?),
    })
}

/// V = strength·|x|^(−α): V̂(k) = strength·π^{3/2}2^{3−α}Γ((3−α)/2)/Γ(α/2)·k^{α−3}, and the rule absorbs k²k^{α−3} = k^{α−1}.
fn power(strength: f64, alpha: f64, end: f64, length: f64) -> Result<Vec<(f64, f64)>, KernelError> {
    within("power", "alpha", alpha, [0.0, 1.0])?;
    let gammas = libm::tgamma(0.5 * (3.0 - alpha)) / libm::tgamma(0.5 * alpha);
    let constant = strength * PI.powf(1.5) * 2.0_f64.powf(3.0 - alpha) * gammas / (2.0 * PI * PI);
    let nodes = panels(alpha - 1.0, end, length).ok_or(KernelError::NotPositive {
        family: "power",
        parameter: "alpha",
        value: alpha,
    })?;
    Ok(nodes.iter().map(|n| (n.k, constant * n.weight)).collect())
}

/// (k_i/b, w_i) with w dk-rule times k²V̂(k)/(2π²), V̂ in closed form or by quadrature; k_i of the rule for b = 1.
fn multiplier(
    interaction: &dyn Interaction,
    end: f64,
    length: f64,
    b: f64,
) -> Result<Vec<(f64, f64)>, KernelError> {
    let reach = positive(NAME, "reach of V", interaction.reach(NEGLIGIBLE))?;
    // V̂ oscillates like e^{ik·reach}
    let rule = smooth(end, length + reach);
    if interaction.fourier_in_space(0.0).is_some() {
        return Ok(weighted(&rule, b, |k| interaction.fourier_in_space(k).unwrap_or(f64::NAN)));
    }
    let shells = sampled(interaction, reach, end / b)?;
    Ok(weighted(&rule, b, |k| shells.iter().map(|(r, v)| v * j0(k * r)).sum()))
}

fn weighted(rule: &[Node], b: f64, transform: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let node = |n: &Node| {
        let k = n.k / b;
        (k, n.weight / b * k * k * transform(k) / (2.0 * PI * PI))
    };
    rule.iter().map(node).collect()
}

/// (r, 4πr²V(r)dr) with V̂(k) = 4π∫₀^reach V(r)j₀(kr)r²dr up to `end`, by Gauss–Legendre panels, for any V that is smooth up to its reach.
fn sampled(interaction: &dyn Interaction, reach: f64, end: f64) -> Result<Vec<(f64, f64)>, KernelError> {
    let rule = |rule: Vec<Node>| -> Result<Vec<(f64, f64)>, KernelError> {
        let shell = |n: &Node| {
            Ok((n.k, 4.0 * PI * n.weight * n.k * n.k * finite(NAME, "V", interaction.value(n.k))?))
        };
        rule.iter().map(shell).collect()
    };
    // four times the phase of j₀ leaves room for V itself
    let (shells, finer) =
        (rule(smooth(reach, 4.0 * (end + 30.0 / reach)))?, rule(smooth(reach, 9.0 * (end + 30.0 / reach)))?);
    let transform = |shells: &[(f64, f64)], k: f64| shells.iter().map(|(r, v)| v * j0(k * r)).sum::<f64>();
    let tolerance = CONFIRMED * shells.iter().map(|(_, v)| v.abs()).sum::<f64>();
    for k in [0.0, 1.0 / reach, 0.37 * end, end] {
        let value = transform(&finer, k);
        let error = (value - transform(&shells, k)).abs();
        if error > tolerance {
            return Err(QuadratureError::NotConfirmed { value, error, tolerance }.into());
        }
    }
    Ok(shells)
}
