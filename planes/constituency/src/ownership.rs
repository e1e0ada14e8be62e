//! Whose is this address, AS number or domain? Built once from the constituency, asked for every event.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use manara_model::{IpTable, Owner, Owners};

use crate::constituent::{Constituent, Criticality, name_key};
use crate::overlap::{Claim, Overlap, overlaps};

/// What an event needs to know of its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedBy {
    /// Id of the constituent.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Id of its sector.
    pub sector: String,
    /// Id of its kind.
    pub kind: String,
    /// How much depends on it.
    pub criticality: Criticality,
    /// Name of the organisation above it; empty for none.
    pub association: String,
}

/// Answers who owns what. The longest prefix and the longest domain suffix win; constituents that are not active own
/// nothing.
#[derive(Debug, Default)]
pub struct Ownership {
    /// The generation of the tables it was built from.
    pub generation: i64,
    owners: Vec<OwnedBy>,
    networks: IpTable,
    as_numbers: HashMap<u32, u32>,
    domains: HashMap<String, u32>,
    overlaps: Vec<Overlap>,
    shared_as: Vec<SharedAs>,
}

/// An AS number of several owners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedAs {
    /// The number.
    pub number: u32,
    /// Indexes of its owners.
    pub owners: Vec<u32>,
}

impl Ownership {
    /// Builds the answers from all constituents. Of two owners of the same network the one given later wins.
    pub fn build(constituents: &[Constituent], generation: i64) -> Self {
        let active: Vec<&Constituent> = constituents.iter().filter(|one| one.active).collect();
        let with_index = || active.iter().zip(0u32..);
        let claims: Vec<Claim> = with_index()
            .flat_map(|(one, index)| one.networks.iter().map(move |network| Claim { network: *network, owner: index }))
            .collect();
        let (networks, _) =
            IpTable::build(claims.iter().map(|claim| (claim.network.first(), claim.network.len(), claim.owner)));
        let (as_numbers, shared_as) = as_owners(&active);
        Ownership {
            generation,
            owners: active.iter().map(|one| owned_by(one)).collect(),
            networks,
            as_numbers,
            domains: with_index()
                .flat_map(|(one, index)| one.domains.iter().map(move |domain| (domain.as_str().to_string(), index)))
                .collect(),
            overlaps: overlaps(claims),
            shared_as,
        }
    }

    /// The owner of an address, as an index for [`Ownership::constituent`].
    #[inline]
    pub fn owner_of_ip(&self, address: IpAddr) -> Option<u32> {
        self.networks.get(address)
    }

    /// The owner of an IPv4 address given as a number: the quickest way.
    #[inline]
    pub fn owner_of_v4(&self, address: u32) -> Option<u32> {
        self.networks.v4.get(address)
    }

    /// The owner of an AS number. A number of several owners is that of the one above all the others, else nobody's.
    #[inline]
    pub fn owner_of_as(&self, number: u32) -> Option<u32> {
        self.as_numbers.get(&number).copied()
    }

