//! The correction of order ε² to Vlasov in R³: how it begins, what it conserves, what is wrong with one wrong factor.

#![allow(clippy::unwrap_used)]

use kernels::{Gaussian, Interaction, InversePower, Quadratic};
use semiclassical_vlasov::CorrectionSource;
use semiclassical_vlasov::radial::{
    CorrectionSettings, Domain, PhasePoints, PhaseRow, RadialCorrection, RadialVlasov, Settings,
};
use states::radial::{CenteredMixture, RadialState};

type Point = (f64, f64, f64);

fn solve(
    interaction: &dyn Interaction,
    duration: f64,
) -> RadialVlasov<impl Fn(f64, f64, f64) -> f64 + Sync + use<>> {
    let state = CenteredMixture::two_widths().unwrap();
    let domain = Domain::covering(state.reach(duration, 1e-10), state.speed(1e-14), 0.3);
    let initial = move |r: f64, v_r: f64, v_t: f64| state.wigner(r, v_r, v_t);
    let settings =
        Settings { nodes: 9, steps: 4, shells: 16, angles: 12, tolerance: 1e-11, ..Settings::default() };
    RadialVlasov::solve(initial, interaction, &domain, duration, settings).unwrap()
}

/// ∬g D dxdv at time t, and ∬|g D|.
fn moment<W: Fn(f64, f64, f64) -> f64 + Sync>(
    vlasov: &RadialVlasov<W>,
    d: &(impl Fn(&[Point]) -> Vec<f64> + Sync),
    t: f64,
    g: impl Fn(Point) -> f64,
) -> [f64; 2] {
    let rule = vlasov.phase_rule(t, PhasePoints { step: 1.0, shells: 22, angles: 18, reach: 1.0 });
    let row = |row: &PhaseRow| -> Vec<f64> {
        d(row.points()).iter().zip(row.points()).map(|(d, p)| d * g(*p)).collect()
    };
    let values: Vec<_> = rule.rows().iter().map(row).collect();
    [rule.integral(&values), rule.norms(&values).l1]
}

/// −(1/24)Σ_{ijk}∂_i∂_j∂_kU ∂_{v_i}∂_{v_j}∂_{v_k}W₀ by differences in all of R³ × R³.
fn slow_source(
    u: &dyn Fn([f64; 3]) -> f64,
    w: &dyn Fn([f64; 3], [f64; 3]) -> f64,
    x: [f64; 3],
    v: [f64; 3],
) -> f64 {
    let h = 0.02;
    let third = |g: &dyn Fn([f64; 3]) -> f64, at: [f64; 3], axes: [usize; 3]| {
        let mut sum = 0.0;
        for signs in 0..8 {
            let (mut point, mut sign) = (at, 1.0);
            for (bit, axis) in axes.iter().enumerate() {
                let s = if signs >> bit & 1 == 0 { 1.0 } else { -1.0 };
                point[*axis] += s * h;
                sign *= s;
            }
            sum += sign * g(point);
        }
        sum / (8.0 * h * h * h)
    };
    let mut source = 0.0;
    for i in 0..27 {
        let axes = [i / 9, i / 3 % 3, i % 3];
        source -= third(u, x, axes) * third(&|v| w(x, v), v, axes) / 24.0;
    }
    source
}

/// D = tS₀ + O(t²), S₀ by the definition with all 27 third derivatives.
#[test]
fn it_begins_with_the_term_of_moyal() {
    let t = 1e-3;
    let vlasov = solve(&Gaussian::new(-3.0, 1.0).unwrap(), t);
    let settings = CorrectionSettings { nodes: 2, instants: 2, ..CorrectionSettings::default() };
    let correction = RadialCorrection::solve(&vlasov, settings, CorrectionSource::default()).unwrap();
    let d = correction.at(t);
    let potential = vlasov.potential(0.0);
    let norm = |a: [f64; 3]| a.iter().map(|a| a * a).sum::<f64>().sqrt();
    let state = CenteredMixture::two_widths().unwrap();
    let w = |x: [f64; 3], v: [f64; 3]| {
        let v_r = x.iter().zip(v).map(|(x, v)| x * v).sum::<f64>() / norm(x);
        state.wigner(norm(x), v_r, (norm(v).powi(2) - v_r * v_r).max(0.0).sqrt())
    };
    for (x, v) in [
        ([0.7, 0.4, -0.3], [0.5, -0.6, 0.2]),
        ([0.2, 0.1, 0.0], [0.1, 0.7, 0.3]),
        ([1.1, 0.0, 0.6], [-0.4, 0.0, 0.2]),
    ] {
        let v_r = x.iter().zip(v).map(|(x, v)| x * v).sum::<f64>() / norm(x);
        let v_t = (norm(v).powi(2) - v_r * v_r).sqrt();
        let exact = t * slow_source(&|x| potential.value_at(norm(x)), &w, x, v);
        let found = d(&[(norm(x), v_r, v_t)])[0];
        assert!((found - exact).abs() < 1e-2 * exact.abs(), "{found:e} {exact:e}");
    }
}

/// No mass, and the energy of the first order: ∬v²D + ∫Ũρ_D = 0, since no third derivative sees v².
#[test]
fn mass_and_energy_of_the_correction_vanish() {
    let t = 0.8;
    for strength in [-1.0, 1.0] {
        let vlasov = solve(&InversePower::in_space(strength, 1.0).unwrap(), t);
        let potential = vlasov.potential(t);
        let energy = |(r, p, q): Point| p * p + q * q + potential.value_at(r);
        let with = |source| {
            let correction = RadialCorrection::solve(&vlasov, CorrectionSettings::default(), source).unwrap();
            let d = correction.at(t);
            let [mass, size] = moment(&vlasov, &d, t, |_| 1.0);
            let [energy, scale] = moment(&vlasov, &d, t, energy);
            println!("{strength} {size:e}: mass {:e} energy {:e}", mass / size, energy / scale);
            [(mass / size).abs(), (energy / scale).abs()]
        };
        let [mass, right] = with(CorrectionSource::default());
        assert!(mass < 1e-7 && right < 1e-4, "{mass:.1e} {right:.1e}");
        let [_, wrong] = with(CorrectionSource { self_consistent: false, ..CorrectionSource::default() });
        assert!(wrong > 2e-3, "{wrong:.1e}");
    }
}

#[test]
fn a_quadratic_interaction_needs_no_correction() {
    let vlasov = solve(&Quadratic::new(0.8).unwrap(), 0.6);
    let settings = CorrectionSettings { nodes: 3, instants: 3, ..CorrectionSettings::default() };
    let correction = RadialCorrection::solve(&vlasov, settings, CorrectionSource::default()).unwrap();
    let d = correction.at(0.6);
    assert!(d(&[(0.5, 0.3, 0.2), (1.0, -0.4, 0.6)]).iter().all(|d| d.abs() < 1e-10));
}
