//! The scopes of tokens: a right of its person each, under a name that stays.

use crate::rights::Right;

/// Right and scope. A right that is not here is for people alone; what asks for no more than to be there
/// ([`Right::Enter`]) every token may do.
const SCOPES: &[(Right, &str)] = &[
    (Right::ReadFindings, "findings:read"),
    (Right::AnswerFindings, "findings:answer"),
    (Right::ReadEvents, "events:read"),
    (Right::ReadBatches, "batches:read"),
    (Right::RunBatches, "batches:run"),
    (Right::ReadFeeds, "feeds:read"),
    (Right::ReadConstituents, "constituents:read"),
    (Right::ChangeConstituents, "constituents:change"),
    (Right::ReadNotices, "notices:read"),
    (Right::SendNotices, "notices:send"),
    (Right::ReadIncidents, "incidents:read"),
    (Right::HandleIncidents, "incidents:handle"),
    (Right::ReadFramework, "framework:read"),
    (Right::AnswerAssessments, "assessments:answer"),
    (Right::ModerateAssessments, "assessments:moderate"),
    (Right::ChangeRules, "rules:change"),
    (Right::ReadJournal, "journal:read"),
    (Right::ManageUsers, "people:manage"),
    (Right::ManageWebhooks, "webhooks:manage"),
    (Right::SwitchServices, "services:switch"),
    (Right::SetUp, "setup:change"),
    (Right::ChangeAccount, "account:change"),
    (Right::ShareViews, "views:share"),
];

impl Right {
    /// The scope that gives a token this right; `None` when no token has it.
    pub fn scope(self) -> Option<&'static str> {
        SCOPES.iter().find(|(right, _)| *right == self).map(|(_, scope)| *scope)
    }

    /// The right of a scope.
    pub fn of_scope(scope: &str) -> Option<Right> {
        SCOPES.iter().find(|(_, known)| *known == scope).map(|(right, _)| *right)
    }

    /// The rights a token may have, in the order of the form.
    pub fn scoped() -> impl Iterator<Item = Right> {
        SCOPES.iter().map(|(right, _)| *right)
    }
}

#[cfg(test)]
mod tests {
    use super::SCOPES;
    use crate::rights::Right;

    #[test]
    fn a_scope_is_one_right() {
        for (right, scope) in SCOPES {
            assert_eq!((Right::of_scope(scope), right.scope()), (Some(*right), Some(*scope)));
            assert_eq!(SCOPES.iter().filter(|(_, other)| other == scope).count(), 1, "{scope}");
        }
        assert_eq!(Right::Enter.scope(), None, "every token may");
        assert_eq!(Right::of_scope("findings"), None);
    }
}
