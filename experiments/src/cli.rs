//! The commands `list`, `explain`, `verify`, `new`, `check`, `run`, `report` and `completions`.
//!
//! Results go to standard output, everything else to standard error; with `--json` standard output carries one JSON
//! document and nothing else. Exit status: 0 done and nothing violated, 1 a claim violated or unresolved, 2 bad input,
//! 130 interrupted.

mod commands;
mod failure;
mod output;
mod store;
mod text;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::facade::Tier;
use failure::Failure;

/// What a script may rely on.
const EXIT_STATUS: &str = "\
Exit status:
    0  done; `verify`: every claim is consistent and every control failed, as it must
    1  `verify`: a claim is violated or unresolved
    2  bad input, or a file that cannot be read or written
  130  interrupted by Ctrl-C; the claims or rungs finished until then are kept";

/// From Hartree to Vlasov: the bounds of the semiclassical limit, measured.
#[derive(Debug, Parser)]
#[command(name = "semiclassical", version, max_term_width = 100, after_help = EXIT_STATUS)]
struct CommandLine {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
struct Options {
    /// Print one JSON document on standard output and nothing else there
    #[arg(long, global = true)]
    json: bool,
    /// Folder of what is stored and rendered
    #[arg(long, global = true, value_name = "DIR", default_value = "./reports")]
    reports: PathBuf,
    /// Number of threads; the results are the same to the bit whatever it is [default: all]
    #[arg(long, visible_alias = "jobs", short = 'j', global = true, value_name = "K", value_parser = clap::value_parser!(u16).range(1..=4096))]
    threads: Option<u16>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Every claim with its statement, setting and tiers
    List,
    /// Statement, source, hypotheses, what is measured, the controls and the trials of a claim
    Explain {
        /// Id of the claim, e.g. G16.T1
        id: String,
    },
    /// Measure the claims, judge them, store the results and print the verdicts
    #[command(after_help = EXIT_STATUS)]
    Verify {
        /// Ids of the claims; all of them if none is given
        #[arg(value_name = "ID")]
        ids: Vec<String>,
        /// How long it may take
        #[arg(long, value_enum, default_value_t = Tier::Standard)]
        tier: Tier,
        /// Measure again what is in the store
        #[arg(long)]
        fresh: bool,
    },
    /// Measure a scenario of your own along its ladder of ε
    #[command(after_help = EXIT_STATUS)]
    Run {
        /// The scenario, a TOML file
        #[arg(value_name = "SCENARIO.toml")]
        scenario: PathBuf,
        /// Measure again what is in the store
        #[arg(long)]
        fresh: bool,
    },
    /// Write a commented scenario, NAME.toml, to begin with
    New {
        /// Name of the scenario: letters, digits, `.`, `_`, `-`
        name: String,
    },
    /// Read a scenario, say which hypotheses hold as far as it is known at once, and what measuring it will take
    Check {
        /// The scenario, a TOML file
        #[arg(value_name = "SCENARIO.toml")]
        scenario: PathBuf,
    },
    /// Print the completions of a shell, e.g. `semiclassical completions bash > semiclassical.bash`
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// What was measured and is kept, so that it is not measured again
    #[command(subcommand)]
    Store(StoreCommand),
    /// Render tables, figures and the report from what is stored, computing nothing
    Report {
        /// Write the whole report as one page too, which needs no network [default: index.html in the folder of the reports]
        #[arg(long, value_name = "PAGE.html", num_args = 0..=1)]
        html: Option<Option<PathBuf>>,
    },
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum StoreCommand {
    /// Every result that is kept: what, by which program, its size
    List,
    /// Compare every result with its checksum; exit status 1 if one is damaged
    Verify,
    /// Remove what this program cannot use: results of other versions, damaged ones, remains of killed processes
    Gc,
}

/// Reads the command line, does what it says and returns the exit status.
pub fn main() -> ExitCode {
    let line = CommandLine::parse();
    let status = threads(&line.options).and_then(|()| dispatch(line.command, &line.options));
    match status {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(failure::BAD_INPUT)
        }
    }
}

fn dispatch(command: Command, options: &Options) -> Result<u8, Failure> {
    match command {
        Command::List => commands::list(options),
        Command::Explain { id } => commands::explain(&id, options),
        Command::Verify { ids, tier, fresh } => commands::verify(&ids, tier, fresh, options),
        Command::Run { scenario, fresh } => commands::run(&scenario, fresh, options),
        Command::New { name } => commands::new(&name, options),
        Command::Check { scenario } => commands::check(&scenario, options),
        Command::Completions { shell } => commands::completions(shell, &mut CommandLine::command()),
        Command::Store(what) => store::run(what, options),
        Command::Report { html } => commands::report(html, options),
    }
}

fn threads(options: &Options) -> Result<(), Failure> {
    let Some(count) = options.threads else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(count)).build_global();
    pool.map_err(|error| Failure::Threads(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        CommandLine::command().debug_assert();
    }
}
