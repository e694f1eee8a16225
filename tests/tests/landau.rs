//! Linear Landau damping: the Vlasov solver against the root of a dispersion relation.
//!
//! On the torus of length L = 2π/k let W₀ = (1 + a cos kx) M(v)/L with M(v) = √(2/π) e^{−2v²}. With u = 2v the transport
//! is u·∂ₓ, u has the unit Maxwellian F, and the force on u is −2U′; the linearised equation has the waves e^{i(kx−ωt)} with
//!
//! 1 = (2kV̂(k)/L) ∫F′(u)/(ku − ω) du,   F(u) = e^{−u²/2}/√(2π),
//!
//! so that V̂(k) = L/(2k²) is the plasma of unit frequency and Debye length: with ζ = ω/(√2 k) and the plasma dispersion
//! function Z, D(ζ) = 1 + [1 + ζZ(ζ)]/k² = 0.

#![allow(clippy::unwrap_used)]

use std::f64::consts::{PI, SQRT_2, TAU};

use kernels::line::MeanField;
use num_complex::Complex64;
use phase_space::line::{Axis, PhaseFlow, PhaseGrid};
use phase_space::splitting::Splitting;
use vlasov::line::{VlasovMultiplier, WeylVlasov};

/// Z(ζ) = π^{−1/2} ∫ e^{−s²}/(s − ζ) ds along Im s = −c, below the pole, by the rectangle rule: its error is of order
/// e^{−2π(c + Im ζ)/h}.
fn plasma_dispersion(zeta: Complex64) -> Complex64 {
    let (h, c) = (0.1, 1.5 + (-zeta.im).max(0.0));
    let sum: Complex64 =
        (-90..=90).map(|j| Complex64::new(h * f64::from(j), -c)).map(|s| (-s * s).exp() / (s - zeta)).sum();
    h / PI.sqrt() * sum
}

/// The least damped root ω = ω_r − iγ of D, by Newton's iteration with Z′ = −2(1 + ζZ).
fn langmuir_root(k: f64) -> Complex64 {
    // Bohm and Gross: ω² ≈ 1 + 3k²
    let mut zeta = Complex64::new((1.0 + 3.0 * k * k).sqrt(), -0.05) / (SQRT_2 * k);
    for _ in 0..50 {
        let z = plasma_dispersion(zeta);
        let dz = -2.0 * (1.0 + zeta * z);
        zeta -= (k * k + 1.0 + zeta * z) / (z + zeta * dz);
    }
    zeta * SQRT_2 * k
}

#[test]
fn the_dispersion_function_obeys_its_equation() {
    // Z(0) = i√π, and the table value Z(1) = −1.0761590138 + i√π/e
    assert!((plasma_dispersion(Complex64::ZERO) - Complex64::new(0.0, PI.sqrt())).norm() < 1e-13);
    let at_one = Complex64::new(-1.076_159_013_825_536_8, PI.sqrt() * (-1.0_f64).exp());
    assert!((plasma_dispersion(Complex64::ONE) - at_one).norm() < 1e-13);
    for zeta in [Complex64::new(0.3, 0.7), Complex64::new(2.0, -0.2), Complex64::new(-1.1, -0.9)] {
        let step = 1e-3;
        let slope = (8.0 * (plasma_dispersion(zeta + step) - plasma_dispersion(zeta - step))
            - (plasma_dispersion(zeta + 2.0 * step) - plasma_dispersion(zeta - 2.0 * step)))
            / (12.0 * step);
        assert!((slope + 2.0 * (1.0 + zeta * plasma_dispersion(zeta))).norm() < 1e-10, "{zeta}");
    }
}

#[test]
fn the_roots_are_those_of_the_tables() {
    for (k, omega, gamma) in [(0.5, 1.4157, 0.1534), (0.4, 1.2850, 0.0661), (0.3, 1.1598, 0.0126)] {
        let root = langmuir_root(k);
        assert!((root - Complex64::new(omega, -gamma)).norm() < 1e-4, "k = {k}: {root}");
    }
}

