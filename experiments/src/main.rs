//! The binary `semiclassical`.

use std::process::ExitCode;

fn main() -> ExitCode {
    semiclassical_experiments::cli::main()
}
