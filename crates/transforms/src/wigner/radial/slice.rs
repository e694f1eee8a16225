//! W(R, ·, ·) from F(R, ·, ·).

use std::f64::consts::{PI, TAU};
use std::num::NonZeroUsize;

use num_complex::Complex64;
use rayon::prelude::*;

use crate::weyl::radial::rule;

/// How far F and W reach at the radii of a slice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SliceExtent {
    /// F is negligible for |Y| beyond this.
    pub reach: f64,
    /// W is negligible for |v| beyond this.
    pub speed: f64,
}

/// The transform of F(R,Y∥,Y⊥) at one R to W(R,v∥,v⊥), the same at every R.
///
/// Y∥ ≥ 0 by the rectangle rule of a spacing below π/v_max, whose images lie outside, and F(−Y∥) = conj F(Y∥); Y⊥ by Gauss–Legendre.
#[derive(Clone, Debug)]
pub struct RadialSlice {
    reach: f64,
    along: Vec<f64>,
    across: Vec<f64>,
    /// `[a·n_∥ + i]` = Δ e^{−iv_aY_i}, twice that for i > 0.
    waves: Vec<Complex64>,
    /// `[i·n_v⊥ + k]` = w_iY_iJ_0(v_kY_i)/(2π)².
    hankel: Vec<f64>,
    velocities: [usize; 2],
}

/// Nodes in Y⊥ beyond half a radian each.
const MORE: usize = 16;
/// Points in Y∥ beyond what the speed asks for.
const ROOM: f64 = 1.1;

impl RadialSlice {
    /// Nodes for F, and W at each v∥ and each v⊥ ≥ 0.
    pub fn new(extent: SliceExtent, v_parallel: &[f64], v_perpendicular: &[f64]) -> Self {
        let SliceExtent { reach, speed } = extent;
        let spacing = PI / (ROOM * speed);
        let along: Vec<f64> = (0..=(reach / spacing).ceil() as usize).map(|i| i as f64 * spacing).collect();
        let count = NonZeroUsize::MIN.saturating_add((0.5 * reach * speed).ceil() as usize + MORE);
        let mut nodes = rule(count);
        nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (across, weights): (Vec<f64>, Vec<f64>) =
            nodes.into_iter().map(|(y, w)| (0.5 * reach * (1.0 + y), 0.5 * reach * w)).unzip();
        let wave = |v: f64, i: usize| {
            let twice = if i == 0 { 1.0 } else { 2.0 };
            twice * spacing * Complex64::cis(-v * along[i])
        };
        let waves = v_parallel.iter().flat_map(|&v| (0..along.len()).map(move |i| (v, i)));
        let hankel = (0..across.len()).flat_map(|i| v_perpendicular.iter().map(move |&v| (i, v)));
        let bessel = |(i, v): (usize, f64)| weights[i] * across[i] * libm::j0(v * across[i]) / TAU.powi(2);
        Self {
            waves: waves.map(|(v, i)| wave(v, i)).collect(),
            hankel: hankel.map(bessel).collect(),
            velocities: [v_parallel.len(), v_perpendicular.len()],
            reach,
            along,
            across,
        }
    }

    /// (Y∥, Y⊥) at which F is needed.
    pub fn nodes(&self) -> Vec<(f64, f64)> {
        let all = self.along.iter().flat_map(|&a| self.across.iter().map(move |&b| (a, b)));
        all.filter(|(a, b)| a.hypot(*b) <= self.reach).collect()
    }

    /// `[a·n_v⊥ + k]` = W(R, v_a, v_k) from F at the nodes.
    ///
    /// # Panics
    /// If there is not one value for each node.
    pub fn wigner(&self, f: &[Complex64]) -> Vec<f64> {
        assert_eq!(f.len(), self.nodes().len(), "one value for each node is needed");
        let [n_v, n_w] = self.velocities;
        let mut transformed = vec![Complex64::ZERO; self.along.len() * n_w];
        let mut first = 0;
        for (row, a) in transformed.chunks_exact_mut(n_w.max(1)).zip(&self.along) {
            let inside = self.across.iter().filter(|b| a.hypot(**b) <= self.reach).count();
            for (f, hankel) in f[first..first + inside].iter().zip(self.hankel.chunks_exact(n_w.max(1))) {
                row.iter_mut().zip(hankel).for_each(|(sum, j)| *sum += j * f);
            }
            first += inside;
        }
        let mut wigner = vec![0.0; n_v * n_w];
        for (row, waves) in wigner.chunks_exact_mut(n_w.max(1)).zip(self.waves.chunks_exact(self.along.len()))
        {
            for (wave, f) in waves.iter().zip(transformed.chunks_exact(n_w.max(1))) {
                row.iter_mut().zip(f).for_each(|(w, f)| *w += wave.re * f.re - wave.im * f.im);
            }
        }
        wigner
    }

    /// [`Self::wigner`] at many radii, shared among threads: F at `radii × nodes`, as it stands in `f`.
    ///
    /// # Panics
    /// As there.
    pub fn wigner_at_radii(&self, radii: usize, f: &[Complex64]) -> Vec<Vec<f64>> {
        let nodes = f.len() / radii.max(1);
        f.par_chunks(nodes.max(1)).map(|f| self.wigner(f)).collect()
    }
}
