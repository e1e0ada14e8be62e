//! Figures follow mail, letters and clocks too: after every stretch of a walk they are what a full recount makes.

use std::collections::{BTreeMap, BTreeSet};

use manara_model::{Micros, Severity, Tlp};
use manara_net::Mailer;
use manara_response::change as change_incident;
use manara_response::mail::{MailHouse, OutcomeKind, due, lift, retry, send};
use manara_response::{
    By, Change, Closing, Decision, DeliveryState, Draft, Impact, IncidentMoments, Kind, MEASURES, Moments, NewIncident,
    NewTicket, RunningStage, StageMet, TicketState, Verdict, WorkContent, clocks_of, close, count_figures, decide_held,
    follow_clocks, follow_figures, get_ticket, incidents_of_ticket, launch, meet_stage, merge, merge_ticket,
    move_ticket, note_moments, open_ticket, queue, recount_figures, reopen, running_stages, set_moments, split,
    split_ticket, start_clock, stop_clock, tag_technique, tell_clocks, told_by_letter, unlink_ticket, write_message,
};

use crate::figures::{Chance, figure, ground, something, table, ticket, whole};
use crate::follow::{brought, mail, office, returned};
use crate::house::{House, MINUTE, NOON, duty, new, on_both};

const HOUR: i64 = 60 * MINUTE;
/// Whom we ask.
const NOC: &str = "noc@isp.example";
/// Steps of the walk, and after how many figures follow and are compared with a recount.
const STEPS: usize = 480;
const FOLLOW_EVERY: usize = 7;
const COMPARE_EVERY: usize = 60;
/// What the walk has to have done once at least, and not only tried.
const DONE: [&str; 25] = [
    "report came",
    "answer came",
    "stranger decided",
    "letter written",
    "letter sent",
    "letter came back",
    "letter sent again",
    "incident launched",
    "incident judged",
    "incident closed",
    "incident reopened",
    "incident merged",
    "incident split",
    "ticket merged",
    "ticket split",
    "ticket unlinked",
    "block active",
    "moments noted",
    "clock begun",
    "clock paused",
    "clock resumed",
    "clock extended",
    "stage met",
    "stage unmet",
    "stage late",
];

/// A walk through a house in which mail comes and goes and clocks run.
struct Walk {
    house: House,
    office: MailHouse,
    mailer: Mailer,
    content: WorkContent,
    chance: Chance,
    /// Incidents and tickets, by their ids.
    known: (Vec<String>, Vec<String>),
    /// What can be answered: by whom, and its Message-ID.
    mails: Vec<(String, String)>,
    /// The Message-IDs of what we wrote to [`NOC`].
    letters: Vec<String>,
    /// Incidents that were merged, those that were closed, tickets that were merged.
    merged: Vec<String>,
    closed: Vec<String>,
    merged_tickets: Vec<String>,
    /// Clocks that were stopped: incident and rule; stages that were met: incident, clock and stage.
    paused: Vec<(String, String)>,
    met: Vec<(String, String, String)>,
    /// How many mails came, so that each has a Message-ID of its own.
    came: usize,
    /// How often each thing was done, and not refused.
    done: BTreeMap<&'static str, usize>,
}

/// One of some, rather a new one.
fn one_of(chance: &mut Chance, all: &[String]) -> String {
    let of = if chance.below(3) == 0 { all } else { &all[all.len().saturating_sub(8)..] };
    of[chance.below(of.len() as u64)].clone()
}

/// One of some, which is taken out; none of none.
fn taken<T>(chance: &mut Chance, all: &mut Vec<T>) -> Option<T> {
    if all.is_empty() {
        return None;
    }
    let at = chance.below(all.len() as u64);
    Some(all.swap_remove(at))
}

