//! Closed shells in R³: exact energies, atoms to nine digits, channels against sums over all of space, controls that must differ.

#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;
use std::sync::Arc;

use kernels::{Gaussian, Interaction, InversePower, NoInteraction, Quadratic};
use semiclassical_hartree::radial::closed_shells::{
    ClosedShells, Convergence, GroundState, GroundStateError, RadialFunctions, Shell, ground_state,
    refined_energy,
};

fn gaussian(strength: f64) -> Arc<dyn Interaction> {
    Arc::new(Gaussian::new(strength, 1.0).unwrap())
}

fn none() -> Arc<dyn Interaction> {
    Arc::new(NoInteraction)
}

/// In ten oscillator functions a channel, ℓ ≤ 6.
fn trapped(n: usize, v: Arc<dyn Interaction>, exchange: f64) -> Result<GroundState, GroundStateError> {
    let problem = ClosedShells::trapped(n, 1.0, v).unwrap().with_exchange(exchange);
    let functions = RadialFunctions::oscillator(problem.eps(), 1.0, 10, 6).unwrap();
    ground_state(&problem, &functions, &Convergence::default())
}

fn atom(charge: f64, electrons: usize, exchange: f64, functions: usize) -> GroundState {
    let problem = ClosedShells::atom(charge, electrons).unwrap().with_exchange(exchange);
    let kappa = if electrons == 2 { charge } else { 0.75 * charge };
    let functions = RadialFunctions::sturmian(kappa, functions, 1).unwrap();
    ground_state(&problem, &functions, &Convergence::default()).unwrap()
}

fn level(state: &GroundState, l: usize, nodes: usize) -> f64 {
    state.shells().iter().find(|s| s.l == l && s.nodes == nodes).unwrap().level
}

#[test]
fn full_shells_of_the_oscillator_have_its_energies() {
    let mut exact = 0.0;
    for (m, n) in [1, 4, 10, 20, 35].into_iter().enumerate() {
        // (m+1)(m+2)/2 states of level ε(2m+3)
        exact += ((m + 1) * (m + 2) / 2 * (2 * m + 3)) as f64;
        let state = trapped(n, none(), 1.0).unwrap();
        let eps = (n as f64).powf(-1.0 / 3.0);
        assert!((state.energy().total() / (eps * exact) - 1.0).abs() < 1e-12, "{n}: {:?}", state.energy());
        assert!((state.energy().kinetic / state.energy().external - 1.0).abs() < 1e-11);
        assert!((state.gap().0 - eps * (2 * m + 3) as f64).abs() < 1e-11, "{:?}", state.gap());
        assert!((state.gap().1 - eps * (2 * m + 5) as f64).abs() < 1e-11, "{:?}", state.gap());
        assert_eq!(state.configuration().particles(1), n);
        assert!((state.moments().0 - 1.0).abs() < 1e-12);
    }
}

#[test]
fn one_particle_does_not_feel_itself() {
    let power = |strength, alpha| Arc::new(InversePower::in_space(strength, alpha).unwrap());
    let interactions: [Arc<dyn Interaction>; 4] =
        [gaussian(1.0), gaussian(-2.0), power(1.0, 1.0), power(-1.0, 0.4)];
    for v in interactions {
        let energy = |x: f64| trapped(1, v.clone(), x).unwrap().energy();
        assert!((energy(1.0).total() - 3.0).abs() < 1e-11, "{}: {:?}", v.name(), energy(1.0));
        // Hartree feels its own field
        assert!((energy(0.0).total() - 3.0).abs() > 0.1, "{}: {:?}", v.name(), energy(0.0));
    }
}

