//! The design document of a team, in the eight chapters of ITU's design service. Pure: what it says comes from what it is given.

mod chapters;
mod money;

use manara_document::{Cell, Document, Part, Table};
use manara_web::Word;

use crate::aspect::Aspect;
use crate::assessment::Assessment;
use crate::blocks::Block;
use crate::catalogue::Catalogue;
use crate::design::{Ask, Chosen, Design, SERVICES, Unmet};
use crate::score::Score;
use crate::shelf::Shelf;
use crate::wording::Wording;

/// The nation and its team, as far as they are known. What is empty is said to be unknown, and not made up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nation {
    /// The country in the reader's language.
    pub country: String,
    /// The team's name.
    pub team: String,
    /// Who is served: the name of a sector and how many constituents it has.
    pub sectors: Vec<(String, i64)>,
    /// The names of the languages the team works in.
    pub languages: Vec<String>,
}

/// What a design document is made of.
pub struct DesignPaper<'d> {
    /// The assessment whose gaps are closed.
    pub assessment: &'d Assessment,
    /// Its catalogue.
    pub catalogue: &'d Catalogue,
    /// Its figures.
    pub score: &'d Score,
    /// The design, then others for the same wishes.
    pub designs: &'d [Design],
    /// What was asked for.
    pub ask: &'d Ask,
    /// Blocks, and the catalogue of services.
    pub shelf: &'d Shelf,
    /// The nation.
    pub nation: &'d Nation,
    /// Language and messages.
    pub wording: Wording<'d>,
}

/// The document; nothing when there is no design.
pub fn design_document(of: &DesignPaper<'_>) -> Option<Document> {
    let design = of.designs.first()?;
    let book = Book { of, design };
    let title = of.wording.t_args("document-design-title", &[("subject", of.assessment.subject.clone().into())]);
    let mut parts = Vec::new();
    book.summary(&mut parts);
    book.positioning(&mut parts);
    book.services(&mut parts);
    book.processes(&mut parts);
    book.policies(&mut parts);
    book.constituency(&mut parts);
    book.technology(&mut parts);
    book.premises(&mut parts);
    book.people(&mut parts);
    book.costs(&mut parts);
    book.plan(&mut parts);
    book.reasons(&mut parts);
    Some(of.wording.document(title, Some(of.assessment.tlp), &of.score.day, parts))
}

/// The document while it is written.
struct Book<'b> {
    of: &'b DesignPaper<'b>,
    design: &'b Design,
}

impl<'b> Book<'b> {
    fn t(&self, key: &str) -> String {
        self.of.wording.t(key)
    }

