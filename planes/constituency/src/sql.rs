//! Every statement of this plane, and rows from and to organisations.

use std::collections::{BTreeMap, HashMap, HashSet};

use manara_model::Micros;
use manara_store::{Arg, Db, Journal, Row, Settings, StoreError, Tx};

use crate::cidr::Cidr;
use crate::constituent::{AsNumber, Constituent, Contact, Criticality, Domain, Format, Role, name_key};
use crate::taxonomy::Term;

/// The most organisations, networks, … that are read at once.
const MOST: i64 = 5_000_000;

/// The setting that counts changes of these tables.
const GENERATION: &str = "constituency.generation";

// Writing the row, even as it is, makes whoever else wants to change the constituency wait for this transaction.
const TAKE_TURN: &str = "
    INSERT INTO store_setting (name, value) VALUES ($1, '0')
    ON CONFLICT (name) DO UPDATE SET value = store_setting.value";
const GENERATION_NOW: &str = "SELECT value FROM store_setting WHERE name = $1";

const ORGS: &str = "
    SELECT id, name, names, sector, sector_text, criticality, kind, kind_text, association, notes, active
      FROM constituency_org
     WHERE ($1 = '' OR id = $1) AND (deleted_at = '') = $2
     ORDER BY id
     LIMIT $3";
const NETWORKS: &str = "
    SELECT org, cidr FROM constituency_network WHERE $1 = '' OR org = $1 LIMIT $2";
const AS_NUMBERS: &str = "
    SELECT org, number FROM constituency_as WHERE $1 = '' OR org = $1 LIMIT $2";
const DOMAINS: &str = "
    SELECT org, domain FROM constituency_domain WHERE $1 = '' OR org = $1 LIMIT $2";
const CONTACTS: &str = "
    SELECT org, role, name, mail, telephone, language, format, active
      FROM constituency_contact
     WHERE $1 = '' OR org = $1
     ORDER BY org, position
     LIMIT $2";

const STATE: &str = "SELECT added_at, changed_at, deleted_at, merged_into FROM constituency_org WHERE id = $1";
const ID_OF_NAME: &str = "SELECT id FROM constituency_org WHERE name_key = $1 AND deleted_at = '' LIMIT 1";
const NAME_TAKEN: &str = "
    SELECT name FROM constituency_org WHERE name_key = $1 AND id <> $2 AND deleted_at = '' LIMIT 1";
const NETWORK_TAKEN: &str = "
    SELECT o.name FROM constituency_network n JOIN constituency_org o ON o.id = n.org
     WHERE n.cidr = $1 AND o.id <> $2 AND o.deleted_at = '' LIMIT 1";
const DOMAIN_TAKEN: &str = "
    SELECT o.name FROM constituency_domain d JOIN constituency_org o ON o.id = d.org
     WHERE d.domain = $1 AND o.id <> $2 AND o.deleted_at = '' LIMIT 1";

const ADD_ORGS: &str = "
    INSERT INTO constituency_org (id, name, name_key, names, sector, sector_text, criticality, kind, kind_text,
        association, association_key, notes, active, search, added_at, changed_at, deleted_at, merged_into) VALUES";
const UPDATE_ORGS: &str = "
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, names = excluded.names,
        sector = excluded.sector, sector_text = excluded.sector_text, criticality = excluded.criticality,
        kind = excluded.kind, kind_text = excluded.kind_text, association = excluded.association,
        association_key = excluded.association_key,
        notes = excluded.notes, active = excluded.active, search = excluded.search, changed_at = excluded.changed_at,
        deleted_at = excluded.deleted_at, merged_into = excluded.merged_into";
const ADD_NETWORKS: &str = "INSERT INTO constituency_network (org, cidr) VALUES";
const ADD_AS_NUMBERS: &str = "INSERT INTO constituency_as (org, number) VALUES";
const ADD_DOMAINS: &str = "INSERT INTO constituency_domain (org, domain) VALUES";
const KEEP: &str = "ON CONFLICT DO NOTHING";
const ADD_CONTACTS: &str = "
    INSERT INTO constituency_contact (org, position, role, name, mail, telephone, language, format, active) VALUES";
const UPDATE_CONTACTS: &str = "
    ON CONFLICT (org, position) DO UPDATE SET role = excluded.role, name = excluded.name, mail = excluded.mail,
        telephone = excluded.telephone, language = excluded.language, format = excluded.format, active = excluded.active";
