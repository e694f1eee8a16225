//! Every family of initial states, and whether it respects Pauli's bound W ≤ 1/2π.
//!
//! `cargo run --release -p semiclassical-states --example pauli`

use semiclassical_states::FAMILIES;
use semiclassical_states::line::pauli_ratio;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for family in FAMILIES {
        let state = (family.example)()?;
        let ratio = pauli_ratio(state.as_ref());
        let says = if ratio <= 1.0 { "within" } else { "above" };
        println!("{}: 2π sup W = {ratio:.3}, {says} Pauli's bound", family.kind);
    }
    Ok(())
}
