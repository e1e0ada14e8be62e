//! A program of somebody, and the whole plane it asks.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use manara_framework::catalogues::OpenShelf;
use manara_framework::{Papers, establish_site, site, works_site};
use manara_model::Micros;
use manara_store::Blobs;
use manara_web::{Lang, NewPerson, NewToken, Right, Role, Shell, WebConfig, Words, create_user, make_token};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::founding::Ground;
use crate::house::House;
use crate::pages::PASSWORD;

pub async fn person(house: &House, name: &str, role: Role) -> String {
    let new = NewPerson { name: name.into(), role, lang: Lang::En, password: PASSWORD.into() };
    let mut tx = house.db.begin().await.unwrap();
    let id = create_user(&mut tx, "tests", &new, Micros::now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

pub fn router(house: &House, ground: &Arc<Ground>) -> Router {
    let (shelf, blobs) = (OpenShelf::of(None), Blobs::new(house.folder.path().join("blobs")));
    let shell = Shell::new(house.db.clone(), Words::built_in().unwrap(), WebConfig::default());
    let establish = establish_site(
        shelf.clone(),
        blobs.clone(),
        Arc::clone(ground) as Arc<dyn manara_framework::establishment::House>,
        None,
    );
    let works = works_site(shelf.clone(), blobs.clone(), Arc::new(crate::beside::Quiet));
    shell.router(Shell::own_site().merge(establish).merge(works).merge(site(shelf, blobs, Papers::default())))
}

/// A program of somebody, with a token.
pub struct Program {
    router: Router,
    token: String,
}

pub struct Told {
    pub status: StatusCode,
    pub etag: String,
    pub body: Vec<u8>,
}

impl Told {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&self.body)))
    }
}

impl Program {
    pub async fn of(house: &House, ground: &Arc<Ground>, name: &str, scopes: &[Right]) -> Program {
        let mut tx = house.db.begin().await.unwrap();
        let new = NewToken {
            name: format!("{name}-{:?}", scopes[scopes.len() - 1]),
            scopes: scopes.to_vec(),
            days: 1,
            mailboxes: Default::default(),
        };
        let token = make_token(&mut tx, name, name, &new, Micros::now()).await.unwrap();
        tx.commit().await.unwrap();
        Program { router: router(house, ground), token }
    }

    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Told {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("authorization", format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let status = answer.status();
        let etag = answer.headers().get("etag").and_then(|tag| tag.to_str().ok()).unwrap_or_default().to_string();
        Told { status, etag, body: axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec() }
    }

    pub async fn get(&self, path: &str) -> Told {
        self.send("GET", path, &[], Vec::new()).await
    }

    pub async fn give(&self, method: &str, path: &str, more: &[(&str, &str)], body: &Value) -> Told {
        let mut headers = vec![("content-type", "application/json")];
        headers.extend_from_slice(more);
        self.send(method, path, &headers, body.to_string().into_bytes()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Told {
        self.give("POST", path, &[], body).await
    }
}
