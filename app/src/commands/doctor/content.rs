//! Configuration, languages, letters, mail, fonts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use include_dir::{Dir, include_dir};
use manara_framework::catalogues::{Shelf, Trouble};
use manara_framework::courses::Courses;
use manara_framework::manuals::Manual;
use manara_net::{Mailer, TransportKind};
use manara_warning::{Letters, Rules};
use manara_web::{Lang, Words};

use super::{Findings, Patient};
use crate::config::Config;
use crate::content::feeds;
use crate::unread;

static LANGUAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../content/lang");

/// Where fonts lie when `fc-list` is not there to tell.
const FONT_FOLDERS: &[&str] =
    &["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"];
/// A mail server that has not answered after this is not there.
const MAIL_SECONDS: u64 = 20;

/// `cirt.toml`: can it be read as TOML, and does every key mean something. What can't be read counts as its defaults.
pub fn configuration(data: &Path, findings: &mut Findings) -> Config {
    let path = data.join("cirt.toml");
    let shown = path.display();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            findings.ok("configuration", "there is no cirt.toml: all defaults");
            return Config::default();
        }
        Err(error) => {
            findings.fail("configuration", format!("{shown}: {error}"), format!("make it readable: chmod u+r {shown}"));
            return Config::default();
        }
    };
    let line = |error: &toml::de::Error| {
        let start = error.span().map_or(0, |span| span.start);
        text.get(..start).map_or(1, |before| before.matches('\n').count() + 1)
    };
    let table = match text.parse::<toml::Table>() {
        Ok(table) => table,
        Err(error) => {
            findings.fail(
                "configuration",
                format!("{shown}, line {}: {}", line(&error), error.message()),
                "correct the line",
            );
            return Config::default();
        }
    };
    findings.ok("configuration", format!("{shown}: {} keys", table.len()));
    match toml::from_str::<Config>(&text) {
        Ok(_) => match Config::of(&text, data) {
            Ok(config) => {
                findings.ok("configuration keys", "every key is known");
                config
            }
            Err(error) => {
                findings.fail("configuration keys", format!("{shown}: {error:#}"), "correct the value");
                Config::default()
            }
        },
        Err(error) => {
            let found = format!("{shown}, line {}: {}", line(&error), error.message());
            findings.fail("configuration keys", found, "correct or remove the key; docs list every one");
            Config::default()
        }
    }
}

fn content_folder(patient: &Patient) -> PathBuf {
    patient.config.content_folder.clone().unwrap_or_else(|| patient.data.join("content"))
}

/// Languages: the overrides can be read, and no language lacks a message that English has.
pub fn words(patient: &Patient, findings: &mut Findings) {
    let folder = content_folder(patient).join("lang");
    let words = match Words::load(folder.is_dir().then_some(folder.as_path())) {
        Ok(words) => words,
        Err(error) => return findings.fail("languages", error.to_string(), "correct or remove the file"),
    };
    let english: BTreeSet<&str> = LANGUAGES
        .get_dir("en")
        .into_iter()
        .flat_map(Dir::files)
        .filter_map(|file| file.contents_utf8())
        .flat_map(message_names)
        .collect();
    let lacking: Vec<String> = Lang::ALL
        .into_iter()
        .flat_map(|lang| {
            english
                .iter()
                .filter(|key| !words.has(lang, key))
                .map(|key| format!("{} {key}", lang.tag()))
                .collect::<Vec<_>>()
        })
        .collect();
    findings.warn_unless(
        lacking.is_empty(),
        "languages",
        match lacking.as_slice() {
            [] => format!("{} messages in {} languages", english.len(), Lang::ALL.len()),
            [first, ..] => {
                format!("{} messages are missing, such as {first}; they are shown in English", lacking.len())
            }
        },
        format!("add them in {}", folder.display()),
    );
}

/// The names of the messages of a Fluent file.
fn message_names(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('=').map(|(name, _)| name.trim()))
}

/// What the operator changed: feeds, letters, rules of notices.
pub fn overrides(patient: &Patient, findings: &mut Findings) {
    let folder = content_folder(patient);
    let count = |folder: &Path| {
        let yaml = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|extension| extension == "yaml");
        std::fs::read_dir(folder).map_or(0, |entries| entries.flatten().filter(yaml).count())
    };
    let (built_in, with_own) = (feeds(None), feeds(Some(&folder)));
    match (built_in, with_own) {
        (Ok(_), Ok(feeds_read)) => {
            let own = count(&folder.join("feeds"));
            let bad = unread::feeds(&folder.join("feeds"));
            findings.warn_unless(
                bad.is_empty(),
                "feed mappings",
                match bad.first() {
                    None => format!("{} feeds, {own} of them by files of this house", feeds_read.len()),
                    Some(first) => format!("{} mapping files can't be read: {first}", bad.len()),
                },
                "correct the file; until then its feed is left out",
            );
        }
        (Err(error), _) | (_, Err(error)) => findings.fail("feed mappings", error.to_string(), "correct the file"),
    }
    let shelf = Shelf::load(Some(&folder));
    let procedures = Manual::load(Some(&folder)).left_out;
    for (name, left_out) in
        [("frameworks", shelf.left_out), ("procedures", procedures), ("courses", Courses::load(Some(&folder)).left_out)]
    {
        left_out_of(name, &left_out, findings);
    }
    let zone = patient.config.nation.usual().unwrap_or_default().zone;
    let work = manara_response::WorkContent::load(Some(&folder), zone);
    left_out_of("playbooks and clocks", &unread::of_work(&work), findings);
    let warning = &patient.config.warning;
    match Letters::load(warning.letters_folder.as_deref(), warning.office.clone()) {
        Ok(_) => findings.ok("letters", "every letter can be written in every language"),
        Err(error) => {
            findings.fail("letters", error.to_string(), "correct the letter; no notice is written until then")
        }
    }
    match Rules::load(warning.policy_file.as_deref()) {
        Ok(_) => findings.ok("notice rules", "they can be read"),
        Err(error) => {
            findings.fail("notice rules", error.to_string(), "correct the rules; no notice is sent until then")
        }
    }
    match manara_response::Policy::load(patient.config.response.policy_file.as_deref()) {
        Ok(_) => findings.ok("incident policy", "it can be read"),
        Err(error) => {
            let mend = "correct the policy; neither pages are served nor incidents opened until then";
            findings.fail("incident policy", error.to_string(), mend)
        }
    }
}