impl Walk {
    /// A house with two incidents that we wrote to somebody about, one of them closed, and a report that came by mail.
    async fn begin(house: House) -> Walk {
        let office = office(&house).await;
        let mut walk = Walk {
            house,
            office,
            mailer: Mailer::capture("CIRT <cirt@cirt.example>").expect("a mailer"),
            content: WorkContent::load(None, chrono_tz::Tz::UTC),
            chance: Chance(23),
            known: (Vec::new(), Vec::new()),
            mails: Vec::new(),
            letters: Vec::new(),
            merged: Vec::new(),
            closed: Vec::new(),
            merged_tickets: Vec::new(),
            paused: Vec::new(),
            met: Vec::new(),
            came: 0,
            done: BTreeMap::new(),
        };
        for title in ["The first", "The second"] {
            let one = walk.house.open(title, &[], NOON).await.id;
            tag_technique(&walk.house.db, &duty(), (&one, "T1566", ""), true, NOON).await.expect("tagged");
            let moments = IncidentMoments { occurred: Some(Micros(NOON.0 - HOUR)), contained: Some(NOON) };
            note_moments(&walk.house.db, &duty(), &one, moments, NOON).await.expect("noted");
            let wanted = ticket(Kind::Investigation, &one);
            let asked = open_ticket(&walk.house.db, &duty(), &wanted, &[], NOON).await.expect("opened").id;
            walk.write(&asked, NOON).await;
            walk.known.0.push(one);
            walk.known.1.push(asked);
        }
        let closing = Closing { resolution: "resolved".into(), verdict: Verdict::Fixed };
        close(&walk.house.db, &duty(), &walk.house.policy, &walk.known.0[1], &closing, NOON).await.expect("closed");
        walk.report_comes(NOON).await;
        walk
    }

    fn did(&mut self, what: &'static str, is_done: bool) {
        *self.done.entry(what).or_default() += usize::from(is_done);
    }

    fn incident(&mut self) -> String {
        one_of(&mut self.chance, &self.known.0)
    }

    fn ticket(&mut self) -> String {
        one_of(&mut self.chance, &self.known.1)
    }

    /// A moment some hours ago.
    fn ago(&mut self, now: Micros, hours: u64) -> Micros {
        Micros(now.0 - self.chance.below(hours) as i64 * HOUR)
    }

    /// One thing that happens; what is refused is passed over.
    async fn step(&mut self, now: Micros) {
        match self.chance.below(44) {
            0..=3 => something(&self.house, &mut self.chance, &mut self.known, now).await,
            4..=14 => self.mail_step(now).await,
            15..=28 => self.work_step(now).await,
            _ => self.clock_step(now).await,
        }
    }

    async fn mail_step(&mut self, now: Micros) {
        match self.chance.below(13) {
            0..=2 => self.report_comes(now).await,
            3 | 4 => self.answer_comes(now).await,
            5 => self.stranger_writes(now).await,
            6..=8 => {
                let to = self.ticket();
                self.write(&to, now).await;
            }
            9 | 10 => self.post(now).await,
            11 => self.letter_comes_back(now).await,
            _ => self.send_again(now).await,
        }
    }

    async fn work_step(&mut self, now: Micros) {
        match self.chance.below(22) {
            0 | 1 => self.launch(now).await,
            2 | 3 => self.judge(now).await,
            4 | 5 => self.close(now).await,
            6 => self.reopen(now).await,
            7..=9 => self.merge(now).await,
            10 | 11 => self.split(now).await,
            12 | 13 => self.merge_tickets(now).await,
            14 => self.split_tickets(now).await,
            15..=18 => self.unlink(now).await,
            19 | 20 => self.block(now).await,
            _ => self.note(now).await,
        }
    }

    async fn clock_step(&mut self, now: Micros) {
        match self.chance.below(15) {
            0 | 1 => self.begin_clock(now).await,
            2 | 3 => self.meet(now).await,
            4 => self.unmeet(now).await,
            5 => self.pause(now).await,
            6 => self.go_on(now).await,
            7 => self.extend(now).await,
            8..=10 => self.tell(now).await,
            _ => self.follow(now).await,
        }
    }

    /// What follows is what a recount makes of it, line by line.
    async fn compare(&self, now: Micros) {
        let db = &self.house.db;
        count_figures(db, &ground(), now).await.expect("counted");
        let followed: BTreeSet<String> = whole(db).await.into_iter().collect();
        recount_figures(db, &ground(), now).await.expect("counted anew");
        let anew: BTreeSet<String> = whole(db).await.into_iter().collect();
        let only_followed: Vec<&String> = followed.difference(&anew).take(4).collect();
        let only_anew: Vec<&String> = anew.difference(&followed).take(4).collect();
        assert!(only_followed.is_empty() && only_anew.is_empty(), "{now}: {only_followed:?} but {only_anew:?}");
    }
}

/// Mail.
impl Walk {
    /// A Message-ID that no mail had before.
    fn id(&mut self) -> String {
        self.came += 1;
        format!("{}@harbour.example", self.came)
    }

