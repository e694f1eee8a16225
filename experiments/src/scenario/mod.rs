//! A scenario: one pair (ω_t, ω̃_t) to be measured along a ladder of ε, written by a user as a TOML file.
//!
//! ```toml
//! name = "two-bumps"
//! dimension = 1
//! epsilon = [0.125, 0.0625, 0.03125]          # strictly decreasing, in (0, 1]
//! times = [0.25, 0.5, 1.0]                    # strictly increasing, positive
//! quantities = ["trace", "hilbert-schmidt", "wigner-l1", "density-l1", "observables"]
//!
//! [interaction]
//! kind = "gaussian"                           # V(x) = strength·exp(−x²/(2 width²))
//! strength = 1.0
//! width = 1.0
//!
//! [initial]
//! kind = "gaussian-mixture"
//! components = [{ weight = 1.0, x = 0.0, v = 0.0, sigma_x = 1.2, sigma_v = 0.9 }]
//! ```
//!
//! With `dimension = 3` the state is rotation-invariant: components have `x = v = 0`, which may be left out, a power has
//! 0 < alpha ≤ 1, the quantities are trace, hilbert-schmidt and density-l1, and there is one more initial state:
//!
//! ```toml
//! [interaction]
//! kind = "power"                              # gravity, V(x) = −15/|x|
//! strength = -15.0
//! alpha = 1.0
//!
//! [initial]
//! kind = "plummer"                            # the steady state of this gravity
//! scale = 1.53
//! ```
//!
//! A pure state on the line: N = 1/ε fermions in the Hartree–Fock ground state of a trap, which is switched off at t = 0. Its `quantities`
//! are the observables alone:
//!
//! ```toml
//! [initial]
//! kind = "trap-ground-state"
//! trap = 1.0                                  # s of V_ext = s²x²
//! ```
//!
//! What is read here is neutral data: numbers and names, checked at the door, without a grid and without a solver
//! setting. Whatever is wrong is refused with a [`ScenarioError`] that points at the file, the line and the key.

mod error;
mod initial;
mod interaction;
mod ladder;
mod origin;
mod section;

pub use error::{Place, ScenarioError};
pub use initial::{Component, InitialSpec};
pub use interaction::InteractionSpec;
pub use ladder::Quantity;
pub use origin::Origin;

use section::Section;
use toml::de::DeTable;

/// A user's scenario, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Name, fit for a file name: letters, digits, `.`, `_`, `-`, at most 64 of them, the first a letter or a digit.
    pub name: String,
    /// d: 1 is the line, 3 rotation-invariant R³.
    pub dimension: u32,
    /// The ladder of ε, strictly decreasing in (0, 1]; N = ε^(−d).
    pub epsilon: Vec<f64>,
    /// The times t > 0, strictly increasing.
    pub times: Vec<f64>,
    /// What is measured on (ω_t, ω̃_t), each once.
    pub quantities: Vec<Quantity>,
    /// V.
    pub interaction: InteractionSpec,
    /// W_0.
    pub initial: InitialSpec,
    /// The text that the scenario was read from; empty for one that a program composed.
    pub origin: Origin,
}

const KEYS: [&str; 7] = ["name", "dimension", "epsilon", "times", "quantities", "interaction", "initial"];

impl Scenario {
    /// Reads and checks a scenario; `file_name` is only named in messages.
    ///
    /// # Errors
    /// [`ScenarioError`] for the first thing that is wrong: not TOML, an unknown or missing key, a wrong type, a
    /// number out of its range or not finite, a kind that is unknown or not available yet.
    pub fn parse(text: &str, file_name: &str) -> Result<Self, ScenarioError> {
        let mut origin = Origin::new(text, file_name);
        let document = DeTable::parse(text).map_err(|error| ScenarioError::syntax(&origin, &error))?;
        let root = Section::root(&origin, document.get_ref(), &KEYS)?;
        let name = ladder::name(&root)?;
        let dimension = ladder::dimension(&root)?;
        let (epsilon, spans) = ladder::epsilon(&root)?;
        let times = ladder::times(&root)?;
        let quantities = ladder::quantities(&root)?;
        let interaction = interaction::read(&root.section("interaction")?, dimension)?;
        let initial = initial::read(&root.section("initial")?, dimension, &interaction)?;
        if matches!(initial, InitialSpec::TrapGroundState { .. }) {
            ladder::of_determinants(&root, dimension)?;
        }
        origin.epsilon_spans = spans;
        Ok(Self { name, dimension, epsilon, times, quantities, interaction, initial, origin })
    }

