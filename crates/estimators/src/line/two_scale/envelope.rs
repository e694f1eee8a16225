//! The envelope α of the oscillation in Lagrange's coordinates z = (x₀,v₀), and the flow that carries it.

use std::f64::consts::TAU;

use num_complex::Complex64;
use phase_space::fourier::PlaneTransform;
use phase_space::line::friendly_length;

use super::field::FieldHistory;
use super::{Carriage, Carried, Fineness, MOST_POINTS, TwoScale, envelope_square};

/// Half the box of z, in widths: a = 10^{−10} of its maximum there.
const REACH: f64 = 6.8;
/// Central differences of order 8: coefficients of f(z+kh) − f(z−kh), over h.
const DIFFERENCES: [f64; 4] = [4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0];
/// The largest part of a that is not followed.
const NOTHING: f64 = 1e-13;

/// (x, v), ∂(x,v)/∂(x₀,v₀) = (M₁₁, M₁₂, M₂₁, M₂₂), ψ, and Ψ = −∫r(x_s, g_s)ds.
type Path = [f64; 8];

/// e^{iΨ}α on its grid, and the flow: what is fast in α is a phase, and known.
pub(super) struct Envelope {
    n: usize,
    spacing: f64,
    eps: f64,
    frequency: f64,
    last: usize,
    width: f64,
    carriage: Carriage,
    paths: Vec<Path>,
    slow: Vec<Complex64>,
    plane: PlaneTransform,
}

impl Envelope {
    pub(super) fn new(problem: &TwoScale, eps: f64, frequency: f64, fineness: Fineness) -> Self {
        let width = problem.width;
        let phase = (eps * eps * frequency.powi(3)).min(f64::from(u16::MAX));
        let (least, more) = fineness.points;
        let n = friendly_length(((least + more * phase) as usize).min(MOST_POINTS));
        let spacing = 2.0 * REACH * width / n as f64;
        let place = |i: usize| (i as f64 - 0.5 * n as f64) * spacing;
        let paths: Vec<Path> =
            (0..n * n).map(|at| [place(at / n), place(at % n), 1.0, 0.0, 0.0, 1.0, 0.0, 0.0]).collect();
        let mut envelope = Self {
            n,
            spacing,
            eps,
            frequency,
            last: fineness.last,
            width,
            carriage: problem.carriage,
            paths,
            slow: Vec::new(),
            plane: PlaneTransform::new(n, n),
        };
        envelope.slow = (0..n * n).map(|at| Complex64::from(envelope.initial(at))).collect();
        envelope
    }

    /// a(z) = e^{−|z|²/2w²}/2π.
    fn initial(&self, at: usize) -> f64 {
        let place = |i: usize| (i as f64 - 0.5 * self.n as f64) * self.spacing;
        let square = place(at / self.n).powi(2) + place(at % self.n).powi(2);
        (-0.5 * square / self.width.powi(2)).exp() / TAU
    }

    /// Carries the envelope through the times, by the classical Runge–Kutta method.
    pub(super) fn carried(mut self, field: &FieldHistory, times: &[f64]) -> Vec<Carried> {
        let initial: Vec<Complex64> = (0..self.n * self.n).map(|at| self.initial(at).into()).collect();
        let mut norms = vec![self.source_norm(field, 0, &initial)];
        let (mut step, mut seen) = (0, Vec::new());
        for time in times {
            let until = (time * field.steps as f64).round() as usize;
            while step < until {
                self.advance(field, 2 * step);
                step += 1;
                norms.push(self.source_norm(field, 2 * step, &initial));
            }
            seen.push(self.seen(&initial, &norms, 1.0 / field.steps as f64));
        }
        seen
    }

