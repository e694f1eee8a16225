//! The theorems of the literature: for which V, for which states, in which topology, with which exponent of ε.
//!
//! Only what a text says that was read is said here: an abstract, or the slides of the two talks; `read` names it. Exponents are those of
//! ε = ħ in a bound divided by N (trace norm, observables) or √N (Hilbert–Schmidt norm, L² of Wigner functions).

use crate::render::table::{Align::Left, Table};

/// What a theorem says of the rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Claimed {
    /// An exponent of ε, in words.
    Order(&'static str),
    /// There is a rate, and its exponent stands in no text that was read.
    Unread,
    /// Another limit than the one measured here; what it says of the rate.
    Elsewhere(&'static str),
}

impl Claimed {
    /// As a table prints it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Order(words) | Self::Elsewhere(words) => words,
            Self::Unread => "a rate; its exponent was not read",
        }
    }
}

/// One paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// Name in tables, e.g. `Saffirio 2019a`.
    pub key: &'static str,
    /// Authors, title, place.
    pub reference: &'static str,
    /// The limit.
    pub limit: &'static str,
    /// V.
    pub interaction: &'static str,
    /// Pure or mixed, how regular.
    pub state: &'static str,
    /// What the distance is.
    pub topology: &'static str,
    /// The exponent.
    pub claimed: Claimed,
    /// The text that was read.
    pub read: &'static str,
    /// The claims here that measure it.
    pub measured: &'static str,
}

const TO_VLASOV: &str = "Hartree → Vlasov";
const OTHER_LIMIT: &str = "— (another limit)";

/// Elgart, Erdős, Schlein and Yau.
pub const ELGART: Paper = Paper {
    key: "Elgart–Erdős–Schlein–Yau 2004",
    reference: "A. Elgart, L. Erdős, B. Schlein, H.-T. Yau, Nonlinear Hartree equation as the mean field limit of weakly coupled fermions, \
                math-ph/0311043",
    limit: "many-body → Hartree",
    interaction: "real analytic",
    state: "a general class, times t ≤ T",
    topology: "one-particle density matrices",
    claimed: Claimed::Elsewhere("1/N"),
    read: "abstract",
    measured: OTHER_LIMIT,
};

/// Athanassoulis, Paul, Pezzotti and Pulvirenti.
pub const ATHANASSOULIS: Paper = Paper {
    key: "Athanassoulis–Paul–Pezzotti–Pulvirenti 2011",
    reference: "A. Athanassoulis, T. Paul, F. Pezzotti, M. Pulvirenti, Strong semiclassical approximation of Wigner functions for the Hartree \
                dynamics, arXiv:1009.0470",
    limit: TO_VLASOV,
    interaction: "assumptions that were not read",
    state: "assumptions that were not read",
    topology: "L² of Wigner functions",
    claimed: Claimed::Order("2α/7, α a parameter of the data"),
    read: "abstract; the exponent as quoted in G16",
    measured: "K.1, beside",
};

/// Benedikter, Porta and Schlein.
pub const BENEDIKTER_PORTA_SCHLEIN: Paper = Paper {
    key: "Benedikter–Porta–Schlein 2013",
    reference: "N. Benedikter, M. Porta, B. Schlein, Mean-field evolution of fermionic systems, arXiv:1305.2768",
    limit: "many-body → Hartree–Fock",
    interaction: "regular",
    state: "close to a Slater determinant",
    topology: "one-particle density matrices",
    claimed: Claimed::Elsewhere("a rate in N; its exponent was not read"),
    read: "abstract",
    measured: OTHER_LIMIT,
};

/// Petrat.
pub const PETRAT: Paper = Paper {
    key: "Petrat 2014",
    reference: "S. Petrat, Derivation of mean-field dynamics for fermions, arXiv:1403.1519",
    limit: "many-body → Hartree",
    interaction: "|x|^(−s), 0 < s < 6/5, some of them cut off",
    state: "kinetic energy ≤ CN",
    topology: "not read",
    claimed: Claimed::Elsewhere("a rate in N; its exponent was not read"),
    read: "abstract",
    measured: OTHER_LIMIT,
};

