//! Comoving frames: r = b(t)ξ, in which a Gaussian that spreads, falls or swings stands still.
//!
//! With b̈ = a²/b³ − cb (Ermakov's equation), b(0) = 1, ḃ(0) = β and the clock ds = dt/b² the canonical map
//!
//! ```math
//! x = b\,\xi, \qquad v = \frac{\eta}{b} + \frac{\dot b}{2}\,\xi
//! ```
//!
//! turns `$\dot x = 2v$`, `$\dot v = -\nabla U(x)$` into `$\xi' = 2\eta$`,
//! `$\eta' = -\nabla_\xi\big[\tfrac14a^2\xi^2 + b^2U(b\xi) - \tfrac14cb^4\xi^2\big]$`, the prime being `$d/ds$`. If U is ¼cr², what is left is an oscillator
//! that does not depend on time. On the quantum side the map is the unitary
//!
//! ```math
//! \psi(x,t) = b^{-3/2}\,e^{i\dot b x^2/(4\varepsilon b)}\,\phi(x/b,s),
//! ```
//!
//! so that trace norms, Hilbert–Schmidt norms and spectra are the same in both frames.

use std::f64::consts::PI;

use thiserror::Error;

/// b² = x₁² + x₂², x₁ = C + βS, x₂ = aS with C = cos Ωt, S = sin Ωt/Ω, Ω² = c of any sign; s = arg(x₁ + ix₂)/a.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComovingFrame {
    oscillator: f64,
    expansion: f64,
    curvature: f64,
}

/// Why a frame was refused.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[error("a comoving frame needs a > 0 and finite β and c, not a = {a}, β = {beta}, c = {c}")]
pub struct FrameError {
    /// a.
    pub a: f64,
    /// β.
    pub beta: f64,
    /// c.
    pub c: f64,
}

impl ComovingFrame {
    /// The frame with b̈ = a²/b³ − cb, b(0) = 1, ḃ(0) = β. For W₀ of widths σ_x, σ_v and chirp κ in a field U ≈ ¼cr²: a = 2σ_v/σ_x, β = 2κ.
    ///
    /// # Errors
    /// [`FrameError`]: a ≤ 0, or a number that is not finite.
    pub fn new(a: f64, beta: f64, c: f64) -> Result<Self, FrameError> {
        if a > 0.0 && a.is_finite() && beta.is_finite() && c.is_finite() {
            Ok(Self { oscillator: a, expansion: beta, curvature: c })
        } else {
            Err(FrameError { a, beta, c })
        }
    }

    /// b = 1: the laboratory's own frame; a only fixes the oscillator ¼a²ξ² about which one expands.
    ///
    /// # Errors
    /// [`FrameError`]: a ≤ 0 or not finite.
    pub fn at_rest(a: f64) -> Result<Self, FrameError> {
        Self::new(a, 0.0, a * a)
    }

    /// a: −ε²Δ + ¼a²ξ² is the oscillator of the frame.
    pub fn oscillator(&self) -> f64 {
        self.oscillator
    }

    /// c.
    pub fn curvature(&self) -> f64 {
        self.curvature
    }

    /// ḃ(0) = β.
    pub fn expansion(&self) -> f64 {
        self.expansion
    }

    /// (C, S) at time t.
    fn fundamental(&self, t: f64) -> (f64, f64) {
        let omega = self.curvature.abs().sqrt();
        if omega == 0.0 {
            (1.0, t)
        } else if self.curvature > 0.0 {
            ((omega * t).cos(), (omega * t).sin() / omega)
        } else {
            ((omega * t).cosh(), (omega * t).sinh() / omega)
        }
    }

    /// (b, ḃ) at time t.
    pub fn scale(&self, t: f64) -> (f64, f64) {
        let (c, s) = self.fundamental(t);
        // Ċ = −cS, Ṡ = C
        let (x1, x2) = (c + self.expansion * s, self.oscillator * s);
        let (v1, v2) = (self.expansion * c - self.curvature * s, self.oscillator * c);
        let b = x1.hypot(x2);
        (b, (x1 * v1 + x2 * v2) / b)
    }

    /// The half period π/Ω of c > 0, in which x₁ + ix₂ turns by π; ∞ otherwise.
    fn half_period(&self) -> f64 {
        if self.curvature > 0.0 { PI / self.curvature.sqrt() } else { f64::INFINITY }
    }

    /// s(t) = ∫₀^t dt/b², t ≥ 0.
    pub fn clock(&self, t: f64) -> f64 {
        let turns = (t / self.half_period()).floor().max(0.0);
        let rest = if turns > 0.0 { t - turns * self.half_period() } else { t };
        let (c, s) = self.fundamental(rest);
        (turns * PI + (self.oscillator * s).atan2(c + self.expansion * s)) / self.oscillator
    }

