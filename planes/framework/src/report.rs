//! The report of an assessment: a snapshot, strengths, gaps and what to do about them, and how far all of it can be trusted.

mod figures;
mod trust;

use manara_document::{Bar, Bars, Cell, Document, HeatMap, HeatRow, Part, Table};
use manara_web::{Lang, Word, Words};

use crate::aspect::THEMES;
use crate::assessment::Assessment;
use crate::blocks::Blocks;
use crate::catalogue::{Catalogue, Item};
use crate::score::{Gap, ItemScore, Score};
use crate::sheet::Sheet;
use crate::wording::Wording;

/// What a report is made of.
pub struct Report<'r> {
    /// The assessment.
    pub assessment: &'r Assessment,
    /// Its catalogue.
    pub catalogue: &'r Catalogue,
    /// What was said.
    pub sheet: &'r Sheet,
    /// Its figures.
    pub score: &'r Score,
    /// The building blocks.
    pub blocks: &'r Blocks,
    /// All messages.
    pub words: &'r Words,
    /// The reader's language.
    pub lang: Lang,
}

/// Gaps that stand in a report with what to do about them; all of them stand in the list of items.
const GAPS: usize = 40;
/// Strengths that stand in a report.
const STRENGTHS: usize = 25;

/// The report as a document. The same assessment, day and language give the same document.
pub fn report(of: &Report<'_>) -> Document {
    let title = of.wording().t_args("framework-report-title", &[("subject", of.assessment.subject.clone().into())]);
    let mut parts = Vec::new();
    of.head(&mut parts);
    of.snapshot(&mut parts);
    of.sections(&mut parts);
    of.strengths(&mut parts);
    of.gaps(&mut parts);
    of.advice(&mut parts);
    of.checks(&mut parts);
    of.open(&mut parts);
    of.voices(&mut parts);
    of.items(&mut parts);
    of.method(&mut parts);
    of.wording().document(title, Some(of.assessment.tlp), &of.score.day, parts)
}

