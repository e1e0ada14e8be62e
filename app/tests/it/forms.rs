//! What the pages do, programs do: every form of a page, and every page that shows something, has its operation of the API,
//! or stands here with the reason why programs do not need it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::answers::{PASSWORD, Server, between};
use crate::house::House;

/// Forms, and the operation that does the same; where there are several, each does a part of it.
const FORMS: &[(&str, &[&str])] = &[
    ("/account/sessions/end-others", &["POST /api/v1/me/sessions/end"]),
    ("/account/sessions/{id}/end", &["POST /api/v1/me/sessions/{id}/end"]),
    ("/account/settings", &["PUT /api/v1/me/settings"]),
    ("/account/tokens", &["POST /api/v1/me/tokens"]),
    ("/account/tokens/{id}/revoke", &["POST /api/v1/me/tokens/{id}/revoke"]),
    ("/account/views", &["POST /api/v1/views"]),
    ("/account/views/{id}", &["PATCH /api/v1/views/{id}"]),
    ("/account/views/{id}/delete", &["POST /api/v1/views/{id}/delete"]),
    ("/account/views/{id}/first", &["POST /api/v1/views/{id}/first"]),
    ("/account/views/{id}/not-first", &["POST /api/v1/views/{id}/not-first"]),
    ("/account/views/{id}/restore", &["POST /api/v1/views/{id}/restore"]),
    ("/batches", &["POST /api/v1/batches"]),
    ("/batches/{id}/process", &["POST /api/v1/batches/{id}/process"]),
    ("/bulk/{id}/do", &["POST /api/v1/bulk/{id}/resume"]),
    ("/bulk/{id}/undo", &["POST /api/v1/bulk/{id}/undo"]),
    ("/constituents/bulk", &["POST /api/v1/constituents/bulk"]),
    ("/constituents/import", &["POST /api/v1/constituents/import"]),
    ("/constituents/import/confirm", &["POST /api/v1/constituents/import"]),
    ("/constituents/new", &["POST /api/v1/constituents"]),
    ("/constituents/{id}/edit", &["PUT /api/v1/constituents/{id}"]),
    ("/constituents/{id}/merge", &["POST /api/v1/constituents/{id}/merge"]),
    ("/constituents/{id}/remove", &["POST /api/v1/constituents/{id}/remove"]),
    ("/constituents/{id}/restore", &["POST /api/v1/constituents/{id}/restore"]),
    ("/findings/bulk", &["POST /api/v1/findings/bulk"]),
    ("/findings/{id}/answer", &["POST /api/v1/findings/{id}/answer"]),
    ("/framework/assessments", &["POST /api/v1/assessments"]),
    ("/framework/assessments/{id}/answer", &["POST /api/v1/assessments/{id}/answers"]),
    ("/framework/assessments/{id}/close", &["POST /api/v1/assessments/{id}/close"]),
    ("/framework/assessments/{id}/conflicts/{conflict}", &["POST /api/v1/assessments/{id}/conflicts/{conflict}"]),
    ("/framework/assessments/{id}/designs", &["POST /api/v1/designs"]),
    ("/framework/assessments/{id}/edit", &["PATCH /api/v1/assessments/{id}"]),
    (
        "/framework/assessments/{id}/evidence",
        &["POST /api/v1/assessments/{id}/evidence", "POST /api/v1/assessments/{id}/evidence-file"],
    ),
    (
        "/framework/assessments/{id}/evidence/{evidence}/remove",
        &["POST /api/v1/assessments/{id}/evidence/{evidence}/withdraw"],
    ),
    ("/framework/assessments/{id}/figures", &["POST /api/v1/assessments/{id}/figures"]),
    // Whoever answers joins by it.
    ("/framework/assessments/{id}/join", &["POST /api/v1/assessments/{id}/answers"]),
    ("/framework/assessments/{id}/judge", &["POST /api/v1/assessments/{id}/evidence/{evidence}/judge"]),
    ("/framework/assessments/{id}/moderate", &["PUT /api/v1/assessments/{id}/items/{item}/consensus"]),
    ("/framework/assessments/{id}/reopen", &["POST /api/v1/assessments/{id}/reopen"]),
    (
        "/framework/assessments/{id}/respondents/{respondent}/restore",
        &["POST /api/v1/assessments/{id}/respondents/{respondent}/restore"],
    ),
    (
        "/framework/assessments/{id}/respondents/{respondent}/withdraw",
        &["POST /api/v1/assessments/{id}/respondents/{respondent}/withdraw"],
    ),
    ("/framework/assessments/{id}/sheets", &["POST /api/v1/assessments/{id}/sheets"]),
    ("/framework/assessments/{id}/sheets/back", &["POST /api/v1/assessments/{id}/sheets/back"]),
    ("/framework/assessments/{id}/snapshot", &["POST /api/v1/assessments/{id}/snapshots"]),
    ("/framework/assessments/{id}/table", &["POST /api/v1/assessments/{id}/table"]),
    ("/framework/days-off", &["POST /api/v1/days-off"]),
    ("/framework/days-off/list", &["POST /api/v1/days-off"]),
    ("/framework/designs/{id}/programmes", &["POST /api/v1/programmes"]),
    ("/framework/designs/{id}/state", &["POST /api/v1/designs/{id}/state"]),
    ("/framework/establish/{id}/accept", &["POST /api/v1/blocks/{id}/accept"]),
    ("/framework/establish/{id}/apply", &["POST /api/v1/blocks/{id}/apply"]),
    ("/framework/establish/{id}/assign", &["POST /api/v1/blocks/{id}/assign"]),
    ("/framework/establish/{id}/proof", &["POST /api/v1/blocks/{id}/proof", "POST /api/v1/blocks/{id}/proof/file"]),
    ("/framework/establish/{id}/refuse", &["POST /api/v1/blocks/{id}/refuse"]),
    ("/framework/establish/{id}/undo", &["POST /api/v1/blocks/{id}/undo"]),
    ("/framework/exercises/{id}/edit", &["POST /api/v1/exercises", "PATCH /api/v1/exercises/{id}"]),
    ("/framework/exercises/{id}/lessons", &["PUT /api/v1/exercises/{id}/lessons"]),
    ("/framework/exercises/{id}/lessons/{lesson}/done", &["POST /api/v1/exercises/{id}/lessons/{lesson}/done"]),
    ("/framework/exercises/{id}/restore", &["POST /api/v1/exercises/{id}/restore"]),
    ("/framework/exercises/{id}/results", &["POST /api/v1/exercises/{id}/results"]),
    ("/framework/exercises/{id}/withdraw", &["POST /api/v1/exercises/{id}/withdraw"]),
    ("/framework/law", &["POST /api/v1/assessments"]),
    ("/framework/law/{id}/{item}", &["POST /api/v1/assessments/{id}/provisions"]),
    ("/framework/manual/facts", &["PUT /api/v1/manual/facts"]),
    ("/framework/manual/{document}/read", &["POST /api/v1/manual/{document}/read"]),
    ("/framework/office", &["POST /api/v1/office/import"]),
    ("/framework/posts/{post}/fill", &["POST /api/v1/posts/{post}/fill"]),
    ("/framework/posts/{post}/leave", &["POST /api/v1/posts/{post}/leave"]),
    ("/framework/posts/{post}/rights", &["POST /api/v1/posts/{post}/rights"]),
    ("/framework/programmes/{id}/days-off", &["POST /api/v1/programmes/{id}/days-off"]),
    ("/framework/programmes/{id}/days-off/list", &["POST /api/v1/programmes/{id}/days-off"]),
    ("/framework/programmes/{id}/lines", &["POST /api/v1/programmes/{id}/lines"]),
    ("/framework/programmes/{id}/lines/{line}", &["POST /api/v1/programmes/{id}/lines/{line}"]),
    ("/framework/programmes/{id}/lines/{line}/change", &["POST /api/v1/programmes/{id}/lines/{line}/change"]),
    ("/framework/programmes/{id}/lines/{line}/remove", &["POST /api/v1/programmes/{id}/lines/{line}/removal"]),
    ("/framework/programmes/{id}/lines/{line}/restore", &["POST /api/v1/programmes/{id}/lines/{line}/restoration"]),
    (
        "/framework/programmes/{id}/own",
        &["POST /api/v1/programmes/{id}/tasks", "POST /api/v1/programmes/{id}/tasks/{task}/own"],
    ),
    ("/framework/programmes/{id}/own/{task}/remove", &["POST /api/v1/programmes/{id}/tasks/{task}/removal"]),
    ("/framework/programmes/{id}/own/{task}/restore", &["POST /api/v1/programmes/{id}/tasks/{task}/restoration"]),
    ("/framework/programmes/{id}/state", &["POST /api/v1/programmes/{id}/state"]),
    (
        "/framework/programmes/{id}/tasks/{task}/accept",
        &[
            "POST /api/v1/programmes/{id}/tasks/{task}/acceptance",
            "POST /api/v1/programmes/{id}/tasks/{task}/acceptance-file",
        ],
    ),
    ("/framework/programmes/{id}/tasks/{task}/change", &["POST /api/v1/programmes/{id}/tasks/{task}/change"]),
    ("/framework/programmes/{id}/tasks/{task}/step", &["POST /api/v1/programmes/{id}/tasks/{task}/step"]),
    ("/framework/progress", &["POST /api/v1/office/progress"]),
    ("/framework/progress/export", &["POST /api/v1/office/export"]),
    ("/framework/progress/practice", &["POST /api/v1/office/progress"]),
    ("/framework/progress/snapshot", &["POST /api/v1/office/progress"]),
    ("/framework/services/{id}", &["POST /api/v1/services/{id}"]),
    ("/framework/strategy/actions/bulk", &["POST /api/v1/strategy/actions/bulk"]),
    ("/framework/strategy/reviews/{id}/done", &["POST /api/v1/strategy/reviews/{id}/done"]),
    (
        "/framework/strategy/{kind}/{id}",
        &[
            "POST /api/v1/strategy/actions",
            "POST /api/v1/strategy/functions",
            "POST /api/v1/strategy/reviews",
            "POST /api/v1/strategy/stakeholders",
            "PUT /api/v1/strategy/actions/{id}",
            "PUT /api/v1/strategy/functions/{id}",
            "PUT /api/v1/strategy/reviews/{id}",
            "PUT /api/v1/strategy/stakeholders/{id}",
        ],
    ),
    ("/framework/strategy/{kind}/{id}/remove", &["POST /api/v1/strategy/{kind}/{id}/remove"]),
    ("/framework/strategy/{kind}/{id}/restore", &["POST /api/v1/strategy/{kind}/{id}/restore"]),
    ("/framework/training/{course}", &["POST /api/v1/courses/{id}/attempts"]),
    ("/framework/workshop/{id}/agree", &["PUT /api/v1/assessments/{id}/items/{item}/consensus"]),
    ("/framework/workshop/{id}/close", &["POST /api/v1/assessments/{id}/workshop/close"]),
    ("/framework/workshop/{id}/open", &["POST /api/v1/assessments/{id}/workshop"]),
    ("/framework/workshop/{id}/release", &["POST /api/v1/assessments/{id}/workshop/release"]),
    ("/framework/workshop/{id}/step", &["POST /api/v1/assessments/{id}/workshop/step"]),
    ("/handover", &["POST /api/v1/handovers"]),
    ("/handover/{id}/take", &["POST /api/v1/handovers/{id}/take"]),
    ("/incidents/bulk", &["POST /api/v1/incidents/bulk"]),
    ("/incidents/gather", &["POST /api/v1/incidents"]),
    ("/incidents/import", &["POST /api/v1/imports"]),
    ("/incidents/import/{id}/go", &["POST /api/v1/imports/{id}/go"]),
    ("/incidents/link", &["POST /api/v1/incidents/{id}/link"]),
    ("/incidents/new", &["POST /api/v1/incidents"]),
    ("/incidents/rules", &["POST /api/v1/incident-rules/{rule}/switch"]),
    ("/incidents/{id}/clocks", &["POST /api/v1/incidents/{id}/clocks"]),
    ("/incidents/{id}/clocks/{clock}/met", &["POST /api/v1/incidents/{id}/clocks/{clock}/met"]),
    ("/incidents/{id}/clocks/{clock}/moments", &["POST /api/v1/incidents/{id}/clocks/{clock}/moments"]),
    ("/incidents/{id}/clocks/{clock}/stop", &["POST /api/v1/incidents/{id}/clocks/{clock}/stop"]),
    ("/incidents/{id}/clocks/{clock}/unmet", &["POST /api/v1/incidents/{id}/clocks/{clock}/unmet"]),
    ("/incidents/{id}/close", &["POST /api/v1/incidents/{id}/close"]),
    ("/incidents/{id}/edit", &["PATCH /api/v1/incidents/{id}"]),
    ("/incidents/{id}/evidence", &["POST /api/v1/incidents/{id}/evidence"]),
    ("/incidents/{id}/evidence/{item}/check", &["POST /api/v1/incidents/{id}/evidence/{item}/check"]),
    ("/incidents/{id}/evidence/{item}/file", &["POST /api/v1/incidents/{id}/evidence/{item}/file"]),
    ("/incidents/{id}/evidence/{item}/hand", &["POST /api/v1/incidents/{id}/evidence/{item}/hand"]),
    ("/incidents/{id}/evidence/{item}/remove", &["POST /api/v1/incidents/{id}/evidence/{item}/remove"]),
    ("/incidents/{id}/evidence/{item}/restore", &["POST /api/v1/incidents/{id}/evidence/{item}/restore"]),
    ("/incidents/{id}/fields", &["POST /api/v1/incidents/{id}/fields"]),
    ("/incidents/{id}/follow", &["POST /api/v1/incidents/{id}/follow"]),
    ("/incidents/{id}/mailbox", &["POST /api/v1/incidents/{id}/mailbox"]),
    ("/incidents/{id}/merge", &["POST /api/v1/incidents/{id}/merge"]),
    ("/incidents/{id}/moments", &["POST /api/v1/incidents/{id}/moments"]),
    ("/incidents/{id}/notes", &["POST /api/v1/incidents/{id}/notes"]),
    ("/incidents/{id}/notes/{note}", &["PUT /api/v1/incidents/{id}/notes/{note}"]),
    ("/incidents/{id}/notes/{note}/restore", &["POST /api/v1/incidents/{id}/notes/{note}/restore"]),
    ("/incidents/{id}/notes/{note}/strike", &["POST /api/v1/incidents/{id}/notes/{note}/strike"]),
    ("/incidents/{id}/observables", &["POST /api/v1/incidents/{id}/observables"]),
    ("/incidents/{id}/observables/note", &["POST /api/v1/incidents/{id}/observables/note"]),
    ("/incidents/{id}/observables/remove", &["POST /api/v1/incidents/{id}/observables/remove"]),
    ("/incidents/{id}/observables/restore", &["POST /api/v1/incidents/{id}/observables/restore"]),
    ("/incidents/{id}/part", &["POST /api/v1/incidents/{id}/part"]),
    ("/incidents/{id}/playbooks", &["POST /api/v1/incidents/{id}/playbooks/{playbook}/apply"]),
    ("/incidents/{id}/playbooks/{playbook}/remove", &["POST /api/v1/incidents/{id}/playbooks/{playbook}/remove"]),
    ("/incidents/{id}/relate", &["POST /api/v1/incidents/{id}/relate"]),
    ("/incidents/{id}/reopen", &["POST /api/v1/incidents/{id}/reopen"]),
    ("/incidents/{id}/review", &["POST /api/v1/incidents/{id}/review"]),
    ("/incidents/{id}/split", &["POST /api/v1/incidents/{id}/split"]),
    ("/incidents/{id}/tag", &["POST /api/v1/incidents/{id}/tag"]),
    ("/incidents/{id}/take", &["POST /api/v1/incidents/{id}/take"]),
    ("/incidents/{id}/tasks", &["POST /api/v1/incidents/{id}/tasks"]),
    ("/incidents/{id}/tasks/{task}", &["PATCH /api/v1/incidents/{id}/tasks/{task}"]),
    (
        "/incidents/{id}/tasks/{task}/{step}",
        &[
            "POST /api/v1/incidents/{id}/tasks/{task}/done",
            "POST /api/v1/incidents/{id}/tasks/{task}/remove",
            "POST /api/v1/incidents/{id}/tasks/{task}/reopen",
            "POST /api/v1/incidents/{id}/tasks/{task}/restore",
            "POST /api/v1/incidents/{id}/tasks/{task}/skip",
        ],
    ),
    ("/incidents/{id}/techniques", &["POST /api/v1/incidents/{id}/techniques"]),
    ("/incidents/{id}/techniques/remove", &["POST /api/v1/incidents/{id}/techniques/remove"]),
    ("/incidents/{id}/unfollow", &["POST /api/v1/incidents/{id}/unfollow"]),
    ("/incidents/{id}/unlink", &["POST /api/v1/incidents/{id}/unlink"]),
    ("/incidents/{id}/unrelate", &["POST /api/v1/incidents/{id}/unrelate"]),
    ("/incidents/{id}/untag", &["POST /api/v1/incidents/{id}/untag"]),
    ("/incidents/{id}/write", &["POST /api/v1/incidents/{id}/write"]),
    ("/mail", &["POST /api/v1/mail"]),
    ("/mail/addresses/lift", &["POST /api/v1/mail/addresses/lift"]),
    ("/mail/addresses/suspend", &["POST /api/v1/mail/addresses/suspend"]),
    ("/mail/certificates", &["POST /api/v1/mail-certificates"]),
    ("/mail/certificates/{fingerprint}/remove", &["POST /api/v1/mail-certificates/{fingerprint}/remove"]),
    ("/mail/certificates/{fingerprint}/restore", &["POST /api/v1/mail-certificates/{fingerprint}/restore"]),
    ("/mail/deliveries/{id}/retry", &["POST /api/v1/mail/deliveries/{id}/retry"]),
    ("/mail/deliveries/{id}/stop", &["POST /api/v1/mail/deliveries/{id}/stop"]),
    ("/mail/held/bulk", &["POST /api/v1/mail/held/bulk"]),
    ("/mail/held/{id}", &["POST /api/v1/mail/held/{id}/decide"]),
    ("/mail/keys", &["POST /api/v1/mail-keys"]),
    ("/mail/keys/find", &["POST /api/v1/mail-keys/find"]),
    ("/mail/keys/generate", &["POST /api/v1/mail-keys/generate"]),
    ("/mail/keys/rotate", &["POST /api/v1/mail-keys/rotate"]),
    ("/mail/keys/{fingerprint}/accept", &["POST /api/v1/mail-keys/{fingerprint}/accept"]),
    ("/mail/keys/{fingerprint}/reject", &["POST /api/v1/mail-keys/{fingerprint}/reject"]),
    ("/mail/keys/{fingerprint}/remove", &["POST /api/v1/mail-keys/{fingerprint}/remove"]),
    ("/mail/keys/{fingerprint}/restore", &["POST /api/v1/mail-keys/{fingerprint}/restore"]),
    ("/notices/approve", &["POST /api/v1/notices/{id}/approve"]),
    ("/notices/bulk", &["POST /api/v1/notices/bulk"]),
    ("/notices/bulk/help-given", &["POST /api/v1/notices/bulk"]),
    ("/notices/cancel", &["POST /api/v1/notices/{id}/cancel"]),
    ("/notices/help-given", &["POST /api/v1/notices/{id}/help-given"]),
    ("/notices/redraft", &["POST /api/v1/notices/{id}/redraft"]),
    ("/notices/retry", &["POST /api/v1/notices/{id}/retry"]),
    ("/picture/digest", &["POST /api/v1/digest/wish"]),
    ("/picture/digest/stop", &["POST /api/v1/digest/wish/stop"]),
    ("/research/ask", &["POST /api/v1/research/ask"]),
    ("/setup/dismiss", &["POST /api/v1/setup/dismiss"]),
    ("/setup/mail", &["PUT /api/v1/setup/mail", "POST /api/v1/setup/mail/test"]),
    ("/setup/nation", &["PUT /api/v1/setup/nation"]),
    ("/setup/profile", &["PUT /api/v1/profile"]),
    ("/tasks/seen", &["POST /api/v1/mentions/seen"]),
    ("/tickets/bulk", &["POST /api/v1/tickets/bulk"]),
    ("/tickets/new", &["POST /api/v1/tickets"]),
    ("/tickets/{id}/comment", &["POST /api/v1/tickets/{id}/comments"]),
    ("/tickets/{id}/edit", &["PATCH /api/v1/tickets/{id}"]),
    ("/tickets/{id}/incident", &["POST /api/v1/tickets/{id}/incident"]),
    ("/tickets/{id}/link", &["POST /api/v1/tickets/{id}/link"]),
    ("/tickets/{id}/merge", &["POST /api/v1/tickets/{id}/merge"]),
    ("/tickets/{id}/messages/{message}/move", &["POST /api/v1/tickets/{id}/messages/{message}/move"]),
    ("/tickets/{id}/messages/{message}/release", &["POST /api/v1/mail/drafts/{id}/release"]),
    ("/tickets/{id}/messages/{message}/return", &["POST /api/v1/mail/drafts/{id}/return"]),
    ("/tickets/{id}/messages/{message}/withdraw", &["POST /api/v1/mail/drafts/{id}/withdraw"]),
    ("/tickets/{id}/split", &["POST /api/v1/tickets/{id}/split"]),
    ("/tickets/{id}/state", &["POST /api/v1/tickets/{id}/move"]),
    ("/tickets/{id}/tag", &["POST /api/v1/tickets/{id}/tag"]),
    ("/tickets/{id}/take", &["POST /api/v1/tickets/{id}/assign"]),
    ("/tickets/{id}/unlink", &["POST /api/v1/tickets/{id}/unlink"]),
    ("/tickets/{id}/untag", &["POST /api/v1/tickets/{id}/untag"]),
    ("/tickets/{id}/write", &["POST /api/v1/tickets/{id}/messages"]),
    ("/users", &["POST /api/v1/users"]),
    ("/users/bulk", &["POST /api/v1/users/bulk"]),
    ("/users/{id}/disable", &["POST /api/v1/users/{id}/disable"]),
    ("/users/{id}/enable", &["POST /api/v1/users/{id}/enable"]),
    ("/users/{id}/mailboxes", &["POST /api/v1/users/{id}/mailboxes"]),
    ("/users/{id}/password", &["POST /api/v1/users/{id}/password"]),
    ("/users/{id}/role", &["POST /api/v1/users/{id}/role"]),
    ("/users/{id}/sign-out", &["POST /api/v1/users/{id}/sign-out"]),
    ("/webhooks", &["POST /api/v1/webhooks"]),
    ("/webhooks/{id}/deliveries/{delivery}/again", &["POST /api/v1/webhooks/{id}/deliveries/{delivery}/again"]),
    ("/webhooks/{id}/disable", &["POST /api/v1/webhooks/{id}/disable"]),
    ("/webhooks/{id}/enable", &["POST /api/v1/webhooks/{id}/enable"]),
    ("/webhooks/{id}/remove", &["POST /api/v1/webhooks/{id}/remove"]),
    ("/webhooks/{id}/restore", &["POST /api/v1/webhooks/{id}/restore"]),
];

