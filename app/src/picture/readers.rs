//! Who gets the daily digest: whoever asked for it, and whom `cirt.toml` names.

use manara_model::Micros;
use manara_store::{Db, Journal, StoreError};
use manara_web::people;
use serde_json::json;

use super::config::{Clock, DigestReader, is_mail_address};
use crate::house::House;

const WISHES: &str = "SELECT user_id, mail, hour FROM app_digest_reader ORDER BY user_id LIMIT 1000";
const WISH_OF: &str = "SELECT user_id, mail, hour FROM app_digest_reader WHERE user_id = $1";
const WISH: &str = "
    INSERT INTO app_digest_reader (user_id, mail, hour, since) VALUES ($1, $2, $3, $4)
    ON CONFLICT (user_id) DO UPDATE SET mail = excluded.mail, hour = excluded.hour";
const STOP: &str = "DELETE FROM app_digest_reader WHERE user_id = $1";

/// What somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Who.
    pub user_id: String,
    /// Where the digest goes.
    pub mail: String,
    /// The full hour of their own clock at which it leaves, 0 to 23.
    pub hour: i64,
}

impl Wish {
    /// Whether it can be kept.
    pub fn is_good(&self) -> bool {
        is_mail_address(&self.mail) && (0..24).contains(&self.hour)
    }
}

fn wish(row: &manara_store::Row) -> Result<Wish, StoreError> {
    Ok(Wish { user_id: row.text(0)?, mail: row.text(1)?, hour: row.int(2)? })
}

/// What everybody asked for.
pub async fn wishes(db: &Db) -> Result<Vec<Wish>, StoreError> {
    db.read(WISHES, &[]).await?.iter().map(wish).collect()
}

/// What somebody asked for.
pub async fn wish_of(db: &Db, user_id: &str) -> Result<Option<Wish>, StoreError> {
    db.read_one(WISH_OF, &[user_id.into()]).await?.as_ref().map(wish).transpose()
}

/// Lets somebody have the digest from now on.
pub async fn wish_for(db: &Db, who: &str, wish: &Wish, now: Micros) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    tx.run(WISH, &[(&wish.user_id).into(), (&wish.mail).into(), wish.hour.into(), now.into()]).await?;
    let detail = json!({ "to": wish.mail, "hour": wish.hour }).to_string();
    Journal::write(&mut tx, who, "app", "digest_wanted", &wish.user_id, &detail, now).await?;
    tx.commit().await
}

/// Lets somebody have it no more; false when they had none.
pub async fn stop_wish(db: &Db, who: &str, user_id: &str, now: Micros) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    if tx.run(STOP, &[user_id.into()]).await? == 0 {
        return Ok(false);
    }
    Journal::write(&mut tx, who, "app", "digest_unwanted", user_id, "{}", now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Everybody for whom a digest is due now, and whether they asked for it themselves. Who asked and may no longer sign in gets
/// nothing; language, clearance and clock are those they have now.
pub(super) async fn due(house: &House, now: Micros) -> anyhow::Result<Vec<(DigestReader, bool)>> {
    let config = &house.config.digest;
    let named = config.to.iter().filter(|_| config.at.day_due(now).is_some());
    let mut due: Vec<(DigestReader, bool)> = named.map(|to| (to.clone(), false)).collect();
    let wishes = wishes(&house.db).await?;
    if wishes.is_empty() {
        return Ok(due);
    }
    let usual = house.config.nation.usual()?.preferences();
    for person in people(&house.db).await? {
        let Some(wish) = wishes.iter().find(|wish| wish.user_id == person.id) else { continue };
        let clock = person.preferences.unwrap_or(usual).locale(person.lang).minutes_east(now);
        if Clock::local(wish.hour, clock).day_due(now).is_some() {
            let reader = DigestReader {
                mail: wish.mail.clone(),
                lang: person.lang,
                clearance: person.clearance,
                mailboxes: person.mailboxes,
            };
            due.push((reader, true));
        }
    }
    Ok(due)
}
