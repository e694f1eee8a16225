//! From channels back to phase space.
#![allow(clippy::unwrap_used)]

use std::f64::consts::TAU;

use num_complex::Complex64;
use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};
use semiclassical_transforms::weyl::radial::{
    GaussianTerm, GaussianVariables, RadialWeylVariables, kernel, weyl_channels,
};
use semiclassical_transforms::wigner::radial::{RadialSlice, SliceExtent, weyl_variables};

/// Two widths, each with a chirp.
const TERMS: [GaussianTerm; 2] = [
    GaussianTerm { weight: 0.6, sigma_x: 1.1, sigma_v: 1.2, chirp: 0.3 },
    GaussianTerm { weight: 0.4, sigma_x: 0.8, sigma_v: 1.6, chirp: -0.2 },
];
const SPEED: f64 = 10.0;

fn variables() -> GaussianVariables {
    GaussianVariables::new(TERMS.to_vec()).unwrap()
}

/// W(r, v_r, v_t).
fn wigner(r: f64, v: f64, w: f64) -> f64 {
    let value = |t: &GaussianTerm| {
        let square = (r / t.sigma_x).powi(2) + ((v - t.chirp * r).powi(2) + w * w) / t.sigma_v.powi(2);
        t.weight * (-0.5 * square).exp() / (TAU * t.sigma_x * t.sigma_v).powi(3)
    };
    TERMS.iter().map(value).sum()
}

fn channels(eps: f64, momenta: &AngularMomenta) -> Channels {
    let grid = RadialGrid::resolving(8.0, eps, SPEED).unwrap();
    weyl_channels(&variables(), &Scaling::new(3, eps).unwrap(), &grid, momenta).unwrap()
}

#[test]
fn quantisation_and_back_is_the_identity() {
    for eps in [0.5, 0.25, 0.125] {
        let momenta = AngularMomenta::sparse(eps, (30.0 / eps) as usize).unwrap();
        let omega = channels(eps, &momenta);
        let extent = SliceExtent { reach: variables().reach(), speed: SPEED };
        let (v, w) = ([-3.0, -0.4, 0.0, 1.1, 2.5], [0.0, 0.6, 1.9]);
        let slice = RadialSlice::new(extent, &v, &w);
        let nodes = slice.nodes();
        let radii = [0.05, 0.7, 1.6, 3.1];
        let points: Vec<_> = radii.iter().flat_map(|&r| nodes.iter().map(move |&(a, b)| (r, a, b))).collect();
        let f = weyl_variables(&omega, eps, &points);
        let exact = |&(r, a, b): &(f64, f64, f64)| {
            let variables = variables();
            variables.value(r, a, b) * Complex64::cis(variables.chirp() * r * a)
        };
        let largest = exact(&(0.0, 0.0, 0.0)).norm();
        let off = f.iter().zip(&points).map(|(f, at)| (f - exact(at)).norm()).fold(0.0_f64, f64::max);
        assert!(off < 2e-6 * largest, "ε = {eps}: F off by {:.1e}", off / largest);
        let height = wigner(0.0, 0.0, 0.0);
        for (r, values) in radii.iter().zip(slice.wigner_at_radii(radii.len(), &f)) {
            for (at, value) in values.iter().enumerate() {
                let off = (value - wigner(*r, v[at / w.len()], w[at % w.len()])).abs();
                assert!(off < 1e-6 * height, "ε = {eps}, r = {r}: W off by {:.1e}", off / height);
            }
        }
    }
}

/// At two points of the grid F is the sum over ℓ itself.
#[test]
fn at_the_points_of_the_grid_nothing_is_interpolated() {
    let eps = 0.5;
    let omega = channels(eps, &AngularMomenta::full(60));
    let grid = *omega.grid();
    let (i, j, theta) = (14_usize, 11_usize, 0.3_f64);
    let (r, s) = (grid.point(i), grid.point(j));
    // X and Y of two vectors of these lengths at this angle
    let (sum, difference) = (r * r + s * s, 2.0 * r * s * theta.cos());
    let (radius, y) = (0.5 * (sum + difference).sqrt(), (sum - difference).sqrt() / eps);
    let along = (r * r - s * s) / (2.0 * eps * radius);
    let across = (y * y - along * along).sqrt();
    let slow = kernel(&omega, i, j, theta) * eps.powi(3);
    let fast = weyl_variables(&omega, eps, &[(radius, along, across)])[0];
    assert!((fast - slow).norm() < 1e-13 && slow.norm() > 1e-3, "{fast} {slow}");
}
