use semiclassical_estimators::line::TwoScale;
use std::sync::Arc;
#[test]
fn look() {
    let problem = TwoScale {
        interaction: Arc::new(kernels::Gaussian::new(1.0, 1.0).unwrap()),
        smooth: Arc::new(states::GaussianMixture::two_bumps().unwrap()),
        width: 0.7,
    };
    for e in [6, 8, 10, 12] {
        let eps = 0.5f64.powi(e);
        let t = std::time::Instant::now();
        let ys: Vec<f64> = [0.5, 2.0 / 3.0, 5.0 / 6.0, 1.0]
            .iter()
            .map(|th| if *th == 1.0 { 1.0 } else { 2.0 } * eps.powf(-th))
            .collect();
        let m = problem.measure(eps, &ys, &[0.25, 0.5, 1.0]).unwrap();
        for (y, m) in ys.iter().zip(&m) {
            println!(
                "eps 2^-{e} y {y:.1} X {:.2} b {:.3e}±{:.0e} q {:.5e}±{:.0e} | {:.5e}±{:.0e} | {:.5e} ± {:.0e} eik {:.5e} duh {:.4e} own {:.1e}",
                eps * eps * y * y * y,
                m[2].smooth.value,
                m[2].smooth.error,
                m[0].carried.value,
                m[0].carried.error,
                m[1].carried.value,
                m[1].carried.error,
                m[2].carried.value,
                m[2].carried.error,
                m[2].eikonal.value,
                m[2].duhamel.value,
                m[2].own_field
            );
        }
        println!("{:?}", t.elapsed());
    }
}
