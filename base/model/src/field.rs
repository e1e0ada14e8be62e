//! The columns of an event, one to one with the 89 event keys of IntelMQ 3.5.

/// What kind of value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 text.
    Text,
    /// An IPv4 or IPv6 address, in its canonical text.
    Ip,
    /// An unsigned whole number.
    Number,
    /// A floating point number.
    Real,
    /// True or false.
    Bool,
    /// A moment in UTC.
    Time,
    /// A JSON object.
    Json,
}

/// One row of the table of fields.
#[derive(Debug)]
pub struct FieldSpec {
    /// The field.
    pub field: Field,
    /// Its column in the lake and in SQL.
    pub column: &'static str,
    /// Its key in IntelMQ.
    pub intelmq: &'static str,
    /// What it holds.
    pub kind: Kind,
}

impl Field {
    /// The row of this field in [`FIELDS`].
    #[expect(clippy::indexing_slicing, reason = "FIELDS has one row for each variant, in order; a test walks it")]
    pub fn spec(self) -> &'static FieldSpec {
        &FIELDS[self as usize]
    }

    /// The field whose IntelMQ key or column this is.
    pub fn by_name(name: &str) -> Option<Field> {
        FIELDS.iter().find(|spec| spec.intelmq == name || spec.column == name).map(|spec| spec.field)
    }
}

