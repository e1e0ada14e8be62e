//! One assessment: its figures, gaps, checks, respondents, snapshots and report.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use manara_document::Form;
use manara_model::Tlp;
use manara_web::{Answer, Lang, Markup, Page, PageError, Right, Visit};

use super::fields::Fields;
use super::quality::figure_words;
use super::radar::{Spoke, radar};
use super::{Room, frame, href, level_words, profile, say, shown_profile};
use crate::assessment::{Assessment, NAME_CHARS, Snapshot, State, SubjectKind};
use crate::catalogue::{Catalogue, Rule};
use crate::kept::{KeptDesign, designs_of};
use crate::score::{AtLevel, Gap, ItemScore, Score, SectionScore, score};
use crate::sheet::{Evidence, Sheet, Voice};
use crate::sql_figures::{Accepted, accepted_figures};
use crate::xray::{Check, Grade};
use crate::{jobs, sql};

/// Gaps and checks shown on the page; all of them stand in the report.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "framework/assessment.html")]
struct AssessmentPage {
    page: Page,
    one: Assessment,
    catalogue: Arc<Catalogue>,
    sheet: Sheet,
    score: Score,
    radar: Markup,
    snapshots: Vec<Snapshot>,
    /// The designs that were kept of it, newest first.
    designs: Vec<KeptDesign>,
    /// Evidence that is a figure of this Manara, by its id.
    figures: HashMap<String, Accepted>,
    /// The snapshot that is shown; nothing when it is how things stand.
    snapshot: Option<Snapshot>,
    profile: String,
    /// What the profile is called when nobody chose it.
    usual: Option<String>,
    may_answer: bool,
    may_moderate: bool,
    /// Respondents who do not count any more.
    withdrawn: Vec<Voice>,
    name_chars: usize,
}

impl AssessmentPage {
    fn tag(&self) -> &'static str {
        self.page.lang.tag()
    }

    fn path(&self) -> String {
        href(&self.one)
    }

    fn is_open(&self) -> bool {
        self.one.state == State::Open && self.snapshot.is_none()
    }

    fn kinds(&self) -> [&'static str; 3] {
        SubjectKind::ALL.map(SubjectKind::as_str)
    }

    fn is_kind(&self, kind: &str) -> bool {
        SubjectKind::word(self.one.kind) == kind
    }

    fn kind_key(&self, kind: &str) -> String {
        format!("framework-subject-{kind}")
    }

    /// The markings the reader may give it.
    fn markings(&self) -> Vec<Tlp> {
        Tlp::ALL.into_iter().filter(|tlp| *tlp <= self.page.visit.viewer.clearance).collect()
    }

    fn name(&self, id: &str) -> String {
        self.catalogue.item(id).map_or(id, |item| item.name.of(self.tag())).to_string()
    }

    fn level(&self, level: &Option<i64>) -> String {
        level_words(&self.page.visit, &self.catalogue, *level)
    }

    fn at_level(&self, at: &AtLevel) -> String {
        self.level(&Some(at.level))
    }

    fn claimed(&self, item: &ItemScore) -> String {
        if item.not_applicable { self.page.t("framework-not-applicable") } else { self.level(&item.claimed) }
    }

    fn claimed_of(&self, gap: &Gap) -> String {
        let found = self.score.items.iter().find(|item| item.item == gap.item);
        found.map_or("–".into(), |item| self.claimed(item))
    }

    fn advice(&self, gap: &Gap) -> String {
        let text = self.catalogue.item(&gap.item).and_then(|item| item.recommendation.as_ref());
        text.map_or("–", |text| text.of(self.tag())).to_string()
    }

    fn gaps(&self) -> impl Iterator<Item = &Gap> {
        self.score.gaps.iter().take(SHOWN)
    }

    fn checks(&self) -> impl Iterator<Item = &Check> {
        self.score.checks.iter().take(SHOWN)
    }

    /// What a check is about; a figure in the reader's words.
    fn about(&self, check: &Check) -> String {
        let is_it = |one: &&Evidence| one.item == check.item && one.label == check.about;
        let figure = self.sheet.evidence.iter().find(is_it).and_then(|one| self.figures.get(&one.id));
        figure.map_or_else(|| check.about.clone(), |one| figure_words(&self.page, one))
    }

    fn check_key(&self, check: &Check) -> String {
        format!("framework-check-{}", check.check)
    }

    fn tone(&self, check: &Check) -> &'static str {
        match check.grade {
            Grade::Error => "bad",
            Grade::Warning => "warn",
            Grade::Info => "info",
        }
    }

    fn grade_key(&self, check: &Check) -> &'static str {
        match check.grade {
            Grade::Error => "framework-grade-error",
            Grade::Warning => "framework-grade-warning",
            Grade::Info => "framework-grade-info",
        }
    }

    fn of_section(&self, section: &SectionScore) -> Vec<&ItemScore> {
        self.score.items.iter().filter(|item| item.section == section.section).collect()
    }

    fn meets(&self, meets: &Option<bool>) -> Markup {
        match meets {
            Some(true) => self.page.badge("good", "framework-meets-yes"),
            Some(false) => self.page.badge("bad", "framework-meets-no"),
            None => self.page.badge("mute", "framework-meets-unknown"),
        }
    }

    fn decimal(&self, number: &f64) -> String {
        self.page.visit.locale.numbers.digits(&number.to_string())
    }

    fn is_status(&self) -> bool {
        self.catalogue.told.rule == Rule::Status
    }

    fn rule_key(&self) -> String {
        format!("framework-rule-{}-how", self.catalogue.told.rule.as_str())
    }

    fn answered_by(&self, voice: &str) -> usize {
        let is_said =
            |answer: &&crate::sheet::Answer| answer.voice == voice && (answer.level.is_some() || answer.not_applicable);
        self.sheet.answers.iter().filter(is_said).count()
    }

    fn has_unverified(&self) -> bool {
        self.catalogue.told.items.iter().any(|item| !item.verified)
    }

    fn short(&self, hash: &str) -> String {
        hash.chars().take(12).collect()
    }

    fn design_badge(&self, design: &KeptDesign) -> Markup {
        super::kept::badge(&self.page, design.state)
    }

    fn forms(&self) -> [(&'static str, &'static str); 4] {
        Form::ALL.map(|form| (form.as_str(), form.name()))
    }

    /// The report of what is shown, in the reader's language.
    fn report(&self, form: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("format", form).append_pair("profile", &self.profile);
        if let Some(snapshot) = &self.snapshot {
            query.append_pair("snapshot", &snapshot.id);
        }
        format!("{}/report?{}", self.path(), query.finish())
    }

    fn languages(&self) -> [(&'static str, &'static str); 3] {
        Lang::ALL.map(|lang| (lang.tag(), lang.name()))
    }
}

