//! Small pictures of this plane; each has its numbers beside it in words.

use askama::Template;
use manara_web::{Markup, Page};

use crate::batch::Batch;

/// A part of a bar.
struct Piece {
    tone: &'static str,
    at: f64,
    width: f64,
}

/// A number beside the bar.
struct Twin {
    key: &'static str,
    count: i64,
}

#[derive(Template)]
#[template(path = "watch/parts/stack.html")]
struct Stack<'a> {
    page: &'a Page,
    pieces: Vec<Piece>,
    twins: Vec<Twin>,
}

/// What became of the rows of a batch: a bar of its parts, and the numbers.
pub(super) fn stack(page: &Page, batch: &Batch) -> Markup {
    let parts = [
        ("good", "watch-batch-events-n", batch.events),
        ("info", "watch-batch-contexts-n", batch.contexts),
        ("mute", "watch-batch-duplicates-n", batch.duplicates),
        ("bad", "watch-batch-rejects-n", batch.rejects),
    ];
    let all = parts.iter().map(|part| part.2.max(0)).sum::<i64>().max(1) as f64;
    let mut at = 0.0;
    let mut pieces = Vec::new();
    for (tone, _, count) in parts.iter().filter(|part| part.2 > 0) {
        // What is there is seen, however little it is.
        let width = (*count as f64 / all * 100.0).max(0.8);
        pieces.push(Piece { tone, at: (at * 10.0_f64).round() / 10.0, width: (width * 10.0).round() / 10.0 });
        at += *count as f64 / all * 100.0;
    }
    if let Some(last) = pieces.last_mut() {
        last.at = last.at.min(100.0 - last.width);
    }
    let twins = parts.iter().filter(|part| part.2 > 0).map(|(_, key, count)| Twin { key, count: *count }).collect();
    Markup::of(&Stack { page, pieces, twins })
}

#[derive(Template)]
#[template(path = "watch/parts/spark.html")]
struct Spark {
    title: String,
    bars: Vec<(usize, i64, i64)>,
}

/// A line of counts small enough for a table cell; `title` says the same in words.
pub(super) fn spark(title: String, counts: &[i64]) -> Markup {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let height = |count: i64| if count <= 0 { 1 } else { (count.saturating_mul(22) / most).clamp(2, 22) };
    let bars = counts.iter().enumerate().map(|(at, count)| (at * 4, 24 - height(*count), height(*count))).collect();
    Markup::of(&Spark { title, bars })
}
