//! E/N of trapped ground states against N, and the level that it tends to.

use estimators::Estimate;

use crate::record::{Curve, Exhibit};

/// E/N of one size: N, Hartree, Hartree–Fock.
pub struct PerParticle {
    /// N.
    pub n: usize,
    /// E/N without exchange.
    pub hartree: Estimate,
    /// E/N with it.
    pub fock: Estimate,
}

/// The level's ends, as a factor of the smallest and of the largest N.
const BEYOND: f64 = 1.25;

/// The figure `name`: both energies with their errors against N, and E_TF as a horizontal line.
pub fn energy_per_particle(
    name: String,
    title: String,
    energies: &[PerParticle],
    limit: &Estimate,
) -> Exhibit {
    let curve = |label: &str, of: fn(&PerParticle) -> Estimate| {
        let point = |at: &PerParticle| [at.n as f64, of(at).value, of(at).error];
        Curve { label: label.into(), points: energies.iter().map(point).collect(), guide: false }
    };
    // it reaches beyond the ladder, so that it is seen where Hartree lies on it
    let ends =
        [energies.first().map(|at| at.n as f64 / BEYOND), energies.last().map(|at| at.n as f64 * BEYOND)];
    let level = ends.into_iter().flatten().map(|n| [n, limit.value, 0.0]).collect();
    Exhibit::Curves {
        name,
        title,
        x_label: "N".into(),
        y_label: "E/N".into(),
        log_x: true,
        log_y: false,
        curves: vec![
            curve("Hartree", |at| at.hartree),
            curve("Hartree–Fock", |at| at.fock),
            Curve { label: "Thomas–Fermi".into(), points: level, guide: true },
        ],
    }
}
