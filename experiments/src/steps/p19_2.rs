//! P19.2. Fefferman–de la Llave, in any dimension: with χ_{(r,y)}(x) = exp(−|x−y|²/r²),
//!
//! |x−y|^(−α) = C_α ∫₀^∞ r^{−1−α} χ_{(r,y)}(x) dr,  C_α = 2/Γ(α/2),
//!
//! |x−y|^(−α) = C_{α,d} ∫₀^∞∫ r^{−1−α−d} χ_{(r,z)}(x)χ_{(r,z)}(y) dz dr,  C_{α,d} = 2^{1−α/2}(2/π)^{d/2}/Γ(α/2).
//!
//! Three uses, each measured: the integral, by the double exponential rule over x = ln(r/s), in which s cancels, and over
//! ln r between limits that do not know s; a sum of Gaussians Σ_j w_j e^{−s²/r_j²} with a
//! certificate of its relative error on [r_min, r_max]; V∗ρ by those Gaussians against V∗ρ by the exact transform of V.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_2};
use std::num::NonZeroUsize;

use estimators::{Estimate, verdict};
use gauss_quad::GaussLegendre;
use kernels::line::MeanField;
use kernels::{FeffermanDeLaLlave, GaussianSum, Interaction, InversePower};

use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::Laboratory;
use crate::record::{Check, Curve, Exhibit, Relation};
use crate::trial;

/// α; the last is Coulomb's, which has a representation but no mean field on the line.
const ALPHAS: [f64; 6] = [0.1, 0.25, 0.5, 0.75, 0.9, 1.0];
/// Distances.
const RANGE: [f64; 2] = [1e-6, 1e3];
/// Radii, whatever the distance: below the first e^{−s²/r²} ≤ e^{−100}, above the second the integrand has a series in s/r ≤ 1/100.
const RADII: [f64; 2] = [1e-7, 1e5];
/// What the integral is seen to.
const INTEGRAL: f64 = 1e-10;
/// What the sums are asked for.
const SUM: f64 = 1e-12;
/// What V∗ρ is seen to, relative to its largest value.
const FIELD: f64 = 1e-10;
/// More Gaussians than any of the sums needs.
const MOST_TERMS: f64 = 160.0;

/// The claim.
pub fn claim() -> Claim {
    Claim::step(
        "P19.2",
        "|x−y|^(−α) = C_α ∫₀^∞ r^(−1−α) exp(−|x−y|²/r²)dr, C_α = 2/Γ(α/2), any d",
        Box::new(measure),
    )
    .measuring(&[
        "the integral over x = ln(r/s) against |s|^(−α)",
        "the integral over ln r between fixed limits against |s|^(−α), 1e-6 ≤ s ≤ 1e3",
        "the same with two centres, in d = 1, 2, 3",
        "sums of Gaussians against |s|^(−α) and their certificates; the number of terms",
        "V∗ρ by Gaussians against V∗ρ by the exact transform",
    ])
    .on(&["|s|^(−α), α = 0.1, 0.25, 0.5, 0.75, 0.9, 1", "two-bumps for V∗ρ"])
    .control("C_α with Γ(α) for Γ(α/2)", Box::new(|_| one_centre(with_gamma_of_alpha)))
    .control(
        "the constant of d = 3 in d = 1, two centres",
        Box::new(|_| two_centres(&[1], |f, _| f.two_centre_constant(3))),
    )
    .control("r_min = 1/100 where distances of 1e-6 occur", Box::new(|_| sums([1e-2, RANGE[1]])))
    .control("V∗ρ with Γ(α) for Γ(α/2)", Box::new(|_| fields(with_gamma_of_alpha)))
}

fn measure(_: &Laboratory) -> Result<Findings, LaboratoryError> {
    let mut found = one_centre(|f| Ok(f.constant()))?
        .merged(two_centres(&[1, 2, 3], FeffermanDeLaLlave::two_centre_constant)?)
        .merged(sums(RANGE)?)
        .merged(fields(|f| Ok(f.constant()))?);
    found.exhibits.extend(figures(0.5)?);
    Ok(found)
}

/// 2/Γ(α), which is the constant of 2α.
fn with_gamma_of_alpha(representation: &FeffermanDeLaLlave) -> Result<f64, LaboratoryError> {
    Ok(FeffermanDeLaLlave::new(2.0 * representation.alpha()).map_err(refused)?.constant())
}

/// C_α.
type Constant = fn(&FeffermanDeLaLlave) -> Result<f64, LaboratoryError>;

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

/// Distances from r_min to r_max, `a_decade` in each factor of ten.
fn distances(range: [f64; 2], a_decade: usize) -> Vec<f64> {
    let decades = (range[1] / range[0]).log10();
    let last = (decades * a_decade as f64).round() as i32;
    (0..=last).map(|k| range[0] * 10.0_f64.powf(f64::from(k) / a_decade as f64)).collect()
}

fn at_most(name: String, worst: Estimate, target: f64) -> Check {
    Check {
        name,
        trial: "|s|^(−α)".into(),
        relation: Relation::AtMost,
        value: worst.value,
        error: worst.error,
        target,
        verdict: verdict::vanishes(&worst, target),
    }
}

