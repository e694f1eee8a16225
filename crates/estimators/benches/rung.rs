//! A rung in R³ for Coulomb's repulsion and two widths, three times, at the resolution of the standard ladder: Vlasov's solution with
//! its tables, once a ladder, and then each ε.

#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use kernels::InversePower;
use semiclassical_estimators::radial::{Problem, Resolution, measure, settle};
use states::radial::CenteredMixture;

const TIMES: [f64; 3] = [0.25, 0.5, 1.0];
/// 1/ε; SEMICLASSICAL_LONG_RUNGS=1 adds those that take half a minute.
const RUNGS: [f64; 3] = [4.0, 6.0, 8.0];
const LONG: [f64; 2] = [12.0, 16.0];

fn rung(criterion: &mut Criterion) {
    let v = InversePower::in_space(1.0, 1.0).unwrap();
    let problem = Problem::new(Arc::new(v), Arc::new(CenteredMixture::two_widths().unwrap()));
    let resolution = Resolution::fine();
    let mut group = criterion.benchmark_group("rung in R³");
    group.sample_size(10).measurement_time(Duration::from_secs(1)).warm_up_time(Duration::from_millis(1));
    group.bench_function("Vlasov and its tables", |bencher| {
        bencher.iter(|| settle(black_box(&problem), &TIMES, &resolution).unwrap());
    });
    let reference = settle(&problem, &TIMES, &resolution).unwrap();
    let long = if std::env::var_os("SEMICLASSICAL_LONG_RUNGS").is_some() { &LONG[..] } else { &[] };
    for inverse in RUNGS.iter().chain(long) {
        group.bench_function(format!("ε = 1/{inverse}"), |bencher| {
            bencher.iter(|| measure(black_box(&problem), &reference, 1.0 / inverse).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, rung);
criterion_main!(benches);
