//! R19.3. Regular steady states of Vlasov–Poisson satisfy (iv), ‖ρ_{|[x,ω̃_t]|}‖_{L^p} ≤ CNε, in every L^p.
//!
//! Plummer's sphere W = C(−H)₊^{7/2}, U = −λ(r²+a²)^{−1/2}, is steady for V = −λ/|x|, so that ω̃_t = ω_N. With Ψ = −U and
//! |K| = (Σᵢ|[xᵢ,ω_N]|²)^{1/2} ≥ |[xᵢ,ω_N]|,
//!
//! ρ_{|K|}(r)/(Nε) → ∫|∇ᵥW|dv = 14πC·B(2,7/2)Ψ^{9/2} ~ r^{−9/2}.
//!
//! The sphere has no end: a box holds what lies within a radius, and the limit beyond it is added. That and a second box and reach in
//! |x−y| are the error, a per cent.

use estimators::Estimate;
use estimators::radial::Problem;
use kernels::InversePower;
use operators::radial::{Channels, VectorChannel, VectorCommutator, position_weights};
use phase_space::radial::{AngularMomenta, SparseRule};
use rayon::prelude::*;
use states::radial::{Plummer, RadialState};
use transforms::weyl::radial::{GaussianTerm, GaussianVariables, PolytropicVariables};
use vlasov::radial::{Domain, RadialVlasov, Settings};

use super::{Extent, own as in_own_setting, quantised, refused, rungs};
use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, row_in};
use crate::record::Check;
use crate::steps::chain::stays_bounded;

const TRIAL: &str = "plummer(15, 1.53), steady";
const MOVED: &str = "max|ρ̃_t − ρ_N|/ρ_N(0), t = 2a/⟨|ẋ|²⟩^{1/2}";
/// λ and a.
const SPHERE: (f64, f64) = (15.0, 1.53);
/// A strength for which the sphere is not steady.
const TOO_WEAK: f64 = 10.0;
/// The density keeps its place to this.
const STEADY: f64 = 1e-4;
/// p.
const EXPONENTS: [f64; 3] = [1.0, 2.0, f64::INFINITY];
/// (radius over a, reach in |x−y|/ε) of two boxes.
const BOXES: [(f64, f64); 2] = [(10.0, 14.0), (14.0, 18.0)];
/// The momenta go a little beyond the escape speed at the centre, where W ends as a power 7/2.
const BEYOND_ESCAPE: f64 = 1.15;
/// ρ_{|K|} to this, over ‖K‖.
const MODULUS: f64 = 1e-6;
/// Distance to the limit at the finest ε, relative.
const LIMIT: f64 = 0.1;

/// The claim.
pub fn own() -> Claim {
    in_own_setting(
        "R19.3",
        "regular steady states of Vlasov–Poisson: ‖ρ_{|[x,ω̃_t]|}‖_{L^p} ≤ CNε for all p ∈ [1,∞]",
        Box::new(|lab| Ok(norms(lab)?.merged(steady(SPHERE.0)?))),
    )
    .measuring(&["‖ρ_{|K|}‖_{L^p}/(Nε), p = 1, 2, ∞, |K|² = Σᵢ|[xᵢ,ω_N]|²", MOVED])
    .on(&[TRIAL])
    .control("the same sphere under V = −10/|x|, not steady", Box::new(|_| steady(TOO_WEAK)))
    .control("the condensate N|g⟩⟨g|, which is not regular", Box::new(condensate))
    .remark(
        "Plummer's sphere alone; it is regular up to its third derivatives. Its density falls like r^{−5}: what lies beyond the box \
         is taken from the limit ε → 0, 3% of the L¹ norm, and the numbers are good to a per cent or two.",
    )
}

fn plummer() -> Result<Plummer, LaboratoryError> {
    Plummer::new(SPHERE.0, SPHERE.1).map_err(refused)
}

fn name(p: f64) -> String {
    let p = if p.is_finite() { format!("{p}") } else { "∞".into() };
    format!("‖ρ_{{|K|}}‖_{{L^{p}}}/(Nε)")
}

