//! U = V∗ρ in R³ by integrals over shells: independent of every Fourier transform.

use std::cell::Cell;
use std::f64::consts::PI;

use crate::error::positive;
use crate::quadrature::{QuadratureError, integrate};
use crate::{Convolution, Interaction, KernelError, Measured};

const NAME: &str = "radial convolution";

/// V beyond the distance at which it falls below this fraction of sup|V| is nothing.
const NEGLIGIBLE: f64 = 1e-18;

/// U(r) = (2π/r)∫₀^R sρ(s)[Φ(r+s) − Φ(|r−s|)]ds, Φ(t) = ∫₀^t V(u)u du, for a ρ that vanishes beyond R = `support`.
///
/// Φ = strength·t^{2−α}/(2−α) for an inverse power, a checked integral for every other V: slow.
///
/// # Errors
/// An r or a support that is not finite and positive; integrals that two rules do not agree on to `tolerance`.
pub fn convolution(
    interaction: &dyn Interaction,
    rho: impl Fn(f64) -> f64,
    support: f64,
    r: f64,
    tolerance: f64,
) -> Result<Measured, KernelError> {
    let (r, support) = (positive(NAME, "r", r)?, positive(NAME, "support", support)?);
    let failure: Cell<Option<QuadratureError>> = Cell::new(None);
    let shell = |s: f64| s * rho(s) * primitive(interaction, (r - s).abs(), r + s, 0.1 * tolerance, &failure);
    // panels end where Φ(|r−s|) has its kink, s = r, and where V may end
    let reach = interaction.reach(NEGLIGIBLE);
    let mut ends = vec![0.0, r, support, (reach - r).abs(), reach + r];
    ends.retain(|s| *s <= support);
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    let scale = 2.0 * PI / r;
    let (mut value, mut error) = (0.0, 0.0);
    for panel in ends.windows(2) {
        let part = integrate(shell, panel[0], panel[1], 0.5 * tolerance / scale);
        if let Some(failure) = failure.get() {
            return Err(failure.into());
        }
        let part = part?;
        value += scale * part.value;
        error += scale * part.error;
    }
    Ok(Measured { value, error })
}

/// Φ(b) − Φ(a) = ∫_a^b V(u)u du; what cannot be integrated is kept in `failure`.
fn primitive(
    interaction: &dyn Interaction,
    a: f64,
    b: f64,
    tolerance: f64,
    failure: &Cell<Option<QuadratureError>>,
) -> f64 {
    match interaction.convolution() {
        Convolution::Zero => 0.0,
        Convolution::Power { strength, alpha } => {
            strength * (b.powf(2.0 - alpha) - a.powf(2.0 - alpha)) / (2.0 - alpha)
        }
        _ => {
            let b = b.min(interaction.reach(NEGLIGIBLE));
            if a >= b {
                return 0.0;
            }
            let part = integrate(|u| u * interaction.value(u), a, b, tolerance);
            part.map_err(|e| failure.set(Some(e))).map_or(0.0, |part| part.value)
        }
    }
}

/// Newton's theorem: for V = strength/|x| a shell acts outside as if it were at 0, and not at all inside,
///
/// U′(r) = −strength·m(r)/r², m(r) = 4π∫₀^r s²ρ(s)ds.
///
/// # Errors
/// An r that is not finite and positive; an integral that two rules do not agree on.
pub fn newton(
    strength: f64,
    rho: impl Fn(f64) -> f64,
    r: f64,
    tolerance: f64,
) -> Result<Measured, KernelError> {
    let r = positive(NAME, "r", r)?;
    let scale = 4.0 * PI * strength / (r * r);
    let inside = integrate(|s| s * s * rho(s), 0.0, r, tolerance / scale.abs().max(f64::MIN_POSITIVE))?;
    Ok(Measured { value: -scale * inside.value, error: scale.abs() * inside.error })
}