/// The largest relative distance of C ∫r^{−1−α}e^{−s²/r²}dr from |s|^(−α), the integral taken in two ways.
fn one_centre(constant: Constant) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for alpha in ALPHAS {
        let representation = FeffermanDeLaLlave::new(alpha).map_err(refused)?;
        let c = constant(&representation)?;
        // r = s·e^x: the same integral at every s, so that one s is as good as all
        let scaled = representation.evaluate(1.0).map_err(refused)?;
        let scaled = Estimate::new(scaled.value, scaled.error).scaled(c / representation.constant());
        let name = format!("s^α·C_α∫r^(−1−α)e^(−s²/r²)dr by r = s·e^x against 1, α = {alpha}");
        found.checks.push(at_most(name, off_one(scaled), INTEGRAL));
        let mut relative = Vec::new();
        for s in distances(RANGE, 1) {
            let exact = s.powf(-alpha);
            let integral = over_all_radii(|r| representation.integrand(s, r), alpha, s, 1.0);
            relative.push(off_one(integral.scaled(c / exact)));
        }
        let name = format!("|C_α∫r^(−1−α)e^(−s²/r²)dr / |s|^(−α) − 1|, 1e-6 ≤ s ≤ 1e3, α = {alpha}");
        found.checks.push(at_most(name, Estimate::worst(relative), INTEGRAL));
    }
    Ok(found)
}

/// The same with two centres in each dimension, between the fixed limits.
fn two_centres(
    dimensions: &[u32],
    constant: impl Fn(&FeffermanDeLaLlave, u32) -> f64,
) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for &d in dimensions {
        // ∫χχ dz → (π/2)^{d/2} r^d as r → ∞
        let limit = FRAC_PI_2.powf(0.5 * f64::from(d));
        let mut relative = Vec::new();
        for alpha in ALPHAS {
            let representation = FeffermanDeLaLlave::new(alpha).map_err(refused)?;
            let c = constant(&representation, d);
            for s in distances(RANGE, 1) {
                let integrand = |r: f64| representation.two_centre_integrand(d, s, r);
                let integral = over_all_radii(integrand, alpha, s * FRAC_1_SQRT_2, limit);
                relative.push(off_one(integral.scaled(c / s.powf(-alpha))));
            }
        }
        let name = format!("two centres in d = {d}: |C_{{α,d}}∫∫r^(−1−α−d)χχ dz dr / |x−y|^(−α) − 1|, all α");
        found.checks.push(at_most(name, Estimate::worst(relative), INTEGRAL));
    }
    Ok(found)
}

/// |ratio − 1|, with the round-off of the ratio.
fn off_one(ratio: Estimate) -> Estimate {
    Estimate::new((ratio.value - 1.0).abs(), ratio.error + 1e-14)
}

/// ∫₀^∞ f(r)dr for f(r) = c·r^{−1−α}e^{−u²/r²}: over x = ln r by half decades between limits that do not know u, each by 32
/// Gauss–Legendre nodes, with what 24 nodes change as the error; and beyond R
///
/// c ∫_R^∞ r^{−1−α}e^{−u²/r²}dr = c R^{−α} Σ_k (−1)^k (u/R)^{2k}/(k!(α+2k)),
///
/// whose fourth term, the first left out, bounds the rest. Below the least radius at most cu^{−α}e^{−45} is left out.
fn over_all_radii(f: impl Fn(f64) -> f64, alpha: f64, u: f64, c: f64) -> Estimate {
    const NODES: [NonZeroUsize; 2] = [NonZeroUsize::new(24).unwrap(), NonZeroUsize::new(32).unwrap()];
    let [coarse, fine] = NODES.map(GaussLegendre::new);
    let scale = c * u.powf(-alpha);
    let mut sum = Estimate::new(0.0, scale * (-45.0_f64).exp());
    for ends in distances(RADII, 2).windows(2) {
        let integral =
            |rule: &GaussLegendre| rule.integrate(ends[0].ln(), ends[1].ln(), |x: f64| f(x.exp()) * x.exp());
        let piece = integral(&fine);
        sum = sum.plus(&Estimate::new(piece, (piece - integral(&coarse)).abs()));
    }
    let (square, at_end) = ((u / RADII[1]).powi(2), c * RADII[1].powf(-alpha));
    let term = |k: i32, factorial: f64| (-square).powi(k) / (factorial * (alpha + 2.0 * f64::from(k)));
    let tail = at_end * (term(0, 1.0) + term(1, 1.0) + term(2, 2.0));
    sum.plus(&Estimate::new(tail, at_end * term(3, 6.0).abs()))
}

