//! The building blocks: what is missing first.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Given;
use manara_web::{Answer, Page, Service, Visit};

use super::Ground;
use crate::blocks::{Block, Kind};
use crate::establish::{Acceptance, Application, Stand, acceptances, applications};

/// A block as it stands.
pub(super) struct Line {
    pub id: String,
    pub name: String,
    pub kind: Kind,
    pub is_basic: bool,
    pub stand: Stand,
    pub services: Vec<Service>,
    pub person: String,
    pub due: String,
}

impl Line {
    pub fn of(block: &Block, lang: &str, standing: &Standing) -> Line {
        let application = standing.live.get(&block.ref_id);
        let acceptance = application.and_then(|one| standing.proofs.get(&one.id));
        let said = |pick: fn(&Acceptance) -> &String| acceptance.map(pick).cloned().unwrap_or_default();
        Line {
            id: block.ref_id.clone(),
            name: block.name.of(lang).to_string(),
            kind: block.kind,
            is_basic: block.stage != "enhanced",
            stand: Stand::of(application, acceptance),
            services: block.applies.iter().filter_map(|id| Service::parse(id)).collect(),
            person: said(|one| &one.person),
            due: said(|one| &one.due),
        }
    }
}

/// What is applied, and what proves it.
pub(super) struct Standing {
    pub live: HashMap<String, Application>,
    pub proofs: HashMap<String, Acceptance>,
}

impl Standing {
    pub async fn read(visit: &Visit) -> Result<Standing, manara_store::StoreError> {
        let live = applications(&visit.db).await?.into_iter().map(|one| (one.block.clone(), one)).collect();
        let proofs = acceptances(&visit.db).await?.into_iter().map(|one| (one.applied.clone(), one)).collect();
        Ok(Standing { live, proofs })
    }
}

/// The lines that the query string asks for, what is missing first.
pub(super) fn lines(ground: &Ground, visit: &Visit, standing: &Standing) -> Vec<Line> {
    let wanted = |name: &str| visit.query(name).filter(|value| !value.is_empty());
    let (service, kind, stage, stand) = (wanted("service"), wanted("kind"), wanted("stage"), wanted("stand"));
    let is = |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|wanted| wanted == found);
    let mut lines: Vec<Line> = ground
        .shelf
        .blocks
        .all()
        .map(|block| Line::of(block, visit.lang.tag(), standing))
        .filter(|line| is(&kind, line.kind.as_str()) && is(&stand, line.stand.as_str()))
        .filter(|line| is(&stage, if line.is_basic { "basic" } else { "enhanced" }))
        .filter(|line| service.as_deref().is_none_or(|id| line.services.iter().any(|service| service.as_str() == id)))
        .collect();
    // What switches a service on comes first: it is what a team misses most.
    lines.sort_by(|a, b| {
        let key = |line: &Line| (line.stand, !line.is_basic, line.services.is_empty(), line.kind.as_str());
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
    });
    lines
}

#[derive(Template)]
#[template(path = "framework/establish.html")]
struct BlocksPage {
    page: Page,
    lines: Vec<Line>,
    counts: Vec<(Stand, usize)>,
    service: String,
    kind: String,
    stage: String,
    stand: String,
}

impl BlocksPage {
    fn kinds(&self) -> [Kind; 5] {
        Kind::ALL
    }

    fn services(&self) -> [Service; 7] {
        Service::ALL
    }

    fn stands(&self) -> [Stand; 3] {
        Stand::ALL
    }

    fn tone(&self, stand: &Stand) -> &'static str {
        match stand {
            Stand::Missing => "mute",
            Stand::Begun => "warn",
            Stand::InPlace => "good",
        }
    }

    fn stand_key(&self, stand: &Stand) -> String {
        format!("establish-stand-{}", stand.as_str())
    }
}

/// `GET /framework/establish`
pub(super) async fn blocks(visit: Visit, Given(ground): Given<Ground>) -> Answer {
    let standing = Standing::read(&visit).await?;
    let lines = lines(&ground, &visit, &standing);
    let all: Vec<Line> = ground.shelf.blocks.all().map(|block| Line::of(block, visit.lang.tag(), &standing)).collect();
    let counts = Stand::ALL.map(|stand| (stand, all.iter().filter(|line| line.stand == stand).count()));
    let asked = |name: &str| visit.query(name).unwrap_or_default();
    let page = visit.page("establish-title").under("/framework", "framework-title");
    let (service, kind) = (asked("service"), asked("kind"));
    visit.html(&BlocksPage {
        page,
        lines,
        counts: counts.into(),
        service,
        kind,
        stage: asked("stage"),
        stand: asked("stand"),
    })
}