const NO_ACCOUNT: &str = "for people outside, without an account: their link is what opens it, and no token is theirs";

/// Forms that programs do not need, and why.
const FORMS_OF_PEOPLE: &[(&str, &str)] = &[
    ("/a/{token}", NO_ACCOUNT),
    ("/a/{token}/table", NO_ACCOUNT),
    ("/account/password", "a token that is lost must not lock its person out: the old password is typed at the door"),
    ("/login", "a program has a token"),
    ("/logout", "a program has a token, which it throws away or revokes"),
    ("/report", NO_ACCOUNT),
    ("/report/follow", NO_ACCOUNT),
    ("/report/more", NO_ACCOUNT),
    ("/setup", "makes the first account; before it there is no token"),
    ("/w/join", NO_ACCOUNT),
    ("/w/{token}", NO_ACCOUNT),
];

/// Pages, and the operations that give what they show.
const PAGES: &[(&str, &[&str])] = &[
    ("/", &["/home"]),
    ("/account", &["/me", "/me/sessions"]),
    ("/account/settings", &["/me/settings"]),
    ("/account/tokens", &["/me/tokens"]),
    ("/account/views", &["/views"]),
    ("/batches", &["/batches"]),
    ("/batches/{id}", &["/batches/{id}", "/batches/{id}/rejects"]),
    ("/batches/{id}/raw", &["/batches/{id}/raw"]),
    ("/bulk/{id}", &["/bulk/{id}"]),
    ("/clocks", &["/clocks"]),
    ("/clocks/hours", &["/working-hours"]),
    ("/clocks/rules", &["/clock-rules"]),
    ("/constituents", &["/constituents"]),
    ("/constituents/export/{format}", &["/constituents/export"]),
    ("/constituents/overlaps", &["/constituents/overlaps", "/constituents/shared-as"]),
    ("/constituents/{id}", &["/constituents/{id}"]),
    ("/events", &["/events"]),
    ("/events/intelmq", &["/events/intelmq"]),
    ("/feeds", &["/feeds"]),
    ("/feeds/{name}", &["/feeds/{name}", "/feeds/{name}/entries"]),
    ("/figures/response", &["/figures/response"]),
    ("/figures/response/cases", &["/figures/response/cases"]),
    ("/figures/response/report", &["/figures/response/report"]),
    ("/findings", &["/findings"]),
    ("/findings/{id}", &["/findings/{id}"]),
    ("/framework", &["/frameworks", "/assessments"]),
    ("/framework/assessments/{id}", &["/assessments/{id}", "/assessments/{id}/score", "/assessments/{id}/snapshots"]),
    ("/framework/assessments/{id}/answer", &["/assessments/{id}/evidence", "/assessments/{id}/export"]),
    ("/framework/assessments/{id}/design", &["/assessments/{id}/design"]),
    ("/framework/assessments/{id}/design/document", &["/assessments/{id}/design/document"]),
    ("/framework/assessments/{id}/evidence/{evidence}", &["/assessments/{id}/evidence/{evidence}"]),
    ("/framework/assessments/{id}/exchange", &["/assessments/{id}/sheets", "/assessments/{id}/conflicts"]),
    ("/framework/assessments/{id}/export", &["/assessments/{id}/export"]),
    ("/framework/assessments/{id}/figures", &["/assessments/{id}/figures"]),
    (
        "/framework/assessments/{id}/moderate",
        &[
            "/assessments/{id}/respondents",
            "/assessments/{id}/items/{item}/consensus",
            "/assessments/{id}/items/{item}/history",
        ],
    ),
    ("/framework/assessments/{id}/report", &["/assessments/{id}/report"]),
    ("/framework/attempts/{id}", &["/attempts/{id}"]),
    ("/framework/catalogues/{id}", &["/frameworks/{id}"]),
    ("/framework/catalogues/{id}/export", &["/frameworks/{id}/export"]),
    ("/framework/certificates/{number}", &["/certificates/{number}"]),
    ("/framework/compare", &["/assessments/{id}/since/{before}"]),
    ("/framework/days-off", &["/days-off"]),
    ("/framework/designs", &["/designs"]),
    ("/framework/designs/{id}", &["/designs/{id}"]),
    ("/framework/designs/{id}/document", &["/designs/{id}/document"]),
    ("/framework/establish", &["/blocks"]),
    ("/framework/establish/{id}", &["/blocks/{id}", "/blocks/{id}/proof"]),
    ("/framework/establish/{id}/proof", &["/blocks/{id}/proof/file"]),
    ("/framework/exercises", &["/exercises"]),
    ("/framework/exercises.ics", &["/exercises"]),
    ("/framework/exercises/lessons", &["/exercises", "/exercises/{id}"]),
    ("/framework/exercises/{id}", &["/exercises/{id}"]),
    ("/framework/in-force", &["/in-force"]),
    ("/framework/law", &["/assessments"]),
    ("/framework/law/{id}", &["/assessments/{id}/provisions"]),
    ("/framework/law/{id}/{item}", &["/assessments/{id}/provisions"]),
    ("/framework/manual", &["/manual"]),
    ("/framework/manual/facts", &["/manual/facts"]),
    ("/framework/manual/readers", &["/manual/readers"]),
    ("/framework/manual/whole", &["/manual"]),
    ("/framework/manual/{document}", &["/manual"]),
    ("/framework/office", &["/office"]),
    ("/framework/programmes", &["/programmes"]),
    ("/framework/programmes/{id}", &["/programmes/{id}", "/programmes/{id}/lines"]),
    ("/framework/programmes/{id}/days-off", &["/programmes/{id}/days-off"]),
    ("/framework/programmes/{id}/export", &["/programmes/{id}/export"]),
    ("/framework/programmes/{id}/tasks/{task}", &["/programmes/{id}/tasks/{task}"]),
    ("/framework/programmes/{id}/tasks/{task}/evidence", &["/programmes/{id}/tasks/{task}/evidence"]),
    ("/framework/programmes/{id}/what-if", &["/programmes/{id}/what-if"]),
    ("/framework/progress", &["/office/progress"]),
    ("/framework/quality", &["/quality"]),
    ("/framework/services", &["/services"]),
    ("/framework/strategy", &["/strategy"]),
    ("/framework/strategy/actions", &["/strategy/actions"]),
    ("/framework/strategy/functions", &["/strategy/functions"]),
    ("/framework/strategy/reviews", &["/strategy/reviews"]),
    ("/framework/strategy/reviews.ics", &["/strategy/reviews"]),
    ("/framework/strategy/roles", &["/strategy/stakeholders"]),
    ("/framework/training", &["/courses", "/attempts"]),
    ("/framework/training/{course}", &["/courses/{id}"]),
    ("/framework/workshop", &["/assessments"]),
    ("/framework/workshop/{id}", &["/assessments/{id}/workshop"]),
    ("/handover", &["/handovers"]),
    ("/incidents", &["/incidents"]),
    ("/incidents/import", &["/imports"]),
    ("/incidents/import/{id}", &["/imports/{id}", "/imports/{id}/refused"]),
    ("/incidents/rules", &["/incident-rules"]),
    ("/incidents/{id}", &["/incidents/{id}", "/incidents/{id}/findings", "/incidents/{id}/notes"]),
    ("/incidents/{id}/clocks", &["/incidents/{id}/clocks", "/incidents/{id}/moments"]),
    ("/incidents/{id}/custody", &["/incidents/{id}/custody"]),
    ("/incidents/{id}/evidence", &["/incidents/{id}/evidence"]),
    ("/incidents/{id}/evidence/{item}", &["/incidents/{id}/evidence/{item}"]),
    ("/incidents/{id}/evidence/{item}/file", &["/incidents/{id}/evidence/{item}/file"]),
    ("/incidents/{id}/fields", &["/own-fields", "/incidents/{id}"]),
    ("/incidents/{id}/letters/{letter}", &["/letters", "/tickets/{id}/letters/{letter}"]),
    ("/incidents/{id}/observables", &["/incidents/{id}/observables", "/incidents/{id}/seen-before"]),
    ("/incidents/{id}/report", &["/incidents/{id}/report"]),
    ("/incidents/{id}/review", &["/incidents/{id}/review"]),
    ("/incidents/{id}/tags", &["/incidents/{id}"]),
    ("/incidents/{id}/tasks", &["/incidents/{id}/tasks"]),
    ("/incidents/{id}/tasks/{task}", &["/incidents/{id}/tasks/{task}"]),
    ("/journal", &["/journal"]),
    ("/live", &["/stream"]),
    ("/mail", &["/mail/queue", "/mail/drafts", "/mail/held", "/mail/addresses"]),
    ("/mail/addresses", &["/mail/addresses"]),
    ("/mail/certificates/{fingerprint}", &["/mail-certificates/{fingerprint}"]),
    ("/mail/drafts", &["/mail/drafts"]),
    ("/mail/held", &["/mail/held"]),
    ("/mail/held/{id}", &["/mail/held/{id}"]),
    ("/mail/held/{id}/files/{position}", &["/mail/held/{id}/files/{position}"]),
    ("/mail/held/{id}/raw", &["/mail/held/{id}/raw"]),
    ("/mail/keys", &["/mail-keys", "/mail-certificates"]),
    ("/mail/keys/missing", &["/mail-keys/missing"]),
    ("/mail/keys/{fingerprint}", &["/mail-keys/{fingerprint}"]),
    ("/mail/keys/{fingerprint}/certificate", &["/mail-keys/{fingerprint}"]),
    ("/mail/queue", &["/mail/queue"]),
    ("/notices", &["/notices"]),
    ("/notices/mailbox", &["/mailbox"]),
    ("/notices/mailbox/{id}", &["/mailbox/{notice}"]),
    ("/notices/mailbox/{id}/message.eml", &["/mailbox/{notice}/raw"]),
    ("/notices/{id}", &["/notices/{id}", "/notices/{id}/preview"]),
    ("/notices/{id}/files/{name}", &["/notices/{id}/files/{name}"]),
    ("/picture", &["/picture/{table}"]),
    ("/picture/digest", &["/digest", "/digest/wish"]),
    ("/research", &["/research"]),
    ("/search", &["/search"]),
    ("/setup/mail", &["/setup/mail"]),
    ("/setup/nation", &["/setup/nation"]),
    ("/setup/profile", &["/profile"]),
    ("/setup/profile/print", &["/profile/document"]),
    ("/setup/steps", &["/setup"]),
    ("/tasks", &["/tasks", "/mentions"]),
    ("/tickets", &["/tickets"]),
    ("/tickets/{id}", &["/tickets/{id}", "/tickets/{id}/messages"]),
    ("/tickets/{id}/messages/{message}/files/{position}", &["/tickets/{id}/messages/{message}/files/{position}"]),
    ("/tickets/{id}/messages/{message}/raw", &["/tickets/{id}/messages/{message}/raw"]),
    ("/tickets/{id}/tags", &["/tickets/{id}"]),
    ("/users", &["/users"]),
    ("/users/{id}", &["/users/{id}"]),
    ("/users/{id}/mailboxes", &["/users/{id}"]),
    ("/wall", &["/home", "/picture/{table}"]),
    ("/webhooks", &["/webhooks"]),
    ("/webhooks/{id}", &["/webhooks/{id}", "/webhooks/{id}/deliveries"]),
];

