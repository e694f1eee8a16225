//! Where numbers come from: version, commit, compiler, processor, threads; and how much memory there is.

use std::fs;
use std::time::Duration;

use crate::record::Provenance;

/// The provenance of a command that took `elapsed`. Compiler, commit and whether the sources differed from it are those
/// of the moment when this binary was built (build.rs).
pub fn provenance(elapsed: Duration) -> Provenance {
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: option_env!("SEMICLASSICAL_COMMIT").map(str::to_owned),
        dirty: option_env!("SEMICLASSICAL_DIRTY").and_then(|word| word.parse().ok()),
        compiler: option_env!("SEMICLASSICAL_COMPILER").unwrap_or_default().to_owned(),
        cpu: processor(),
        threads: rayon::current_num_threads(),
        seconds: elapsed.as_secs_f64(),
    }
}

/// Bytes of memory that a measurement may use: what the system reports available, and what is left below the limit of
/// the control group; `None` where neither can be read.
pub fn available_memory() -> Option<u64> {
    let system = fs::read_to_string("/proc/meminfo").ok().and_then(|text| meminfo(&text));
    let group = control_group("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current").or_else(|| {
        let folder = "/sys/fs/cgroup/memory";
        control_group(&format!("{folder}/memory.limit_in_bytes"), &format!("{folder}/memory.usage_in_bytes"))
    });
    system.into_iter().chain(group).min()
}

/// `MemAvailable:   123 kB`, in bytes.
fn meminfo(text: &str) -> Option<u64> {
    let line = text.lines().find(|line| line.starts_with("MemAvailable:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

/// limit − usage; `None` without a limit (`max`).
fn control_group(limit: &str, usage: &str) -> Option<u64> {
    let read = |path: &str| fs::read_to_string(path).ok()?.trim().parse::<u64>().ok();
    Some(read(limit)?.saturating_sub(read(usage)?))
}

/// The model of the processor.
pub fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    cpu_model(&text).unwrap_or_else(|| std::env::consts::ARCH.to_owned())
}

/// The first `model name : …` of /proc/cpuinfo.
fn cpu_model(text: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_files_are_read() {
        assert_eq!(meminfo("MemTotal: 9 kB\nMemAvailable:    2048 kB\n"), Some(2 << 20));
        assert_eq!(meminfo("MemTotal: 9 kB\n"), None);
        assert_eq!(
            cpu_model("processor : 0\nmodel name\t: Some CPU @ 2 GHz\n").as_deref(),
            Some("Some CPU @ 2 GHz")
        );
        assert_eq!(cpu_model("processor : 0\n"), None);
    }

    #[test]
    fn every_field_that_must_be_known_is_filled() {
        let provenance = provenance(Duration::from_millis(1500));
        assert_eq!(provenance.version, env!("CARGO_PKG_VERSION"));
        assert!(provenance.compiler.starts_with("rustc "));
        assert!(!provenance.cpu.is_empty());
        assert!(provenance.threads >= 1);
        assert_eq!(provenance.seconds, 1.5);
        assert_eq!(provenance.commit.is_some(), provenance.dirty.is_some());
        assert!(provenance.commit.iter().all(|c| c.len() >= 40 && c.chars().all(|d| d.is_ascii_hexdigit())));
    }
}
