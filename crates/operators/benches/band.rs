//! Band eigenvalues against dense ones at the same n, and the scan that sets the crossover of
//! `BandHermitian::eigenvalues`.
//!
//! The dense side at n = 4096 takes most of a minute a sample; it is timed only with `SEMICLASSICAL_DENSE_4096=1`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use num_complex::Complex64;
use semiclassical_operators::BandHermitian;

/// A band matrix of pseudo-random entries.
fn band_of(n: usize, b: usize, real: bool) -> BandHermitian {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    };
    let mut entry = |d: usize| {
        let (re, im) = (next(), next());
        Complex64::new(re, if d == 0 || real { 0.0 } else { im })
    };
    let diagonals = (0..=b).map(|d| (0..n - d).map(|_| entry(d)).collect()).collect();
    BandHermitian::from_diagonals(n, diagonals).unwrap_or_else(|e| unreachable!("{e}"))
}

fn trace_norm(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("trace norm, n = 4096, b = 32");
    group.sample_size(10).warm_up_time(Duration::from_millis(500));
    for (name, real) in [("band, complex", false), ("band, real", true)] {
        let a = band_of(4096, 32, real);
        group.bench_function(name, |b| b.iter(|| black_box(&a).trace_norm()));
    }
    if std::env::var_os("SEMICLASSICAL_DENSE_4096").is_some() {
        let a = band_of(4096, 32, false);
        group.bench_function("dense, complex", |b| b.iter(|| black_box(&a).dense_eigenvalues()));
    }
    group.finish();
}

fn crossover(criterion: &mut Criterion) {
    for n in [16, 64, 256] {
        let mut group = criterion.benchmark_group(format!("crossover, n = {n}"));
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(50))
            .measurement_time(Duration::from_millis(300));
        for b in [n / 16, n / 8, n / 4, n / 2, 3 * n / 4, n - 1] {
            let a = band_of(n, b, false);
            group.bench_with_input(BenchmarkId::new("band", b), &a, |bench, a| {
                bench.iter(|| black_box(a).banded_eigenvalues())
            });
            group.bench_with_input(BenchmarkId::new("dense", b), &a, |bench, a| {
                bench.iter(|| black_box(a).dense_eigenvalues())
            });
        }
        group.finish();
    }
}

criterion_group!(benches, trace_norm, crossover);
criterion_main!(benches);
