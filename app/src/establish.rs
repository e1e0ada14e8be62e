//! What establishing asks of the other planes: what stands already, and what documents say of this house.

use std::collections::BTreeMap;

use anyhow::Context as _;
use manara_framework::catalogues::Blocks;
use manara_framework::establishment::{
    Check as HouseCheck, Clock, Facts, FollowUpFacts, Holdings, Matter, NowInForce, Office, PostFact, PostStand,
    Work as HouseWork,
};
use manara_framework::manuals::{Manual, ManualError};
use manara_model::{Micros, Severity};
use manara_net::TransportKind;
use manara_store::StoreError;
use manara_warning::{Letters, Rules};
use manara_web::{Lang, Right, Role, Service, Words, team};

use crate::house::House;
use crate::mailroom::address_of;
use crate::picture;

/// Feeds that documents name.
const FEEDS: usize = 100;

/// The house, as far as establishing looks at it.
pub struct Ground {
    house: House,
    rules: Rules,
    policy: manara_response::Policy,
}

impl Ground {
    /// Of a house as it is configured now.
    pub fn new(house: &House) -> anyhow::Result<Ground> {
        let config = &house.config;
        Ok(Ground {
            house: house.clone(),
            rules: Rules::load(config.warning.policy_file.as_deref())?,
            policy: manara_response::Policy::load(config.response.policy_file.as_deref())?,
        })
    }

    /// The worst first.
    fn due_hours(&self) -> Vec<Clock> {
        let clock = |severity: Severity| Clock { severity: severity.as_str(), count: self.policy.due_hours(severity) };
        Severity::ALL.into_iter().rev().map(clock).collect()
    }

    fn answer_days(&self) -> Vec<Clock> {
        let clock = |severity: Severity| Clock { severity: severity.as_str(), count: self.rules.answer_days(severity) };
        Severity::ALL.into_iter().rev().map(clock).collect()
    }

    async fn checks_of(&self, service: Service) -> Result<Vec<HouseCheck>, StoreError> {
        let (house, config) = (&self.house, &self.house.config);
        let people = team(&house.db).await?;
        let may = |right: Right| people.iter().filter(|(_, role)| *role != Role::Admin && role.may(right)).count();
        let count = |number: i64| if number > 0 { number.to_string() } else { String::new() };
        let check = |name, is_done, found: String, href| HouseCheck { name, is_done, found, href };
        Ok(match service {
            Service::Constituency => {
                let all = manara_constituency::count(&house.db).await?;
                vec![check("constituents", all > 0, count(all), "/constituents/import")]
            }
            Service::Watch => {
                let feeds = house.watch.feed_names().await?;
                let owners = manara_constituency::count(&house.db).await?;
                let found = feeds.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
                vec![
                    check("networks", owners > 0, count(owners), "/constituents/import"),
                    check("feeds", house.watch.has_batches().await?, found, "/feeds"),
                    check("tables", house.watch.has_tables().await?, String::new(), ""),
                ]
            }
            Service::Warning => {
                let office = &config.warning.office;
                let approvers = may(Right::SendNotices);
                let leaves = config.mail.transport == TransportKind::Smtp;
                let sender = if leaves { config.mail.from.clone() } else { String::new() };
                let letters = Letters::load(config.warning.letters_folder.as_deref(), office.clone()).is_ok();
                let languages = manara_warning::LANGUAGES.join(", ");
                vec![
                    check("mail", leaves, sender, "/setup/mail"),
                    check("office", !office.mail.is_empty(), office.mail.clone(), ""),
                    check("public-address", !config.public_address.is_empty(), config.public_address.clone(), ""),
                    check("letters", letters, languages, ""),
                    check("answer-days", true, clock_text(&self.answer_days()), ""),
                    check("approvers", approvers > 0, count(whole(approvers)), "/users"),
                ]
            }
            Service::Response => {
                let handlers = may(Right::HandleIncidents);
                vec![
                    check("due-hours", true, clock_text(&self.due_hours()), ""),
                    check("handlers", handlers > 1, count(whole(handlers)), "/users"),
                ]
            }
            Service::Picture => {
                let readers = picture::wishes(&house.db).await?.len() + config.digest.to.len();
                let country = config.nation.country.clone();
                vec![
                    check("country", !country.is_empty(), country, "/setup/nation"),
                    check("digest", readers > 0, count(whole(readers)), "/picture/digest"),
                ]
            }
            Service::Api | Service::Framework => Vec::new(),
        })
    }

