//! What a viewer may see, in SQL: the mirror of `Viewer::may_see_of`.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::{Arg, StoreError};

/// The statement as it is asked for a viewer among its values: where that viewer is limited to mailboxes, each
/// `t.tlp <= $n` asks for `t.mailbox` as well. For everybody else it stays the same text, with the same plan.
pub(crate) fn seen<'s>(sql: &'s str, args: &[Arg<'_>]) -> Result<Cow<'s, str>, StoreError> {
    let mut limited = Cow::Borrowed(sql);
    for (at, arg) in args.iter().enumerate() {
        let Arg::Eyes(_, mailboxes) = arg else { continue };
        if !mailboxes.is_all() {
            let list: Vec<String> = mailboxes.of_records().map(quoted).collect();
            limited = Cow::Owned(limited_to(&limited, at + 1, &list).ok_or(StoreError::Limitless(at + 1))?);
        }
    }
    Ok(limited)
}

/// A text as SQL writes it. A viewer's mailboxes hold no backslash and no control character.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// `None` when the statement compares no marking with the value at this place: it would show too much.
fn limited_to(sql: &str, place: usize, mailboxes: &[String]) -> Option<String> {
    // Whoever is left nothing sees nothing: what is compared with NULL is never true.
    let list = if mailboxes.is_empty() { "NULL".into() } else { mailboxes.join(", ") };
    let compared = format!("tlp <= ${place}");
    let (mut text, mut from) = (String::with_capacity(sql.len() + 80), 0);
    for (at, _) in sql.match_indices(&compared) {
        let (before, after) = (sql.get(from..at)?, sql.get(at + compared.len()..)?);
        let begins =
            before.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).map_or(0, |at| at + 1);
        let (before, table) = before.split_at_checked(begins)?;
        let is_column = table.is_empty() || table.ends_with('.');
        if !is_column || after.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        // The empty text keeps an index of mailboxes out of it: lists are read in their order, as for everybody.
        let _ = write!(text, "{before}({table}{compared} AND ({table}mailbox || '') IN ({list}))");
        from = at + compared.len();
    }
    if from == 0 {
        return None;
    }
    text.push_str(sql.get(from..)?);
    Some(text)
}

#[cfg(test)]
mod tests {
    use manara_model::{Mailboxes, Tlp, Viewer};

    use super::seen;
    use crate::{Arg, Db};

    fn viewer(mailboxes: &str) -> Viewer {
        let mailboxes = Mailboxes::parse(mailboxes).expect("mailboxes");
        Viewer { mailboxes, ..Viewer::cleared("x", Tlp::Amber) }
    }

    #[test]
    fn only_who_is_limited_asks_for_mailboxes_and_never_without_a_marking() {
        let gov = viewer("gov@x.example usual");
        let text = |sql: &'static str, viewer: &Viewer| {
            let args: [Arg<'_>; 2] = ["a".into(), viewer.into()];
            seen(sql, &args).map(|sql| sql.into_owned())
        };
        let list = "IN ('gov@x.example', '')";
        for (sql, want) in [
            ("WHERE a = $1 AND tlp <= $2", format!("WHERE a = $1 AND (tlp <= $2 AND (mailbox || '') {list})")),
            (
                "WHERE (i.tlp <= $2) OR $1 = ''",
                format!("WHERE ((i.tlp <= $2 AND (i.mailbox || '') {list})) OR $1 = ''"),
            ),
            (
                "i.tlp <= $2 AND t.tlp <= $2",
                format!("(i.tlp <= $2 AND (i.mailbox || '') {list}) AND (t.tlp <= $2 AND (t.mailbox || '') {list})"),
            ),
        ] {
            assert_eq!(text(sql, &gov).expect("limited"), want);
            assert_eq!(text(sql, &viewer("")).expect("the same"), sql);
        }
        for sql in ["WHERE a = $1", "WHERE tlp <= $1", "WHERE tlp <= $20", "WHERE xtlp <= $2"] {
            assert!(text(sql, &gov).is_err(), "{sql}");
        }
        let none = gov.mailboxes.and(&viewer("edu@x.example").mailboxes);
        let nobody = Viewer { mailboxes: none, ..gov };
        assert!(text("tlp <= $2", &nobody).expect("limited").ends_with("IN (NULL))"));
        assert!(text("tlp <= $2", &viewer("o'neil@x.example")).expect("limited").contains("'o''neil@x.example'"));
    }

    async fn rows_are_those_of_the_rule(db: Db) {
        let mut tx = db.begin().await.expect("begun");
        tx.run_script("CREATE TABLE boat (tlp BIGINT NOT NULL, mailbox TEXT NOT NULL)").await.expect("made");
        let boats: Vec<(Tlp, &str)> = Tlp::ALL
            .into_iter()
            .flat_map(|tlp| ["", "gov@x.example", "o'neil@x.example"].map(|mailbox| (tlp, mailbox)))
            .collect();
        let args = boats.iter().flat_map(|(tlp, mailbox)| [Arg::Int(tlp.rank()), (*mailbox).into()]);
        tx.run_many("INSERT INTO boat (tlp, mailbox) VALUES", 2, args, "").await.expect("written");
        tx.commit().await.expect("kept");
        for mailboxes in ["", "usual", "gov@x.example", "o'neil@x.example usual", "nobody@x.example"] {
            let viewer = viewer(mailboxes);
            let sql = "SELECT tlp, mailbox FROM boat WHERE tlp <= $1 ORDER BY tlp, mailbox LIMIT 100";
            let found = db.read(sql, &[(&viewer).into()]).await.expect("read");
            let found: Vec<(i64, String)> =
                found.iter().map(|row| (row.int(0).expect("a rank"), row.text(1).expect("a mailbox"))).collect();
            let want: Vec<(i64, String)> = boats
                .iter()
                .filter(|(tlp, mailbox)| viewer.may_see_of(*tlp, mailbox))
                .map(|(tlp, mailbox)| (tlp.rank(), (*mailbox).to_string()))
                .collect();
            assert_eq!(found, want, "{mailboxes}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_rule_and_its_mirror_say_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        rows_are_those_of_the_rule(Db::open_sqlite(&folder.path().join("state.sqlite")).await.expect("SQLite")).await;
        match crate::testing::postgres("eyes").await {
            Some(db) => rows_are_those_of_the_rule(db).await,
            None => println!("MANARA_TEST_POSTGRES is not set: tested on SQLite only"),
        }
    }
}
