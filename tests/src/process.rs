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

/// The most that one of the processes had which show pages of the browser `id`.
pub fn peak_of_pages(id: u32) -> Option<u64> {
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
    parents
        .keys()
        .filter(|process| is_below(**process))
        .filter(|process| {
            fs::read_to_string(format!("/proc/{process}/cmdline"))
                .is_ok_and(|line| line.contains("--type=renderer"))
        })
        .filter_map(|process| peak(*process))
        .max()
}

/// Each process's parent.
fn parents() -> HashMap<u32, u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let of = |id: u32| -> Option<u32> {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name, in brackets, may hold anything.
        let (_, rest) = stat.rsplit_once(") ")?;
        rest.split(' ').nth(1)?.parse().ok()
    };
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, of(id)?)))
        .collect()
}
