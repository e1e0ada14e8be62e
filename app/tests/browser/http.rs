//! Somebody without a browser: bytes as they are sent, and forms posted beside what the browser shows.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// An answer as it came over the wire.
pub struct Reply {
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn status(&self) -> u16 {
        self.head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
    }
}

/// Somebody with cookies.
pub struct Person {
    host: String,
    cookies: Vec<(String, String)>,
}

impl Person {
    /// Signs somebody of the demo in.
    pub fn sign_in(address: &str, name: &str) -> Person {
        let mut person = Person { host: address.trim_start_matches("http://").to_string(), cookies: Vec::new() };
        let fields = format!("name={name}&password=lighthouse-demo&next=%2F");
        let reply = person.post("/login", "/login", &fields);
        assert_eq!(reply.status(), 303, "{name} signs in: {}", reply.head);
        person
    }

    /// One request; the body goes as a form. HTTP/1.0: the answer ends with the connection, in one piece.
    pub fn ask(&mut self, path: &str, body: Option<&str>, encoding: &str) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let (method, form) = match body {
            Some(body) => {
                let length = body.len();
                ("POST", format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n"))
            }
            None => ("GET", String::new()),
        };
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {}\r\nAccept-Encoding: {encoding}\r\nCookie: {}\r\n{form}\r\n{}",
            self.host,
            cookies.join("; "),
            body.unwrap_or_default(),
        );
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer") + 4;
        let body = bytes.split_off(end);
        let head = String::from_utf8(bytes).unwrap();
        for line in head.lines() {
            let Some((name, rest)) = line.split_once(": ") else { continue };
            if name.eq_ignore_ascii_case("set-cookie") {
                let (cookie, value) = rest.split(';').next().and_then(|pair| pair.split_once('=')).unwrap();
                self.cookies.retain(|(known, _)| known != cookie);
                self.cookies.push((cookie.to_string(), value.to_string()));
            }
        }
        Reply { head, body }
    }

    pub fn get(&mut self, path: &str) -> Reply {
        self.ask(path, None, "identity")
    }

    /// Posts a form with the token of a page.
    pub fn post(&mut self, page: &str, path: &str, fields: &str) -> Reply {
        let page = self.get(page).text();
        let (_, rest) = page.rsplit_once(r#"name="csrf" value=""#).expect("a form");
        let token = rest.split('"').next().unwrap();
        self.ask(path, Some(&format!("csrf={token}&{fields}")), "identity")
    }
}
