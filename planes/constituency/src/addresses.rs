//! How many IPv4 addresses are whose.

use std::collections::HashMap;
use std::net::IpAddr;

use crate::cidr::Cidr;
use crate::constituent::Constituent;

/// How many IPv4 addresses each constituent owns, by its id; those that own none are left out.
///
/// An address counts once, and for whom the watch finds things on it: for the owner of the smallest network around it. So a
/// network inside one's own adds nothing, and one that another has inside it is taken off.
pub fn addresses(constituents: &[Constituent]) -> HashMap<String, u64> {
    let mut claims: Vec<(u32, u8, usize)> = constituents
        .iter()
        .enumerate()
        .filter(|(_, one)| one.active)
        .flat_map(|(place, one)| one.networks.iter().filter_map(move |network| claim(*network, place)))
        .collect();
    // The larger around the smaller; of two owners of the same network the one given later wins, and so comes last.
    claims.sort_unstable();
    claims.dedup_by(|later, kept| {
        let same = (later.0, later.1) == (kept.0, kept.1);
        if same {
            kept.2 = later.2;
        }
        same
    });
    let mut owned: HashMap<usize, u64> = HashMap::new();
    // The networks around the one at hand, the largest first: last address and owner.
    let mut around: Vec<(u64, usize)> = Vec::new();
    for (first, len, owner) in claims {
        let size = 1u64 << (32 - u32::from(len.min(32)));
        let first = u64::from(first);
        around.retain(|(last, _)| *last >= first);
        if let Some((_, outer)) = around.last() {
            let left = owned.entry(*outer).or_default();
            *left = left.saturating_sub(size);
        }
        *owned.entry(owner).or_default() += size;
        around.push((first + size - 1, owner));
    }
    let name = |(place, count): (usize, u64)| Some((constituents.get(place)?.id.clone(), count));
    owned.into_iter().filter(|(_, count)| *count > 0).filter_map(name).collect()
}

fn claim(network: Cidr, owner: usize) -> Option<(u32, u8, usize)> {
    match network.first() {
        IpAddr::V4(first) => Some((first.into(), network.len(), owner)),
        IpAddr::V6(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::addresses;
    use crate::cidr::Cidr;
    use crate::constituent::Constituent;
    use crate::ownership::Ownership;

    fn nation(owners: &[&[&str]]) -> Vec<Constituent> {
        let one = |(place, networks): (usize, &&[&str])| Constituent {
            networks: networks.iter().map(|network| Cidr::parse(network).expect("a network")).collect(),
            ..Constituent::named(place.to_string(), format!("C{place}"))
        };
        owners.iter().enumerate().map(one).collect()
    }

    fn counted(owners: &[&[&str]]) -> Vec<(String, u64)> {
        let mut all: Vec<_> = addresses(&nation(owners)).into_iter().collect();
        all.sort();
        all
    }

    #[test]
    fn an_address_counts_for_the_owner_of_the_smallest_network_around_it() {
        let want = |all: &[(&str, u64)]| all.iter().map(|(id, n)| ((*id).to_string(), *n)).collect::<Vec<_>>();
        for (owners, found) in [
            (vec![&["192.0.2.0/24"][..]], want(&[("0", 256)])),
            // One's own network inside one's own adds nothing.
            (vec![&["192.0.2.0/24", "192.0.2.0/28"][..]], want(&[("0", 256)])),
            // Another's inside it is taken off; and one's own inside that comes back.
            (vec![&["192.0.2.0/24", "192.0.2.0/30"][..], &["192.0.2.0/28"]], want(&[("0", 244), ("1", 12)])),
            (vec![&["192.0.2.0/24"][..], &["192.0.2.0/25"], &["192.0.2.128/25"]], want(&[("1", 128), ("2", 128)])),
            // The same network twice is the later one's.
            (vec![&["192.0.2.0/24"][..], &["192.0.2.0/24"]], want(&[("1", 256)])),
            (vec![&["2001:db8::/32"][..], &["192.0.2.7/32"]], want(&[("1", 1)])),
        ] {
            assert_eq!(counted(&owners), found, "{owners:?}");
        }
        let mut gone = nation(&[&["192.0.2.0/24"]]);
        gone[0].active = false;
        assert!(addresses(&gone).is_empty(), "who is not active owns nothing");
    }

    proptest! {
        /// The count is what asking the owner of every single address gives.
        #[test]
        fn the_count_is_what_the_owner_of_every_address_says(
            networks in prop::collection::vec((0u32..1024, 22u8..=32, 0usize..4), 0..20)
        ) {
            let base = u32::from(std::net::Ipv4Addr::new(10, 0, 0, 0));
            let mut owners: Vec<Constituent> = nation(&[&[], &[], &[], &[]]);
            for (at, len, owner) in networks {
                let mask = u32::MAX.checked_shl(32 - u32::from(len)).unwrap_or(0);
                let first = std::net::Ipv4Addr::from((base + at) & mask);
                let network = Cidr::new(first.into(), len).expect("no host bits");
                if !owners[owner].networks.contains(&network) {
                    owners[owner].networks.push(network);
                }
            }
            let ownership = Ownership::build(&owners, 0);
            let mut want: HashMap<String, u64> = HashMap::new();
            for address in base..base + 1024 {
                if let Some(owner) = ownership.owner_of_v4(address).and_then(|owner| ownership.constituent(owner)) {
                    *want.entry(owner.id.clone()).or_default() += 1;
                }
            }
            prop_assert_eq!(addresses(&owners), want);
        }
    }
}