/// ∫|∇ᵥW|dv at r: 7C∫(Ψ−v²)^{5/2}v·4πv²dv = 14πC·B(2,7/2)Ψ^{9/2}, B(2,7/2) = 4/63; C = W(0,0,0)Ψ(0)^{−7/2}.
fn gradient(plummer: &Plummer, r: f64) -> f64 {
    let constant = plummer.sup() * (-plummer.potential(0.0)).powf(-3.5);
    14.0 * std::f64::consts::PI * constant * (4.0 / 63.0) * (-plummer.potential(r)).powf(4.5)
}

/// ∫_{|x|>R}|∫|∇ᵥW|dv|^p dx, p < ∞, by the substitution r = R/u.
fn beyond(plummer: &Plummer, radius: f64, p: f64) -> f64 {
    let points = 400;
    let at = |k: usize| {
        // u = s², which removes the root at u = 0 for p = 1
        let s = (f64::from(k as u32) + 0.5) / f64::from(points as u32);
        let u = s * s;
        let r = radius / u;
        4.0 * std::f64::consts::PI * r * r * gradient(plummer, r).powf(p) * radius / (u * u) * 2.0 * s
    };
    (0..points).map(at).sum::<f64>() / f64::from(points as u32)
}

/// ‖∫|∇ᵥW|dv‖_{L^p}.
fn limit(plummer: &Plummer, p: f64) -> f64 {
    if p == f64::INFINITY {
        return gradient(plummer, 0.0);
    }
    let (radius, points) = (5.0 * plummer.scale(), 2000_u32);
    let h = radius / f64::from(points);
    let shell = |k: u32| {
        let r = (f64::from(k) + 0.5) * h;
        4.0 * std::f64::consts::PI * h * r * r * gradient(plummer, r).powf(p)
    };
    ((0..points).map(shell).sum::<f64>() + beyond(plummer, radius, p)).powf(1.0 / p)
}

/// ‖ρ_{|K|}‖_{L^p}/(Nε) for every p on one box, its outside from the limit.
fn on_box(plummer: &Plummer, eps: f64, (radii, reach): (f64, f64)) -> Result<[Estimate; 3], LaboratoryError> {
    let radius = radii * plummer.scale();
    let variables = PolytropicVariables::new(|r| plummer.density(r), |r| -plummer.potential(r), reach);
    let escape = (-plummer.potential(0.0)).sqrt();
    // r√Ψ grows with r
    let momentum = BEYOND_ESCAPE * radius * (-plummer.potential(radius)).sqrt();
    let extent = Extent { radius, speed: BEYOND_ESCAPE * escape, momentum };
    let omega = quantised(&variables.map_err(refused)?, eps, extent, true)?;
    let k = vector(&omega, eps)?;
    Ok(EXPONENTS.map(|p| {
        let (value, error) = k.density_norm(p);
        let inside = Estimate::new(value, error).scaled(eps * eps);
        if p == f64::INFINITY {
            return inside;
        }
        let whole = (inside.value.powf(p) + beyond(plummer, radius, p)).powf(1.0 / p);
        Estimate::new(whole, inside.error)
    }))
}

fn norms(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let plummer = plummer()?;
    let many = if laboratory.tier() == Tier::Quick { 3 } else { 4 };
    let mut ladder: Vec<(f64, [Estimate; 3])> = Vec::new();
    for &eps in &rungs(laboratory.tier())[..many] {
        let [coarse, fine] = [on_box(&plummer, eps, BOXES[0])?, on_box(&plummer, eps, BOXES[1])?];
        let both = |k: usize| {
            let change = (fine[k].value - coarse[k].value).abs();
            Estimate::new(fine[k].value, fine[k].error + change)
        };
        ladder.push((eps, [both(0), both(1), both(2)]));
    }
    let mut found = Findings::default();
    for (k, &p) in EXPONENTS.iter().enumerate() {
        let name = name(p);
        let values: Vec<Estimate> = ladder.iter().map(|(_, norms)| norms[k]).collect();
        found
            .rows
            .extend(ladder.iter().map(|(eps, norms)| row_in::<Problem>(TRIAL, *eps, 0.0, &name, norms[k])));
        found.checks.push(stays_bounded(TRIAL, &name, &values));
        if let Some(last) = values.last() {
            let over = last.scaled(1.0 / limit(&plummer, p));
            found.checks.push(Check::near(
                format!("{name} over ‖∫|∇ᵥW|dv‖ at the finest ε"),
                TRIAL,
                &over,
                1.0,
                LIMIT,
            ));
        }
    }
    Ok(found)
}

