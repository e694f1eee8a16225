//! x
use estimators::line::*;
use semiclassical_experiments as experiments;
use states::line::weighted_sobolev::*;
use std::time::Instant;
fn main() {
    for (s, a) in [(-1.0, 0.45), (-1.0, 0.75), (-0.5, 0.75), (-0.25, 0.75), (-0.25, 0.9), (-0.1, 0.9)] {
        let trial = experiments::trial::power(s, a).unwrap();
        for tail in [1e-10] {
            let r = Resolution::for_problem(&trial.problem, &[1.0], tail).unwrap();
            let times: Vec<f64> = (1..=4).map(|k| k as f64 / 4.0).collect();
            let t0 = Instant::now();
            let v = vlasov_reference(&trial.problem, r, &times).unwrap();
            let t2 = t0.elapsed();
            let n = weighted_norms(&v.trajectory[3], 6, 4).unwrap();
            let e: Vec<f64> = (0..3)
                .map(|k| {
                    let m = weighted_norms(&v.variants[k][3], 6, 4).unwrap();
                    (0..7).map(|s| (m[s] / n[s] - 1.0).abs()).fold(0.0, f64::max)
                })
                .collect();
            let mut field =
                kernels::line::MeanField::new(trial.problem.interaction.as_ref(), &r.grid.x).unwrap();
            let f: Vec<Vec<f64>> = [0usize, 1, 3]
                .iter()
                .map(|&i| {
                    let u = field.potential(&v.trajectory[i].density());
                    (1..=7)
                        .map(|o| field.derivative(&u, o).iter().fold(0.0f64, |m, x| m.max(x.abs())))
                        .collect()
                })
                .collect();
            println!(
                "{} tail {tail:e} grid {}x{} vlasov {t2:?} {:.3?} err {:?}",
                trial.name,
                r.grid.x.len(),
                r.grid.v.len(),
                n,
                e
            );
            println!("   F.. {:.3?}", f);
        }
    }
}
