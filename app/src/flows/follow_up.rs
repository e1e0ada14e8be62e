//! Notices nobody answers: a reminder, then a letter to those above.

use std::collections::{BTreeSet, HashMap};

use manara_constituency::Constituent;
use manara_model::Micros;
use manara_warning::{ConstituentInput, FollowInput, Followed, Unanswered};

use super::notify::constituent_input;
use crate::house::House;
use crate::mailroom::notice_rules;

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
    let rules = notice_rules(house)?;
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

#[cfg(test)]
mod tests {
    use manara_constituency::{ImportFormat, ImportOptions};
    use manara_model::{Micros, Viewer};
    use manara_net::Mailer;
    use manara_warning::{LetterKind, Notice, NoticeFilter, NoticePage};
    use manara_watch::FileHint;

    use super::{FollowedUp, run};
    use crate::cli::Place;
    use crate::flows;
    use crate::house::House;

    /// A school of a union, in the network of a provider; another school without a union; and a bank whose association is
    /// not served.
    const CONSTITUENCY: &str = "\
name,sector,kind,association,networks,contact_role,contact_mail,contact_language
Union of Schools,education,association,,203.0.113.0/24,security,union@schools.example,fr
Provider,telecom,isp,,192.0.2.0/24,abuse,abuse@provider.example,ar
First School,education,school,Union of Schools,192.0.2.16/28,security,it@first.example,en
Second School,education,school,,192.0.2.32/28,security,it@second.example,en
Bank,finance,bank,Some Club,198.51.100.0/24,security,it@bank.example,en
";
    const REPORT: &str = "\
timestamp,severity,ip,protocol,port,hostname,tag,asn,geo
2026-01-15 01:00:00,high,192.0.2.17,tcp,23,,telnet,,XS
2026-01-15 02:00:00,high,192.0.2.33,tcp,23,,telnet,,XS
2026-01-15 03:00:00,high,198.51.100.7,tcp,23,,telnet,,XS
";

    async fn escalations(house: &House) -> Vec<(String, String, String)> {
        let page = NoticePage { before: "", limit: 100 };
        let all =
            manara_warning::list(&house.db, &Viewer::system(), &NoticeFilter::default(), page).await.expect("listed");
        let row = |one: Notice| {
            let to = one.recipients.iter().map(|to| to.mail.clone()).collect::<Vec<_>>().join(" ");
            (one.constituent, to, one.language)
        };
        let mut rows: Vec<_> = all.into_iter().filter(|one| one.letter == LetterKind::Escalation).map(row).collect();
        rows.sort();
        rows
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_union_is_told_before_the_provider_and_nobody_when_nobody_is_above() {
        let folder = tempfile::tempdir().expect("a folder");
        let house = House::make(&Place { data: folder.path().to_path_buf(), database: None }).await.expect("a house");
        let morning = Micros::parse_rfc3339("2026-01-16T06:00:00Z").expect("a moment");
        let options = ImportOptions::default();
        manara_constituency::import(&house.db, CONSTITUENCY.as_bytes(), ImportFormat::Csv, &options, "test", morning)
            .await
            .expect("imported");
        house.load_tables().await.expect("loaded");
        let hint = FileHint { file_name: Some("2026-01-15-scan_telnet-xs.csv".into()), ..FileHint::default() };
        let received = house.ingest.receive(&mut REPORT.as_bytes(), &hint, morning, "test").await.expect("received");
        let batch = house.watch.batch(&received.batch).await.expect("asked").expect("there");
        house.ingest.process(&batch, Micros::FAR, morning, std::sync::Arc::default()).await.expect("processed");
        flows::run_due(&house, morning).await.expect("followed");
        let page = NoticePage { before: "", limit: 100 };
        let drafts =
            manara_warning::list(&house.db, &Viewer::system(), &NoticeFilter::default(), page).await.expect("listed");
        let ids: Vec<String> = drafts.into_iter().map(|notice| notice.id).collect();
        assert_eq!(ids.len(), 3);
        manara_warning::approve(&house.db, &ids, "duty", None, morning).await.expect("approved");
        let mailer = Mailer::new(&house.config.mail).expect("the box");
        let links = house.links().await.expect("links");
        let seals = manara_warning::unsealed();
        let mut counted = Vec::new();
        for day in [0, 7, 14, 21] {
            let now = morning.plus_days(day);
            counted.push(run(&house, now).await.expect("followed up"));
            manara_warning::send_due(&house.db, &house.ingest.blobs, &mailer, (&links, &seals), None, now)
                .await
                .expect("sent");
            flows::run_due(&house, now).await.expect("followed");
        }
        let reminded = FollowedUp { reminded: 3, escalated: 0 };
        let want = [FollowedUp::default(), reminded, reminded, FollowedUp { reminded: 0, escalated: 2 }];
        assert_eq!(counted, want);
        let want = [("First School", "union@schools.example", "fr"), ("Second School", "abuse@provider.example", "ar")];
        assert_eq!(escalations(&house).await, want.map(|(a, b, c)| (a.to_string(), b.to_string(), c.to_string())));
        house.db.close().await;
    }
}
