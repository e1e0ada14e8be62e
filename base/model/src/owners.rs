//! Who owns an address, a name or an AS number: what the constituency says and the watch asks.

use std::collections::HashMap;
use std::net::IpAddr;

use crate::IpTable;

/// One owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Id of the constituent.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The owners and how to find them. Built once, shared, swapped as a whole.
#[derive(Debug, Default)]
pub struct Owners {
    /// The owners; the numbers below are places in it.
    pub list: Vec<Owner>,
    /// By network, the longest prefix first.
    pub networks: IpTable,
    /// By AS number.
    pub by_asn: HashMap<u32, u32>,
    /// By domain name, lower case, without a dot at either end.
    pub by_domain: HashMap<String, u32>,
}

impl Owners {
    /// The owner of an address.
    pub fn of_ip(&self, address: IpAddr) -> Option<u32> {
        self.networks.get(address)
    }

    /// The owner of a name: of the longest domain that ends it.
    pub fn of_name(&self, name: &str) -> Option<u32> {
        if self.by_domain.is_empty() {
            return None;
        }
        let lower = name.trim_end_matches('.').to_ascii_lowercase();
        let mut rest = lower.as_str();
        loop {
            if let Some(owner) = self.by_domain.get(rest) {
                return Some(*owner);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// The owner of an AS number.
    pub fn of_asn(&self, asn: u32) -> Option<u32> {
        self.by_asn.get(&asn).copied()
    }

    /// The owner at a place.
    pub fn get(&self, place: u32) -> Option<&Owner> {
        self.list.get(place as usize)
    }
}
