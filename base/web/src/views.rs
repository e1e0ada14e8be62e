//! Saved views: a list's filters, order and columns under a name, for oneself or for the team.

use manara_model::Micros;
use manara_store::{Db, Journal, Row, StoreError, Tx};

/// Views of a list that are read at once.
const VIEWS_SHOWN: i64 = 100;
/// Views one person may keep.
const VIEWS_MOST: i64 = 200;
/// Characters of a name, and of a query string.
const NAME_CHARS: usize = 60;
const QUERY_CHARS: usize = 2000;
/// Days a deleted view can come back.
const KEPT_DAYS: i64 = 30;
/// What of a query string is no view: where one is in the list, and what the page was asked besides.
const PASSING: [&str; 6] = ["after", "page", "format", "lang", "view", "csrf"];

const COLUMNS: &str = "
    SELECT v.id, v.path, v.name, v.query, v.owner, u.name, v.shared, v.deleted_at, COALESCE(d.view_id, '')
      FROM web_view v JOIN web_user u ON u.id = v.owner
      LEFT JOIN web_view_default d ON d.user_id = $1 AND d.path = v.path";
const OF_LIST: &str = " WHERE v.path = $2 AND v.deleted_at = '' AND (v.owner = $1 OR v.shared = $3)
     ORDER BY v.name, v.id LIMIT $4";
const OF_PERSON: &str =
    " WHERE (v.owner = $1 AND (v.deleted_at = '' OR v.deleted_at > $2)) OR (v.shared = $3 AND v.deleted_at = '')
     ORDER BY v.path, v.name, v.id LIMIT $4";
const ONE: &str = " WHERE v.id = $2 AND (v.owner = $1 OR v.shared = $3)";
const COUNT: &str = "SELECT COUNT(*) FROM web_view WHERE owner = $1 AND deleted_at = ''";
const SAME_NAME: &str =
    "SELECT id, shared FROM web_view WHERE owner = $1 AND path = $2 AND name = $3 AND deleted_at = ''";
const ADD: &str = "
    INSERT INTO web_view (id, path, name, query, owner, shared, changed_at, deleted_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, '')";
const CHANGE: &str = "UPDATE web_view SET query = $2, shared = $3, changed_at = $4 WHERE id = $1";
const RENAME: &str = "UPDATE web_view SET name = $2, shared = $3, changed_at = $4 WHERE id = $1";
const SET_DELETED: &str = "UPDATE web_view SET deleted_at = $2 WHERE id = $1";
const SET_DEFAULT: &str = "
    INSERT INTO web_view_default (user_id, path, view_id) VALUES ($1, $2, $3)
    ON CONFLICT (user_id, path) DO UPDATE SET view_id = excluded.view_id";
const NO_DEFAULT: &str = "DELETE FROM web_view_default WHERE user_id = $1 AND path = $2";
const NOBODY_S_DEFAULT: &str = "DELETE FROM web_view_default WHERE view_id = $1";

/// A list as somebody wants to see it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct View {
    pub id: String,
    /// The list.
    pub path: String,
    pub name: String,
    /// Its filters, order and columns, as in the address.
    pub query: String,
    /// Whose it is: their id and name.
    pub owner: String,
    pub owner_name: String,
    /// Whether the whole team has it.
    pub shared: bool,
    pub deleted: bool,
    /// Whether whoever asks sees it first on its list.
    pub is_default: bool,
}

impl View {
    /// Where it is seen.
    pub(crate) fn href(&self) -> String {
        match self.query.as_str() {
            "" => format!("{}?view=all", self.path),
            query => format!("{}?{query}", self.path),
        }
    }
}

