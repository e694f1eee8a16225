//! Ctrl-C: the first press asks the measurement to stop at the next rung, the second ends the program at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Exit status of an interrupted command (128 + SIGINT), as shells expect it.
pub const INTERRUPTED: u8 = 130;

/// Listens to Ctrl-C and returns the flag that the first press sets.
///
/// # Errors
/// If the system refuses the handler; then Ctrl-C ends the program at once, as it would without us.
pub fn listen() -> Result<Arc<AtomicBool>, ctrlc::Error> {
    let flag = Arc::new(AtomicBool::new(false));
    let pressed = flag.clone();
    ctrlc::set_handler(move || {
        if pressed.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        eprintln!(
            "\nstopping at the next rung; what is finished will be stored (press Ctrl-C again to abort at once)"
        );
    })?;
    Ok(flag)
}
