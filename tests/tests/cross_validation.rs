//! Each dynamics against its second, independent discretisation, and the errors that only such a comparison can see:
//! a transport speed 1 for 2, a flipped force, a Vlasov multiplier in Hartree's place.

#![allow(clippy::unwrap_used)]

use hartree::line::{KernelHartree, WeylHartree};
use kernels::{Gaussian, Interaction, InversePower, Measured, Quadratic};
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseFlow, PhaseGrid, WignerFunction};
use phase_space::splitting::Splitting;
use vlasov::VlasovError;
use vlasov::line::{CharacteristicVlasov, ForceSign, Settings, WeylVlasov};

/// What the pairs must reach in L², and what a wrong equation must exceed.
const AGREEMENT: f64 = 1e-8;
const DISAGREEMENT: f64 = 1e-2;

/// exp(−(x/0.6)²/2 − (v/0.5)²/2)/(2π·0.6·0.5), ∬ = 1.
fn gaussian(x: f64, v: f64) -> f64 {
    (-0.5 * (x * x / 0.36 + v * v / 0.25)).exp() / (0.3 * std::f64::consts::TAU)
}

/// Two bumps of unequal weight that approach each other.
fn mixture(x: f64, v: f64) -> f64 {
    0.6 * gaussian(x - 0.9, v + 0.4) + 0.4 * gaussian(x + 1.1, v - 0.3)
}

fn grid(length: f64, n_x: usize, n_v: usize) -> PhaseGrid {
    PhaseGrid::new(Axis::new(0.0, length, n_x).unwrap(), Axis::new(0.0, 10.0, n_v).unwrap())
}

fn distance(a: &WignerFunction, b: &WignerFunction) -> f64 {
    a.minus(b).unwrap().l2()
}

// ---- Hartree, t = 1/2 ----

const HARTREE_TIME: f64 = 0.5;

fn hartree_grid() -> PhaseGrid {
    grid(15.0, 144, 144)
}

/// The kernel's own box and points: n = L v_max/(πε), rounded up to even.
fn kernel(w0: fn(f64, f64) -> f64, interaction: &dyn Interaction, eps: f64) -> WignerFunction {
    let (center, length) = (-0.05, 14.5);
    let n = (length * 5.0 / (std::f64::consts::PI * eps)).ceil() as usize;
    let axis = Axis::new(center, length, phase_space::line::friendly_length(n)).unwrap();
    let (w, scaling) = (hartree_grid().sample(w0).unwrap(), Scaling::line(eps).unwrap());
    let mut kernel = KernelHartree::from_wigner(&w, &axis, interaction, scaling, Splitting::Order6).unwrap();
    kernel.evolve(HARTREE_TIME, 2);
    kernel.wigner(&hartree_grid()).unwrap()
}

fn weyl_hartree(
    w0: fn(f64, f64) -> f64,
    interaction: &dyn Interaction,
    eps: f64,
    speed: f64,
) -> WignerFunction {
    let flow = PhaseFlow::with_speed(&hartree_grid(), speed);
    let mut w = hartree_grid().sample(w0).unwrap();
    WeylHartree::with_flow(flow, interaction, Scaling::line(eps).unwrap(), Splitting::Order6)
        .unwrap()
        .evolve(&mut w, HARTREE_TIME, 5);
    w
}

#[test]
fn hartree_in_weyl_variables_is_hartree_on_the_kernel() {
    for strength in [1.0, -1.0] {
        let interaction = Gaussian::new(strength, 1.0).unwrap();
        for eps in [0.125, 0.03125] {
            for w0 in [gaussian as fn(f64, f64) -> f64, mixture] {
                let fast = weyl_hartree(w0, &interaction, eps, 2.0);
                let error = distance(&fast, &kernel(w0, &interaction, eps));
                assert!(error < AGREEMENT, "strength {strength}, ε = {eps}: {error:.1e}");
            }
        }
    }
}

#[test]
fn the_kernel_refutes_wrong_hartree_equations() {
    let (interaction, eps) = (Gaussian::new(1.0, 1.0).unwrap(), 0.125);
    let truth = kernel(mixture, &interaction, eps);
    let half_speed = distance(&weyl_hartree(mixture, &interaction, eps, 1.0), &truth);
    assert!(half_speed > DISAGREEMENT, "v for 2v: {half_speed:.1e}");
    let attraction = Gaussian::new(-1.0, 1.0).unwrap();
    let flipped = distance(&weyl_hartree(mixture, &attraction, eps, 2.0), &truth);
    assert!(flipped > DISAGREEMENT, "flipped force: {flipped:.1e}");
    let mut classical = hartree_grid().sample(mixture).unwrap();
    WeylVlasov::new(&hartree_grid(), &interaction, Splitting::Order6).unwrap().evolve(
        &mut classical,
        HARTREE_TIME,
        5,
    );
    let multiplier = distance(&classical, &truth);
    assert!(multiplier > 1e-6, "Vlasov's multiplier: {multiplier:.1e}");
}