/// Why a view was not saved. The words are `desk-views-<word>`.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ViewError {
    /// The name is empty or too long.
    #[error("a name of a view has 1 to {NAME_CHARS} characters")]
    Name,
    /// Somebody has too many.
    #[error("at most {VIEWS_MOST} views for each person")]
    TooMany,
    /// What is asked for does not fit.
    #[error("the query string of a view has at most {QUERY_CHARS} characters")]
    Query,
    /// Another view of the list has the name.
    #[error("another view of this list has this name")]
    Taken,
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn view(row: &Row) -> Result<View, StoreError> {
    let id = row.text(0)?;
    Ok(View {
        is_default: row.text(8)? == id,
        path: row.text(1)?,
        name: row.text(2)?,
        query: row.text(3)?,
        owner: row.text(4)?,
        owner_name: row.text(5)?,
        shared: row.bool(6)?,
        deleted: !row.text(7)?.is_empty(),
        id,
    })
}

/// The views of a list that somebody has: their own, and the team's.
pub(crate) async fn of_list(db: &Db, user_id: &str, path: &str) -> Result<Vec<View>, StoreError> {
    let args = [user_id.into(), path.into(), true.into(), VIEWS_SHOWN.into()];
    db.read(&format!("{COLUMNS}{OF_LIST}"), &args).await?.iter().map(view).collect()
}

/// All views somebody has, with their own that were deleted lately.
pub(crate) async fn of_person(db: &Db, user_id: &str, now: Micros) -> Result<Vec<View>, StoreError> {
    let args = [user_id.into(), now.plus_days(-KEPT_DAYS).into(), true.into(), (VIEWS_MOST * 3).into()];
    db.read(&format!("{COLUMNS}{OF_PERSON}"), &args).await?.iter().map(view).collect()
}

/// A view that somebody has.
pub(crate) async fn one(tx: &mut Tx, user_id: &str, id: &str) -> Result<Option<View>, StoreError> {
    let row = tx.read_one(&format!("{COLUMNS}{ONE}"), &[user_id.into(), id.into(), true.into()]).await?;
    row.as_ref().map(view).transpose()
}

/// A query string with what belongs to a view, and nothing else.
pub(crate) fn clean_query(query: &str) -> Option<String> {
    let pairs = form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).take(200);
    let kept = pairs.filter(|(name, value)| !PASSING.contains(&&**name) && !value.trim().is_empty());
    let clean = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    (clean.len() <= QUERY_CHARS).then_some(clean)
}

fn clean_name(name: &str) -> Result<String, ViewError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=NAME_CHARS).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits { Ok(name) } else { Err(ViewError::Name) }
}

/// What is to be saved.
pub(crate) struct NewView<'a> {
    pub path: &'a str,
    pub query: &'a str,
    pub name: &'a str,
    /// Whether the team has it; `None`: as it is, and a new one has its owner alone.
    pub shared: Option<bool>,
    pub first: bool,
}

/// Saves a view; one of the same name and list of the same person takes the new filters.
pub(crate) async fn save(
    tx: &mut Tx,
    (user_id, who): (&str, &str),
    wanted: &NewView<'_>,
    now: Micros,
) -> Result<View, ViewError> {
    let name = clean_name(wanted.name)?;
    let query = clean_query(wanted.query).ok_or(ViewError::Query)?;
    let same = tx.read_one(SAME_NAME, &[user_id.into(), wanted.path.into(), (&name).into()]).await?;
    let (id, shared) = match same {
        Some(row) => {
            let (id, shared) = (row.text(0)?, wanted.shared.map_or_else(|| row.bool(1), Ok)?);
            tx.run(CHANGE, &[(&id).into(), (&query).into(), shared.into(), now.into()]).await?;
            (id, shared)
        }
        None => {
            let kept = tx.read_one(COUNT, &[user_id.into()]).await?.map_or(Ok(0), |row| row.int(0))?;
            if kept >= VIEWS_MOST {
                return Err(ViewError::TooMany);
            }
            let (id, shared) = (uuid::Uuid::now_v7().to_string(), wanted.shared.unwrap_or_default());
            let args = [
                (&id).into(),
                wanted.path.into(),
                (&name).into(),
                (&query).into(),
                user_id.into(),
                shared.into(),
                now.into(),
            ];
            tx.run(ADD, &args).await?;
            (id, shared)
        }
    };
    if wanted.first {
        tx.run(SET_DEFAULT, &[user_id.into(), wanted.path.into(), (&id).into()]).await?;
    }
    Journal::write(tx, who, "web", "view_saved", &id, &about(wanted.path, &name, shared), now).await?;
    Ok(one(tx, user_id, &id).await?.ok_or_else(|| StoreError::NotFound(id))?)
}

