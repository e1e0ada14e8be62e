//! The real program, serving a data folder beside the one that measures.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use manara_model::Micros;
use manara_web::{Lang, NewPerson, Role};

use crate::cli::Place;
use crate::commands::bench::pages::Seat;
use crate::house::House;

/// Who opens the pages.
pub const NAME: &str = "bench";

/// A program that serves, and somebody at its pages.
pub struct Served {
    child: Child,
    user: String,
    /// How long it took until it said where it is.
    pub ready: Duration,
    /// Where it takes mail.
    pub lmtp: String,
    /// Somebody at its pages.
    pub seat: Seat,
}

impl Served {
    /// Starts it, and signs somebody in.
    pub async fn begin(place: &Place, house: &House) -> anyhow::Result<Served> {
        let (name, password) = (format!("{NAME}-{}", std::process::id()), manara_web::random_password());
        let person = NewPerson { name: name.clone(), role: Role::Admin, lang: Lang::En, password: password.clone() };
        let mut tx = house.db.begin().await?;
        let user = manara_web::create_user(&mut tx, NAME, &person, Micros::now()).await?;
        tx.commit().await?;
        let start = Instant::now();
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["serve", "--listen", "127.0.0.1:0", "--lmtp", "127.0.0.1:0", "--data"]).arg(&place.data);
        if let Some(url) = &place.database {
            command.env("MANARA_DATABASE", url);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().context("the program can't be started again")?;
        let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines().map_while(Result::ok);
        let base = lines.by_ref().find_map(|line| line.strip_prefix("Manara is at ").map(str::to_string));
        let ready = start.elapsed();
        let lmtp = lines.by_ref().find_map(|line| line.strip_prefix("Mail comes in by LMTP at ").map(str::to_string));
        std::thread::spawn(move || lines.for_each(drop));
        let base = base.context("the program did not say where it is")?.trim_end_matches('/').to_string();
        let lmtp = lmtp.context("the program did not say where it takes mail")?;
        let seat = Seat::take(&base, &name, &password).await?;
        Ok(Served { child, user, ready, lmtp, seat })
    }

    /// Stops it, and lets nobody sign in by that name any more.
    pub async fn end(&mut self, house: &House) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        let mut tx = house.db.begin().await?;
        manara_web::set_disabled(&mut tx, NAME, &self.user, true, Micros::now()).await?;
        Ok(tx.commit().await?)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