#[test]
fn a_quadratic_interaction_makes_hartree_and_vlasov_one() {
    let (grid, interaction) = (hartree_grid(), Quadratic::new(0.7).unwrap());
    let start = grid.sample(mixture).unwrap();
    let (mut quantum, mut classical) = (start.clone(), start.clone());
    let scaling = Scaling::line(0.25).unwrap();
    WeylHartree::new(&grid, &interaction, scaling, Splitting::Order4).unwrap().evolve(
        &mut quantum,
        HARTREE_TIME,
        4,
    );
    WeylVlasov::new(&grid, &interaction, Splitting::Order4).unwrap().evolve(&mut classical, HARTREE_TIME, 4);
    assert!(distance(&quantum, &start) > 0.1 * start.l2());
    assert!(distance(&quantum, &classical) < 1e-14 * start.l2());
}

// ---- Vlasov, t = 1/2 and t = 1 ----

const VLASOV_TIME: f64 = 1.0;

fn vlasov_grid() -> PhaseGrid {
    grid(20.0, 180, 200)
}

fn characteristics(
    w0: fn(f64, f64) -> f64,
    interaction: &dyn Interaction,
) -> CharacteristicVlasov<fn(f64, f64) -> f64> {
    // another box and other points than the fast solver's
    let grid = grid(19.0, 150, 150);
    let settings = Settings { nodes: 15, steps: 4, ..Settings::default() };
    CharacteristicVlasov::solve(w0, interaction, &grid, VLASOV_TIME, settings).unwrap()
}

fn weyl_vlasov(w0: fn(f64, f64) -> f64, interaction: &dyn Interaction, speed: f64, t: f64) -> WignerFunction {
    let flow = PhaseFlow::with_speed(&vlasov_grid(), speed);
    let mut w = vlasov_grid().sample(w0).unwrap();
    WeylVlasov::with_flow(flow, interaction, Splitting::Order6).unwrap().evolve(&mut w, t, 6);
    w
}

#[test]
fn vlasov_in_weyl_variables_is_vlasov_along_characteristics() {
    for strength in [1.0, -1.0] {
        let interaction = Gaussian::new(strength, 1.0).unwrap();
        for w0 in [gaussian as fn(f64, f64) -> f64, mixture] {
            let solution = characteristics(w0, &interaction);
            for t in [0.5, VLASOV_TIME] {
                let fast = weyl_vlasov(w0, &interaction, 2.0, t);
                let error = distance(&fast, &solution.wigner(&vlasov_grid(), t).unwrap());
                assert!(error < AGREEMENT, "strength {strength}, t = {t}: {error:.1e}");
            }
        }
    }
}

#[test]
fn the_characteristics_refute_wrong_vlasov_equations() {
    let interaction = Gaussian::new(1.0, 1.0).unwrap();
    let truth = characteristics(mixture, &interaction).wigner(&vlasov_grid(), VLASOV_TIME).unwrap();
    let half_speed = distance(&weyl_vlasov(mixture, &interaction, 1.0, VLASOV_TIME), &truth);
    assert!(half_speed > DISAGREEMENT, "v for 2v: {half_speed:.1e}");
    let mut flipped = vlasov_grid().sample(mixture).unwrap();
    WeylVlasov::with_force_sign(&vlasov_grid(), &interaction, ForceSign::Flipped, Splitting::Order6)
        .unwrap()
        .evolve(&mut flipped, VLASOV_TIME, 6);
    let flipped = distance(&flipped, &truth);
    assert!(flipped > DISAGREEMENT, "flipped force: {flipped:.1e}");
}

// ---- |x|^(−α), t = 1/2: both fast dynamics transform V, both second ones correct a direct sum at its singularity ----

/// What the singular pairs must reach, relative to ‖W‖_{L²}.
const SINGULAR_AGREEMENT: f64 = 1e-8;

/// Repulsive and attractive, as strong as leaves α = 0.9, nearly a contact interaction, resolved on these grids.
fn powers() -> [InversePower; 4] {
    [(1.0, 0.25), (-1.0, 0.25), (0.05, 0.9), (-0.05, 0.9)].map(|(g, a)| InversePower::new(g, a).unwrap())
}