    async fn remember(&mut self, number: Option<String>) {
        let Some(number) = number else { return };
        let one = get_ticket(&self.house.db, &duty(), &number).await.expect("asked").expect("there");
        if !self.known.1.contains(&one.id) {
            self.known.1.push(one.id);
        }
    }

    async fn report_comes(&mut self, now: Micros) {
        let id = self.id();
        let from = format!("person{}@house{}.example", self.came % 7, self.came % 3);
        let subject = ["A call", "Phishing [TLP:RED]", "Scan [TLP:GREEN]"][self.chance.below(3)];
        let body = format!("See 192.0.2.{} and 198.51.100.7.", self.came % 200 + 1);
        let came = brought(&self.house, &self.office, &mail(&from, subject, &id, "", &body), now).await;
        self.did("report came", came.kind == OutcomeKind::Report);
        self.remember(came.ticket).await;
        self.mails.push((from, id));
    }

    async fn answer_comes(&mut self, now: Micros) {
        let at = self.chance.below(self.mails.len() as u64);
        let ((from, answered), id) = (self.mails[at].clone(), self.id());
        let body = ["Thank you.", "DONE", "See 203.0.113.9."][self.chance.below(3)];
        let more = format!("In-Reply-To: <{answered}>\r\n");
        let came = brought(&self.house, &self.office, &mail(&from, "Re: it", &id, &more, body), now).await;
        self.did("answer came", came.kind == OutcomeKind::Reply);
        self.remember(came.ticket).await;
        self.mails.push((from, id));
    }

    /// Somebody who takes no part knows a number; somebody of the team decides.
    async fn stranger_writes(&mut self, now: Micros) {
        let (to, id) = (self.ticket(), self.id());
        let number = get_ticket(&self.house.db, &duty(), &to).await.expect("asked").expect("there").number;
        let (from, subject) = (format!("stranger{}@else.example", self.came), format!("Re: [CIRT #{number}] it"));
        let came = brought(&self.house, &self.office, &mail(&from, &subject, &id, "", "I know it too."), now).await;
        assert_eq!(came.kind, OutcomeKind::Quarantined, "{subject}");
        let decision = [Decision::Join, Decision::Report, Decision::Discard][self.chance.below(3)];
        let with = (&self.office, &self.house.blobs);
        let decided = decide_held(&self.house.db, &duty(), with, &came.message, decision, now).await;
        self.did("stranger decided", decided.is_ok());
        self.remember(decided.ok().flatten().map(|one| one.number)).await;
        self.mails.push((from, id));
    }

    /// A letter of a ticket: the first is what its reporter waits for, and may tell those concerned.
    async fn write(&mut self, ticket: &str, now: Micros) {
        let to = [NOC, "abuse@host.example"][self.chance.below(2)].to_string();
        let draft = Draft { id: String::new(), to: vec![to.clone()], subject: String::new(), body: "Please.".into() };
        let written = write_message(&self.house.db, &duty(), &self.office, ticket, &draft, now).await;
        self.did("letter written", written.is_ok());
        let Ok((one, sent)) = written else { return };
        if to == NOC {
            self.letters.push(sent.message_id.clone());
        }
        self.mails.push((to, sent.message_id));
        if self.chance.below(2) == 0 {
            let concerned = ["a", "b", "c"].map(String::from);
            told_by_letter(&self.house.db, &one.id, &concerned, "duty", now).await.expect("told");
        }
    }

    async fn post(&mut self, now: Micros) {
        let (db, blobs) = (&self.house.db, &self.house.blobs);
        let jobs = due(db, now).await.expect("asked");
        let posted = send(db, blobs, &self.mailer, &self.office, &jobs, now).await.expect("sent");
        self.did("letter sent", posted.sent > 0);
    }

    async fn letter_comes_back(&mut self, now: Micros) {
        let Some(original) = taken(&mut self.chance, &mut self.letters) else { return };
        self.came += 1;
        let status = ["4.2.2", "5.1.1"][self.chance.below(2)];
        let bytes = returned(&original, self.came, "failed", status);
        let came = brought(&self.house, &self.office, &bytes, now).await;
        self.did("letter came back", came.kind == OutcomeKind::Bounce);
        if self.chance.below(3) > 0 {
            lift(&self.house.db, "duty", NOC, now).await.expect("lifted");
        }
    }

    async fn send_again(&mut self, now: Micros) {
        let states = [DeliveryState::Bounced, DeliveryState::Failed, DeliveryState::Stopped];
        let mut back = queue(&self.house.db, &states, 20).await.expect("read");
        let Some(one) = taken(&mut self.chance, &mut back) else { return };
        let again = retry(&self.house.db, "duty", &one.id, now).await.expect("tried");
        self.did("letter sent again", again);
    }
}

