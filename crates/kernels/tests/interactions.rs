//! Laws of every listed interaction.

use proptest::prelude::*;
use semiclassical_kernels::Interaction;
use semiclassical_kernels::quadrature::integrate;
use semiclassical_kernels::{Bump, FAMILIES, Gaussian, KernelError, Quadratic};

#[test]
fn derivatives_are_limits_of_differences() {
    for family in FAMILIES {
        let v = (family.example)().unwrap();
        let h = 1e-5;
        let mut largest = 0.0_f64;
        for i in 0..200 {
            // no point lies on the edge of the bump, where V″ jumps
            let r = -5.013 + 0.05 * f64::from(i);
            let difference = (v.value(r + h) - v.value(r - h)) / (2.0 * h);
            // h²V‴/6 ≤ 1e-10·|r|^{−4} where V is singular
            let steep = if v.sup().is_none() { 1e-10 * r.powi(-4) } else { 0.0 };
            assert!((difference - v.derivative(r)).abs() < 1e-9 + steep, "{} at {r}", v.name());
            assert_eq!(v.value(r), v.value(-r));
            assert_eq!(v.derivative(r), -v.derivative(-r));
            largest = largest.max(v.derivative(r).abs());
        }
        assert!(largest > 0.1 || family.kind == "none", "the tested force vanishes for {}", v.name());
    }
}

#[test]
fn norms_are_suprema() {
    let h = 1e-4;
    for family in FAMILIES {
        let v = (family.example)().unwrap();
        let points = (0..80_001).map(|i| -4.0 + 1e-4 * f64::from(i));
        let (mut sup, mut first, mut second) = (0.0_f64, 0.0_f64, 0.0_f64);
        for r in points {
            sup = sup.max(v.value(r).abs());
            first = first.max(v.derivative(r).abs());
            second = second.max(((v.derivative(r + h) - v.derivative(r)) / h).abs());
        }
        for (measured, claimed) in
            [(sup, v.sup()), (first, v.derivative_sup()), (second, v.second_derivative_sup())]
        {
            let Some(claimed) = claimed else { continue };
            assert!(measured <= claimed * (1.0 + 1e-9), "{}: {measured} > {claimed}", v.name());
            assert!(measured >= claimed * (1.0 - 1e-3), "{}: {measured} < {claimed}", v.name());
        }
    }
}

#[test]
fn transforms_are_integrals() {
    for family in FAMILIES {
        let v = (family.example)().unwrap();
        if v.fourier(0.0).is_none() {
            assert_eq!(v.reach(1e-16), f64::INFINITY);
            continue;
        }
        let reach = v.reach(1e-17).max(1.0);
        for k in [0.0_f64, 0.3, 1.0, 2.1, 5.0, 12.0] {
            let half = integrate(|x| v.value(x) * (k * x).cos(), 0.0, reach, 1e-12).unwrap();
            let exact = v.fourier(k).unwrap();
            assert!((2.0 * half.value - exact).abs() < 4e-12, "{} at {k}: {exact}", v.name());
        }
    }
}

#[test]
fn moments_are_integrals() {
    let gaussian = Gaussian::new(-1.3, 0.8).unwrap();
    for s in 0..=3 {
        let measured = gaussian.fourier_moment(s).unwrap();
        let power = i32::try_from(s).unwrap();
        let half =
            integrate(|p| gaussian.fourier(p).unwrap().abs() * p.powi(power), 0.0, 14.0, 1e-12).unwrap();
        assert!((half.value / std::f64::consts::PI - measured.value).abs() < 1e-12);
    }
}

/// The moments exist for s = 0, 1 and diverge from s = 2 on, like a logarithm: each octave adds the same amount.
#[test]
fn the_bump_is_outside_the_second_and_third_theorem() {
    let bump = Bump::new(2.0, 1.5).unwrap();
    let partial = |s: i32, from: f64, to: f64| {
        let n = 400_000;
        let h = (to - from) / f64::from(n);
        (0..n)
            .map(|i| {
                let p = from + (f64::from(i) + 0.5) * h;
                h / std::f64::consts::PI * bump.fourier(p).unwrap().abs() * p.powi(s)
            })
            .sum::<f64>()
    };
    for s in 0..=1 {
        let measured = bump.fourier_moment(s).unwrap();
        let (power, cut) = (i32::try_from(s).unwrap(), 2000.0_f64);
        // |V̂(p)| ≤ 16·strength·width·(width·p)^(−3)(1 + …) bounds what lies beyond the cut
        let tail = 16.0 * 2.0 / 1.5_f64.powi(2) * cut.powi(power - 2) / std::f64::consts::PI;
        let sum = partial(power, 0.0, cut);
        assert!(measured.value >= sum - 1e-6 && measured.value <= sum + tail, "s = {s}: {measured:?} {sum}");
        assert!(measured.error < 1e-8 * measured.value);
    }
    assert!(bump.fourier_moment(2).is_none() && bump.fourier_moment(3).is_none());
    let (one, two) = (partial(2, 200.0, 400.0), partial(2, 400.0, 800.0));
    assert!((one / two - 1.0).abs() < 1e-3 && two > 0.1, "{one} {two}");
    assert!(bump.w2_infinity().is_some());
}

#[test]
fn bad_parameters_stop_at_the_door() {
    assert!(matches!(
        Gaussian::new(f64::NAN, 1.0),
        Err(KernelError::NotFinite { parameter: "strength", .. })
    ));
    assert!(matches!(Gaussian::new(1.0, 0.0), Err(KernelError::NotPositive { parameter: "width", .. })));
    assert!(matches!(Bump::new(1.0, -2.0), Err(KernelError::NotPositive { .. })));
    assert!(matches!(Bump::new(1.0, f64::INFINITY), Err(KernelError::NotFinite { .. })));
    assert!(Quadratic::new(f64::INFINITY).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    /// V_{g,w}(x) = g V_{1,1}(x/w) and V̂_{g,w}(k) = g w V̂_{1,1}(wk).
    #[test]
    fn families_scale(strength in -3.0..3.0_f64, width in 0.1..5.0_f64, x in -4.0..4.0_f64) {
        let pairs: [(Box<dyn Interaction>, Box<dyn Interaction>); 2] = [
            (Box::new(Gaussian::new(strength, width).unwrap()), Box::new(Gaussian::new(1.0, 1.0).unwrap())),
            (Box::new(Bump::new(strength, width).unwrap()), Box::new(Bump::new(1.0, 1.0).unwrap())),
        ];
        for (v, unit) in pairs {
            prop_assert!((v.value(x) - strength * unit.value(x / width)).abs() < 1e-13);
            let transform = strength * width * unit.fourier(width * x).unwrap();
            prop_assert!((v.fourier(x).unwrap() - transform).abs() < 1e-12);
            prop_assert!(v.value(v.reach(1e-6)).abs() <= 1.000_001e-6 * strength.abs());
        }
    }
}
