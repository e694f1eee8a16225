//! Symmetric compositions of drift and kick.
//!
//! For the flow of `$T + U$` with `$T$` quadratic in the velocity the commutator `$[U,[U,[U,T]]]$` vanishes; that holds for
//! the mean-field brackets of Hartree and Vlasov as well, so the Runge–Kutta–Nyström schemes keep their order.
//! Coefficients: S. Blanes, P. C. Moan, J. Comput. Appl. Math. 142 (2002) 313–330, SRKN₆ᵇ (order 4) and SRKN₁₁ᵇ (order 6);
//! S. Blanes, F. Casas, A. Farrés, J. Laskar, J. Makazaga, A. Murua, Appl. Numer. Math. 68 (2013) 58–72, ABA(8,6,4) and
//! ABA(10,6,4).

/// A symmetric composition: kick b₁, drift a₁, kick b₂, … , kick b₁; ABA begins and ends with a drift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Splitting {
    /// Strang: order 2, one stage.
    Strang,
    /// Blanes–Moan SRKN₆ᵇ: order 4, six stages.
    Order4,
    /// Blanes–Moan SRKN₁₁ᵇ: order 6, eleven stages.
    Order6,
    /// ABA(8,6,4), seven stages: as the next, with an error O(κτ⁸ + κ²τ⁶ + κ³τ⁴).
    Aba864,
    /// ABA(10,6,4), eight stages, for kicks that are a perturbation, of size κ beside the drifts: the error is
    /// O(κτ¹⁰ + κ²τ⁶ + κ³τ⁴), of order 4 in the end and better than order 6 while the steps are long.
    Aba1064,
}

/// One stage of a composition, as a fraction of the step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stage {
    /// Free flow for this fraction of the step.
    Drift(f64),
    /// Force for this fraction of the step.
    Kick(f64),
}

impl Splitting {
    /// All splittings, for tests that run over every one.
    pub const ALL: [Splitting; 5] =
        [Splitting::Strang, Splitting::Order4, Splitting::Order6, Splitting::Aba864, Splitting::Aba1064];

    /// Order of convergence as τ → 0.
    pub fn order(self) -> u32 {
        match self {
            Splitting::Strang => 2,
            Splitting::Order4 | Splitting::Aba864 | Splitting::Aba1064 => 4,
            Splitting::Order6 => 6,
        }
    }

    /// The stages of one step; the fractions of drifts and of kicks each sum to 1.
    pub fn stages(self) -> Vec<Stage> {
        let (drifts, kicks) = self.coefficients();
        if drifts.len() > kicks.len() {
            alternating((&drifts, Stage::Drift), (&kicks, Stage::Kick))
        } else {
            alternating((&kicks, Stage::Kick), (&drifts, Stage::Drift))
        }
    }

    /// The stages of `steps` equal steps in a row, neighbouring ones of a kind merged (fractions of one step).
    pub fn composed(self, steps: usize) -> Vec<Stage> {
        let mut composed: Vec<Stage> = Vec::new();
        for _ in 0..steps {
            for stage in self.stages() {
                match (composed.last_mut(), stage) {
                    (Some(Stage::Kick(last)), Stage::Kick(b)) => *last += b,
                    (Some(Stage::Drift(last)), Stage::Drift(a)) => *last += a,
                    _ => composed.push(stage),
                }
            }
        }
        composed
    }

    /// Drift and kick coefficients, palindromic; there is one more of those that begin.
    fn coefficients(self) -> (Vec<f64>, Vec<f64>) {
        match self {
            Splitting::Strang => (vec![1.0], vec![0.5, 0.5]),
            Splitting::Order4 => {
                let (a1, a2) = (0.245_298_957_184_271, 0.604_872_665_711_080);
                let a3 = 0.5 - (a1 + a2);
                let (b1, b2, b3) = (0.082_984_406_417_405_2, 0.396_309_801_498_368, -0.039_056_304_922_348_6);
                let b4 = 1.0 - 2.0 * (b1 + b2 + b3);
                (vec![a1, a2, a3, a3, a2, a1], vec![b1, b2, b3, b4, b3, b2, b1])
            }
            Splitting::Order6 => {
                let a = [
                    0.123_229_775_946_271,
                    0.290_553_797_799_558,
                    -0.127_049_212_625_417,
                    -0.246_331_761_062_075,
                    0.357_208_872_795_928,
                ];
                let b = [
                    0.041_464_998_518_262_4,
                    0.198_128_671_918_067,
                    -0.040_006_192_104_153_3,
                    0.075_253_984_301_580_7,
                    -0.011_511_387_420_687_9,
                ];
                let middle_a = 1.0 - 2.0 * a.iter().sum::<f64>();
                let middle_b = 0.5 - b.iter().sum::<f64>();
                (palindrome(&a, &[middle_a]), palindrome(&b, &[middle_b, middle_b]))
            }
            Splitting::Aba864 => {
                let a = [0.071_133_426_498_223_12, 0.241_153_427_956_640_1, 0.521_411_761_772_814_8];
                let b = [0.183_083_687_472_197_22, 0.310_782_859_898_574_87, -0.026_564_618_511_958_8];
                let middle_a = 0.5 - a.iter().sum::<f64>();
                let middle_b = 1.0 - 2.0 * b.iter().sum::<f64>();
                (palindrome(&a, &[middle_a, middle_a]), palindrome(&b, &[middle_b]))
            }
            Splitting::Aba1064 => {
                let a = [
                    0.038_094_497_422_412_195,
                    0.145_298_716_116_913_75,
                    0.207_627_695_725_541_25,
                    0.435_909_703_651_526_16,
                ];
                let b = [0.095_858_880_837_075_21, 0.204_446_153_142_998_78, 0.217_070_347_978_991_1];
                let middle_a = 1.0 - 2.0 * a.iter().sum::<f64>();
                let middle_b = 0.5 - b.iter().sum::<f64>();
                (palindrome(&a, &[middle_a]), palindrome(&b, &[middle_b, middle_b]))
            }
        }
    }
}