/// Incidents and tickets.
impl Walk {
    async fn launch(&mut self, now: Micros) {
        let report = self.ticket();
        let wanted = NewIncident { constituents: vec![("b".into(), "Somebody".into())], ..new("Of a report") };
        let launched = launch(&self.house.db, &duty(), &self.house.policy, &report, &wanted, now).await;
        self.did("incident launched", launched.is_ok());
        self.known.0.extend(launched.ok().map(|(_, incident)| incident.id));
    }

    async fn judge(&mut self, now: Micros) {
        let id = self.incident();
        let one = self.house.get(&id).await;
        let urgency = [Severity::Low, Severity::High, Severity::Critical][self.chance.below(3)];
        let impact = [Impact::Low, Impact::Vital][self.chance.below(2)];
        let change = Change { urgency, impact, ..Change::of(&one) };
        let with = &self.house.policy;
        let judged = change_incident(&self.house.db, &duty(), with, &one.id, one.version, &change, now).await;
        self.did("incident judged", judged.is_ok());
    }

    async fn close(&mut self, now: Micros) {
        let one = self.incident();
        let verdict = [Verdict::Left, Verdict::Fixed, Verdict::False][self.chance.below(3)];
        let closing = Closing { resolution: "resolved".into(), verdict };
        let closed = close(&self.house.db, &duty(), &self.house.policy, &one, &closing, now).await;
        self.did("incident closed", closed.is_ok());
        self.closed.extend(closed.ok().map(|one| one.id));
    }

    async fn reopen(&mut self, now: Micros) {
        let Some(one) = taken(&mut self.chance, &mut self.closed) else { return };
        let reopened = reopen(&self.house.db, &duty(), &one, "It came back.", now).await;
        self.did("incident reopened", reopened.is_ok());
    }

    async fn merge(&mut self, now: Micros) {
        let (one, other) = (self.incident(), self.incident());
        let merged = merge(&self.house.db, &duty(), &self.house.policy, &one, &other, now).await;
        self.did("incident merged", merged.is_ok());
        self.merged.extend(merged.is_ok().then_some(one));
    }

    async fn split(&mut self, now: Micros) {
        let Some(one) = taken(&mut self.chance, &mut self.merged) else { return };
        let parted = split(&self.house.db, &duty(), &one, now).await;
        self.did("incident split", parted.is_ok());
    }

    async fn merge_tickets(&mut self, now: Micros) {
        let (one, other) = (self.ticket(), self.ticket());
        let merged = merge_ticket(&self.house.db, &duty(), &one, &other, now).await;
        self.did("ticket merged", merged.is_ok());
        self.merged_tickets.extend(merged.is_ok().then_some(one));
    }

    async fn split_tickets(&mut self, now: Micros) {
        let Some(one) = taken(&mut self.chance, &mut self.merged_tickets) else { return };
        let parted = split_ticket(&self.house.db, &duty(), &one, now).await;
        self.did("ticket split", parted.is_ok());
    }

    async fn unlink(&mut self, now: Micros) {
        let one = self.ticket();
        let of = incidents_of_ticket(&self.house.db, &duty(), &one).await.expect("read");
        let Some(incident) = of.first() else { return };
        let off = unlink_ticket(&self.house.db, &duty(), &one, &incident.id, now).await;
        self.did("ticket unlinked", off.is_ok());
    }

    /// A countermeasure, which mail may confirm, or somebody of the team.
    async fn block(&mut self, now: Micros) {
        let of = self.incident();
        let wanted = NewTicket {
            target: ("login.bank.example".into(), "the provider".into()),
            correspondent: NOC.into(),
            ..ticket(Kind::Countermeasure, &of)
        };
        let Ok(block) = open_ticket(&self.house.db, &duty(), &wanted, &[], now).await else { return };
        self.known.1.push(block.id.clone());
        if self.chance.below(2) == 0 {
            let active = move_ticket(&self.house.db, &duty(), &block.id, None, TicketState::Active, now).await;
            self.did("block active", active.is_ok());
        }
    }

    async fn note(&mut self, now: Micros) {
        let one = self.incident();
        let (occurred, contained) = (Some(self.ago(now, 400)), Some(self.ago(now, 9)));
        let moments = IncidentMoments { occurred, contained };
        let noted = note_moments(&self.house.db, &duty(), &one, moments, now).await;
        self.did("moments noted", noted.is_ok());
    }
}

