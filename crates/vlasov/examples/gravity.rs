//! A cloud in R³ under its own gravity: mass, energy and ∬W² along Vlasov's flow, and the density at the centre.
//!
//! `cargo run --release -p semiclassical-vlasov --example gravity`

use kernels::InversePower;
use semiclassical_vlasov::radial::{Domain, RadialVlasov, Settings};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gaussian = |r: f64, v_r: f64, v_t: f64| {
        (-0.5 * (r * r + v_r * v_r + v_t * v_t)).exp() / std::f64::consts::TAU.powi(3)
    };
    let gravity = InversePower::in_space(-1.0, 1.0)?;
    let domain = Domain::covering(16.0, 8.0, 0.35);
    let settings = Settings { nodes: 11, ..Settings::default() };
    let vlasov = RadialVlasov::solve(gaussian, &gravity, &domain, 1.0, settings)?;
    for t in [0.0, 0.5, 1.0] {
        let kept = vlasov.invariants(t);
        println!(
            "t = {t}: mass {:.10}, energy {:.10}, ∬W² {:.4e}, ρ near 0 {:.6}",
            kept.mass,
            kept.energy,
            kept.casimir,
            vlasov.density(t)[0]
        );
    }
    Ok(())
}
