//! New values in `cirt.toml`, with everything else in the file, comments too, as it was.

use toml::{Table, Value};

/// A key of the file and its new value; no value takes the key away.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The section, such as `mail.smtp`; empty for the keys before the first one.
    pub section: &'static str,
    /// The key.
    pub key: &'static str,
    /// Its value.
    pub value: Option<Value>,
}

impl Change {
    /// A key that gets a value.
    pub fn set(section: &'static str, key: &'static str, value: impl Into<Value>) -> Change {
        Change { section, key, value: Some(value.into()) }
    }

    /// A key that goes away.
    pub fn remove(section: &'static str, key: &'static str) -> Change {
        Change { section, key, value: None }
    }
}

/// Why the file was left as it is.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It is not TOML.
    #[error("it is not TOML: {0}")]
    NotToml(String),
    /// It is written in a way that only a person can change.
    #[error("it is written in a way this program can't change; set {0} in it by hand")]
    ByHand(String),
}

/// The text with the changes. It is read again before it is given: it says what the old one said, and the changes.
pub fn changed(text: &str, changes: &[Change]) -> Result<String, EditError> {
    let table = |text: &str| toml::from_str::<Table>(text).map_err(|error| EditError::NotToml(error.to_string()));
    let by_hand = |change: &Change| match change.section {
        "" => EditError::ByHand(change.key.to_string()),
        section => EditError::ByHand(format!("{section}.{}", change.key)),
    };
    let mut wanted = table(text)?;
    let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
    for change in changes {
        put(&mut wanted, change).ok_or_else(|| by_hand(change))?;
        apply(&mut lines, change);
        let found = table(&(lines.join("\n") + "\n")).map_err(|_| by_hand(change))?;
        if found != wanted {
            return Err(by_hand(change));
        }
    }
    Ok(lines.join("\n") + "\n")
}

/// The change in what the text means.
fn put(table: &mut Table, change: &Change) -> Option<()> {
    let mut at = table;
    for part in change.section.split('.').filter(|part| !part.is_empty()) {
        if change.value.is_none() && !at.contains_key(part) {
            return Some(());
        }
        at = at.entry(part).or_insert_with(|| Table::new().into()).as_table_mut()?;
    }
    match &change.value {
        Some(value) => at.insert(change.key.to_string(), value.clone()),
        None => at.remove(change.key),
    };
    Some(())
}

