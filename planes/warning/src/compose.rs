//! From findings to notices: who is told what, and what is left out.

use std::collections::{HashMap, HashSet};

use manara_model::{FindingState, Micros, Severity, Tlp};
use manara_net::Addressee;

use crate::notice::{Format, class};

/// A constituent, as the flow knows it.
#[derive(Debug, Clone, Default)]
pub struct ConstituentInput {
    /// Its id in the constituency plane.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its sector; shown, not judged.
    pub sector: String,
    /// `low`, `medium`, `high`, `critical`; empty when unknown.
    pub criticality: String,
    /// Whom to write to.
    pub contacts: Vec<ContactInput>,
}

/// A contact of a constituent.
#[derive(Debug, Clone, Default)]
pub struct ContactInput {
    /// Name of the person or desk; may be empty.
    pub name: String,
    /// Mail address; a contact without one is not written to.
    pub mail: String,
    /// `abuse`, `security`, `technical`, …
    pub role: String,
    /// `en`, `ar`, `fr`; empty when unknown.
    pub language: String,
    /// `csv`, `json`, `both`, `pdf` (with the table), `all`; empty for both.
    pub format: String,
}

/// A finding, as the flow knows it.
#[derive(Debug, Clone)]
pub struct FindingInput {
    /// Its id in the watch plane.
    pub id: String,
    /// Whose asset it is.
    pub constituent_id: String,
    /// RSIT class: `malicious-code`.
    pub taxonomy: String,
    /// RSIT type: `infected-system`.
    pub kind: String,
    /// The address, name or URL.
    pub asset: String,
    /// A malware family, a CVE, a service.
    pub subject: String,
    /// How bad.
    pub severity: Severity,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// Where it stands.
    pub state: FindingState,
    /// When it came into that state; `None` when unknown.
    pub state_since: Option<Micros>,
    /// First seen.
    pub first_seen: Micros,
    /// Last seen.
    pub last_seen: Micros,
    /// How many events.
    pub count: i64,
    /// How far it may travel.
    pub tlp: Tlp,
}

/// Everything one call composes.
#[derive(Debug, Clone, Default)]
pub struct ComposeInput {
    /// The owners of the findings.
    pub constituents: Vec<ConstituentInput>,
    /// The findings, in any order.
    pub findings: Vec<FindingInput>,
}

/// What a constituent was told of an asset, last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: Micros,
    /// How bad it was then.
    pub severity: Severity,
}

/// A finding that is in a notice which has not left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pending {
    /// In a draft: it can still be brought up to date there.
    Draft {
        /// The draft.
        notice_id: String,
        /// How bad it is there.
        severity: Severity,
        /// When it was last seen, there.
        last_seen: Micros,
        /// How many events, there.
        count: i64,
    },
    /// In a notice that is past being changed, or that was cancelled today.
    Fixed,
}

/// What the store knows about the findings of one call.
#[derive(Debug, Default)]
pub struct Known {
    /// By finding id.
    pub pending: HashMap<String, Pending>,
    /// By constituent id, class and asset.
    pub told: HashMap<(String, String, String), Told>,
    /// The draft of today, by constituent id and class.
    pub drafts: HashMap<(String, String), String>,
}

/// What was left out, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Told within the quiet period, or not seen since.
    pub quiet: usize,
    /// In a notice that has not left, unchanged.
    pub pending: usize,
    /// Fixed, false or expired.
    pub closed: usize,
    /// Of nobody in the list of constituents.
    pub unowned: usize,
}

impl LeftOut {
    /// The sum of two.
    #[must_use]
    pub fn plus(self, other: LeftOut) -> LeftOut {
        LeftOut {
            quiet: self.quiet + other.quiet,
            pending: self.pending + other.pending,
            closed: self.closed + other.closed,
            unowned: self.unowned + other.unowned,
        }
    }
}

/// The findings of one notice, new or growing.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// Position of the constituent in the input.
    pub constituent: usize,
    /// Taxonomy and type.
    pub class: String,
    /// The draft they join; `None` for a new notice.
    pub draft: Option<String>,
    /// Positions of the findings in the input.
    pub findings: Vec<usize>,
}

