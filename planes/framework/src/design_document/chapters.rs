//! The eight chapters: positioning, services, processes, policies, constituency, technology, premises, people.

use std::collections::BTreeSet;

use manara_document::{Cell, Part, Table};
use manara_web::Word;

use super::Book;
use crate::aspect::Aspect;
use crate::design::SERVICES;
use crate::staffing::{EACH_SEAT, Hours, LEAST, on_call, people, posts};

impl Book<'_> {
    pub(super) fn positioning(&self, parts: &mut Vec<Part>) {
        self.chapter(parts, 1, "positioning");
        self.blocks(parts, &[Aspect::Policy, Aspect::Institution]);
    }

    /// The wished services and those of Manara that the blocks switch on.
    pub(super) fn services(&self, parts: &mut Vec<Part>) {
        self.chapter(parts, 2, "services");
        let services = self.of.shelf.get(SERVICES);
        let met: Vec<Vec<Cell>> = self
            .design
            .met
            .iter()
            .filter(|wish| self.of.ask.services.contains(wish) || services.is_some_and(|all| all.item(wish).is_some()))
            .map(|wish| vec![Cell::Id(wish.clone()), Cell::Text(self.wish(wish))])
            .collect();
        if met.is_empty() {
            parts.push(Part::Words(self.t("document-no-services")));
        } else {
            let head = self.of.wording.heads(["framework-field-item", "document-field-service"]);
            parts.push(Part::Table(Table { caption: String::new(), head, rows: met }));
        }
        let on: BTreeSet<&str> = self
            .design
            .blocks
            .iter()
            .filter_map(|chosen| self.block(&chosen.block))
            .flat_map(|block| block.applies.iter().map(String::as_str))
            .collect();
        let known = ["constituency", "watch", "warning", "response", "picture"];
        let names: Vec<String> = known
            .iter()
            .filter(|name| on.contains(**name))
            .map(|name| self.t(&format!("document-manara-{name}")))
            .collect();
        if !names.is_empty() {
            parts.push(Part::Heading(2, self.t("document-switched-on")));
            parts.push(Part::List { numbered: false, items: names });
        }
        parts.push(Part::Heading(2, self.t("framework-design-blocks")));
        self.blocks(parts, &[Aspect::Services]);
    }

    pub(super) fn processes(&self, parts: &mut Vec<Part>) {
        self.chapter(parts, 3, "processes");
        parts.push(Part::Heading(2, self.t("document-workflow")));
        let steps = ["intake", "triage", "analysis", "notice", "coordination", "closure"];
        let items = steps.map(|step| self.t(&format!("document-workflow-{step}"))).to_vec();
        parts.push(Part::List { numbered: true, items });
        parts.push(Part::Heading(2, self.t("document-procedures")));
        self.blocks(parts, &[Aspect::Procedures]);
    }

    pub(super) fn policies(&self, parts: &mut Vec<Part>) {
        self.chapter(parts, 4, "policies");
        self.blocks(parts, &[Aspect::Rules]);
    }

    /// Whom the team serves, by sector, and how it reaches them.
    pub(super) fn constituency(&self, parts: &mut Vec<Part>) {
        self.chapter(parts, 5, "constituency");
        let (wording, nation) = (&self.of.wording, self.of.nation);
        if let Some(constituents) = self.of.ask.constituents {
            let args = [("count", Word::from(constituents))];
            parts.push(Part::Words(wording.t_args("document-constituents-asked", &args)));
        }
        if nation.sectors.is_empty() {
            parts.push(Part::Words(self.t("document-no-constituents")));
        } else {
            let row = |(sector, count): &(String, i64)| vec![Cell::Text(sector.clone()), wording.cell(*count)];
            let mut rows: Vec<Vec<Cell>> = nation.sectors.iter().map(row).collect();
            let sum = nation.sectors.iter().map(|(_, count)| count).sum();
            rows.push(vec![Cell::Text(self.t("document-sum")), wording.cell(sum)]);
            let head = wording.heads(["document-field-sector", "document-field-constituents"]);
            parts.push(Part::Table(Table { caption: String::new(), head, rows }));
        }
        if !nation.languages.is_empty() {
            let args = [("languages", Word::from(nation.languages.join(" · ")))];
            parts.push(Part::Words(wording.t_args("document-languages", &args)));
        }
        for (aspect, key) in [
            (Aspect::Constituency, "document-relations-constituency"),
            (Aspect::Government, "document-relations-government"),
            (Aspect::Industry, "document-relations-industry"),
            (Aspect::Abroad, "document-relations-abroad"),
        ] {
            parts.push(Part::Heading(2, self.t(key)));
            self.blocks(parts, &[aspect]);
        }
        parts.push(Part::Heading(2, self.t("document-public")));
        parts.push(Part::Words(self.t("document-public-how")));
    }

    pub(super) fn technology(&self, parts: &mut Vec<Part>) {
        self.chapter(parts, 6, "technology");
        self.blocks(parts, &[Aspect::Technology]);
    }

    pub(super) fn premises(&self, parts: &mut Vec<Part>) {
        self.chapter(parts, 7, "premises");
        self.blocks(parts, &[Aspect::Premises]);
    }

    /// Roles, and the arithmetic of seats, hours and posts.
    pub(super) fn people(&self, parts: &mut Vec<Part>) {
        self.chapter(parts, 8, "people");
        let wording = &self.of.wording;
        let hundredths = |posts: u32| Cell::Number(wording.locale().numbers.decimal(f64::from(posts) / 100.0, 2));
        parts.push(Part::Heading(2, self.t("document-staffing")));
        parts.push(Part::Words(self.t("document-staffing-how")));
        let staffing = self.design.staffing(self.of.ask);
        if let Some(constituents) = self.of.ask.constituents {
            let args = [
                ("constituents", Word::from(constituents)),
                ("seats", Word::from(i64::from(staffing.seats))),
                ("each", Word::from(EACH_SEAT)),
            ];
            parts.push(Part::Words(wording.t_args("document-staffing-seats", &args)));
        }
        let row = |hours: Hours| {
            let needed = posts(staffing.seats, hours);
            let name = self.t(&format!("document-hours-{}", hours.as_str()));
            let name = match hours == staffing.hours {
                true => wording.t_args("document-hours-chosen", &[("hours", Word::from(name))]),
                false => name,
            };
            let callable = match on_call(hours) {
                0 => Cell::Absent,
                count => wording.cell(i64::from(count)),
            };
            vec![
                Cell::Text(name),
                wording.cell(i64::from(hours.a_week())),
                hundredths(needed),
                callable,
                wording.cell(i64::from(people(needed))),
            ]
        };
        let head = wording.heads([
            "document-field-hours",
            "document-field-a-week",
            "document-field-posts",
            "document-field-callable",
            "document-field-people",
        ]);
        parts.push(Part::Table(Table { caption: String::new(), head, rows: Hours::ALL.map(row).to_vec() }));
        let args = [("least", Word::from(i64::from(LEAST)))];
        parts.push(Part::Words(wording.t_args("document-team-sizes", &args)));
        if !self.design.staff.is_empty() {
            parts.push(Part::Heading(2, self.t("document-roles")));
            let row = |post: &crate::design::Posts| {
                let name = self.of.shelf.blocks.role(&post.role, self.lang()).to_string();
                vec![Cell::Text(name), Cell::Number(wording.locale().numbers.decimal(post.posts, 2))]
            };
            let rows = self.design.staff.iter().map(row).collect();
            let head = wording.heads(["document-field-role", "document-field-posts-of-seat"]);
            parts.push(Part::Table(Table { caption: String::new(), head, rows }));
            parts.push(Part::Words(self.t("document-roles-how")));
        }
        parts.push(Part::Heading(2, self.t("document-training")));
        self.blocks(parts, &[Aspect::People]);
    }
}
