//! The machine: disk, limits, permissions, clock.

use std::path::{Path, PathBuf};

use manara_formats::{SourceZone, parse_time};
use manara_model::Micros;
use rustix::process::{Resource, getrlimit};

use super::{Findings, Patient};
use crate::house::UNPROVEN;
use crate::print;

/// A clock before this moment is wrong: the program was not written yet.
const WRITTEN: &str = "2026-01-01T00:00:00Z";
/// Less free space than this stops the work soon, or now.
const SPACE_WARN: u64 = 10_000_000_000;
const SPACE_FAIL: u64 = 500_000_000;
const INODES_WARN: u64 = 100_000;
const INODES_FAIL: u64 = 1_000;
/// Open files: of the lake a query reads many at once.
const FILES_WARN: u64 = 1_024;
/// Memory that an ingest and a query take together.
const MEMORY_WARN: u64 = 1_500_000_000;

/// The data folder: there, proven, writable, with room.
pub fn folder(data: &Path, findings: &mut Findings) {
    let shown = data.display();
    if !data.is_dir() {
        findings.fail("data folder", format!("there is no folder {shown}"), format!("manara init --data {shown}"));
        return;
    }
    findings.ok("data folder", shown.to_string());
    findings.fail_unless(
        !data.join(UNPROVEN).exists(),
        "restore",
        match data.join(UNPROVEN).exists() {
            true => "a restore into this folder did not end well".into(),
            false => "no unfinished restore".into(),
        },
        "remove the folder and restore again",
    );
    let probe = data.join(format!("doctor-{}.part", std::process::id()));
    let written = std::fs::write(&probe, b"manara").and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => findings.ok("writable", "a file can be written and removed"),
        Err(error) => findings.fail(
            "writable",
            error.to_string(),
            format!("chown -R the folder to the user Manara runs as: {shown}"),
        ),
    }
    match rustix::fs::statvfs(data) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let found = format!("{} free", print::size(free));
            let mend = "free space or give the data folder a larger disk; a full disk stops ingest, nothing is lost";
            match free {
                0..SPACE_FAIL => findings.fail("disk space", found, mend),
                SPACE_FAIL..SPACE_WARN => findings.warn("disk space", found, mend),
                _ => findings.ok("disk space", found),
            }
            inodes(disk.f_files, disk.f_favail, findings);
        }
        Err(error) => findings.warn("disk space", error.to_string(), "look with df"),
    }
}

fn inodes(all: u64, free: u64, findings: &mut Findings) {
    let mend = "the file system has room for bytes but not for files; move the data folder to another";
    match free {
        _ if all == 0 => findings.ok("inodes", "the file system makes them as needed"),
        0..INODES_FAIL => findings.fail("inodes", format!("{free} free"), mend),
        INODES_FAIL..INODES_WARN => findings.warn("inodes", format!("{free} free"), mend),
        _ => findings.ok("inodes", format!("{free} free")),
    }
}

/// Open files and memory.
pub fn limits(findings: &mut Findings) {
    match getrlimit(Resource::Nofile).current {
        Some(most) => findings.warn_unless(
            most >= FILES_WARN,
            "open files",
            format!("at most {most}"),
            format!("ulimit -n {FILES_WARN}, or LimitNOFILE=65536 in the service"),
        ),
        None => findings.ok("open files", "no limit"),
    }
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    match memory(&text) {
        Some(bytes) => findings.warn_unless(
            bytes >= MEMORY_WARN,
            "memory",
            format!("{} can be had", print::size(bytes)),
            "lower query_memory_mb in cirt.toml, or add memory",
        ),
        None => findings.ok("memory", "the system does not tell"),
    }
}

fn memory(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? * 1024)
}

/// What other users of the machine can read.
pub fn secrets(patient: &Patient, findings: &mut Findings) {
    #[cfg(unix)]
    {
        let open = |path: &Path| {
            let mode = std::fs::metadata(path)
                .map(|meta| std::os::unix::fs::PermissionsExt::mode(&meta.permissions()))
                .ok()?;
            (mode & 0o077 != 0).then(|| format!("{} ({:03o})", path.display(), mode & 0o777))
        };
        // A folder closed to others closes what is in it.
        let folder = open(&patient.data);
        let inside: Vec<String> = ["manara.sqlite", "cirt.toml", "blobs", "lake"]
            .iter()
            .filter_map(|name| open(&patient.data.join(name)))
            .collect();
        let well = folder.is_none() || inside.is_empty();
        findings.warn_unless(
            well,
            "permissions",
            if well { "closed to other users".into() } else { format!("other users can read {}", inside.join(", ")) },
            format!("chmod 700 {}", patient.data.display()),
        );
        let secret: Option<&PathBuf> = patient.config.mail.smtp.credentials_file.as_ref();
        match secret {
            None => findings.ok("secrets", "no file of secrets is configured"),
            Some(path) if !path.is_file() => {
                findings.fail(
                    "secrets",
                    format!("there is no file {}", path.display()),
                    "mail.smtp.credentials_file must name it",
                );
            }
            Some(path) => {
                let found = open(path);
                findings.fail_unless(
                    found.is_none(),
                    "secrets",
                    found.map_or_else(
                        || format!("{} is closed to others", path.display()),
                        |found| format!("others can read {found}"),
                    ),
                    format!("chmod 600 {}", path.display()),
                );
            }
        }
    }
}

/// The clock as far as the machine alone can tell, and the time zones.
pub fn clock(now: Micros, findings: &mut Findings) {
    let written = Micros::parse_rfc3339(WRITTEN).unwrap_or_default();
    findings.fail_unless(
        now > written,
        "clock",
        now.rfc3339(),
        "the clock is wrong: set it, and let chrony or systemd-timesyncd keep it",
    );
    let beirut = SourceZone::parse("Asia/Beirut").and_then(|zone| parse_time("2026-07-01 12:00:00", zone));
    findings.fail_unless(
        beirut.is_some_and(|moment| moment.rfc3339().starts_with("2026-07-01T09:00:00")),
        "time zones",
        beirut.map_or_else(
            || "Asia/Beirut is not known".into(),
            |moment| format!("12:00 in Beirut in July is {}", moment.rfc3339()),
        ),
        "this program was built without time zone data: build it again",
    );
}

#[cfg(test)]
mod tests {
    use super::memory;

    #[test]
    fn memory_is_read_from_what_the_kernel_says() {
        assert_eq!(memory("MemTotal:       24 kB\nMemAvailable:   2000 kB\n"), Some(2_048_000));
        assert_eq!(memory(""), None);
    }
}
