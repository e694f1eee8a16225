//! Symmetric compositions of drift and kick.
//!
//! For the flow of `$T + U$` with `$T$` quadratic in the velocity the commutator `$[U,[U,[U,T]]]$` vanishes; that holds for
//! the mean-field brackets of Hartree and Vlasov as well, so the Runge–Kutta–Nyström schemes keep their order.
//! Coefficients: S. Blanes, P. C. Moan, J. Comput. Appl. Math. 142 (2002) 313–330, SRKN₆ᵇ (order 4) and SRKN₁₁ᵇ (order 6).

/// A symmetric composition: kick b₁, drift a₁, kick b₂, … , kick b₁.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Splitting {
    /// Strang: order 2, one stage.
    Strang,
    /// Blanes–Moan SRKN₆ᵇ: order 4, six stages.
    Order4,
    /// Blanes–Moan SRKN₁₁ᵇ: order 6, eleven stages.
    Order6,
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
    pub const ALL: [Splitting; 3] = [Splitting::Strang, Splitting::Order4, Splitting::Order6];

    /// Order of convergence.
    pub fn order(self) -> u32 {
        match self {
            Splitting::Strang => 2,
            Splitting::Order4 => 4,
            Splitting::Order6 => 6,
        }
    }

    /// The stages of one step; the fractions of drifts and of kicks each sum to 1.
    pub fn stages(self) -> Vec<Stage> {
        let (drifts, kicks) = self.coefficients();
        let mut stages = vec![Stage::Kick(kicks[0])];
        for (a, b) in drifts.iter().zip(&kicks[1..]) {
            stages.push(Stage::Drift(*a));
            stages.push(Stage::Kick(*b));
        }
        stages
    }

    /// The stages of `steps` equal steps in a row, neighbouring kicks merged (fractions of one step).
    pub fn composed(self, steps: usize) -> Vec<Stage> {
        let mut composed: Vec<Stage> = Vec::new();
        for _ in 0..steps {
            for stage in self.stages() {
                match (composed.last_mut(), stage) {
                    (Some(Stage::Kick(last)), Stage::Kick(b)) => *last += b,
                    _ => composed.push(stage),
                }
            }
        }
        composed
    }

    /// Drift and kick coefficients, palindromic; kicks are one more.
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
                let drifts = a.iter().copied().chain([middle_a]).chain(a.iter().rev().copied()).collect();
                let kicks =
                    b.iter().copied().chain([middle_b, middle_b]).chain(b.iter().rev().copied()).collect();
                (drifts, kicks)
            }
        }
    }
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
}
