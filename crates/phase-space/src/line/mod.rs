//! The line, d = 1: periodic grids in x and v, Wigner functions and Weyl variables on them, and the split flow.

mod axis;
mod flow;
mod phase_grid;
mod split_step;
mod weyl_variables;
mod wigner_function;

pub use axis::{Axis, AxisError, friendly_length};
pub use flow::PhaseFlow;
pub use phase_grid::{GridError, PhaseGrid};
pub use split_step::{Multiplier, SplitStep};
pub use weyl_variables::WeylVariables;
pub use wigner_function::WignerFunction;