    async fn facts_in(&self, lang: Lang) -> Result<Facts, StoreError> {
        let (house, config) = (&self.house, &self.house.config);
        let mut people: BTreeMap<String, Vec<String>> =
            Role::ALL.map(|role| (role.as_str().to_string(), Vec::new())).into();
        for (name, role) in team(&house.db).await? {
            people.entry(role.as_str().to_string()).or_default().push(name);
        }
        let usual = config.nation.usual().unwrap_or_default();
        let services = manara_web::services(&house.db).await?;
        let office = &config.warning.office;
        let mut feeds = house.watch.feed_names().await?;
        feeds.sort();
        feeds.truncate(FEEDS);
        // The posts and the addresses alone: no content has to be read for them.
        let roles = Blocks::of_roles(Some(&house.content_folder()));
        let holdings = Holdings::default().with_mail(domain_and_addresses(house));
        let now = manara_framework::establishment::now_in_force(&house.db, &roles, &holdings, lang.tag()).await?;
        let in_post = |post: &PostStand| {
            let may_enter = post.people.iter().filter(|one| one.role.is_some());
            PostFact { name: post.name.clone(), people: may_enter.map(|one| one.name.clone()).collect() }
        };
        let leaves = config.mail.transport == TransportKind::Smtp;
        let is_named = config.warning.office.name != manara_warning::Office::default().name;
        let name = if is_named || config.team.is_empty() { office.name(lang.tag()) } else { &config.team };
        Ok(Facts {
            office: Office {
                name: name.into(),
                mail: office.mail.clone(),
                phone: office.phone.clone(),
                url: office.url.clone(),
            },
            address: house.address().await.map_err(|error| StoreError::unknown("address", format!("{error:#}")))?,
            country: config.nation.country.clone(),
            zone: usual.zone.name().to_string(),
            languages: usual.offered.iter().map(|lang| lang.tag().to_string()).collect(),
            mail_leaves: leaves,
            sender: if leaves { config.mail.from.clone() } else { String::new() },
            people,
            posts: now.posts.iter().map(in_post).collect(),
            addresses: now.ids(Matter::Address).into_iter().map(str::to_string).collect(),
            due_hours: self.due_hours(),
            answer_days: self.answer_days(),
            quiet_days: self.rules.quiet_days,
            follow_up: self.rules.follow_up.map(|follow| FollowUpFacts {
                after_days: follow.after_days,
                reminders: follow.reminders,
                escalate_after_days: follow.escalate_after_days,
            }),
            answer_links: config.warning.answer_links,
            feeds,
            resolutions: self.policy.resolutions.iter().map(|one| one.title(lang.tag()).to_string()).collect(),
            digest_at: config.digest.at.text(),
            data: house.data.display().to_string(),
            services: Service::ALL
                .into_iter()
                .filter(|service| services.is_on(*service))
                .map(|service| service.as_str().to_string())
                .collect(),
        })
    }
}

impl manara_framework::establishment::House for Ground {
    fn checks(&self, service: Service) -> HouseWork<'_, Vec<HouseCheck>> {
        Box::pin(self.checks_of(service))
    }

    fn holdings(&self) -> HouseWork<'_, Holdings> {
        Box::pin(async { Ok(holdings(&self.house)) })
    }

    fn facts(&self, lang: Lang) -> HouseWork<'_, Facts> {
        Box::pin(self.facts_in(lang))
    }
}

/// What of a house a building block can put in force.
pub fn holdings(house: &House) -> Holdings {
    Holdings::load(Some(&house.content_folder())).with_mail(domain_and_addresses(house))
}

/// The domain of the team's mail, and the configured addresses.
fn domain_and_addresses(house: &House) -> (String, Vec<String>) {
    let addresses = configured_addresses(house);
    let domain = addresses.first().and_then(|usual| usual.rsplit_once('@')).map(|(_, domain)| domain.to_string());
    (domain.unwrap_or_default(), addresses)
}

/// The addresses that mail to the team is taken at by the configuration alone: `[response.mail] addresses`, else the sender.
fn configured_addresses(house: &House) -> Vec<String> {
    let given = house.config.response.mail.addresses.iter().map(|mail| mail.trim().to_lowercase());
    let given: Vec<String> = given.filter(|mail| mail.contains('@')).collect();
    let sender = address_of(&house.config.mail.from).to_lowercase();
    if given.is_empty() && sender.contains('@') { vec![sender] } else { given }
}

/// The addresses that applied building blocks add to the configured ones, in small letters.
pub async fn addresses_in_force(house: &House) -> Result<Vec<String>, StoreError> {
    let put = manara_framework::establishment::in_force(&house.db).await?;
    let usual = configured_addresses(house).into_iter().next().unwrap_or_default();
    let Some((_, domain)) = usual.rsplit_once('@') else { return Ok(Vec::new()) };
    Ok(put.names(Matter::Address).map(|local| format!("{local}@{domain}").to_lowercase()).collect())
}

/// What is in force in this house now: posts of the team, addresses, clocks, playbooks, letters.
pub async fn now_in_force(house: &House, lang: Lang) -> Result<NowInForce, StoreError> {
    let roles = Blocks::of_roles(Some(&house.content_folder()));
    manara_framework::establishment::now_in_force(&house.db, &roles, &holdings(house), lang.tag()).await
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// `critical 4, high 24`: a clock for a table, as the policy file writes it.
fn clock_text(clock: &[Clock]) -> String {
    clock.iter().map(|one| format!("{} {}", one.severity, one.count)).collect::<Vec<_>>().join(", ")
}

/// The words of a house, with its own in place of the built-in ones.
pub fn words(house: &House) -> anyhow::Result<Words> {
    let folder = house.content_folder().join("lang");
    Ok(Words::load(folder.is_dir().then_some(folder.as_path()))?)
}

/// Keeps the manual as it would be written now, if anything it says has changed.
pub async fn keep_manual(house: &House, now: Micros) -> anyhow::Result<u64> {
    let ground = Ground::new(house)?;
    let manual = Manual::load(Some(&house.content_folder()));
    let words = || words(house).map_err(|error| ManualError::Text(format!("{error:#}")));
    manara_framework::manuals::keep_current(&house.db, &ground, &manual, words, now).await.context("writing the manual")
}