/// Clocks.
impl Walk {
    /// One of the stages that run and are due first.
    async fn running(&mut self) -> Option<RunningStage> {
        let mut all = running_stages(&self.house.db, &duty(), "", 40).await.expect("read");
        taken(&mut self.chance, &mut all)
    }

    async fn begin_clock(&mut self, now: Micros) {
        let (one, rule) = (self.incident(), ["nis2", "gdpr", "sec-8k"][self.chance.below(3)]);
        let from = Moments { aware: Some(self.ago(now, 60)), ..Moments::default() };
        let begun = start_clock(&self.house.db, &duty(), &self.content, (&one, rule), from, now).await;
        self.did("clock begun", begun.is_ok());
    }

    async fn meet(&mut self, now: Micros) {
        let Some(one) = self.running().await else { return };
        let (stage, at) = (one.stage.stage, Some(self.ago(now, 30)));
        let said = StageMet { stage: stage.clone(), at, remark: String::new() };
        let (of, with) = ((one.incident_id.as_str(), one.clock.as_str()), (&said, &self.content.hours));
        let met = meet_stage(&self.house.db, &duty(), of, None, with, now).await;
        self.did("stage met", met.is_ok());
        self.met.extend(met.is_ok().then_some((one.incident_id, one.clock, stage)));
    }

    async fn unmeet(&mut self, now: Micros) {
        let Some((incident, clock, stage)) = taken(&mut self.chance, &mut self.met) else { return };
        let said = StageMet { stage, at: None, remark: String::new() };
        let with = (&said, &self.content.hours);
        let unmet = meet_stage(&self.house.db, &duty(), (&incident, &clock), None, with, now).await;
        self.did("stage unmet", unmet.is_ok());
    }

    async fn pause(&mut self, now: Micros) {
        let Some(one) = self.running().await else { return };
        let (of, why) = ((one.incident_id.as_str(), one.clock.as_str()), ("Not now.", &self.content.hours));
        let stopped = stop_clock(&self.house.db, &duty(), of, None, why, now).await;
        self.did("clock paused", stopped.is_ok());
        self.paused.extend(stopped.is_ok().then_some((one.incident_id, one.rule)));
    }

    async fn go_on(&mut self, now: Micros) {
        let Some((incident, rule)) = taken(&mut self.chance, &mut self.paused) else { return };
        let of = (incident.as_str(), rule.as_str());
        let begun = start_clock(&self.house.db, &duty(), &self.content, of, Moments::default(), now).await;
        self.did("clock resumed", begun.is_ok());
    }

    /// A clock is counted from another moment: it has more time, or less.
    async fn extend(&mut self, now: Micros) {
        let Some(one) = self.running().await else { return };
        let clocks = clocks_of(&self.house.db, &one.incident_id).await.expect("read");
        let Some(clock) = clocks.into_iter().find(|clock| clock.id == one.clock) else { return };
        let at = Some(self.ago(now, 90));
        let from = Moments { aware: at, reported: at, ..clock.from };
        let (of, with) = ((one.incident_id.as_str(), one.clock.as_str()), (from, &self.content.hours));
        let moved = set_moments(&self.house.db, &duty(), of, None, with, now).await;
        self.did("clock extended", moved.is_ok());
    }

    async fn tell(&mut self, now: Micros) {
        let told = tell_clocks(&self.house.db, now).await.expect("told");
        self.did("stage late", told.iter().any(|one| one.is_late));
    }

    /// The clocks of some incidents are brought in line with them, some time after: so flows do.
    async fn follow(&mut self, now: Micros) {
        for _ in 0..3 {
            let one = self.incident();
            follow_clocks(&self.house.db, &self.content, &one, now).await.expect("followed");
        }
    }
}

