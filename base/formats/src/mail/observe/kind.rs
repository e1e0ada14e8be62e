//! The kinds of observables.

/// What an observable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObservableKind {
    /// An address: `192.0.2.1`, `2001:db8::1`.
    Ip,
    /// A network: `192.0.2.0/24`.
    Cidr,
    /// A name: `example.org`, `xn--…` for those in other scripts.
    Domain,
    /// An address on the web: `https://example.org/a`.
    Url,
    /// A mail address, in small letters.
    Mail,
    /// An MD5, in small letters like all hashes.
    HashMd5,
    /// A SHA-1.
    HashSha1,
    /// A SHA-256.
    HashSha256,
    /// A SHA-512.
    HashSha512,
    /// A vulnerability: `CVE-2026-12345`.
    Cve,
    /// An AS number: `AS64500`.
    Asn,
}

impl ObservableKind {
    /// All of them.
    pub const ALL: [ObservableKind; 11] = [
        ObservableKind::Ip,
        ObservableKind::Cidr,
        ObservableKind::Domain,
        ObservableKind::Url,
        ObservableKind::Mail,
        ObservableKind::HashMd5,
        ObservableKind::HashSha1,
        ObservableKind::HashSha256,
        ObservableKind::HashSha512,
        ObservableKind::Cve,
        ObservableKind::Asn,
    ];

    /// How it is stored, and the end of the key of its words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ObservableKind::Ip => "ip",
            ObservableKind::Cidr => "cidr",
            ObservableKind::Domain => "domain",
            ObservableKind::Url => "url",
            ObservableKind::Mail => "mail",
            ObservableKind::HashMd5 => "hash_md5",
            ObservableKind::HashSha1 => "hash_sha1",
            ObservableKind::HashSha256 => "hash_sha256",
            ObservableKind::HashSha512 => "hash_sha512",
            ObservableKind::Cve => "cve",
            ObservableKind::Asn => "asn",
        }
    }

    /// Reads what [`ObservableKind::as_str`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