const DROP_NETWORK: &str = "DELETE FROM constituency_network WHERE org = $1 AND cidr = $2";
const DROP_AS_NUMBER: &str = "DELETE FROM constituency_as WHERE org = $1 AND number = $2";
const DROP_DOMAIN: &str = "DELETE FROM constituency_domain WHERE org = $1 AND domain = $2";
const DROP_CONTACTS: &str = "DELETE FROM constituency_contact WHERE org = $1 AND position >= $2";
// Before names are swapped between organisations nobody may have the old ones.
const FREE_NAME: &str = "UPDATE constituency_org SET name_key = id WHERE id = $1";
const MARK_REMOVED: &str = "
    UPDATE constituency_org SET deleted_at = $2, changed_at = $2, merged_into = $3 WHERE id = $1 AND deleted_at = ''";
const MARK_RESTORED: &str = "
    UPDATE constituency_org SET deleted_at = '', changed_at = $2, merged_into = '' WHERE id = $1 AND deleted_at <> ''";
const RENAME_ABOVE: &str = "
    UPDATE constituency_org SET association = $2, association_key = $3, changed_at = $4
     WHERE association_key = $1 AND deleted_at = ''";
const HEADS: &str = "
    SELECT id, name, names, sector, sector_text, kind_text, criticality, association, changed_at, deleted_at, merged_into
      FROM constituency_org WHERE id IN (…)";
const PUT_HEAD: &str = "
    UPDATE constituency_org SET sector = $2, sector_text = $3, criticality = $4, association = $5, association_key = $6,
        search = $7, changed_at = $8
     WHERE id = $1 AND deleted_at = ''";
// What only one constituent can have, each kind marked by its first letter.
const CLAIMS: [&str; 3] = [
    "SELECT id, 'n' || name_key FROM constituency_org WHERE id IN (…)",
    "SELECT org, 'c' || cidr FROM constituency_network WHERE org IN (…)",
    "SELECT org, 'd' || domain FROM constituency_domain WHERE org IN (…)",
];
const CLAIMED: [(char, &str); 3] = [
    ('n', "SELECT 'n' || name_key FROM constituency_org WHERE deleted_at = '' AND name_key IN (…)"),
    (
        'c',
        "SELECT 'c' || n.cidr FROM constituency_network n JOIN constituency_org o ON o.id = n.org
            WHERE o.deleted_at = '' AND n.cidr IN (…)",
    ),
    (
        'd',
        "SELECT 'd' || d.domain FROM constituency_domain d JOIN constituency_org o ON o.id = d.org
            WHERE o.deleted_at = '' AND d.domain IN (…)",
    ),
];
const COUNT: &str = "SELECT COUNT(*) FROM constituency_org WHERE deleted_at = ''";
const COUNT_BY_SECTOR: &str = "
    SELECT sector, COUNT(*) FROM constituency_org WHERE deleted_at = '' GROUP BY sector ORDER BY sector LIMIT 500";

const SECTORS: &str = "SELECT id, sector FROM constituency_org WHERE deleted_at = '' ORDER BY id LIMIT 1000000";

/// Makes this transaction the only one that changes the constituency.
pub(crate) async fn take_turn(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(TAKE_TURN, &[GENERATION.into()]).await.map(|_| ())
}

/// Counts a change, so that whoever keeps a copy knows.
pub(crate) async fn bump_generation(tx: &mut Tx) -> Result<(), StoreError> {
    let next = generation_in(tx).await? + 1;
    Settings::set(tx, GENERATION, &next.to_string()).await
}

pub(crate) async fn generation_in(tx: &mut Tx) -> Result<i64, StoreError> {
    match tx.read_one(GENERATION_NOW, &[GENERATION.into()]).await? {
        Some(row) => Ok(row.text(0)?.parse().unwrap_or(0)),
        None => Ok(0),
    }
}

pub(crate) async fn generation(db: &Db) -> Result<i64, StoreError> {
    Ok(Settings::get(db, GENERATION).await?.and_then(|value| value.parse().ok()).unwrap_or(0))
}