/// Sums of Gaussians asked for on `range`, looked at on all distances: the error, its certificate, the number of terms.
fn sums(range: [f64; 2]) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for alpha in ALPHAS {
        let sum = GaussianSum::new(alpha, range, SUM).map_err(refused)?;
        let relative = |s: f64| Estimate::new((sum.value(s) * s.powf(alpha) - 1.0).abs(), 1e-14);
        let worst = Estimate::worst(distances(RANGE, 40).into_iter().map(relative));
        let terms = sum.terms().len();
        found.checks.push(at_most(
            format!("sum of {terms} Gaussians: relative error, α = {alpha}"),
            worst,
            SUM,
        ));
        let bound = Estimate::new(sum.error_bound(), 0.0);
        found.checks.push(at_most(
            format!("certificate of the sum of {terms} Gaussians, α = {alpha}"),
            bound,
            SUM,
        ));
        let terms = Estimate::new(terms as f64, 0.0);
        found.checks.push(at_most(format!("number of Gaussians, α = {alpha}"), terms, MOST_TERMS));
    }
    Ok(found)
}

/// V∗ρ of two bumps by Gaussians, and by the exact transform of V. The Gaussians below r_min go on down to the spacing of the
/// grid, and below it act on ρ like δ, so that the certificate holds for all distances up to the length of the axis. Since
/// ρ ≥ 0 and V > 0, it then bounds what the sum costs, relative to the largest value; the transforms, forward and back for either
/// field, add log₂m·√m units of round-off each on m points: log₂m in the root mean square, √m from there to the largest value.
fn fields(constant: Constant) -> Result<Findings, LaboratoryError> {
    let state = trial::repulsive()?.problem.initial;
    let grid = states::line::static_grid(state.as_ref(), 1e-14).map_err(refused)?;
    let rho = grid.sample(|x, v| state.wigner(x, v)).map_err(refused)?.density();
    let mut found = Findings::default();
    for alpha in ALPHAS.into_iter().filter(|alpha| *alpha < 1.0) {
        let interaction = InversePower::new(1.0, alpha).map_err(refused)?;
        let mut direct = MeanField::new(&interaction, &grid.x).map_err(refused)?;
        let representation = FeffermanDeLaLlave::new(alpha).map_err(refused)?;
        let strength = constant(&representation)? / representation.constant();
        let sum = GaussianSum::new(alpha, [1e-2, grid.x.length()], SUM).map_err(refused)?;
        let mut gaussians = MeanField::of_gaussians(&sum, strength, &grid.x).map_err(refused)?;
        let (u, w) = (direct.potential(&rho), gaussians.potential(&rho));
        let (u, w) = (direct.values(&u), gaussians.values(&w));
        let largest = u.iter().fold(0.0_f64, |m, u| m.max(u.abs()));
        let difference = u.iter().zip(&w).map(|(u, w)| (u - w).abs()).fold(0.0, f64::max) / largest;
        let m = 2.0 * grid.x.len() as f64;
        let round_off = 4.0 * m.log2() * m.sqrt() * f64::EPSILON;
        let residual = Estimate::new(difference, strength * sum.error_bound() + round_off);
        let terms = sum.terms().len();
        let name = format!("V∗ρ by {terms} Gaussians against the transform of V, {}", interaction.name());
        found.checks.push(at_most(name, residual, FIELD));
    }
    Ok(found)
}

/// The sum with some of its Gaussians, and its error against the certificate, in and around [r_min, r_max].
fn figures(alpha: f64) -> Result<Vec<Exhibit>, LaboratoryError> {
    let range = [1e-3, 1e1];
    let sum = GaussianSum::new(alpha, range, SUM).map_err(refused)?;
    let around = distances([1e-4, 1e2], 20);
    let curve = |label: &str, guide: bool, value: &dyn Fn(f64) -> f64| Curve {
        label: label.to_owned(),
        points: around.iter().map(|&s| [s, value(s), 0.0]).filter(|p| p[1] > 1e-17).collect(),
        guide,
    };
    let terms = sum.terms().len();
    let mut curves = vec![
        curve("|s|^(−α)", true, &|s| s.powf(-alpha)),
        curve(&format!("sum of {terms} Gaussians"), false, &|s| sum.value(s)),
    ];
    for term in sum.terms().iter().step_by((terms / 4).max(1)) {
        let one = |s: f64| (term.weight * (-(s / term.radius).powi(2)).exp()).max(1e-18);
        let points = curve("", true, &one).points.into_iter().filter(|p| p[1] > 1e-3).collect();
        curves.push(Curve { label: format!("one of them, r = {:.2e}", term.radius), points, guide: true });
    }
    let figure = |name: &str, title: String, y_label: &str, curves: Vec<Curve>| Exhibit::Curves {
        name: name.into(),
        title,
        x_label: "s".into(),
        y_label: y_label.into(),
        log_x: true,
        log_y: true,
        curves,
    };
    let bound = sum.error_bound();
    let error = |s: f64| (sum.value(s) * s.powf(alpha) - 1.0).abs().max(1e-16);
    let certificate = Curve {
        label: "certificate on [r_min, r_max]".into(),
        points: range.map(|s| [s, bound, 0.0]).to_vec(),
        guide: true,
    };
    let title = format!("α = {alpha}, [r_min, r_max] = [{}, {}]", range[0], range[1]);
    Ok(vec![
        figure("sum-of-gaussians", title.clone(), "|s|^(−α)", curves),
        figure(
            "error-of-the-sum",
            title,
            "relative error",
            vec![curve("relative error", false, &error), certificate],
        ),
    ])
}
