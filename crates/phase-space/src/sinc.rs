//! sin(z)/z at equidistant places.

/// values\[j−1\] += weight·sin(jy)/(jy), j = 1, 2, …, by sin((j+1)y) = 2cos y sin(jy) − sin((j−1)y).
pub fn sinc_multiples(y: f64, weight: f64, values: &mut [f64]) {
    if y.abs() < 1e-7 {
        // sin(z)/z = 1 − z²/6 + …
        for (j, value) in values.iter_mut().enumerate() {
            *value += weight * (1.0 - ((j + 1) as f64 * y).powi(2) / 6.0);
        }
        return;
    }
    let (sine, cosine) = y.sin_cos();
    let (mut before, mut wave) = (0.0, sine);
    for (j, value) in values.iter_mut().enumerate() {
        *value += weight * wave / ((j + 1) as f64 * y);
        (before, wave) = (wave, 2.0 * cosine * wave - before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_those_of_the_library() {
        for y in [0.0, 1e-9, 3e-4, 0.7, 2.9, 40.0] {
            let mut values = vec![0.5; 24];
            sinc_multiples(y, 2.0, &mut values);
            for (j, value) in values.iter().enumerate() {
                let z = (j + 1) as f64 * y;
                let exact = 0.5 + 2.0 * if z == 0.0 { 1.0 } else { z.sin() / z };
                assert!((value - exact).abs() < 1e-11, "{y} {j}");
            }
        }
    }
}