const FORM: &str = "an empty form, or the record in one: what the form does is the operation";
const ASKS: &str = "asks whether it is meant";
const OPEN: &str = "everybody reads it, without a token";

/// Pages that programs do not need, and why.
const PAGES_OF_PEOPLE: &[(&str, &str)] = &[
    ("/.well-known/openpgpkey/hu/{name}", OPEN),
    ("/.well-known/openpgpkey/policy", OPEN),
    ("/.well-known/openpgpkey/{domain}/hu/{name}", OPEN),
    ("/.well-known/openpgpkey/{domain}/policy", OPEN),
    ("/.well-known/security.txt", OPEN),
    ("/a/{token}", NO_ACCOUNT),
    ("/a/{token}/answers.csv", NO_ACCOUNT),
    ("/about", OPEN),
    ("/about/design", OPEN),
    ("/about/languages", OPEN),
    ("/account/tokens/{id}/revoke", ASKS),
    ("/api", OPEN),
    ("/api/openapi.json", OPEN),
    ("/constituents/import", FORM),
    ("/constituents/new", FORM),
    ("/constituents/{id}/edit", FORM),
    ("/events/sql", "the form of a question in SQL, which is POST /api/v1/query"),
    ("/framework/exercises/new", FORM),
    ("/framework/exercises/{id}/edit", FORM),
    ("/framework/programmes/{id}/lines/{line}", FORM),
    ("/framework/programmes/{id}/own", FORM),
    ("/framework/services/{id}/off", ASKS),
    ("/framework/strategy/{kind}/{id}", FORM),
    ("/health/live", OPEN),
    ("/health/ready", OPEN),
    ("/incidents/new", FORM),
    ("/incidents/{id}/close", FORM),
    ("/incidents/{id}/edit", FORM),
    ("/incidents/{id}/mailbox", FORM),
    ("/incidents/{id}/notes/{note}", FORM),
    ("/incidents/{id}/part", FORM),
    ("/incidents/{id}/write", FORM),
    ("/keys", "the keys of the keyboard"),
    ("/login", FORM),
    ("/report", NO_ACCOUNT),
    ("/report/follow", NO_ACCOUNT),
    ("/rfc2350", OPEN),
    ("/setup", FORM),
    ("/setup/feed", FORM),
    ("/setup/networks", FORM),
    ("/tickets/new", FORM),
    ("/tickets/{id}/edit", FORM),
    ("/tickets/{id}/incident", FORM),
    ("/tickets/{id}/write", FORM),
    ("/users/{id}/disable", ASKS),
    ("/w/join", NO_ACCOUNT),
    ("/w/{token}", NO_ACCOUNT),
];

