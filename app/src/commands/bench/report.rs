//! Reports of full assessments: every item of two catalogues answered by five respondents, with evidence.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use manara_document::{Form, Printer};
use manara_framework::assessments::{Answer, Assessment, Evidence, Sheet, State, Voice};
use manara_framework::catalogues::{Catalogue, Shelf};
use manara_framework::reports::Report;
use manara_model::{Micros, Tlp};
use manara_web::{Lang, Words};
use serde_json::json;

use super::Figures;

/// The catalogues of the goal: both reports as PDF in under two seconds.
const CATALOGUES: [&str; 2] = ["sim3", "five-elements"];
const VOICES: usize = 5;
const DAY: &str = "2026-11-22";

/// Prints the times.
pub fn run(rounds: u32, mut figures: Figures) -> anyhow::Result<()> {
    let (shelf, words) = (Shelf::load(None), Words::built_in()?);
    let begin = Instant::now();
    let printer = Printer::new(None);
    let (took, fonts) = (millis(begin.elapsed()), printer.fonts().families().len());
    figures.say(&format!("{took:>8.1} ms  {fonts} fonts"), json!({ "what": "fonts", "count": fonts, "ms": took }));
    for form in Form::ALL {
        for lang in Lang::ALL {
            let mut both = vec![Duration::ZERO; rounds as usize];
            let mut bytes = 0;
            for id in CATALOGUES {
                let catalogue = shelf.get(id).with_context(|| format!("there is no catalogue {id}"))?;
                let (sheet, assessment) = (answered(catalogue, VOICES), assessment(catalogue));
                for took in &mut both {
                    let begin = Instant::now();
                    let score = manara_framework::scoring::score(catalogue, &sheet, catalogue.told.profiles.first());
                    let report = manara_framework::reports::report(&Report {
                        assessment: &assessment,
                        catalogue,
                        sheet: &sheet,
                        score: &score,
                        blocks: &shelf.blocks,
                        words: &words,
                        lang,
                    });
                    bytes = printer.print(&report, form)?.len();
                    *took += begin.elapsed();
                }
            }
            // The goal is about the first round, with nothing warm; the middle is what a busy day sees.
            let first = both.first().copied().unwrap_or_default();
            both.sort_unstable();
            let middle = both.get(both.len() / 2).copied().unwrap_or_default();
            let (what, lang, first, middle) = (form.as_str(), lang.tag(), millis(first), millis(middle));
            figures.say(
                &format!("{what:<5}{lang:<3} first {first:>8.1} ms  middle {middle:>8.1} ms  {bytes} bytes (last)"),
                json!({ "what": what, "language": lang, "first_ms": first, "middle_ms": middle, "bytes": bytes }),
            );
        }
    }
    figures.end()
}

pub(super) fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

fn assessment(catalogue: &Catalogue) -> Assessment {
    let made = Micros::parse_rfc3339("2026-11-22T08:00:00Z").unwrap_or_default();
    Assessment {
        id: "bench".into(),
        subject: "Siraj".into(),
        catalogue: catalogue.id().into(),
        hash: catalogue.hash.clone(),
        tlp: Tlp::Amber,
        state: State::Open,
        made_by: "bench".into(),
        made,
        changed: made,
        version: 1,
        kind: None,
    }
}

/// Every item answered by so many respondents, who do not agree, with a document each of which half are proven.
pub(super) fn answered(catalogue: &Catalogue, voices: usize) -> Sheet {
    let (low, high) = catalogue.ends();
    let mut sheet = Sheet { day: DAY.into(), ..Sheet::default() };
    for at in 0..voices {
        let (id, organisation) = (format!("v{at}"), format!("Organisation {at}"));
        sheet.voices.push(Voice { id, name: format!("Person {at}"), organisation, role: "head".into() });
    }
    for (item, place) in catalogue.assessable().zip(0i64..) {
        for (voice, at) in sheet.voices.iter().zip(0i64..) {
            sheet.answers.push(Answer {
                voice: voice.id.clone(),
                item: item.ref_id.clone(),
                level: Some(low + (place + at % 2) % (high - low + 1)),
                not_applicable: false,
                state: None,
                comment: "As it was found in the workshop.".into(),
            });
        }
        sheet.evidence.push(Evidence {
            id: format!("e{place}"),
            item: item.ref_id.clone(),
            voice: "v0".into(),
            label: "Document".into(),
            sha256: String::new(),
            expires: String::new(),
            supports: (place % 2 == 0).then_some(low + place % (high - low + 1)),
            revision: 1,
        });
    }
    sheet
}
