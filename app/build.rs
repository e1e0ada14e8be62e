//! How the program is linked where the linker is LLVM's, as with Rust on x86-64 Linux: without symbol names (unless
//! `MANARA_KEEP_NAMES` is set, for a profiler), with functions that came out the same kept once (generic code has many), and with
//! the list of addresses that are set when it starts packed to a hundredth, where the C library can read that.

use std::process::Command;

/// The first version of glibc that reads packed lists of addresses (`DT_RELR`).
const READS_PACKED: (u32, u32) = (2, 36);

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=MANARA_KEEP_NAMES");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ARCH", "x86_64") && is("PROFILE", "release") {
        let strip = if std::env::var_os("MANARA_KEEP_NAMES").is_some() { "" } else { "--strip-all," };
        println!("cargo::rustc-link-arg-bins=-Wl,{strip}--icf=all");
        if is("CARGO_CFG_TARGET_ENV", "gnu") && glibc().is_some_and(|version| version >= READS_PACKED) {
            println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
        }
    }
}

/// The version of this machine's glibc, `None` where it has another C library.
fn glibc() -> Option<(u32, u32)> {
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    let (major, minor) = said.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
