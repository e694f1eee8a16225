//! The errors of this crate: what a matrix or a kernel can be refused for, and what a spectrum can fail at.

/// Why a band matrix is refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BandError {
    /// Order 0.
    #[error("a band matrix needs at least one row")]
    Empty,
    /// No diagonal at all, or more than n of them.
    #[error("{given} diagonals given for a matrix of order {n}: between 1 and n are needed")]
    DiagonalCount {
        /// Order of the matrix.
        n: usize,
        /// Number of diagonals given.
        given: usize,
    },
    /// Diagonal d must have n − d entries.
    #[error("diagonal {diagonal} has {given} entries, {wanted} are needed")]
    Length {
        /// Distance d from the main diagonal.
        diagonal: usize,
        /// Entries given.
        given: usize,
        /// n − d.
        wanted: usize,
    },
    /// A NaN or an infinity.
    #[error("entry ({row}, {column}) is not finite")]
    NotFinite {
        /// Row of the entry.
        row: usize,
        /// Column of the entry.
        column: usize,
    },
    /// A_jj of a Hermitian matrix is real.
    #[error("diagonal entry {row} has imaginary part {imaginary:e}, beyond rounding")]
    NotReal {
        /// Row of the entry.
        row: usize,
        /// Its imaginary part.
        imaginary: f64,
    },
    /// Two matrices of different order, or a function with another number of values than rows.
    #[error("sizes do not match: {left} and {right}")]
    Size {
        /// Size of the matrix.
        left: usize,
        /// Size of the other matrix or function.
        right: usize,
    },
}

/// Why a kernel ω(x;y) is refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum KernelError {
    /// No points, or a kernel whose number of values is not n².
    #[error("a kernel on {points} points has points² values and at least one, {given} were given")]
    Length {
        /// Number of points.
        points: usize,
        /// Number of values.
        given: usize,
    },
    /// The grid needs a finite start and a positive finite spacing.
    #[error(
        "grid start {start} and spacing {spacing}: the start must be finite, the spacing positive and finite"
    )]
    Grid {
        /// First point.
        start: f64,
        /// Distance of neighbours.
        spacing: f64,
    },
    /// A NaN or an infinity.
    #[error("kernel value ({row}, {column}) is not finite")]
    NotFinite {
        /// Index of x.
        row: usize,
        /// Index of y.
        column: usize,
    },
    /// ω(x;y) and the conjugate of ω(y;x) differ.
    #[error("kernel is not Hermitian: |ω(x_i;x_j) − conj ω(x_j;x_i)| = {defect:e} at ({row}, {column})")]
    NotHermitian {
        /// Index of x.
        row: usize,
        /// Index of y.
        column: usize,
        /// Size of the difference.
        defect: f64,
    },
    /// Two kernels on different grids, or a function with another number of values than points.
    #[error("grids do not match: {left} and {right} points, or different places")]
    Grids {
        /// Points of the kernel.
        left: usize,
        /// Points of the other kernel or function.
        right: usize,
    },
}

/// Why eigenvalues were not found. Finite input never met it in the tests.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SpectrumError {
    /// The iteration on the tridiagonal form did not settle.
    #[error("the eigenvalue iteration did not converge for a matrix of order {n}")]
    NoConvergence {
        /// Order of the matrix.
        n: usize,
    },
    /// The tolerance of an approximation outside [10⁻¹⁰, 1).
    #[error("the tolerance {0} is not in [1e-10, 1)")]
    Tolerance(f64),
    /// An entry overflowed in a product of finite numbers.
    #[error("a matrix of order {n} has entries that are not finite")]
    NotFinite {
        /// Order of the matrix.
        n: usize,
    },
}