/// Files of this house that are left out: each mistake with file, line and what was expected.
fn left_out_of(name: &'static str, left_out: &[Trouble], findings: &mut Findings) {
    if left_out.is_empty() {
        return findings.ok(name, "every file of this house can be read");
    }
    for trouble in left_out {
        findings.warn(
            name,
            trouble.to_string(),
            "correct the file; until then it is left out, or the built-in one is used",
        );
    }
}

/// Mail: does it leave, from whom, and is the server there.
pub async fn mail(patient: &Patient, findings: &mut Findings) {
    let config = &patient.config.mail;
    let unset = config.from.ends_with("@localhost.localdomain>");
    findings.warn_unless(
        !unset,
        "mail sender",
        if unset { "the sender is still the built-in one".into() } else { config.from.clone() },
        "set from = \"Name <address>\" in the section [mail] of cirt.toml",
    );
    let mailer = match Mailer::new(config) {
        Ok(mailer) => mailer,
        Err(error) => return findings.fail("mail", error.to_string(), "correct the section [mail] of cirt.toml"),
    };
    if config.transport == TransportKind::Capture {
        let mend = "set transport = \"smtp\" in [mail] when letters are to leave";
        return findings.warn("mail", "mail stays in the built-in box and reaches nobody", mend);
    }
    links(&patient.config, findings);
    let server = format!("{}:{}", config.smtp.host, config.smtp.port);
    match tokio::time::timeout(Duration::from_secs(MAIL_SECONDS), mailer.probe()).await {
        Ok(Ok(())) => findings.ok("mail", format!("{server} takes the connection and the login")),
        Ok(Err(error)) => findings.fail(
            "mail",
            format!("{server}: {error}"),
            "check host, port, tls and credentials_file in [mail.smtp]",
        ),
        Err(_) => findings.fail(
            "mail",
            format!("{server} did not answer in {MAIL_SECONDS} s"),
            "check host and port, and the firewall",
        ),
    }
}

/// The links in letters that really leave: do they lead to a place where constituents can be.
fn links(config: &Config, findings: &mut Findings) {
    if !config.warning.answer_links {
        return findings.ok("answer links", "letters carry none");
    }
    let address = config.public_address.as_str();
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', '?']).next().unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let loopback = name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback() || ip.is_unspecified());
    let found = match (name.is_empty(), loopback, address.starts_with("https://")) {
        (true, ..) => "public_address is empty: the links in letters lead to this machine itself",
        (_, true, _) => "public_address is this machine itself: the links in letters lead nowhere for their readers",
        (_, _, false) => "public_address is not https: answers travel where others can read them",
        _ => return findings.ok("answer links", format!("they lead to {address}")),
    };
    let mend = "set public_address = \"https://…\" in cirt.toml to where constituents reach the pages, or answer_links = false \
                in [warning]";
    findings.warn("answer links", found, mend);
}

/// A font with Arabic letters, for pages shown and printed on this machine. The server itself needs none.
pub fn fonts(findings: &mut Findings) {
    let listed = std::process::Command::new("fc-list").args([":lang=ar", "family"]).output();
    let family = match listed {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).lines().next().map(str::to_string)
        }
        _ => FONT_FOLDERS.iter().find_map(|folder| arabic_font(Path::new(folder), 4)),
    };
    findings.warn_unless(
        family.is_some(),
        "Arabic fonts",
        family.unwrap_or_else(|| "none was found".into()),
        "apt-get install fonts-noto-core (only for pages shown or printed on this machine)",
    );
}

fn arabic_font(folder: &Path, depth: u8) -> Option<String> {
    let entries = std::fs::read_dir(folder).ok()?;
    entries.flatten().find_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            return if depth == 0 { None } else { arabic_font(&entry.path(), depth - 1) };
        }
        ["Arabic", "Naskh", "Kufi", "DejaVuSans"].iter().any(|word| name.contains(word)).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::message_names;

    #[test]
    fn message_names_are_what_stands_before_the_sign() {
        let text =
            "# note\nweb-title = Title\nweb-count = { $n ->\n    [one] One\n   *[other] Many = more\n}\n-term = x\n";
        assert_eq!(message_names(text).collect::<Vec<_>>(), ["web-title", "web-count"]);
    }
}
