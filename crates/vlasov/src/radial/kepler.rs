//! The exact flow about a nucleus: x″ = −μx/|x|³.
//!
//! In Sundman's time, ds = dt/|x|, the motion is that of an oscillator and a collision is no singularity: with β = 2μ/r₀ − |w₀|², η = x₀·w₀,
//! ζ = μ − βr₀ and G₁ = sin(√β s)/√β, G₂ = (1 − cos(√β s))/β, G₃ = (s − G₁)/β (hyperbolic for β < 0)
//!
//! t = r₀s + ηG₂ + ζG₃,  r = r₀ + ηG₁ + ζG₂,
//! x = (1 − μG₂/r₀)x₀ + (t − μG₃)w₀,  w = −(μG₁/(r₀r))x₀ + (1 − μG₂/r)w₀.
//!
//! J. Wisdom, D. M. Hernandez, Mon. Not. R. Astron. Soc. 453 (2015) 3015.

/// Where the series of G₂ and G₃ take the place of their closed forms.
const SMALL: f64 = 0.1;
/// Relative change of s at which Newton's iteration has converged, and steps allowed before nothing but bisection is trusted.
const SETTLED: f64 = 1e-15;
const STEPS: usize = 60;

/// (G₁, G₂, G₃) at s.
fn functions(beta: f64, s: f64) -> [f64; 3] {
    let y = beta * s * s;
    if y.abs() < SMALL {
        // G_k = s^k Σ_j (−y)^j/(k+2j)!
        let series = |k: u32| {
            let (mut term, mut sum) = (1.0 / (1..=k).product::<u32>() as f64, 0.0);
            for j in 0..8 {
                sum += term;
                let m = f64::from(k + 2 * j);
                term *= -y / ((m + 1.0) * (m + 2.0));
            }
            sum * s.powi(k as i32)
        };
        return [series(1), series(2), series(3)];
    }
    let root = beta.abs().sqrt();
    let (sine, half) = if beta > 0.0 {
        ((root * s).sin(), (0.5 * root * s).sin())
    } else {
        ((root * s).sinh(), (0.5 * root * s).sinh())
    };
    let first = sine / root;
    [first, 2.0 * half * half / beta.abs(), (s - first) / beta]
}

/// (x, w) after the time t, w = x′, in the plane of both; μ ≥ 0.
pub(super) fn kepler(mu: f64, t: f64, [x, y, p, q]: [f64; 4]) -> [f64; 4] {
    let r0 = x.hypot(y);
    if mu == 0.0 || r0 == 0.0 || t == 0.0 {
        return [x + t * p, y + t * q, p, q];
    }
    let (beta, eta) = (2.0 * mu / r0 - (p * p + q * q), x * p + y * q);
    let zeta = mu - beta * r0;
    let time = |s: f64| {
        let [g1, g2, g3] = functions(beta, s);
        (r0 * s + eta * g2 + zeta * g3, r0 + eta * g1 + zeta * g2)
    };
    // t increases with s: bracket it, then Newton inside the bracket
    let (mut low, mut high) = (0.0, t / r0);
    while (time(high).0 - t) * t.signum() < 0.0 {
        (low, high) = (high, 2.0 * high);
    }
    let mut s = 0.5 * (low + high);
    for step in 0..STEPS {
        let (now, slope) = time(s);
        if (now - t) * t.signum() < 0.0 {
            low = s
        } else {
            high = s
        }
        let newton = s - (now - t) / slope;
        let inside = (newton - low) * (newton - high) <= 0.0 && step % 8 < 6;
        let next = if inside { newton } else { 0.5 * (low + high) };
        let change = (next - s).abs();
        s = next;
        if change <= SETTLED * s.abs() {
            break;
        }
    }
    let [g1, g2, g3] = functions(beta, s);
    let r = r0 + eta * g1 + zeta * g2;
    let (f, g) = (1.0 - mu * g2 / r0, t - mu * g3);
    let (df, dg) = (-mu * g1 / (r0 * r), 1.0 - mu * g2 / r);
    [f * x + g * p, f * y + g * q, df * x + dg * p, df * y + dg * q]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn energy(mu: f64, z: [f64; 4]) -> f64 {
        0.5 * (z[2] * z[2] + z[3] * z[3]) - mu / z[0].hypot(z[1])
    }

    #[test]
    fn orbits_close_and_keep_what_they_must() {
        let mu = 1.7;
        // an ellipse after one period, and after ten
        let start = [1.2, 0.0, 0.3, 0.8];
        let a = -0.5 * mu / energy(mu, start);
        let period = std::f64::consts::TAU * (a.powi(3) / mu).sqrt();
        for turns in [1.0, 10.0, -3.0] {
            let end = kepler(mu, turns * period, start);
            for (a, b) in start.iter().zip(end) {
                assert!((a - b).abs() < 1e-11, "{turns}: {end:?}");
            }
        }
        // bound, parabolic, free; forth and back; nearly through the nucleus
        for start in [
            [1.2, 0.0, 0.3, 0.8],
            [1.0, 0.0, 0.0, (2.0 * mu).sqrt()],
            [0.4, 0.0, -3.0, 2.0],
            [1.0, 0.0, -0.5, 1e-6],
        ] {
            for t in [1e-3, 0.4, 3.0] {
                let end = kepler(mu, t, start);
                let momentum = |z: [f64; 4]| z[0] * z[3] - z[1] * z[2];
                assert!((momentum(end) - momentum(start)).abs() < 1e-11, "{start:?} {t}");
                let size = mu / end[0].hypot(end[1]);
                assert!((energy(mu, end) - energy(mu, start)).abs() < 1e-11 * (1.0 + size), "{start:?} {t}");
                let back = kepler(mu, -t, end);
                let off = start.iter().zip(back).map(|(a, b)| (a - b).abs()).fold(0.0_f64, f64::max);
                assert!(off < 1e-9, "{start:?} {t}: {off:e}");
            }
        }
    }

    /// Against small steps of the equation itself.
    #[test]
    fn the_flow_solves_its_equation() {
        let (mu, t, n) = (0.9, 0.7, 20_000);
        let mut z = [0.8, 0.0, -0.4, 0.7];
        let exact = kepler(mu, t, z);
        let tau = t / n as f64;
        for _ in 0..n {
            for (part, kick) in [(0.5, true), (1.0, false), (0.5, true)] {
                if kick {
                    let f = part * tau * mu / z[0].hypot(z[1]).powi(3);
                    (z[2], z[3]) = (z[2] - f * z[0], z[3] - f * z[1]);
                } else {
                    (z[0], z[1]) = (z[0] + part * tau * z[2], z[1] + part * tau * z[3]);
                }
            }
        }
        assert!(z.iter().zip(exact).all(|(a, b)| (a - b).abs() < 1e-8), "{z:?} {exact:?}");
    }
}