    /// Everything that what is measured depends on, to the last digit, whatever the file looks like.
    pub fn content(&self) -> String {
        let Self { name, dimension, epsilon, times, quantities, interaction, initial, origin: _ } = self;
        format!("{name:?} {dimension} {epsilon:?} {times:?} {quantities:?} {interaction:?} {initial:?}")
    }

    /// The refusal of rung `rung` (an index into `epsilon`) whose Weyl matrix would need more memory than is allowed for
    /// one matrix; it points at the value of ε in the file.
    pub fn matrix_too_large(&self, rung: usize, needed_gib: f64, allowed_gib: f64) -> ScenarioError {
        let (epsilon, place) = self.rung(rung);
        ScenarioError::MatrixTooLarge { epsilon, needed_gib, allowed_gib, place }
    }

    /// The same for the channels of angular momentum at one ε.
    pub fn channels_too_large(&self, rung: usize, needed_gib: f64, allowed_gib: f64) -> ScenarioError {
        let (epsilon, place) = self.rung(rung);
        ScenarioError::ChannelsTooLarge { epsilon, needed_gib, allowed_gib, place }
    }

    /// The refusal of a state in dimension 3 that falls too slowly; it points at the initial state.
    pub fn too_wide(&self, tail: f64, reach: f64, widths: f64) -> ScenarioError {
        ScenarioError::Tail { tail, reach, widths, place: Box::new(self.initial_place()) }
    }

    /// ε of a rung, and where it stands in the file.
    fn rung(&self, rung: usize) -> (f64, Box<Place>) {
        let span = self.origin.epsilon_spans.get(rung).cloned().unwrap_or(0..0);
        let place = self.origin.place(&format!("epsilon[{rung}]"), span);
        (self.epsilon.get(rung).copied().unwrap_or(f64::NAN), Box::new(place))
    }

    /// The refusal of a phase-space grid that would need more memory than there is; it points at the initial state.
    pub fn grid_too_large(&self, needed_gib: f64, available_gib: f64) -> ScenarioError {
        ScenarioError::GridTooLarge { needed_gib, available_gib, place: Box::new(self.initial_place()) }
    }

    /// The refusal of a phase-space grid of `n_x` × `n_v` points, where `most` are admitted; it points at the initial
    /// state.
    pub fn grid_too_fine(&self, n_x: usize, n_v: usize, most: usize) -> ScenarioError {
        ScenarioError::GridTooFine { n_x, n_v, most, place: Box::new(self.initial_place()) }
    }