/// V with the value 0 at r = 0 and, as for a smooth V, the plain trapezoid rule: a control.
#[derive(Debug)]
struct Uncorrected(InversePower);

impl Interaction for Uncorrected {
    fn name(&self) -> String {
        format!("uncorrected {}", self.0.name())
    }

    fn value(&self, r: f64) -> f64 {
        if r == 0.0 { 0.0 } else { self.0.value(r) }
    }

    fn derivative(&self, r: f64) -> f64 {
        if r == 0.0 { 0.0 } else { self.0.derivative(r) }
    }

    fn sup(&self) -> Option<f64> {
        None
    }

    fn derivative_sup(&self) -> Option<f64> {
        None
    }

    fn second_derivative_sup(&self) -> Option<f64> {
        None
    }

    fn fourier(&self, k: f64) -> Option<f64> {
        self.0.fourier(k)
    }

    fn fourier_moment(&self, _s: u32) -> Option<Measured> {
        None
    }

    fn reach(&self, tolerance: f64) -> f64 {
        self.0.reach(tolerance)
    }
}

/// ‖W_kernel − W_Weyl‖/‖W_Weyl‖, the kernel in the field of `direct`, the Weyl variables in that of `power`.
fn singular_hartree(power: &InversePower, direct: &dyn Interaction, eps: f64) -> f64 {
    let (grid, scaling) = (grid(15.0, 192, 180), Scaling::line(eps).unwrap());
    let start = grid.sample(mixture).unwrap();
    let points = (14.5 * 5.0 / (std::f64::consts::PI * eps)).ceil() as usize;
    let axis = Axis::new(-0.05, 14.5, phase_space::line::friendly_length(points)).unwrap();
    let mut kernel = KernelHartree::from_wigner(&start, &axis, direct, scaling, Splitting::Order6).unwrap();
    kernel.evolve(HARTREE_TIME, 6);
    let mut fast = start.clone();
    WeylHartree::new(&grid, power, scaling, Splitting::Order6).unwrap().evolve(&mut fast, HARTREE_TIME, 12);
    assert!(distance(&fast, &start) > 0.3 * start.l2());
    distance(&kernel.wigner(&grid).unwrap(), &fast) / fast.l2()
}

#[test]
fn hartree_in_weyl_variables_is_hartree_on_the_kernel_for_inverse_powers() {
    for power in powers() {
        for eps in [0.125, 0.03125] {
            let error = singular_hartree(&power, &power, eps);
            assert!(error < SINGULAR_AGREEMENT, "{}, ε = {eps}: {error:.1e}", power.name());
        }
    }
}

#[test]
fn a_kernel_without_the_correction_at_the_singularity_is_refuted() {
    for power in powers() {
        let error = singular_hartree(&power, &Uncorrected(power), 0.125);
        assert!(error > DISAGREEMENT, "{}: {error:.1e}", power.name());
    }
}

/// ‖W_characteristics − W_Weyl‖/‖W_Weyl‖, the characteristics in the field of `direct`.
fn singular_vlasov(power: &InversePower, direct: &dyn Interaction) -> Result<f64, VlasovError> {
    let time = 0.5;
    let settings = Settings { nodes: 13, steps: 5, tolerance: 1e-10, ..Settings::default() };
    let characteristics =
        CharacteristicVlasov::solve(mixture, direct, &grid(17.0, 160, 100), time, settings)?;
    let plane = grid(15.0, 192, 216);
    let start = plane.sample(mixture).unwrap();
    let mut fast = start.clone();
    WeylVlasov::new(&plane, power, Splitting::Order6).unwrap().evolve(&mut fast, time, 12);
    assert!(distance(&fast, &start) > 0.3 * start.l2());
    Ok(distance(&characteristics.wigner(&plane, time).unwrap(), &fast) / fast.l2())
}

#[test]
fn vlasov_in_weyl_variables_is_vlasov_along_characteristics_for_inverse_powers() {
    for power in powers() {
        let error = singular_vlasov(&power, &power).unwrap();
        assert!(error < SINGULAR_AGREEMENT, "{}: {error:.1e}", power.name());
    }
}

#[test]
fn characteristics_without_the_correction_at_the_singularity_are_refuted() {
    let power = InversePower::new(1.0, 0.25).unwrap();
    let error = singular_vlasov(&power, &Uncorrected(power)).unwrap();
    assert!(error > 1e5 * SINGULAR_AGREEMENT, "{error:.1e}");
}