/// U = (κ/2)(r² + ⟨x²⟩): an oscillator with s′² = s² + κ/2.
#[test]
fn hartree_with_a_quadratic_interaction_is_an_oscillator() {
    let kappa = 0.8;
    for (n, sum) in [(4, 18.0), (20, 150.0)] {
        let state = trapped(n, Arc::new(Quadratic::new(kappa).unwrap()), 0.0).unwrap();
        let (count, stiffness) = (n as f64, (1.0 + 0.5 * kappa).sqrt());
        let eps = count.powf(-1.0 / 3.0);
        // ⟨x²⟩ = (1/N)Σε(2m+3)/2s′, and E = s′εΣ(2m+3): half of U's mean square is the trap's, and half of it again ⟨x²⟩'s
        let square = eps * sum / (2.0 * stiffness * count);
        let energy = stiffness * eps * sum;
        assert!((state.moments().1 - square).abs() < 1e-9, "{:?} {square}", state.moments());
        assert!((state.energy().total() - energy).abs() < 1e-9, "{n}: {:?} {energy}", state.energy());
        assert!((state.energy().total() - eps * sum).abs() > 0.1);
    }
}

#[test]
fn helium_and_beryllium() {
    let helium = atom(2.0, 2, 1.0, 24);
    assert!((helium.energy().total() + 2.861_679_995_612).abs() < 1e-10, "{:?}", helium.energy());
    assert!((level(&helium, 0, 0) + 0.917_956).abs() < 1e-6);
    let beryllium = atom(4.0, 4, 1.0, 36);
    assert!((beryllium.energy().total() + 14.573_023_168_3).abs() < 1e-9, "{:?}", beryllium.energy());
    assert!((level(&beryllium, 0, 0) + 4.732_670).abs() < 1e-6);
    assert!((level(&beryllium, 0, 1) + 0.309_270).abs() < 1e-6);
    for state in [helium, beryllium] {
        let e = state.energy();
        let virial = -(e.total() - e.kinetic) / e.kinetic;
        assert!((virial - 2.0).abs() < 1e-9, "−V/T = {virial}");
        // Σg(2ℓ+1)ε_nℓ counts each pair twice
        let sum: f64 = state.shells().iter().map(|s| state.problem().multiplicity(s.l) * s.level).sum();
        let pairs = e.direct + e.exchange;
        assert!((sum - e.kinetic - e.external - 2.0 * pairs).abs() < 1e-9 && pairs > 0.5, "{sum} {e:?}");
        assert!(state.commutator() < 1e-10);
    }
}

/// Shells with ℓ = 1: the multipoles k = 1 and 2 of the exchange.
#[test]
fn neon_and_argon() {
    for (charge, kappa, exact, levels) in [
        (10.0, 5.0, -128.547_098_109, vec![(0, 0, -32.772_443), (0, 1, -1.930_391), (1, 0, -0.850_410)]),
        (18.0, 6.5, -526.817_512_803, vec![(0, 2, -1.277_353), (1, 1, -0.591_017)]),
    ] {
        let problem = ClosedShells::atom(charge, charge as usize).unwrap();
        let functions = RadialFunctions::sturmian(kappa, 36, 2).unwrap();
        let state = ground_state(&problem, &functions, &Convergence::default()).unwrap();
        let e = state.energy();
        assert!((e.total() - exact).abs() < 1e-6, "{e:?}");
        assert!((e.total() / e.kinetic + 1.0).abs() < 1e-8, "{e:?}");
        for (l, nodes, exact) in levels {
            assert!((level(&state, l, nodes) - exact).abs() < 1e-6, "{l} {nodes}");
        }
    }
}

