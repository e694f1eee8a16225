//! z ↦ z e^{iθ} for many angles at a time.

use std::f64::consts::FRAC_2_PI;

use num_complex::Complex64;

/// Angles of one block.
const BLOCK: usize = 8;

/// Up to this |θ| the multiples of π/2 are taken off exactly.
const LARGEST: f64 = 1e5;

/// π/2 in parts of 33 bits: their products with numbers below 2²⁰ are exact.
const HALF_PI: [f64; 3] = [1.570_796_326_734_125_6, 6.077_100_506_303_966e-11, 2.022_266_248_711_166_5e-21];

/// Added and taken off again, rounds to an integer, which stands in the last bits of the sum.
const ROUNDING: f64 = 6_755_399_441_055_744.0;

/// (sin x − x)/x³ and (cos x − 1 + x²/2)/x⁴ on |x| ≤ π/4 in powers of x²: the polynomials of fdlibm, below 2⁻⁵⁷.
const SINE: [f64; 6] = [
    -1.666_666_666_666_663_2e-1,
    8.333_333_333_322_49e-3,
    -1.984_126_982_985_795e-4,
    2.755_731_370_707_006_8e-6,
    -2.505_076_025_340_686_3e-8,
    1.589_690_995_211_55e-10,
];
const COSINE: [f64; 6] = [
    4.166_666_666_666_66e-2,
    -1.388_888_888_887_411e-3,
    2.480_158_728_947_673e-5,
    -2.755_731_435_139_066_3e-7,
    2.087_572_321_298_175e-9,
    -1.135_964_755_778_819_5e-11,
];

/// z_k ← z_k e^{iτm_k}, within two roundings of what the library's sine and cosine give; each z_k depends on τm_k alone.
///
/// # Panics
/// If z and m have different lengths.
pub fn turn(z: &mut [Complex64], tau: f64, m: &[f64]) {
    assert_eq!(z.len(), m.len(), "each number has its angle");
    let moderate = m.iter().fold(true, |all, m| all & ((tau * m).abs() <= LARGEST));
    if !moderate {
        z.iter_mut().zip(m).for_each(|(z, m)| *z *= Complex64::cis(tau * m));
        return;
    }
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the feature was detected in the line above.
        unsafe { turn_avx2(z, tau, m) };
        return;
    }
    turn_all(z, tau, m);
}

/// [`turn_all`] compiled for AVX2: the same operations, four at a time, and so the same bits.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn turn_avx2(z: &mut [Complex64], tau: f64, m: &[f64]) {
    turn_all(z, tau, m);
}

#[inline(always)]
fn turn_all(z: &mut [Complex64], tau: f64, m: &[f64]) {
    let (blocks, rest) = m.as_chunks::<BLOCK>();
    let (z_blocks, z_rest) = z.as_chunks_mut::<BLOCK>();
    for (z, m) in z_blocks.iter_mut().zip(blocks) {
        turn_block(z, &m.map(|m| tau * m));
    }
    let (mut last, mut angles) = ([Complex64::ZERO; BLOCK], [0.0; BLOCK]);
    last[..rest.len()].copy_from_slice(z_rest);
    angles.iter_mut().zip(rest).for_each(|(angle, m)| *angle = tau * m);
    turn_block(&mut last, &angles);
    z_rest.copy_from_slice(&last[..rest.len()]);
}

#[inline(always)]
fn turn_block(z: &mut [Complex64; BLOCK], angles: &[f64; BLOCK]) {
    let (mut cosines, mut sines) = ([0.0; BLOCK], [0.0; BLOCK]);
    for k in 0..BLOCK {
        (cosines[k], sines[k]) = cosine_and_sine(angles[k]);
    }
    for k in 0..BLOCK {
        let Complex64 { re, im } = z[k];
        z[k] = Complex64::new(re * cosines[k] - im * sines[k], re * sines[k] + im * cosines[k]);
    }
}

