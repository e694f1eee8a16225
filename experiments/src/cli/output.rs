//! What is printed where.

use std::io::{self, ErrorKind, IsTerminal, Write};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use serde::Serialize;

use super::failure::Failure;

/// Prints to standard output; a reader that has gone away (`| head`) is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::file("write to", "standard output".as_ref())(error))
        }
        _ => Ok(()),
    }
}

/// Prints one JSON document.
pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string_pretty(value).map_err(io::Error::from);
    print(&(json.map_err(Failure::file("write to", "standard output".as_ref()))? + "\n"))
}

/// Whether standard output wants colours.
pub fn colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Prints a failure to standard error: in colour on a terminal, in plain letters otherwise.
pub fn failure(failure: &Failure) {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
    eprint!("{}", rendered(failure, theme));
}

fn rendered(failure: &dyn Diagnostic, theme: GraphicalTheme) -> String {
    let mut text = String::new();
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100);
    match handler.render_report(&mut text, failure) {
        Ok(()) => text,
        Err(_) => format!("{failure}\n"),
    }
}