    /// The owner of a host or domain name, by the longest suffix.
    pub fn owner_of_domain(&self, name: &str) -> Option<u32> {
        if self.domains.is_empty() {
            return None;
        }
        let name = name.strip_suffix('.').unwrap_or(name);
        let name = match name.chars().any(char::is_uppercase) {
            true => Cow::Owned(name.to_lowercase()),
            false => Cow::Borrowed(name),
        };
        let mut rest: &str = &name;
        loop {
            if let Some(owner) = self.domains.get(rest) {
                return Some(*owner);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// Who an index is.
    pub fn constituent(&self, index: u32) -> Option<&OwnedBy> {
        self.owners.get(index as usize)
    }

    /// All owners, by their index.
    pub fn owners(&self) -> &[OwnedBy] {
        &self.owners
    }

    /// The networks of one owner inside networks of another; the owners are indexes.
    pub fn overlaps(&self) -> &[Overlap] {
        &self.overlaps
    }

    /// AS numbers of several owners.
    pub fn shared_as(&self) -> &[SharedAs] {
        &self.shared_as
    }

    /// The table of networks, with owners as values.
    pub fn networks(&self) -> &IpTable {
        &self.networks
    }

    /// The same answers in the form that crosses planes.
    pub fn into_owners(self) -> Owners {
        Owners {
            list: self.owners.into_iter().map(|owner| Owner { id: owner.id, name: owner.name }).collect(),
            networks: self.networks,
            by_asn: self.as_numbers,
            by_domain: self.domains,
        }
    }

    /// Bytes of memory of the table of networks.
    pub fn memory_bytes(&self) -> usize {
        self.networks.memory_bytes()
    }
}

fn owned_by(one: &Constituent) -> OwnedBy {
    OwnedBy {
        id: one.id.clone(),
        name: one.name.clone(),
        sector: one.sector.id.clone(),
        kind: one.kind.id.clone(),
        criticality: one.criticality,
        association: one.association.clone(),
    }
}

/// The owner of every AS number that has one, and those that several constituents have.
fn as_owners(constituents: &[&Constituent]) -> (HashMap<u32, u32>, Vec<SharedAs>) {
    let mut by_number: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (one, index) in constituents.iter().zip(0u32..) {
        for number in &one.as_numbers {
            by_number.entry(number.0).or_default().push(index);
        }
    }
    let owners = by_number.iter().filter_map(|(number, owners)| Some((*number, above_all(constituents, owners)?)));
    let owners = owners.collect();
    let shared = by_number.into_iter().filter(|(_, owners)| owners.len() > 1);
    (owners, shared.map(|(number, owners)| SharedAs { number, owners }).collect())
}

/// The only one of some constituents, or the one that all the others name as the organisation above them.
fn above_all(constituents: &[&Constituent], some: &[u32]) -> Option<u32> {
    if let [only] = some {
        return Some(*only);
    }
    let get = |index: &u32| constituents.get(*index as usize);
    some.iter().copied().find(|candidate| {
        let key = get(candidate).map(|one| name_key(&one.name));
        some.iter().filter(|other| *other != candidate).all(|other| {
            get(other).is_some_and(|one| !one.association.is_empty() && Some(name_key(&one.association)) == key)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::Ownership;
    use crate::cidr::Cidr;
    use crate::constituent::{AsNumber, Constituent, Domain};

    fn one(name: &str, networks: &[&str], numbers: &[u32], domains: &[&str]) -> Constituent {
        let mut one = Constituent::named(format!("id-{name}"), name.into());
        one.networks = networks.iter().map(|n| Cidr::parse(n).expect("a network")).collect();
        one.as_numbers = numbers.iter().map(|n| AsNumber(*n)).collect();
        one.domains = domains.iter().map(|d| Domain::parse(d).expect("a domain")).collect();
        one.tidy();
        one
    }

    #[test]
    fn an_isps_customer_inside_the_isps_block_owns_its_own_addresses() {
        let mut customer = one("Bank", &["192.0.2.64/26", "2001:db8:1::/48"], &[64500], &["bank.co.example"]);
        customer.association = "isp".into();
        let mut asleep = one("Asleep", &["192.0.2.128/25"], &[64501], &[]);
        asleep.active = false;
        let isp = one("ISP", &["192.0.2.0/24", "2001:db8::/32"], &[64500], &["co.example", "isp.example"]);
        let shared = one("Other", &["198.51.100.0/24"], &[64502], &[]);
        let sharing = one("Another", &["203.0.113.0/24"], &[64502], &[]);
        let owners = Ownership::build(&[customer, asleep, isp, shared, sharing], 7);
        let name = |index: Option<u32>| index.and_then(|i| owners.constituent(i)).map(|o| o.name.as_str());
        for (address, want) in [
            ("192.0.2.65", Some("Bank")),
            ("192.0.2.63", Some("ISP")),
            ("192.0.2.200", Some("ISP")),
            ("::ffff:192.0.2.65", Some("Bank")),
            ("2001:db8:1::5", Some("Bank")),
            ("2001:db8:2::5", Some("ISP")),
            ("192.0.3.0", None),
        ] {
            assert_eq!(name(owners.owner_of_ip(address.parse().expect("an address"))), want, "{address}");
        }
        for (domain, want) in [
            ("www.Bank.Co.Example.", Some("Bank")),
            ("bank.co.example", Some("Bank")),
            ("notbank.co.example", Some("ISP")),
            ("www.isp.example", Some("ISP")),
            ("www.elsewhere.test", None),
            ("", None),
        ] {
            assert_eq!(name(owners.owner_of_domain(domain)), want, "{domain}");
        }
        assert_eq!(name(owners.owner_of_as(64500)), Some("ISP"), "the customer names the ISP as the one above it");
        assert_eq!(name(owners.owner_of_as(64501)), None, "not active");
        assert_eq!(name(owners.owner_of_as(64502)), None, "two owners, none above the other");
        assert_eq!(owners.overlaps().len(), 2);
        assert_eq!(owners.generation, 7);
    }
}