    fn lang(&self) -> &'static str {
        self.of.wording.lang.tag()
    }

    fn chapter(&self, parts: &mut Vec<Part>, number: i64, name: &str) {
        let title = self.t(&format!("document-chapter-{name}"));
        let number = self.of.wording.number(number);
        parts.push(Part::Heading(1, format!("{number}. {title}")));
        parts.push(Part::Words(self.t(&format!("document-chapter-{name}-how"))));
    }

    fn block(&self, id: &str) -> Option<&'b Block> {
        self.of.shelf.blocks.get(id)
    }

    /// The chosen blocks of some aspects, in the order in which they are there.
    fn chosen(&self, aspects: &[Aspect]) -> Vec<(&'b Chosen, &'b Block)> {
        let known = self.design.blocks.iter().filter_map(|chosen| Some((chosen, self.block(&chosen.block)?)));
        known.filter(|(_, block)| aspects.contains(&Aspect::of(block))).collect()
    }

    fn name(&self, block: &Block) -> String {
        block.name.of(self.lang()).to_string()
    }

    /// A table of blocks: what each is, what proves that it is done, when it is there; or that there is none.
    fn blocks(&self, parts: &mut Vec<Part>, aspects: &[Aspect]) {
        let wording = &self.of.wording;
        let rows: Vec<Vec<Cell>> = self
            .chosen(aspects)
            .into_iter()
            .map(|(chosen, block)| {
                let text = |text: &Option<crate::text::Text>| match text {
                    Some(text) => Cell::Text(text.of(self.lang()).to_string()),
                    None => Cell::Absent,
                };
                let languages = block.language_names();
                let name = match languages.is_empty() {
                    true => self.name(block),
                    false => format!("{} ({})", self.name(block), languages.join(" · ")),
                };
                vec![Cell::Text(name), text(&block.description), text(&block.deliverable), wording.cell(chosen.week)]
            })
            .collect();
        if rows.is_empty() {
            return parts.push(Part::Words(self.t("document-no-blocks")));
        }
        let head = wording.heads([
            "framework-design-block",
            "document-field-what",
            "document-field-deliverable",
            "framework-week",
        ]);
        parts.push(Part::Table(Table { caption: String::new(), head, rows }));
    }

    /// An item of the assessment, a service or a capability in words.
    fn wish(&self, id: &str) -> String {
        let of = |item: &crate::catalogue::Item| item.name.of(self.lang()).to_string();
        let service = || self.of.shelf.get(SERVICES).and_then(|all| all.item(id)).map(of);
        let found = self.of.catalogue.item(id).map(of).or_else(service);
        found.unwrap_or_else(|| self.of.shelf.blocks.capability(id, self.lang()).to_string())
    }

    fn money(&self, range: [i64; 2]) -> Cell {
        Cell::Number(format!("{} {}", self.of.wording.range(range), self.design.currency))
    }

    /// Whom and what it is for, what it costs, what is left open.
    fn summary(&self, parts: &mut Vec<Part>) {
        let (wording, design, of) = (&self.of.wording, self.design, self.of);
        let text = |text: &str| if text.is_empty() { Cell::Absent } else { Cell::Text(text.to_string()) };
        let mut pairs = vec![
            (self.t("framework-field-subject"), text(&of.assessment.subject)),
            (self.t("document-field-country"), text(&of.nation.country)),
            (self.t("document-field-team"), text(&of.nation.team)),
            (self.t("framework-field-catalogue"), text(of.catalogue.told.name.of(self.lang()))),
            (self.t("framework-field-day"), Cell::Id(of.score.day.clone())),
            (self.t("framework-design-aim"), text(&self.t(&format!("framework-aim-{}", design.aim.as_str())))),
            (self.t("framework-design-blocks"), Cell::Number(wording.count(design.blocks.len()))),
            (self.t("framework-first-year"), self.money(design.first_year)),
            (self.t("framework-yearly"), self.money(design.yearly)),
            (self.t("framework-days"), Cell::Number(wording.range(design.effort_days))),
            (self.t("framework-weeks"), wording.cell(design.weeks)),
        ];
        if let Some(budget) = of.ask.budget {
            pairs.push((self.t("framework-design-budget"), Cell::Number(wording.number(budget))));
        }
        if let Some(months) = of.ask.months {
            pairs.push((self.t("framework-design-months"), Cell::Number(wording.number(months))));
        }
        if let Some(hours) = of.ask.hours {
            let words = self.t(&format!("document-hours-{}", hours.as_str()));
            pairs.push((self.t("framework-design-hours"), Cell::Text(words)));
        }
        if let Some(constituents) = of.ask.constituents {
            pairs.push((self.t("framework-design-constituents"), wording.cell(constituents)));
        }
        parts.push(Part::Pairs(pairs));
        if !design.proven {
            parts.push(Part::Note(self.t("framework-not-proven")));
        }
        parts.push(Part::Note(self.t("document-assumptions")));
        if !design.unmet.is_empty() {
            parts.push(Part::Heading(2, self.t("framework-design-unmet")));
            let rows = design.unmet.iter().map(|unmet| self.unmet(unmet)).collect();
            let head = wording.heads(["framework-field-item", "framework-design-wish", "framework-field-why"]);
            parts.push(Part::Table(Table { caption: String::new(), head, rows }));
        }
    }

    fn unmet(&self, unmet: &Unmet) -> Vec<Cell> {
        let why = self.t(&format!("framework-unmet-{}", unmet.why));
        let about = match unmet.why {
            "too-late" | "over-budget" => {
                unmet.about.parse().map_or(unmet.about.clone(), |n| self.of.wording.number(n))
            }
            "nobody-provides" => self.of.shelf.blocks.capability(&unmet.about, self.lang()).to_string(),
            _ => String::new(),
        };
        let why = match about.as_str() {
            "" => why,
            about => self
                .of
                .wording
                .t_args("document-because-of", &[("why", Word::from(why)), ("about", Word::from(about.to_string()))]),
        };
        vec![Cell::Id(unmet.wish.clone()), Cell::Text(self.wish(&unmet.wish)), Cell::Text(why)]
    }
}
