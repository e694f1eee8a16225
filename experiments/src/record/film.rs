//! The two Wigner functions and their difference at several times: a picture that moves, quantised, no data.

use serde::{Deserialize, Serialize};

use super::null;

/// W_t, W̃_t and W_t − W̃_t over one rectangle of phase space, from t = 0 on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Film {
    /// Its name, told apart from those of the figures.
    pub name: String,
    /// Title: the trial and ε.
    pub title: String,
    /// Abscissa.
    pub x_label: String,
    /// Ordinate.
    pub y_label: String,
    /// [min, max] of the abscissa (centres of the first and last cell).
    pub x_range: [f64; 2],
    /// [min, max] of the ordinate.
    pub y_range: [f64; 2],
    /// Number of columns (abscissa).
    pub columns: usize,
    /// Number of rows (ordinate).
    pub rows: usize,
    /// The frames, by time.
    pub frames: Vec<FilmFrame>,
}

/// One time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilmFrame {
    /// t.
    pub time: f64,
    /// W_t.
    pub hartree: Plane,
    /// W̃_t.
    pub vlasov: Plane,
    /// W_t − W̃_t.
    pub difference: Plane,
}

/// A field in eight bits, with its supremum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plane {
    /// ‖·‖_∞ on the grid of the computation.
    #[serde(with = "null::value")]
    pub sup: f64,
    /// Its numerical error.
    #[serde(with = "null::error")]
    pub error: f64,
    /// What the level 0 stands for.
    #[serde(with = "null::value")]
    pub low: f64,
    /// What the level [`Plane::LEVELS`] stands for.
    #[serde(with = "null::value")]
    pub high: f64,
    /// The levels in base64, one byte each, `levels[row * columns + column]`, ordinate upwards.
    pub levels: String,
}

impl Plane {
    /// The last level: a number of steps that is even, so that a field between −s and s has a level for 0.
    pub const LEVELS: u8 = 254;
}
