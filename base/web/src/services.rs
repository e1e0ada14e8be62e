//! What Manara does as services, and which of them are switched on: one table, asked by navigation, pages and API alike.

use std::collections::BTreeMap;

use manara_model::Micros;
use manara_store::{Db, Journal, Settings, StoreError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::rights::Right;

/// Where it is kept which services are on. A service that is not named there is on.
const SETTING: &str = "web.services";

/// A service. What building blocks apply is named by these ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// Organisations, networks, contacts.
    Constituency,
    /// Feeds, batches, events, findings.
    Watch,
    /// Notices, and what constituents answer.
    Warning,
    /// Incidents.
    Response,
    /// The national picture, the wall, the daily digest.
    Picture,
    /// What programs reach: the API and webhooks.
    Api,
    /// Frameworks, assessments, designs, and this table. It is never off.
    Framework,
}

impl Service {
    /// All services, in the order in which a team takes them up.
    pub const ALL: [Service; 7] =
        [Self::Constituency, Self::Watch, Self::Response, Self::Framework, Self::Warning, Self::Picture, Self::Api];

    /// The id in files, addresses and message keys: `service-<id>`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Constituency => "constituency",
            Self::Watch => "watch",
            Self::Warning => "warning",
            Self::Response => "response",
            Self::Picture => "picture",
            Self::Api => "api",
            Self::Framework => "framework",
        }
    }

    /// Reads the id.
    pub fn parse(id: &str) -> Option<Service> {
        Self::ALL.into_iter().find(|service| service.as_str() == id)
    }

    /// Whether a new team has it from the first day.
    pub fn is_basic(self) -> bool {
        matches!(self, Self::Constituency | Self::Watch | Self::Response | Self::Framework)
    }

    /// Whether it can be switched off.
    pub fn can_be_off(self) -> bool {
        self != Self::Framework
    }

    /// Its first page.
    pub fn href(self) -> &'static str {
        match self {
            Self::Constituency => "/constituents",
            Self::Watch => "/findings",
            Self::Warning => "/notices",
            Self::Response => "/incidents",
            Self::Picture => "/picture",
            Self::Api => "/api",
            Self::Framework => "/framework",
        }
    }

    /// The services an address belongs to, where its right does not say it.
    fn of_path(path: &str) -> impl Iterator<Item = Service> {
        let is_under =
            |begin: &str| path.strip_prefix(begin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        PATHS.iter().filter(move |(begin, _)| is_under(begin)).map(|(_, service)| *service)
    }

    fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// Addresses of pages and operations whose right is that of another service, or of none.
const PATHS: [(&str, Service); 11] = [
    ("/picture", Service::Picture),
    ("/wall", Service::Picture),
    // Some of it is for administrators alone.
    ("/mail", Service::Response),
    ("/account/tokens", Service::Api),
    ("/webhooks", Service::Api),
    ("/api", Service::Api),
    ("/api/v1/mail", Service::Response),
    ("/api/v1/mail-keys", Service::Response),
    ("/api/v1/mail-certificates", Service::Response),
    ("/api/v1/picture", Service::Picture),
    ("/api/v1/digest", Service::Picture),
];

impl Right {
    /// The service that gives this right something to be used for; `None` for what every house has.
    pub fn service(self) -> Option<Service> {
        match self {
            Self::ReadFindings
            | Self::AnswerFindings
            | Self::ReadEvents
            | Self::ReadBatches
            | Self::RunBatches
            | Self::ReadFeeds => Some(Service::Watch),
            Self::ReadConstituents | Self::ChangeConstituents => Some(Service::Constituency),
            Self::ReadNotices | Self::SendNotices => Some(Service::Warning),
            Self::ReadIncidents | Self::HandleIncidents => Some(Service::Response),
            Self::ReadFramework | Self::AnswerAssessments | Self::ModerateAssessments | Self::SwitchServices => {
                Some(Service::Framework)
            }
            Self::ManageWebhooks => Some(Service::Api),
            Self::Enter
            | Self::ChangeAccount
            | Self::ChangeRules
            | Self::ShareViews
            | Self::ReadJournal
            | Self::ManageUsers
            | Self::SetUp => None,
        }
    }
}

/// Which services are off. Nothing by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Services {
    off: u8,
}

impl Services {
    /// Whether a service is on.
    pub fn is_on(self, service: Service) -> bool {
        self.off & service.bit() == 0
    }

    /// The service that keeps a page shut, if one does.
    pub fn missing(self, path: &str, right: Option<Right>) -> Option<Service> {
        let of_right = right.and_then(Right::service);
        Service::of_path(path).chain(of_right).find(|service| !self.is_on(*service))
    }

