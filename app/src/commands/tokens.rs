//! `tokens`: by which programs use the API, from the terminal.

use anyhow::bail;
use manara_model::Micros;
use manara_web::{NewToken, Right, Token, make_token, revoke_token, tokens};
use serde_json::json;

use super::{DONE, users};
use crate::cli::{Tokens, TokensAction};
use crate::house::House;
use crate::print;

/// Who the journal names for what is typed here.
const TYPIST: &str = "cli";

/// Lists, makes or revokes.
pub async fn run(args: Tokens) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        TokensAction::List { place, person, json } => {
            let house = House::open(&place).await?;
            list(&tokens(&house.db, person.as_deref().unwrap_or_default()).await?, json, now)?;
        }
        TokensAction::Make { place, person, name, scopes, days, mailboxes, json } => {
            let house = House::open(&place).await?;
            let scopes = scopes.iter().map(|scope| scope_of(scope)).collect::<anyhow::Result<Vec<Right>>>()?;
            let mailboxes = users::limit(&house, &mailboxes).await?;
            let mut tx = house.db.begin().await?;
            let new = NewToken { name, scopes, days, mailboxes };
            let secret = make_token(&mut tx, TYPIST, &person, &new, now).await?;
            tx.commit().await?;
            match json {
                true => print::json(&json!({ "token": secret }))?,
                false => println!("{secret}"),
            }
        }
        TokensAction::Revoke { place, token, json } => {
            let house = House::open(&place).await?;
            let mut tx = house.db.begin().await?;
            if !revoke_token(&mut tx, TYPIST, "", &token, now).await? {
                bail!("there is no token {token} that could be revoked; `manara tokens list` shows their ids");
            }
            tx.commit().await?;
            match json {
                true => print::json(&json!({ "id": token, "revoked": true }))?,
                false => println!("{token}: revoked"),
            }
        }
    }
    Ok(DONE)
}

fn scope_of(text: &str) -> anyhow::Result<Right> {
    match Right::of_scope(text) {
        Some(right) => Ok(right),
        None => {
            let known: Vec<&str> = Right::scoped().filter_map(Right::scope).collect();
            bail!("there is no scope {text}; expected {}", known.join(", "))
        }
    }
}

fn list(all: &[Token], as_json: bool, now: Micros) -> anyhow::Result<()> {
    if as_json {
        let rows: Vec<_> = all
            .iter()
            .map(|token| {
                json!({
                    "id": token.id, "person": token.person, "name": token.name, "begins": token.prefix,
                    "scopes": token.scopes, "made": token.made.rfc3339(), "expires": token.expires.rfc3339(),
                    "used": token.used.map(Micros::rfc3339), "revoked": token.revoked.map(Micros::rfc3339),
                    "live": token.is_live(now), "mailboxes": token.mailboxes.names(),
                })
            })
            .collect();
        return print::json(&rows);
    }
    let names = ["id", "person", "name", "begins", "valid until", "last used", "scopes"].map(String::from);
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|token| {
            let until = match token.revoked {
                Some(at) => format!("revoked {}", at.day()),
                None => token.expires.day(),
            };
            let used = token.used.map_or_else(|| "never".into(), Micros::day);
            let (person, name) = (token.person.clone(), token.name.clone());
            vec![token.id.clone(), person, name, token.prefix.clone(), until, used, token.scopes.join(" ")]
        })
        .collect();
    print::table(&mut std::io::stdout().lock(), &names, &rows)?;
    Ok(())
}
