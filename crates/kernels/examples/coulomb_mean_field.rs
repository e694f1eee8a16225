//! The Coulomb field of a Gaussian charge in R³ against its closed form erf(r/√2)/r.
//!
//! `cargo run --release -p semiclassical-kernels --example coulomb_mean_field`

use semiclassical_kernels::InversePower;
use semiclassical_kernels::radial::MeanField;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let coulomb = InversePower::in_space(1.0, 1.0)?;
    let field = MeanField::new(&coulomb, 0.2, 50, 12.0)?;
    let rho = field.sample(|r| (-0.5 * r * r).exp() / std::f64::consts::TAU.powf(1.5));
    let u = field.potential(&rho);
    for r in [0.5, 1.0, 3.0, 10.0] {
        let exact = libm::erf(r / 2.0_f64.sqrt()) / r;
        println!("U({r}) = {:.14}, off by {:.1e}", u.value_at(r), (u.value_at(r) - exact).abs());
    }
    Ok(())
}