    fn initial_place(&self) -> Place {
        let table = "[initial]";
        let span = self.origin.text.find(table).map_or(0..0, |start| start..start + table.len());
        self.origin.place("initial", span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_BUMPS: &str = r#"
name = "two-bumps"
dimension = 1
epsilon = [0.125, 0.0625, 0.03125]
times = [0.25, 1]
quantities = ["trace", "observables"]
[interaction]
kind = "gaussian"
strength = -1.0
width = 2
[initial]
kind = "gaussian-mixture"
components = [
  { weight = 0.5, x = -1.0, v = 0.5, sigma_x = 1.2, sigma_v = 0.9 },
  { weight = 0.5, x = 1.0, v = -0.5, sigma_x = 1.2, sigma_v = 0.9, chirp = 0.1 },
]
"#;

    #[test]
    fn a_good_scenario_is_read_to_the_last_digit() {
        let scenario = Scenario::parse(TWO_BUMPS, "two-bumps.toml").unwrap();
        assert_eq!(scenario.name, "two-bumps");
        assert_eq!(scenario.epsilon, [0.125, 0.0625, 0.03125]);
        assert_eq!(scenario.times, [0.25, 1.0]);
        assert_eq!(scenario.quantities, [Quantity::Trace, Quantity::Observables]);
        assert_eq!(scenario.interaction, InteractionSpec::Gaussian { strength: -1.0, width: 2.0 });
        let InitialSpec::GaussianMixture { components } = &scenario.initial else { panic!("a mixture") };
        assert_eq!(components[0].chirp, 0.0);
        assert_eq!(components[1].chirp, 0.1);
    }

    #[test]
    fn every_kind_available_now_is_read() {
        let (head, _) = TWO_BUMPS.split_once("[interaction]").unwrap();
        for (interaction, initial) in [
            ("kind = \"none\"", "kind = \"fermi-dirac\"\ntemperature = 0.2"),
            ("kind = \"bump\"\nstrength = 1\nwidth = 1.5", "kind = \"radial-bump\"\nbeta = 3"),
            ("kind = \"quadratic\"\nstrength = 1", "kind = \"radial-bump\"\nbeta = 2.5"),
        ] {
            let text = format!("{head}[interaction]\n{interaction}\n[initial]\n{initial}\n");
            Scenario::parse(&text, "s.toml").unwrap();
        }
    }

    #[test]
    fn pure_states_have_observables_in_smooth_fields_and_whole_numbers_of_particles() {
        let text = |quantity: &str, eps: f64, interaction: &str| {
            format!(
                "name = \"s\"\ndimension = 1\nepsilon = [{eps}]\ntimes = [1]\nquantities = [\"{quantity}\"]\n\
                 [interaction]\n{interaction}\n[initial]\nkind = \"trap-ground-state\"\ntrap = 1.5\n"
            )
        };
        let (smooth, singular) =
            ("kind = \"gaussian\"\nstrength = 1\nwidth = 1", "kind = \"power\"\nstrength = 1\nalpha = 0.3");
        let read = |text: String| Scenario::parse(&text, "s.toml");
        let good = read(text("observables", 0.125, smooth)).unwrap();
        assert_eq!(good.initial, InitialSpec::TrapGroundState { trap: 1.5 });
        for (bad, key) in [
            (text("trace", 0.125, smooth), "quantities[0]"),
            (text("observables", 0.3, smooth), "epsilon[0]"),
            (text("observables", 0.125, singular), "initial.kind"),
        ] {
            assert_eq!(read(bad).unwrap_err().place().key, key);
        }
    }

    #[test]
    fn every_kind_of_dimension_three_is_read() {
        let head = "name = \"s\"\ndimension = 3\nepsilon = [0.5]\ntimes = [1]\nquantities = [\"density-l1\"]";
        let centred = "kind = \"gaussian-mixture\"\ncomponents = [{ weight = 1, sigma_x = 1, sigma_v = 1.1, chirp = 0.2 }]";
        for (interaction, initial) in [
            ("kind = \"power\"\nstrength = 1\nalpha = 1", centred),
            ("kind = \"power\"\nstrength = -1\nalpha = 0.25", centred),
            ("kind = \"gaussian\"\nstrength = 1\nwidth = 1", centred),
            ("kind = \"power\"\nstrength = -15\nalpha = 1", "kind = \"plummer\"\nscale = 1.53"),
        ] {
            let text = format!("{head}\n[interaction]\n{interaction}\n[initial]\n{initial}\n");
            let scenario = Scenario::parse(&text, "s.toml").unwrap();
            assert_eq!((scenario.dimension, scenario.quantities[0]), (3, Quantity::DensityL1));
        }
    }

    #[test]
    fn a_matrix_too_large_points_at_the_value_of_epsilon() {
        let scenario = Scenario::parse(TWO_BUMPS, "two-bumps.toml").unwrap();
        let ScenarioError::MatrixTooLarge { place, epsilon, .. } = scenario.matrix_too_large(2, 80.0, 12.0)
        else {
            panic!("too large")
        };
        assert_eq!(epsilon, 0.03125);
        assert_eq!(&TWO_BUMPS[place.span.clone()], "0.03125");
        assert_eq!(place.line, 4);
    }
}
