//! Colours: the Okabe–Ito palette for curves, one sequential and one diverging map for fields.

/// Black of lines and text.
pub const INK: &str = "#1a1a1a";
/// Grey of guides and secondary text.
pub const GREY: &str = "#6b6b6b";

/// Okabe and Ito's palette, safe for the colour-blind; yellow is left out, it does not carry on white.
pub const PALETTE: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

/// Last level of a map: an eight-bit palette holds 255 colours and [`NO_NUMBER`].
pub const LEVELS: u8 = 254;
/// Grey of a cell without a number, beside both maps.
pub const NO_NUMBER: [u8; 3] = [0xb4; 3];

/// Viridis at s ∈ [0, 1], as a polynomial of degree six in s for each of red, green, blue.
pub fn sequential(s: f64) -> [u8; 3] {
    const C: [[f64; 3]; 7] = [
        [0.277_727_3, 0.005_407_3, 0.334_099_8],
        [0.105_093_0, 1.404_613_5, 1.384_590_2],
        [-0.330_861_8, 0.214_847_6, 0.095_095_2],
        [-4.634_230_5, -5.799_101_0, -19.332_441_0],
        [6.228_269_9, 14.179_933_4, 56.690_552_6],
        [4.776_385_0, -13.745_145_4, -65.353_032_6],
        [-5.435_455_9, 4.645_852_6, 26.312_435_2],
    ];
    std::array::from_fn(|k| byte(C.iter().rev().fold(0.0, |sum, c| sum * s + c[k])))
}

/// Blue – white – red at s ∈ [0, 1], white at 1/2: the eleven anchors of ColorBrewer's RdBu, linear between them.
pub fn diverging(s: f64) -> [u8; 3] {
    const ANCHORS: [[u8; 3]; 11] = [
        [0x05, 0x30, 0x61],
        [0x21, 0x66, 0xac],
        [0x43, 0x93, 0xc3],
        [0x92, 0xc5, 0xde],
        [0xd1, 0xe5, 0xf0],
        [0xf7, 0xf7, 0xf7],
        [0xfd, 0xdb, 0xc7],
        [0xf4, 0xa5, 0x82],
        [0xd6, 0x60, 0x4d],
        [0xb2, 0x18, 0x2b],
        [0x67, 0x00, 0x1f],
    ];
    let position = s.clamp(0.0, 1.0) * 10.0;
    let i = (position.floor() as usize).min(9);
    let f = position - i as f64;
    std::array::from_fn(|k| {
        byte(((1.0 - f) * f64::from(ANCHORS[i][k]) + f * f64::from(ANCHORS[i + 1][k])) / 255.0)
    })
}

fn byte(x: f64) -> u8 {
    (255.0 * x.clamp(0.0, 1.0)).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lightness(c: [u8; 3]) -> f64 {
        0.2126 * f64::from(c[0]) + 0.7152 * f64::from(c[1]) + 0.0722 * f64::from(c[2])
    }

    #[test]
    fn the_sequential_map_grows_lighter() {
        let steps: Vec<f64> = (0..=50).map(|i| lightness(sequential(f64::from(i) / 50.0))).collect();
        assert!(steps.windows(2).all(|w| w[1] > w[0]));
    }

    #[test]
    fn the_diverging_map_is_white_in_the_middle_and_darkens_to_both_ends() {
        assert_eq!(diverging(0.5), [0xf7; 3]);
        for i in 0..25 {
            let (near, far) = (0.02 * f64::from(i), 0.02 * f64::from(i + 1));
            assert!(lightness(diverging(0.5 - near)) > lightness(diverging(0.5 - far)));
            assert!(lightness(diverging(0.5 + near)) > lightness(diverging(0.5 + far)));
        }
    }
}
