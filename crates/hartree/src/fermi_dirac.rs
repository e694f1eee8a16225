//! f_k = 1/(1 + e^{(e_k−μ)/T}), Σ_k m_kf_k = N: levels e_k of multiplicity m_k filled at a temperature.
//!
//! The entropy is S = −Σ_k m_k[f_k ln f_k + (1−f_k)ln(1−f_k)].

/// Levels filled at a temperature.
#[derive(Clone, Debug, PartialEq)]
pub struct FermiDirac {
    /// μ.
    pub chemical_potential: f64,
    /// f_k of the lowest levels, scaled to Σm_kf_k = N once the higher ones are left out.
    pub occupations: Vec<f64>,
    /// m_k of the same levels.
    pub multiplicities: Vec<f64>,
    /// Σm_kf_k of what is left out, or of what no level is there for.
    pub left_out: f64,
}

/// Why levels are not filled.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FillingError {
    /// T, or the least occupation that is kept, out of range.
    #[error("the {name} {value} must be {wanted}")]
    Setting {
        /// Which.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What is allowed.
        wanted: &'static str,
    },
    /// Levels that N particles fill, or more than fill.
    #[error("{n} particles need more than {places} places")]
    Places {
        /// N.
        n: f64,
        /// Σm_k.
        places: f64,
    },
}

impl FermiDirac {
    /// N particles on ascending levels (e_k, m_k); those that are filled less than `negligible` are left out.
    ///
    /// # Errors
    /// T or `negligible` not positive and finite, `negligible` above 10⁻³; no more places than N.
    pub fn fill(
        levels: &[(f64, f64)],
        n: f64,
        temperature: f64,
        negligible: f64,
    ) -> Result<Self, FillingError> {
        if !(temperature > 0.0 && temperature.is_finite()) {
            let wanted = "positive and finite";
            return Err(FillingError::Setting { name: "temperature", value: temperature, wanted });
        }
        if !(negligible > 0.0 && negligible <= 1e-3) {
            let wanted = "in (0, 1e-3]";
            return Err(FillingError::Setting { name: "negligible occupation", value: negligible, wanted });
        }
        let places = levels.iter().map(|(_, m)| m).sum();
        let (Some((lowest, _)), Some((highest, _)), true) = (levels.first(), levels.last(), places > n)
        else {
            return Err(FillingError::Places { n, places });
        };
        let filled = |mu: f64| levels.iter().map(move |(e, m)| (occupation(*e, mu, temperature), *m));
        let particles = |filled: &[(f64, f64)]| filled.iter().map(|(f, m)| f * m).sum::<f64>();
        // Σmf increases with μ: all that can be is between these
        let (mut low, mut high) = (lowest - 800.0 * temperature, highest + 800.0 * temperature);
        while 0.5 * (low + high) > low && 0.5 * (low + high) < high {
            let middle = 0.5 * (low + high);
            let sum = filled(middle).map(|(f, m)| f * m).sum::<f64>();
            if sum < n { low = middle } else { high = middle }
        }
        let mu = 0.5 * (low + high);
        let (kept, rest): (Vec<_>, Vec<_>) = filled(mu).partition(|(f, _)| *f >= negligible);
        let scale = n / particles(&kept);
        Ok(Self {
            chemical_potential: mu,
            occupations: kept.iter().map(|(f, _)| (f * scale).min(1.0)).collect(),
            multiplicities: kept.iter().map(|(_, m)| *m).collect(),
            left_out: particles(&rest),
        })
    }

    /// S.
    pub fn entropy(&self) -> f64 {
        let x_ln_x = |x: f64| if x > 0.0 { x * x.ln() } else { 0.0 };
        let levels = self.occupations.iter().zip(&self.multiplicities);
        -levels.map(|(f, m)| m * (x_ln_x(*f) + x_ln_x(1.0 - f))).sum::<f64>()
    }
}

/// 1/(1 + e^{(e−μ)/T}).
fn occupation(e: f64, mu: f64, temperature: f64) -> f64 {
    1.0 / (1.0 + ((e - mu) / temperature).exp())
}
