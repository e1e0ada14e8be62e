//! The list of constituents, for the page and for programs.

use std::collections::BTreeMap;

use manara_model::Micros;
use manara_store::{Arg, Db, Row, StoreError};
use manara_web::{Ask, Filter as Narrow, Key, Kind, ListSpec, Sort as Order};

use crate::cidr::{Cidr, CidrError};
use crate::constituent::{AsNumber, Criticality};
use crate::taxonomy::Term;

/// How the list may be asked. `$1` says whether those that were not removed are wanted; with a text to look for, `$2` is the
/// AS number it is, and `$3` the networks around the address it is: see [`fixed`].
pub(crate) static LIST: ListSpec = ListSpec {
    columns: &[
        "o.id",
        "o.name",
        "o.names",
        "o.sector",
        "o.sector_text",
        "o.criticality",
        "o.kind",
        "o.kind_text",
        "o.active",
        "o.changed_at",
        "(SELECT COUNT(*) FROM constituency_network n WHERE n.org = o.id)",
        "(SELECT COUNT(*) FROM constituency_contact c WHERE c.org = o.id AND c.active)",
    ],
    from: "constituency_org o",
    only: "(o.deleted_at = '') = $1",
    filters: &[
        Narrow {
            name: "q",
            label: "constituency-list-text",
            kind: Kind::Contains,
            sql: r"o.search LIKE ? ESCAPE '\'
                OR o.id IN (SELECT d.org FROM constituency_domain d WHERE d.domain LIKE ? ESCAPE '\')
                OR o.id IN (SELECT m.org FROM constituency_contact m WHERE LOWER(m.mail) LIKE ? ESCAPE '\')
                OR o.id IN (SELECT a.org FROM constituency_as a WHERE a.number = $2)
                OR o.id IN (SELECT n.org FROM constituency_network n WHERE $3 LIKE '%,' || n.cidr || ',%')",
        },
        Narrow { name: "sector", label: "constituency-field-sector", kind: Kind::Pick, sql: "o.sector = ?" },
        Narrow { name: "kind", label: "constituency-field-kind", kind: Kind::Pick, sql: "o.kind = ?" },
        Narrow {
            name: "criticality",
            label: "constituency-field-criticality",
            kind: Kind::Case {
                words: "constituency-criticality-",
                cases: &[
                    ("vital", "o.criticality = 4"),
                    ("high", "o.criticality = 3"),
                    ("medium", "o.criticality = 2"),
                    ("low", "o.criticality = 1"),
                ],
            },
            sql: "",
        },
        Narrow {
            name: "state",
            label: "constituency-list-state",
            kind: Kind::Case {
                words: "constituency-state-",
                cases: &[("active", "o.active"), ("inactive", "NOT o.active"), ("removed", "o.deleted_at <> ''")],
            },
            sql: "",
        },
    ],
    sorts: &[
        Order {
            name: "name",
            label: "constituency-field-name",
            column: "o.name_key",
            key: Key::Text,
            descending: false,
        },
        Order {
            name: "criticality",
            label: "constituency-field-criticality",
            column: "o.criticality",
            key: Key::Int,
            descending: true,
        },
        Order {
            name: "changed",
            label: "constituency-list-changed",
            column: "o.changed_at",
            key: Key::Text,
            descending: true,
        },
    ],
    key: "o.id",
    key_kind: Key::Text,
};

const BELOW: &str = "o.association_key = $1 AND o.deleted_at = '' ORDER BY o.name_key LIMIT $2";

/// In which order a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// The most critical first.
    Criticality,
    /// The last changed first.
    Changed,
}

impl Sort {
    /// All.
    pub const ALL: [Sort; 3] = [Self::Name, Self::Criticality, Self::Changed];

    /// The word used in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Criticality => "criticality",
            Self::Changed => "changed",
        }
    }
}