    fn of(switches: &BTreeMap<String, Switch>) -> Services {
        let is_off = |service: &Service| switches.get(service.as_str()).is_some_and(|switch| !switch.on);
        let off = Service::ALL.into_iter().filter(|service| service.can_be_off()).filter(is_off);
        Services { off: off.fold(0, |bits, service| bits | service.bit()) }
    }
}

/// How a service was switched last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switch {
    /// Whether it is on.
    pub on: bool,
    /// Who did it.
    pub who: String,
    /// By what: the id of an application of a building block; empty by hand.
    #[serde(default)]
    pub cause: String,
    /// When, in RFC 3339.
    pub at: String,
}

/// Which services are on.
pub async fn services(db: &Db) -> Result<Services, StoreError> {
    Ok(Services::of(&switches(db).await?))
}

/// How services were switched last, by id; those that never were are not there, and on.
pub async fn switches(db: &Db) -> Result<BTreeMap<String, Switch>, StoreError> {
    read(Settings::get(db, SETTING).await?)
}

/// The same inside a transaction.
pub async fn switches_in(tx: &mut Tx) -> Result<BTreeMap<String, Switch>, StoreError> {
    read(Settings::get_in(tx, SETTING).await?)
}

fn read(value: Option<String>) -> Result<BTreeMap<String, Switch>, StoreError> {
    let Some(value) = value else { return Ok(BTreeMap::new()) };
    serde_json::from_str(&value).map_err(|error| StoreError::unknown(SETTING, error))
}

/// Switches a service, with a line of the journal. False when nothing changed: it stood so already, or is never off.
pub async fn switch(
    tx: &mut Tx,
    service: Service,
    on: bool,
    (who, cause): (&str, &str),
    now: Micros,
) -> Result<bool, StoreError> {
    let mut switches = switches_in(tx).await?;
    if Services::of(&switches).is_on(service) == on || !service.can_be_off() {
        return Ok(false);
    }
    let switch = Switch { on, who: who.into(), cause: cause.into(), at: now.rfc3339() };
    switches.insert(service.as_str().into(), switch);
    keep(tx, &switches).await?;
    let verb = if on { "service_switched_on" } else { "service_switched_off" };
    let detail = json!({ "cause": cause }).to_string();
    Journal::write(tx, who, "web", verb, service.as_str(), &detail, now).await?;
    Ok(true)
}

/// What a new team begins with: the basic services.
pub async fn begin_basic(tx: &mut Tx, who: &str, now: Micros) -> Result<(), StoreError> {
    let off = Service::ALL.into_iter().filter(|service| service.can_be_off() && !service.is_basic());
    let switch = Switch { on: false, who: who.into(), cause: String::new(), at: now.rfc3339() };
    let switches = off.map(|service| (service.as_str().to_string(), switch.clone())).collect();
    keep(tx, &switches).await?;
    Journal::write(tx, who, "web", "basic_stage_begun", "services", "{}", now).await
}

async fn keep(tx: &mut Tx, switches: &BTreeMap<String, Switch>) -> Result<(), StoreError> {
    let value = serde_json::to_string(switches).map_err(|error| StoreError::unknown(SETTING, error))?;
    Settings::set(tx, SETTING, &value).await
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Service, Services, Switch};
    use crate::rights::Right;

    fn without(ids: &[&str]) -> Services {
        let off = Switch { on: false, who: "a".into(), cause: String::new(), at: String::new() };
        Services::of(&ids.iter().map(|id| ((*id).to_string(), off.clone())).collect())
    }

    #[test]
    fn what_is_off_shuts_its_pages_and_no_others() {
        let services = without(&["warning", "picture", "framework", "nonsense"]);
        assert_eq!(services.missing("/notices", Some(Right::ReadNotices)), Some(Service::Warning));
        assert_eq!(services.missing("/notices/{id}/approve", Some(Right::SendNotices)), Some(Service::Warning));
        assert_eq!(services.missing("/picture/digest", Some(Right::ReadFindings)), Some(Service::Picture));
        for (path, right) in [
            ("/findings", Right::ReadFindings),
            ("/pictures", Right::ReadFindings),
            ("/framework", Right::ReadFramework),
            ("/", Right::Enter),
            ("/api/v1/findings", Right::ReadFindings),
        ] {
            assert_eq!(services.missing(path, Some(right)), None, "{path}");
        }
        assert_eq!(without(&["api"]).missing("/api/v1/findings", Some(Right::ReadFindings)), Some(Service::Api));
    }

    #[test]
    fn what_was_never_switched_is_on_and_ids_are_read_back() {
        let all = Services::of(&BTreeMap::new());
        for service in Service::ALL {
            assert!(all.is_on(service));
            assert_eq!(Service::parse(service.as_str()), Some(service));
        }
        assert!(!without(&["watch"]).is_on(Service::Watch));
    }
}
