//! ρ_{|[x,ω]|} against dense eigenvectors, against tr|[x,ω]|, and its limit ∫|∂ᵥW|dv.
#![allow(clippy::unwrap_used)]

use phase_space::Scaling;
use phase_space::line::{PhaseGrid, WignerFunction};
use semiclassical_estimators::Estimate;
use semiclassical_estimators::line::{CommutatorDensity, commutator_density, trace_norm};
use states::{FermiDirac, GaussianMixture, InitialState};
use transforms::weyl::line::{kernel, weyl_band};

fn sampled(state: &dyn InitialState) -> WignerFunction {
    let grid: PhaseGrid = states::line::static_grid(state, 1e-14).unwrap();
    grid.sample(|x, v| state.wigner(x, v)).unwrap()
}

fn bumps() -> WignerFunction {
    sampled(&GaussianMixture::two_bumps().unwrap())
}

fn profile() -> WignerFunction {
    sampled(&FermiDirac::new(0.5).unwrap())
}

fn at(w: &WignerFunction, eps: f64) -> CommutatorDensity {
    commutator_density(w, eps).unwrap()
}

#[test]
fn scan() {
    for (name, w) in [("bumps", bumps()), ("fermi", profile())] {
        for k in 2..=6 {
            let eps = 0.5_f64.powi(k);
            let begun = std::time::Instant::now();
            let d = at(&w, eps);
            let time = begun.elapsed();
            let band = weyl_band(&w.d_v(1), &Scaling::line(eps).unwrap(), 1e-6).unwrap();
            println!(
                "{name} 1/{} n {} b {} {time:?} error {:.1e}",
                1 << k,
                band.matrix.n(),
                band.matrix.half_bandwidth(),
                d.error
            );
            for (n, e) in d.norms() {
                println!("   {n} {:.10} ± {:.1e}", e.value, e.error);
            }
            // finer matrix
            let fine = weyl_band(&w.d_v(1), &Scaling::line(eps).unwrap(), 1e-9).unwrap();
            let v = fine.matrix.absolute_diagonal(1e-10).unwrap().values;
            let h = fine.spacing;
            let s = |p: i32| (v.iter().map(|a| (a / h).powi(p)).sum::<f64>() * h).powf(1.0 / p as f64);
            println!(
                "   finer n {} b {}: {:.10} {:.10} {:.10} {:.10}",
                fine.matrix.n(),
                fine.matrix.half_bandwidth(),
                s(1),
                s(2),
                s(4),
                v.iter().fold(0.0f64, |m, a| m.max(a / h))
            );
        }
    }
    let _ = (kernel, trace_norm, Estimate::exact(1.0));
}
