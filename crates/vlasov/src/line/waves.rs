//! w e^{imθ}, m = 0, 1, 2, …, of several points side by side: none of the recurrences waits for another.

use num_complex::Complex64;

/// Points side by side.
pub(super) const LANES: usize = 8;

/// Waves of L points, turned by e^{iθ} from one m to the next.
pub(super) struct Waves<const L: usize> {
    re: [f64; L],
    im: [f64; L],
    cosine: [f64; L],
    sine: [f64; L],
}

impl<const L: usize> Waves<L> {
    /// At m = 0.
    pub(super) fn new(w: [Complex64; L], turn: [Complex64; L]) -> Self {
        Self {
            re: w.map(|w| w.re),
            im: w.map(|w| w.im),
            cosine: turn.map(|z| z.re),
            sine: turn.map(|z| z.im),
        }
    }

    /// From m to m + 1.
    pub(super) fn turn(&mut self) {
        for l in 0..L {
            let re = self.re[l] * self.cosine[l] - self.im[l] * self.sine[l];
            self.im[l] = self.re[l] * self.sine[l] + self.im[l] * self.cosine[l];
            self.re[l] = re;
        }
    }

    /// Re c·w of each.
    pub(super) fn real_part_of(&self, c: Complex64, sums: &mut [f64; L]) {
        for l in 0..L {
            sums[l] += c.re * self.re[l] - c.im * self.im[l];
        }
    }
}

impl Waves<LANES> {
    /// The sum of all.
    pub(super) fn sum(&self) -> Complex64 {
        let sum = |w: &[f64; LANES]| ((w[0] + w[4]) + (w[2] + w[6])) + ((w[1] + w[5]) + (w[3] + w[7]));
        Complex64::new(sum(&self.re), sum(&self.im))
    }
}

/// The first LANES of some numbers, and nothing for those there are not.
pub(super) fn lanes<T: Copy + Default>(values: &[T]) -> [T; LANES] {
    std::array::from_fn(|l| values.get(l).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_turn_one_by_one() {
        let angles = lanes(&[0.3, -1.2, 2.0]);
        let mut waves = Waves::new(lanes(&[Complex64::ONE; 3]), angles.map(Complex64::cis));
        for m in 0..50 {
            let slow: Complex64 = angles[..3].iter().map(|a| Complex64::cis(f64::from(m) * a)).sum();
            assert!((waves.sum() - slow).norm() < 1e-13, "{m}");
            waves.turn();
        }
    }
}
