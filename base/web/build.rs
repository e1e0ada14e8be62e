//! Builds again when a language file is added: the folder is embedded.

fn main() {
    println!("cargo:rerun-if-changed=../../content/lang");
    println!("cargo:rerun-if-changed=migrations");
}
