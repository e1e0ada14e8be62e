//! Who may do what: one table.

use manara_model::Tlp;

/// What a page or an action asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Be signed in: home, one's own account, leaving.
    Enter,
    /// Change what is one's own: settings, saved views, tokens, sessions. People may so with [`Right::Enter`]; a program
    /// needs a scope for it.
    ChangeAccount,
    /// See findings.
    ReadFindings,
    /// Answer for a constituent: fixed, false, undone.
    AnswerFindings,
    /// Search single events.
    ReadEvents,
    /// See batches, their rejects and their drift.
    ReadBatches,
    /// Hand files in, and process again.
    RunBatches,
    /// See feeds.
    ReadFeeds,
    /// See constituents with their networks and contacts.
    ReadConstituents,
    /// Change constituents, import lists of them.
    ChangeConstituents,
    /// See notices.
    ReadNotices,
    /// Approve, hold back and send notices.
    SendNotices,
    /// See incidents, as far as their marking allows.
    ReadIncidents,
    /// Open, change, close and merge incidents.
    HandleIncidents,
    /// See frameworks, assessments and designs, as far as their marking allows.
    ReadFramework,
    /// Answer assessments for oneself.
    AnswerAssessments,
    /// Begin assessments, record what was agreed, judge evidence, close.
    ModerateAssessments,
    /// Change rules: automatic notices, quiet periods.
    ChangeRules,
    /// Give saved views of lists to the team.
    ShareViews,
    /// Read the journal.
    ReadJournal,
    /// Add and disable people, end their sessions.
    ManageUsers,
    /// Make webhooks, and look after them.
    ManageWebhooks,
    /// Switch services on and off by hand.
    SwitchServices,
    /// Set the house up: nation, mail, the public profile, the keys mail is signed with.
    SetUp,
}

impl Right {
    /// All rights.
    pub const ALL: [Right; 24] = [
        Self::Enter,
        Self::ChangeAccount,
        Self::ReadFindings,
        Self::AnswerFindings,
        Self::ReadEvents,
        Self::ReadBatches,
        Self::RunBatches,
        Self::ReadFeeds,
        Self::ReadConstituents,
        Self::ChangeConstituents,
        Self::ReadNotices,
        Self::SendNotices,
        Self::ReadIncidents,
        Self::HandleIncidents,
        Self::ReadFramework,
        Self::AnswerAssessments,
        Self::ModerateAssessments,
        Self::ChangeRules,
        Self::ShareViews,
        Self::ReadJournal,
        Self::ManageUsers,
        Self::ManageWebhooks,
        Self::SwitchServices,
        Self::SetUp,
    ];
}

/// What a person is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Runs the installation and its people.
    Admin,
    /// Has the watch: decides what is sent.
    Duty,
    /// Works on findings and notices.
    Handler,
    /// Works on data: feeds, batches, events.
    Analyst,
    /// Looks on.
    Viewer,
}

impl Role {
    /// All roles, from most to least.
    pub const ALL: [Role; 5] = [Self::Admin, Self::Duty, Self::Handler, Self::Analyst, Self::Viewer];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Duty => "duty",
            Self::Handler => "handler",
            Self::Analyst => "analyst",
            Self::Viewer => "viewer",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Whether the role has the right.
    pub fn may(self, right: Right) -> bool {
        RIGHTS.iter().any(|(role, rights)| *role == self && rights.contains(&right))
    }

    /// How far up the TLP ladder the role looks unless said otherwise.
    pub fn clearance(self) -> Tlp {
        match self {
            Self::Admin | Self::Duty | Self::Handler => Tlp::Red,
            Self::Analyst => Tlp::AmberStrict,
            Self::Viewer => Tlp::Amber,
        }
    }
}

/// The table role x right.
pub const RIGHTS: [(Role, &[Right]); 5] = [
    (Role::Admin, &Right::ALL),
    (
        Role::Duty,
        &[
            Right::Enter,
            Right::ChangeAccount,
            Right::ReadFindings,
            Right::AnswerFindings,
            Right::ReadEvents,
            Right::ReadBatches,
            Right::RunBatches,
            Right::ReadFeeds,
            Right::ReadConstituents,
            Right::ChangeConstituents,
            Right::ReadNotices,
            Right::SendNotices,
            Right::ReadIncidents,
            Right::HandleIncidents,
            Right::ReadFramework,
            Right::AnswerAssessments,
            Right::ModerateAssessments,
            Right::ChangeRules,
            Right::ShareViews,
            Right::ReadJournal,
        ],
    ),
    (
        Role::Handler,
        &[
            Right::Enter,
            Right::ChangeAccount,
            Right::ReadFindings,
            Right::AnswerFindings,
            Right::ReadEvents,
            Right::ReadBatches,
            Right::ReadFeeds,
            Right::ReadConstituents,
            Right::ChangeConstituents,
            Right::ReadNotices,
            Right::SendNotices,
            Right::ReadIncidents,
            Right::HandleIncidents,
            Right::ReadFramework,
            Right::AnswerAssessments,
            Right::ShareViews,
            Right::ReadJournal,
        ],
    ),
    (
        Role::Analyst,
        &[
            Right::Enter,
            Right::ChangeAccount,
            Right::ReadFindings,
            Right::AnswerFindings,
            Right::ReadEvents,
            Right::ReadBatches,
            Right::RunBatches,
            Right::ReadFeeds,
            Right::ReadConstituents,
            Right::ReadNotices,
            Right::ReadIncidents,
            Right::ReadFramework,
            Right::AnswerAssessments,
            Right::ModerateAssessments,
            Right::ShareViews,
            Right::ReadJournal,
        ],
    ),
    (
        Role::Viewer,
        &[
            Right::Enter,
            Right::ChangeAccount,
            Right::ReadFindings,
            Right::ReadBatches,
            Right::ReadFeeds,
            Right::ReadConstituents,
            Right::ReadNotices,
            Right::ReadIncidents,
            Right::ReadFramework,
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::{Right, Role};

    #[test]
    fn only_the_administrator_manages_people_and_everybody_may_enter() {
        for role in Role::ALL {
            assert_eq!(role.may(Right::ManageUsers), role == Role::Admin, "{role:?}");
            assert_eq!(role.may(Right::ManageWebhooks), role == Role::Admin, "{role:?}");
            assert_eq!(role.may(Right::SwitchServices), role == Role::Admin, "{role:?}");
            assert_eq!(role.may(Right::SetUp), role == Role::Admin, "{role:?}");
            assert!(role.may(Right::Enter) && role.may(Right::ChangeAccount), "{role:?}");
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        let changes = [
            Right::AnswerFindings,
            Right::RunBatches,
            Right::ChangeConstituents,
            Right::SendNotices,
            Right::HandleIncidents,
            Right::AnswerAssessments,
            Right::ModerateAssessments,
        ];
        assert!(changes.iter().all(|right| !Role::Viewer.may(*right)), "a viewer changes nothing");
    }
}
