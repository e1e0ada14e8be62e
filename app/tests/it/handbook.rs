//! Every command that the handbook, the procedures and the README tell people to type is one that the program takes.

use std::path::Path;

use crate::house::House;

/// The commands of a text: lines of `sh` blocks, and inline code; without what a shell adds to them.
fn commands(text: &str) -> Vec<String> {
    let text = text.replace("\\\n", " ");
    let mut found = Vec::new();
    let mut in_shell = false;
    for line in text.lines() {
        let line = line.trim();
        if let Some(kind) = line.strip_prefix("```") {
            in_shell = !in_shell && kind == "sh";
        } else if in_shell {
            found.push(line.trim_start_matches("sudo -u manara ").to_string());
        } else {
            found.extend(
                line.split('`').skip(1).step_by(2).map(|code| code.trim_start_matches("sudo -u manara ").to_string()),
            );
        }
    }
    found.retain(|code| code.starts_with("manara ") && !code.contains('…') && !code.contains('['));
    found
}

/// The words of a command, quotes taken off; up to where the shell goes on with something else.
fn words(command: &str) -> Vec<String> {
    let command = command.replace("$(date +%F)", "2026-11-22");
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in command.chars() {
        match (quote, c) {
            (None, '#' | '|' | '>' | '<' | ';') => break,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, ' ') => words.push(std::mem::take(&mut word)),
            _ => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_of_the_handbook_is_one_the_program_takes() {
    let house = House::new("/no/such/folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = ["docs/handbook", "content/sops/en", "content/sops/fr", "content/sops/ar"];
    let pages = folders.into_iter().flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap());
    let pages = pages.map(|entry| entry.unwrap().path());
    let mut count = 0;
    for page in pages.chain([root.join("README.md")]) {
        // Procedures name the folder of the house they are written for.
        let text = std::fs::read_to_string(&page).unwrap().replace("{{ data|plain }}", "/srv/manara");
        for command in commands(&text) {
            let mut args = words(&command);
            args.remove(0);
            args.push("--help".into());
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let ran = house.run(&args);
            assert_eq!(ran.code, 0, "{}: {command}\n{}", page.display(), ran.err);
            count += 1;
        }
    }
    assert!(count > 40, "{count} commands");
}
