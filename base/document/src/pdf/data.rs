//! The document as data for the template.

use serde_json::{Value, json};

use crate::document::{Bars, Cell, Direction, Document, HeatMap, Part, Table};
use crate::figure;
use crate::fonts::Fonts;
use crate::html::caption_of;
use crate::text::{line, shown, without_marks};
use crate::widths;

/// The text of `data.json`.
pub fn of(document: &Document, fonts: &Fonts) -> String {
    let mut families: Vec<&str> = fonts.families().iter().map(String::as_str).collect();
    if document.direction == Direction::RightToLeft {
        // The digits and signs of a line come from the font of its letters.
        families.sort_by_key(|family| !family.contains("Arabic") && !family.contains("Amiri"));
    }
    let day: Vec<i64> = document.day.split('-').filter_map(|part| part.parse().ok()).collect();
    let parts: Vec<Value> = document.parts.iter().filter_map(part).collect();
    json!({
        "title": words(&document.title),
        "plain_title": without_marks(&line(&document.title)),
        "lang": document.lang,
        "rtl": document.direction == Direction::RightToLeft,
        "tlp": document.tlp.map_or("", |tlp| tlp.label()),
        "day": if day.len() == 3 { day } else { Vec::new() },
        "day_words": words(&document.day_words),
        "page_words": without_marks(&line(&document.page_words)),
        "fonts": families,
        "mono": families.iter().find(|family| family.contains("Mono")),
        "parts": parts,
    })
    .to_string()
}

fn part(part: &Part) -> Option<Value> {
    Some(match part {
        Part::Heading(level, text) => json!({ "kind": "heading", "level": level.clamp(&1, &4), "words": words(text) }),
        Part::Words(text) => json!({ "kind": "words", "lines": lines(text) }),
        Part::Note(text) => json!({ "kind": "note", "words": words(text) }),
        Part::List { numbered, items } => {
            let items: Vec<String> = items.iter().map(|item| words(item)).collect();
            json!({ "kind": "list", "numbered": numbered, "items": items })
        }
        Part::Pairs(pairs) => {
            let pairs: Vec<Value> = pairs.iter().map(|(label, value)| json!([words(label), cell(value)])).collect();
            json!({ "kind": "pairs", "pairs": pairs })
        }
        Part::Table(table) => of_table(table),
        Part::Bars(bars) => of_bars(bars),
        Part::Radar(bars) => picture(figure::radar(bars)?, &bars.caption, 46),
        Part::HeatMap(map) => of_heat_map(map)?,
        Part::NewPage => json!({ "kind": "new-page" }),
    })
}

fn of_table(table: &Table) -> Value {
    let head: Vec<String> = table.head.iter().map(|head| words(head)).collect();
    let cells: Vec<Value> = table.rows.iter().flat_map(|row| row.iter().take(head.len())).map(cell).collect();
    json!({ "kind": "table", "caption": words(&table.caption), "head": head, "widths": widths::shares(table), "cells": cells })
}

fn of_bars(bars: &Bars) -> Value {
    let rows: Vec<Value> = bars
        .rows
        .iter()
        .map(|bar| {
            let parts = bar.parts.map(|part| (figure::bounded(part) * 1000.0).round() / 10.0);
            json!({ "label": words(&bar.label), "parts": parts, "words": bar.words.clone().map(|text| words(&text)) })
        })
        .collect();
    let heads = bars.heads.clone().map(|head| words(&head));
    json!({ "kind": "bars", "caption": words(&bars.caption), "heads": heads, "rows": rows })
}

fn of_heat_map(map: &HeatMap) -> Option<Value> {
    Some(picture(figure::heat_map(map)?, &caption_of(map), 100))
}

/// A picture so many hundredths of the line wide.
fn picture(svg: String, caption: &str, width: u8) -> Value {
    json!({ "kind": "picture", "svg": svg, "caption": words(caption), "alt": without_marks(&line(caption)), "width": width })
}

fn words(text: &str) -> String {
    line(text)
}

fn lines(text: &str) -> Vec<String> {
    shown(text).split('\n').map(line).collect()
}

fn cell(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => json!({ "t": words(text) }),
        // Set apart from left to right, whatever stands around it.
        Cell::Id(text) => json!({ "id": format!("\u{2066}{}\u{2069}", breakable(&line(text))) }),
        Cell::Number(text) => json!({ "n": words(text) }),
        Cell::Absent => json!({ "t": "–" }),
    }
}

/// A long id may break anywhere; it never shows where it did.
fn breakable(id: &str) -> String {
    if id.chars().count() <= 40 {
        return id.to_string();
    }
    id.chars().flat_map(|c| [c, '\u{200b}']).collect()
}
