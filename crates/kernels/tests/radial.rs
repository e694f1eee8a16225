//! The mean field of a rotation-invariant density in R³: closed forms, two independent ways, and what is refused.

#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;

use semiclassical_kernels::line::MeanField as LineMeanField;
use semiclassical_kernels::radial::{MeanField, Potential, convolution, newton};
use semiclassical_kernels::{
    Bump, FAMILIES, Gaussian, Interaction, InversePower, KernelError, NoInteraction, Quadratic,
};

/// The normal density of deviation σ in R³.
fn normal(r: f64, sigma: f64) -> f64 {
    (-0.5 * (r / sigma).powi(2)).exp() / (sigma * (2.0 * PI).sqrt()).powi(3)
}

/// ₁F₁(a; b; −z) = e^{−z}₁F₁(b−a; b; z), 0 < a < b, z ≥ 0: a sum of positive terms.
fn kummer(a: f64, b: f64, z: f64) -> f64 {
    let (mut term, mut sum) = ((-z).exp(), (-z).exp());
    for n in 0..4000 {
        let n = f64::from(n);
        term *= (b - a + n) / (b + n) * z / (n + 1.0);
        sum += term;
    }
    sum
}

/// (U, U′) of |x|^(−α) and a normal density: (2σ²)^{−α/2}Γ((3−α)/2)/Γ(3/2)·₁F₁(α/2; 3/2; −r²/2σ²).
fn power_field(alpha: f64, sigma: f64, r: f64) -> (f64, f64) {
    let z = 0.5 * (r / sigma).powi(2);
    let gammas = libm::tgamma(0.5 * (3.0 - alpha)) / libm::tgamma(1.5);
    let scale = (2.0 * sigma * sigma).powf(-0.5 * alpha) * gammas;
    let a = 0.5 * alpha;
    (scale * kummer(a, 1.5, z), -scale * a / 1.5 * kummer(a + 1.0, 2.5, z) * r / (sigma * sigma))
}

const RADII: [f64; 9] = [0.0, 1e-3, 0.11, 0.5, 1.0, 2.3, 5.0, 11.0, 20.0];

/// The largest |U − exact| and |U′ − exact|, up to three times as far as the density.
fn errors(potential: &Potential, exact: impl Fn(f64) -> (f64, f64)) -> (f64, f64) {
    let mut worst = (0.0_f64, 0.0_f64);
    for r in RADII {
        let (value, slope) = exact(r);
        worst.0 = worst.0.max((potential.value_at(r) - value).abs());
        worst.1 = worst.1.max((potential.derivative_at(r) - slope).abs());
    }
    worst
}

#[test]
fn the_field_of_a_normal_density_is_kummers_function() {
    for alpha in [0.05, 0.25, 0.45, 0.75, 1.0] {
        for sigma in [0.75, 1.0] {
            let power = InversePower::in_space(1.0, alpha).unwrap();
            let field = MeanField::new(&power, 0.16, 50, 24.0).unwrap();
            let potential = field.potential(&field.sample(|r| normal(r, sigma)));
            let (value, slope) = errors(&potential, |r| power_field(alpha, sigma, r));
            assert!(value < 1e-12 && slope < 1e-12, "α = {alpha}, σ = {sigma}: {value:.1e} {slope:.1e}");
        }
    }
}

#[test]
fn the_coulomb_field_of_a_normal_density_is_the_error_function() {
    let coulomb = InversePower::in_space(-2.0, 1.0).unwrap();
    let field = MeanField::new(&coulomb, 0.2, 40, 24.0).unwrap();
    let potential = field.potential(&field.sample(|r| normal(r, 0.9)));
    for r in &RADII[1..] {
        let exact = -2.0 * libm::erf(r / (0.9 * 2.0_f64.sqrt())) / r;
        assert!((potential.value_at(*r) - exact).abs() < 1e-12, "{r}");
        // Poisson: ΔU = −4π·strength·ρ
        assert!((potential.laplacian_at(*r) - 8.0 * PI * normal(*r, 0.9)).abs() < 1e-11, "{r}");
    }
}

/// What V̂ leaves beyond K is nothing for a wide Gaussian; of Coulomb's V, V_K = (2/π)Si(Kr)/r, ∫₀^K sin(kr)/(kr)dk by small steps here.
#[test]
fn an_interaction_without_high_wave_numbers() {
    let wide = MeanField::new(&Gaussian::new(1.3, 0.8).unwrap(), 0.16, 50, 8.0).unwrap();
    for (j, v) in wide.interaction(0.05, 200).iter().enumerate() {
        let r = 0.05 * j as f64;
        assert!((v - 1.3 * (-0.5 * (r / 0.8).powi(2)).exp()).abs() < 1e-11, "{r}: {v}");
    }
    let coulomb = MeanField::new(&InversePower::in_space(2.0, 1.0).unwrap(), 0.2, 40, 8.0).unwrap();
    let (highest, steps) = (PI / 0.2, 200_000);
    let values = coulomb.interaction(0.3, 40);
    for j in [0, 1, 7, 39] {
        let r = 0.3 * f64::from(j);
        let wave = |k: f64| if j == 0 { 1.0 } else { (k * r).sin() / (k * r) };
        let step = highest / f64::from(steps);
        let sum: f64 = (0..steps).map(|m| wave((f64::from(m) + 0.5) * step)).sum();
        let exact = 4.0 / PI * step * sum;
        assert!((values[j as usize] - exact).abs() < 1e-7, "{r}: {} {exact}", values[j as usize]);
    }
}