    fn seen(&self, initial: &[Complex64], norms: &[f64], step: f64) -> Carried {
        let cell = self.spacing * self.spacing;
        let size = envelope_square(self.width).sqrt();
        let alpha = turned(&self.paths, &self.slow);
        let square: f64 = alpha.iter().zip(initial).map(|(a, b)| (a - b).norm_sqr()).sum();
        let phase = self.eps * self.eps * self.frequency.powi(3);
        let limit = |(path, a): (&Path, &Complex64)| {
            (Complex64::cis(phase * path[6]) - 1.0).norm_sqr() * a.norm_sqr()
        };
        let eikonal: f64 = self.paths.iter().zip(initial).map(limit).sum();
        let ends = 0.5 * (norms[0] + norms[norms.len() - 1]);
        let late: f64 = self.paths.iter().zip(initial).map(|(path, a)| path[6].powi(2) * a.norm_sqr()).sum();
        let point = |(at, path): (usize, &Path)| {
            let v = (at % self.n) as f64 * self.spacing - 0.5 * self.n as f64 * self.spacing;
            (path[0], cell * initial[at].re * (self.carried_frequency() * v).cos())
        };
        Carried {
            relative: (cell * square).sqrt() / size,
            duhamel: step * (norms.iter().sum::<f64>() - ends) / size,
            eikonal: (cell * eikonal).sqrt() / size,
            phase: phase * (cell * late).sqrt() / size,
            points: self.paths.iter().enumerate().map(point).collect(),
        }
    }

    /// y, or what the grid of z carries of it.
    fn carried_frequency(&self) -> f64 {
        self.frequency.min(0.5 * std::f64::consts::PI / self.spacing)
    }

    /// ‖Σ r⁽ᵖ⁾Q_p a/p!‖.
    fn source_norm(&mut self, field: &FieldHistory, half_step: usize, initial: &[Complex64]) -> f64 {
        let paths = std::mem::take(&mut self.paths);
        let (phase, rest) = self.source(field, half_step, &paths, initial);
        self.paths = paths;
        let whole = |((r, rest), a): ((&f64, &Complex64), &Complex64)| (r * a + rest).norm_sqr();
        let square: f64 = phase.iter().zip(&rest).zip(initial).map(whole).sum();
        (self.spacing * self.spacing * square).sqrt()
    }

    /// One step from the half step `from`.
    fn advance(&mut self, field: &FieldHistory, from: usize) {
        let h = 1.0 / field.steps as f64;
        let (paths, slow) = (std::mem::take(&mut self.paths), std::mem::take(&mut self.slow));
        let (mut next_paths, mut next_slow) = (paths.clone(), slow.clone());
        let (mut now_paths, mut now_slow) = (paths.clone(), slow.clone());
        for (half_step, weight, ahead) in [
            (from, h / 6.0, 0.5 * h),
            (from + 1, h / 3.0, 0.5 * h),
            (from + 1, h / 3.0, h),
            (from + 2, h / 6.0, 0.0),
        ] {
            let alpha = turned(&now_paths, &now_slow);
            let (phase, rest) = self.source(field, half_step, &now_paths, &alpha);
            for (at, path) in now_paths.iter_mut().enumerate() {
                // ∂ₜ(e^{iΨ}α) = −ie^{iΨ}(source − rα)
                let change = -Complex64::I * Complex64::cis(path[7]) * rest[at];
                next_slow[at] += weight * change;
                now_slow[at] = slow[at] + ahead * change;
                let slope = slope(field, half_step, path, self.carriage.speed, phase[at]);
                for c in 0..path.len() {
                    next_paths[at][c] += weight * slope[c];
                    path[c] = paths[at][c] + ahead * slope[c];
                }
            }
        }
        (self.paths, self.slow) = (next_paths, next_slow);
    }

    /// −r(g), and −Σ_{p≥1} r⁽ᵖ⁾(g)/p!·Q_p α, on given paths.
    fn source(
        &mut self,
        field: &FieldHistory,
        half_step: usize,
        paths: &[Path],
        alpha: &[Complex64],
    ) -> (Vec<f64>, Vec<Complex64>) {
        // (∂x₀/∂v, ∂v₀/∂v) = (−M₁₂, M₁₁)
        let along: Vec<[f64; 2]> = paths.iter().map(|path| [-path[3], path[2]]).collect();
        let g: Vec<f64> = paths.iter().map(|path| self.frequency * path[2]).collect();
        let mut derivatives = vec![alpha.to_vec()];
        for p in 0..self.last {
            derivatives.push(self.along(&along, &derivatives[p]));
        }
        let mut turns = vec![g];
        for p in 1..self.last {
            turns.push(self.real_along(&along, &turns[p - 1]));
        }
        let term = |at: usize| {
            if derivatives[0][at].norm() < NOTHING {
                return (0.0, Complex64::ZERO);
            }
            let r = symbol(field, half_step, paths[at][0], turns[0][at], self.eps)
                .map(|r| self.carriage.symbol * r);
            let d = |p: usize| derivatives[p][at];
            let turn = |p: usize| turns[p][at];
            let i = Complex64::I;
            let mut sum = -i * r[1] * d(1);
            sum -= 0.5 * r[2] * (d(2) + i * turn(1) * d(0));
            sum += r[3] / 6.0 * (i * d(3) - 3.0 * turn(1) * d(1) - turn(2) * d(0));
            if self.last >= 4 {
                let q = d(4)
                    + 6.0 * i * turn(1) * d(2)
                    + 4.0 * i * turn(2) * d(1)
                    + (i * turn(3) - 3.0 * turn(1).powi(2)) * d(0);
                sum += r[4] / 24.0 * q;
            }
            (r[0], sum)
        };
        (0..alpha.len()).map(term).unzip()
    }

