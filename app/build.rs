//! How the program is linked where the linker is LLVM's, as with Rust on x86-64 Linux: without symbol names (unless
//! `MANARA_KEEP_NAMES` is set, for a profiler), and with
//! functions that came out the same kept once (generic code has many).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=MANARA_KEEP_NAMES");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ARCH", "x86_64") && is("PROFILE", "release") {
        let strip = if std::env::var_os("MANARA_KEEP_NAMES").is_some() { "" } else { "--strip-all," };
        println!("cargo::rustc-link-arg-bins=-Wl,{strip}--icf=all");
    }
}
