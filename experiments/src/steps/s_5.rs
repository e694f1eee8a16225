//! S.5. Exchange is subleading: Hartree–Fock against Hartree from the same state. Here the analogue d = 1; R³ is in `radial::s_5`.
//!
//! X(x;y) = V(x−y)ω(x;y)/N has the symbol x_W(x,v) = ε^d∫V(εy)G(x,y)e^{−iv·y}dy, G(x,y) = ∫W(x,v)e^{iv·y}dv. For a smooth V
//!
//! x_W = (2πε)^d[V(0)W − ½ε²∇²V(0):∇ᵥ²W + …],
//!
//! and V(0)W commutes with W exactly: what drives ω^HF away from ω^H is −(iε)^{−1}\[X,ω\] ↔ ½(2πε)^dε²{∇²V(0):∇ᵥ²W, W}, so that for the
//! quantisation of a smooth W
//!
//! tr|ω^HF_t − ω^H_t| = O(N ε^{d+2}): order 3 on the line.
//!
//! For a pure state N X ≈ V(0)ω − ½V″(0)\[x,\[x,ω\]\] the same way, but tr|\[x,\[x,ω\]\]| is of order Nε, not Nε²: order d. In the norm of Hilbert
//! and Schmidt ‖\[x,\[x,ω\]\]‖ is O(1) = √N·ε^{1/2}: order ½. Of ω no more is used than tr|\[x,ω\]| = O(Nε), which the oscillator sea has and the
//! Hartree–Fock ground state of V in a trap; the latter stands still in its trap with exchange, and without it does not. For V = |x|^(−α), x_W = ε^{d−α}∫|y|^{−α}G(x,y)e^{−iv·y}dy, which is no function
//! of W: order d − α, 1 − α on the line, where exchange is larger than the ε of the theorems.

use std::sync::Arc;

use estimators::line::ExchangePair;
use estimators::{Estimate, ExchangeAt};
use kernels::{Gaussian, Interaction, InversePower};

use super::s_1::ordered;
use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, rates, row};
use crate::record::{Check, Rate, Row};

pub const TRACE: &str = "tr|ω^HF−ω^H|/N";
pub const HILBERT_SCHMIDT: &str = "‖ω^HF−ω^H‖_HS/√N";
pub const DENSITY: &str = "‖ρ^HF−ρ^H‖_{L¹}";
const STILL: &str = "‖ω^HF−ω_N‖_HS/√N in the trap";
const KERNEL: &str = "‖ω^HF−P‖_HS/√N, P by Runge and Kutta on the kernel";

/// The trap s²x² before the release.
pub(super) const TRAP: f64 = 1.0;
const TIMES: [f64; 2] = [0.25, 0.5];
/// N of the controls.
const CONTROL: [usize; 4] = [3, 4, 5, 6];
/// N, T and t of the comparison with the kernel, and to what it is seen.
const SMALL: (f64, f64, f64) = (4.0, 0.25, 0.25);
const SEEN: f64 = 1e-6;
/// N and t of a ground state in its trap.
const STANDING: (f64, f64) = (8.0, 0.5);

/// V and a state, and how the distances fall.
pub(super) struct Setting {
    pub name: &'static str,
    pub interaction: fn() -> Result<Arc<dyn Interaction>, LaboratoryError>,
    /// T.
    pub temperature: f64,
    /// Of trace, Hilbert–Schmidt norm and density; none where it is not judged.
    pub exponents: [Option<f64>; 3],
    /// Exponents are seen to this.
    pub within: f64,
    pub ladder: &'static [usize],
    /// Rungs of the quick tier; none for another trial there.
    pub quick: &'static [usize],
}

/// Both dynamics from one state, in either geometry.
pub(super) trait TwoDynamics {
    /// N of a rung.
    fn particles(&self, rung: usize) -> Result<f64, LaboratoryError>;
    /// The distances at the times.
    fn measure(&self, rung: usize, times: &[f64]) -> Result<Vec<ExchangeAt>, LaboratoryError>;
    /// A row with N particles.
    fn row(trial: &str, n: f64, time: f64, quantity: &str, value: Estimate) -> Row;
}

impl TwoDynamics for ExchangePair {
    fn particles(&self, rung: usize) -> Result<f64, LaboratoryError> {
        Ok(rung as f64)
    }

    fn measure(&self, rung: usize, times: &[f64]) -> Result<Vec<ExchangeAt>, LaboratoryError> {
        self.measure(1.0 / rung as f64, times).map_err(refused)
    }

    fn row(trial: &str, n: f64, time: f64, quantity: &str, value: Estimate) -> Row {
        row(trial, 1.0 / n, time, quantity, value)
    }
}

