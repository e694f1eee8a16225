//! A ladder of ω_t against ω̃_t from the search of the resolution to the last norm, two bumps under a smooth repulsion.
//!
//! By default the quick plan and the standard plan without its trace norms, of which each takes about half a second; the
//! standard plan itself, ε = 1/8…1/1024 with trace norms to 1/256, is timed with `SEMICLASSICAL_STANDARD_LADDER=1`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use semiclassical_experiments::facade::{LaboratoryError, Tier};
use semiclassical_experiments::laboratory::{Ladder, Plan, settle};
use semiclassical_experiments::progress::Silent;
use semiclassical_experiments::trial;

/// The plan of the standard tier with nothing but the norms that cost the same at every ε.
fn without_trace() -> Plan {
    Plan { trace_down_to: f64::INFINITY, ..Plan::of(Tier::Standard) }
}

fn measure(plan: &Plan) -> Result<Ladder, LaboratoryError> {
    let trial = trial::repulsive()?;
    let resolution = settle(&trial, plan, &Silent::default())?;
    Ladder::measure(&trial, plan, resolution, &Silent::default())
}

fn ladders(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ladder");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(5));
    group.bench_function("quick", |b| b.iter(|| measure(black_box(&Plan::of(Tier::Quick)))));
    group
        .bench_function("standard, without trace norms", |b| b.iter(|| measure(black_box(&without_trace()))));
    if std::env::var_os("SEMICLASSICAL_STANDARD_LADDER").is_some() {
        group.bench_function("standard", |b| b.iter(|| measure(black_box(&Plan::of(Tier::Standard)))));
    }
    group.finish();
}

criterion_group!(benches, ladders);
criterion_main!(benches);
