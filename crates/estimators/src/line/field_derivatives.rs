//! How rough the mean field is along Vlasov's solution: the constants of Grönwall's argument.

use kernels::line::MeanField;

use super::{Problem, SetUpError, VlasovReference};

/// max over the times of the reference of ‖∂ₓ^k(V∗ρ̃)‖_∞, k = 2, 3, on the points of the axis.
///
/// # Errors
/// [`SetUpError`] if V∗ρ̃ has no axis of this length.
pub fn field_derivatives(problem: &Problem, reference: &VlasovReference) -> Result<[f64; 2], SetUpError> {
    let axis = &reference.resolution.grid.x;
    let mut field = MeanField::new(problem.interaction.as_ref(), axis)?;
    let mut most = [0.0_f64; 2];
    for w in &reference.trajectory {
        let u = field.potential(&w.density());
        for (most, order) in most.iter_mut().zip(2..) {
            *most = field.derivative(&u, order).iter().fold(*most, |m, d| m.max(d.abs()));
        }
    }
    Ok(most)
}
