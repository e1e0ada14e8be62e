//! Choosing on a list: what is ticked is changed at once; all that match are counted and confirmed first.

use serde_json::Value;

use super::sql::Bulk;
use super::{BULK_MOST, Many, Outcome, sql, work};
use crate::error::{Answer, Fault, PageError};
use crate::local_path;
use crate::visit::{Tone, Visit};

/// The names and values of a form.
#[derive(Debug, Clone)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a form; what is more than any form of ours has is left out.
    pub fn read(form: &[u8]) -> Fields {
        let pairs = form_urlencoded::parse(form).take(2 * BULK_MOST);
        Fields(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// The first value of a name; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(found, _)| found == name).map(|(_, value)| value.clone()).collect()
    }

    /// The page to go back to, when it is one of the list.
    pub fn back(&self, list: &str) -> String {
        let back = self.text("back");
        let is_ours = back.split('?').next() == Some(list) && local_path(back).is_some();
        if is_ours { back.to_string() } else { list.to_string() }
    }
}

/// What the form of a list does: the rows that are ticked (`id`) are changed, or all that match its filters (`all`) are
/// chosen, to be confirmed on a page of their own. `do` says what; `back` is the list as it was asked for.
pub async fn bulk(visit: Visit, many: &dyn Many, form: &[u8]) -> Answer {
    let fields = Fields::read(form);
    let back = fields.back(many.list().0);
    let change = many.form(&visit, &fields).ok_or_else(|| PageError::unreadable("do"))?;
    let change = many.read(&change).map_err(|wrong| PageError::unreadable(wrong.field))?;
    if !visit.may(many.right(&change)) {
        return Err(Fault::Forbidden.into());
    }
    let is_all = !fields.text("all").is_empty();
    let records = if is_all { matching(&visit, many, &back).await? } else { fields.all("id") };
    if records.is_empty() {
        return Ok(visit.go_saying(&back, Tone::Warn, "bulk-said-none", &[]));
    }
    if records.len() > BULK_MOST {
        return Ok(visit.go_saying(&back, Tone::Bad, "bulk-said-too-many", &[]));
    }
    let bulk = work::begin(&visit.db, many, &visit.viewer, &change, &records, &back, visit.now).await?;
    if is_all {
        return Ok(visit.go(&format!("/bulk/{}", bulk.id)));
    }
    let bulk = work::go_on(&visit.db, many, &visit.viewer, &bulk, visit.now).await?;
    said(&visit, many, &bulk, &back, &change).await
}

/// One more than a change takes when there are more.
async fn matching(visit: &Visit, many: &dyn Many, back: &str) -> Result<Vec<String>, PageError> {
    let query = back.split_once('?').map_or("", |(_, query)| query);
    let pairs = form_urlencoded::parse(query.as_bytes()).take(200);
    let pairs = pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    many.matching(visit, pairs, BULK_MOST + 1).await
}

/// The list again, with what became of the rows; what was not changed stands on the page of the change, with the reasons.
async fn said(visit: &Visit, many: &dyn Many, bulk: &Bulk, back: &str, change: &Value) -> Answer {
    let sums = sql::sums(&visit.db, &bulk.id).await?;
    let count = |outcome| sums.iter().filter(|sum| sum.outcome == outcome).map(|sum| sum.rows).sum::<i64>();
    let (changed, same, refused) = (count(Outcome::Changed), count(Outcome::Same), count(Outcome::Refused));
    let why = sums.iter().find(|sum| sum.outcome == Outcome::Refused).map(|sum| many.why(visit, &sum.reason));
    let what = many.says(visit, change);
    let args = [("what", what.into()), ("count", changed.into()), ("same", same.into()), ("refused", refused.into())];
    match why {
        None => Ok(visit.go_saying(back, Tone::Good, "bulk-said-done", &args)),
        Some(why) => {
            let [what, count, same, refused] = args;
            let args = [what, count, same, refused, ("why", why.into())];
            Ok(visit.go_saying(back, Tone::Warn, "bulk-said-some", &args))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn a_form_goes_back_only_to_its_list() {
        let back = |text: &str| Fields::read(format!("back={text}").as_bytes()).back("/findings");
        assert_eq!(back("%2Ffindings%3Fq%3Da"), "/findings?q=a");
        for bad in ["", "%2F%2Fevil.example", "%2Fusers", "%2Ffindings%2Fx", "https%3A%2F%2Fevil.example"] {
            assert_eq!(back(bad), "/findings", "{bad}");
        }
        let fields = Fields::read(b"id=1&do=fixed&id=2");
        assert_eq!(
            (fields.all("id"), fields.text("do"), fields.text("all")),
            (vec!["1".into(), "2".into()], "fixed", "")
        );
    }
}
