//! What happened on one day: from the journal, and from what the planes count.

use manara_model::{Entry, Micros, Viewer};
use manara_store::{Db, Journal, StoreError};
use manara_watch::Watch;
use manara_web::{Lang, Word, Words};
use serde_json::Value;

/// Entries read at once, and at most of one verb.
const PAGE: i64 = 2_000;
const ENTRIES: usize = 200_000;
/// Feeds named in the text; the others are counted.
const FEEDS_NAMED: usize = 20;

/// One day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digest {
    /// Its first moment.
    pub day: Micros,
    /// Every count by its name, in the order of [`SECTIONS`].
    pub counts: Vec<(&'static str, i64)>,
    /// The feeds that say nothing now.
    pub silent: Vec<String>,
}

/// What a digest counts, by section. The words are `picture-digest-<name>`.
pub const SECTIONS: &[(&str, &[&str])] = &[
    ("came", &["batches", "batches-failed", "events", "rejects"]),
    ("findings", &["opened", "reopened", "fixed", "refuted", "expired", "live"]),
    ("notices", &["sent", "told", "answers", "unanswered", "drafts"]),
    ("incidents", &["incidents-opened", "incidents-closed", "incidents-live", "overdue"]),
    ("feeds", &["silent", "drift"]),
];

impl Digest {
    /// The day of a moment, as far as a viewer may see it. What stands at the end (live, unanswered, silent) stands so now.
    pub async fn read(db: &Db, watch: &Watch, viewer: &Viewer, day: Micros, now: Micros) -> Result<Digest, StoreError> {
        let from = Micros(day.0 - day.0.rem_euclid(Micros::DAY));
        let until = from.plus_days(1);
        let tally = Journal::tally(db, from, until).await?;
        let told_of = |plane: &str, verb: &str| {
            tally.iter().find(|(p, v, _)| p == plane && v == verb).map_or(0, |(_, _, count)| *count)
        };
        let span = (from, until);
        let batches = entries(db, ("watch", "batch_finished"), span).await?;
        let answered = entries(db, ("watch", "finding_answered"), span).await?;
        let expired = entries(db, ("watch", "findings_expired"), span).await?;
        let delisted = entries(db, ("watch", "list_compared"), span).await?;
        let to = |wanted: &str| as_count(answered.iter().filter(|one| word(one, "to") == wanted).count());
        let reopened = told_of("watch", "finding_reopened");
        let told = manara_warning::told_between(db, viewer, from, until).await?;
        let (opened, closed) = manara_response::moved_between(db, viewer, from, until).await?;
        let counts = super::Counts::read(db, watch, &super::Standing::new(), viewer, now).await?;
        let figures = super::figures_of(&counts);
        let now_is = |name: &str| figures.get(name).copied().unwrap_or(0);
        let count = |name: &str| match name {
            "batches" => as_count(batches.len()),
            "batches-failed" => told_of("watch", "batch_failed"),
            "events" => sum(&batches, "events"),
            "rejects" => sum(&batches, "rejects"),
            // A batch counts what it opened and what it reopened together.
            "opened" => (sum(&batches, "findings_opened") - reopened).max(0),
            "reopened" => reopened + to("reopened"),
            "fixed" => to("fixed"),
            "refuted" => to("false_positive"),
            "expired" => sum(&expired, "findings") + sum(&delisted, "findings_expired"),
            "sent" => told.notices,
            "told" => told.findings,
            "answers" => told.answers,
            "incidents-opened" => opened,
            "incidents-closed" => closed,
            "incidents-live" => now_is("incidents"),
            other => now_is(other),
        };
        let counts = SECTIONS.iter().flat_map(|(_, names)| names.iter()).map(|name| (*name, count(name))).collect();
        let feeds = watch.feeds("").await?;
        let silent = feeds.into_iter().filter(|feed| feed.silent_since(now).is_some()).map(|feed| feed.name).collect();
        Ok(Digest { day: from, counts, silent })
    }

    /// One of the counts.
    pub fn count(&self, name: &str) -> i64 {
        self.counts.iter().find(|(found, _)| *found == name).map_or(0, |(_, count)| *count)
    }

    /// As a program reads it.
    pub fn json(&self) -> Value {
        let counts: serde_json::Map<String, Value> =
            self.counts.iter().map(|(name, count)| (name.replace('-', "_"), Value::from(*count))).collect();
        serde_json::json!({ "day": self.day.day(), "counts": counts, "silent_feeds": self.silent })
    }
}

fn as_count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