/// Benedikter, Porta, Saffirio and Schlein.
pub const REGULAR: Paper = Paper {
    key: "Benedikter–Porta–Saffirio–Schlein 2016",
    reference: "N. Benedikter, M. Porta, C. Saffirio, B. Schlein, From the Hartree dynamics to the Vlasov equation, Arch. Ration. Mech. Anal. \
                221 (2016) 273–334, arXiv:1502.04230",
    limit: TO_VLASOV,
    interaction: "W^{2,∞}, or ∫|V̂|(1+|p|²)dp < ∞, or ∫|V̂|(1+|p|³)dp < ∞",
    state: "mixed, W_N ∈ H⁵₄, or H²₄, or W^{1,1}; pure ones in the last",
    topology: "trace norm; Hilbert–Schmidt norm; e^{ip·x+εq·∇}",
    claimed: Claimed::Order("1; 1; 1"),
    read: "abstract; the exponents in G16",
    measured: "K.1, G16.T1, G16.T2, G16.T3",
};

/// Porta, Rademacher, Saffirio and Schlein.
pub const PORTA: Paper = Paper {
    key: "Porta–Rademacher–Saffirio–Schlein 2016",
    reference: "M. Porta, S. Rademacher, C. Saffirio, B. Schlein, Mean field evolution of fermions with Coulomb interaction, arXiv:1608.05268",
    limit: "many-body → Hartree–Fock",
    interaction: "Coulomb",
    state: "close to a Slater determinant, under a condition on the Hartree–Fock solution",
    topology: "not read",
    claimed: Claimed::Elsewhere("convergence"),
    read: "abstract",
    measured: OTHER_LIMIT,
};

/// Golse and Paul.
pub const GOLSE_PAUL: Paper = Paper {
    key: "Golse–Paul 2017",
    reference: "F. Golse, T. Paul, The Schrödinger equation in the mean-field and semiclassical regime, Arch. Ration. Mech. Anal. 223 (2017) \
                57–94, arXiv:1510.06681",
    limit: "Hartree → Vlasov, many-body → Vlasov",
    interaction: "∇V Lipschitz",
    state: "density operators",
    topology: "a quantum Monge–Kantorovich distance of exponent 2; W₂ between Husimi functions and classical densities",
    claimed: Claimed::Unread,
    read: "abstract",
    measured: "K.1, beside: W₂ of marginals",
};

/// Lafleche.
pub const LAFLECHE: Paper = Paper {
    key: "Lafleche 2019",
    reference: "L. Lafleche, Propagation of moments and semiclassical limit from Hartree to Vlasov equation, J. Stat. Phys. 177 (2019) 20–60, \
                arXiv:1809.04544",
    limit: TO_VLASOV,
    interaction: "singular, Coulomb included",
    state: "velocity moments, weighted Schatten norms",
    topology: "the distance of Golse and Paul",
    claimed: Claimed::Unread,
    read: "abstract; the distance as said in arXiv:2401.05773",
    measured: "— (no distance of this kind in R³)",
};

/// Saffirio, inverse powers.
pub const INVERSE_POWER: Paper = Paper {
    key: "Saffirio 2019a",
    reference: "C. Saffirio, Semiclassical limit to the Vlasov equation with inverse power law potentials, arXiv:1903.06001",
    limit: TO_VLASOV,
    interaction: "|x|^(−α), 0 < α < 1/2",
    state: "mixed, W_N ∈ H⁶₄, moments",
    topology: "trace norm; Hilbert–Schmidt norm",
    claimed: Claimed::Order("11/12 − α/2 in trace norm"),
    read: "abstract; the exponent in L19",
    measured: "K.1, L19.T1",
};

/// Saffirio, Coulomb.
pub const COULOMB: Paper = Paper {
    key: "Saffirio 2019b",
    reference: "C. Saffirio, From the Hartree equation to the Vlasov–Poisson system: strong convergence for a class of mixed states, \
                arXiv:1903.06013",
    limit: TO_VLASOV,
    interaction: "±1/|x|",
    state: "mixed, a special class: condition (iv) of L19.T2",
    topology: "trace norm",
    claimed: Claimed::Order("1"),
    read: "abstract; the exponent in L19",
    measured: "K.1 (own), L19.T2",
};