/// How far the density moves within one crossing time under V = −`strength`/|x|.
fn steady(strength: f64) -> Result<Findings, LaboratoryError> {
    let fine =
        Settings { nodes: 6, steps: 12, shells: 18, angles: 8, tolerance: 1e-6, ..Settings::default() };
    let coarse = Settings { steps: 8, shells: 14, ..fine };
    let [far, near] = [moved(strength, 24.0, 0.3, fine)?, moved(strength, 18.0, 0.36, coarse)?];
    let moved = Estimate::new(far, (far - near).abs());
    let check =
        Check::vanishing(MOVED, &format!("plummer(15, 1.53) under V = −{strength}/|x|"), &moved, STEADY);
    Ok(Findings { checks: vec![check], ..Findings::default() })
}

fn moved(strength: f64, radius: f64, spacing: f64, settings: Settings) -> Result<f64, LaboratoryError> {
    let plummer = plummer()?;
    let gravity = InversePower::in_space(-strength, 1.0).map_err(refused)?;
    let domain = Domain::covering(radius, plummer.speed(1e-14), spacing);
    let duration = plummer.crossing_time();
    let initial = |r: f64, v_r: f64, v_t: f64| plummer.wigner(r, v_r, v_t);
    let solution = RadialVlasov::solve(initial, &gravity, &domain, duration, settings).map_err(refused)?;
    let density = solution.density(duration);
    let off = |(j, rho): (usize, &f64)| (rho - plummer.density(domain.point(j))).abs();
    Ok(density.iter().enumerate().map(off).fold(0.0, f64::max) / plummer.density(0.0))
}

/// |K| at a sparse set of ℓ, each from its true neighbours ℓ ± 1; W ends with its energies, and the summand with ℓ, without a decay.
fn vector(omega: &Channels, eps: f64) -> Result<VectorCommutator, LaboratoryError> {
    let rule = SparseRule { decay: 0.0, ..SparseRule::default() };
    let sparse = AngularMomenta::sparse_with(eps, omega.momenta().last(), &rule).map_err(refused)?;
    let channel = |&l: &usize| VectorChannel::new(omega, l, position_weights(l), MODULUS);
    let channels: Vec<VectorChannel> =
        sparse.momenta().par_iter().map(channel).collect::<Result<_, _>>().map_err(refused)?;
    let blocks = sparse.momenta().iter().map(|&l| omega.blocks()[l].clone()).collect();
    let chosen = Channels::new(*omega.grid(), sparse, blocks).map_err(refused)?;
    Ok(VectorCommutator::from_channels(&chosen, channels))
}

/// |K| of N|g⟩⟨g|, g a Gaussian of width 1: σ_xσ_v = ε/2.
fn condensed(eps: f64) -> Result<VectorCommutator, LaboratoryError> {
    let pure = GaussianTerm { weight: 1.0, sigma_x: 1.0, sigma_v: 0.5 * eps, chirp: 0.0 };
    let variables = GaussianVariables::new(vec![pure]).map_err(refused)?;
    let extent = Extent { radius: 7.0, speed: 4.0 * eps, momentum: 8.0 * eps };
    vector(&quantised(&variables, eps, extent, true)?, eps)
}

/// A pure state of N particles in one orbital: ‖ρ_{|K|}‖_{L^p}/(Nε) ~ 1/ε.
fn condensate(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let ladder: Vec<_> = rungs(laboratory.tier())
        .iter()
        .map(|&eps| Ok((eps, condensed(eps)?)))
        .collect::<Result<_, LaboratoryError>>()?;
    let of = |p: f64| {
        let norm = |(eps, k): &(f64, VectorCommutator)| {
            let (value, error) = k.density_norm(p);
            Estimate::new(value, error).scaled(eps * eps)
        };
        stays_bounded("condensate", &name(p), &ladder.iter().map(norm).collect::<Vec<_>>())
    };
    Ok(Findings { checks: EXPONENTS.map(of).to_vec(), ..Findings::default() })
}