impl Report<'_> {
    fn wording(&self) -> Wording<'_> {
        Wording { words: self.words, lang: self.lang }
    }

    fn t(&self, key: &str) -> String {
        self.wording().t(key)
    }

    fn name(&self, id: &str) -> String {
        self.wording().item(self.catalogue, id)
    }

    fn level(&self, level: Option<i64>) -> Cell {
        self.wording().level(self.catalogue, level)
    }

    fn score_of(&self, item: &str) -> Option<&ItemScore> {
        self.score.items.iter().find(|score| score.item == item)
    }

    fn claimed(&self, score: &ItemScore) -> Cell {
        if score.not_applicable { Cell::Text(self.t("framework-not-applicable")) } else { self.level(score.claimed) }
    }

    /// What it is about, and whether the profile it is held against can be trusted.
    fn head(&self, parts: &mut Vec<Part>) {
        let (lang, told) = (self.lang.tag(), &self.catalogue.told);
        let text = |text: &str| Cell::Text(text.to_string());
        parts.push(Part::Pairs(vec![
            (self.t("framework-field-subject"), text(&self.assessment.subject)),
            (
                self.t("framework-field-subject-kind"),
                self.assessment
                    .kind
                    .map_or(Cell::Absent, |kind| Cell::Text(self.t(&format!("framework-subject-{}", kind.as_str())))),
            ),
            (self.t("framework-field-catalogue"), text(told.name.of(lang))),
            (self.t("framework-field-edition"), text(&told.edition)),
            (self.t("framework-field-day"), Cell::Id(self.score.day.clone())),
            (self.t("framework-field-tlp"), Cell::Id(self.assessment.tlp.label().into())),
            (self.t("framework-field-respondents"), Cell::Number(self.wording().count(self.score.respondents))),
        ]));
        if let Some(profile) = self.score.profile.as_deref().and_then(|id| self.catalogue.profile(id)) {
            let args = [("profile", Word::from(profile.name.of(lang).to_string()))];
            parts.push(Part::Words(self.wording().t_args("framework-report-profile", &args)));
            if !profile.verified {
                parts.push(Part::Note(self.t("framework-secondary-long")));
            }
        }
    }

    /// How it stands with policy, institutions, people and relations.
    fn snapshot(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(1, self.t("document-snapshot")));
        parts.push(Part::Words(self.t("document-snapshot-how")));
        let wording = self.wording();
        let (_, high) = self.catalogue.ends();
        let last = self.catalogue.step(high).max(1) as f64;
        let mut rows = Vec::new();
        for theme in THEMES {
            let holds = |score: &&ItemScore| {
                let item = self.catalogue.item(&score.item);
                !score.not_applicable && item.is_some_and(|item| theme.holds(self.blocks, &item.blocks))
            };
            let of: Vec<&ItemScore> = self.score.items.iter().filter(holds).collect();
            let part = |level: fn(&ItemScore) -> Option<i64>| {
                let steps = |score: &&ItemScore| level(score).map_or(0, |level| self.catalogue.step(level)) as f64;
                match of.is_empty() {
                    true => Cell::Absent,
                    false => {
                        let mean = of.iter().map(steps).sum::<f64>() / of.len() as f64 / last;
                        Cell::Number(wording.locale().numbers.percent(mean))
                    }
                }
            };
            let answered = of.iter().filter(|score| score.claimed.is_some()).count();
            let gaps = of.iter().filter(|score| score.gap.is_some_and(|gap| gap > 0)).count();
            rows.push(vec![
                Cell::Text(self.t(&format!("document-theme-{}", theme.name))),
                Cell::Number(wording.count(of.len())),
                Cell::Number(wording.count(answered)),
                part(|score| score.claimed),
                part(|score| score.supported),
                Cell::Number(wording.count(gaps)),
            ]);
        }
        let head = wording.heads([
            "document-field-theme",
            "framework-field-items",
            "framework-field-answers",
            "framework-field-claimed",
            "framework-field-supported",
            "document-field-gaps",
        ]);
        parts.push(Part::Table(Table { caption: String::new(), head, rows }));
        parts.push(Part::Heading(2, self.t("framework-report-figures")));
        parts.push(Part::Words(self.t(&format!("framework-rule-{}-how", self.catalogue.told.rule.as_str()))));
        parts.push(Part::Pairs(self.figures()));
    }

    /// The sections of the catalogue as bars, radar and heat map.
    fn sections(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(2, self.t("framework-by-section")));
        let percent = |part: f64| self.wording().locale().numbers.percent(part);
        let row = |one: &crate::score::SectionScore| Bar {
            id: one.section.clone(),
            label: format!("{} {}", one.section, self.name(&one.section)),
            parts: [one.part_claimed, one.part_supported],
            words: [percent(one.part_claimed), percent(one.part_supported)],
        };
        let bars = Bars {
            caption: self.t("document-bars"),
            heads: [self.t("framework-field-claimed"), self.t("framework-field-supported")],
            rows: self.score.sections.iter().map(row).collect(),
        };
        parts.push(Part::Bars(bars.clone()));
        parts.push(Part::Radar(Bars { caption: self.t("framework-radar"), ..bars }));
        let step = |level: i64| usize::try_from(self.catalogue.step(level)).unwrap_or_default();
        let items = |section: &str| {
            let of = self.score.items.iter().filter(|item| item.section == section);
            of.map(|item| (item.item.clone(), item.claimed.map(step))).collect()
        };
        let name = |level: &crate::catalogue::Level| level.name.of(self.lang.tag()).to_string();
        parts.push(Part::HeatMap(HeatMap {
            caption: self.t("document-heat"),
            steps: self.catalogue.told.scale.iter().map(name).collect(),
            without: self.t("framework-no-answer"),
            rows: self
                .score
                .sections
                .iter()
                .map(|one| HeatRow { id: one.section.clone(), items: items(&one.section) })
                .collect(),
        }));
    }

    fn strengths(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(1, self.t("framework-report-strengths")));
        let (_, high) = self.catalogue.ends();
        let near = self.catalogue.step(high).max(2) - 1;
        let is_strong = |score: &&ItemScore| score.supported.is_some_and(|level| self.catalogue.step(level) >= near);
        let strong: Vec<&ItemScore> = self.score.items.iter().filter(is_strong).take(STRENGTHS).collect();
        if strong.is_empty() {
            return parts.push(Part::Words(self.t("framework-report-no-strengths")));
        }
        let row = |score: &&ItemScore| {
            vec![Cell::Id(score.item.clone()), Cell::Text(self.name(&score.item)), self.level(score.supported)]
        };
        let head = self.wording().heads(["framework-field-item", "framework-field-title", "framework-field-supported"]);
        parts.push(Part::Table(Table { caption: String::new(), head, rows: strong.iter().map(row).collect() }));
    }

    fn gaps(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(1, self.t("framework-report-gaps")));
        if self.score.gaps.is_empty() {
            return parts.push(Part::Words(self.t("framework-report-no-gaps")));
        }
        parts.push(Part::Words(self.t("framework-report-gaps-how")));
        let wording = self.wording();
        let row = |(at, gap): (usize, &Gap)| {
            vec![
                Cell::Number(wording.count(at + 1)),
                Cell::Id(gap.item.clone()),
                Cell::Text(self.name(&gap.item)),
                self.score_of(&gap.item).map_or(Cell::Absent, |score| self.claimed(score)),
                wording.cell(gap.steps),
                wording.cell(gap.priority),
                wording.cell(gap.effort),
            ]
        };
        let head = wording.heads([
            "framework-field-rank",
            "framework-field-item",
            "framework-field-title",
            "framework-field-claimed",
            "framework-field-gap",
            "document-field-priority",
            "document-field-effort",
        ]);
        let rows = self.score.gaps.iter().enumerate().take(GAPS).map(row).collect();
        parts.push(Part::Table(Table { caption: String::new(), head, rows }));
        let more = self.score.gaps.len().saturating_sub(GAPS);
        if more > 0 {
            let args = [("count", Word::from(i64::try_from(more).unwrap_or_default()))];
            parts.push(Part::Words(wording.t_args("document-more", &args)));
        }
    }

    /// What to do about the first gaps, and the building blocks that do it.
    fn advice(&self, parts: &mut Vec<Part>) {
        if self.score.gaps.is_empty() {
            return;
        }
        parts.push(Part::Heading(1, self.t("document-recommendations")));
        let lang = self.lang.tag();
        let row = |gap: &Gap| {
            let item = self.catalogue.item(&gap.item);
            let advice = item.and_then(|item| item.recommendation.as_ref());
            let blocks = item.map(|item: &Item| item.blocks.as_slice()).unwrap_or_default();
            let name = |id: &String| self.blocks.get(id).map_or(id.as_str(), |block| block.name.of(lang)).to_string();
            let names = blocks.iter().map(name).collect::<Vec<_>>().join(" · ");
            vec![
                Cell::Id(gap.item.clone()),
                advice.map_or(Cell::Absent, |text| Cell::Text(text.of(lang).to_string())),
                if names.is_empty() { Cell::Absent } else { Cell::Text(names) },
            ]
        };
        let head = self.wording().heads(["framework-field-item", "framework-field-advice", "framework-field-blocks"]);
        let rows = self.score.gaps.iter().take(GAPS).map(row).collect();
        parts.push(Part::Table(Table { caption: String::new(), head, rows }));
    }

    fn items(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(1, self.t("framework-report-items")));
        let wording = self.wording();
        let row = |score: &ItemScore| {
            let spread = score.spread.map_or(Cell::Absent, |spread| {
                Cell::Number(match spread.least == spread.most {
                    true => wording.number(spread.least),
                    false => format!("{} … {}", wording.number(spread.least), wording.number(spread.most)),
                })
            });
            vec![
                Cell::Id(score.item.clone()),
                Cell::Text(self.name(&score.item)),
                self.claimed(score),
                self.level(score.supported),
                spread,
                score.gap.map_or(Cell::Absent, |gap| wording.cell(gap)),
            ]
        };
        let head = wording.heads([
            "framework-field-item",
            "framework-field-title",
            "framework-field-claimed",
            "framework-field-supported",
            "framework-field-spread",
            "framework-field-gap",
        ]);
        let rows = self.score.items.iter().map(row).collect();
        parts.push(Part::Table(Table { caption: String::new(), head, rows }));
    }
}