/// `GET /framework/assessments/{id}`, as it stands or by `?snapshot=…`
pub(super) async fn assessment(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let (one, now) = room.found(&visit, &id).await?;
    let (catalogue, sheet, snapshot) = match visit.query("snapshot").filter(|id| !id.is_empty()) {
        None => (now, sql::sheet(&visit.db, &one.id, &visit.now.day()).await?, None),
        Some(taken) => {
            let found = sql::one_snapshot(&visit.db, &visit.viewer, &taken).await?;
            let (snapshot, sheet) =
                found.filter(|(snapshot, _)| snapshot.assessment_id == one.id).ok_or_else(PageError::not_found)?;
            (room.version(&visit, &snapshot.hash).await?, sheet, Some(snapshot))
        }
    };
    if visit.query("format").as_deref() == Some("json") {
        // As `assess score` answers: without a profile by none.
        let scored = score(&catalogue, &sheet, profile(&visit, &catalogue)?);
        return Ok(visit.json(serde_json::to_string(&scored).map_err(PageError::internal)?));
    }
    let (profile, is_usual) = shown_profile(&visit, &catalogue)?;
    let scored = score(&catalogue, &sheet, profile);
    let usual = profile.filter(|_| is_usual).map(|profile| profile.name.of(visit.lang.tag()).to_string());
    let page = frame(&visit, &one, "framework-one-title");
    let spokes: Vec<Spoke> = scored
        .sections
        .iter()
        .map(|section| Spoke {
            id: section.section.clone(),
            claimed: section.part_claimed,
            supported: section.part_supported,
        })
        .collect();
    let profile = profile.map(|profile| profile.ref_id.clone()).unwrap_or_default();
    let figures = accepted_figures(&visit.db, &one.id).await?;
    let may_moderate = visit.may(Right::ModerateAssessments);
    let withdrawn = match may_moderate && snapshot.is_none() {
        false => Vec::new(),
        true => {
            let all = sql::respondents(&visit.db, &one.id).await?;
            all.into_iter().filter(|one| one.is_withdrawn).map(|one| one.voice).collect()
        }
    };
    let shown = AssessmentPage {
        radar: radar(&page, &spokes),
        page,
        snapshots: sql::snapshots(&visit.db, &one.id).await?,
        designs: designs_of(&visit.db, &visit.viewer, &one.id).await?,
        figures: figures.into_iter().map(|one| (one.evidence_id.clone(), one)).collect(),
        one,
        catalogue,
        sheet,
        score: scored,
        snapshot,
        profile,
        usual,
        may_answer: visit.may(Right::AnswerAssessments),
        may_moderate,
        withdrawn,
        name_chars: NAME_CHARS,
    };
    visit.html(&shown)
}

/// `POST /framework/assessments/{id}/snapshot`
pub(super) async fn snapshot(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let did = jobs::take_snapshot(&visit.db, &visit.viewer, &id, fields.text("name"), visit.now).await;
    say(&visit, &format!("/framework/assessments/{id}"), did, "framework-did-snapshot")
}

/// `POST /framework/assessments/{id}/close`
pub(super) async fn close(visit: Visit, Path(id): Path<String>) -> Answer {
    let did = jobs::set_state(&visit.db, &visit.viewer, &id, State::Closed, visit.now).await;
    say(&visit, &format!("/framework/assessments/{id}"), did, "framework-did-close")
}

/// `POST /framework/assessments/{id}/reopen`
pub(super) async fn reopen(visit: Visit, Path(id): Path<String>) -> Answer {
    let did = jobs::set_state(&visit.db, &visit.viewer, &id, State::Open, visit.now).await;
    say(&visit, &format!("/framework/assessments/{id}"), did, "framework-did-reopen")
}
