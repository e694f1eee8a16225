//! Channels by their eigenvectors, what moves them, and channels cut down to what they are.
#![allow(clippy::unwrap_used)]

use num_complex::Complex64;
use phase_space::radial::{AngularMomenta, RadialGrid};
use semiclassical_operators::radial::{Channels, Factors, RadialHamiltonian, SpectralFlow};
use semiclassical_operators::{BandHermitian, hermitian_eigenvectors};

const EPS: f64 = 0.5;

fn oscillator(grid: &RadialGrid, l: usize) -> RadialHamiltonian {
    let u: Vec<f64> = grid.points().iter().map(|r| r * r).collect();
    RadialHamiltonian::new(grid, EPS, l, &u).unwrap()
}

/// A Hermitian band with both signs and phases, nothing for the first and the last points.
fn band(n: usize) -> BandHermitian {
    let bump =
        |i: usize| if (5..n - 7).contains(&i) { (-((i as f64 - 20.0) / 6.0).powi(2)).exp() } else { 0.0 };
    let entry = |i: usize, j: usize| {
        let size = bump(i) * bump(j) * (i as f64 - 19.0) * (j as f64 - 19.0) / 40.0;
        if i == j { size.into() } else { size * Complex64::cis(0.3 * (i as f64 - j as f64)) }
    };
    let diagonals = (0..=9).map(|d| (0..n - d).map(|j| entry(j + d, j)).collect()).collect();
    BandHermitian::from_diagonals(n, diagonals).unwrap()
}

fn factors(matrix: &BandHermitian, threshold: f64) -> Factors {
    Factors::new(&hermitian_eigenvectors(matrix.n(), |i, j| matrix.entry(i, j)).unwrap().above(threshold))
}

fn apart(a: &BandHermitian, b: &BandHermitian) -> f64 {
    a.minus(b).unwrap().hilbert_schmidt()
}

#[test]
fn factors_are_the_matrix_and_a_threshold_leaves_out_what_it_says() {
    let matrix = band(40);
    let all = factors(&matrix, 1e-13);
    assert!(apart(&all.to_band(39).unwrap(), &matrix) < 1e-12 && matrix.hilbert_schmidt() > 0.1);
    assert!((all.trace() - matrix.trace()).abs() < 1e-12);
    let fewer = factors(&matrix, 3e-2);
    assert!(fewer.rank() < all.rank() && fewer.weights().iter().all(|w| w.abs() > 3e-2));
    let left_out: f64 = all.weights().iter().filter(|w| w.abs() <= 3e-2).map(|w| w * w).sum();
    assert!((apart(&fewer.to_band(39).unwrap(), &matrix) - left_out.sqrt()).abs() < 1e-12 && left_out > 0.0);
    // the look beyond the band sees what the band leaves out
    let [trace, hilbert_schmidt] = all.beyond_band(4);
    assert!(trace > hilbert_schmidt && hilbert_schmidt > 1e-3, "{trace} {hilbert_schmidt}");
    assert!(all.beyond_band(9)[0] < 1e-11);
    let exact = apart(&all.to_band(4).unwrap(), &matrix);
    assert!(
        (0.3..3.0).contains(&(hilbert_schmidt / exact)),
        "every eighth diagonal: {hilbert_schmidt} {exact}"
    );
}

#[test]
fn rows_go_out_and_come_back() {
    let (matrix, phase) = (band(40), Complex64::cis(0.4));
    let mut turned = factors(&matrix, 1e-13);
    let rows = turned.rows();
    let sum: Complex64 = (0..turned.rank())
        .map(|k| turned.weights()[k] * rows[21 * turned.rank() + k] * rows[17 * turned.rank() + k].conj())
        .sum();
    assert!((sum - matrix.entry(21, 17)).norm() < 1e-12 && sum.norm() > 1e-3);
    // one phase for all changes every vector, and not the matrix
    turned.set_rows(&rows.iter().map(|q| phase * q).collect::<Vec<_>>());
    assert!((turned.rows()[5 * turned.rank()] - phase * rows[5 * turned.rank()]).norm() < 1e-15);
    assert!(apart(&turned.to_band(39).unwrap(), &matrix) < 1e-12);
}