/// The routes of a method: those of pages, and those of the API.
fn routes(method: &str) -> (BTreeSet<&'static str>, BTreeSet<&'static str>) {
    let lines = include_str!("../routes.txt").lines();
    let split = lines.filter_map(|line| line.split_once(char::is_whitespace)).filter(|(found, _)| *found == method);
    split.filter_map(|(_, rest)| rest.split_whitespace().next()).partition(|path| !path.starts_with("/api/v1/"))
}

/// What stands in a table, each once.
fn told<T: Copy>(table: &[(&'static str, T)], of_people: &[(&'static str, &str)]) -> BTreeSet<&'static str> {
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for path in table.iter().map(|(path, _)| *path).chain(of_people.iter().map(|(path, _)| *path)) {
        *all.entry(path).or_default() += 1;
    }
    let twice: Vec<_> = all.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "said twice: {twice:?}");
    assert!(of_people.iter().all(|(_, why)| why.len() > 10), "each with its reason");
    all.into_keys().collect()
}

#[test]
fn every_form_of_a_page_has_an_operation_or_a_reason() {
    let (forms, _) = routes("POST");
    let told = told(FORMS, FORMS_OF_PEOPLE);
    let new: Vec<_> = forms.difference(&told).collect();
    assert!(new.is_empty(), "forms without an operation of the API and without a reason: {new:?}");
    let gone: Vec<_> = told.difference(&forms).collect();
    assert!(gone.is_empty(), "there is no such form any more: {gone:?}");
    for (form, operations) in FORMS {
        assert!(!operations.is_empty(), "{form}");
        for operation in *operations {
            let (method, path) = operation.split_once(' ').expect("a method and a path");
            assert!(routes(method).1.contains(path), "{form}: there is no operation {operation}");
        }
    }
}

