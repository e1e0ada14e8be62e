//! How far a report can be trusted: what does not fit together, what is missing, who spoke, by which rules.

use std::collections::BTreeMap;

use manara_document::{Cell, Part, Table};
use manara_web::Word;

use super::Report;
use crate::catalogue::Item;
use crate::score::RULES;

/// Findings of the X-ray that stand in a report.
const CHECKS: usize = 200;

impl Report<'_> {
    /// What does not fit together.
    pub(super) fn checks(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(1, self.t("framework-checks")));
        if self.score.checks.is_empty() {
            return parts.push(Part::Words(self.t("framework-checks-none")));
        }
        let row = |check: &crate::xray::Check| {
            // Respondents stand in the report by organisation and role, not by name.
            let about = match (check.check, check.about.as_str()) {
                (_, "") => Cell::Absent,
                ("missing-voice", name) => self.who(name),
                ("contradiction", item) => Cell::Id(item.to_string()),
                (_, about) => Cell::Text(about.to_string()),
            };
            let item = if check.item.is_empty() { Cell::Absent } else { Cell::Id(check.item.clone()) };
            vec![item, Cell::Text(self.t(&format!("framework-check-{}", check.check))), about]
        };
        let head = self.wording().heads(["framework-field-item", "framework-field-check", "framework-field-about"]);
        let rows = self.score.checks.iter().take(CHECKS).map(row).collect();
        parts.push(Part::Table(Table { caption: String::new(), head, rows }));
        let more = self.score.checks.len().saturating_sub(CHECKS);
        if more > 0 {
            let args = [("count", Word::from(i64::try_from(more).unwrap_or_default()))];
            parts.push(Part::Words(self.wording().t_args("document-more", &args)));
        }
    }

    /// Organisation and role of a respondent.
    fn who(&self, name: &str) -> Cell {
        match self.sheet.voices.iter().find(|voice| voice.called() == name) {
            Some(voice) if voice.role.is_empty() => Cell::Text(voice.organisation.clone()),
            Some(voice) => Cell::Text(format!("{} · {}", voice.organisation, voice.role)),
            None => Cell::Absent,
        }
    }

    /// What nobody answered, and what was not compared with its original.
    pub(super) fn open(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(1, self.t("document-open")));
        let silent: Vec<Vec<Cell>> = self
            .score
            .items
            .iter()
            .filter(|score| score.claimed.is_none() && !score.not_applicable)
            .map(|score| vec![Cell::Id(score.item.clone()), Cell::Text(self.name(&score.item))])
            .collect();
        parts.push(Part::Heading(2, self.t("document-unanswered")));
        if silent.is_empty() {
            parts.push(Part::Words(self.t("document-unanswered-none")));
        } else {
            let head = self.wording().heads(["framework-field-item", "framework-field-title"]);
            parts.push(Part::Table(Table { caption: String::new(), head, rows: silent }));
        }
        parts.push(Part::Heading(2, self.t("framework-secondary")));
        let unsure: Vec<&Item> = self.catalogue.assessable().filter(|item| !item.verified).collect();
        if unsure.is_empty() {
            return parts.push(Part::Words(self.t("document-secondary-none")));
        }
        parts.push(Part::Note(self.t("framework-secondary-long")));
        let ids: Vec<&str> = unsure.iter().map(|item| item.ref_id.as_str()).collect();
        let args = [
            ("count", Word::from(i64::try_from(ids.len()).unwrap_or_default())),
            ("all", Word::from(i64::try_from(self.score.items.len()).unwrap_or_default())),
        ];
        parts.push(Part::Words(self.wording().t_args("document-secondary-count", &args)));
        parts.push(Part::Words(ids.join(", ")));
    }

    /// Who spoke: organisations and roles, with how much each said. Never by name.
    pub(super) fn voices(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(1, self.t("framework-field-respondents")));
        if self.sheet.voices.is_empty() {
            return parts.push(Part::Words(self.t("framework-no-voices")));
        }
        let mut said: BTreeMap<&str, usize> = BTreeMap::new();
        for answer in self.sheet.answers.iter().filter(|answer| answer.level.is_some() || answer.not_applicable) {
            *said.entry(answer.voice.as_str()).or_default() += 1;
        }
        let mut groups: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
        for voice in &self.sheet.voices {
            let group = groups.entry((voice.organisation.as_str(), voice.role.as_str())).or_default();
            group.0 += 1;
            group.1 += said.get(voice.id.as_str()).copied().unwrap_or_default();
        }
        let row = |((organisation, role), (people, answers)): ((&str, &str), (usize, usize))| {
            let text = |text: &str| if text.is_empty() { Cell::Absent } else { Cell::Text(text.to_string()) };
            let count = |count: usize| Cell::Number(self.wording().count(count));
            vec![text(organisation), text(role), count(people), count(answers)]
        };
        let head = self.wording().heads([
            "framework-field-organisation",
            "framework-field-role",
            "framework-field-respondents",
            "framework-field-answers",
        ]);
        parts.push(Part::Table(Table { caption: String::new(), head, rows: groups.into_iter().map(row).collect() }));
    }

    /// By which rules, from which sources, in which version.
    pub(super) fn method(&self, parts: &mut Vec<Part>) {
        let (lang, told) = (self.lang.tag(), &self.catalogue.told);
        parts.push(Part::Heading(1, self.t("document-method")));
        parts.push(Part::Words(self.t("document-method-how")));
        parts.push(Part::Pairs(vec![
            (self.t("framework-field-catalogue"), Cell::Text(told.name.of(lang).to_string())),
            (self.t("framework-field-publisher"), Cell::Text(told.publisher.clone())),
            (self.t("framework-field-version"), Cell::Id(self.catalogue.hash.clone())),
            (self.t("framework-field-rule"), Cell::Text(self.t(&format!("framework-rule-{}", told.rule.as_str())))),
            (self.t("document-field-rules"), Cell::Number(self.wording().number(RULES))),
            (self.t("framework-field-day"), Cell::Id(self.score.day.clone())),
            (self.t("document-field-assessment"), Cell::Id(self.assessment.id.clone())),
        ]));
        parts.push(Part::Heading(2, self.t("framework-report-sources")));
        let mut sources: Vec<String> =
            told.source.iter().map(|source| format!("{} {}", source.title, source.url)).collect();
        sources.extend(told.attribution.as_ref().map(|text| text.of(lang).to_string()));
        parts.push(Part::List { numbered: false, items: sources });
    }
}
