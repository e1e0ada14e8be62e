//! What is measured: one table. The definition in words is `figures-measure-…-how`, what is left out `figures-measure-…-out`.

/// What the cases of a measure are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// How long something took, in seconds: by the calendar, and in the hours of work.
    Time,
    /// Whether something was so.
    Share,
    /// How many there were.
    Number,
}

impl Counts {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Share => "share",
            Self::Number => "number",
        }
    }
}

/// One thing that is measured.
#[derive(Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its name.
    pub id: &'static str,
    /// What its cases are.
    pub counts: Counts,
    /// Whether less of it is better; nothing where neither is.
    pub less_is_better: Option<bool>,
}

const fn measure(id: &'static str, counts: Counts, less_is_better: Option<bool>) -> Measure {
    Measure { id, counts, less_is_better }
}

/// How old the incidents are that are open at the end of a period: the one measure that has no cases of its own.
pub(crate) const BACKLOG: &str = "backlog";

/// All of them, in the order of the page.
pub const MEASURES: &[Measure] = &[
    measure("detect", Counts::Time, Some(true)),
    measure("reply-machine", Counts::Time, Some(true)),
    measure("reply-person", Counts::Time, Some(true)),
    measure("qualify", Counts::Time, Some(true)),
    measure("triage", Counts::Time, Some(true)),
    measure("take-up", Counts::Time, Some(true)),
    measure("notify", Counts::Time, Some(true)),
    measure("contain", Counts::Time, Some(true)),
    measure("resolve", Counts::Time, Some(true)),
    measure("takedown", Counts::Time, Some(true)),
    measure(BACKLOG, Counts::Time, Some(true)),
    measure("in-time", Counts::Share, Some(false)),
    measure("promoted", Counts::Share, None),
    measure("portal", Counts::Share, None),
    measure("fixed", Counts::Share, Some(false)),
    measure("false", Counts::Share, Some(true)),
    measure("duplicate", Counts::Share, Some(true)),
    measure("reopened", Counts::Share, Some(true)),
    measure("delivered", Counts::Share, Some(false)),
    measure("answered", Counts::Share, Some(false)),
    measure("mails-in", Counts::Number, None),
    measure("mails-out", Counts::Number, None),
    measure("organisations", Counts::Number, None),
];

/// The measure of a name.
pub fn measure_of(id: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.id == id)
}

/// By what cases are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// By nothing.
    All,
    /// RSIT class.
    Class,
    /// RSIT type.
    Type,
    /// How bad.
    Severity,
    /// The sector of the constituents.
    Sector,
    /// The address it came to.
    Mailbox,
    /// How it came.
    Source,
    /// The stage of a clock.
    Stage,
    /// The stage of a clock together with how bad: `rule/stage:high`.
    StageSeverity,
    /// Whom a countermeasure went to.
    Hoster,
    /// The end of the name that a countermeasure is about.
    Tld,
    /// A constituent of the record, by its id. There may be very many, so it is counted when somebody asks and never kept.
    Constituent,
    /// The country of an address that the record is about.
    Country,
    /// The AS number of such an address: `AS64500`.
    Asn,
    /// A technique of ATT&CK that was seen.
    Technique,
    /// Who handles an incident; empty for nobody. Of the backlog of a day alone: nobody can ask for it, so it is not in [`By::ALL`].
    Owner,
}

impl By {
    /// All, in the order of the form.
    pub const ALL: [By; 15] = [
        Self::All,
        Self::Class,
        Self::Type,
        Self::Severity,
        Self::Sector,
        Self::Mailbox,
        Self::Source,
        Self::Stage,
        Self::StageSeverity,
        Self::Hoster,
        Self::Tld,
        Self::Constituent,
        Self::Country,
        Self::Asn,
        Self::Technique,
    ];

    /// The word used in SQL, addresses and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Class => "class",
            Self::Type => "type",
            Self::Severity => "severity",
            Self::Sector => "sector",
            Self::Mailbox => "mailbox",
            Self::Source => "source",
            Self::Stage => "stage",
            Self::StageSeverity => "stage-severity",
            Self::Hoster => "hoster",
            Self::Tld => "tld",
            Self::Constituent => "constituent",
            Self::Country => "country",
            Self::Asn => "asn",
            Self::Technique => "technique",
            Self::Owner => "owner",
        }
    }

    /// The message key of what it means, where its name does not say it all.
    pub fn how(self) -> Option<&'static str> {
        match self {
            Self::Constituent => Some("figures-by-constituent-how"),
            Self::Country => Some("figures-by-country-how"),
            Self::Asn => Some("figures-by-asn-how"),
            Self::Technique => Some("figures-by-technique-how"),
            _ => None,
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{By, MEASURES, measure_of};

    #[test]
    fn every_measure_has_a_name_of_its_own_and_every_word_is_read_again() {
        let names: BTreeSet<&str> = MEASURES.iter().map(|measure| measure.id).collect();
        assert_eq!(names.len(), MEASURES.len());
        assert!(MEASURES.iter().all(|measure| measure_of(measure.id) == Some(measure)));
        assert!(By::ALL.into_iter().all(|by| By::parse(by.as_str()) == Some(by)));
    }
}
