//! How far a measurement has come, said on standard error: a bar with the time left, or plain lines, or nothing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Told by a measurement how far it has come, and asked whether to go on.
///
/// One piece of work is open at a time: `begin`, then `advance` from any thread, then `finish`.
pub trait Progress: Sync {
    /// A piece of work begins that will take `units` (any unit in which work is nearly proportional to time).
    fn begin(&self, label: &str, units: f64);
    /// `units` more are done.
    fn advance(&self, units: f64);
    /// The piece of work is over.
    fn finish(&self);
    /// A remark, on a line of its own.
    fn message(&self, text: &str);
    /// Whether to stop at the next rung.
    fn cancelled(&self) -> bool;
}

/// Says nothing; for tests.
#[derive(Debug, Default)]
pub struct Silent {
    cancelled: Arc<AtomicBool>,
}

impl Silent {
    /// A silent progress that stops the work once `cancelled` is set.
    pub fn new(cancelled: Arc<AtomicBool>) -> Self {
        Self { cancelled }
    }
}

impl Progress for Silent {
    fn begin(&self, _: &str, _: f64) {}
    fn advance(&self, _: f64) {}
    fn finish(&self) {}
    fn message(&self, _: &str) {}
    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// The fraction done and the time since the beginning; left = elapsed·(1−f)/f.
struct Work {
    label: String,
    units: f64,
    done: f64,
    begun: Instant,
    spoken: f64,
}

impl Work {
    fn new(label: &str, units: f64) -> Self {
        Self { label: label.to_owned(), units, done: 0.0, begun: Instant::now(), spoken: 0.0 }
    }

    fn fraction(&self) -> f64 {
        if self.units > 0.0 { (self.done / self.units).clamp(0.0, 1.0) } else { 1.0 }
    }

    fn left(&self) -> Duration {
        let fraction = self.fraction().max(1e-3);
        self.begun.elapsed().mul_f64((1.0 - fraction) / fraction)
    }
}

fn open(work: &Mutex<Option<Work>>) -> MutexGuard<'_, Option<Work>> {
    work.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Plain lines: at the beginning, about every tenth, and at the end; for logs and pipes.
pub struct PlainLines {
    cancelled: Arc<AtomicBool>,
    work: Mutex<Option<Work>>,
}

impl PlainLines {
    /// Plain lines on standard error; the work stops once `cancelled` is set.
    pub fn new(cancelled: Arc<AtomicBool>) -> Self {
        Self { cancelled, work: Mutex::new(None) }
    }
}

impl Progress for PlainLines {
    fn begin(&self, label: &str, units: f64) {
        eprintln!("{label} …");
        *open(&self.work) = Some(Work::new(label, units));
    }

    fn advance(&self, units: f64) {
        let mut guard = open(&self.work);
        let Some(work) = guard.as_mut() else { return };
        work.done += units;
        let fraction = work.fraction();
        if fraction >= work.spoken + 0.1 && fraction < 1.0 && work.begun.elapsed().as_secs() >= 2 {
            work.spoken = fraction;
            eprintln!("{}: {:.0}%, {} left", work.label, 100.0 * fraction, in_words(work.left()));
        }
    }

    fn finish(&self) {
        if let Some(work) = open(&self.work).take() {
            eprintln!("{}: done in {}", work.label, in_words(work.begun.elapsed()));
        }
    }

    fn message(&self, text: &str) {
        eprintln!("{text}");
    }

    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// A bar with the time left, for a terminal.
pub struct TerminalBar {
    cancelled: Arc<AtomicBool>,
    work: Mutex<Option<Work>>,
    bar: ProgressBar,
}

const STEPS: f64 = 10_000.0;

impl TerminalBar {
    /// A bar on standard error; the work stops once `cancelled` is set.
    pub fn new(cancelled: Arc<AtomicBool>) -> Self {
        let bar = ProgressBar::with_draw_target(Some(STEPS as u64), ProgressDrawTarget::stderr());
        let template = "{prefix} [{bar:30}] {percent:>3}%  {msg}";
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.progress_chars("█▌ "));
        Self { cancelled, work: Mutex::new(None), bar }
    }
}

impl Progress for TerminalBar {
    fn begin(&self, label: &str, units: f64) {
        *open(&self.work) = Some(Work::new(label, units));
        self.bar.reset();
        self.bar.set_prefix(label.to_owned());
        self.bar.set_message("");
        self.bar.set_position(0);
    }

    fn advance(&self, units: f64) {
        let mut guard = open(&self.work);
        let Some(work) = guard.as_mut() else { return };
        work.done += units;
        self.bar.set_message(format!("{} left", in_words(work.left())));
        self.bar.set_position((STEPS * work.fraction()) as u64);
    }

    fn finish(&self) {
        if let Some(work) = open(&self.work).take() {
            self.bar.println(format!("{}: done in {}", work.label, in_words(work.begun.elapsed())));
            self.bar.finish_and_clear();
        }
    }

    fn message(&self, text: &str) {
        self.bar.println(text);
    }

    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// `4.2 s`, `37 s`, `5 min 3 s`, `2 h 10 min`.
pub fn in_words(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let whole = seconds.round() as u64;
    match whole {
        0..10 => format!("{seconds:.1} s"),
        10..60 => format!("{whole} s"),
        60..3600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_in_words() {
        let words = [(4.2, "4.2 s"), (37.2, "37 s"), (303.0, "5 min 3 s"), (7800.0, "2 h 10 min")];
        for (seconds, text) in words {
            assert_eq!(in_words(Duration::from_secs_f64(seconds)), text);
        }
    }

    #[test]
    fn the_fraction_stays_between_nothing_and_all() {
        let mut work = Work::new("work", 4.0);
        work.done = 1.0;
        assert_eq!(work.fraction(), 0.25);
        work.done = 5.0;
        assert_eq!(work.fraction(), 1.0);
        assert_eq!(Work::new("nothing to do", 0.0).fraction(), 1.0);
    }

    #[test]
    fn a_flag_cancels() {
        let flag = Arc::new(AtomicBool::new(false));
        let silent = Silent::new(flag.clone());
        assert!(!silent.cancelled());
        flag.store(true, Ordering::Relaxed);
        assert!(silent.cancelled());
    }
}