#[test]
fn figures_equal_a_recount_at_every_stretch_of_a_walk_through_mail_and_clocks() {
    on_both(|house: House| async move {
        let mut walk = Walk::begin(house).await;
        let mut now = NOON;
        for step in 1..=STEPS {
            now = Micros(now.0 + (walk.chance.below(7) as i64 + 1) * HOUR);
            walk.step(now).await;
            if step % FOLLOW_EVERY == 0 {
                follow_figures(&walk.house.db, &ground(), now).await.expect("followed");
            }
            if step % COMPARE_EVERY == 0 {
                walk.compare(now).await;
            }
        }
        for what in DONE {
            assert!(walk.done.get(what).is_some_and(|times| *times > 0), "{what}: {:?}", walk.done);
        }
        let lines = whole(&walk.house.db).await;
        let is_counted = |what: String| {
            assert!(
                lines.iter().any(|line| line.starts_with("response_figure 2026") && line.contains(&what)),
                "{what}"
            );
        };
        for measure in MEASURES {
            is_counted(format!(" {} all ", measure.id));
        }
        for by in By::ALL.into_iter().filter(|by| *by != By::Constituent) {
            is_counted(format!(" {} ", by.as_str()));
        }
        // Constituents are counted when somebody asks: all at once, or one.
        let year = table(&walk.house, "2026", (By::All, ""), Tlp::Red).await;
        for measure in MEASURES.iter().filter(|one| ["in-time", "resolve", "mails-out"].contains(&one.id)) {
            let parts = year.parts(&walk.house.db, measure, By::Constituent).await.expect("read");
            assert!(!parts.is_empty(), "{}", measure.id);
            for (id, found) in parts {
                let of_one = table(&walk.house, "2026", (By::Constituent, &id), Tlp::Red).await;
                assert_eq!(figure(&of_one, measure.id), found, "{} {id}", measure.id);
            }
        }
    });
}

#[test]
fn a_late_stage_that_stops_running_with_the_severity_is_measured_anew() {
    on_both(|house: House| async move {
        let at = |hours: i64| Micros(NOON.0 + hours * HOUR);
        let content = WorkContent::load(None, chrono_tz::Tz::UTC);
        let wanted = NewIncident { impact: Impact::Vital, urgency: Severity::Critical, ..new("One") };
        let one = manara_response::open(&house.db, &duty(), &house.policy, &wanted, &[], NOON).await.expect("opened");
        follow_clocks(&house.db, &content, &one.id, NOON).await.expect("followed");
        // One, two and four hours have passed.
        tell_clocks(&house.db, at(5)).await.expect("told");
        count_figures(&house.db, &ground(), at(5)).await.expect("counted");
        let in_time = async || figure(&table(&house, "2026-01", (By::All, ""), Tlp::Red).await, "in-time");
        assert_eq!((in_time().await.n, in_time().await.total), (3, 0));
        let change = Change { impact: Impact::Low, urgency: Severity::Low, ..Change::of(&one) };
        let judged = change_incident(&house.db, &duty(), &house.policy, &one.id, one.version, &change, at(6)).await;
        judged.expect("judged");
        count_figures(&house.db, &ground(), at(6)).await.expect("counted");
        // The clocks follow after figures did.
        follow_clocks(&house.db, &content, &one.id, at(7)).await.expect("followed");
        follow_clocks(&house.db, &content, &one.id, at(7)).await.expect("twice");
        assert_eq!(house.verbs(&one.id).await.iter().filter(|verb| *verb == "clock_adjusted").count(), 1);
        count_figures(&house.db, &ground(), at(8)).await.expect("counted");
        let followed = in_time().await;
        recount_figures(&house.db, &ground(), at(8)).await.expect("counted anew");
        assert_eq!((followed.n, followed), (0, in_time().await));
    });
}

#[test]
fn a_month_that_has_not_begun_has_no_backlog() {
    on_both(|house: House| async move {
        let at = |hours: i64| Micros(NOON.0 + hours * HOUR);
        let content = WorkContent::load(None, chrono_tz::Tz::UTC);
        let one = house.open("One", &[], NOON).await;
        let of = (one.id.as_str(), "nis2");
        start_clock(&house.db, &duty(), &content, of, Moments::default(), NOON).await.expect("begun");
        for (stage, hours) in [("notification", 1), ("final", 2)] {
            let said = StageMet { stage: stage.into(), at: Some(at(hours)), remark: String::new() };
            let met = meet_stage(&house.db, &duty(), of, None, (&said, &content.hours), at(hours)).await;
            met.expect("met");
        }
        count_figures(&house.db, &ground(), at(3)).await.expect("counted");
        // The final report is due in February.
        for (month, in_time, backlog) in [("2026-01", 1, 1), ("2026-02", 1, 0)] {
            let found = table(&house, month, (By::All, ""), Tlp::Red).await;
            assert_eq!([figure(&found, "in-time").n, figure(&found, "backlog").n], [in_time, backlog], "{month}");
        }
    });
}