/// half, middle, half reversed.
fn palindrome(half: &[f64], middle: &[f64]) -> Vec<f64> {
    half.iter().chain(middle).chain(half.iter().rev()).copied().collect()
}

/// outer₁, inner₁, outer₂, … , outer₁: there is one more of the outer ones.
fn alternating(outer: (&[f64], fn(f64) -> Stage), inner: (&[f64], fn(f64) -> Stage)) -> Vec<Stage> {
    let mut stages = vec![outer.1(outer.0[0])];
    for (of_outer, of_inner) in outer.0[1..].iter().zip(inner.0) {
        stages.push(inner.1(*of_inner));
        stages.push(outer.1(*of_outer));
    }
    stages
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Error at t = 2 of the pendulum q̈ = −sin q against a very fine composition.
    fn pendulum(splitting: Splitting, steps: usize) -> (f64, f64) {
        let tau = 2.0 / steps as f64;
        let (mut q, mut p) = (1.0_f64, 0.5_f64);
        for stage in splitting.composed(steps) {
            match stage {
                Stage::Drift(a) => q += a * tau * p,
                Stage::Kick(b) => p -= b * tau * q.sin(),
            }
        }
        (q, p)
    }

    #[test]
    fn fractions_sum_to_one_and_are_palindromic() {
        for splitting in Splitting::ALL {
            let stages = splitting.stages();
            let (mut drift, mut kick) = (0.0, 0.0);
            for (first, last) in stages.iter().zip(stages.iter().rev()) {
                match (first, last) {
                    (Stage::Drift(a), Stage::Drift(b)) => {
                        drift += a;
                        assert!((a - b).abs() < 1e-15);
                    }
                    (Stage::Kick(a), Stage::Kick(b)) => {
                        kick += a;
                        assert!((a - b).abs() < 1e-15);
                    }
                    _ => unreachable!("a palindrome"),
                }
            }
            assert!((drift - 1.0_f64).abs() < 1e-14 && (kick - 1.0_f64).abs() < 1e-14);
        }
    }

    #[test]
    fn every_splitting_has_its_order() {
        let (q, p) = pendulum(Splitting::Order6, 400);
        for (splitting, steps) in [(Splitting::Strang, 64), (Splitting::Order4, 12), (Splitting::Order6, 8)] {
            let error = |n| {
                let (a, b) = pendulum(splitting, n);
                (a - q).hypot(b - p)
            };
            let order = (error(steps) / error(2 * steps)).log2();
            assert!((order - splitting.order() as f64).abs() < 0.3, "{splitting:?}: {order}");
            assert!(error(2 * steps) > 1e-13, "the order must be measured above round-off");
        }
    }

    /// A quartic perturbation κq⁴/4 of an oscillator, whose flow is the drift: error at t = 2.
    fn perturbed_oscillator(splitting: Splitting, kappa: f64, steps: usize) -> (f64, f64) {
        let tau = 2.0 / steps as f64;
        let (mut q, mut p) = (1.0_f64, 0.5_f64);
        for stage in splitting.composed(steps) {
            match stage {
                Stage::Drift(a) => {
                    let (sine, cosine) = (a * tau).sin_cos();
                    (q, p) = (cosine * q + sine * p, cosine * p - sine * q);
                }
                Stage::Kick(b) => p -= b * tau * kappa * q.powi(3),
            }
        }
        (q, p)
    }

    #[test]
    fn a_small_perturbation_costs_a_high_order_of_itself_and_order_4_of_its_cube() {
        for (splitting, first) in [(Splitting::Aba864, 8.0), (Splitting::Aba1064, 10.0)] {
            let error = |kappa: f64, steps| {
                let (q, p) = perturbed_oscillator(Splitting::Order6, kappa, 200);
                let (a, b) = perturbed_oscillator(splitting, kappa, steps);
                (a - q).hypot(b - p)
            };
            // κτ⁸ or κτ¹⁰ where steps are long, κ³τ⁴ where they are short
            let long = (error(0.05, 2) / error(0.05, 3)).ln() / 1.5_f64.ln();
            let short = (error(0.05, 12) / error(0.05, 24)).log2();
            let cubed = (error(0.1, 24) / error(0.05, 24)).log2();
            assert!((long - first).abs() < 0.5, "{splitting:?}: {long}");
            assert!((short - 4.0).abs() < 0.2 && error(0.05, 24) > 1e-13, "{splitting:?}: {short}");
            assert!((cubed - 3.0).abs() < 0.3, "{splitting:?}: {cubed}");
        }
    }
}
