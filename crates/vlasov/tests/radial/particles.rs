//! Slow and independent: W₀ as weighted particles on Gauss nodes, moved forwards by the classical Runge–Kutta scheme.
//!
//! ρ̂(k,t) = ∬W₀(z)j₀(k|X_t(z)|)dz, and for V = g e^{−|x|²/2w²}
//!
//! U′(r) = −(2π²)^{−1}∫₀^∞V̂(k)ρ̂(k)k³j₁(kr)dk, V̂(k) = g(2π)^{3/2}w³e^{−w²k²/2}.

use std::f64::consts::PI;

use states::radial::{CenteredMixture, RadialState};

/// Wave numbers (k_i, weight) of the trapezoid rule on [0, 8.5/w], spectral since the integrand is even in k.
const WAVES: usize = 36;

fn j0(x: f64) -> f64 {
    if x.abs() < 1e-4 { 1.0 - x * x / 6.0 } else { x.sin() / x }
}

/// j₁(x)/x.
fn j1_over(x: f64) -> f64 {
    if x.abs() < 0.02 {
        (1.0 - x * x / 10.0 * (1.0 - x * x / 28.0)) / 3.0
    } else {
        (x.sin() / x - x.cos()) / (x * x)
    }
}

#[derive(Clone)]
pub struct Particles {
    weight: Vec<f64>,
    /// (x, y, p, q) in the plane of each.
    z: Vec<[f64; 4]>,
}

impl Particles {
    /// The particles of `state` at time t, in the field of V = strength·e^{−|x|²/2width²}.
    pub fn moved(state: &CenteredMixture, (strength, width): (f64, f64), t: f64, steps: usize) -> Self {
        let mut particles = Self::of(state);
        let tau = t / steps as f64;
        for _ in 0..steps {
            particles.step(strength, width, tau);
        }
        particles
    }

    /// dx dv = 8π²r²v_t dr dv_r dv_t, in midpoint rules: r²v_t²W is even in r along with (v_r, v_t) ↦ −(v_r, v_t).
    fn of(state: &CenteredMixture) -> Self {
        let (r_max, speed) = (state.reach(0.0, 1e-11), state.speed(1e-11));
        let (n_r, n_v, n_angle) = (18, 18, 14);
        let angles = gauss_quad::GaussLegendre::new(n_angle.try_into().unwrap());
        let (h_r, h_v) = (r_max / n_r as f64, speed / n_v as f64);
        let mut particles = Self { weight: Vec::new(), z: Vec::new() };
        for i in 0..n_r {
            let r = (i as f64 + 0.5) * h_r;
            for j in 0..n_v {
                let s = (j as f64 + 0.5) * h_v;
                for (mu, w) in angles.iter() {
                    let (v_r, v_t) = (s * mu, s * (1.0 - mu * mu).sqrt());
                    let volume = 8.0 * PI * PI * r * r * s * s * h_r * h_v * w;
                    particles.weight.push(volume * state.wigner(r, v_r, v_t));
                    particles.z.push([r, 0.0, v_r, v_t]);
                }
            }
        }
        // what weighs nothing need not move
        let (weight, z) = particles.weight.iter().zip(&particles.z).filter(|(w, _)| **w > 1e-11).unzip();
        Self { weight, z }
    }

    /// ρ̂(k) = Σ_p w_p j₀(k r_p).
    pub fn transform(&self, k: f64) -> f64 {
        self.weight.iter().zip(&self.z).map(|(w, z)| w * j0(k * z[0].hypot(z[1]))).sum()
    }

    /// ż = (2v, −x U′(r)/r).
    fn velocity(&self, strength: f64, width: f64) -> Vec<[f64; 4]> {
        let h = 8.5 / width / WAVES as f64;
        let waves: Vec<(f64, f64)> = (1..=WAVES)
            .map(|i| {
                let k = h * i as f64;
                let v = strength * (2.0 * PI).powf(1.5) * width.powi(3) * (-0.5 * (width * k).powi(2)).exp();
                (k, h * v * self.transform(k) * k.powi(4) / (2.0 * PI * PI))
            })
            .collect();
        let at = |z: &[f64; 4]| {
            let r = z[0].hypot(z[1]);
            // −U′(r)/r
            let f: f64 = waves.iter().map(|(k, c)| c * j1_over(k * r)).sum();
            [2.0 * z[2], 2.0 * z[3], f * z[0], f * z[1]]
        };
        self.z.iter().map(at).collect()
    }

    fn shifted(&self, tau: f64, velocity: &[[f64; 4]]) -> Self {
        let add = |(z, v): (&[f64; 4], &[f64; 4])| [0, 1, 2, 3].map(|i| z[i] + tau * v[i]);
        Self { weight: self.weight.clone(), z: self.z.iter().zip(velocity).map(add).collect() }
    }

    /// The classical Runge–Kutta scheme of order 4.
    fn step(&mut self, strength: f64, width: f64, tau: f64) {
        let a = self.velocity(strength, width);
        let b = self.shifted(0.5 * tau, &a).velocity(strength, width);
        let c = self.shifted(0.5 * tau, &b).velocity(strength, width);
        let d = self.shifted(tau, &c).velocity(strength, width);
        for (i, z) in self.z.iter_mut().enumerate() {
            for q in 0..4 {
                z[q] += tau / 6.0 * (a[i][q] + 2.0 * b[i][q] + 2.0 * c[i][q] + d[i][q]);
            }
        }
    }
}

/// ρ̂(k,t) of the free flow: Σ_i w_i e^{−k²(σ_x²(1 + 2tc)² + 4t²σ_v²)/2}.
pub fn free_transform(state: &CenteredMixture, k: f64, t: f64) -> f64 {
    let wave = |c: &states::radial::CenteredComponent| {
        let square = (c.sigma_x * (1.0 + 2.0 * t * c.chirp)).powi(2) + (2.0 * t * c.sigma_v).powi(2);
        c.weight * (-0.5 * k * k * square).exp()
    };
    state.components().iter().map(wave).sum()
}