/// Lafleche and Saffirio.
pub const SCHATTEN: Paper = Paper {
    key: "Lafleche–Saffirio 2020",
    reference: "L. Lafleche, C. Saffirio, Strong semiclassical limit from Hartree and Hartree–Fock to Vlasov–Poisson equations, Analysis & PDE, \
                arXiv:2003.02926",
    limit: "Hartree, Hartree–Fock → Vlasov",
    interaction: "singular, ±1/|x| included",
    state: "mixed, in some Sobolev space, any fixed time",
    topology: "Schatten norms, L² of Wigner functions among them",
    claimed: Claimed::Order("every θ < 3/4 in L² for ±1/|x|"),
    read: "abstract; the exponent as quoted in the abstract of arXiv:2203.11485",
    measured: "K.1 (own)",
};

/// Chong, Lafleche and Saffirio, many-body.
pub const MANY_BODY: Paper = Paper {
    key: "Chong–Lafleche–Saffirio 2021",
    reference: "J. J. Chong, L. Lafleche, C. Saffirio, From many-body quantum dynamics to the Hartree–Fock and Vlasov equations with singular \
                potentials, arXiv:2103.10946",
    limit: "many-body → Hartree–Fock, Vlasov",
    interaction: "±|x|^(−a), 0 < a ≤ 1",
    state: "mixed; small times or a cutoff for a ≥ 1/2",
    topology: "Schatten norms",
    claimed: Claimed::Elsewhere("a rate; its exponent was not read"),
    read: "abstract",
    measured: OTHER_LIMIT,
};

/// Chong, Lafleche and Saffirio, L².
pub const SQUARE_ROOTS: Paper = Paper {
    key: "Chong–Lafleche–Saffirio 2023",
    reference: "J. J. Chong, L. Lafleche, C. Saffirio, On the L² rate of convergence in the limit from the Hartree to the Vlasov–Poisson \
                equation, J. Éc. polytech. Math. 10 (2023) 703 ff., arXiv:2203.11485",
    limit: TO_VLASOV,
    interaction: "±1/|x|",
    state: "mixed",
    topology: "L² of Wigner functions",
    claimed: Claimed::Order("1"),
    read: "abstract",
    measured: "K.1 (own)",
};

/// Every paper, by year.
pub const PAPERS: [Paper; 13] = [
    ELGART,
    ATHANASSOULIS,
    BENEDIKTER_PORTA_SCHLEIN,
    PETRAT,
    REGULAR,
    PORTA,
    GOLSE_PAUL,
    LAFLECHE,
    INVERSE_POWER,
    COULOMB,
    SCHATTEN,
    MANY_BODY,
    SQUARE_ROOTS,
];

/// The table of docs/literature.md.
pub fn table() -> Table<7> {
    let heads = ["paper", "limit", "V", "state", "topology", "exponent of ε", "measured by"];
    let mut table = Table::new("", heads.map(|head| (head, Left)));
    for p in PAPERS {
        let cells = [p.key, p.limit, p.interaction, p.state, p.topology, p.claimed.words(), p.measured];
        table.push(cells.map(str::to_owned));
    }
    table
}

/// The references of docs/literature.md, with the text that was read of each.
pub fn references() -> String {
    PAPERS.iter().map(|p| format!("- **{}**: {}. Read: {}.\n", p.key, p.reference, p.read)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::table::Format;

    const PAGE: &str = include_str!("../../docs/literature.md");

    #[test]
    fn the_page_says_what_is_known_here() {
        let (table, references) = (table().print(Format::Markdown), references());
        assert!(PAGE.contains(&table), "docs/literature.md must contain\n{table}");
        assert!(PAGE.contains(&references), "docs/literature.md must contain\n{references}");
    }

    #[test]
    fn keys_are_names() {
        for (at, paper) in PAPERS.iter().enumerate() {
            assert!(PAPERS[..at].iter().all(|other| other.key != paper.key));
        }
    }
}