#[test]
fn every_page_that_shows_something_has_an_operation_or_a_reason() {
    let (pages, operations) = routes("GET");
    let told = told(PAGES, PAGES_OF_PEOPLE);
    let new: Vec<_> = pages.difference(&told).collect();
    assert!(new.is_empty(), "pages without an operation of the API and without a reason: {new:?}");
    let gone: Vec<_> = told.difference(&pages).collect();
    assert!(gone.is_empty(), "there is no such page any more: {gone:?}");
    for (page, shown) in PAGES {
        for path in *shown {
            assert!(operations.contains(format!("/api/v1{path}").as_str()), "{page}: there is no GET {path}");
        }
    }
}

/// Templates with a long text that browsers do not keep, by the end of their path, and why.
const NOT_KEPT: &[(&str, &str)] = &[
    ("constituency/import.html", PASTED),
    ("framework/workshop_seat.html", STRANGER),
    ("response/import/list.html", PASTED),
    ("response/public_follow.html", STRANGER),
    ("response/public_form.html", STRANGER),
    ("setup/networks.html", PASTED),
    ("warning/answer.html", STRANGER),
];

const PASTED: &str = "pasted from elsewhere, where it still is";
const STRANGER: &str = "of people without an account: on a browser that is not theirs nothing stays";

