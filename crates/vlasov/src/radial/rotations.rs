//! The mean of e^{i(p·Rx + q·Rv)} over rotations R of R³, summed over particles.
//!
//! Rayleigh's expansion of either wave, and the orthogonality of spherical harmonics:
//!
//! ∫_{SO(3)} e^{i(p·Rx + q·Rv)} dR = Σ_ℓ (−1)^ℓ(2ℓ+1) j_ℓ(|p||x|) j_ℓ(|q||v|) P_ℓ(cos∠(p,q)) P_ℓ(cos∠(x,v)).
//!
//! Angles of p and q stand apart from the particles: one sum over these serves all of them. Terms fall faster than exponentially beyond
//! ℓ ~ min(|p||x|, |q||v|).

use rayon::prelude::*;

/// Particles side by side, and those of one task.
const LANES: usize = 8;
const BLOCK: usize = 4096;
/// Terms below it are left out.
const NEGLIGIBLE: f64 = 1e-13;
/// Orders beyond both the last and the argument at which Miller's recurrence begins.
const MARGIN: usize = 30;

/// One number for each of the particles that go side by side.
type Lanes = [f64; LANES];

/// Σ_i m_i∫e^{i(p·Rx_i + q·Rv_i)}dR at every (|p|, |q|, angle between them); particles (x, y, v_x, v_y) in their planes.
pub(super) fn rotation_means(places: &[[f64; 3]], masses: &[f64], particles: &[[f64; 4]]) -> Vec<f64> {
    let [p, q] = [0, 1].map(|k| distinct(places.iter().map(|place| place[k])));
    let reach = |of: fn(&[f64; 4]) -> f64| particles.iter().map(of).fold(0.0, f64::max);
    let last = last_order(largest(&p) * reach(radius), largest(&q) * reach(speed));
    let blocks = masses.par_chunks(BLOCK).zip(particles.par_chunks(BLOCK));
    let parts: Vec<Vec<f64>> = blocks.map(|(m, z)| moments([&p, &q], last, m, z)).collect();
    // block by block, whatever the number of threads
    let mut moments = vec![0.0; p.len() * q.len() * (last + 1)];
    for part in &parts {
        moments.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
    }
    let mean = |[at_p, at_q, angle]: &[f64; 3]| -> f64 {
        let place = |of: &[f64], value: f64| of.iter().position(|v| *v == value).unwrap_or(0);
        let first = (place(&p, *at_p) * q.len() + place(&q, *at_q)) * (last + 1);
        let legendre = legendre([angle.cos(); LANES], last);
        moments[first..][..=last].iter().zip(&legendre).map(|(a, p)| a * p[0]).sum()
    };
    places.iter().map(mean).collect()
}

/// `[(a·n_q + b)(last+1) + ℓ]` = (−1)^ℓ(2ℓ+1)Σ_i m_i j_ℓ(p_a|x_i|)j_ℓ(q_b|v_i|)P_ℓ(cos∠(x_i,v_i)).
fn moments([p, q]: [&[f64]; 2], last: usize, masses: &[f64], particles: &[[f64; 4]]) -> Vec<f64> {
    let mut sums = vec![[0.0; LANES]; p.len() * q.len() * (last + 1)];
    for (masses, particles) in masses.chunks(LANES).zip(particles.chunks(LANES)) {
        // lanes beyond the last particle have no mass
        let of = |f: &dyn Fn(&[f64; 4]) -> f64| -> Lanes {
            std::array::from_fn(|lane| particles.get(lane).map_or(0.0, f))
        };
        let (r, v) = (of(&radius), of(&speed));
        let mut weights = legendre(of(&cosine), last);
        for (order, weight) in weights.iter_mut().enumerate() {
            let sign = if order % 2 == 0 { 1.0 } else { -1.0 };
            let factor = sign * (2 * order + 1) as f64;
            for lane in 0..LANES {
                weight[lane] *= factor * masses.get(lane).copied().unwrap_or(0.0);
            }
        }
        let of_v: Vec<Vec<Lanes>> = q.iter().map(|q| bessel(v.map(|v| q * v), last)).collect();
        for (a, p) in p.iter().enumerate() {
            let mut of_x = bessel(r.map(|r| p * r), last);
            multiply(&mut of_x, &weights);
            for (b, of_v) in of_v.iter().enumerate() {
                let sums = &mut sums[(a * q.len() + b) * (last + 1)..][..=last];
                for ((sum, x), v) in sums.iter_mut().zip(&of_x).zip(of_v) {
                    for lane in 0..LANES {
                        sum[lane] += x[lane] * v[lane];
                    }
                }
            }
        }
    }
    sums.iter().map(|lanes| lanes.iter().sum()).collect()
}

