//! The report of an assessment, as HTML for a browser or paper and as Markdown, in the language of its reader.
//!
//! It is made of a few kinds of parts, so that another form is another printer.

mod print;

use manara_web::{Lang, Locale, Word, Words};

use crate::assessment::Assessment;
use crate::blocks::Blocks;
use crate::catalogue::{Catalogue, Item, Rule};
use crate::score::{Figures, Score};

/// In which form a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// HTML with its own styles, for a browser or paper.
    Html,
    /// Markdown.
    Md,
}

impl Form {
    /// Both.
    pub const ALL: [Form; 2] = [Self::Html, Self::Md];

    /// The word in addresses, and the end of the file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == text)
    }
}

/// A part of a report.
pub(crate) enum Part {
    Heading(String),
    Words(String),
    /// Label and value.
    Pairs(Vec<(String, String)>),
    Table {
        head: Vec<String>,
        rows: Vec<Vec<Value>>,
    },
    List(Vec<String>),
    /// Label and how much of the whole is claimed and supported, 0 to 1.
    Bars {
        head: [String; 2],
        rows: Vec<(String, f64, f64)>,
    },
}

/// A cell of a table.
pub(crate) enum Value {
    Text(String),
    /// An id: from left to right in every language.
    Id(String),
    Number(Option<i64>),
}

/// What a report is made of.
pub struct Report<'r> {
    /// The assessment.
    pub assessment: &'r Assessment,
    /// Its catalogue.
    pub catalogue: &'r Catalogue,
    /// Its figures.
    pub score: &'r Score,
    /// The building blocks.
    pub blocks: &'r Blocks,
    /// All messages.
    pub words: &'r Words,
    /// The reader's language.
    pub lang: Lang,
}

/// Gaps that stand in a report with what to do about them.
const GAPS: usize = 25;
/// Strengths that stand in a report.
const STRENGTHS: usize = 15;

/// Prints the report.
pub fn report(of: &Report<'_>, form: Form) -> String {
    let title = of.t_args("framework-report-title", &[("subject", of.assessment.subject.clone().into())]);
    let parts = of.parts();
    match form {
        Form::Html => print::html(of, &title, &parts),
        Form::Md => print::markdown(of, &title, &parts),
    }
}

