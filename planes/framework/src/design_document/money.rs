//! What it costs and who pays, alternatives, the plan by week, and why each block is there.

use std::collections::BTreeMap;

use manara_document::{Cell, Part, Table};

use super::Book;
use crate::blocks::Kind;
use crate::design::Chosen;

/// Reasons of a block that are listed.
const REASONS: usize = 12;

impl Book<'_> {
    pub(super) fn costs(&self, parts: &mut Vec<Part>) {
        let wording = &self.of.wording;
        parts.push(Part::Heading(1, self.t("document-costs")));
        parts.push(Part::Words(self.t("document-costs-how")));
        let mut kinds: BTreeMap<usize, ([i64; 2], [i64; 2])> = BTreeMap::new();
        for chosen in &self.design.blocks {
            let Some(block) = self.block(&chosen.block) else { continue };
            let at = Kind::ALL.iter().position(|kind| *kind == block.kind).unwrap_or_default();
            let (first, yearly) = kinds.entry(at).or_default();
            *first = add(*first, chosen.first_year);
            *yearly = add(*yearly, chosen.yearly);
        }
        let mut rows: Vec<Vec<Cell>> = kinds
            .into_iter()
            .filter_map(|(at, (first, yearly))| {
                let kind = Kind::ALL.get(at)?;
                let name = self.t(&format!("framework-kind-{}", kind.as_str()));
                Some(vec![Cell::Text(name), self.money(first), self.money(yearly)])
            })
            .collect();
        let (first, yearly) = (self.money(self.design.first_year), self.money(self.design.yearly));
        rows.push(vec![Cell::Text(self.t("document-sum")), first, yearly]);
        let head = wording.heads(["framework-field-kind", "framework-first-year", "framework-yearly"]);
        parts.push(Part::Table(Table { caption: String::new(), head, rows }));
        parts.push(Part::Heading(2, self.t("document-payers")));
        parts.push(Part::Words(self.t("document-payers-how")));
        let name = |chosen: &Chosen| self.block(&chosen.block).map_or(chosen.block.clone(), |block| self.name(block));
        let said = self.design.blocks.iter().filter(|chosen| chosen.payer_is_said);
        let names: Vec<String> = said.map(name).collect();
        if !names.is_empty() {
            parts.push(Part::Words(format!("{} {}", self.t("document-payers-said"), names.join(" · "))));
        }
        let payers = self.design.payers.iter().map(|(payer, amount)| {
            let key = match payer.as_str() {
                "member-state" | "donor" | "itu" => format!("framework-payer-{payer}"),
                _ => "framework-payer-nobody".into(),
            };
            (self.t(&key), self.money([*amount, *amount]))
        });
        parts.push(Part::Pairs(payers.collect()));
        if self.of.designs.len() > 1 {
            parts.push(Part::Heading(2, self.t("framework-design-alternatives")));
            let row = |design: &crate::design::Design| {
                vec![
                    Cell::Text(self.t(&format!("framework-aim-{}", design.aim.as_str()))),
                    Cell::Number(wording.count(design.blocks.len())),
                    self.money(design.first_year),
                    self.money(design.yearly),
                    Cell::Number(wording.range(design.effort_days)),
                    wording.cell(design.weeks),
                ]
            };
            let head = wording.heads([
                "framework-design-aim",
                "framework-design-blocks",
                "framework-first-year",
                "framework-yearly",
                "framework-days",
                "framework-weeks",
            ]);
            let rows = self.of.designs.iter().map(row).collect();
            parts.push(Part::Table(Table { caption: String::new(), head, rows }));
        }
    }

    /// What is there in which week; what is needed stands before what needs it.
    pub(super) fn plan(&self, parts: &mut Vec<Part>) {
        let wording = &self.of.wording;
        parts.push(Part::Heading(1, self.t("document-plan")));
        parts.push(Part::Words(self.t("document-plan-how")));
        let row = |chosen: &Chosen| {
            let block = self.block(&chosen.block);
            let [_, lead] = block.map_or([0, 0], |block| block.lead_weeks);
            let roles: Vec<&str> = block
                .map(|block| block.roles.as_slice())
                .unwrap_or_default()
                .iter()
                .map(|role| self.of.shelf.blocks.role(role, self.lang()))
                .collect();
            vec![
                wording.cell((chosen.week - lead).max(0)),
                wording.cell(chosen.week),
                Cell::Text(block.map_or(chosen.block.clone(), |block| self.name(block))),
                Cell::Number(wording.range(chosen.effort_days)),
                if roles.is_empty() { Cell::Absent } else { Cell::Text(roles.join(" · ")) },
            ]
        };
        let rows: Vec<Vec<Cell>> = self.design.blocks.iter().map(row).collect();
        if rows.is_empty() {
            return parts.push(Part::Words(self.t("document-no-blocks")));
        }
        let head = wording.heads([
            "document-field-from-week",
            "framework-week",
            "framework-design-block",
            "framework-days",
            "document-roles",
        ]);
        parts.push(Part::Table(Table { caption: String::new(), head, rows }));
    }

    /// Which answers and services each block is there for.
    pub(super) fn reasons(&self, parts: &mut Vec<Part>) {
        if self.design.blocks.is_empty() {
            return;
        }
        parts.push(Part::Heading(1, self.t("document-reasons")));
        let row = |chosen: &Chosen| {
            let name = |id: &String| self.block(id).map_or(id.clone(), |block| self.name(block));
            let mut because: Vec<&str> = chosen.because.iter().take(REASONS).map(String::as_str).collect();
            if chosen.because.len() > REASONS {
                because.push("…");
            }
            let needed: Vec<String> = chosen.needed_by.iter().map(name).collect();
            vec![
                Cell::Text(name(&chosen.block)),
                if because.is_empty() { Cell::Absent } else { Cell::Id(because.join(", ")) },
                if needed.is_empty() { Cell::Absent } else { Cell::Text(needed.join(" · ")) },
            ]
        };
        let head = self.of.wording.heads(["framework-design-block", "framework-because", "framework-needed-by"]);
        let rows = self.design.blocks.iter().map(row).collect();
        parts.push(Part::Table(Table { caption: String::new(), head, rows }));
    }
}

fn add([a, b]: [i64; 2], [c, d]: [i64; 2]) -> [i64; 2] {
    [a.saturating_add(c), b.saturating_add(d)]
}