fn multiply(values: &mut [Lanes], factors: &[Lanes]) {
    for (value, factor) in values.iter_mut().zip(factors) {
        for lane in 0..LANES {
            value[lane] *= factor[lane];
        }
    }
}

/// j_ℓ(z), ℓ = 0, …, `last`, z ≥ 0: with j_ℓ = z^ℓ g_ℓ/(2ℓ+1)!!, by Miller's downward recurrence g_{ℓ−1} = g_ℓ − z²g_{ℓ+1}/((2ℓ+1)(2ℓ+3)), in which
/// nothing is large for a small z; the scale from j_0 and j_1 together, of which no z has both small.
fn bessel(z: Lanes, last: usize) -> Vec<Lanes> {
    let largest = z.iter().copied().fold(0.0, f64::max);
    let start = last.max(largest as usize) + MARGIN + (4.0 * largest.cbrt()) as usize;
    let mut g = vec![[0.0; LANES]; last + 2];
    let (mut above, mut here) = ([0.0; LANES], [1.0; LANES]);
    for order in (0..start).rev() {
        let c = 1.0 / ((2 * order + 3) * (2 * order + 5)) as f64;
        for lane in 0..LANES {
            let below = here[lane] - z[lane] * z[lane] * c * above[lane];
            (above[lane], here[lane]) = (here[lane], below);
        }
        if order < g.len() {
            g[order] = here;
        }
    }
    let scale = |lane: usize| {
        let z = z[lane];
        let (sine, cosine) = z.sin_cos();
        let exact = if z < 0.1 {
            [1.0 - z * z / 6.0 * (1.0 - z * z / 20.0 * (1.0 - z * z / 42.0 * (1.0 - z * z / 72.0))), {
                z / 3.0 * (1.0 - z * z / 10.0 * (1.0 - z * z / 28.0 * (1.0 - z * z / 54.0)))
            }]
        } else {
            [sine / z, (sine / z - cosine) / z]
        };
        let found = [g[0][lane], z / 3.0 * g[1][lane]];
        (exact[0] * found[0] + exact[1] * found[1]) / (found[0] * found[0] + found[1] * found[1])
    };
    let mut power: Lanes = std::array::from_fn(scale);
    g.truncate(last + 1);
    for (order, g) in g.iter_mut().enumerate() {
        for lane in 0..LANES {
            g[lane] *= power[lane];
            power[lane] *= z[lane] / (2 * order + 3) as f64;
        }
    }
    g
}

/// P_ℓ(c), ℓ = 0, …, `last`: (ℓ+1)P_{ℓ+1} = (2ℓ+1)cP_ℓ − ℓP_{ℓ−1}.
fn legendre(c: Lanes, last: usize) -> Vec<Lanes> {
    let mut values = vec![[1.0; LANES]; last + 1];
    let (mut before, mut now) = ([0.0; LANES], [1.0; LANES]);
    for (order, value) in values.iter_mut().enumerate() {
        *value = now;
        let [a, b] = [2 * order + 1, order].map(|k| k as f64 / (order + 1) as f64);
        for lane in 0..LANES {
            (before[lane], now[lane]) = (now[lane], a * c[lane] * now[lane] - b * before[lane]);
        }
    }
    values
}

/// The order beyond which (2ℓ+1)|j_ℓ(y)j_ℓ(z)| is negligible for all smaller arguments too, by |j_ℓ(z)| ≤ min(1, z^ℓ/(2ℓ+1)!!), for good.
fn last_order(y: f64, z: f64) -> usize {
    // their logarithms: z^ℓ is large before (2ℓ+1)!! is
    let (mut bounds, mut order) = ([0.0, 0.0], 0);
    loop {
        let least = (2 * order + 1) as f64 * bounds.iter().map(|b: &f64| b.min(0.0).exp()).product::<f64>();
        // the bound of the smaller argument falls from here on
        if least < NEGLIGIBLE && order as f64 > 0.5 * y.min(z) {
            return order;
        }
        order += 1;
        let next = |bound: f64, z: f64| bound + (z / (2 * order + 1) as f64).ln();
        bounds = [next(bounds[0], y), next(bounds[1], z)];
    }
}

