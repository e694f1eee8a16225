//! Aufbau: the lowest levels of all channels are filled, each with g(2ℓ+1) particles, until N is reached.

use super::error::GroundStateError;

/// Two levels closer than this fraction are one level: hydrogen's 2s and 2p. The smaller ℓ is filled first.
pub(super) const DEGENERATE: f64 = 1e-9;

/// How many shells of each ℓ are full, the lowest of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Configuration {
    shells: Vec<usize>,
}

impl Configuration {
    /// The shells `shells[ℓ]` of each ℓ.
    pub fn new(shells: Vec<usize>) -> Self {
        Self { shells }
    }

    /// The number of full shells of ℓ.
    pub fn shells(&self, l: usize) -> usize {
        self.shells.get(l).copied().unwrap_or(0)
    }

    /// Σ_ℓ g(2ℓ+1)·(shells of ℓ).
    pub fn particles(&self, degeneracy: usize) -> usize {
        self.shells.iter().enumerate().map(|(l, n)| degeneracy * (2 * l + 1) * n).sum()
    }

    /// The largest ℓ of a full shell.
    pub fn last(&self) -> usize {
        self.shells.iter().rposition(|n| *n > 0).unwrap_or(0)
    }
}

/// Full shells, and what is left for the next one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Filling {
    pub(super) full: Configuration,
    /// The next shell's ℓ and the share of it that is full; `None` where N closes a shell.
    pub(super) open: Option<(usize, f64)>,
    filled: usize,
}

impl Filling {
    /// The configuration of N particles.
    pub(super) fn closed(self, degeneracy: usize, n: usize) -> Result<Configuration, GroundStateError> {
        match self.open {
            None => Ok(self.full),
            Some((l, _)) => {
                let (below, above) = (self.filled, self.filled + degeneracy * (2 * l + 1));
                Err(GroundStateError::NotClosed { n, below, above })
            }
        }
    }
}

/// The filling of `levels[ℓ]`, ascending in each ℓ, by N particles.
pub(super) fn aufbau(levels: &[Vec<f64>], degeneracy: usize, n: usize) -> Result<Filling, GroundStateError> {
    let mut shells = vec![0; levels.len()];
    let mut filled = 0;
    while filled < n {
        let next = |l: usize| levels[l].get(shells[l]).copied();
        let lowest = (0..levels.len()).filter_map(next).fold(f64::INFINITY, f64::min);
        let same = |l: &usize| next(*l).is_some_and(|e| e - lowest <= DEGENERATE * lowest.abs());
        let Some(l) = (0..levels.len()).find(same) else {
            return Err(GroundStateError::TooFewStates { n, states: filled });
        };
        let room = degeneracy * (2 * l + 1);
        if filled + room > n {
            let open = Some((l, (n - filled) as f64 / room as f64));
            return Ok(Filling { full: Configuration { shells }, open, filled });
        }
        shells[l] += 1;
        filled += room;
    }
    Ok(Filling { full: Configuration { shells }, open: None, filled })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn hydrogen() -> Vec<Vec<f64>> {
        (0..3).map(|l| (l + 1..6).map(|n| -0.5 / (n * n) as f64).collect()).collect()
    }

    #[test]
    fn shells_close_where_they_do() {
        let filled = |n| aufbau(&hydrogen(), 2, n).and_then(|filling| filling.closed(2, n));
        assert_eq!(filled(2).unwrap(), Configuration::new(vec![1, 0, 0]));
        assert_eq!(filled(4).unwrap(), Configuration::new(vec![2, 0, 0]));
        assert_eq!(filled(10).unwrap(), Configuration::new(vec![2, 1, 0]));
        assert_eq!(filled(28).unwrap().last(), 2);
        assert_eq!(filled(7), Err(GroundStateError::NotClosed { n: 7, below: 4, above: 10 }));
        assert_eq!(aufbau(&hydrogen(), 2, 7).unwrap().open, Some((1, 0.5)));
        assert!(matches!(filled(1000), Err(GroundStateError::TooFewStates { n: 1000, .. })));
        assert_eq!(filled(10).unwrap().particles(2), 10);
    }
}
