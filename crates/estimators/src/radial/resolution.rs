//! How finely both dynamics are resolved, and the coarser variants that measure the error.

use vlasov::radial::Settings;

/// A discretisation of both dynamics, the same for every ε; radii and angular momenta follow from ε.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolution {
    /// W below this fraction of sup W is outside the box.
    pub tail: f64,
    /// Largest step of the frame's clock, times the frame's a.
    pub step: f64,
    /// Eigenvalues of ω_N up to this are left out of Hartree.
    pub threshold: f64,
    /// The energies kept, as a fraction of those of the box.
    pub cutoff: f64,
    /// Fineness of the tables of W̃, 1 for an interpolation to about 10⁻⁸; the errors fall with its eighth power.
    pub table: f64,
    /// The ε at which the errors of the tables and of Vlasov are measured: they are those of one symbol, the same for every ε up to ε².
    pub probe: f64,
    /// Spacing of the density in Vlasov, in widths of the state.
    pub spacing: f64,
    /// Vlasov on [0, 1]; [`Self::vlasov_until`] another time.
    pub vlasov: Settings,
}

/// Chebyshev nodes of the field on the shortest of times.
const NODES: usize = 7;

impl Resolution {
    /// For tr|ω−ω̃|/N to some 10⁻⁸.
    pub fn fine() -> Self {
        Self {
            tail: 1e-10,
            step: 0.5,
            threshold: 3e-12,
            cutoff: 1.02,
            table: 1.15,
            probe: 0.25,
            spacing: 0.3,
            vlasov: Settings {
                nodes: 19,
                steps: 6,
                shells: 18,
                angles: 16,
                tolerance: 1e-11,
                ..Settings::default()
            },
        }
    }

    /// For tr|ω−ω̃|/N to about 10⁻⁶: short ladders, controls.
    pub fn quick() -> Self {
        let fine = Self::fine();
        Self {
            tail: 1e-9,
            threshold: 1e-11,
            cutoff: 1.0,
            table: 0.85,
            probe: 0.4,
            spacing: 0.34,
            vlasov: Settings { nodes: 17, steps: 5, shells: 17, angles: 14, tolerance: 1e-10, ..fine.vlasov },
            ..fine
        }
    }

    /// Steps of the clock from s to s′ in a frame with this a.
    pub fn steps(&self, oscillator: f64, clock: f64) -> usize {
        ((oscillator * clock / self.step - 1e-9).ceil() as usize).max(1)
    }

    /// Vlasov on [0, t]: nodes of its field and steps of its characteristics in proportion to the time.
    pub fn vlasov_until(&self, t: f64) -> Settings {
        let one = self.vlasov;
        let in_proportion = |many: usize| (many as f64 * t - 1e-9).ceil() as usize;
        Settings {
            nodes: NODES + in_proportion(one.nodes - NODES),
            steps: in_proportion(one.steps).max(2),
            ..one
        }
    }

    /// The same with less of everything.
    pub fn coarse_vlasov_until(&self, t: f64) -> Settings {
        let fine = self.vlasov_until(t);
        Settings {
            nodes: (fine.nodes - 2).min(fine.nodes * 4 / 5),
            steps: (fine.steps * 2 / 3).max(1),
            shells: fine.shells * 5 / 6,
            angles: fine.angles * 5 / 6,
            tolerance: 10.0 * fine.tolerance,
            ..fine
        }
    }
}