/// Templates with a form that neither says at its field why it was refused nor is kept in the browser, and why.
const SAID_ELSEWHERE: &[(&str, &str)] = &[
    ("constituency/form.html", ONE),
    ("constituency/import.html", PASTED),
    ("constituency/list.html", MANY),
    ("framework/assessment.html", ONE),
    ("framework/office.html", FILE),
    ("framework/programme_keep.html", "a part of the page of the designs, which says it"),
    ("framework/programme_what_if.html", "one name; the page of the design comes back with it"),
    ("framework/workshop_join.html", "comes back as the page of whoever joins, with what was typed"),
    ("framework/workshop_seat.html", STRANGER),
    ("research.html", ONE),
    ("response/import/list.html", PASTED),
    ("response/incident.html", ONE),
    ("response/incidents.html", MANY),
    ("response/public_ask.html", ONE),
    ("response/public_follow.html", "says it over its one field"),
    ("response/tickets/keys.html", ONE),
    ("response/tickets/list.html", MANY),
    ("response/tickets/ticket.html", ONE),
    ("response/work/tags.html", ONE),
    ("response/work/tasks.html", ONE),
    ("setup/networks.html", PASTED),
    ("warning/answer.html", "names every line that is wrong over the table of all"),
    ("watch/batches.html", FILE),
    ("web/login.html", "tells nobody whether the name or the password was wrong"),
];