/// E(x) is concave and decreases with x: an infimum of functions linear in x.
#[test]
fn exchange_of_the_wrong_sign_raises_the_energy() {
    let energy = |x: f64| atom(4.0, 2, x, 24).energy();
    let [right, absent, wrong] = [1.0, 0.0, -1.0].map(energy);
    assert!(right.total() < absent.total() - 1.0 && absent.total() < wrong.total() - 1.0);
    assert!(right.total() + wrong.total() < 2.0 * absent.total());
    assert!(right.exchange < 0.0 && absent.exchange == 0.0 && wrong.exchange > 0.0);
    // two electrons: exchange takes half of the direct energy, their own part
    assert!((right.exchange + 0.5 * right.direct).abs() < 1e-10);
    // helium without exchange: 2h + 2J instead of 2h + J, for e^{−ζr} at least ζ² − 4ζ + 5ζ/4 = −(11/8)² at best
    let hartree = atom(2.0, 2, 0.0, 24).energy().total();
    assert!(hartree < -1.890_625 && hartree > -1.97, "{hartree}");
}

#[test]
fn the_energy_falls_to_its_limit_as_the_basis_grows() {
    let errors: Vec<f64> =
        [8, 12, 16, 20].iter().map(|n| atom(4.0, 4, 1.0, *n).energy().total() + 14.573_023_168_316).collect();
    for pair in errors.windows(2) {
        assert!(pair[1] > -1e-10 && pair[1] < 0.3 * pair[0], "{errors:?}");
    }
    assert!(errors[0] > 1e-3);
    // the error bar covers what is left
    let problem = ClosedShells::atom(4.0, 4).unwrap();
    for n in [12, 18, 24] {
        let functions = RadialFunctions::sturmian(3.0, n, 1).unwrap();
        let measured = refined_energy(&problem, &functions, &Convergence::default()).unwrap();
        let error = (measured.value + 14.573_023_168_316).abs();
        assert!(error <= measured.error && measured.error < 1e3 * error, "{n}: {measured:?} {error:.1e}");
    }
}

/// Real (u/r)Y_ℓm up to ℓ = 2 at a point.
fn orbitals(state: &GroundState, x: [f64; 3]) -> Vec<f64> {
    let r = x.iter().map(|x| x * x).sum::<f64>().sqrt();
    let [a, b, c] = x.map(|x| x / r);
    let harmonics = |l: usize| match l {
        0 => vec![1.0],
        1 => [a, b, c].map(|y| 3.0_f64.sqrt() * y).to_vec(),
        _ => {
            let s = 15.0_f64.sqrt();
            vec![
                s * a * b,
                s * b * c,
                s * c * a,
                0.5 * s * (a * a - b * b),
                0.5 * 5.0_f64.sqrt() * (3.0 * c * c - 1.0),
            ]
        }
    };
    let of = |s: &Shell| {
        let u = state.orbital(s, r) / (r * (4.0 * PI).sqrt());
        harmonics(s.l).into_iter().map(move |y| u * y)
    };
    state.shells().iter().flat_map(of).collect()
}

/// Direct and exchange energy by sums over all pairs of points of a cubic grid: no channel, no multipole, no 3j symbol.
fn in_space(state: &GroundState, v: &dyn Interaction, half: usize, spacing: f64) -> (f64, f64, f64) {
    let place = |i: usize| (i as f64 - half as f64 + 0.5) * spacing;
    let n = 2 * half;
    let points: Vec<[f64; 3]> =
        (0..n * n * n).map(|i| [place(i / (n * n)), place(i / n % n), place(i % n)]).collect();
    let cell = spacing.powi(3);
    let phi: Vec<Vec<f64>> = points.iter().map(|x| orbitals(state, *x)).collect();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let rho: Vec<f64> = phi.iter().map(|p| dot(p, p)).collect();
    let table: Vec<f64> = (0..3 * n * n).map(|s| v.value(spacing * (s as f64).sqrt())).collect();
    let (mut direct, mut exchange) = (0.0, 0.0);
    for i in 0..points.len() {
        for j in 0..=i {
            let [a, b, c] = [(i / (n * n), j / (n * n)), (i / n % n, j / n % n), (i % n, j % n)]
                .map(|(a, b)| a.abs_diff(b).pow(2));
            let weight = table[a + b + c] * if i == j { 0.5 } else { 1.0 };
            direct += weight * rho[i] * rho[j];
            exchange -= weight * dot(&phi[i], &phi[j]).powi(2);
        }
    }
    let scale = cell * cell / state.problem().particles() as f64;
    (rho.iter().sum::<f64>() * cell, scale * direct, scale * exchange)
}