/// Frequency and damping of the field, for ẋ = speed·v.
///
/// By symmetry ρ_k(t) = ∫ρ cos kx dx is real, A e^{−γt}cos(ωt + φ) once the faster modes have died out; then
/// ρ(t+h) + e^{−2γh}ρ(t−h) = 2e^{−γh}cos(ωh)ρ(t), two coefficients that least squares find on start..end.
fn measured(k: f64, speed: f64, start: f64, end: f64) -> Complex64 {
    let length = TAU / k;
    let x = Axis::new(0.5 * length, length, 16).unwrap();
    // recurrence at 2π/(2kΔv) ≥ 1.4·end, |v| ≤ 4 is eight deviations
    let n_v = (1.4 * end * 8.0 * 2.0 * k / TAU).ceil() as usize;
    let v = Axis::new(0.0, 8.0, phase_space::line::friendly_length(n_v.max(64))).unwrap();
    let grid = PhaseGrid::new(x, v);
    let repulsion = move |q: f64| if q > 0.5 * k { length / (2.0 * q * q) } else { 0.0 };
    let multiplier = VlasovMultiplier::of(MeanField::periodic(&x, repulsion).unwrap(), &grid).unwrap();
    let flow = PhaseFlow::with_speed(&grid, speed);
    let mut solver = WeylVlasov::from_parts(flow, multiplier, Splitting::Order4);
    // so small that e^{−γt} cannot be bent by trapping, ω_b t ≪ 1
    let amplitude = 1e-6;
    let maxwellian = |v: f64| (2.0 / PI).sqrt() * (-2.0 * v * v).exp();
    let mut w = grid.sample(|x, v| (1.0 + amplitude * (k * x).cos()) * maxwellian(v) / length).unwrap();
    let h = 0.25;
    let mut field = Vec::new();
    for _ in 0..=(end / h) as usize {
        let rho = w.density();
        field.push(rho.iter().enumerate().map(|(i, r)| r * (k * x.point(i)).cos()).sum::<f64>() / amplitude);
        solver.evolve(&mut w, h, 1);
    }
    recurrence_root(&field[(start / h) as usize..], h)
}

/// ω − iγ from f_{n+1} = p f_n − q f_{n−1} by least squares, each row scaled to its own size.
fn recurrence_root(f: &[f64], h: f64) -> Complex64 {
    let (mut aa, mut ab, mut bb, mut ac, mut bc) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for window in f.windows(3) {
        let scale = 1.0 / window.iter().map(|f| f * f).sum::<f64>();
        let (a, b, c) = (window[1], -window[0], window[2]);
        aa += scale * a * a;
        ab += scale * a * b;
        bb += scale * b * b;
        ac += scale * a * c;
        bc += scale * b * c;
    }
    let determinant = aa * bb - ab * ab;
    let (p, q) = ((ac * bb - bc * ab) / determinant, (aa * bc - ab * ac) / determinant);
    let gamma = -q.ln() / (2.0 * h);
    let omega = (0.5 * p / q.sqrt()).acos() / h;
    Complex64::new(omega, -gamma)
}

#[test]
fn the_field_oscillates_and_decays_as_the_dispersion_relation_says() {
    for (k, start, end) in [(0.5, 12.0, 40.0), (0.4, 16.0, 60.0), (0.3, 24.0, 80.0)] {
        let (found, exact) = (measured(k, 2.0, start, end), langmuir_root(k));
        assert!((found.re / exact.re - 1.0).abs() < 1e-4, "k = {k}: ω = {found} against {exact}");
        assert!((found.im / exact.im - 1.0).abs() < 1e-4, "k = {k}: γ = {found} against {exact}");
    }
}

/// The printed transport v·∂ₓ is another plasma: its frequency is off by far more than a per cent.
#[test]
fn transport_with_v_misses_the_frequency() {
    let k = 0.3;
    let (found, exact) = (measured(k, 1.0, 24.0, 60.0), langmuir_root(k));
    assert!((found.re / exact.re - 1.0).abs() > 0.01, "ω = {found} against {exact}");
}