const ONE: &str = "one number, name or word, which is soon said again";
const MANY: &str = "asks first what is done to many";
const FILE: &str = "a file, which no browser keeps";

/// The templates of a folder and those in it.
fn templates(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of templates") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            templates(&path, found);
        } else if path.extension().is_some_and(|end| end == "html") {
            found.push(path);
        }
    }
}

/// A form of a template that is sent: where it is, the tag it begins with, all of it, and the parts it takes in.
struct Form {
    path: String,
    tag: String,
    whole: String,
    parts: String,
}

fn sent_forms() -> Vec<Form> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut all = Vec::new();
    templates(&root.join("app/templates"), &mut all);
    templates(&root.join("base/web/templates"), &mut all);
    for plane in std::fs::read_dir(root.join("planes")).expect("the planes") {
        let folder = plane.expect("a plane").path().join("templates");
        if folder.is_dir() {
            templates(&folder, &mut all);
        }
    }
    let read =
        |path: PathBuf| (path.to_str().expect("text").to_string(), std::fs::read_to_string(&path).expect("a template"));
    let all: Vec<(String, String)> = all.into_iter().map(read).collect();
    let mut forms = Vec::new();
    for (path, template) in &all {
        for rest in template.split("<form ").skip(1) {
            let whole = rest.split("</form>").next().unwrap_or_default().to_string();
            let tag = whole.split("{{ page.csrf() }}").next().unwrap_or_default().to_string();
            if tag.contains("method=\"post\"") {
                let mut parts = String::new();
                for name in whole.split("{% include \"").skip(1).filter_map(|rest| rest.split('"').next()) {
                    let end = format!("/{name}");
                    let found = all.iter().filter(|(path, _)| path.ends_with(&end));
                    found.for_each(|(_, text)| parts.push_str(text));
                }
                forms.push(Form { path: path.clone(), tag, whole, parts });
            }
        }
    }
    assert!(forms.len() > 100, "the templates are found");
    forms
}

/// What is found stands in the table, and nothing else does.
fn stand_in(found: &BTreeSet<String>, table: &[(&str, &str)], what: &str) {
    let untold: Vec<_> = found.iter().filter(|path| !table.iter().any(|(end, _)| path.ends_with(end))).collect();
    assert!(untold.is_empty(), "{what}: {untold:?}");
    for (end, why) in table {
        assert!(why.len() > 10 && found.iter().any(|path| path.ends_with(end)), "{end} need not stand there: {why}");
    }
}

#[test]
fn every_long_text_is_kept_in_the_browser_or_has_a_reason() {
    let forms = sent_forms().into_iter();
    let without = forms.filter(|form| form.whole.contains("<textarea") && !form.tag.contains("data-keep"));
    let without = without.map(|form| form.path).collect();
    stand_in(&without, NOT_KEPT, "a form with a long text and without data-keep");
}

