//! How the program is linked where the linker is LLVM's, as with Rust on x86-64 Linux: without symbol names, and with
//! functions that came out the same kept once (generic code has many).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ARCH", "x86_64") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bins=-Wl,--strip-all,--icf=all");
    }
}