#[test]
fn phases_and_the_spectral_flow_are_unitary_and_exact() {
    let grid = RadialGrid::new(6.0, 40).unwrap();
    let h = oscillator(&grid, 1);
    let flow = SpectralFlow::new(&h, f64::INFINITY).unwrap();
    assert_eq!((flow.len(), flow.is_empty()), (40, false));
    let start = factors(&band(40), 1e-13);
    let theta = 0.7;
    let mut moved = start.clone();
    flow.evolve(&mut moved, theta);
    // e^{−iθh}Ae^{iθh} from the eigenvectors, entry by entry
    let pairs = h.eigenvectors().unwrap();
    let a = start.to_band(39).unwrap();
    let mode = |k: usize, m: usize| -> Complex64 {
        let terms =
            (0..40 * 40).map(|p| pairs.vector(k)[p / 40] * a.entry(p / 40, p % 40) * pairs.vector(m)[p % 40]);
        terms.sum::<Complex64>() * Complex64::cis(-theta * (pairs.values()[k] - pairs.values()[m]))
    };
    let modes: Vec<Complex64> = (0..40 * 40).map(|p| mode(p / 40, p % 40)).collect();
    let seen = moved.to_band(39).unwrap();
    for (i, j) in [(0, 0), (20, 20), (25, 18), (30, 2)] {
        let exact: Complex64 =
            (0..40 * 40).map(|p| pairs.vector(p / 40)[i] * modes[p] * pairs.vector(p % 40)[j]).sum();
        assert!((seen.entry(i, j) - exact).norm() < 1e-11, "{i} {j}: {} {exact}", seen.entry(i, j));
    }
    assert!(apart(&seen, &a) > 0.05, "it moves");
    flow.evolve(&mut moved, -theta);
    assert!(apart(&moved.to_band(39).unwrap(), &a) < 1e-11);
    // a phase in r changes no modulus
    let phases: Vec<Complex64> = (0..40).map(|j| Complex64::cis(0.05 * (j * j) as f64)).collect();
    moved.rotate(&phases);
    let turned = moved.to_band(39).unwrap();
    assert!((turned.entry(22, 17) - phases[22] * a.entry(22, 17) * phases[17].conj()).norm() < 1e-12);
    // half of the states: a projection, which loses trace
    let half = flow.below(pairs.values()[10]);
    assert_eq!(half.len(), 11);
    half.evolve(&mut moved, 0.0);
    assert!((moved.trace() - turned.trace()).abs() > 1e-3);
}

#[test]
fn the_energy_and_the_rate_are_those_of_the_flow() {
    let grid = RadialGrid::new(6.0, 40).unwrap();
    let flow = SpectralFlow::new(&oscillator(&grid, 1), f64::INFINITY).unwrap();
    let mut state = factors(&band(40), 1e-13);
    flow.evolve(&mut state, 0.4);
    let square: Vec<f64> = grid.points().iter().map(|r| r * r).collect();
    let mean = |state: &Factors| -> f64 { state.diagonal().iter().zip(&square).map(|(d, s)| d * s).sum() };
    let (energy, rate) = flow.energy_and_rate(&state, &square);
    let step = 1e-4;
    let (mut later, mut sooner) = (state.clone(), state.clone());
    flow.evolve(&mut later, step);
    flow.evolve(&mut sooner, -step);
    let difference = (mean(&later) - mean(&sooner)) / (2.0 * step);
    assert!((rate - difference).abs() < 1e-5 * rate.abs() && rate.abs() > 1e-2, "{rate} {difference}");
    assert!((flow.energy_and_rate(&later, &square).0 - energy).abs() < 1e-11 * energy.abs());
}

#[test]
fn a_matrix_cut_down_keeps_its_norms_and_says_what_it_lost() {
    let matrix = band(40);
    let (kept, lost) = matrix.trimmed(1e-15);
    assert!(kept.n() < 40 && lost < 1e-13, "{} {lost:e}", kept.n());
    assert!((kept.trace_norm().unwrap() - matrix.trace_norm().unwrap()).abs() < 1e-12);
    let (coarse, lost) = matrix.trimmed(3e-2);
    assert!(coarse.n() < kept.n() && lost > 0.0);
    let missing = (matrix.hilbert_schmidt().powi(2) - coarse.hilbert_schmidt().powi(2)).sqrt();
    assert!(missing <= lost * (1.0 + 1e-9) || missing < 1e-9, "{missing:e} {lost:e}");
    // far from the diagonal alone: A_ij = e^{−|i−j|³/4}
    let diagonal = |d: usize| vec![(-0.25 * (d as f64).powi(3)).exp().into(); 40 - d];
    let narrow = BandHermitian::from_diagonals(40, (0..=12).map(diagonal).collect()).unwrap();
    let (kept, lost) = narrow.trimmed(1e-14);
    assert!(
        kept.n() == 40 && (2..12).contains(&kept.half_bandwidth()) && lost > 0.0,
        "{}",
        kept.half_bandwidth()
    );
    let change = (kept.trace_norm().unwrap() - narrow.trace_norm().unwrap()).abs();
    assert!(change <= 40.0_f64.sqrt() * lost + 1e-12, "{change:e} {lost:e}");
    // nothing at all
    let nothing = matrix.scaled(0.0);
    assert_eq!(nothing.trimmed(1e-15).0.trace_norm().unwrap(), 0.0);
}

#[test]
fn sums_of_bands_and_channels_are_sums() {
    let (a, b) = (band(40), BandHermitian::from_diagonals(40, vec![vec![0.3.into(); 40]]).unwrap());
    let sum = BandHermitian::combination([(2.0, &b), (-0.5, &a)]);
    assert_eq!(sum.half_bandwidth(), 9);
    for (i, j) in [(3, 3), (20, 14), (14, 20), (39, 39)] {
        assert!((sum.entry(i, j) - (2.0 * b.entry(i, j) - 0.5 * a.entry(i, j))).norm() < 1e-15);
    }
    let grid = RadialGrid::new(6.0, 40).unwrap();
    let channels = Channels::new(grid, AngularMomenta::full(1), vec![a.clone(), a]).unwrap();
    let scaled = channels.scaled_by(|l| (l + 1) as f64);
    assert!((scaled.trace() - 7.0 * channels.blocks()[0].trace()).abs() < 1e-12);
}
