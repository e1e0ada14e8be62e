//! The tables behind the charts: plain sums of what the watch counted.

use std::collections::{BTreeMap, HashMap};

use manara_constituency::sectors;
use manara_watch::{Days, OpenedSum, OriginSum};
use manara_web::{Cell, KINDS, Markup, Page, Right, mono};

use crate::picture::World;

/// A constituent with fewer addresses has no rate worth comparing.
pub(super) const RATED_LEAST: u64 = 256;

/// Events of one place.
pub(super) type Origin = OriginSum;

/// What is shown of a constituent.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub name: String,
    pub sector: String,
    pub addresses: u64,
}

/// A sum now and in the span before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sums {
    pub key: String,
    pub now: i64,
    pub before: i64,
}

/// Findings of a constituent beside its addresses.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rated {
    pub id: String,
    pub name: String,
    pub findings: i64,
    pub addresses: u64,
    /// Findings per thousand addresses.
    pub rate: f64,
}

/// Everything the picture is made of.
pub(super) struct Facts<'a> {
    pub days: Days,
    pub each: Vec<String>,
    pub found: Vec<OpenedSum>,
    pub was: Vec<OpenedSum>,
    pub by_day: Vec<(String, String, i64)>,
    pub origins: Vec<OriginSum>,
    pub origins_before: Vec<OriginSum>,
    pub members: &'a HashMap<String, Member>,
    pub operator: &'a (dyn Fn(i64) -> Option<String> + Sync),
    pub world: &'a World,
}

/// Sums by a key, the greatest first; what is equal in the order of the keys.
fn summed<'a>(now: impl Iterator<Item = (&'a str, i64)>, before: impl Iterator<Item = (&'a str, i64)>) -> Vec<Sums> {
    let mut by_key: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    now.for_each(|(key, count)| by_key.entry(key).or_default().0 += count);
    before.for_each(|(key, count)| by_key.entry(key).or_default().1 += count);
    let mut all: Vec<Sums> =
        by_key.into_iter().map(|(key, (now, before))| Sums { key: key.to_string(), now, before }).collect();
    // The sort is stable, and the keys are in order already.
    all.sort_by_key(|one| std::cmp::Reverse((one.now, one.before)));
    all
}