/// Groups findings into notices: one for each constituent, class and day.
pub fn plan(input: &ComposeInput, known: &Known, quiet_days: i64, now: Micros) -> (Vec<Group>, LeftOut) {
    let owners: HashMap<&str, usize> =
        input.constituents.iter().enumerate().map(|(at, constituent)| (constituent.id.as_str(), at)).collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of: HashMap<(usize, String, Option<String>), usize> = HashMap::new();
    let mut left_out = LeftOut::default();
    let mut seen: HashSet<&str> = HashSet::new();
    for (at, finding) in input.findings.iter().enumerate() {
        if !seen.insert(&finding.id) {
            continue;
        }
        let Some(&constituent) = owners.get(finding.constituent_id.as_str()) else {
            left_out.unowned += 1;
            continue;
        };
        if !finding.state.is_live() {
            left_out.closed += 1;
            continue;
        }
        let class = class(&finding.taxonomy, &finding.kind);
        let draft = match known.pending.get(&finding.id) {
            Some(Pending::Draft { notice_id, severity, last_seen, count })
                if (*severity, *last_seen, *count) != (finding.severity, finding.last_seen, finding.count) =>
            {
                Some(notice_id.clone())
            }
            Some(_) => {
                left_out.pending += 1;
                continue;
            }
            None => {
                let key = (finding.constituent_id.clone(), class.clone(), finding.asset.clone());
                if is_quiet(known.told.get(&key), finding, quiet_days, now) {
                    left_out.quiet += 1;
                    continue;
                }
                known.drafts.get(&(key.0, key.1)).cloned()
            }
        };
        let key = (constituent, class, draft);
        match group_of.get(&key).and_then(|&group| groups.get_mut(group)) {
            Some(group) => group.findings.push(at),
            None => {
                group_of.insert(key.clone(), groups.len());
                groups.push(Group { constituent: key.0, class: key.1, draft: key.2, findings: vec![at] });
            }
        }
    }
    (groups, left_out)
}

/// Whether an asset is left in peace: it was told of within the quiet period, or was not seen since; unless it got worse or
/// came back.
pub fn is_quiet(told: Option<&Told>, finding: &FindingInput, quiet_days: i64, now: Micros) -> bool {
    let Some(told) = told else { return false };
    let came_back = finding.state == FindingState::Reopened && finding.state_since.is_none_or(|since| since > told.at);
    if finding.severity > told.severity || came_back {
        return false;
    }
    now < told.at.plus_days(quiet_days) || finding.last_seen <= told.at
}

/// Mail addresses that were refused for good and not taken since, in lower case.
pub type Bouncing = HashSet<String>;

/// To whom, in which language, with what attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Everybody of the best role who reads the same language.
    pub to: Vec<Addressee>,
    /// The language of the first of them.
    pub language: String,
    /// The format the first of them wants.
    pub format: Format,
}

/// Roles, from the one that is written to first; all others come after.
const ROLES: &[&str] = &["abuse", "security", "cirt", "csirt", "noc", "technical", "tech"];

/// Chooses whom to write to: the contacts of the best role that have an address; the first of them decides the language
/// (English when it is not one of `languages`) and the format. Addresses that bounce come last: they are written to only
/// when there is no other.
pub fn address(contacts: &[ContactInput], languages: &[&str], bouncing: &Bouncing) -> Address {
    let rank = |contact: &ContactInput| {
        let role = contact.role.trim().to_ascii_lowercase();
        let bounces = bouncing.contains(&contact.mail.trim().to_lowercase());
        (bounces, ROLES.iter().position(|known| *known == role).unwrap_or(ROLES.len()))
    };
    let language = |contact: &ContactInput| {
        let wanted = contact.language.trim().to_ascii_lowercase();
        let short = wanted.split(['-', '_']).next().unwrap_or_default().to_string();
        if languages.contains(&short.as_str()) { short } else { "en".to_string() }
    };
    let reachable: Vec<&ContactInput> = contacts.iter().filter(|contact| contact.mail.contains('@')).collect();
    // The first of the best: min_by_key gives the first of equals.
    let Some(first) = reachable.iter().min_by_key(|contact| rank(contact)) else {
        let any = contacts.first();
        return Address {
            to: Vec::new(),
            language: any.map_or("en".into(), language),
            format: any.map_or(Format::Both, |contact| Format::parse(&contact.format)),
        };
    };
    let mut to: Vec<Addressee> = Vec::new();
    for contact in &reachable {
        let mail = contact.mail.trim().to_string();
        let same = rank(contact) == rank(first) && language(contact) == language(first);
        if same && to.len() < 10 && !to.iter().any(|known| known.mail.eq_ignore_ascii_case(&mail)) {
            to.push(Addressee { name: contact.name.trim().to_string(), mail });
        }
    }
    Address { to, language: language(first), format: Format::parse(&first.format) }
}

