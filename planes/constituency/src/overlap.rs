//! Networks of different owners that lie one inside the other, or are the same.

use crate::cidr::Cidr;

/// A network with the one who claims it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The network.
    pub network: Cidr,
    /// Index of the owner.
    pub owner: u32,
}

/// Two claims on the same addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// The one who gets the addresses that both claim: the longer prefix, else the one given later.
    pub inner: Claim,
    /// The one around it, or the same network of the one given earlier.
    pub outer: Claim,
}

impl Overlap {
    /// Whether both claim the very same network, which is a mistake rather than a customer.
    pub fn is_equal(&self) -> bool {
        self.inner.network == self.outer.network
    }
}

/// For every network the nearest one around it that belongs to another owner.
pub fn overlaps(mut claims: Vec<Claim>) -> Vec<Overlap> {
    claims.sort_by_key(|claim| claim.network);
    let mut found = Vec::new();
    let mut open: Vec<Claim> = Vec::new();
    for claim in claims {
        while open.last().is_some_and(|around| !around.network.holds(claim.network)) {
            open.pop();
        }
        if let Some(outer) = open.iter().rev().find(|around| around.owner != claim.owner) {
            found.push(Overlap { inner: claim, outer: *outer });
        }
        open.push(claim);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Claim, overlaps};
    use crate::cidr::Cidr;

    #[test]
    fn each_network_is_shown_with_the_nearest_one_around_it_of_another_owner() {
        let claims = [
            ("10.0.0.0/8", 0),
            ("10.1.0.0/16", 1),
            ("10.1.2.0/24", 1),
            ("10.1.3.0/24", 0),
            ("10.1.3.0/24", 2),
            ("10.2.0.0/16", 0),
            ("11.0.0.0/8", 1),
            ("2001:db8::/32", 0),
            ("2001:db8:1::/48", 1),
        ];
        let claims = claims.map(|(network, owner)| Claim { network: Cidr::parse(network).expect("a network"), owner });
        let got: Vec<String> = overlaps(claims.to_vec())
            .iter()
            .map(|o| {
                let equal = if o.is_equal() { " equal" } else { "" };
                format!("{} of {} in {} of {}{equal}", o.inner.network, o.inner.owner, o.outer.network, o.outer.owner)
            })
            .collect();
        assert_eq!(
            got,
            [
                "10.1.0.0/16 of 1 in 10.0.0.0/8 of 0",
                "10.1.2.0/24 of 1 in 10.0.0.0/8 of 0",
                "10.1.3.0/24 of 0 in 10.1.0.0/16 of 1",
                "10.1.3.0/24 of 2 in 10.1.3.0/24 of 0 equal",
                "2001:db8:1::/48 of 1 in 2001:db8::/32 of 0",
            ]
        );
    }
}