impl Facts<'_> {
    /// The list of findings of this span, narrowed by one more filter.
    pub fn findings_href(&self, more: &str) -> String {
        let Days { from, until } = &self.days;
        let more = if more.is_empty() { String::new() } else { format!("&{more}") };
        format!("/findings?state=all&first_from={from}&first_until={until}{more}")
    }

    /// The list of events of this span, narrowed by one more filter; nothing for whoever may not read events.
    pub fn events_href(&self, page: &Page, more: &str) -> String {
        if !page.may(Right::ReadEvents) {
            return String::new();
        }
        let Days { from, until } = &self.days;
        let more = if more.is_empty() { String::new() } else { format!("&{more}") };
        format!("/events?from={from}&until={until}{more}")
    }

    fn sector_of(&self, constituent: &str) -> &str {
        self.members.get(constituent).map_or("", |member| member.sector.as_str())
    }

    /// By sector; the empty one is of those who are no longer in the constituency.
    pub fn by_sector(&self) -> Vec<Sums> {
        let sums = |sums: &'_ [OpenedSum]| -> Vec<(String, i64)> {
            sums.iter().map(|one| (self.sector_of(&one.constituent_id).to_string(), one.findings)).collect()
        };
        let (now, before) = (sums(&self.found), sums(&self.was));
        summed(now.iter().map(|(key, n)| (key.as_str(), *n)), before.iter().map(|(key, n)| (key.as_str(), *n)))
    }

    /// By class.
    pub fn by_class(&self) -> Vec<Sums> {
        let of = |one: &'_ OpenedSum| (one.taxonomy.clone(), one.findings);
        let (now, before): (Vec<_>, Vec<_>) = (self.found.iter().map(of).collect(), self.was.iter().map(of).collect());
        summed(now.iter().map(|(key, n)| (key.as_str(), *n)), before.iter().map(|(key, n)| (key.as_str(), *n)))
    }

    /// By the AS number of the end that is ours; `0` is unknown.
    pub fn by_operator(&self) -> Vec<Sums> {
        let of = |one: &'_ OpenedSum| (one.asn.to_string(), one.findings);
        let (now, before): (Vec<_>, Vec<_>) = (self.found.iter().map(of).collect(), self.was.iter().map(of).collect());
        summed(now.iter().map(|(key, n)| (key.as_str(), *n)), before.iter().map(|(key, n)| (key.as_str(), *n)))
    }

    /// By constituent, by its id.
    pub fn by_constituent(&self) -> Vec<Sums> {
        let of = |one: &'_ OpenedSum| (one.constituent_id.clone(), one.findings);
        let (now, before): (Vec<_>, Vec<_>) = (self.found.iter().map(of).collect(), self.was.iter().map(of).collect());
        summed(now.iter().map(|(key, n)| (key.as_str(), *n)), before.iter().map(|(key, n)| (key.as_str(), *n)))
    }

    /// The name of a constituent; of one that has left the constituency its id.
    pub fn constituent_name<'s>(&'s self, id: &'s str) -> &'s str {
        self.members.get(id).map_or(id, |member| member.name.as_str())
    }

    /// The countries that are known.
    pub fn known_countries(&self) -> Vec<Sums> {
        let mut all = self.countries();
        all.retain(|one| !one.key.is_empty());
        all
    }

    /// Events by country; the empty one is unknown.
    pub fn countries(&self) -> Vec<Sums> {
        let of = |one: &'_ OriginSum| (one.country.clone(), one.events);
        let (now, before): (Vec<_>, Vec<_>) =
            (self.origins.iter().map(of).collect(), self.origins_before.iter().map(of).collect());
        summed(now.iter().map(|(key, n)| (key.as_str(), *n)), before.iter().map(|(key, n)| (key.as_str(), *n)))
    }

    /// Every constituent that has both, the highest rate first.
    pub fn rates(&self) -> Vec<Rated> {
        let mut found: BTreeMap<&str, i64> = BTreeMap::new();
        for one in &self.found {
            *found.entry(&one.constituent_id).or_default() += one.findings;
        }
        let rated = found.into_iter().filter_map(|(id, findings)| {
            let member = self.members.get(id).filter(|member| member.addresses > 0)?;
            let rate = findings as f64 * 1000.0 / member.addresses as f64;
            Some(Rated { id: id.into(), name: member.name.clone(), findings, addresses: member.addresses, rate })
        });
        let mut all: Vec<Rated> = rated.collect();
        all.sort_by(|a, b| b.rate.total_cmp(&a.rate).then_with(|| a.name.cmp(&b.name)));
        all
    }

    /// For each class with a pattern of its own its findings on each day, the greatest class first; the empty one is all
    /// others.
    pub fn series(&self) -> Vec<(String, Vec<i64>)> {
        let classes: Vec<String> = self.by_class().into_iter().filter(|one| one.now > 0).map(|one| one.key).collect();
        let own = if classes.len() > KINDS { KINDS - 1 } else { classes.len() };
        let place_of_day: HashMap<&str, usize> = self.each.iter().map(String::as_str).zip(0..).collect();
        let mut series: Vec<(String, Vec<i64>)> =
            classes.iter().take(own).map(|class| (class.clone(), vec![0; self.each.len()])).collect();
        if classes.len() > own {
            series.push((String::new(), vec![0; self.each.len()]));
        }
        for (day, class, count) in &self.by_day {
            let line = classes.iter().position(|known| known == class).unwrap_or(own).min(own);
            let place = place_of_day.get(day.as_str());
            if let Some(cell) = place.and_then(|at| series.get_mut(line)?.1.get_mut(*at)) {
                *cell += count;
            }
        }
        series
    }

    /// The name of a sector.
    pub fn sector_title(&self, page: &Page, sector: &str) -> String {
        match sector {
            "" => page.t("picture-no-sector"),
            sector => sectors().title(sector, page.lang.tag()).to_string(),
        }
    }

    /// The name of a country, or its letters where they name none.
    pub fn country_name(&self, page: &Page, code: &str) -> String {
        if code.is_empty() {
            return page.t("picture-unknown");
        }
        if let Some(name) = self.world.name(code, page.lang.tag()) {
            return name.to_string();
        }
        let key = format!("country-{}", code.to_ascii_lowercase());
        let words = page.t(&key);
        if words == key { code.to_string() } else { words }
    }

    /// An operator: its number and its name.
    pub fn operator_label(&self, page: &Page, asn: i64) -> Markup {
        match (asn, (self.operator)(asn)) {
            (0, _) => Markup::text(&page.t("picture-unknown")),
            (asn, Some(name)) => Markup::of(&Named { number: mono(&format!("AS{asn}")), name: page.foreign(&name) }),
            (asn, None) => mono(&format!("AS{asn}")),
        }
    }

    /// A table to take away, by its name.
    pub fn export(&self, page: &Page, name: &str) -> Option<(Vec<&'static str>, Vec<Vec<Cell>>)> {
        let three = |label: String, one: &Sums| -> Vec<Cell> {
            vec![one.key.clone().into(), label.into(), one.now.into(), one.before.into()]
        };
        let operator = |asn: i64| (self.operator)(asn).unwrap_or_default();
        Some(match name {
            "days" => (
                vec!["day", "class", "findings"],
                self.by_day.iter().map(|(day, class, count)| vec![day.into(), class.into(), (*count).into()]).collect(),
            ),
            "sectors" => (
                vec!["sector", "name", "findings", "findings_before"],
                self.by_sector().iter().map(|one| three(self.sector_title(page, &one.key), one)).collect(),
            ),
            "classes" => (
                vec!["class", "name", "findings", "findings_before"],
                self.by_class().iter().map(|one| three(page.t(format!("web-class-{}", one.key)), one)).collect(),
            ),
            "operators" => (
                vec!["asn", "name", "findings", "findings_before"],
                self.by_operator().iter().map(|one| three(operator(one.key.parse().unwrap_or(0)), one)).collect(),
            ),
            "constituents" => (
                vec!["constituent_id", "constituent", "findings", "findings_before"],
                self.by_constituent()
                    .iter()
                    .filter(|one| one.now > 0)
                    .map(|one| three(self.constituent_name(&one.key).to_string(), one))
                    .collect(),
            ),
            "countries" => (
                vec!["country", "country_name", "events", "events_before"],
                self.known_countries()
                    .iter()
                    .filter(|one| one.now > 0)
                    .map(|one| three(self.country_name(page, &one.key), one))
                    .collect(),
            ),
            "rates" => (
                vec!["constituent_id", "constituent", "findings", "ipv4_addresses", "findings_per_1000_addresses"],
                self.rates()
                    .into_iter()
                    .map(|one| {
                        let addresses = i64::try_from(one.addresses).unwrap_or(i64::MAX);
                        let rate = (one.rate * 1000.0).round() / 1000.0;
                        vec![one.id.into(), one.name.into(), one.findings.into(), addresses.into(), rate.into()]
                    })
                    .collect(),
            ),
            "sources" => (
                vec!["country", "country_name", "asn", "operator", "events"],
                self.origins
                    .iter()
                    .map(|one| {
                        vec![
                            (&one.country).into(),
                            self.country_name(page, &one.country).into(),
                            one.asn.into(),
                            operator(one.asn).into(),
                            one.events.into(),
                        ]
                    })
                    .collect(),
            ),
            _ => return None,
        })
    }
}

#[derive(askama::Template)]
#[template(ext = "html", source = "{{ number }} {{ name }}")]
struct Named {
    number: Markup,
    name: Markup,
}