/// A field of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Field {
    /// IntelMQ `time.source`.
    Time,
    /// IntelMQ `time.observation`.
    Observed,
    /// IntelMQ `source.abuse_contact`.
    SourceAbuseContact,
    /// IntelMQ `source.account`.
    SourceAccount,
    /// IntelMQ `source.allocated`.
    SourceAllocated,
    /// IntelMQ `source.as_name`.
    SourceAsName,
    /// IntelMQ `source.asn`.
    SourceAsn,
    /// IntelMQ `source.domain_suffix`.
    SourceDomainSuffix,
    /// IntelMQ `source.fqdn`.
    SourceFqdn,
    /// IntelMQ `source.geolocation.cc`.
    SourceCountry,
    /// IntelMQ `source.geolocation.city`.
    SourceCity,
    /// IntelMQ `source.geolocation.country`.
    SourceCountryName,
    /// IntelMQ `source.geolocation.latitude`.
    SourceLatitude,
    /// IntelMQ `source.geolocation.longitude`.
    SourceLongitude,
    /// IntelMQ `source.geolocation.region`.
    SourceRegion,
    /// IntelMQ `source.geolocation.state`.
    SourceState,
    /// IntelMQ `source.ip`.
    SourceIp,
    /// IntelMQ `source.local_hostname`.
    SourceLocalHostname,
    /// IntelMQ `source.local_ip`.
    SourceLocalIp,
    /// IntelMQ `source.network`.
    SourceNetwork,
    /// IntelMQ `source.port`.
    SourcePort,
    /// IntelMQ `source.registry`.
    SourceRegistry,
    /// IntelMQ `source.reverse_dns`.
    SourceReverseDns,
    /// IntelMQ `source.tor_node`.
    SourceTorNode,
    /// IntelMQ `source.url`.
    SourceUrl,
    /// IntelMQ `source.urlpath`.
    SourceUrlpath,
    /// IntelMQ `source.geolocation.cymru_cc`.
    SourceCymruCc,
    /// IntelMQ `source.geolocation.geoip_cc`.
    SourceGeoipCc,
    /// IntelMQ `destination.abuse_contact`.
    DestinationAbuseContact,
    /// IntelMQ `destination.account`.
    DestinationAccount,
    /// IntelMQ `destination.allocated`.
    DestinationAllocated,
    /// IntelMQ `destination.as_name`.
    DestinationAsName,
    /// IntelMQ `destination.asn`.
    DestinationAsn,
    /// IntelMQ `destination.domain_suffix`.
    DestinationDomainSuffix,
    /// IntelMQ `destination.fqdn`.
    DestinationFqdn,
    /// IntelMQ `destination.geolocation.cc`.
    DestinationCountry,
    /// IntelMQ `destination.geolocation.city`.
    DestinationCity,
    /// IntelMQ `destination.geolocation.country`.
    DestinationCountryName,
    /// IntelMQ `destination.geolocation.latitude`.
    DestinationLatitude,
    /// IntelMQ `destination.geolocation.longitude`.
    DestinationLongitude,
    /// IntelMQ `destination.geolocation.region`.
    DestinationRegion,
    /// IntelMQ `destination.geolocation.state`.
    DestinationState,
    /// IntelMQ `destination.ip`.
    DestinationIp,
    /// IntelMQ `destination.local_hostname`.
    DestinationLocalHostname,
    /// IntelMQ `destination.local_ip`.
    DestinationLocalIp,
    /// IntelMQ `destination.network`.
    DestinationNetwork,
    /// IntelMQ `destination.port`.
    DestinationPort,
    /// IntelMQ `destination.registry`.
    DestinationRegistry,
    /// IntelMQ `destination.reverse_dns`.
    DestinationReverseDns,
    /// IntelMQ `destination.tor_node`.
    DestinationTorNode,
    /// IntelMQ `destination.url`.
    DestinationUrl,
    /// IntelMQ `destination.urlpath`.
    DestinationUrlpath,
    /// IntelMQ `classification.taxonomy`.
    Taxonomy,
    /// IntelMQ `classification.type`.
    Type,
    /// IntelMQ `classification.identifier`.
    Identifier,
    /// IntelMQ `severity`.
    Severity,
    /// IntelMQ `status`.
    Status,
    /// IntelMQ `tlp`.
    Tlp,
    /// IntelMQ `comment`.
    Comment,
    /// IntelMQ `constituency`.
    Constituent,
    /// IntelMQ `event_description.target`.
    EventDescriptionTarget,
    /// IntelMQ `event_description.text`.
    EventDescriptionText,
    /// IntelMQ `event_description.url`.
    EventDescriptionUrl,
    /// IntelMQ `event_hash`.
    EventHash,
    /// IntelMQ `extra`.
    Extra,
    /// IntelMQ `feed.accuracy`.
    FeedAccuracy,
    /// IntelMQ `feed.code`.
    FeedCode,
    /// IntelMQ `feed.documentation`.
    FeedDocumentation,
    /// IntelMQ `feed.name`.
    Feed,
    /// IntelMQ `feed.provider`.
    FeedProvider,
    /// IntelMQ `feed.url`.
    FeedUrl,
    /// IntelMQ `malware.name`.
    MalwareName,
    /// IntelMQ `malware.version`.
    MalwareVersion,
    /// IntelMQ `malware.hash.md5`.
    MalwareHashMd5,
    /// IntelMQ `malware.hash.sha1`.
    MalwareHashSha1,
    /// IntelMQ `malware.hash.sha256`.
    MalwareHashSha256,
    /// IntelMQ `misp.attribute_uuid`.
    MispAttributeUuid,
    /// IntelMQ `misp.event_uuid`.
    MispEventUuid,
    /// IntelMQ `output`.
    Output,
    /// IntelMQ `product.full_name`.
    ProductFullName,
    /// IntelMQ `product.name`.
    ProductName,
    /// IntelMQ `product.vendor`.
    ProductVendor,
    /// IntelMQ `product.version`.
    ProductVersion,
    /// IntelMQ `product.vulnerabilities`.
    ProductVulnerabilities,
    /// IntelMQ `protocol.application`.
    ProtocolApplication,
    /// IntelMQ `protocol.transport`.
    ProtocolTransport,
    /// IntelMQ `raw`.
    Raw,
    /// IntelMQ `rtir_id`.
    RtirId,
    /// IntelMQ `screenshot_url`.
    ScreenshotUrl,
}

const fn row(field: Field, column: &'static str, intelmq: &'static str, kind: Kind) -> FieldSpec {
    FieldSpec { field, column, intelmq, kind }
}

