//! The page in headless Chromium: it renders, the slider moves the film, the console stays empty, nothing is requested.
//!
//! Without a browser these tests check nothing, and say so.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::page;

/// Chromium, or none, said aloud.
fn browser() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let folders: Vec<PathBuf> =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let found =
        names.iter().flat_map(|name| folders.iter().map(move |f| f.join(name))).find(|path| path.is_file());
    if found.is_none() {
        // not by eprintln!, which the test harness keeps to itself
        use std::io::Write;
        let _ = writeln!(
            std::io::stderr(),
            "\n*** SKIPPED: no chromium in PATH, the page is not tried in a browser (on Debian: apt-get install chromium) ***\n"
        );
    }
    found
}

/// What a visit left: the page after its scripts, the messages of the browser, its log of the network.
struct Visit {
    dom: String,
    said: String,
    network: String,
}

fn visit(browser: &Path, page: &Path, more: &[&str]) -> Visit {
    let profile = tempfile::tempdir().unwrap();
    let log = profile.path().join("network.json");
    let output = Command::new(browser)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-default-apps"])
        // what the browser asks for itself leads nowhere
        .arg("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
        .args(["--enable-logging=stderr", "--v=0", "--virtual-time-budget=4000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--log-net-log={}", log.display()))
        .args(more)
        .arg(format!("file://{}", page.canonicalize().unwrap().display()))
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}", text(&output.stderr));
    Visit {
        dom: text(&output.stdout),
        said: text(&output.stderr).lines().filter(|l| l.contains("CONSOLE")).collect::<Vec<_>>().join("\n"),
        network: std::fs::read_to_string(log).unwrap(),
    }
}

/// The network key of whatever a page in a file asks for.
const ASKED_BY_A_FILE: &str = "file:// [internally";

/// Moves the slider through all frames, presses play, changes the scale and the theme; writes what it saw into the title.
const HAND: &str = "<script>addEventListener('load', () => setTimeout(() => {
  const at = (id) => document.getElementById(id);
  const drawn = () => ['hartree', 'vlasov', 'difference'].map((id) =>
    [...at(id).toDataURL()].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 1000003, 7));
  const seen = { frames: [] };
  for (const frame of ['0', '1', '2']) {
    at('time').value = frame;
    at('time').dispatchEvent(new Event('input'));
    seen.frames.push([at('now').value, at('time').getAttribute('aria-valuetext'), at('difference-sup').value, drawn()]);
  }
  seen.again = drawn();
  at('time').value = '1';
  at('own-scale').click();
  seen.own = drawn();
  at('own-scale').click();
  at('time').value = '2';
  at('own-scale').dispatchEvent(new Event('change'));
  at('theme').click();
  seen.theme = document.documentElement.dataset.theme;
  seen.dark = drawn();
  at('play').click();
  seen.playing = [at('play').getAttribute('aria-pressed'), at('now').value];
  at('play').click();
  document.querySelectorAll('.skip, #theme, #time, #play, #own-scale, summary').forEach((part) => {
    part.focus();
    if (document.activeElement !== part) throw new Error('out of reach of the keyboard: ' + part.outerHTML);
  });
  seen.width = document.documentElement.scrollWidth <= innerWidth;
  document.title = JSON.stringify(seen);
}, 300));</script>";

fn with_script(page: &str, script: &str) -> String {
    let (head, tail) = page.rsplit_once("</body>").unwrap();
    format!("{head}{script}</body>{tail}")
}

#[test]
fn the_slider_moves_the_film_and_nothing_else_stirs() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let handled = folder.path().join("handled.html");
    std::fs::write(&handled, with_script(&page(folder.path()), HAND)).unwrap();
    for window in ["--window-size=1400,1000", "--window-size=390,844"] {
        let visit = visit(&browser, &handled, &[window]);
        assert_eq!(visit.said, "", "the console is not empty");
        assert!(!visit.network.contains(ASKED_BY_A_FILE), "a request left the file");
        let title = visit.dom.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        let seen: serde_json::Value =
            serde_json::from_str(title).unwrap_or_else(|_| panic!("the script failed: {title}"));
        let frames = seen["frames"].as_array().unwrap();
        for (frame, time) in frames.iter().zip(["t = 0", "t = 0.5", "t = 1"]) {
            assert_eq!((&frame[0], &frame[1]), (&time.into(), &time.into()));
        }
        for k in [0, 1] {
            assert_ne!(frames[k][3], frames[k + 1][3], "the film stands still");
            assert_ne!(frames[k][2], frames[k + 1][2], "the supremum stands still");
        }
        assert_eq!(seen["again"], frames[2][3]);
        assert_ne!(seen["own"], frames[1][3], "a frame on its own scale looks like one on that of all");
        assert_ne!(seen["dark"], seen["again"], "the axes keep their colour in the dark");
        assert_eq!(seen["theme"], "dark");
        assert_eq!(seen["playing"], serde_json::json!(["true", "t = 0"]));
        assert_eq!(seen["width"], true, "the page is wider than its window, {window}");
    }
}

#[test]
fn every_formula_and_figure_has_a_size() {
    const MEASURED: &str = "<script>addEventListener('load', () => setTimeout(() => {
      document.querySelectorAll('details').forEach((part) => { part.open = true; });
      document.querySelectorAll('.claim').forEach((part) => { part.style.contentVisibility = 'visible'; });
      const empty = (part) => part.getBoundingClientRect().width < 3;
      document.title = ['math', 'svg', 'canvas', 'table']
        .map((tag) => [...document.getElementsByTagName(tag)])
        .map((parts) => [parts.length > 2, parts.filter(empty).length]).join();
    }, 300));</script>";
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let measured = folder.path().join("measured.html");
    std::fs::write(&measured, with_script(&page(folder.path()), MEASURED)).unwrap();
    let visit = visit(&browser, &measured, &[]);
    assert!(
        visit.dom.contains("<title>true,0,true,0,true,0,true,0</title>"),
        "{:?}",
        visit.dom.split("</title>").next()
    );
}

/// The guard of the first test can fail: without its policy, a page that asks for an image is caught.
#[test]
fn the_guard_of_requests_sees_one() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let asking = folder.path().join("asking.html");
    std::fs::write(&asking, "<!DOCTYPE html><title>a</title><img src=\"http://127.0.0.1:9/a.png\">").unwrap();
    let visit = visit(&browser, &asking, &[]);
    assert!(visit.network.contains(ASKED_BY_A_FILE));
    assert!(visit.said.contains("CONSOLE") || visit.network.contains("127.0.0.1"));
}
