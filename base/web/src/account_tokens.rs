//! The reader's own tokens: made, shown once, listed, revoked.

use askama::Template;
use axum::extract::{Path, RawForm};
use axum::http::StatusCode;
use manara_model::Mailboxes;

use crate::error::{Answer, PageError};
use crate::mailboxes::{self, Ticked};
use crate::mistake::Mistake;
use crate::rights::Right;
use crate::tokens::{self, NewToken, TOKEN_DAYS, Token, TokenError};
use crate::undo::Question;
use crate::visit::{Page, Tone, Visit};

/// The lengths the form offers.
const DAYS: [i64; 5] = [7, 30, 90, 180, TOKEN_DAYS];

#[derive(Template)]
#[template(path = "web/tokens.html")]
struct TokensPage {
    page: Page,
    rows: Vec<Token>,
    /// The token that was just made.
    secret: Option<String>,
    mistake: Mistake,
    scopes: Vec<(&'static str, bool)>,
    name: String,
    days: Vec<(i64, bool)>,
    /// The mailboxes it can be limited to; none when there is no choice.
    mailboxes: Vec<Ticked>,
}

impl TokensPage {
    fn is_live(&self, token: &Token) -> bool {
        token.is_live(self.page.visit.now)
    }

    fn limit(&self, token: &Token) -> String {
        mailboxes::in_words(&token.mailboxes)
    }

    fn scope_words(&self, scope: &str) -> String {
        self.page.t(format!("api-scope-{}", scope.replace(':', "-")))
    }
}

/// What the form says.
#[derive(Default)]
struct Asked {
    mailboxes: Mailboxes,
    name: String,
    scopes: Vec<String>,
    days: i64,
}

pub(crate) async fn list(visit: Visit) -> Answer {
    show(&visit, StatusCode::OK, &Asked { days: 90, ..Asked::default() }, None, Mistake::default()).await
}

async fn show(visit: &Visit, status: StatusCode, asked: &Asked, secret: Option<String>, mistake: Mistake) -> Answer {
    let rows = tokens::tokens(&visit.db, &visit.viewer.name).await?;
    let scopes = Right::scoped().filter(|right| visit.may(*right)).filter_map(Right::scope);
    let mut mailboxes = mailboxes::offered(visit, &visit.viewer.mailboxes, &asked.mailboxes);
    if mailboxes.len() < 2 {
        mailboxes.clear();
    }
    let page = TokensPage {
        mailboxes,
        page: visit.page("api-tokens-title").under("/account", "web-account-title"),
        rows,
        secret,
        mistake,
        scopes: scopes.map(|scope| (scope, asked.scopes.iter().any(|chosen| chosen == scope))).collect(),
        name: asked.name.clone(),
        days: DAYS.iter().map(|days| (*days, *days == asked.days)).collect(),
    };
    visit.html_status(status, &page)
}

pub(crate) async fn make(visit: Visit, RawForm(form): RawForm) -> Answer {
    let mut asked = Asked::default();
    for (name, value) in form_urlencoded::parse(&form).take(100) {
        match name.as_ref() {
            "name" => asked.name = value.into_owned(),
            "days" => asked.days = value.parse().unwrap_or_default(),
            "scope" => asked.scopes.push(value.into_owned()),
            _ => {}
        }
    }
    asked.mailboxes = mailboxes::ticked(&visit, &form).ok_or_else(|| PageError::unreadable("mailbox"))?;
    let scopes: Vec<Right> = asked.scopes.iter().filter_map(|scope| Right::of_scope(scope)).collect();
    let new = NewToken { name: asked.name.clone(), scopes, days: asked.days, mailboxes: asked.mailboxes.clone() };
    let who = visit.viewer.name.as_str();
    let mut tx = visit.db.begin().await?;
    match tokens::make_token(&mut tx, who, who, &new, visit.now).await {
        Ok(secret) => {
            tx.commit().await?;
            // Shown in this answer and nowhere else: the form sent again says that the name is taken.
            let blank = Asked { days: 90, ..Asked::default() };
            show(&visit, StatusCode::OK, &blank, Some(secret), Mistake::default()).await
        }
        Err(TokenError::Store(error)) => Err(error.into()),
        Err(why) => {
            drop(tx);
            let field = match why {
                TokenError::Name | TokenError::Taken => "name",
                TokenError::Scopes => "scope",
                TokenError::Days => "days",
                _ => "",
            };
            let mistake = Mistake::at(field, visit.t(&format!("api-token-{}", why.code())));
            show(&visit, StatusCode::UNPROCESSABLE_ENTITY, &asked, None, mistake).await
        }
    }
}

/// `GET /account/tokens/{id}/revoke`: nothing brings a token back, so it is asked first.
pub(crate) async fn ask_revoke(visit: Visit, Path(id): Path<String>) -> Answer {
    let tokens = tokens::tokens(&visit.db, &visit.viewer.name).await?;
    let token = tokens.into_iter().find(|token| token.id == id && token.is_live(visit.now));
    let token = token.ok_or_else(PageError::not_found)?;
    let page = visit.page("live-ask-token-title").under("/account", "web-account-title");
    let question = Question {
        words: visit.t_args("live-ask-token", &[("name", token.name.into())]),
        button: "api-token-revoke",
        action: format!("/account/tokens/{id}/revoke"),
        fields: Vec::new(),
        back: "/account/tokens".into(),
    };
    visit.ask(page.under("/account/tokens", "api-tokens-title"), question)
}

pub(crate) async fn revoke(visit: Visit, Path(id): Path<String>) -> Answer {
    let who = visit.viewer.name.as_str();
    let mut tx = visit.db.begin().await?;
    let revoked = tokens::revoke_token(&mut tx, who, who, &id, visit.now).await?;
    tx.commit().await?;
    let (tone, key) =
        if revoked { (Tone::Good, "api-token-was-revoked") } else { (Tone::Warn, "api-token-was-not-revoked") };
    Ok(visit.go_saying("/account/tokens", tone, key, &[]))
}