#[test]
fn every_form_one_writes_into_says_at_its_field_why_it_was_refused_or_is_kept() {
    const WRITTEN: [&str; 6] =
        ["<textarea", "<input name=", "<input id=", "type=\"email\"", "type=\"url\"", "type=\"tel\""];
    const SAYS: [&str; 5] = ["mistake.mark", "mistake.below", "invalid(", "is_wrong(", "aria-invalid"];
    let forms = sent_forms().into_iter();
    let silent = forms.filter(|form| {
        WRITTEN.iter().any(|field| form.whole.contains(field))
            && !form.tag.contains("data-keep")
            && !SAYS.iter().any(|sign| form.whole.contains(sign) || form.parts.contains(sign))
    });
    let silent = silent.map(|form| form.path).collect();
    stand_in(&silent, SAID_ELSEWHERE, "a form that loses what was typed when it is refused");
}

/// A house with an administrator, who is signed in.
fn administered(folder: &Path) -> (Server, String) {
    let house = House::new(folder.join("data"));
    let password = folder.join("password");
    std::fs::write(&password, PASSWORD).expect("written");
    house.done(&["init", "--password-file", password.to_str().expect("text"), "--json"]);
    let server = Server::start(&house);
    let admin = server.sign_in("admin");
    (server, admin)
}

/// The tag of a field of a page.
fn field<'p>(page: &'p str, name: &str) -> &'p str {
    let named = format!(r#" name="{name}""#);
    let at = page.find(&named).unwrap_or_else(|| panic!("there is no field {name}: {page}"));
    let begin = page[..at].rfind('<').expect("the beginning of a tag");
    page[begin..].split('>').next().expect("a tag")
}

/// A name and its value.
type Pair<'a> = (&'a str, &'a str);

const NATION: &[Pair<'_>] = &[("country", "EG"), ("zone", "Africa/Cairo"), ("languages", "en"), ("language", "en")];
const MAIL: &[Pair<'_>] = &[
    ("transport", "smtp"),
    ("from_mail", "cirt@cirt.example"),
    ("host", "127.0.0.1"),
    ("port", "25"),
    ("tls", "none"),
    ("login", ""),
    ("password", ""),
];
const PROFILE: &[Pair<'_>] = &[];

#[test]
fn the_forms_of_setting_up_say_at_the_field_what_is_wrong_and_keep_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, admin) = administered(folder.path());
    let long = "x".repeat(1_001);
    // The page, what is right, what is wrong, and what was typed besides.
    let cases: [(&str, &[Pair<'_>], Pair<'_>, Pair<'_>); 13] = [
        ("/setup/nation", NATION, ("country", "Atlantis"), ("name_en", "Siraj")),
        ("/setup/nation", NATION, ("zone", "Cairo"), ("name_en", "Siraj")),
        ("/setup/nation", NATION, ("language", "fr"), ("name_en", "Siraj")),
        ("/setup/nation", NATION, ("name_fr", &long), ("name_en", "Siraj")),
        ("/setup/mail", MAIL, ("from_mail", "nobody"), ("from_name", "Siraj")),
        ("/setup/mail", MAIL, ("from_name", &long), ("host", "127.0.0.1")),
        ("/setup/mail", MAIL, ("host", "a b"), ("from_name", "Siraj")),
        ("/setup/mail", MAIL, ("port", "0"), ("from_name", "Siraj")),
        ("/setup/mail", MAIL, ("tls", "perhaps"), ("from_name", "Siraj")),
        ("/setup/mail", MAIL, ("login", "cirt"), ("from_name", "Siraj")),
        ("/setup/profile", PROFILE, ("reviewed", "soon"), ("address", "1 Quay")),
        ("/setup/profile", PROFILE, ("key_url", "ftp://x"), ("address", "1 Quay")),
        ("/setup/profile", PROFILE, ("mission_fr", &long), ("address", "1 Quay")),
    ];
    for (path, right, (wrong, value), (other, typed)) in cases {
        let (_, _, form) = server.get(path, &admin);
        assert!(!form.contains("aria-invalid"), "{path}: nothing is wrong yet");
        let token = between(&form, r#"name="csrf" value=""#, "\"");
        let mut fields = vec![("csrf", token.as_str()), (wrong, value), (other, typed)];
        fields.extend(right.iter().filter(|(name, _)| *name != wrong && *name != other));
        let (status, _, page) = server.post(path, &admin, &fields);
        assert_eq!(status, 422, "{path} {wrong}: {page}");
        let tag = field(&page, wrong);
        let described = between(tag, r#"aria-describedby=""#, "\"");
        let id = format!("{wrong}-wrong");
        assert!(tag.contains(r#"aria-invalid="true""#) && described.split(' ').any(|one| one == id), "{path}: {tag}");
        assert_eq!(page.matches("aria-invalid").count(), 1, "{path}: {wrong} alone is wrong");
        assert_eq!(page.matches(&format!(r#"id="{id}""#)).count(), 1, "{path}: what is wrong stands below {wrong}");
        assert!(field(&page, other).contains(&format!(r#"value="{typed}""#)), "{path}: {other} is kept: {page}");
    }
}

#[test]
fn of_two_who_set_the_house_up_the_second_sees_what_the_first_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, admin) = administered(folder.path());
    for (path, rest, name) in [
        ("/setup/nation", NATION, "name_en"),
        ("/setup/mail", MAIL, "from_name"),
        ("/setup/profile", PROFILE, "address"),
    ] {
        let (_, _, form) = server.get(path, &admin);
        let token = between(&form, r#"name="csrf" value=""#, "\"");
        let version = between(&form, r#"name="version" value=""#, "\"");
        let save = |text: &str, version: &str| {
            let mut fields = vec![("csrf", token.as_str()), ("version", version), (name, text)];
            fields.extend_from_slice(rest);
            server.post(path, &admin, &fields)
        };
        for _ in 0..2 {
            assert_eq!(save("The first", &version).0, 303, "{path}: sent twice is once");
        }
        let (status, _, late) = save("The second", &version);
        assert_eq!(status, 409, "{path}: {late}");
        assert!(field(&late, name).contains(r#"value="The second""#), "{path}: what was typed is kept: {late}");
        let stands: Vec<&str> = late.split(r#"<div class="letter">"#).skip(1).collect();
        assert!(stands.len() == 1 && stands[0].contains(">The first<"), "{path}: what differs, and no more: {late}");
        assert!(field(&server.get(path, &admin).2, name).contains("The first"), "{path}: nothing was overwritten");
        // Whoever read it and saves again means it.
        assert_eq!(save("The second", &between(&late, r#"name="version" value=""#, "\"")).0, 303, "{path}");
        assert!(field(&server.get(path, &admin).2, name).contains("The second"), "{path}");
    }
}
