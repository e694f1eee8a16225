//! W_0 as a user writes it.

use super::error::ScenarioError;
use super::interaction::{InteractionSpec, kind};
use super::section::Section;

/// The initial state W_0 of a scenario, ∬W_0 = 1.
#[derive(Clone, Debug, PartialEq)]
pub enum InitialSpec {
    /// `gaussian-mixture`: a sum of Gaussians.
    GaussianMixture {
        /// The components; their weights sum to 1.
        components: Vec<Component>,
    },
    /// `fermi-dirac`: W ∝ 1/(1+exp((|x|²+|v|²−μ)/T)), μ from ∬W = 1, height (2π)^(−d).
    FermiDirac {
        /// T > 0.
        temperature: f64,
    },
    /// `radial-bump`: (1−|z|²/2)₊^β normalised, z = (x,v).
    RadialBump {
        /// β > 0.
        beta: f64,
    },
    /// `plummer`: the steady state of gravity, of the strength of the interaction.
    Plummer {
        /// a > 0.
        scale: f64,
    },
    /// `cat`: a sum of Gaussians and c·y^(−s)·cos(y·v)·exp(−(x²+v²)/(2 width²))/2π with y = kappa·ε^(−theta), over the mass of both.
    Cat {
        /// The components; their weights sum to 1.
        components: Vec<Component>,
        /// The oscillation.
        oscillation: Oscillation,
    },
    /// `trap-ground-state`: the Hartree–Fock ground state of N = ε^{−d} fermions in V_ext = s²|x|² and the interaction, released at t = 0.
    TrapGroundState {
        /// s > 0.
        trap: f64,
    },
}

/// One Gaussian: x ~ x₀ + σ_x ξ, v ~ v₀ + chirp·(x−x₀) + σ_v η, of mass `weight`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Component {
    /// Mass, > 0.
    pub weight: f64,
    /// x₀.
    pub x: f64,
    /// v₀.
    pub v: f64,
    /// σ_x > 0.
    pub sigma_x: f64,
    /// σ_v > 0.
    pub sigma_v: f64,
    /// Slope of the mean velocity in x; 0 where absent.
    pub chirp: f64,
}

/// c·y^(−s)·cos(y·v)·exp(−(x²+v²)/(2 width²))/2π, y = kappa·ε^(−theta).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oscillation {
    /// c.
    pub c: f64,
    /// s ≥ 0.
    pub s: f64,
    /// κ > 0.
    pub kappa: f64,
    /// θ ≥ 0.
    pub theta: f64,
    /// w > 0.
    pub width: f64,
}

impl Oscillation {
    /// y at ε.
    pub fn frequency(&self, eps: f64) -> f64 {
        self.kappa * eps.powf(-self.theta)
    }

    /// c·y^(−s) at ε.
    pub fn amplitude(&self, eps: f64) -> f64 {
        self.c * self.frequency(eps).powf(-self.s)
    }
}

/// Kinds that are available and kinds that are not yet: on the line, in R³.
const ON_THE_LINE: (&[&str], &[&str]) =
    (&["gaussian-mixture", "fermi-dirac", "radial-bump", CAT, TRAPPED], &[]);
const IN_SPACE: (&[&str], &[&str]) =
    (&["gaussian-mixture", PLUMMER, TRAPPED], &["fermi-dirac", "radial-bump", CAT]);
const PLUMMER: &str = "plummer";
const CAT: &str = "cat";
const TRAPPED: &str = "trap-ground-state";
const COMPONENT: [&str; 6] = ["weight", "x", "v", "sigma_x", "sigma_v", "chirp"];
const WEIGHT_TOLERANCE: f64 = 1e-9;

/// Reads `[initial]`.
pub(super) fn read(
    section: &Section<'_>,
    dimension: u32,
    interaction: &InteractionSpec,
) -> Result<InitialSpec, ScenarioError> {
    let (available, later) = if dimension == 1 { ON_THE_LINE } else { IN_SPACE };
    let word = section.word("kind")?;
    if dimension == 1 && word.value == PLUMMER {
        let allowed = format!("available in dimension 1: {}", available.join(", "));
        return Err(section.refuse(&word, "Plummer's sphere lives in dimension 3", allowed));
    }
    match kind(section, available, later, dimension)?.as_str() {
        "gaussian-mixture" => {
            section.only(&["kind", "components"])?;
            Ok(InitialSpec::GaussianMixture { components: components(section, dimension)? })
        }
        "fermi-dirac" => {
            section.only(&["kind", "temperature"])?;
            Ok(InitialSpec::FermiDirac { temperature: section.positive("temperature")? })
        }
        PLUMMER => {
            section.only(&["kind", "scale"])?;
            steady(section, interaction)?;
            Ok(InitialSpec::Plummer { scale: section.positive("scale")? })
        }
        CAT => {
            section.only(&["kind", "components", "c", "s", "kappa", "theta", "width"])?;
            let oscillation = Oscillation {
                c: section.number("c")?.value,
                s: not_negative(section, "s")?,
                kappa: section.positive("kappa")?,
                theta: not_negative(section, "theta")?,
                width: section.positive("width")?,
            };
            Ok(InitialSpec::Cat { components: components(section, dimension)?, oscillation })
        }
        TRAPPED => {
            section.only(&["kind", "trap"])?;
            with_modes(section, interaction)?;
            Ok(InitialSpec::TrapGroundState { trap: section.positive("trap")? })
        }
        _ => {
            section.only(&["kind", "beta"])?;
            Ok(InitialSpec::RadialBump { beta: section.positive("beta")? })
        }
    }
}

