//! What can be wrong with orbitals, their ground state and their dynamics.

/// Why orbitals are refused, or a ground state was not found.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OrbitalError {
    /// The scaling of another dimension.
    #[error("the line has d = 1 and N = 1/ε, but the scaling was given for d = {0}")]
    Dimension(u32),
    /// Number of orbitals and 1/ε differ.
    #[error("ε = {eps} means N = {}, but {given} orbitals were given: choose ε = 1/N", 1.0 / eps)]
    Count {
        /// ε.
        eps: f64,
        /// Orbitals given.
        given: usize,
    },
    /// 1/ε is no integer.
    #[error("ε = {0} is not 1/N with an integer N: a determinant has a whole number of orbitals")]
    Fraction(f64),
    /// More orbitals than the axis has points.
    #[error("{n} orbitals do not fit on an axis of {points} points: at most {} do", points - 1)]
    Points {
        /// N.
        n: usize,
        /// Points of the axis.
        points: usize,
    },
    /// A number of values that is not N·n_x.
    #[error("{given} values are not {n} orbitals on {points} points")]
    Shape {
        /// N.
        n: usize,
        /// Points of the axis.
        points: usize,
        /// Values given.
        given: usize,
    },
    /// A value that is not finite.
    #[error("orbital {orbital} is not finite at x = {x}")]
    NotFinite {
        /// Index j of the orbital.
        orbital: usize,
        /// Position.
        x: f64,
    },
    /// ⟨φ_j|φ_k⟩ is not δ_jk.
    #[error("the orbitals are not orthonormal: |⟨φ_{j}|φ_{k}⟩ − δ| = {defect:.1e}")]
    NotOrthonormal {
        /// Index of the first.
        j: usize,
        /// Index of the second.
        k: usize,
        /// |⟨φ_j|φ_k⟩ − δ_jk|.
        defect: f64,
    },
    /// Levels that cannot be filled.
    #[error(transparent)]
    Filling(#[from] crate::FillingError),
    /// f_j outside [0, 1].
    #[error("orbital {orbital} is occupied {value} times, which is not in [0, 1]")]
    Occupation {
        /// Index j.
        orbital: usize,
        /// f_j.
        value: f64,
    },
    /// Σf_j is not N.
    #[error("the occupation numbers add up to {sum}, not to N = {n}")]
    Particles {
        /// N.
        n: usize,
        /// Σf_j.
        sum: f64,
    },
    /// V_ext is not finite on the axis, or a parameter of it is not.
    #[error("the external potential is {value} at x = {x}")]
    External {
        /// Position.
        x: f64,
        /// V_ext there.
        value: f64,
    },
    /// Another axis or another ε.
    #[error("the orbitals live on another axis, or with another ε, than the Hamiltonian")]
    Mismatch,
    /// The orbitals do not vanish at the ends of the periodic box.
    #[error("ρ at the ends of the box is {edge:.1e} of its maximum: enlarge the box, or trap the particles")]
    Box {
        /// ρ(ends)/max ρ.
        edge: f64,
    },
    /// The orbitals are not resolved by the points.
    #[error("the highest quarter of the wave numbers carries {tail:.1e} of the particles: take more points")]
    Resolution {
        /// Part of tr ω in the highest quarter of |k|.
        tail: f64,
    },
    /// Pairs of orbitals have wave numbers that V feels and the points do not carry.
    #[error(
        "up to {aliasing:.1e} of an interaction energy of {interaction:.1e} lies beyond the wave numbers of the axis: take more points"
    )]
    Aliasing {
        /// The estimated error.
        aliasing: f64,
        /// Direct and exchange energy, absolute values.
        interaction: f64,
    },
    /// The mask of a Wigner function cuts the coherences of the orbitals.
    #[error(
        "|x − y| ≤ επ/Δv = {reach:.3} leaves out {lost:.1e} of ‖ω‖²: refine Δv, and take a box of twice that length"
    )]
    Coherence {
        /// επ/Δv.
        reach: f64,
        /// The part of ‖ω‖²_HS beyond it.
        lost: f64,
    },
    /// The self-consistent field did not settle.
    #[error(
        "no self-consistent field after {iterations} iterations: ‖[h,ω]‖ = {commutator:.1e}, wanted {tolerance:.1e}; \
         try damped mixing with a smaller fraction, more iterations, or a weaker interaction first"
    )]
    NotConverged {
        /// Iterations made.
        iterations: usize,
        /// ‖\[h,ω\]‖_HS reached.
        commutator: f64,
        /// ‖\[h,ω\]‖_HS wanted.
        tolerance: f64,
    },
    /// Aufbau does not decide which levels are filled.
    #[error("levels N and N + 1 are {gap:.1e} apart: the determinant of the lowest levels is not determined")]
    NoGap {
        /// e_{N+1} − e_N.
        gap: f64,
    },
    /// A setting of the self-consistent field outside its range.
    #[error("{name} = {value} is not admissible: {wanted}")]
    Setting {
        /// What was set.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The admissible range, in words.
        wanted: &'static str,
    },
    /// Order 6 needs a force that depends on positions alone.
    #[error(
        "the composition of order 6 has order 4 with exchange, which is no function of positions: choose order 4"
    )]
    OrderWithExchange,
    /// The interaction does not fit the axis.
    #[error(transparent)]
    Kernel(#[from] kernels::KernelError),
    /// Eigenvalues of h or of a commutator.
    #[error(transparent)]
    Spectrum(#[from] operators::SpectrumError),
    /// The kernel ω(x;y).
    #[error(transparent)]
    Operator(#[from] operators::KernelError),
    /// The Wigner function of the orbitals.
    #[error(transparent)]
    Hartree(#[from] crate::HartreeError),
}
