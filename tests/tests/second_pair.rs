//! The pair (ω_t, ω̃_t) in R³ by the second discretisations alone: oscillator functions for Hartree, particles for Vlasov.
//!
//! They share W₀ and V, and neither basis, grid, mean field, integrator nor the speed 2. ρ − ρ̃ = O(ε²) for smooth data, with
//! Coulomb's interaction as well; a wrong speed or force on one side leaves a distance that does not go away.
#![allow(clippy::unwrap_used)]

use hartree::radial::{DirectHartree, DirectSettings};
use kernels::InversePower;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};
use states::radial::{CenteredComponent, CenteredMixture, RadialState};
use transforms::weyl::radial::{GaussianTerm, GaussianVariables, weyl_channels};
use vlasov::radial::{ParticleSettings, ParticleVlasov};

const TIME: f64 = 0.25;

fn coulomb() -> InversePower {
    InversePower::in_space(2.0, 1.0).unwrap()
}

/// (weight, σ_x, σ_v, chirp).
const GAUSSIANS: [(f64, f64, f64, f64); 2] = [(0.6, 1.0, 1.0, 0.0), (0.4, 1.2, 0.9, -0.3)];

fn settings() -> ParticleSettings {
    let nodes = [28, 26, 28];
    ParticleSettings { radius: 9.0, velocity: 8.0, nodes, reach: 12.0, waves: 30, speed: 2.0, force: 1.0 }
}

/// ρ̃ at the points of the particles.
fn vlasov_density(settings: ParticleSettings) -> Vec<f64> {
    let components = GAUSSIANS.iter().map(|&(weight, sigma_x, sigma_v, chirp)| CenteredComponent {
        weight,
        sigma_x,
        sigma_v,
        chirp,
    });
    let state = CenteredMixture::new(components.collect()).unwrap();
    let initial = |r: f64, v_r: f64, v_t: f64| state.wigner(r, v_r, v_t);
    ParticleVlasov::new(initial, &coulomb(), settings).unwrap().extrapolated(TIME, 4).unwrap().density
}

/// ρ at the same points.
fn hartree_density(eps: f64, degree: usize) -> Vec<f64> {
    let term = |&(weight, sigma_x, sigma_v, chirp): &(f64, f64, f64, f64)| GaussianTerm {
        weight,
        sigma_x,
        sigma_v,
        chirp,
    };
    let variables = GaussianVariables::new(GAUSSIANS.iter().map(term).collect()).unwrap();
    let (scaling, grid) = (Scaling::new(3, eps).unwrap(), RadialGrid::resolving(9.0, eps, 9.0).unwrap());
    let initial = weyl_channels(&variables, &scaling, &grid, &AngularMomenta::full(degree)).unwrap();
    let state = DirectHartree::new(&initial, &coulomb(), scaling, DirectSettings::new(degree, 1.0)).unwrap();
    let points = RadialGrid::new(settings().reach, settings().waves).unwrap();
    state.extrapolated(TIME, 4, &points).unwrap().density
}

/// max|ρ − ρ̃|/max ρ̃.
fn apart(rho: &[f64], rho_tilde: &[f64]) -> f64 {
    let largest = rho_tilde.iter().fold(0.0_f64, |m, rho| m.max(rho.abs()));
    rho.iter().zip(rho_tilde).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs())) / largest
}

#[test]
fn the_second_discretisations_meet_with_order_two() {
    let rho_tilde = vlasov_density(settings());
    let slow = vlasov_density(ParticleSettings { speed: 1.0, ..settings() });
    let flipped = vlasov_density(ParticleSettings { force: -1.0, ..settings() });
    let ladder: [(f64, usize); 3] = [(0.5, 80), (1.0 / 3.0, 110), (0.25, 140)];
    let densities = ladder.map(|(eps, degree)| hartree_density(eps, degree));
    let distances =
        [&rho_tilde, &slow, &flipped].map(|other| densities.each_ref().map(|rho| apart(rho, other)));
    let order = |i: usize, d: &[f64; 3]| (d[i] / d[i + 1]).ln() / (ladder[i].0 / ladder[i + 1].0).ln();
    let right = distances[0];
    assert!((order(0, &right) - 2.0).abs() < 0.1 && (order(1, &right) - 2.0).abs() < 0.05, "{right:?}");
    assert!(right[2] > 1e-6, "what is compared must not be round-off: {right:?}");
    for wrong in &distances[1..] {
        assert!(order(1, wrong).abs() < 0.2 && wrong[2] > 5.0 * right[2], "{wrong:?}");
    }
}