fn not_negative(section: &Section<'_>, key: &str) -> Result<f64, ScenarioError> {
    let number = section.number(key)?;
    if number.value >= 0.0 {
        return Ok(number.value);
    }
    Err(section.refuse(
        &number,
        format!("{key} = {} is negative", number.value),
        format!("allowed: {key} ≥ 0"),
    ))
}

/// Plummer's sphere is steady under gravity alone, of which it takes the strength.
fn steady(section: &Section<'_>, interaction: &InteractionSpec) -> Result<(), ScenarioError> {
    if matches!(interaction, InteractionSpec::Power { strength, alpha } if *strength < 0.0 && *alpha == 1.0) {
        return Ok(());
    }
    let problem =
        "Plummer's sphere is steady under gravity alone, and takes its strength from the interaction";
    let allowed = "allowed with `plummer`: an interaction of kind \"power\" with alpha = 1 and strength < 0";
    Err(section.refuse(&section.word("kind")?, problem, allowed))
}

/// Pure states are pushed forward in a field of few modes.
fn with_modes(section: &Section<'_>, interaction: &InteractionSpec) -> Result<(), ScenarioError> {
    if matches!(interaction, InteractionSpec::Gaussian { .. } | InteractionSpec::None) {
        return Ok(());
    }
    let problem = "a ground state is released into smooth fields alone";
    let allowed = "allowed with `trap-ground-state`: an interaction of kind \"gaussian\" or \"none\"";
    Err(section.refuse(&section.word("kind")?, problem, allowed))
}

fn components(section: &Section<'_>, dimension: u32) -> Result<Vec<Component>, ScenarioError> {
    let tables = section.sections("components")?;
    let components = tables.value.iter().map(|table| component(table, dimension));
    let components: Vec<Component> = components.collect::<Result<_, _>>()?;
    let total: f64 = components.iter().map(|component| component.weight).sum();
    if (total - 1.0).abs() <= WEIGHT_TOLERANCE {
        return Ok(components);
    }
    let problem = format!("the weights sum to {total}");
    Err(section.refuse(
        &tables,
        problem,
        format!("allowed: weights > 0 that sum to 1 (to {WEIGHT_TOLERANCE:e})"),
    ))
}

fn component(table: &Section<'_>, dimension: u32) -> Result<Component, ScenarioError> {
    table.only(&COMPONENT)?;
    let [x, v] = match dimension {
        1 => [table.number("x")?.value, table.number("v")?.value],
        _ => [centred(table, "x")?, centred(table, "v")?],
    };
    Ok(Component {
        weight: table.positive("weight")?,
        x,
        v,
        sigma_x: table.positive("sigma_x")?,
        sigma_v: table.positive("sigma_v")?,
        chirp: table.number_or("chirp", 0.0)?.value,
    })
}

/// In R³ only the rotation-invariant component, x₀ = v₀ = 0, is allowed.
fn centred(table: &Section<'_>, key: &str) -> Result<f64, ScenarioError> {
    let number = table.number_or(key, 0.0)?;
    if number.value == 0.0 {
        return Ok(0.0);
    }
    let problem = format!("{key} = {} breaks rotation invariance", number.value);
    Err(table.refuse(&number, problem, format!("allowed in dimension 3: {key} = 0")))
}

#[cfg(test)]
mod tests {
    use super::super::origin::Origin;
    use super::*;
    use toml::de::DeTable;

    fn read_components(text: &str, dimension: u32) -> Result<Vec<Component>, ScenarioError> {
        let origin = Origin::new(text, "s.toml");
        let document = DeTable::parse(text).unwrap();
        let root = Section::root(&origin, document.get_ref(), &["components"])?;
        components(&root, dimension)
    }

    #[test]
    fn in_three_dimensions_only_centred_components_are_allowed() {
        let off = "components = [{ weight = 1, x = 0.5, v = 0, sigma_x = 1, sigma_v = 1 }]";
        let centred = "components = [{ weight = 1, x = 0, v = 0, sigma_x = 1, sigma_v = 1 }]";
        assert!(read_components(off, 1).is_ok());
        assert!(read_components(centred, 3).is_ok());
        let refusal = read_components(off, 3).unwrap_err();
        assert_eq!(refusal.place().key, "components[0].x");
        assert_eq!(&off[refusal.place().span.clone()], "0.5");
    }

    #[test]
    fn a_cat_follows_its_law_and_lives_on_the_line() {
        let text = |s: f64| {
            format!(
                "kind = \"cat\"\ncomponents = [{{ weight = 1, x = 0, v = 0, sigma_x = 1, sigma_v = 1 }}]\nc = 4\ns = {s}\nkappa = 2\ntheta = 0.5\nwidth = 0.7"
            )
        };
        let read_as = |text: &str, dimension: u32| {
            let origin = Origin::new(text, "s.toml");
            let document = DeTable::parse(text).unwrap();
            let keys = ["kind", "components", "c", "s", "kappa", "theta", "width"];
            read(&Section::root(&origin, document.get_ref(), &keys)?, dimension, &InteractionSpec::None)
        };
        let InitialSpec::Cat { oscillation, .. } = read_as(&text(2.0), 1).unwrap() else { panic!("a cat") };
        assert_eq!((oscillation.frequency(0.25), oscillation.amplitude(0.25)), (4.0, 0.25));
        assert_eq!(read_as(&text(-1.0), 1).unwrap_err().place().key, "s");
        assert_eq!(read_as(&text(2.0), 3).unwrap_err().place().key, "kind");
    }

    #[test]
    fn weights_sum_to_one_to_rounding_only() {
        let with =
            |w: f64| format!("components = [{{ weight = {w:?}, x = 0, v = 0, sigma_x = 1, sigma_v = 1 }}]");
        assert!(read_components(&with(1.0 + 1e-12), 1).is_ok());
        assert!(read_components(&with(1.0 + 1e-6), 1).is_err());
    }
}