/// All 89 fields.
pub const FIELDS: &[FieldSpec] = &[
    row(Field::Time, "time", "time.source", Kind::Time),
    row(Field::Observed, "observed", "time.observation", Kind::Time),
    row(Field::SourceAbuseContact, "source_abuse_contact", "source.abuse_contact", Kind::Text),
    row(Field::SourceAccount, "source_account", "source.account", Kind::Text),
    row(Field::SourceAllocated, "source_allocated", "source.allocated", Kind::Time),
    row(Field::SourceAsName, "source_as_name", "source.as_name", Kind::Text),
    row(Field::SourceAsn, "source_asn", "source.asn", Kind::Number),
    row(Field::SourceDomainSuffix, "source_domain_suffix", "source.domain_suffix", Kind::Text),
    row(Field::SourceFqdn, "source_fqdn", "source.fqdn", Kind::Text),
    row(Field::SourceCountry, "source_country", "source.geolocation.cc", Kind::Text),
    row(Field::SourceCity, "source_city", "source.geolocation.city", Kind::Text),
    row(Field::SourceCountryName, "source_country_name", "source.geolocation.country", Kind::Text),
    row(Field::SourceLatitude, "source_latitude", "source.geolocation.latitude", Kind::Real),
    row(Field::SourceLongitude, "source_longitude", "source.geolocation.longitude", Kind::Real),
    row(Field::SourceRegion, "source_region", "source.geolocation.region", Kind::Text),
    row(Field::SourceState, "source_state", "source.geolocation.state", Kind::Text),
    row(Field::SourceIp, "source_ip", "source.ip", Kind::Ip),
    row(Field::SourceLocalHostname, "source_local_hostname", "source.local_hostname", Kind::Text),
    row(Field::SourceLocalIp, "source_local_ip", "source.local_ip", Kind::Ip),
    row(Field::SourceNetwork, "source_network", "source.network", Kind::Text),
    row(Field::SourcePort, "source_port", "source.port", Kind::Number),
    row(Field::SourceRegistry, "source_registry", "source.registry", Kind::Text),
    row(Field::SourceReverseDns, "source_reverse_dns", "source.reverse_dns", Kind::Text),
    row(Field::SourceTorNode, "source_tor_node", "source.tor_node", Kind::Bool),
    row(Field::SourceUrl, "source_url", "source.url", Kind::Text),
    row(Field::SourceUrlpath, "source_urlpath", "source.urlpath", Kind::Text),
    row(Field::SourceCymruCc, "source_cymru_cc", "source.geolocation.cymru_cc", Kind::Text),
    row(Field::SourceGeoipCc, "source_geoip_cc", "source.geolocation.geoip_cc", Kind::Text),
    row(Field::DestinationAbuseContact, "destination_abuse_contact", "destination.abuse_contact", Kind::Text),
    row(Field::DestinationAccount, "destination_account", "destination.account", Kind::Text),
    row(Field::DestinationAllocated, "destination_allocated", "destination.allocated", Kind::Time),
    row(Field::DestinationAsName, "destination_as_name", "destination.as_name", Kind::Text),
    row(Field::DestinationAsn, "destination_asn", "destination.asn", Kind::Number),
    row(Field::DestinationDomainSuffix, "destination_domain_suffix", "destination.domain_suffix", Kind::Text),
    row(Field::DestinationFqdn, "destination_fqdn", "destination.fqdn", Kind::Text),
    row(Field::DestinationCountry, "destination_country", "destination.geolocation.cc", Kind::Text),
    row(Field::DestinationCity, "destination_city", "destination.geolocation.city", Kind::Text),
    row(Field::DestinationCountryName, "destination_country_name", "destination.geolocation.country", Kind::Text),
    row(Field::DestinationLatitude, "destination_latitude", "destination.geolocation.latitude", Kind::Real),
    row(Field::DestinationLongitude, "destination_longitude", "destination.geolocation.longitude", Kind::Real),
    row(Field::DestinationRegion, "destination_region", "destination.geolocation.region", Kind::Text),
    row(Field::DestinationState, "destination_state", "destination.geolocation.state", Kind::Text),
    row(Field::DestinationIp, "destination_ip", "destination.ip", Kind::Ip),
    row(Field::DestinationLocalHostname, "destination_local_hostname", "destination.local_hostname", Kind::Text),
    row(Field::DestinationLocalIp, "destination_local_ip", "destination.local_ip", Kind::Ip),
    row(Field::DestinationNetwork, "destination_network", "destination.network", Kind::Text),
    row(Field::DestinationPort, "destination_port", "destination.port", Kind::Number),
    row(Field::DestinationRegistry, "destination_registry", "destination.registry", Kind::Text),
    row(Field::DestinationReverseDns, "destination_reverse_dns", "destination.reverse_dns", Kind::Text),
    row(Field::DestinationTorNode, "destination_tor_node", "destination.tor_node", Kind::Bool),
    row(Field::DestinationUrl, "destination_url", "destination.url", Kind::Text),
    row(Field::DestinationUrlpath, "destination_urlpath", "destination.urlpath", Kind::Text),
    row(Field::Taxonomy, "taxonomy", "classification.taxonomy", Kind::Text),
    row(Field::Type, "type", "classification.type", Kind::Text),
    row(Field::Identifier, "identifier", "classification.identifier", Kind::Text),
    row(Field::Severity, "severity", "severity", Kind::Text),
    row(Field::Status, "status", "status", Kind::Text),
    row(Field::Tlp, "tlp", "tlp", Kind::Text),
    row(Field::Comment, "comment", "comment", Kind::Text),
    row(Field::Constituent, "constituent", "constituency", Kind::Text),
    row(Field::EventDescriptionTarget, "event_description_target", "event_description.target", Kind::Text),
    row(Field::EventDescriptionText, "event_description_text", "event_description.text", Kind::Text),
    row(Field::EventDescriptionUrl, "event_description_url", "event_description.url", Kind::Text),
    row(Field::EventHash, "event_hash", "event_hash", Kind::Text),
    row(Field::Extra, "extra", "extra", Kind::Json),
    row(Field::FeedAccuracy, "feed_accuracy", "feed.accuracy", Kind::Real),
    row(Field::FeedCode, "feed_code", "feed.code", Kind::Text),
    row(Field::FeedDocumentation, "feed_documentation", "feed.documentation", Kind::Text),
    row(Field::Feed, "feed", "feed.name", Kind::Text),
    row(Field::FeedProvider, "feed_provider", "feed.provider", Kind::Text),
    row(Field::FeedUrl, "feed_url", "feed.url", Kind::Text),
    row(Field::MalwareName, "malware_name", "malware.name", Kind::Text),
    row(Field::MalwareVersion, "malware_version", "malware.version", Kind::Text),
    row(Field::MalwareHashMd5, "malware_hash_md5", "malware.hash.md5", Kind::Text),
    row(Field::MalwareHashSha1, "malware_hash_sha1", "malware.hash.sha1", Kind::Text),
    row(Field::MalwareHashSha256, "malware_hash_sha256", "malware.hash.sha256", Kind::Text),
    row(Field::MispAttributeUuid, "misp_attribute_uuid", "misp.attribute_uuid", Kind::Text),
    row(Field::MispEventUuid, "misp_event_uuid", "misp.event_uuid", Kind::Text),
    row(Field::Output, "output", "output", Kind::Text),
    row(Field::ProductFullName, "product_full_name", "product.full_name", Kind::Text),
    row(Field::ProductName, "product_name", "product.name", Kind::Text),
    row(Field::ProductVendor, "product_vendor", "product.vendor", Kind::Text),
    row(Field::ProductVersion, "product_version", "product.version", Kind::Text),
    row(Field::ProductVulnerabilities, "product_vulnerabilities", "product.vulnerabilities", Kind::Text),
    row(Field::ProtocolApplication, "protocol_application", "protocol.application", Kind::Text),
    row(Field::ProtocolTransport, "protocol_transport", "protocol.transport", Kind::Text),
    row(Field::Raw, "raw", "raw", Kind::Text),
    row(Field::RtirId, "rtir_id", "rtir_id", Kind::Number),
    row(Field::ScreenshotUrl, "screenshot_url", "screenshot_url", Kind::Text),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::FIELDS;

    #[test]
    fn every_intelmq_key_has_one_column_and_every_column_one_key() {
        assert_eq!(FIELDS.len(), 89);
        for (at, spec) in FIELDS.iter().enumerate() {
            assert_eq!(spec.field as usize, at, "{}", spec.intelmq);
            assert_eq!(super::Field::by_name(spec.intelmq), Some(spec.field));
            assert_eq!(super::Field::by_name(spec.column), Some(spec.field));
        }
        assert_eq!(FIELDS.iter().map(|s| s.column).collect::<HashSet<_>>().len(), 89);
        assert_eq!(FIELDS.iter().map(|s| s.intelmq).collect::<HashSet<_>>().len(), 89);
    }
}