#[cfg(test)]
mod tests {
    use manara_model::{FindingState, Micros, Severity, Tlp};

    use super::{
        Bouncing, ComposeInput, ConstituentInput, ContactInput, FindingInput, Group, Known, LeftOut, Pending, Told,
        address, is_quiet, plan,
    };
    use crate::notice::Format;

    const DAY: Micros = Micros(1_768_435_200_000_000);

    fn finding(id: &str, owner: &str, kind: &str, asset: &str) -> FindingInput {
        FindingInput {
            id: id.into(),
            constituent_id: owner.into(),
            taxonomy: "malicious-code".into(),
            kind: kind.into(),
            asset: asset.into(),
            subject: "citadel".into(),
            severity: Severity::High,
            confidence: 0.8,
            state: FindingState::Open,
            state_since: None,
            first_seen: DAY.plus_days(-1),
            last_seen: DAY,
            count: 3,
            tlp: Tlp::Amber,
        }
    }

    fn input(findings: Vec<FindingInput>) -> ComposeInput {
        let constituent = |id: &str| ConstituentInput { id: id.into(), name: id.to_uppercase(), ..Default::default() };
        ComposeInput { constituents: vec![constituent("a"), constituent("b")], findings }
    }

    fn group(constituent: usize, class: &str, draft: Option<&str>, findings: &[usize]) -> Group {
        Group { constituent, class: class.into(), draft: draft.map(Into::into), findings: findings.to_vec() }
    }

    #[test]
    fn findings_become_one_notice_for_each_constituent_and_class() {
        let input = input(vec![
            finding("1", "a", "infected-system", "192.0.2.1"),
            finding("2", "b", "infected-system", "192.0.2.2"),
            finding("3", "a", "c2-server", "192.0.2.1"),
            finding("4", "a", "infected-system", "192.0.2.3"),
            finding("5", "nobody", "infected-system", "192.0.2.4"),
            finding("4", "a", "infected-system", "192.0.2.3"),
            FindingInput { state: FindingState::Fixed, ..finding("6", "a", "infected-system", "192.0.2.5") },
        ]);
        let (groups, left_out) = plan(&input, &Known::default(), 7, DAY);
        assert_eq!(
            groups,
            [
                group(0, "malicious-code/infected-system", None, &[0, 3]),
                group(1, "malicious-code/infected-system", None, &[1]),
                group(0, "malicious-code/c2-server", None, &[2]),
            ]
        );
        assert_eq!(left_out, LeftOut { closed: 1, unowned: 1, ..LeftOut::default() });
    }

    #[test]
    fn a_second_batch_joins_the_draft_and_what_waits_is_not_told_twice() {
        let input = input(vec![
            finding("new", "a", "infected-system", "192.0.2.1"),
            finding("same", "a", "infected-system", "192.0.2.2"),
            finding("grown", "a", "infected-system", "192.0.2.3"),
            finding("queued", "a", "infected-system", "192.0.2.4"),
            finding("other day", "a", "infected-system", "192.0.2.5"),
        ]);
        let mut known = Known::default();
        let class = "malicious-code/infected-system".to_string();
        known.drafts.insert(("a".into(), class.clone()), "today".into());
        let draft = |notice: &str, count| Pending::Draft {
            notice_id: notice.into(),
            severity: Severity::High,
            last_seen: DAY,
            count,
        };
        known.pending.insert("same".into(), draft("today", 3));
        known.pending.insert("grown".into(), draft("today", 2));
        known.pending.insert("queued".into(), Pending::Fixed);
        known.pending.insert("other day".into(), draft("yesterday", 1));
        let (groups, left_out) = plan(&input, &known, 7, DAY);
        assert_eq!(groups, [group(0, &class, Some("today"), &[0, 2]), group(0, &class, Some("yesterday"), &[4])]);
        assert_eq!(left_out, LeftOut { pending: 2, ..LeftOut::default() });
    }

