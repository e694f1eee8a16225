//! The pair in R³.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::time::Instant;

use kernels::{Gaussian, Interaction, InversePower};
use semiclassical_estimators::radial::{Problem, Resolution, measure, settle, validate};
use states::radial::CenteredMixture;

#[test]
#[ignore]
fn cost() {
    let args: Vec<f64> =
        std::env::var("EPS").unwrap_or("2,3,4,6,8".into()).split(',').map(|s| s.parse().unwrap()).collect();
    let alpha: f64 = std::env::var("ALPHA").unwrap_or("1".into()).parse().unwrap();
    let strength: f64 = std::env::var("STRENGTH").unwrap_or("1".into()).parse().unwrap();
    let v: Arc<dyn Interaction> = if alpha == 0.0 {
        Arc::new(Gaussian::new(strength, 1.0).unwrap())
    } else {
        Arc::new(InversePower::in_space(strength, alpha).unwrap())
    };
    let problem = Problem::new(v, Arc::new(CenteredMixture::two_widths().unwrap()));
    let clock = Instant::now();
    let reference = settle(&problem, &[0.25, 0.5, 1.0], &Resolution::fine()).unwrap();
    println!("settle {:?} {:?} {:?}", clock.elapsed(), reference.extent(), reference.vlasov().residuals());
    let mut last: Vec<f64> = vec![0.0; 3];
    let mut last_eps = 1.0;
    for inverse in args {
        let clock = Instant::now();
        let found = measure(&problem, &reference, 1.0 / inverse).unwrap();
        println!("ε = 1/{inverse}: {:?}", clock.elapsed());
        for (k, at) in found.iter().enumerate() {
            let d = at.distances;
            println!(
                "  t {} tr {:.6e} ± {:.1e} hs {:.6e} ± {:.1e} ρ {:.5e} ± {:.1e} order {:.4}",
                at.time,
                d.trace.value,
                d.trace.error,
                d.hilbert_schmidt.value,
                d.hilbert_schmidt.error,
                d.density_l1.value,
                d.density_l1.error,
                (last[k] / d.trace.value).ln() / (last_eps * inverse).ln()
            );
            last[k] = d.trace.value;
            println!(
                "    {}",
                at.budget
                    .iter()
                    .map(|s| format!("{} {:.1e}/{:.1e}", s.name, s.trace, s.hilbert_schmidt))
                    .collect::<Vec<_>>()
                    .join(", ")
            );
        }
        last_eps = 1.0 / inverse;
    }
}

#[test]
#[ignore]
fn agreement() {
    for strength in [1.0, -1.0] {
        let v: Arc<dyn Interaction> = Arc::new(InversePower::in_space(strength, 1.0).unwrap());
        let problem = Problem::new(v, Arc::new(CenteredMixture::two_widths().unwrap()));
        for eps in [0.5, 0.25] {
            let clock = Instant::now();
            for a in validate(&problem, eps).unwrap() {
                println!("{} {:?}", a.name, a.distance);
            }
            println!("{:?}", clock.elapsed());
        }
    }
}
