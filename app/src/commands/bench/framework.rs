//! What the framework engine computes by itself: scores of large assessments, designs over many blocks.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use manara_framework::assessments::Sheet;
use manara_framework::catalogues::{Catalogue, Rule, read_catalogue};
use manara_framework::designs::{Problem, price, solve};
use serde_json::json;

use super::Figures;
use super::report::{answered, millis};

/// Scores an assessment of so many items and respondents by each rule; the shortest and the middle time of some rounds.
pub fn score(items: usize, respondents: usize, rounds: u32, mut figures: Figures) -> anyhow::Result<()> {
    for rule in Rule::ALL {
        let catalogue = catalogue(rule, items)?;
        let sheet = answered(&catalogue, respondents);
        let profile = catalogue.told.profiles.first();
        let scored = measure(rounds, || {
            let score = manara_framework::scoring::score(&catalogue, &sheet, profile);
            anyhow::ensure!(score.items.len() == items, "{} of {items} items", score.items.len());
            Ok(())
        })?;
        let reference = measure(rounds, || {
            anyhow::ensure!(sum(&sheet) > 0, "nothing was said");
            Ok(())
        })?;
        let (what, answers) = (rule.as_str(), sheet.answers.len());
        let times = scored.middle.as_secs_f64() / reference.middle.as_secs_f64().max(1e-9);
        figures.say(
            &format!(
                "{what:<10} {items} items, {answers} answers: {scored}; {times:.0} times adding the levels up ({reference})"
            ),
            json!({ "what": what, "items": items, "answers": answers, "shortest_ms": millis(scored.shortest),
                "middle_ms": millis(scored.middle), "reference_ms": millis(reference.middle) }),
        );
    }
    figures.end()
}

/// The least that reads every answer.
fn sum(sheet: &Sheet) -> i64 {
    sheet.answers.iter().filter_map(|answer| std::hint::black_box(answer).level).sum()
}

fn catalogue(rule: Rule, items: usize) -> anyhow::Result<Catalogue> {
    let name = |text: &str| format!("{{en: {text}, fr: {text}, ar: {text}}}");
    let mut yaml = format!(
        "format: 1\nref_id: bench\nrule: {}\nname: {}\nsource: [{{id: own, title: Made for measuring}}]\nscale:\n",
        rule.as_str(),
        name("Bench")
    );
    for value in 0..=4 {
        writeln!(yaml, "- {{value: {value}, name: {}}}", name(&format!("Level {value}")))?;
    }
    if rule == Rule::Minima {
        write!(yaml, "profiles:\n- ref_id: all\n  name: {}\n  minima:\n", name("All"))?;
        (0..items).try_for_each(|at| writeln!(yaml, "    I-{at}: 3"))?;
    }
    yaml.push_str("items:\n");
    for at in 0..items {
        if at % 25 == 0 {
            writeln!(yaml, "- {{ref_id: S-{at}, name: {}}}", name(&format!("Section {at}")))?;
        }
        let (section, item) = (at - at % 25, name(&format!("Item {at}")));
        writeln!(yaml, "- {{ref_id: I-{at}, parent: S-{section}, assessable: true, name: {item}}}")?;
    }
    match read_catalogue("bench.yaml", &yaml) {
        Ok(catalogue) => Ok(catalogue),
        Err(troubles) => bail!("{}", troubles.first().map(|one| one.what.clone()).context("no reason")?),
    }
}

/// Finds the cheapest complete set over so many blocks, without a day by which it must be there, and with one: a fifth are
/// foundations, the others are ways to ends, four for each, on two foundations.
pub fn design(blocks: usize, rounds: u32, mut figures: Figures) -> anyhow::Result<()> {
    let (whenever, in_time) = problems(blocks);
    for (name, problem) in [("whenever", whenever), ("in time", in_time)] {
        let mut sizes = (0, false);
        let took = measure(rounds, || {
            let found = solve(&problem).context("there is no complete set")?;
            sizes = (found.blocks.len(), found.proven);
            Ok(())
        })?;
        let proven = if sizes.1 { "proven cheapest" } else { "not proven" };
        figures.say(
            &format!("{name:<9} {} of {blocks} blocks, {proven}: {took}", sizes.0),
            json!({ "what": name, "blocks": blocks, "chosen": sizes.0, "proven": sizes.1,
                "shortest_ms": millis(took.shortest), "middle_ms": millis(took.middle) }),
        );
    }
    figures.end()
}

fn problems(blocks: usize) -> (Problem, Problem) {
    // A simple generator, always the same.
    let mut seed = 7u64;
    let mut next = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % most.max(1)
    };
    let foundations = (blocks / 5).max(1);
    let mut problem = Problem {
        providers: vec![Vec::new(); 2 * foundations],
        wishes: (foundations..2 * foundations).collect(),
        ..Problem::default()
    };
    for at in 0..blocks {
        problem.prices.push(price(1_000 + next(50_000) as i64, next(9_000) as i64));
        problem.weeks.push(1 + next(8) as i64);
        let is_foundation = at < foundations;
        problem.needs.push(if is_foundation { Vec::new() } else { vec![next(foundations), next(foundations)] });
        let gives = if is_foundation { at } else { foundations + at % foundations };
        if let Some(providers) = problem.providers.get_mut(gives) {
            providers.push(at);
        }
    }
    let by_week = problem.earliest().iter().max().map(|week| week - 2);
    (problem.clone(), Problem { by_week, ..problem })
}

/// How long something took.
struct Took {
    shortest: Duration,
    middle: Duration,
}

impl std::fmt::Display for Took {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "shortest {:.2} ms, middle {:.2} ms", millis(self.shortest), millis(self.middle))
    }
}

fn measure(rounds: u32, mut work: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<Took> {
    let mut all = Vec::new();
    for _ in 0..rounds {
        let begin = Instant::now();
        work()?;
        all.push(begin.elapsed());
    }
    all.sort_unstable();
    let of = |at: usize| all.get(at).copied().context("at least one round");
    Ok(Took { shortest: of(0)?, middle: of(all.len() / 2)? })
}