    #[test]
    fn an_asset_is_left_in_peace_unless_it_got_worse_or_came_back() {
        let told = |days: i64, severity| Some(Told { at: DAY.plus_days(-days), severity });
        let open = finding("1", "a", "infected-system", "192.0.2.1");
        let with = |state, since: Option<i64>| FindingInput {
            state,
            state_since: since.map(|days| DAY.plus_days(-days)),
            ..open.clone()
        };
        let old = FindingInput { last_seen: DAY.plus_days(-10), ..open.clone() };
        for (told, finding, want, why) in [
            (None, open.clone(), false, "never told"),
            (told(1, Severity::High), open.clone(), true, "told yesterday"),
            (told(6, Severity::High), open.clone(), true, "told 6 days ago"),
            (told(7, Severity::High), open.clone(), false, "the quiet period is over"),
            (told(1, Severity::Medium), open.clone(), false, "it got worse"),
            (told(1, Severity::Critical), open.clone(), true, "it got better"),
            (told(2, Severity::High), with(FindingState::Reopened, Some(1)), false, "it came back after we told"),
            (told(2, Severity::High), with(FindingState::Reopened, Some(3)), true, "it had come back when we told"),
            (told(2, Severity::High), with(FindingState::Reopened, None), false, "it came back, nobody knows when"),
            (told(2, Severity::High), with(FindingState::Acknowledged, Some(1)), true, "they know"),
            (told(9, Severity::High), old, true, "not seen since we told"),
        ] {
            assert_eq!(is_quiet(told.as_ref(), &finding, 7, DAY), want, "{why}");
        }
        let mut known = Known::default();
        let key = ("a".to_string(), "malicious-code/infected-system".to_string(), "192.0.2.1".to_string());
        known.told.insert(key, Told { at: DAY.plus_days(-1), severity: Severity::High });
        let (groups, left_out) = plan(
            &input(vec![
                open.clone(),
                finding("2", "b", "infected-system", "192.0.2.1"),
                finding("3", "a", "c2-server", "192.0.2.1"),
            ]),
            &known,
            7,
            DAY,
        );
        assert_eq!(groups.len(), 2, "another constituent and another class are told");
        assert_eq!(left_out.quiet, 1);
    }

    #[test]
    fn the_best_contact_decides_language_and_format() {
        let contact = |mail: &str, role: &str, language: &str, format: &str| ContactInput {
            name: mail.split('@').next().unwrap_or_default().into(),
            mail: mail.into(),
            role: role.into(),
            language: language.into(),
            format: format.into(),
        };
        let all = ["en", "ar", "fr"];
        let mails = |contacts: &[ContactInput]| {
            let address = address(contacts, &all, &Bouncing::from(["gone@x.example".to_string()]));
            let to: Vec<String> = address.to.into_iter().map(|to| to.mail).collect();
            (to.join(" "), address.language, address.format)
        };
        assert_eq!(mails(&[]), (String::new(), "en".into(), Format::Both));
        assert_eq!(mails(&[contact("", "abuse", "ar", "csv")]), (String::new(), "ar".into(), Format::Csv));
        let boss = contact("boss@x.example", "management", "en", "json");
        let abuse = contact("abuse@x.example", "Abuse", "fr-FR", "csv");
        let again = contact("ABUSE@x.example", "abuse", "fr", "csv");
        let second = contact("second@x.example", "abuse", "fr", "json");
        let arabic = contact("arabic@x.example", "abuse", "ar", "json");
        assert_eq!(
            mails(&[boss.clone(), abuse, again, second, arabic]),
            ("abuse@x.example second@x.example".into(), "fr".into(), Format::Csv)
        );
        assert_eq!(mails(std::slice::from_ref(&boss)), ("boss@x.example".into(), "en".into(), Format::Json));
        let gone = contact("Gone@x.example", "abuse", "fr", "csv");
        assert_eq!(
            mails(&[gone.clone(), boss]),
            ("boss@x.example".into(), "en".into(), Format::Json),
            "another role before an address that bounces"
        );
        assert_eq!(mails(&[gone]), ("Gone@x.example".into(), "fr".into(), Format::Csv), "better than nobody");
        assert_eq!(
            mails(&[contact("a@x.example", "noc", "tlh", "")]),
            ("a@x.example".into(), "en".into(), Format::Both)
        );
    }
}
