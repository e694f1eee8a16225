//! The diagonal of |K| by poles against eigenvectors, and the scan that sets the crossover of
//! `BandHermitian::absolute_diagonal`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use num_complex::Complex64;
use semiclassical_operators::BandHermitian;

/// The symbol of a bump on the points: entries decay along and across the band like those of [x,ω].
fn commutator_like(n: usize, b: usize) -> BandHermitian {
    let entry = |d: usize, j: usize| {
        let x = 10.0 * ((j as f64 + 0.5 * d as f64) / n as f64 - 0.5);
        let y = 4.0 * d as f64 / b as f64;
        Complex64::from_polar((-0.5 * (x * x + y * y)).exp() * y, 0.3 * x * y)
    };
    let diagonals = (0..=b).map(|d| (0..n - d).map(|j| entry(d, j)).collect()).collect();
    BandHermitian::from_diagonals(n, diagonals).unwrap_or_else(|e| unreachable!("{e}"))
}

fn ladder(criterion: &mut Criterion) {
    for (n, b) in [(576, 25), (576, 60), (1152, 25), (1152, 60), (2304, 25), (2304, 60)] {
        let k = commutator_like(n, b);
        let mut group = criterion.benchmark_group(format!("|K|_jj, n = {n}, b = {b}"));
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(100))
            .measurement_time(Duration::from_millis(500));
        for tolerance in [1e-6, 1e-8, 1e-10] {
            group.bench_function(BenchmarkId::new("poles", format!("{tolerance:.0e}")), |bench| {
                bench.iter(|| black_box(&k).banded_absolute_diagonal(tolerance))
            });
        }
        if n < 2000 && b == 25 {
            group.bench_function("eigenvectors", |bench| {
                bench.iter(|| black_box(&k).dense_absolute_diagonal())
            });
        }
        group.bench_function("eigenvalues alone", |bench| bench.iter(|| black_box(&k).eigenvalues()));
        group.finish();
    }
}

fn crossover(criterion: &mut Criterion) {
    for n in [32, 128, 384] {
        let mut group = criterion.benchmark_group(format!("|K|_jj, crossover, n = {n}"));
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(50))
            .measurement_time(Duration::from_millis(300));
        for b in [n / 8, n / 4, n / 3, n / 2] {
            let k = commutator_like(n, b);
            group.bench_with_input(BenchmarkId::new("poles", b), &k, |bench, k| {
                bench.iter(|| black_box(k).banded_absolute_diagonal(1e-8))
            });
            group.bench_with_input(BenchmarkId::new("eigenvectors", b), &k, |bench, k| {
                bench.iter(|| black_box(k).dense_absolute_diagonal())
            });
        }
        group.finish();
    }
}

criterion_group!(benches, ladder, crossover);
criterion_main!(benches);