impl Report<'_> {
    fn locale(&self) -> Locale {
        self.lang.into()
    }

    pub(crate) fn t(&self, key: &str) -> String {
        self.words.t(self.locale(), key)
    }

    pub(crate) fn t_args(&self, key: &str, args: &[(&str, Word)]) -> String {
        self.words.t_args(self.locale(), key, args)
    }

    pub(crate) fn number(&self, number: i64) -> String {
        self.locale().numbers.whole(number)
    }

    fn level(&self, level: Option<i64>) -> String {
        match level {
            None => "–".into(),
            Some(value) => {
                let name = self.catalogue.level(value).map_or("", |level| level.name.of(self.lang.tag()));
                format!("{} · {name}", self.number(value))
            }
        }
    }

    fn item_name(&self, id: &str) -> String {
        self.catalogue.item(id).map_or(id, |item| item.name.of(self.lang.tag())).to_string()
    }

    fn parts(&self) -> Vec<Part> {
        let lang = self.lang.tag();
        let told = &self.catalogue.told;
        let mut parts = vec![Part::Pairs(vec![
            (self.t("framework-field-subject"), self.assessment.subject.clone()),
            (self.t("framework-field-catalogue"), told.name.of(lang).to_string()),
            (self.t("framework-field-edition"), told.edition.clone()),
            (self.t("framework-field-version"), self.catalogue.hash.chars().take(16).collect()),
            (self.t("framework-field-day"), self.score.day.clone()),
            (self.t("framework-field-tlp"), self.assessment.tlp.label().to_string()),
            (self.t("framework-field-respondents"), self.number(self.score.respondents as i64)),
        ])];
        parts.push(Part::Heading(self.t("framework-report-figures")));
        parts.push(Part::Words(self.t(&format!("framework-rule-{}-how", told.rule.as_str()))));
        parts.push(Part::Pairs(self.figures(&self.score.figures)));
        if let Some(profile) = self.score.profile.as_deref().and_then(|id| self.catalogue.profile(id)) {
            let args = [("profile", Word::from(profile.name.of(lang).to_string()))];
            parts.push(Part::Words(self.t_args("framework-report-profile", &args)));
            if !profile.verified {
                parts.push(Part::Words(self.t("framework-secondary-long")));
            }
        }
        parts.push(Part::Bars {
            head: [self.t("framework-field-claimed"), self.t("framework-field-supported")],
            rows: self
                .score
                .sections
                .iter()
                .map(|one| (self.item_name(&one.section), one.part_claimed, one.part_supported))
                .collect(),
        });
        self.strengths(&mut parts);
        self.gaps(&mut parts);
        self.checks(&mut parts);
        self.items(&mut parts);
        parts.push(Part::Heading(self.t("framework-report-sources")));
        let mut sources: Vec<String> =
            told.source.iter().map(|source| format!("{} {}", source.title, source.url)).collect();
        sources.extend(told.attribution.as_ref().map(|text| text.of(lang).to_string()));
        parts.push(Part::List(sources));
        if self.catalogue.told.items.iter().any(|item| !item.verified) {
            parts.push(Part::Words(self.t("framework-secondary-long")));
        }
        parts
    }

    /// The figures of the model in words.
    fn figures(&self, figures: &Figures) -> Vec<(String, String)> {
        let count = |count: usize| self.number(i64::try_from(count).unwrap_or(i64::MAX));
        let mut pairs = vec![
            (self.t("framework-figure-answered"), count(figures.answered)),
            (self.t("framework-figure-unanswered"), count(figures.unanswered)),
            (self.t("framework-figure-not-applicable"), count(figures.not_applicable)),
        ];
        let decimal = |number: f64| self.locale().numbers.digits(&format!("{number}"));
        let percent = |number: f64| format!("{} %", decimal(number));
        let both = [
            ("framework-figure-percent-claimed", figures.percent_claimed.map(percent)),
            ("framework-figure-percent-supported", figures.percent_supported.map(percent)),
            ("framework-figure-points-claimed", figures.points_claimed.map(decimal)),
            ("framework-figure-points-supported", figures.points_supported.map(decimal)),
            ("framework-figure-points-applicable", figures.points_applicable.map(decimal)),
            ("framework-figure-below", figures.below.map(count)),
            ("framework-figure-unknown-minima", figures.unknown_minima.map(count)),
            ("framework-figure-mean", figures.mean_ours.map(decimal)),
        ];
        pairs.extend(both.into_iter().filter_map(|(key, value)| Some((self.t(key), value?))));
        if self.score.profile.is_some() {
            let meets = |meets: Option<bool>| match meets {
                Some(true) => self.t("framework-meets-yes"),
                Some(false) => self.t("framework-meets-no"),
                None => self.t("framework-meets-unknown"),
            };
            pairs.push((self.t("framework-figure-meets-claimed"), meets(figures.meets_claimed)));
            pairs.push((self.t("framework-figure-meets-supported"), meets(figures.meets_supported)));
        }
        if self.catalogue.told.rule == Rule::Status {
            for at in &figures.levels {
                pairs.push((self.level(Some(at.level)), count(at.claimed)));
            }
        }
        pairs
    }

    fn strengths(&self, parts: &mut Vec<Part>) {
        let (_, high) = self.catalogue.ends();
        let strong = self.score.items.iter().filter(|item| {
            let step = |level: Option<i64>| level.map_or(0, |level| self.catalogue.step(level));
            item.supported.is_some() && step(item.supported) + 1 >= self.catalogue.step(high).max(2)
        });
        let rows: Vec<Vec<Value>> = strong
            .take(STRENGTHS)
            .map(|item| {
                vec![
                    Value::Id(item.item.clone()),
                    Value::Text(self.item_name(&item.item)),
                    Value::Text(self.level(item.supported)),
                ]
            })
            .collect();
        parts.push(Part::Heading(self.t("framework-report-strengths")));
        if rows.is_empty() {
            return parts.push(Part::Words(self.t("framework-report-no-strengths")));
        }
        let head = ["framework-field-item", "framework-field-title", "framework-field-supported"];
        parts.push(Part::Table { head: head.map(|key| self.t(key)).to_vec(), rows });
    }

    fn gaps(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(self.t("framework-report-gaps")));
        if self.score.gaps.is_empty() {
            return parts.push(Part::Words(self.t("framework-report-no-gaps")));
        }
        parts.push(Part::Words(self.t("framework-report-gaps-how")));
        let lang = self.lang.tag();
        let rows = self.score.gaps.iter().take(GAPS).enumerate().map(|(at, gap)| {
            let item = self.catalogue.item(&gap.item);
            let advice = item.and_then(|item| item.recommendation.as_ref()).map_or("–", |text| text.of(lang));
            let blocks = item.map(|item: &Item| item.blocks.as_slice()).unwrap_or_default();
            let name = |id: &String| self.blocks.get(id).map_or(id.as_str(), |block| block.name.of(lang)).to_string();
            let claimed = self.score.items.iter().find(|score| score.item == gap.item).and_then(|score| score.claimed);
            vec![
                Value::Number(i64::try_from(at + 1).ok()),
                Value::Id(gap.item.clone()),
                Value::Text(self.item_name(&gap.item)),
                Value::Text(self.level(claimed)),
                Value::Number(Some(gap.steps)),
                Value::Text(advice.to_string()),
                Value::Text(blocks.iter().map(name).collect::<Vec<_>>().join(", ")),
            ]
        });
        let head = ["rank", "item", "title", "claimed", "gap", "advice", "blocks"];
        let head = head.map(|name| self.t(&format!("framework-field-{name}"))).to_vec();
        parts.push(Part::Table { head, rows: rows.collect() });
    }

    fn checks(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(self.t("framework-checks")));
        if self.score.checks.is_empty() {
            return parts.push(Part::Words(self.t("framework-checks-none")));
        }
        let rows = self.score.checks.iter().take(200).map(|check| {
            let about = if check.about.is_empty() { "–".to_string() } else { check.about.clone() };
            vec![
                Value::Id(check.item.clone()),
                Value::Text(self.t(&format!("framework-check-{}", check.check))),
                Value::Text(about),
            ]
        });
        let head = ["item", "check", "about"].map(|name| self.t(&format!("framework-field-{name}"))).to_vec();
        parts.push(Part::Table { head, rows: rows.collect() });
    }

    fn items(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(self.t("framework-report-items")));
        let rows = self.score.items.iter().map(|score| {
            let claimed = match score.not_applicable {
                true => self.t("framework-not-applicable"),
                false => self.level(score.claimed),
            };
            let spread = score.spread.map_or("–".to_string(), |spread| match spread.least == spread.most {
                true => self.number(spread.least),
                false => format!("{} … {}", self.number(spread.least), self.number(spread.most)),
            });
            vec![
                Value::Id(score.item.clone()),
                Value::Text(self.item_name(&score.item)),
                Value::Text(claimed),
                Value::Text(self.level(score.supported)),
                Value::Text(spread),
                Value::Number(score.gap),
            ]
        });
        let head = ["item", "title", "claimed", "supported", "spread", "gap"];
        let head = head.map(|name| self.t(&format!("framework-field-{name}"))).to_vec();
        parts.push(Part::Table { head, rows: rows.collect() });
    }
}