/// Which constituents are wanted.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Part of a name, a domain or a mail address; or an address, a network or an AS number that it owns.
    pub text: String,
    /// Id of a sector; empty for all.
    pub sector: String,
    /// Id of a kind; empty for all.
    pub kind: String,
    /// Only this criticality.
    pub criticality: Option<Criticality>,
    /// The removed ones instead of the others.
    pub removed: bool,
    /// In which order.
    pub sort: Sort,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Names in other languages.
    pub names: BTreeMap<String, String>,
    /// Sector.
    pub sector: Term,
    /// Criticality.
    pub criticality: Criticality,
    /// Kind.
    pub kind: Term,
    /// Whether events are matched to it.
    pub active: bool,
    /// When it last changed.
    pub changed_at: Micros,
    /// How many networks it has.
    pub networks: i64,
    /// How many active contacts it has.
    pub contacts: i64,
}

impl Summary {
    /// The name in a language, else the name it is listed under.
    pub fn name_in(&self, language: &str) -> &str {
        self.names.get(language).unwrap_or(&self.name)
    }
}

/// Constituents, as far as they were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The lines.
    pub rows: Vec<Summary>,
}

/// At most `most` constituents.
pub async fn list(db: &Db, filter: &Filter, most: usize) -> Result<Page, StoreError> {
    let state = if filter.removed { "removed" } else { "" };
    let criticality = filter.criticality.map_or("", Criticality::as_str);
    let pairs = [
        ("q", filter.text.as_str()),
        ("sector", &filter.sector),
        ("kind", &filter.kind),
        ("criticality", criticality),
        ("state", state),
        ("sort", if filter.sort == Sort::Name { "" } else { filter.sort.as_str() }),
    ]
    .map(|(name, value)| (name.to_string(), value.to_string()));
    let unknown = |_| StoreError::Unknown { column: "the filter", found: filter.text.clone() };
    // A bare name of a sort asks for ascending order; the usual way of the two others is descending.
    let mut pairs = pairs.to_vec();
    for pair in pairs.iter_mut().filter(|(name, value)| name == "sort" && !value.is_empty()) {
        pair.1.insert(0, '-');
    }
    let ask = LIST.read_pairs(&pairs).map_err(unknown)?;
    Ok(Page { rows: ask.fetch_all(db, &fixed(&ask), most, summary).await? })
}

/// Those that name a constituent as the one above them.
pub(crate) async fn below(db: &Db, name: &str, most: i64) -> Result<Vec<Summary>, StoreError> {
    let columns = LIST.columns.join(", ");
    let sql = format!("SELECT {columns} FROM {} WHERE {BELOW}", LIST.from);
    db.read(&sql, &[crate::constituent::name_key(name).into(), most.into()]).await?.iter().map(summary).collect()
}

/// The arguments that come before those of the filters.
pub(crate) fn fixed(ask: &Ask) -> Vec<Arg<'static>> {
    let mut args: Vec<Arg<'static>> = vec![(ask.value("state") != Some("removed")).into()];
    if let Some(text) = ask.value("q") {
        args.push(AsNumber::parse(text).map_or(-1, |number| i64::from(number.0)).into());
        args.push(around(text).into());
    }
    args
}

/// The network in a text and all around it, each between commas.
fn around(text: &str) -> String {
    let network = match Cidr::parse(text) {
        Ok(network) | Err(CidrError::HostBits { meant: network }) => network,
        Err(_) => return String::new(),
    };
    network.around().fold(String::from(","), |out, one| format!("{out}{one},"))
}

pub(crate) fn summary(row: &Row) -> Result<Summary, StoreError> {
    Ok(Summary {
        id: row.text(0)?,
        name: row.text(1)?,
        names: crate::sql::names(row, 2)?,
        sector: Term { id: row.text(3)?, text: row.text(4)? },
        criticality: crate::sql::criticality(row.int(5)?)?,
        kind: Term { id: row.text(6)?, text: row.text(7)? },
        active: row.bool(8)?,
        changed_at: row.moment(9)?,
        networks: row.int(10)?,
        contacts: row.int(11)?,
    })
}
