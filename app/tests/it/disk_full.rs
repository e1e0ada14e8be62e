//! A full disk stops an ingest cleanly; the same command goes on when there is room again.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::given::{RECEIVED, reports};
use crate::house::{House, Ran, copy_folder};

const ROWS: i64 = 2_500;
const DISK_BYTES: u64 = 48 << 20;

/// A small disk; gone with it.
struct Disk(PathBuf);

impl Disk {
    /// Mounts one, where that is allowed.
    fn mount(at: &Path) -> Option<Disk> {
        std::fs::create_dir_all(at).unwrap();
        let size = format!("size={DISK_BYTES}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(at).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| Disk(at.to_path_buf()))
    }

    /// Leaves so many bytes free.
    fn leave(&self, free: u64) {
        let _ = std::fs::remove_file(self.0.join("ballast"));
        let text = Command::new("df").args(["-B1", "--output=avail"]).arg(&self.0).output().unwrap().stdout;
        let room: u64 = String::from_utf8_lossy(&text).lines().nth(1).unwrap().trim().parse().unwrap();
        std::fs::write(self.0.join("ballast"), vec![0; room.saturating_sub(free) as usize]).unwrap();
    }

    fn free_all(&self) {
        std::fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
    }
}

fn arguments(files: &[String]) -> Vec<&str> {
    let mut args = vec!["ingest", "--json", "--received", RECEIVED];
    args.extend(files.iter().map(String::as_str));
    args
}

fn parts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(parts(&path));
        } else if path.extension().is_some_and(|extension| extension == "part") {
            found.push(path);
        }
    }
    found
}

#[test]
fn a_full_disk_stops_cleanly_and_the_same_command_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let files = reports(&folder.path().join("feeds"), ROWS);
    let base = House::new(folder.path().join("base"));
    base.furnish(folder.path());
    let calm = House::new(folder.path().join("calm"));
    copy_folder(&base.data, &calm.data);
    calm.done(&arguments(&files));
    let (count, findings) = (
        "SELECT count(*) FROM events",
        "SELECT id, count, first_seen, last_seen, sources, confidence, state FROM findings",
    );
    let want = (calm.number(count), calm.lines(findings));
    let small = folder.path().join("small");
    let Some(disk) = Disk::mount(&small) else { return limited_files(&base, &files, &want.1, findings, folder.path()) };
    let mut stops = 0;
    for (round, free) in [60_000, 250_000, 600_000, 1_200_000, 2_500_000].into_iter().enumerate() {
        let house = House::new(small.join(format!("data{round}")));
        copy_folder(&base.data, &house.data);
        // SQLite writes its log anew: the first of it must not be what fails, or nothing is tested but SQLite.
        house.done(&["feeds"]);
        disk.leave(free);
        let ran = house.run(&arguments(&files));
        disk.free_all();
        if ran.code != 0 {
            stops += 1;
            stopped_cleanly(&house, &ran, free);
        }
        house.done(&arguments(&files));
        house.verified();
        assert_eq!((house.number(count), house.lines(findings)), want, "{free} bytes free");
        std::fs::remove_dir_all(&house.data).unwrap();
    }
    assert!(stops >= 2, "only {stops} of the runs met a full disk");
    println!("{stops} of 5 runs met a full disk");
}

fn stopped_cleanly(house: &House, ran: &Ran, free: u64) {
    assert_eq!(ran.code, 1, "{free} bytes free: {}{}", ran.out, ran.err);
    assert!(ran.err.contains("disk is full") && !ran.err.contains("panicked"), "{free} bytes free: {}", ran.err);
    let report = house.run(&["verify", "--json"]);
    assert_eq!(report.code, 0, "{free} bytes free: what was stored is whole: {}{}", report.out, report.err);
    let lake = parts(&house.data.join("blobs"));
    assert!(lake.is_empty(), "{free} bytes free: {lake:?}");
}

/// Where no disk can be mounted: no file may grow past a limit, which fails at the same places with another reason.
fn limited_files(base: &House, files: &[String], want: &[String], findings: &str, folder: &Path) {
    let house = House::new(folder.join("limited"));
    copy_folder(&base.data, &house.data);
    let program = house.command(&[]);
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_manara")])
        .args(arguments(files));
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    let ran = Ran::of(limited.output().unwrap());
    assert!(ran.code == 1 && !ran.err.contains("panicked"), "{ran:?}");
    house.verified();
    house.done(&arguments(files));
    house.verified();
    assert_eq!(house.lines(findings), want);
}