    /// Lf by Fourier transform.
    fn along(&mut self, along: &[[f64; 2]], f: &[Complex64]) -> Vec<Complex64> {
        let n = self.n;
        let unit = TAU / (n as f64 * self.spacing);
        let wave = |m: usize| match (2 * m).cmp(&n) {
            std::cmp::Ordering::Less => unit * m as f64,
            std::cmp::Ordering::Equal => 0.0,
            std::cmp::Ordering::Greater => unit * (m as f64 - n as f64),
        };
        let mut modes = f.to_vec();
        self.plane.forward(&mut modes);
        let mut part = |of: fn(usize, usize) -> usize| {
            let mut modes: Vec<Complex64> = modes
                .iter()
                .enumerate()
                .map(|(at, mode)| Complex64::new(0.0, wave(of(at, n))) * mode)
                .collect();
            self.plane.inverse(&mut modes);
            modes
        };
        let (by_x, by_v) = (part(|at, n| at / n), part(|at, n| at % n));
        along.iter().zip(by_x.iter().zip(&by_v)).map(|(l, (x, v))| l[0] * x + l[1] * v).collect()
    }

    /// Lf by differences, for an f that does not vanish at the ends of the box; nothing is there.
    fn real_along(&self, along: &[[f64; 2]], f: &[f64]) -> Vec<f64> {
        let n = self.n;
        let inside = DIFFERENCES.len()..n - DIFFERENCES.len();
        let at = |at: usize| {
            if !inside.contains(&(at / n)) || !inside.contains(&(at % n)) {
                return 0.0;
            }
            let slope = |stride: usize| {
                let difference =
                    |(k, c): (usize, &f64)| c * (f[at + (k + 1) * stride] - f[at - (k + 1) * stride]);
                DIFFERENCES.iter().enumerate().map(difference).sum::<f64>() / self.spacing
            };
            along[at][0] * slope(n) + along[at][1] * slope(1)
        };
        (0..n * n).map(at).collect()
    }
}

/// α = e^{−iΨ}(e^{iΨ}α).
fn turned(paths: &[Path], slow: &[Complex64]) -> Vec<Complex64> {
    paths.iter().zip(slow).map(|(path, slow)| Complex64::cis(-path[7]) * slow).collect()
}

/// ẋ = 2v, v̇ = −Ũ′, Ṁ = DΦ·M, 24ψ̇ = Ũ‴(∂v₀/∂v)³, Ψ̇ = −r.
fn slope(field: &FieldHistory, half_step: usize, path: &Path, speed: f64, r: f64) -> Path {
    let at = field.stencil(path[0]);
    let [first, second, third] = [1, 2, 3].map(|order| field.vlasov(half_step, order, &at));
    let [_, v, m11, m12, m21, m22, ..] = *path;
    [speed * v, -first, speed * m21, speed * m22, -second * m11, -second * m12, third * m11.powi(3) / 24.0, r]
}

/// r, ∂_y r, …, ∂_y⁴r at (x, g).
fn symbol(field: &FieldHistory, half_step: usize, x: f64, g: f64, eps: f64) -> [f64; 5] {
    let half = 0.5 * eps;
    let sides = [field.stencil(x + half * g), field.stencil(x - half * g)];
    let slope = field.vlasov(half_step, 1, &field.stencil(x));
    let mut r = [0.0; 5];
    let (mut power, mut sign) = (1.0 / eps, 1.0);
    for (order, r) in r.iter_mut().enumerate() {
        let [plus, minus] = [0, 1].map(|side| field.hartree(half_step, order, &sides[side]));
        *r = power * (plus - sign * minus);
        power *= half;
        sign = -sign;
    }
    r[0] -= slope * g;
    r[1] -= slope;
    r
}
