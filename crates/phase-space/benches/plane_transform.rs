//! The transform of the plane against the plain way: rows, transposition of the whole array, rows, transposition.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use num_complex::Complex64;
use semiclassical_phase_space::fourier::{ComplexTransform, PlaneTransform};

fn sample(n: usize) -> Vec<Complex64> {
    (0..n * n).map(|j| Complex64::new((1.3 * j as f64).sin(), (0.7 * j as f64 + 0.2).cos())).collect()
}

/// The peer, on a square.
struct WholeTranspose {
    rows: ComplexTransform,
    transposed: Vec<Complex64>,
}

impl WholeTranspose {
    fn new(n: usize) -> Self {
        Self { rows: ComplexTransform::new(n), transposed: vec![Complex64::ZERO; n * n] }
    }

    fn forward(&mut self, f: &mut [Complex64]) {
        self.rows.forward(f);
        transpose(f, &mut self.transposed, self.rows.len());
        self.rows.forward(&mut self.transposed);
        transpose(&self.transposed, f, self.rows.len());
    }
}

fn transpose(from: &[Complex64], to: &mut [Complex64], n: usize) {
    for i in 0..n {
        for j in 0..n {
            to[j * n + i] = from[i * n + j];
        }
    }
}

fn forward(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("complex transform of the plane");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    for n in [256, 1024, 2048] {
        group.throughput(Throughput::Elements((n * n) as u64));
        // values grow by n with every transform; from zero they stay
        let mut f = vec![Complex64::ZERO; n * n];
        let mut plane = PlaneTransform::new(n, n);
        group.bench_function(BenchmarkId::new("strips", n), |b| b.iter(|| plane.forward(black_box(&mut f))));
        let mut whole = WholeTranspose::new(n);
        group.bench_function(BenchmarkId::new("whole transposition", n), |b| {
            b.iter(|| whole.forward(black_box(&mut f)))
        });
    }
    group.finish();
}

/// Forwards and back, on values that stay as they are.
fn round_trip(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("there and back");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    for n in [256, 1024] {
        let mut f = sample(n);
        let mut plane = PlaneTransform::new(n, n);
        group.bench_function(BenchmarkId::new("strips", n), |b| {
            b.iter(|| {
                plane.forward(black_box(&mut f));
                plane.inverse(black_box(&mut f));
            })
        });
    }
    group.finish();
}

criterion_group!(benches, forward, round_trip);
criterion_main!(benches);
