//! Orbitals on the points of another axis: inside their own box the trigonometric polynomials that they are, and 0 outside it,
//!
//! φ(x) = Σ_i φ(x_i)D(x − x_i),  D(r) = sin(πr/Δ)/(n tan(πr/L)) for an even n.

use std::f64::consts::PI;

use num_complex::Complex64;
use operators::product_with_adjoint;
use phase_space::line::Axis;

use super::orbital_error::OrbitalError;
use super::orbitals::Orbitals;

/// Points closer than this part of the box are the same.
const SAME: f64 = 1e-14;

impl Orbitals {
    /// The same state on another axis.
    ///
    /// # Errors
    /// An axis that does not hold or resolve the orbitals, which shows in |⟨φ_j|φ_k⟩ − δ_jk| > 10⁻¹⁰.
    pub fn on(&self, axis: &Axis) -> Result<Self, OrbitalError> {
        let mut values = self.values_on(axis);
        for (phi, f) in values.chunks_exact_mut(axis.len()).zip(self.occupations()) {
            phi.iter_mut().for_each(|z| *z /= f.sqrt());
        }
        Self::mixed(axis, self.scaling(), self.occupations().to_vec(), values)
    }

    /// `[j·n_x + i] = √f_j φ_j(x_i)` at the points of another axis, which need not hold or resolve them.
    pub fn values_on(&self, axis: &Axis) -> Vec<Complex64> {
        let (n, points) = (self.axis().len(), axis.len());
        let weights: Vec<Complex64> = (0..points).flat_map(|i| weights(self.axis(), axis.point(i))).collect();
        let mut values = vec![Complex64::ZERO; self.rank() * points];
        product_with_adjoint(self.values(), &weights, n, &mut values);
        values
    }
}

/// D(x − x_i), i = 0..n; 0 outside the box.
fn weights(axis: &Axis, x: f64) -> Vec<Complex64> {
    let (n, from) = (axis.len(), axis.start());
    // its end is its beginning
    let reach = SAME * axis.length();
    if x < from - reach || x > from + axis.length() - reach {
        return vec![Complex64::ZERO; n];
    }
    let weight = |i: usize| {
        let r = x - axis.point(i);
        let turns = r / axis.length();
        if (turns - turns.round()).abs() < SAME {
            return Complex64::ONE;
        }
        Complex64::from((PI * r / axis.spacing()).sin() / (n as f64 * (PI * turns).tan()))
    };
    (0..n).map(weight).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use phase_space::Scaling;

    fn sea(length: f64, points: usize) -> Orbitals {
        let axis = Axis::new(0.0, length, points).unwrap();
        Orbitals::oscillator_sea(&axis, Scaling::line(0.125).unwrap(), 1.0).unwrap()
    }

    fn largest(a: &Orbitals, b: &Orbitals) -> f64 {
        a.values().iter().zip(b.values()).map(|(a, b)| (a - b).norm()).fold(0.0, f64::max)
    }

    /// The Hermite functions themselves, on finer and coarser points, in larger and smaller boxes.
    #[test]
    fn the_sea_is_the_sea_on_every_axis_that_holds_it() {
        let narrow = sea(7.0, 72);
        for (length, points) in [(7.0, 144), (9.0, 80), (6.4, 90), (7.0, 72)] {
            let there = sea(length, points);
            assert!(largest(&narrow.on(there.axis()).unwrap(), &there) < 1e-8, "{length} {points}");
        }
        let beyond = Axis::new(20.0, 4.0, 16).unwrap();
        assert!(narrow.values_on(&beyond).iter().all(|z| *z == Complex64::ZERO));
        assert!(matches!(narrow.on(&beyond), Err(OrbitalError::NotOrthonormal { .. })));
    }

    #[test]
    fn coarse_points_do_not_resolve_it() {
        let (fine, coarse) = (sea(7.0, 72), Axis::new(0.0, 7.0, 16).unwrap());
        assert!(matches!(fine.on(&coarse), Err(OrbitalError::NotOrthonormal { .. })));
    }
}
