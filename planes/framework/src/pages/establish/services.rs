//! Which services there are, and the switch of each.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use manara_model::Micros;
use manara_web::{Answer, Page, PageError, Right, Service, Switch, Tone, Visit, switches};

use super::Ground;
use crate::pages::fields::Fields;

/// A service as it stands.
struct Line {
    service: Service,
    is_on: bool,
    who: String,
    at: Option<Micros>,
    by_block: bool,
}

#[derive(Template)]
#[template(path = "framework/establish_services.html")]
struct ServicesPage {
    page: Page,
    lines: Vec<Line>,
    may_switch: bool,
}

impl ServicesPage {
    fn key(&self, line: &Line, part: &str) -> String {
        format!("service-{}{part}", line.service.as_str())
    }
}

/// `GET /framework/services`
pub(super) async fn services(visit: Visit) -> Answer {
    let switches: BTreeMap<String, Switch> = switches(&visit.db).await?;
    let line = |service: Service| {
        let switch = switches.get(service.as_str());
        Line {
            service,
            is_on: visit.has(service),
            who: switch.map(|switch| switch.who.clone()).unwrap_or_default(),
            at: switch.and_then(|switch| Micros::parse_rfc3339(&switch.at)),
            by_block: switch.is_some_and(|switch| !switch.cause.is_empty()),
        }
    };
    let page = visit.page("establish-services").under("/framework", "framework-title");
    let may_switch = visit.may(Right::SwitchServices);
    visit.html(&ServicesPage { page, lines: Service::ALL.map(line).into(), may_switch })
}

#[derive(Template)]
#[template(path = "framework/establish_off.html")]
struct OffPage {
    page: Page,
    service: Service,
}

fn switchable(id: &str) -> Result<Service, PageError> {
    Service::parse(id).filter(|service| service.can_be_off()).ok_or_else(PageError::not_found)
}

/// `GET /framework/services/{id}/off`: asks first.
pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let service = switchable(&id)?;
    let name = visit.t(&format!("service-{}", service.as_str()));
    let title = visit.t_args("establish-off-title", &[("service", name.into())]);
    let page = visit.page_titled(title).under("/framework/services", "establish-services");
    visit.html(&OffPage { page, service })
}

/// `POST /framework/services/{id}`
pub(super) async fn switch(
    visit: Visit,
    Given(_): Given<Ground>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let service = switchable(&id)?;
    let on = match Fields::read(&form).text("on") {
        "yes" => true,
        "no" => false,
        _ => return Err(PageError::unreadable("on is yes or no")),
    };
    let mut tx = visit.db.begin().await?;
    manara_web::switch(&mut tx, service, on, (&visit.viewer.name, ""), visit.now).await?;
    tx.commit().await?;
    let key = if on { "establish-did-on" } else { "establish-did-off" };
    let name = visit.t(&format!("service-{}", service.as_str()));
    Ok(visit.go_saying("/framework/services", Tone::Good, key, &[("service", name.into())]))
}