/// Reads organisations with all they own: one by its id, or all when the id is empty; in the order of their ids.
pub(crate) async fn load(tx: &mut Tx, id: &str, live: bool) -> Result<Vec<Constituent>, StoreError> {
    let mut all = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    for row in tx.read(ORGS, &[id.into(), live.into(), MOST.into()]).await? {
        let one = org(&row)?;
        index.insert(one.id.clone(), all.len());
        all.push(one);
    }
    if all.is_empty() {
        return Ok(all);
    }
    let args: [Arg<'_>; 2] = [id.into(), MOST.into()];
    for row in tx.read(NETWORKS, &args).await? {
        if let Some(one) = find(&mut all, &index, &row)? {
            let text = row.text(1)?;
            let network = Cidr::parse(&text).map_err(|_| StoreError::Unknown { column: "cidr", found: text })?;
            one.networks.push(network);
        }
    }
    for row in tx.read(AS_NUMBERS, &args).await? {
        if let Some(one) = find(&mut all, &index, &row)? {
            one.as_numbers.push(AsNumber(u32::try_from(row.int(1)?).unwrap_or_default()));
        }
    }
    for row in tx.read(DOMAINS, &args).await? {
        if let Some(one) = find(&mut all, &index, &row)? {
            let text = row.text(1)?;
            let domain = Domain::parse(&text).ok_or(StoreError::Unknown { column: "domain", found: text })?;
            one.domains.push(domain);
        }
    }
    for row in tx.read(CONTACTS, &args).await? {
        if let Some(one) = find(&mut all, &index, &row)? {
            one.contacts.push(contact(&row)?);
        }
    }
    all.iter_mut().for_each(Constituent::tidy);
    Ok(all)
}

fn find<'a>(
    all: &'a mut [Constituent],
    index: &HashMap<String, usize>,
    row: &Row,
) -> Result<Option<&'a mut Constituent>, StoreError> {
    Ok(index.get(&row.text(0)?).and_then(|at| all.get_mut(*at)))
}

fn org(row: &Row) -> Result<Constituent, StoreError> {
    let rank = row.int(5)?;
    Ok(Constituent {
        id: row.text(0)?,
        name: row.text(1)?,
        names: names(row, 2)?,
        sector: Term { id: row.text(3)?, text: row.text(4)? },
        criticality: criticality(rank)?,
        kind: Term { id: row.text(6)?, text: row.text(7)? },
        association: row.text(8)?,
        notes: row.text(9)?,
        active: row.bool(10)?,
        networks: Vec::new(),
        as_numbers: Vec::new(),
        domains: Vec::new(),
        contacts: Vec::new(),
    })
}

pub(crate) fn names(row: &Row, at: usize) -> Result<BTreeMap<String, String>, StoreError> {
    let text = row.text(at)?;
    serde_json::from_str(&text).map_err(|_| StoreError::Unknown { column: "names", found: text })
}

pub(crate) fn criticality(rank: i64) -> Result<Criticality, StoreError> {
    let unknown = StoreError::Unknown { column: "criticality", found: rank.to_string() };
    Criticality::from_rank(rank).ok_or(unknown)
}

fn contact(row: &Row) -> Result<Contact, StoreError> {
    let (role, format) = (row.text(1)?, row.text(6)?);
    Ok(Contact {
        role: Role::parse(&role).ok_or(StoreError::Unknown { column: "role", found: role })?,
        name: row.text(2)?,
        mail: row.text(3)?,
        telephone: row.text(4)?,
        language: row.text(5)?,
        format: Format::parse(&format).ok_or(StoreError::Unknown { column: "format", found: format })?,
        active: row.bool(7)?,
    })
}

/// When an organisation came, changed and went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// When it was added.
    pub added_at: String,
    /// When it last changed: also its version, for a form that two people have open.
    pub changed_at: String,
    /// When it was removed; empty when it was not.
    pub deleted_at: String,
    /// Id of the organisation it was merged into; empty when it was not.
    pub merged_into: String,
}

fn state_of(row: &Row) -> Result<State, StoreError> {
    Ok(State { added_at: row.text(0)?, changed_at: row.text(1)?, deleted_at: row.text(2)?, merged_into: row.text(3)? })
}

pub(crate) async fn state(tx: &mut Tx, id: &str) -> Result<Option<State>, StoreError> {
    tx.read_one(STATE, &[id.into()]).await?.as_ref().map(state_of).transpose()
}

pub(crate) async fn id_of_name(db: &Db, name: &str) -> Result<Option<String>, StoreError> {
    db.read_one(ID_OF_NAME, &[name_key(name).into()]).await?.map(|row| row.text(0)).transpose()
}

/// The name of another organisation that has this name.
pub(crate) async fn name_taken(tx: &mut Tx, name: &str, id: &str) -> Result<Option<String>, StoreError> {
    tx.read_one(NAME_TAKEN, &[name_key(name).into(), id.into()]).await?.map(|row| row.text(0)).transpose()
}

/// The name of another organisation that owns this network.
pub(crate) async fn network_taken(tx: &mut Tx, network: Cidr, id: &str) -> Result<Option<String>, StoreError> {
    tx.read_one(NETWORK_TAKEN, &[network.to_string().into(), id.into()]).await?.map(|row| row.text(0)).transpose()
}