fn radius(z: &[f64; 4]) -> f64 {
    (z[0] * z[0] + z[1] * z[1]).sqrt()
}

fn speed(z: &[f64; 4]) -> f64 {
    (z[2] * z[2] + z[3] * z[3]).sqrt()
}

/// cos∠(x,v); where one of them is 0 only ℓ = 0 counts.
fn cosine(z: &[f64; 4]) -> f64 {
    let lengths = radius(z) * speed(z);
    if lengths > 0.0 { ((z[0] * z[2] + z[1] * z[3]) / lengths).clamp(-1.0, 1.0) } else { 1.0 }
}

fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut all: Vec<f64> = values.collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

fn largest(values: &[f64]) -> f64 {
    values.last().copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{PI, TAU};
    use std::num::NonZeroUsize;

    use gauss_quad::GaussLegendre;

    use super::*;

    /// The mean over Euler's angles, by rules that are exact to round-off.
    fn slow([p, q, angle]: [f64; 3], z: [f64; 4]) -> f64 {
        let (sine, cosine) = angle.sin_cos();
        let (n, m) = (48, 32);
        let rule = GaussLegendre::new(NonZeroUsize::new(m).unwrap_or(NonZeroUsize::MIN));
        let mut sum = 0.0;
        for (i, k) in (0..n).flat_map(|i| (0..n).map(move |k| (i, k))) {
            let ((sa, ca), (sc, cc)) =
                ((TAU * i as f64 / n as f64).sin_cos(), (TAU * k as f64 / n as f64).sin_cos());
            for (cb, w) in rule.iter() {
                // R = R_z(a)R_x(b)R_z(c) on vectors of the plane
                let rotated = |x: f64, y: f64| {
                    let (x, y) = (cc * x - sc * y, sc * x + cc * y);
                    [ca * x - sa * cb * y, sa * x + ca * cb * y]
                };
                let ([x, _], v) = (rotated(z[0], z[1]), rotated(z[2], z[3]));
                sum += w * (p * x + q * (cosine * v[0] + sine * v[1])).cos();
            }
        }
        sum / (2 * n * n) as f64
    }

    /// All places at once, more particles than lanes, small ones and one at the origin among them.
    #[test]
    fn the_mean_is_the_integral_over_rotations() {
        let places =
            [[1.0, 2.0, 0.7], [3.0, 1.0, PI / 2.0], [0.5, 4.0, 2.5], [2.0, 2.0, 0.0], [3.0, 4.0, PI]];
        let mut particles = vec![[0.8, 0.0, -0.4, 1.3], [1.5, 0.2, 0.3, 0.9], [0.3, -0.7, 1.1, 0.6]];
        particles.extend([[1e-9, 0.0, 0.2, 0.1], [0.0; 4], [2.0, 1.0, 0.0, 0.0], [3.0, 2.5, -2.0, 1.0]]);
        particles.extend((0..4).map(|i| [0.2 * f64::from(i), 1.0, 0.3, -0.1 * f64::from(i)]));
        let masses: Vec<f64> = (0..particles.len()).map(|i| 0.3 - 0.05 * i as f64).collect();
        for (place, fast) in places.iter().zip(rotation_means(&places, &masses, &particles)) {
            let slow: f64 = particles.iter().zip(&masses).map(|(z, m)| m * slow(*place, *z)).sum();
            assert!((fast - slow).abs() < 1e-12 && slow.abs() > 1e-3, "{place:?}: {fast} {slow}");
        }
    }

    /// p ∥ q and x ∥ v: sin(s)/s at s = |p||x| + |q||v|, far out too.
    #[test]
    fn parallel_vectors_give_a_sine() {
        for length in [1e-6, 0.09, 0.11, 1.0, 3.0, 9.0] {
            let z = [length, 0.0, 2.0 * length, 0.0];
            let s = 4.0 * length + 6.0 * length;
            let mean = rotation_means(&[[4.0, 3.0, 0.0]], &[1.0], &[z])[0];
            assert!((mean - s.sin() / s).abs() < 1e-12, "{length}: {mean}");
        }
    }
}