/// The change in the lines, as they are usually written; whether it is the right one, the caller looks.
fn apply(lines: &mut Vec<String>, change: &Change) {
    let is_head = |line: &String| line.trim_start().starts_with('[');
    let head = format!("[{}]", change.section);
    let is_ours = |line: &String| line.split('#').next().unwrap_or_default().trim() == head;
    let begin = match change.section {
        "" => Some(0),
        _ => lines.iter().position(is_ours).map(|at| at + 1),
    };
    let Some(begin) = begin else {
        if let Some(value) = &change.value {
            if lines.last().is_some_and(|line| !line.trim().is_empty()) {
                lines.push(String::new());
            }
            lines.push(head);
            lines.push(format!("{} = {value}", change.key));
        }
        return;
    };
    let end = lines.iter().skip(begin).position(is_head).map_or(lines.len(), |at| begin + at);
    let is_key = |line: &String| {
        line.trim_start().strip_prefix(change.key).is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let there = lines.iter().take(end).skip(begin).position(is_key).map(|at| begin + at);
    match (there, &change.value) {
        (Some(at), Some(value)) => {
            if let Some(line) = lines.get_mut(at) {
                let comment = comment_of(line).map(|comment| format!(" {comment}")).unwrap_or_default();
                *line = format!("{} = {value}{comment}", change.key);
            }
        }
        (Some(at), None) => _ = lines.remove(at),
        (None, None) => {}
        (None, Some(value)) => {
            let is_said = |line: &String| !line.trim().is_empty() && !line.trim_start().starts_with('#');
            let last = lines.iter().take(end).skip(begin).rposition(is_said).map_or(begin, |at| begin + at + 1);
            lines.insert(last, format!("{} = {value}", change.key));
        }
    }
}

/// The comment after the value of a line, with its mark.
fn comment_of(line: &str) -> Option<&str> {
    let whole = toml::from_str::<Table>(line).ok()?;
    let marks = line.char_indices().filter(|(_, c)| *c == '#').map(|(at, _)| at);
    marks.filter_map(|at| Some((line.get(..at)?, line.get(at..)?))).find_map(|(before, comment)| {
        (toml::from_str::<Table>(before).ok().as_ref() == Some(&whole)).then_some(comment)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::{Table, Value};

    use super::{Change, EditError, changed};

    #[test]
    fn values_change_and_words_around_them_stay() {
        let text = "# first\nteam = \"a # b\" # ours\n\n[mail] # post\n# how\ntransport = \"capture\"\n\n# [digest]\n";
        let changes = [
            Change::set("", "team", "منارة \"#\""),
            Change::set("", "database", ""),
            Change::set("mail", "transport", "smtp"),
            Change::set("mail", "from", "A <a@b.example>"),
            Change::set("mail.smtp", "port", 25),
            Change::set("mail.smtp", "host", "localhost"),
            Change::remove("mail.smtp", "port"),
            Change::remove("nation", "zone"),
        ];
        let want = "# first\nteam = \"منارة \\\"#\\\"\" # ours\ndatabase = \"\"\n\n[mail] # post\n# how\n\
                    transport = \"smtp\"\nfrom = \"A <a@b.example>\"\n\n# [digest]\n\n[mail.smtp]\nhost = \"localhost\"\n";
        let found = changed(text, &changes).unwrap().replace("'منارة \"#\"'", "\"منارة \\\"#\\\"\"");
        assert_eq!(found, want);
        assert_eq!(
            changed(&found, &changes).unwrap().replace("'منارة \"#\"'", "\"منارة \\\"#\\\"\""),
            want,
            "twice is once"
        );
    }

    #[test]
    fn what_only_a_person_can_change_is_left_alone() {
        let port = [Change::set("mail.smtp", "port", 25)];
        for text in [
            "mail = { transport = \"smtp\" }\n",
            "mail.smtp.host = \"a\"\n",
            "[mail]\nsmtp = { host = \"a\" }\n",
            "[mail.smtp]\n\"port\" = 1\n",
            "mail = 5\n",
            "team = \"\"\"\n[mail.smtp]\nport = 7\n\"\"\"\n",
        ] {
            match changed(text, &port) {
                Err(EditError::ByHand(key)) => assert_eq!(key, "mail.smtp.port", "{text}"),
                Ok(new) => {
                    // Where it could be done, only the port differs.
                    let (mut old, new): (Table, Table) = (toml::from_str(text).unwrap(), toml::from_str(&new).unwrap());
                    super::put(&mut old, &port[0]).unwrap();
                    assert_eq!(old, new, "{text}");
                }
                Err(other) => panic!("{text}: {other}"),
            }
        }
        assert!(matches!(changed("team = ", &port), Err(EditError::NotToml(_))));
    }

    proptest! {
        #[test]
        fn whatever_is_written_only_the_change_differs(
            text in "([a-z\\[\\]=\" #.{},0-9']{0,12}\n){0,8}",
            value in "\\PC{0,12}",
            section in prop::sample::select(vec!["", "mail", "mail.smtp"]),
        ) {
            let changes = [Change::set(section, "team", value.clone())];
            if let Ok(new) = changed(&text, &changes) {
                let mut old: Table = toml::from_str(&text).unwrap();
                super::put(&mut old, &changes[0]).unwrap();
                let new: Table = toml::from_str(&new).unwrap();
                prop_assert_eq!(old, new);
            }
        }

        #[test]
        fn any_text_can_be_a_value_of_the_template(value in "\\PC{0,40}") {
            let changes = [Change::set("", "team", value.clone()), Change::set("mail", "from", value.clone())];
            let new: Table = toml::from_str(&changed(crate::config::TEMPLATE, &changes).unwrap()).unwrap();
            prop_assert_eq!(new.get("team"), Some(&Value::String(value.clone())));
        }
    }
}
