//! sin(z)/z at equidistant places.

/// Σ_i m_i sin(jy_i)/(jy_i), j = 1, …, J, by sin((j+1)y) = 2cos y sin(jy) − sin((j−1)y).
#[derive(Clone, Debug)]
pub struct SincSums {
    /// j times the sums.
    sums: Vec<f64>,
}

impl SincSums {
    /// Nothing yet, for J = `count`.
    pub fn new(count: usize) -> Self {
        Self { sums: vec![0.0; count] }
    }

    /// Adds m·sin(jy)/(jy).
    pub fn add(&mut self, y: f64, m: f64) {
        if y.abs() < 1e-7 {
            // sin(jy)/y = j(1 − (jy)²/6 + …)
            for (j, sum) in self.sums.iter_mut().enumerate() {
                let j = (j + 1) as f64;
                *sum += m * j * (1.0 - (j * y).powi(2) / 6.0);
            }
            return;
        }
        let (sine, cosine) = y.sin_cos();
        let (scale, mut before, mut wave) = (m / y, 0.0, sine);
        for sum in &mut self.sums {
            *sum += scale * wave;
            (before, wave) = (wave, 2.0 * cosine * wave - before);
        }
    }

    /// The sums.
    pub fn values(&self) -> Vec<f64> {
        self.sums.iter().enumerate().map(|(j, sum)| sum / (j + 1) as f64).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_those_of_the_library() {
        for y in [0.0, 1e-9, 3e-4, 0.7, 2.9, 40.0] {
            let mut sums = SincSums::new(24);
            sums.add(0.3, 0.5);
            sums.add(y, 2.0);
            for (j, value) in sums.values().iter().enumerate() {
                let z = (j + 1) as f64 * y;
                let sinc = |z: f64| if z == 0.0 { 1.0 } else { z.sin() / z };
                let exact = 0.5 * sinc(0.3 * (j + 1) as f64) + 2.0 * sinc(z);
                assert!((value - exact).abs() < 1e-11, "{y} {j}");
            }
        }
    }
}
