//! What the system tells of processes, where it is Linux.

use std::collections::HashMap;
use std::fs;

/// Most memory that a process ever had, in bytes.
pub fn peak(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1024)
}

/// Seconds that a process has had on processors, by all its threads.
pub fn cpu(id: u32) -> Option<f64> {
    let [user, system] = [11, 12].map(|field| stat(id, field));
    // The kernel counts in hundredths.
    Some((user? + system?) as f64 / 100.0)
}

/// The processes of the browser `id` that show pages.
pub fn pages(id: u32) -> Vec<u32> {
    let parents = parents();
    let is_below = |mut process: u32| {
        while let Some(parent) = parents.get(&process) {
            if *parent == id {
                return true;
            }
            process = *parent;
        }
        false
    };
    let below = parents.keys().copied().filter(|process| is_below(*process));
    below
        .filter(|process| {
            fs::read_to_string(format!("/proc/{process}/cmdline"))
                .is_ok_and(|line| line.contains("--type=renderer"))
        })
        .collect()
}

/// Each process's parent.
fn parents() -> HashMap<u32, u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, stat(id, 1)? as u32)))
        .collect()
}

/// A number of `/proc/<id>/stat`, counted from the field after the name.
fn stat(id: u32, field: usize) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name, in brackets, may hold anything.
    let (_, rest) = stat.rsplit_once(") ")?;
    rest.split(' ').nth(field)?.parse().ok()
}