const SETTINGS: [Setting; 5] = [
    Setting {
        name: "gaussian(+1)/fermi-dirac(1), released",
        interaction: || gaussian(1.0),
        temperature: 1.0,
        exponents: [Some(3.0); 3],
        within: 0.25,
        ladder: &[6, 8, 12, 16],
        quick: &[4, 5, 6, 8],
    },
    Setting {
        name: "gaussian(−1)/fermi-dirac(1), released",
        interaction: || gaussian(-1.0),
        temperature: 1.0,
        exponents: [Some(3.0); 3],
        within: 0.25,
        ladder: &[6, 8, 12, 16],
        quick: &[],
    },
    Setting {
        name: "gaussian(+1)/oscillator sea, released",
        interaction: || gaussian(1.0),
        temperature: 0.0,
        exponents: [Some(1.0), Some(0.5), Some(1.0)],
        within: 0.1,
        ladder: &[8, 12, 16, 24, 32, 48, 64],
        quick: &[8, 12, 16, 24],
    },
    Setting {
        name: "power(0.25)/fermi-dirac(0.5), released",
        interaction: || power(0.25),
        temperature: 0.5,
        exponents: [Some(0.75); 3],
        within: 0.1,
        ladder: &[6, 8, 12, 16],
        quick: &[],
    },
    Setting {
        name: "power(0.5)/fermi-dirac(0.5), released",
        interaction: || power(0.5),
        temperature: 0.5,
        exponents: [Some(0.5); 3],
        within: 0.1,
        ladder: &[6, 8, 12, 16],
        quick: &[],
    },
];

/// Hartree–Fock ground states of the trap, released. No argument here predicts the order of their density beyond that of the trace norm.
const GROUND_STATES: [Setting; 2] = [
    Setting {
        name: "gaussian(+1)/Hartree–Fock ground state, released",
        interaction: || gaussian(1.0),
        temperature: 0.0,
        exponents: [Some(1.0), Some(0.5), None],
        within: 0.1,
        ladder: &[8, 12, 16, 24, 32, 48],
        quick: &[],
    },
    Setting {
        name: "gaussian(−1)/Hartree–Fock ground state, released",
        interaction: || gaussian(-1.0),
        temperature: 0.0,
        exponents: [Some(1.0), Some(0.5), None],
        within: 0.1,
        ladder: &[8, 12, 16, 24, 32, 48],
        quick: &[],
    },
];

pub(super) fn gaussian(strength: f64) -> Result<Arc<dyn Interaction>, LaboratoryError> {
    Ok(Arc::new(Gaussian::new(strength, 1.0).map_err(refused)?))
}

fn power(alpha: f64) -> Result<Arc<dyn Interaction>, LaboratoryError> {
    Ok(Arc::new(InversePower::new(1.0, alpha).map_err(refused)?))
}

/// The claim.
pub fn claim() -> Claim {
    Claim::step(
        "S.5",
        "exchange, on the line: tr|ω^HF_t−ω^H_t| is O(Nε³) for smooth V and mixed states, O(Nε) for pure ones, O(Nε^{1−α}) for |x|^(−α)",
        Box::new(|lab| {
            let found = SETTINGS.iter().try_fold(Findings::default(), |found, setting| {
                Ok::<_, LaboratoryError>(found.merged(setting.measured(lab, false)?))
            })?;
            let found = GROUND_STATES.iter().try_fold(found, |found, setting| {
                Ok::<_, LaboratoryError>(found.merged(setting.of_the_ground_state(lab)?))
            })?;
            Ok(found.merged(in_the_trap(true)?).merged(against_the_kernel(true)?))
        }),
    )
    .measuring(&[TRACE, HILBERT_SCHMIDT, DENSITY, STILL, KERNEL])
    .on(&SETTINGS.map(|setting| setting.name))
    .on(&GROUND_STATES.map(|setting| setting.name))
    .control("exchange as a potential: its average over ω", Box::new(|lab| SETTINGS[0].short().measured(lab, true)))
    .control(
        "|x|^(−1/2) with the exponent of a smooth V",
        Box::new(|lab| {
            let [smooth, .., singular] = &SETTINGS;
            let wrong = Setting { exponents: smooth.exponents, within: smooth.within, ..singular.short() };
            wrong.measured(lab, false)
        }),
    )
    .control(
        "a ground state with the exponents of a mixed state",
        Box::new(|lab| {
            let mixed = Setting { exponents: SETTINGS[0].exponents, ..GROUND_STATES[0].short() };
            mixed.of_the_ground_state(lab)
        }),
    )
    .control("a Hartree–Fock ground state in its trap without exchange", Box::new(|_| in_the_trap(false)))
    .control("the kernel's evolution against orbitals without exchange", Box::new(|_| against_the_kernel(false)))
    .remark(
        "In R³, where S.5 is measured too, the orders are 5 for smooth V and 3 − α for |x|^(−α), Coulomb included: exchange is subleading \
         there. That it is not for |x|^(−α) on the line, 1 − α < 1, is a fact about d = 1.",
    )
}

