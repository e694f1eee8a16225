//! `store list`, `store verify`, `store gc`.

use super::failure::Failure;
use super::output::{print, print_json};
use super::{Options, StoreCommand};
use crate::store::{FOLDER, Kept, State, Store, list, sweep};

const DONE: u8 = 0;
const DAMAGED: u8 = 1;

/// Lists, verifies or sweeps the store in the folder of the reports.
pub fn run(what: StoreCommand, options: &Options) -> Result<u8, Failure> {
    let folder = options.reports.join(FOLDER);
    let program = Store::of(&options.reports, false).program().to_owned();
    let files = match what {
        StoreCommand::Gc => sweep(&folder, &program).map_err(Failure::file("sweep", &folder))?,
        StoreCommand::List | StoreCommand::Verify => list(&folder).map_err(Failure::file("read", &folder))?,
    };
    let damaged = files.iter().filter(|kept| kept.state == State::Damaged).count();
    if options.json {
        print_json(&files)?;
    } else {
        let lines: String = match what {
            StoreCommand::Verify => files
                .iter()
                .filter(|kept| kept.state == State::Damaged)
                .map(|kept| line(kept, &program))
                .collect(),
            _ => files.iter().map(|kept| line(kept, &program)).collect(),
        };
        let whole = files.iter().filter(|kept| kept.state == State::Whole).count();
        let last = match what {
            StoreCommand::List => format!("{} files in {}\n", files.len(), folder.display()),
            StoreCommand::Verify => format!("{whole} results are whole, {damaged} are damaged\n"),
            StoreCommand::Gc => format!("{} files are removed from {}\n", files.len(), folder.display()),
        };
        print(&(lines + &last))?;
    }
    Ok(if matches!(what, StoreCommand::Verify) && damaged > 0 { DAMAGED } else { DONE })
}

fn line(kept: &Kept, program: &str) -> String {
    let state = match kept.state {
        State::Whole if kept.program == program => "of this program",
        State::Whole => "of another program",
        State::Damaged => "damaged",
        State::SetAside => "set aside",
        State::Unfinished => "unfinished",
    };
    let what = if kept.subject.is_empty() { kept.path.display().to_string() } else { kept.subject.clone() };
    format!("{:>10}  {state:<18}  {what}\n", kept.bytes)
}
