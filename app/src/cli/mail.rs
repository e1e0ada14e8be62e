//! What can be typed about mail, and the tickets it belongs to.

use clap::{Args, Subcommand};

use super::Place;

/// `deliver`.
#[derive(Debug, Args)]
pub struct Deliver {
    #[command(flatten)]
    pub place: Place,
    /// The recipient of the envelope; may be given several times.
    #[arg(long = "to", value_name = "ADDRESS")]
    pub to: Vec<String>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `mail`.
#[derive(Debug, Args)]
pub struct MailArgs {
    #[command(subcommand)]
    pub action: MailAction,
}

/// What to do with mail.
#[derive(Debug, Subcommand)]
pub enum MailAction {
    /// List what waits to be sent and what failed.
    Queue {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the letters that are written from tickets.
    Letters {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Send again what failed, was stopped or came back.
    Retry {
        #[command(flatten)]
        place: Place,
        /// Ids of deliveries, as the queue shows them.
        deliveries: Vec<String>,
        /// All that failed.
        #[arg(long, conflicts_with = "deliveries")]
        all: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List OpenPGP keys; make, bring, accept and reject them.
    #[command(args_conflicts_with_subcommands = true)]
    Keys {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
        /// Without one, the keys are listed.
        #[command(subcommand)]
        action: Option<KeysAction>,
    },
    /// List mail of strangers that names a ticket and waits for a decision.
    Held {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List mail that waits for a second person.
    Drafts {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Let mail go that somebody else wrote.
    Release {
        #[command(flatten)]
        place: Place,
        /// Id of the message, as `drafts` shows it.
        message: String,
        /// Who lets it go: somebody who may handle incidents.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Send mail back to its writer.
    Return {
        #[command(flatten)]
        place: Place,
        /// Id of the message, as `drafts` shows it.
        message: String,
        /// Why.
        reason: String,
        /// Who sends it back: somebody who may handle incidents.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take mail back before it has left.
    Withdraw {
        #[command(flatten)]
        place: Place,
        /// Id of the message, as `drafts` shows it.
        message: String,
        /// Who wrote it; nobody for what was typed here.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Decide about such a mail: let it join, make it a report, or discard it.
    Decide {
        #[command(flatten)]
        place: Place,
        /// Id of the message, as `held` shows it.
        message: String,
        /// join, report or discard.
        decision: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What to do with OpenPGP keys.
#[derive(Debug, Subcommand)]
pub enum KeysAction {
    /// List all keys, with what is to be done about them.
    List {
        #[command(flatten)]
        place: Place,
        /// Only what needs somebody: keys that wait for a decision, end soon, have ended or were taken back.
        #[arg(long)]
        due: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take the keys or certificates of a file; one with its secret is ours from then on. Keys are OpenPGP, armored or binary;
    /// certificates are of S/MIME, in PEM, the secret as PKCS #8.
    Import {
        #[command(flatten)]
        place: Place,
        /// The file; `-` reads standard input.
        file: String,
        /// You made sure whose they are: keys are accepted at once, certificates vouch for others.
        #[arg(long)]
        accept: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print a certificate for others: that of our key, or of the one that is named.
    Export {
        #[command(flatten)]
        place: Place,
        /// Its fingerprint.
        fingerprint: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make a key of ours. Those before still open what was encrypted to them.
    Generate {
        #[command(flatten)]
        place: Place,
        /// Name and address instead of those of `[mail]`, such as "CIRT <cirt@cirt.example>".
        #[arg(long)]
        user_id: Option<String>,
        /// Days that it is valid, instead of those of the configuration.
        #[arg(long)]
        days: Option<u32>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make a key that takes the place of the one that signs now.
    Rotate {
        #[command(flatten)]
        place: Place,
        /// Days that it is valid, instead of those of the configuration.
        #[arg(long)]
        days: Option<u32>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// You made sure whose key it is: mail is encrypted to it, and what it signs is believed.
    Accept {
        #[command(flatten)]
        place: Place,
        /// Its fingerprint, or the end of it: sixteen digits at least.
        fingerprint: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// You do not believe it.
    Reject {
        #[command(flatten)]
        place: Place,
        /// Its fingerprint, or the end of it: sixteen digits at least.
        fingerprint: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Put it away: it is kept, and counts for nothing.
    Remove {
        #[command(flatten)]
        place: Place,
        /// Its fingerprint, or the end of it: sixteen digits at least.
        fingerprint: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Bring back what was put away, as it stood.
    Restore {
        #[command(flatten)]
        place: Place,
        /// Its fingerprint, or the end of it: sixteen digits at least.
        fingerprint: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the certificates of S/MIME: ours, and those that vouch for others.
    Certificates {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Ask the domain of an address for its key (Web Key Directory), where the configuration allows that.
    Find {
        #[command(flatten)]
        place: Place,
        /// The address.
        address: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `tickets`.
#[derive(Debug, Args)]
pub struct Tickets {
    #[command(subcommand)]
    pub action: TicketsAction,
}

/// What to do with tickets.
#[derive(Debug, Subcommand)]
pub enum TicketsAction {
    /// List tickets, the newest first.
    List {
        #[command(flatten)]
        place: Place,
        /// report, investigation or countermeasure.
        #[arg(long, conflicts_with = "words")]
        kind: Option<String>,
        /// Only in this state, such as new or open.
        #[arg(long, conflicts_with = "words")]
        state: Option<String>,
        /// Only those that say all these words, in their subject or their mail; 200 at most.
        #[arg(long)]
        words: Option<String>,
        /// Of those the best first.
        #[arg(long, requires = "words")]
        best: bool,
        /// How many.
        #[arg(long, default_value_t = 100)]
        most: i64,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show one with its messages.
    Show {
        #[command(flatten)]
        place: Place,
        /// Its number.
        number: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write: a message to the other side, or to whom is named.
    #[command(visible_alias = "write")]
    Reply {
        #[command(flatten)]
        place: Place,
        /// Its number.
        number: String,
        /// An address instead of the other side's; may be given several times.
        #[arg(long = "to", value_name = "ADDRESS")]
        to: Vec<String>,
        /// The subject instead of the ticket's.
        #[arg(long, default_value = "")]
        subject: String,
        /// A letter of `manara mail letters`; what is typed stands below it.
        #[arg(long, value_name = "ID", default_value = "")]
        letter: String,
        /// The language of the letter: en, ar or fr; that of the ticket when nothing is said.
        #[arg(long, value_name = "TAG", default_value = "")]
        language: String,
        /// A file that goes with it; may be given several times: 20 files of 7 MB together at most.
        #[arg(long = "attach", value_name = "FILE")]
        attach: Vec<std::path::PathBuf>,
        /// What is made to go with it: observables-csv, observables-json, findings-csv, findings-json, report-pdf.
        #[arg(long = "export", value_name = "WHAT")]
        export: Vec<String>,
        /// The text; `-` reads standard input; may be empty where a letter is named.
        #[arg(default_value = "")]
        text: String,
        /// Who writes it: somebody who may handle incidents; nobody for the terminal.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Open a report, an investigation or a countermeasure.
    Open {
        #[command(flatten)]
        place: Place,
        /// report, investigation or countermeasure.
        #[arg(long, default_value = "report")]
        kind: String,
        /// One line that says what it is about.
        #[arg(long)]
        subject: String,
        /// Mail address of the other side.
        #[arg(long, value_name = "ADDRESS", default_value = "")]
        correspondent: String,
        /// Name of the other side.
        #[arg(long, default_value = "")]
        name: String,
        /// Number of the incident it belongs to.
        #[arg(long, value_name = "NUMBER", default_value = "")]
        incident: String,
        /// taxonomy/type of the RSIT.
        #[arg(long, default_value = "other/undetermined")]
        class: String,
        /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
        #[arg(long, default_value = "AMBER")]
        tlp: String,
        /// Login name of whoever handles it.
        #[arg(long, value_name = "NAME", default_value = "")]
        owner: String,
        /// The language they are written to: en, ar or fr.
        #[arg(long, value_name = "TAG", default_value = "en")]
        language: String,
        /// Of a countermeasure: what is to be blocked.
        #[arg(long, default_value = "")]
        target: String,
        /// Of a countermeasure: where.
        #[arg(long, default_value = "")]
        at: String,
        /// Until when something is to be done, such as 2026-01-15T12:00:00Z.
        #[arg(long, value_name = "MOMENT")]
        due: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Give a ticket to somebody; to nobody without a name.
    Assign {
        #[command(flatten)]
        place: Place,
        /// Its number.
        number: String,
        /// A login name.
        #[arg(default_value = "")]
        person: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Note something for the others of the team; it never leaves.
    Comment {
        #[command(flatten)]
        place: Place,
        /// Its number.
        number: String,
        /// The text; `-` reads standard input.
        text: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take a ticket off an incident.
    Unlink {
        #[command(flatten)]
        place: Place,
        /// Its number.
        number: String,
        /// Number of the incident.
        incident: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Merge a ticket into another of its kind.
    Merge {
        #[command(flatten)]
        place: Place,
        /// Its number.
        number: String,
        /// Number of the other.
        into: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take a merger back.
    Split {
        #[command(flatten)]
        place: Place,
        /// Number of the ticket that was merged.
        number: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take the last move of a ticket into another state back.
    Undo {
        #[command(flatten)]
        place: Place,
        /// Its number.
        number: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Let a ticket belong to an incident.
    Link {
        #[command(flatten)]
        place: Place,
        /// Its number.
        number: String,
        /// Number of the incident.
        incident: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Put a ticket into another state, such as resolved or rejected.
    Move {
        #[command(flatten)]
        place: Place,
        /// Its number.
        number: String,
        /// The state.
        state: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}