async fn entries(db: &Db, verb: (&str, &str), span: (Micros, Micros)) -> Result<Vec<Entry>, StoreError> {
    let mut all: Vec<Entry> = Vec::new();
    while all.len() < ENTRIES {
        let after = all.last().map_or(0, |entry| entry.id);
        let some = Journal::of_verb(db, verb, span, after, PAGE).await?;
        let is_last = as_count(some.len()) < PAGE;
        all.extend(some);
        if is_last {
            break;
        }
    }
    Ok(all)
}

fn detail(entry: &Entry) -> Value {
    serde_json::from_str(&entry.detail).unwrap_or_default()
}

fn sum(entries: &[Entry], name: &str) -> i64 {
    entries.iter().filter_map(|entry| detail(entry).get(name).and_then(Value::as_i64)).sum()
}

fn word(entry: &Entry, name: &str) -> String {
    detail(entry).get(name).and_then(Value::as_str).unwrap_or_default().to_string()
}

/// The digest in a language: one line of subject, and the text. `page` is where a reader who asked for it ends it; without one
/// it is for those whom the configuration names.
pub fn in_words(words: &Words, lang: Lang, team: &str, digest: &Digest, page: Option<&str>) -> (String, String) {
    let say = |key: &str, args: &[(&str, Word)]| tidy(lang, words.t_args(lang, key, args));
    let day: Word = words.day(lang, digest.day).into();
    let team = if team.is_empty() { words.t(lang, "web-name") } else { team.to_string() };
    let subject = say(
        "picture-digest-subject",
        &[
            ("team", team.clone().into()),
            ("day", digest.day.day().into()),
            ("opened", digest.count("opened").into()),
            ("incidents", digest.count("incidents-opened").into()),
        ],
    );
    let mut text = format!("{team}\n{}\n", say("picture-digest-head", &[("day", day)]));
    for (section, names) in SECTIONS {
        text.push_str(&format!("\n{}\n", say(&format!("picture-digest-section-{section}"), &[])));
        for name in *names {
            let line = say(&format!("picture-digest-{name}"), &[("count", digest.count(name).into())]);
            text.push_str(&format!("- {line}\n"));
        }
        if *section == "feeds" {
            for feed in digest.silent.iter().take(FEEDS_NAMED) {
                text.push_str(&format!("  {feed}\n"));
            }
            if let Some(more) = digest.silent.len().checked_sub(FEEDS_NAMED).filter(|more| *more > 0) {
                text.push_str(&format!(
                    "  {}\n",
                    say("picture-digest-more-feeds", &[("count", as_count(more).into())])
                ));
            }
        }
    }
    let foot = match page {
        Some(page) => say("picture-digest-foot-asked", &[("page", page.to_string().into())]),
        None => say("picture-digest-foot", &[]),
    };
    text.push_str(&format!("\n{foot}\n"));
    (subject, text)
}

/// Without the marks that set values apart where the whole text reads in their direction: not every mail program hides them.
fn tidy(lang: Lang, text: String) -> String {
    match lang.dir() {
        "rtl" => text,
        _ => text.replace(['\u{2068}', '\u{2069}'], ""),
    }
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;
    use manara_web::{Lang, Words};

    use super::{Digest, FEEDS_NAMED, SECTIONS, in_words};

    fn digest() -> Digest {
        let names = SECTIONS.iter().flat_map(|(_, names)| names.iter());
        Digest {
            day: Micros::parse_rfc3339("2026-01-14T00:00:00Z").expect("a moment"),
            counts: names.zip(1000i64..).map(|(name, count)| (*name, count)).collect(),
            silent: (0..FEEDS_NAMED + 3).map(|n| format!("feed-{n:02}")).collect(),
        }
    }

    #[test]
    fn every_count_is_said_in_every_language() {
        let words = Words::built_in().expect("words");
        for lang in Lang::ALL {
            let (subject, text) =
                in_words(&words, lang, "Siraj CIRT", &digest(), Some("https://cirt.example/picture/digest"));
            assert!(subject.contains("2026-01-14") && subject.contains("Siraj CIRT"), "{subject}");
            for (_, count) in digest().counts {
                assert!(text.contains(&lang.number(count)), "{lang:?} {count}: {text}");
            }
            assert!(text.contains("https://cirt.example/picture/digest"), "{text}");
            assert!(text.contains("feed-19") && !text.contains("feed-20"), "{text}");
        }
        assert!(words.missing().is_empty(), "{:?}", words.missing());
    }

    #[test]
    fn a_program_reads_the_same_numbers() {
        let json = digest().json();
        assert_eq!((json["day"].as_str(), json["counts"]["batches_failed"].as_i64()), (Some("2026-01-14"), Some(1001)));
    }
}