/// (cos θ, sin θ), |θ| ≤ 10⁵, without a branch: θ = x + qπ/2, |x| ≤ π/4, by Cody and Waite's subtractions.
#[inline(always)]
fn cosine_and_sine(theta: f64) -> (f64, f64) {
    let rounded = theta * FRAC_2_PI + ROUNDING;
    let quarter = rounded.to_bits();
    let q = rounded - ROUNDING;
    let x = ((theta - q * HALF_PI[0]) - q * HALF_PI[1]) - q * HALF_PI[2];
    let square = x * x;
    let series = |c: &[f64; 6]| {
        c[0] + square * (c[1] + square * (c[2] + square * (c[3] + square * (c[4] + square * c[5]))))
    };
    let sine = x + x * square * series(&SINE);
    let half = 0.5 * square;
    let most = 1.0 - half;
    let cosine = most + (((1.0 - most) - half) + square * square * series(&COSINE));
    // odd quarters exchange the two; the second bit of q, and of q + 1, is the sign
    let exchange = 0u64.wrapping_sub(quarter & 1);
    let (c, s) = (cosine.to_bits(), sine.to_bits());
    let (c, s) = ((c & !exchange) | (s & exchange), (s & !exchange) | (c & exchange));
    let sign = |quarter: u64| (quarter & 2) << 62;
    (f64::from_bits(c ^ sign(quarter.wrapping_add(1))), f64::from_bits(s ^ sign(quarter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Angles of both signs and all sizes, those beside multiples of π/4 among them.
    fn angles() -> Vec<f64> {
        let beside = (0..400).flat_map(|k| {
            let multiple = f64::from(k) * std::f64::consts::FRAC_PI_4;
            [multiple, multiple * (1.0 + 1e-15), multiple + 1e-9, -multiple]
        });
        let spread =
            (0..2000).map(|k| (0.01 * f64::from(k)).exp() * 1e-8 * if k % 3 == 0 { -1.0 } else { 1.0 });
        let large = (0..500).map(|k| 99_999.0 - 173.3 * f64::from(k));
        beside.chain(spread).chain(large).collect()
    }

    #[test]
    fn turned_numbers_are_those_of_the_library() {
        let m = angles();
        assert!(m.iter().any(|m| m.abs() > 9e4) && !m.len().is_multiple_of(BLOCK));
        for tau in [1.0, -0.37] {
            let mut z = vec![Complex64::ONE; m.len()];
            turn(&mut z, tau, &m);
            for (z, m) in z.iter().zip(&m) {
                let off = (z - Complex64::cis(tau * m)).norm();
                assert!(off < 3.0 * f64::EPSILON, "{m}: {off}");
            }
        }
    }

    #[test]
    fn small_angles_lose_no_digit() {
        for theta in [1e-300, 1e-20, 3e-9, 1e-3, 0.3] {
            let mut z = [Complex64::ONE];
            turn(&mut z, 1.0, &[theta]);
            assert!((z[0].im - theta.sin()).abs() <= 2.0 * f64::EPSILON * theta);
        }
    }

    #[test]
    fn the_widest_arithmetic_gives_the_bits_of_the_plain_one() {
        let m = angles();
        let start: Vec<Complex64> = m.iter().map(|m| Complex64::new(1.0 + m.sin(), m.cos())).collect();
        let (mut wide, mut plain) = (start.clone(), start);
        turn(&mut wide, 0.9, &m);
        turn_all(&mut plain, 0.9, &m);
        assert_eq!(wide, plain);
    }

    #[test]
    fn angles_beyond_the_range_are_left_to_the_library() {
        let mut z = [Complex64::ONE; 2];
        turn(&mut z, 1.0, &[1e9, 0.5]);
        assert_eq!(z, [Complex64::cis(1e9), Complex64::cis(0.5)]);
        turn(&mut z, 1.0, &[f64::NAN, 0.0]);
        assert!(z[0].is_nan() && !z[1].is_nan());
    }
}