    /// t(s), the inverse of [`Self::clock`], s ≥ 0.
    pub fn time(&self, clock: f64) -> f64 {
        let angle = self.oscillator * clock;
        let turns = (angle / PI).floor().max(0.0);
        let (sine, cosine) = (angle - turns * PI).sin_cos();
        // (C, S) up to a common factor
        let (s, c) = (sine / self.oscillator, cosine - self.expansion * sine / self.oscillator);
        let omega = self.curvature.abs().sqrt();
        if omega == 0.0 {
            s / c
        } else if self.curvature > 0.0 {
            turns * self.half_period() + (omega * s).atan2(c) / omega
        } else {
            (omega * s / c).atanh() / omega
        }
    }

    /// (r, v_r, v_t) at time t of the point (ξ, η_r, η_t) of the frame.
    pub fn to_laboratory(&self, t: f64, [xi, eta_r, eta_t]: [f64; 3]) -> [f64; 3] {
        let (b, speed) = self.scale(t);
        [b * xi, eta_r / b + 0.5 * speed * xi, eta_t / b]
    }

    /// (ξ, η_r, η_t) at time t of the point (r, v_r, v_t).
    pub fn from_laboratory(&self, t: f64, [r, v_r, v_t]: [f64; 3]) -> [f64; 3] {
        let (b, speed) = self.scale(t);
        [r / b, b * v_r - 0.5 * speed * r, b * v_t]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames() -> Vec<ComovingFrame> {
        [(2.0, 0.0, 0.0), (1.4, -0.6, 0.0), (0.7, 0.3, 5.0), (1.1, 0.4, -2.0), (1.3, 0.0, 1.69)]
            .into_iter()
            .map(|(a, beta, c)| ComovingFrame::new(a, beta, c).unwrap())
            .collect()
    }

    #[test]
    fn the_scale_solves_ermakovs_equation_and_the_clock_its_own() {
        let h = 1e-3;
        for frame in frames() {
            let b = |t: f64| frame.scale(t).0;
            assert_eq!((b(0.0), frame.scale(0.0).1), (1.0, frame.expansion));
            for t in [0.2, 0.9, 2.3, 4.1] {
                let speed = (b(t + h) - b(t - h)) / (2.0 * h);
                assert!((speed - frame.scale(t).1).abs() < 1e-4 * (1.0 + speed.abs()), "{frame:?} {t}");
                let curved = (b(t + h) - 2.0 * b(t) + b(t - h)) / (h * h);
                let exact = frame.oscillator.powi(2) / b(t).powi(3) - frame.curvature * b(t);
                assert!(
                    (curved - exact).abs() < 2e-4 * (1.0 + exact.abs()),
                    "{frame:?} {t}: {curved} {exact}"
                );
                let rate = (frame.clock(t + h) - frame.clock(t - h)) / (2.0 * h);
                assert!((rate * b(t).powi(2) - 1.0).abs() < 1e-4, "{frame:?} {t}");
            }
        }
    }

    #[test]
    fn the_clock_runs_on_and_is_inverted() {
        for frame in frames() {
            let mut last = 0.0;
            for k in 1..60 {
                let t = 0.1 * f64::from(k);
                let s = frame.clock(t);
                assert!(s > last, "{frame:?} {t}");
                assert!((frame.time(s) - t).abs() < 1e-9 * (1.0 + t), "{frame:?} {t}: {}", frame.time(s));
                last = s;
            }
        }
    }

    #[test]
    fn the_map_is_canonical_and_an_oscillator_about_itself_rests() {
        let rest = ComovingFrame::at_rest(1.3).unwrap();
        assert!((rest.scale(3.3).0 - 1.0).abs() < 1e-15 && rest.scale(3.3).1.abs() < 1e-15);
        assert!((rest.clock(5.0) - 5.0).abs() < 1e-14);
        let frame = frames()[2];
        let point = [1.3, -0.4, 0.8];
        let back = frame.from_laboratory(0.7, frame.to_laboratory(0.7, point));
        assert!(back.iter().zip(point).all(|(a, b)| (a - b).abs() < 1e-14));
        // |x × v| is the same in both frames
        let [r, _, v_t] = frame.to_laboratory(0.7, point);
        assert!((r * v_t - 1.3 * 0.8).abs() < 1e-14);
    }

    #[test]
    fn frames_are_checked_at_the_door() {
        assert!(ComovingFrame::new(0.0, 0.0, 1.0).is_err());
        assert!(ComovingFrame::new(1.0, f64::NAN, 1.0).is_err());
    }
}
