//! The energy of closed shells, its commutator and the moments of ρ, by traces with the density matrices D_ℓ.
//!
//! E = gΣ(2ℓ+1)tr[(k_ℓ + V_ext + ½V∗ρ − ½x X_ℓ)D_ℓ],  ‖[h,ω]‖²_HS = gΣ(2ℓ+1)‖[h_ℓ,D_ℓ]‖²_HS.

use super::hamiltonian::{Block, Discretised, MeanField};

/// E and its parts, in the units of −ε²Δ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Energy {
    /// tr(−ε²Δ)ω.
    pub kinetic: f64,
    /// tr V_ext ω.
    pub external: f64,
    /// (N/2)∫(V∗ρ)ρ.
    pub direct: f64,
    /// −(g/2)Σ(2ℓ+1)⟨u|X_ℓ|u⟩, times x.
    pub exchange: f64,
}

impl Energy {
    /// E.
    pub fn total(&self) -> f64 {
        self.kinetic + self.external + self.direct + self.exchange
    }
}

impl Discretised {
    /// No particles, no field.
    pub(super) fn empty(&self) -> MeanField {
        let nothing: Vec<Block> = self.kinetic().iter().map(|t| vec![0.0; t.len()]).collect();
        MeanField { direct: nothing.clone(), exchange: nothing }
    }

    /// (g(2ℓ+1))^{1/2}[h_ℓ,D_ℓ], all channels one after the other, and ‖hω‖_HS.
    pub(super) fn commutators(&self, h: &[Block], density: &[Block]) -> (Vec<f64>, f64) {
        let n = self.functions().functions();
        let (mut all, mut size) = (Vec::new(), 0.0);
        for (l, (h, d)) in h.iter().zip(density).enumerate() {
            let m = self.problem().multiplicity(l).sqrt();
            let mut product = vec![0.0; n * n];
            for (line, h) in product.chunks_exact_mut(n).zip(h.chunks_exact(n)) {
                for (h, d) in h.iter().zip(d.chunks_exact(n)) {
                    line.iter_mut().zip(d).for_each(|(sum, d)| *sum += m * h * d);
                }
            }
            size += product.iter().map(|p| p * p).sum::<f64>();
            all.extend((0..n * n).map(|at| product[at] - product[at % n * n + at / n]));
        }
        (all, size.sqrt())
    }

    /// ∫ρ and ∫|x|²ρ.
    pub(super) fn moments(&self, density: &[Block]) -> (f64, f64) {
        let (panels, n) = (self.panels(), self.problem().n());
        let particles = self.particles_at(density);
        let moment = |power: i32| {
            let points = panels.radii().iter().zip(panels.weights()).zip(&particles);
            points.map(|((r, w), p)| w * p * r.powi(power)).sum::<f64>() / n
        };
        (moment(0), moment(2))
    }

    /// ∫ρ(x) sin(pr)/(pr) dx.
    pub(super) fn transform(&self, density: &[Block], p: f64) -> f64 {
        let (panels, n) = (self.panels(), self.problem().n());
        let particles = self.particles_at(density);
        let wave = |x: f64| if x < 1e-4 { 1.0 - x * x / 6.0 } else { x.sin() / x };
        let points = panels.radii().iter().zip(panels.weights()).zip(&particles);
        points.map(|((r, w), shell)| w * shell * wave(p * r)).sum::<f64>() / n
    }

    /// E of a state.
    pub(super) fn energy(&self, density: &[Block], field: &MeanField) -> Energy {
        let mean = |blocks: &[Block]| -> f64 {
            let channel = |(l, (a, d)): (usize, (&Block, &Block))| {
                self.problem().multiplicity(l) * a.iter().zip(d).map(|(a, d)| a * d).sum::<f64>()
            };
            blocks.iter().zip(density).enumerate().map(channel).sum()
        };
        Energy {
            kinetic: mean(self.kinetic()),
            external: mean(self.external()),
            direct: 0.5 * mean(&field.direct),
            exchange: -0.5 * self.problem().exchange() * mean(&field.exchange),
        }
    }
}