#[test]
fn a_gaussian_of_a_gaussian_is_a_gaussian() {
    for (width, sigma) in [(0.3, 1.0), (1.0, 0.8), (2.5, 0.6)] {
        let field = MeanField::new(&Gaussian::new(1.3, width).unwrap(), 0.16, 50, 24.0).unwrap();
        let potential = field.potential(&field.sample(|r| normal(r, sigma)));
        let total = width * width + sigma * sigma;
        let exact = |r: f64| {
            let value = 1.3 * (width * width / total).powf(1.5) * (-0.5 * r * r / total).exp();
            (value, -r / total * value)
        };
        let (value, slope) = errors(&potential, exact);
        assert!(value < 1e-12 && slope < 1e-12, "{width}: {value:.1e} {slope:.1e}");
    }
}

#[test]
fn a_quadratic_field_follows_from_moments() {
    let field = MeanField::new(&Quadratic::new(1.7).unwrap(), 0.2, 40, 24.0).unwrap();
    let potential = field.potential(&field.sample(|r| normal(r, 0.8)));
    let exact = |r: f64| (0.85 * (r * r + 3.0 * 0.64), 1.7 * r);
    let (value, slope) = errors(&potential, exact);
    assert!(value < 1e-11 && slope < 1e-11, "{value:.1e} {slope:.1e}");
    let free = MeanField::new(&NoInteraction, 0.2, 40, 24.0).unwrap();
    assert_eq!(free.potential(&free.sample(|r| normal(r, 0.8))), Potential::zero());
}

/// A density that is no Gaussian: a shell.
fn shell(r: f64) -> f64 {
    let square = r * r - 2.0;
    0.1 * (-square * square).exp() * (1.0 + 0.3 * (2.0 * r * r).sin())
}

/// Spherical waves against integrals over shells, for every family and for α = 1.
#[test]
fn the_two_ways_agree_for_every_interaction() {
    let coulomb: Box<dyn Interaction> = Box::new(InversePower::in_space(1.1, 1.0).unwrap());
    let families = FAMILIES.iter().map(|f| (f.example)().unwrap());
    for interaction in families.chain([coulomb]) {
        let field = MeanField::new(&*interaction, 0.06, 60, 6.0).unwrap();
        let potential = field.potential(&field.sample(shell));
        assert!(field.spectral_tail(&field.sample(shell)) < 1e-11);
        let mut largest = 0.0_f64;
        for r in [0.05, 0.8, 1.5, 3.1, 5.5] {
            let slow = convolution(&*interaction, shell, 3.6, r, 1e-9).unwrap();
            let error = (potential.value_at(r) - slow.value).abs();
            assert!(
                error < 1e-10 + slow.error && slow.error < 1e-8,
                "{} at {r}: {error:.1e}",
                interaction.name()
            );
            largest = largest.max(slow.value.abs());
        }
        assert!(largest > 0.1 || interaction.name() == "none", "the tested field vanishes");
    }
}

#[test]
fn a_shell_acts_as_newton_says() {
    let gravity = InversePower::in_space(-15.0, 1.0).unwrap();
    let field = MeanField::new(&gravity, 0.06, 60, 6.0).unwrap();
    let potential = field.potential(&field.sample(shell));
    for r in [0.1, 0.9, 1.6, 3.0, 5.8] {
        let exact = newton(-15.0, shell, r, 1e-10).unwrap();
        let error = (potential.derivative_at(r) - exact.value).abs();
        assert!(error < 1e-11 + exact.error && exact.value.abs() > 1e-6, "{r}: {error:.1e}");
        // control: the force of the neighbouring exponent is another
        let wrong = InversePower::in_space(-15.0, 0.9).unwrap();
        let wrong = MeanField::new(&wrong, 0.06, 60, 6.0).unwrap();
        let wrong = wrong.potential(&wrong.sample(shell)).derivative_at(r);
        assert!(r < 1.0 || (wrong / exact.value - 1.0).abs() > 1e-3, "{r}");
    }
}