/// Gives a view another name, to the team or to its owner alone.
pub(crate) async fn rename(
    tx: &mut Tx,
    who: &str,
    view: &View,
    (name, shared): (&str, bool),
    now: Micros,
) -> Result<(), ViewError> {
    let name = clean_name(name)?;
    let same = tx.read_one(SAME_NAME, &[(&view.owner).into(), (&view.path).into(), (&name).into()]).await?;
    if let Some(row) = same
        && row.text(0)? != view.id
    {
        return Err(ViewError::Taken);
    }
    tx.run(RENAME, &[(&view.id).into(), (&name).into(), shared.into(), now.into()]).await?;
    Ok(Journal::write(tx, who, "web", "view_changed", &view.id, &about(&view.path, &name, shared), now).await?)
}

/// Deletes a view, or takes that back. A deleted one is nobody's first view any more.
pub(crate) async fn set_deleted(
    tx: &mut Tx,
    who: &str,
    view: &View,
    deleted: bool,
    now: Micros,
) -> Result<(), ViewError> {
    let verb = if deleted {
        tx.run(NOBODY_S_DEFAULT, &[(&view.id).into()]).await?;
        tx.run(SET_DELETED, &[(&view.id).into(), now.into()]).await?;
        "view_deleted"
    } else {
        let same = tx.read_one(SAME_NAME, &[(&view.owner).into(), (&view.path).into(), (&view.name).into()]).await?;
        if same.is_some() {
            return Err(ViewError::Taken);
        }
        tx.run(SET_DELETED, &[(&view.id).into(), "".into()]).await?;
        "view_restored"
    };
    Ok(Journal::write(tx, who, "web", verb, &view.id, &about(&view.path, &view.name, view.shared), now).await?)
}

/// Makes a view the first that somebody sees on its list, or no longer. It is theirs alone, so nothing is noted.
pub(crate) async fn set_default(tx: &mut Tx, user_id: &str, view: &View, first: bool) -> Result<(), StoreError> {
    if first {
        tx.run(SET_DEFAULT, &[user_id.into(), (&view.path).into(), (&view.id).into()]).await?;
    } else {
        tx.run(NO_DEFAULT, &[user_id.into(), (&view.path).into()]).await?;
    }
    Ok(())
}

fn about(path: &str, name: &str, shared: bool) -> String {
    serde_json::json!({ "list": path, "name": name, "shared": shared }).to_string()
}

#[cfg(test)]
mod tests {
    use super::{clean_name, clean_query};

    #[test]
    fn a_view_keeps_filters_order_and_columns_and_no_place_in_the_list() {
        for (query, want) in [
            ("state=live&sort=-due&after=abc", Some("state=live&sort=-due")),
            ("?col=owner&col=due&format=csv&lang=ar&view=all", Some("col=owner&col=due")),
            ("q=a%20b%26c&state=", Some("q=a+b%26c")),
            ("", Some("")),
        ] {
            assert_eq!(clean_query(query).as_deref(), want);
        }
        assert_eq!(clean_query(&format!("q={}", "x".repeat(3000))), None);
    }

    #[test]
    fn a_name_is_one_short_line() {
        assert_eq!(clean_name("  my \n list ").ok().as_deref(), Some("my list"));
        assert!(clean_name(" ").is_err() && clean_name("a\u{7}b").is_err() && clean_name(&"x".repeat(61)).is_err());
    }
}
