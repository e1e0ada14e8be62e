//! `deliver`: one mail from standard input, as a mail server's pipe gives it.

use std::io::Read as _;
use std::sync::Arc;

use manara_model::Micros;
use manara_response::Seen;
use manara_response::mail::Outcome;
use serde_json::{Value, json};

use super::DONE;
use crate::cli;
use crate::house::House;
use crate::mailroom::{NotTaken, deliver, mail_house};
use crate::print;

/// sysexits.h: the mail will never be taken.
const EX_DATAERR: u8 = 65;
/// sysexits.h: the mail is to come again.
const EX_TEMPFAIL: u8 = 75;
/// No mail that can be taken is longer.
const MOST: u64 = 256 << 20;

/// Takes a mail. 0: it is kept; 75: it is to come again; 65: never.
pub async fn run(args: cli::Deliver) -> anyhow::Result<u8> {
    let mut bytes = Vec::new();
    if let Err(error) = std::io::stdin().lock().take(MOST).read_to_end(&mut bytes) {
        eprintln!("manara: standard input can't be read: {error}");
        return Ok(EX_TEMPFAIL);
    }
    match taken(&args, bytes).await {
        Ok(outcome) => {
            match args.json {
                true => print::json(&object(&outcome))?,
                false => println!("{}  {}", outcome.kind.as_str(), outcome.ticket.as_deref().unwrap_or("-")),
            }
            Ok(DONE)
        }
        Err(NotTaken::Never(error)) => {
            eprintln!("manara: {error}");
            Ok(EX_DATAERR)
        }
        Err(NotTaken::Later(error)) => {
            eprintln!("manara: {}", print::chain(&error));
            Ok(EX_TEMPFAIL)
        }
    }
}

async fn taken(args: &cli::Deliver, bytes: Vec<u8>) -> Result<Outcome, NotTaken> {
    let house = House::open(&args.place).await.map_err(NotTaken::Later)?;
    let mail = Arc::new(mail_house(&house).await.map_err(NotTaken::Later)?);
    let outcome = deliver(&house, &mail, bytes, args.to.clone(), Micros::now()).await;
    house.db.close().await;
    outcome
}

/// The outcome as programs get it.
pub fn object(outcome: &Outcome) -> Value {
    let seen = |one: &Seen| json!({ "kind": one.kind, "value": one.value });
    json!({ "kind": outcome.kind.as_str(), "report": outcome.ticket, "incident": outcome.incident,
        "observables": outcome.seen.iter().map(seen).collect::<Vec<_>>(), "answered": outcome.answered,
        "signed_by": outcome.signed_by, "signature": Some(&outcome.signature).filter(|word| !word.is_empty()), "decrypted": outcome.decrypted,
        "failed_recipient": outcome.failed_recipient, "class": outcome.class, "message": outcome.message })
}