/// The name of another organisation that owns this domain.
pub(crate) async fn domain_taken(tx: &mut Tx, domain: &str, id: &str) -> Result<Option<String>, StoreError> {
    tx.read_one(DOMAIN_TAKEN, &[domain.into(), id.into()]).await?.map(|row| row.text(0)).transpose()
}

/// An organisation to write: what is stored of it, and what is to be.
pub(crate) struct Write<'a> {
    pub old: Option<&'a Constituent>,
    pub new: &'a Constituent,
}

/// Writes organisations so that the tables hold exactly what is new; with few statements, however many there are.
pub(crate) async fn write(tx: &mut Tx, all: &[Write<'_>], now: Micros) -> Result<(), StoreError> {
    drop_old(tx, all).await?;
    let at = now.rfc3339();
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(all.len() * 18);
    for Write { new, .. } in all {
        let names = serde_json::to_string(&new.names).unwrap_or_else(|_| "{}".into());
        args.extend([
            Arg::from(&new.id),
            Arg::from(&new.name),
            name_key(&new.name).into(),
            names.into(),
            Arg::from(&new.sector.id),
            Arg::from(&new.sector.text),
            new.criticality.rank().into(),
            Arg::from(&new.kind.id),
            Arg::from(&new.kind.text),
            Arg::from(&new.association),
            name_key(&new.association).into(),
            Arg::from(&new.notes),
            new.active.into(),
            new.search_text().into(),
            Arg::from(&at),
            Arg::from(&at),
            "".into(),
            "".into(),
        ]);
    }
    tx.run_many(ADD_ORGS, 18, args, UPDATE_ORGS).await?;
    let mut networks: Vec<Arg<'_>> = Vec::new();
    let mut numbers: Vec<Arg<'_>> = Vec::new();
    let mut domains: Vec<Arg<'_>> = Vec::new();
    let mut contacts: Vec<Arg<'_>> = Vec::new();
    for Write { old, new } in all {
        let id = || Arg::from(&new.id);
        for network in new.networks.iter().filter(|n| !old.is_some_and(|old| old.networks.contains(n))) {
            networks.extend([id(), network.to_string().into()]);
        }
        for number in new.as_numbers.iter().filter(|n| !old.is_some_and(|old| old.as_numbers.contains(n))) {
            numbers.extend([id(), i64::from(number.0).into()]);
        }
        for domain in new.domains.iter().filter(|d| !old.is_some_and(|old| old.domains.contains(d))) {
            domains.extend([id(), domain.as_str().into()]);
        }
        if old.is_some_and(|old| old.contacts == new.contacts) {
            continue;
        }
        for (contact, position) in new.contacts.iter().zip(0i64..) {
            contacts.extend([
                id(),
                position.into(),
                contact.role.as_str().into(),
                Arg::from(&contact.name),
                Arg::from(&contact.mail),
                Arg::from(&contact.telephone),
                Arg::from(&contact.language),
                contact.format.as_str().into(),
                contact.active.into(),
            ]);
        }
    }
    tx.run_many(ADD_NETWORKS, 2, networks, KEEP).await?;
    tx.run_many(ADD_AS_NUMBERS, 2, numbers, KEEP).await?;
    tx.run_many(ADD_DOMAINS, 2, domains, KEEP).await?;
    tx.run_many(ADD_CONTACTS, 9, contacts, UPDATE_CONTACTS).await
}

/// Removes what an organisation no longer has.
async fn drop_old(tx: &mut Tx, all: &[Write<'_>]) -> Result<(), StoreError> {
    for Write { old, new } in all {
        let Some(old) = old else { continue };
        let id = || Arg::from(&new.id);
        if name_key(&old.name) != name_key(&new.name) {
            tx.run(FREE_NAME, &[id()]).await?;
        }
        for network in old.networks.iter().filter(|n| !new.networks.contains(n)) {
            tx.run(DROP_NETWORK, &[id(), network.to_string().into()]).await?;
        }
        for number in old.as_numbers.iter().filter(|n| !new.as_numbers.contains(n)) {
            tx.run(DROP_AS_NUMBER, &[id(), i64::from(number.0).into()]).await?;
        }
        for domain in old.domains.iter().filter(|d| !new.domains.contains(d)) {
            tx.run(DROP_DOMAIN, &[id(), domain.as_str().into()]).await?;
        }
        if old.contacts.len() > new.contacts.len() {
            tx.run(DROP_CONTACTS, &[id(), (new.contacts.len() as i64).into()]).await?;
        }
    }
    Ok(())
}

/// Marks an organisation as removed; its rows stay for a restore. Says whether it was there.
pub(crate) async fn mark_removed(tx: &mut Tx, id: &str, into: &str, now: Micros) -> Result<bool, StoreError> {
    Ok(tx.run(MARK_REMOVED, &[id.into(), now.into(), into.into()]).await? > 0)
}

/// Takes a removal back. Says whether there was one.
pub(crate) async fn mark_restored(tx: &mut Tx, id: &str, now: Micros) -> Result<bool, StoreError> {
    Ok(tx.run(MARK_RESTORED, &[id.into(), now.into()]).await? > 0)
}

/// Lets all that name one organisation as the one above them name another.
pub(crate) async fn rename_above(tx: &mut Tx, from: &str, to: &str, now: Micros) -> Result<u64, StoreError> {
    tx.run(RENAME_ABOVE, &[name_key(from).into(), to.into(), name_key(to).into(), now.into()]).await
}

/// A line for the journal.
pub(crate) struct Note {
    pub verb: &'static str,
    pub record: String,
    pub detail: String,
}

/// Writes lines of the journal with few statements, in the transaction of what they tell of.
pub(crate) async fn journal(tx: &mut Tx, who: &str, notes: &[Note], now: Micros) -> Result<(), StoreError> {
    let lines: Vec<_> = notes.iter().map(|note| (note.verb, note.record.as_str(), note.detail.as_str())).collect();
    Journal::write_many(tx, who, crate::PLANE, &lines, now).await
}

pub(crate) async fn count(db: &Db) -> Result<i64, StoreError> {
    db.read_int(COUNT, &[]).await
}

pub(crate) async fn count_by_sector(db: &Db) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = db.read(COUNT_BY_SECTOR, &[]).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

pub(crate) async fn sectors_by_id(db: &Db) -> Result<Vec<(String, String)>, StoreError> {
    let rows = db.read(SECTORS, &[]).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// What a change of many needs to know of an organisation.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub id: String,
    pub name: String,
    names: BTreeMap<String, String>,
    pub sector: Term,
    kind_text: String,
    pub criticality: i64,
    pub association: String,
    pub changed_at: String,
    pub deleted_at: String,
    pub merged_into: String,
}

/// Organisations by id, removed or not.
pub(crate) async fn heads(tx: &mut Tx, ids: &[String]) -> Result<HashMap<String, Head>, StoreError> {
    let rows = tx.read_in(HEADS, &[], ids).await?;
    rows.iter()
        .map(|row| {
            let head = Head {
                id: row.text(0)?,
                name: row.text(1)?,
                names: names(row, 2)?,
                sector: Term { id: row.text(3)?, text: row.text(4)? },
                kind_text: row.text(5)?,
                criticality: row.int(6)?,
                association: row.text(7)?,
                changed_at: row.text(8)?,
                deleted_at: row.text(9)?,
                merged_into: row.text(10)?,
            };
            Ok((head.id.clone(), head))
        })
        .collect()
}

/// Writes what a change of many may change.
pub(crate) async fn put_head(tx: &mut Tx, head: &Head, now: Micros) -> Result<(), StoreError> {
    let one = Constituent {
        names: head.names.clone(),
        sector: head.sector.clone(),
        kind: Term { id: String::new(), text: head.kind_text.clone() },
        ..Constituent::named(head.id.clone(), head.name.clone())
    };
    let args: [Arg<'_>; 8] = [
        (&head.id).into(),
        (&head.sector.id).into(),
        (&head.sector.text).into(),
        head.criticality.into(),
        (&head.association).into(),
        name_key(&head.association).into(),
        one.search_text().into(),
        now.into(),
    ];
    tx.run(PUT_HEAD, &args).await.map(|_| ())
}

/// What some organisations have that only one can have.
pub(crate) async fn claims(tx: &mut Tx, ids: &[String]) -> Result<Vec<(String, String)>, StoreError> {
    let mut all = Vec::new();
    for sql in CLAIMS {
        for row in tx.read_in(sql, &[], ids).await? {
            all.push((row.text(0)?, row.text(1)?));
        }
    }
    Ok(all)
}

/// Those of some claims that belong to an organisation that was not removed.
pub(crate) async fn claimed(tx: &mut Tx, claims: &[String]) -> Result<HashSet<String>, StoreError> {
    let mut all = HashSet::new();
    for (mark, sql) in CLAIMED {
        let some: Vec<&str> = claims.iter().filter_map(|claim| claim.strip_prefix(mark)).collect();
        for row in tx.read_in(sql, &[], &some).await? {
            all.insert(row.text(0)?);
        }
    }
    Ok(all)
}
