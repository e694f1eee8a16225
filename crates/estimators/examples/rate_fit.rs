//! The order of a distance along a ladder, with its interval: tr|ω_t−ω̃_t|/N of two bumps at t = ½.
//!
//! `cargo run --release -p semiclassical-estimators --example rate_fit`

use std::sync::Arc;

use semiclassical_estimators::line::{Problem, Resolution, distances, pair, vlasov_reference};
use semiclassical_estimators::rates::{Rung, fit};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (v, w) = (kernels::Gaussian::new(1.0, 1.0)?, states::GaussianMixture::two_bumps()?);
    let problem = Problem::new(Arc::new(v), Arc::new(w));
    let resolution = Resolution::for_problem(&problem, &[0.5], 1e-10)?;
    let vlasov = vlasov_reference(&problem, resolution, &[0.5])?;
    let mut rungs = Vec::new();
    for eps in [0.125, 0.0625, 0.03125, 0.015625] {
        let pairs = pair(&problem, &vlasov, eps)?;
        let trace = distances(&pairs[0], true, true)?.trace.ok_or("a trace was asked for")?;
        println!("ε = {eps}: {:.6e} ± {:.0e}", trace.value, trace.error);
        rungs.push(Rung { eps, estimate: trace });
    }
    let fit = fit(&rungs).map_err(|unfit| format!("{unfit:?}"))?;
    println!("order {:.3} in [{:.3}, {:.3}]", fit.order, fit.ci_low, fit.ci_high);
    Ok(())
}
