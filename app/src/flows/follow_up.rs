//! Notices nobody answers: a reminder, then a letter to those above.

use std::collections::{BTreeSet, HashMap};

use manara_constituency::Constituent;
use manara_model::Micros;
use manara_warning::{ConstituentInput, FollowInput, Followed, Rules, Unanswered};

use super::notify::constituent_input;
use crate::house::House;

/// Notices looked at together.
const PAGE: i64 = 500;
/// Findings of one notice that are looked at.
const FINDINGS: i64 = 100_000;

/// What following up came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FollowedUp {
    /// Reminders made.
    pub reminded: usize,
    /// Letters to those above made.
    pub escalated: usize,
}

/// Makes every reminder and every letter to those above that is due.
pub async fn run(house: &House, now: Micros) -> anyhow::Result<FollowedUp> {
    let rules = Rules::load(house.config.warning.policy_file.as_deref())?;
    let mut done = FollowedUp::default();
    let mut around: Option<Neighbours> = None;
    let mut after = String::new();
    loop {
        let (due, last) = manara_warning::unanswered_due(&house.db, &rules, &after, PAGE, now).await?;
        let Some(last) = last else { return Ok(done) };
        after = last;
        if due.is_empty() {
            continue;
        }
        if around.is_none() {
            around = Some(Neighbours::read(house).await?);
        }
        let Some(around) = &around else { return Ok(done) };
        let letters = house.letters()?;
        for one in &due {
            let input = input(house, around, one).await?;
            match manara_warning::follow_up(&house.db, one, &input, &rules, &letters, now).await? {
                Followed::Reminded(_) => done.reminded += 1,
                Followed::Escalated(_) => done.escalated += 1,
                Followed::Ended | Followed::Nothing => {}
            }
        }
    }
}

/// Who is there, and in whose networks they are.
struct Neighbours {
    by_id: HashMap<String, Constituent>,
    by_name: HashMap<String, String>,
    providers: HashMap<String, Vec<String>>,
}

impl Neighbours {
    async fn read(house: &House) -> anyhow::Result<Neighbours> {
        let all = manara_constituency::all(&house.db).await?;
        let ownership = manara_constituency::load_ownership(&house.db).await?;
        let id = |owner: u32| ownership.constituent(owner).map(|owner| owner.id.clone());
        let mut providers: HashMap<String, Vec<String>> = HashMap::new();
        for overlap in ownership.overlaps().iter().filter(|overlap| !overlap.is_equal()) {
            if let (Some(inner), Some(outer)) = (id(overlap.inner.owner), id(overlap.outer.owner)) {
                let of = providers.entry(inner).or_default();
                if !of.contains(&outer) {
                    of.push(outer);
                }
            }
        }
        let by_name = all.iter().map(|one| (one.name.to_lowercase(), one.id.clone())).collect();
        Ok(Neighbours { by_id: all.into_iter().map(|one| (one.id.clone(), one)).collect(), by_name, providers })
    }

    /// Those above a constituent: its association, then the providers whose networks hold its own.
    fn above(&self, one: &Constituent) -> Vec<ConstituentInput> {
        let association = self.by_name.get(&one.association.to_lowercase());
        let providers = self.providers.get(&one.id).into_iter().flatten();
        let mut seen = BTreeSet::from([one.id.as_str()]);
        association
            .into_iter()
            .chain(providers)
            .filter(|id| seen.insert(id.as_str()))
            .filter_map(|id| self.by_id.get(id))
            .map(constituent_input)
            .collect()
    }
}

async fn input(house: &House, around: &Neighbours, due: &Unanswered) -> anyhow::Result<FollowInput> {
    let ids = manara_warning::finding_ids(&house.db, &due.notice.id, "", FINDINGS).await?;
    let states = manara_watch::states(&house.db, &ids).await?;
    let open = states
        .into_iter()
        // Whoever said by another way that it has the message, has answered.
        .filter(|(_, state)| state.is_live() && *state != manara_model::FindingState::Acknowledged)
        .map(|(id, _)| id)
        .collect();
    let constituent = around.by_id.get(&due.notice.constituent_id);
    Ok(FollowInput {
        constituent: constituent.map_or_else(
            // Removed since it was told: there is nobody to write to.
            || ConstituentInput { id: due.notice.constituent_id.clone(), ..ConstituentInput::default() },
            constituent_input,
        ),
        above: constituent.map(|one| around.above(one)).unwrap_or_default(),
        open: if constituent.is_some() { open } else { Vec::new() },
    })
}