#[test]
fn channels_are_sums_over_all_of_space() {
    let v = Gaussian::new(1.0, 0.7).unwrap();
    for (n, half, reach) in [(4, 8, 4.7), (10, 9, 5.2)] {
        let state = trapped(n, Arc::new(v), 1.0).unwrap();
        let eps = (n as f64).powf(-1.0 / 3.0);
        let (mass, direct, exchange) = in_space(&state, &v, half, reach * eps.sqrt() / half as f64);
        let e = state.energy();
        assert!((mass / n as f64 - 1.0).abs() < 1e-7, "{n}: {mass}");
        assert!((direct / e.direct - 1.0).abs() < 1e-7, "{n}: {direct} {e:?}");
        assert!((exchange / e.exchange - 1.0).abs() < 1e-7, "{n}: {exchange} {e:?}");
        assert!(e.exchange < -0.1);
    }
}

#[test]
fn what_cannot_be_answered_is_refused() {
    let refused = |n: usize| trapped(n, none(), 1.0).map(|state| state.energy()).unwrap_err();
    assert_eq!(refused(3), GroundStateError::NotClosed { n: 3, below: 1, above: 4 });
    // 2s is full and 1d, at the same level, empty
    assert!(matches!(refused(5), GroundStateError::NoGap { .. }));
    assert!(matches!(refused(84), GroundStateError::LastChannel { l: 6 }));
    let problem = ClosedShells::atom(4.0, 4).unwrap();
    let functions = RadialFunctions::sturmian(3.0, 16, 1).unwrap();
    let few = Convergence { iterations: 3, ..Convergence::default() };
    let refused = ground_state(&problem, &functions, &few).unwrap_err();
    assert!(
        matches!(refused, GroundStateError::NotConverged { iterations: 3, residual, .. } if residual > 1e-6)
    );
    // three quarters of a nucleus for four electrons
    let ion = ClosedShells::atom(2.0, 4).unwrap();
    let functions = RadialFunctions::sturmian(1.0, 16, 1).unwrap();
    let refused = ground_state(&ion, &functions, &Convergence::default());
    assert!(matches!(refused, Err(GroundStateError::Unbound { .. } | GroundStateError::NotConverged { .. })));
    let endless = Convergence { refinement: f64::INFINITY, ..Convergence::default() };
    assert!(ground_state(&problem, &functions, &endless).is_err());
    let coarse = Convergence { refinement: 0.3, ..Convergence::default() };
    let refused = ground_state(&problem, &functions, &coarse).unwrap_err();
    assert!(matches!(refused, GroundStateError::Overlap { .. }), "{refused}");
    // no nucleus with |x|^{−1/2}: a cusp has no largest wave number
    let problem = ClosedShells::trapped(4, 1.0, Arc::new(InversePower::in_space(1.0, 0.5).unwrap())).unwrap();
    let refused = ground_state(&problem, &functions, &Convergence::default()).unwrap_err();
    assert!(matches!(refused, GroundStateError::Multipoles { .. }), "{refused}");
    assert!(
        ClosedShells::trapped(0, 1.0, none()).is_err() && ClosedShells::trapped(1, -1.0, none()).is_err()
    );
    assert!(ClosedShells::atom(f64::NAN, 2).is_err());
}

#[test]
fn the_same_bits_whatever_the_number_of_threads() {
    let at = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let state = trapped(20, gaussian(1.0), 1.0).unwrap();
            let levels: Vec<u64> = state.shells().iter().map(|s| s.level.to_bits()).collect();
            (state.energy().total().to_bits(), levels)
        })
    };
    assert_eq!(at(1), at(3));
}