impl Setting {
    /// The ladder of the controls.
    fn short(&self) -> Self {
        Self { ladder: &CONTROL, quick: &CONTROL, ..*self }
    }

    fn measured(&self, laboratory: &Laboratory, averaged: bool) -> Result<Findings, LaboratoryError> {
        let pair = ExchangePair::new((self.interaction)()?, TRAP, self.temperature);
        self.findings(laboratory, &ExchangePair { averaged, ..pair })
    }

    /// The same from the Hartree–Fock ground state in the trap.
    fn of_the_ground_state(&self, laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
        self.findings(laboratory, &ExchangePair::of_the_ground_state((self.interaction)()?, TRAP))
    }

    /// The distances along the ladder, and their orders against the exponents.
    pub(super) fn findings<B: TwoDynamics>(
        &self,
        laboratory: &Laboratory,
        both: &B,
    ) -> Result<Findings, LaboratoryError> {
        let quick = laboratory.tier() == Tier::Quick;
        let (ladder, times) = if quick { (self.quick, &TIMES[..1]) } else { (self.ladder, &TIMES[..]) };
        let mut rows: [Vec<Row>; 3] = Default::default();
        for &rung in ladder {
            if laboratory.progress().cancelled() {
                break;
            }
            let n = both.particles(rung)?;
            laboratory.progress().message(&format!("{}: N = {n:.0}", self.name));
            for ExchangeAt { time, trace, hilbert_schmidt, density } in both.measure(rung, times)? {
                let measured = [(TRACE, trace), (HILBERT_SCHMIDT, hilbert_schmidt), (DENSITY, density)];
                for (rows, (quantity, value)) in rows.iter_mut().zip(measured) {
                    rows.push(B::row(self.name, n, time, quantity, value));
                }
            }
        }
        let mut found = Findings::default();
        for (rows, exponent) in rows.into_iter().zip(self.exponents) {
            for rate in rates(&rows) {
                found.checks.extend(exponent.map(|exponent| seen(&rate, exponent, self.within)));
                found.beside.push(rate);
            }
            found.rows.extend(rows);
        }
        Ok(found)
    }
}

/// The order against an exponent, once the local orders have settled.
fn seen(rate: &Rate, exponent: f64, within: f64) -> Check {
    let order = if rate.settled { rate.order } else { None };
    let check = ordered(&Rate { order, ..rate.clone() }, Some(exponent), within);
    Check { name: format!("{} at t = {}", check.name, rate.time), ..check }
}

/// The ground state stands still in its trap, with exchange.
fn in_the_trap(exchange: bool) -> Result<Findings, LaboratoryError> {
    let (n, time) = STANDING;
    let mut found = Findings::default();
    for setting in if exchange { &GROUND_STATES[..] } else { &GROUND_STATES[..1] } {
        let pair = ExchangePair::of_the_ground_state((setting.interaction)()?, TRAP);
        let moved: Estimate = pair.in_the_trap(1.0 / n, time, exchange).map_err(refused)?;
        let trial = setting.name.replace("released", "in the trap");
        found.checks.push(Check::vanishing(format!("{STILL}, N = {n}, t = {time}"), &trial, &moved, SEEN));
        found.rows.push(row(&trial, 1.0 / n, time, STILL, moved));
    }
    Ok(found)
}

/// Hartree–Fock on orbitals against the kernel's own evolution, for a smooth and a singular V; or without exchange, which it is not.
fn against_the_kernel(exchange: bool) -> Result<Findings, LaboratoryError> {
    let (n, temperature, time) = SMALL;
    let mut found = Findings::default();
    for (name, interaction) in [("gaussian(+1)", gaussian(1.0)?), ("power(0.25)", power(0.25)?)] {
        let pair = ExchangePair::new(interaction, TRAP, temperature);
        let apart: Estimate = pair.against_the_kernel(1.0 / n, time, exchange).map_err(refused)?;
        let trial = format!("{name}/fermi-dirac({temperature}), released");
        found.checks.push(Check::vanishing(format!("{KERNEL}, N = {n}, t = {time}"), &trial, &apart, SEEN));
        found.rows.push(row(&trial, 1.0 / n, time, KERNEL, apart));
    }
    Ok(found)
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}