#[test]
fn values_energy_and_combinations_are_those_of_the_potential() {
    let field = MeanField::new(&InversePower::in_space(1.0, 1.0).unwrap(), 0.2, 40, 9.0).unwrap();
    let (rho, other) = (field.sample(|r| normal(r, 0.9)), field.sample(|r| normal(r, 1.1)));
    let (u, w) = (field.potential(&rho), field.potential(&other));
    for (j, value) in field.values(&u).iter().enumerate() {
        assert!((value - u.value_at(field.point(j))).abs() < 1e-13);
    }
    for (r, value) in RADII.iter().zip(field.stiffness_table(&RADII).values(&u)) {
        assert!((value - u.stiffness_at(*r)).abs() < 1e-14);
    }
    // ½∬ρρ/|x−x′| = 1/(2√π σ) for a normal density
    assert!((field.energy(&rho) - 0.5 / (PI.sqrt() * 0.9)).abs() < 1e-12);
    let difference: Vec<f64> = rho.iter().zip(&other).map(|(a, b)| a - b).collect();
    let (sum, direct) = (Potential::combination(&[(1.0, &u), (-1.0, &w)]), field.potential(&difference));
    for r in [0.0, 1.0, 4.0] {
        assert!((sum.value_at(r) - direct.value_at(r)).abs() < 1e-14);
    }
    assert!((field.integral(&rho) - 1.0).abs() < 1e-13);
}

/// The error of the samples falls faster than any power of h, and its size is what the tail says.
#[test]
fn samples_that_resolve_nothing_are_told_from_those_that_do() {
    let coulomb = InversePower::in_space(1.0, 1.0).unwrap();
    let run = |spacing: f64| {
        let field = MeanField::new(&coulomb, spacing, (8.0 / spacing) as usize, 9.0).unwrap();
        let rho = field.sample(|r| normal(r, 0.5));
        let error = (field.potential(&rho).value_at(0.0) - (2.0 / PI).sqrt() / 0.5).abs();
        (error, field.spectral_tail(&rho))
    };
    let ((coarse, coarse_tail), (fine, fine_tail)) = (run(0.8), run(0.2));
    assert!(coarse > 1e-3 && coarse_tail > 1e-2, "{coarse:.1e} {coarse_tail:.1e}");
    assert!(fine < 1e-12 && fine_tail < 1e-10, "{fine:.1e} {fine_tail:.1e}");
}

#[test]
fn space_carries_what_the_line_does_not() {
    let coulomb = InversePower::in_space(1.0, 1.0).unwrap();
    assert_eq!((coulomb.local_l1(), coulomb.fourier(1.0)), (None, None));
    assert!(matches!(InversePower::in_space(1.0, 1.2), Err(KernelError::OutOfRange { .. })));
    assert!(matches!(InversePower::in_space(1.0, 0.0), Err(KernelError::NotPositive { .. })));
    assert_eq!(InversePower::new(1.0, 0.5).unwrap(), InversePower::in_space(1.0, 0.5).unwrap());
    let axis = phase_space::line::Axis::new(0.0, 10.0, 64).unwrap();
    let refusal = LineMeanField::new(&coulomb, &axis).err().unwrap();
    assert_eq!(refusal, KernelError::NotIntegrable { alpha: 1.0 });
}

#[test]
fn a_dilation_is_the_field_on_dilated_points() {
    let families: [Box<dyn Interaction>; 4] = [
        Box::new(Gaussian::new(1.3, 0.8).unwrap()),
        Box::new(Bump::new(1.0, 2.0).unwrap()),
        Box::new(InversePower::in_space(-1.0, 0.45).unwrap()),
        Box::new(InversePower::in_space(1.0, 1.0).unwrap()),
    ];
    for v in &families {
        let field = MeanField::new(v.as_ref(), 0.2, 50, 10.0).unwrap();
        for b in [0.7, 1.0, 2.4] {
            let wide = MeanField::new(v.as_ref(), b * 0.2, 50, b * 10.0).unwrap();
            let same = field.dilated(v.as_ref(), b).unwrap();
            let rho = wide.sample(|r| normal(r, 1.1 * b));
            let (exact, values) = (wide.values(&wide.potential(&rho)), same.values(&same.potential(&rho)));
            let size = exact.iter().fold(0.0_f64, |m, u| m.max(u.abs()));
            let error = exact.iter().zip(&values).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs()));
            assert!(size > 0.01, "{} {b}: nothing to compare, {size:.1e}", v.name());
            assert!(error < 1e-12 * size, "{} {b}: {error:.1e}", v.name());
        }
    }
}

#[test]
fn bad_settings_stop_at_the_door() {
    let bump = Bump::new(1.0, 1.0).unwrap();
    assert!(matches!(MeanField::new(&bump, 0.0, 10, 1.0), Err(KernelError::NotPositive { .. })));
    assert!(matches!(MeanField::new(&bump, 0.1, 0, 1.0), Err(KernelError::OutOfRange { .. })));
    assert!(matches!(MeanField::new(&bump, 0.1, 10, f64::NAN), Err(KernelError::NotFinite { .. })));
    assert!(convolution(&bump, shell, 3.0, 0.0, 1e-9).is_err());
}
