//! One way to show lists: typed filters and sorts from a table, pages by key, export.
//!
//! A plane writes a [`ListSpec`] as a `static`; nothing a reader sends becomes SQL, only bound values.

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use manara_store::{Arg, Db, Row, StoreError};

use crate::columns::{self, Column};
use crate::error::PageError;
use crate::export::Format;
use crate::locale::Locale;
use crate::markup::Markup;
use crate::visit::{Page, Visit};
use crate::words::Lang;

/// Rows of a page unless somebody asks for others, and at most: for people and for programs.
pub(crate) const ROWS_SHOWN: u16 = 50;
pub(crate) const ROWS_MOST: u16 = 200;
const EXPORT_STEP: usize = 1000;
/// The most rows an export takes.
pub const EXPORT_MOST: usize = 100_000;
const VALUE_CHARS: usize = 200;

/// How a filter's value is read, and what is bound for `?` in its SQL.
#[derive(Debug)]
pub enum Kind {
    /// A text that must be equal.
    Exact,
    /// A text to be found inside: write `LOWER(column) LIKE ? ESCAPE '\'`.
    Contains,
    /// One of these values; its words are `<words><value>` with `_` as `-`.
    Choice {
        /// The values.
        values: &'static [&'static str],
        /// What their message keys begin with.
        words: &'static str,
    },
    /// One of these values, each with its own SQL (the filter's `sql` is not used); words as for `Choice`.
    Case {
        /// Value and SQL.
        cases: &'static [(&'static str, &'static str)],
        /// What their message keys begin with.
        words: &'static str,
    },
    /// One of values known only at run time, given by [`ListView::with_choices`].
    Pick,
    /// A text that is looked for in the form a plane writes it in, such as the query of a full-text index; `?` is that form.
    Written(fn(&str) -> String),
    /// A day; `?` is its first moment: write `column >= ?`.
    FromDay,
    /// A day; `?` is the first moment of the next: write `column < ?`.
    UntilDay,
}

/// One filter.
#[derive(Debug)]
pub struct Filter {
    /// Its name in the query string.
    pub name: &'static str,
    /// Its words.
    pub label: &'static str,
    /// How its value is read.
    pub kind: Kind,
    /// Its condition, with `?` for the value.
    pub sql: &'static str,
}

/// What kind of value a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// TEXT.
    Text,
    /// BIGINT.
    Int,
    /// BIGINT that many rows have alike: those are put by a TEXT column, before the key of the list.
    IntThen(&'static str),
}

/// One order.
#[derive(Debug)]
pub struct Sort {
    /// Its name in the query string.
    pub name: &'static str,
    /// Its words, also the column's heading.
    pub label: &'static str,
    /// The column, never NULL.
    pub column: &'static str,
    /// What it holds.
    pub key: Key,
    /// Whether the greatest come first unless asked otherwise.
    pub descending: bool,
}

/// A list: what is read, and how it may be asked for.
#[derive(Debug)]
pub struct ListSpec {
    /// What is selected; the row function sees these by position.
    pub columns: &'static [&'static str],
    /// The tables.
    pub from: &'static str,
    /// What always holds, with `$1`, `$2` … for the arguments of [`Ask::fetch`]; such as `f.tlp <= $1`.
    pub only: &'static str,
    /// The filters.
    pub filters: &'static [Filter],
    /// The orders; the first is the usual one.
    pub sorts: &'static [Sort],
    /// A column that is different in every row.
    pub key: &'static str,
    /// What it holds.
    pub key_kind: Key,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyValue {
    Text(String),
    Int(i64),
}

impl KeyValue {
    fn read(row: &Row, at: usize, kind: Key) -> Result<KeyValue, StoreError> {
        Ok(match kind {
            Key::Text => KeyValue::Text(row.text(at)?),
            Key::Int | Key::IntThen(_) => KeyValue::Int(row.int(at)?),
        })
    }

    fn parse(value: &serde_json::Value, kind: Key) -> Option<KeyValue> {
        match kind {
            Key::Text => value.as_str().map(|text| KeyValue::Text(text.to_string())),
            Key::Int | Key::IntThen(_) => value.as_i64().map(KeyValue::Int),
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            KeyValue::Text(text) => text.clone().into(),
            KeyValue::Int(number) => (*number).into(),
        }
    }

    fn arg(&self) -> Arg<'static> {
        match self {
            KeyValue::Text(text) => Arg::Owned(text.clone()),
            KeyValue::Int(number) => Arg::Int(*number),
        }
    }
}

/// Where a page ends: what its last row has in the columns of [`ListSpec::order`].
pub(crate) type Cursor = Vec<KeyValue>;

/// What of a list is asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    spec: &'static ListSpec,
    /// What is read of each row.
    read: &'static [&'static str],
    values: Vec<(&'static Filter, String)>,
    sort: &'static Sort,
    descending: bool,
    after: Option<Cursor>,
    rows: usize,
    format: Option<Format>,
    columns: Vec<String>,
    /// Whose days the filters name.
    locale: Locale,
}

/// A page of rows.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// The rows.
    pub rows: Vec<T>,
    next: Option<String>,
}

impl<T> Found<T> {
    /// Rows that were put in their order elsewhere, and where the next page of them begins.
    pub fn new(rows: Vec<T>, next: Option<String>) -> Found<T> {
        Found { rows, next }
    }

    /// Where the next page begins, when there is one.
    pub fn next(&self) -> Option<String> {
        self.next.clone()
    }
}

impl ListSpec {
    /// What the reader asks for by the query string; values that make no sense are refused, never ignored.
    pub fn read(&'static self, visit: &Visit) -> Result<Ask, PageError> {
        Ok(self.read_pairs(&visit.query_pairs())?.for_reader(visit))
    }

    /// The same from pairs of name and value; days are those of UTC until [`Ask::for_reader`] says whose.
    pub fn read_pairs(&'static self, pairs: &[(String, String)]) -> Result<Ask, PageError> {
        let value = |name: &str| pairs.iter().find(|(n, v)| n == name && !v.trim().is_empty()).map(|(_, v)| v.trim());
        let refuse = |name: &str| PageError::unreadable(format!("the list cannot read {name}"));
        let mut values = Vec::new();
        for filter in self.filters {
            if let Some(text) = value(filter.name) {
                if !fits(&filter.kind, text) {
                    return Err(refuse(filter.name));
                }
                values.push((filter, text.to_string()));
            }
        }
        let usual = self.sorts.first().ok_or_else(|| PageError::internal("a list without a sort"))?;
        let (name, descending) = match value("sort") {
            None => (usual.name, None),
            Some(text) => text.strip_prefix('-').map_or((text, Some(false)), |name| (name, Some(true))),
        };
        let sort = self.sorts.iter().find(|sort| sort.name == name).ok_or_else(|| refuse("sort"))?;
        let after = match value("after") {
            Some(text) => Some(cursor(text, sort, &self.order(sort)).ok_or_else(|| refuse("after"))?),
            None => None,
        };
        let shown = usize::from(ROWS_SHOWN);
        let rows = value("rows").map_or(Some(shown), |text| text.parse().ok()).ok_or_else(|| refuse("rows"))?;
        let format = match value("format") {
            Some(text) => Some(Format::parse(text).ok_or_else(|| refuse("format"))?),
            None => None,
        };
        let descending = descending.unwrap_or(sort.descending);
        let (rows, columns, locale) = (rows.clamp(1, ROWS_MOST.into()), columns::asked(pairs), Lang::En.into());
        Ok(Ask { spec: self, read: self.columns, values, sort, descending, after, rows, format, columns, locale })
    }

    /// The columns by which a sort puts all rows in one order.
    fn order(&self, sort: &Sort) -> Vec<(&'static str, Key)> {
        let mut order = vec![(sort.column, sort.key)];
        if let Key::IntThen(column) = sort.key {
            order.push((column, Key::Text));
        }
        order.push((self.key, self.key_kind));
        order
    }
}

fn fits(kind: &Kind, text: &str) -> bool {
    match kind {
        Kind::Exact | Kind::Contains | Kind::Pick | Kind::Written(_) => {
            text.chars().count() <= VALUE_CHARS && !text.contains('\0')
        }
        Kind::Choice { values, .. } => values.contains(&text),
        Kind::Case { cases, .. } => cases.iter().any(|case| case.0 == text),
        Kind::FromDay | Kind::UntilDay => Locale::from(Lang::En).day_start(text, 0).is_some(),
    }
}

fn cursor(text: &str, sort: &Sort, order: &[(&str, Key)]) -> Option<Cursor> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() < 4000)?;
    let value: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    let (name, values) = value.as_array()?.split_first()?;
    (name.as_str()? == sort.name && values.len() == order.len()).then_some(())?;
    values.iter().zip(order).map(|(value, &(_, kind))| KeyValue::parse(value, kind)).collect()
}

/// A text as `LIKE … ESCAPE '\'` finds it inside others that are in small letters.
pub(crate) fn like(text: &str) -> String {
    let escaped: String = text
        .to_lowercase()
        .chars()
        .flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c]))
        .collect();
    format!("%{escaped}%")
}

impl Ask {
    /// Reads the days of the filters as days of the reader's clock.
    #[must_use]
    pub fn for_reader(self, visit: &Visit) -> Ask {
        Ask { locale: visit.locale, ..self }
    }

    /// Asks for the same rows and reads other columns of them.
    #[must_use]
    pub fn reading(&self, read: &'static [&'static str]) -> Ask {
        Ask { read, ..self.clone() }
    }

    /// The value of a filter, when it is set. For lists that are not read from the state database.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(filter, _)| filter.name == name).map(|(_, value)| value.as_str())
    }

    /// The order asked for: its name, and whether the greatest come first.
    pub fn order(&self) -> (&'static str, bool) {
        (self.sort.name, self.descending)
    }

    /// How many rows a page has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The form to take the list away in, when that is asked.
    pub fn format(&self) -> Option<Format> {
        self.format
    }

    /// The statement and its arguments, for at most `rows` rows and one more in the `order` of [`ListSpec::order`].
    fn statement<'a>(
        &self,
        order: &[(&str, Key)],
        fixed: &[Arg<'a>],
        after: Option<&Cursor>,
        rows: usize,
    ) -> (String, Vec<Arg<'a>>) {
        let mut args: Vec<Arg<'a>> = fixed.to_vec();
        let mut bound = |arg: Arg<'a>| {
            args.push(arg);
            format!("${}", args.len())
        };
        let spec = self.spec;
        let mut conditions: Vec<String> = Vec::new();
        if !spec.only.is_empty() {
            conditions.push(format!("({})", spec.only));
        }
        for (filter, value) in &self.values {
            let (sql, arg) = match &filter.kind {
                Kind::Exact | Kind::Pick | Kind::Choice { .. } => (filter.sql, Some(value.clone())),
                Kind::Contains => (filter.sql, Some(like(value))),
                Kind::Written(written) => (filter.sql, Some(written(value))),
                Kind::Case { cases, .. } => {
                    (cases.iter().find(|case| case.0 == value).map_or(filter.sql, |case| case.1), None)
                }
                Kind::FromDay => (filter.sql, self.locale.day_start(value, 0).map(|day| day.rfc3339())),
                Kind::UntilDay => (filter.sql, self.locale.day_start(value, 1).map(|day| day.rfc3339())),
            };
            let sql = match arg {
                Some(arg) => sql.replace('?', &bound(Arg::Owned(arg))),
                None => sql.to_string(),
            };
            conditions.push(format!("({sql})"));
        }
        let (sign, way) = if self.descending { ("<", "DESC") } else { (">", "ASC") };
        let order: Vec<&str> = order.iter().map(|&(column, _)| column).collect();
        if let Some(after) = after {
            let values: Vec<String> = after.iter().map(|value| bound(value.arg())).collect();
            conditions.push(format!("({}) {sign} ({})", order.join(", "), values.join(", ")));
        }
        let limit = bound(Arg::Int(i64::try_from(rows + 1).unwrap_or(i64::MAX)));
        let sql = format!(
            "SELECT {columns}, {order} FROM {from}{where_}{conditions} ORDER BY {by} {way} LIMIT {limit}",
            columns = self.read.join(", "),
            order = order.join(", "),
            by = order.join(&format!(" {way}, ")),
            from = spec.from,
            where_ = if conditions.is_empty() { "" } else { " WHERE " },
            conditions = conditions.join(" AND "),
        );
        (sql, args)
    }

    /// How SQLite reads the page that is asked for, a line for each step: what a test of plans looks at.
    pub async fn plan(&self, db: &Db, fixed: &[Arg<'_>]) -> Result<Vec<String>, StoreError> {
        let order = self.spec.order(self.sort);
        let (sql, args) = self.statement(&order, fixed, self.after.as_ref(), self.rows);
        db.read(&format!("EXPLAIN QUERY PLAN {sql}"), &args).await?.iter().map(|row| row.text(3)).collect()
    }

    async fn step<T>(
        &self,
        db: &Db,
        order: &[(&str, Key)],
        fixed: &[Arg<'_>],
        after: Option<&Cursor>,
        rows: usize,
        read: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<(Vec<T>, Option<Cursor>), StoreError> {
        let (sql, args) = self.statement(order, fixed, after, rows);
        let found = db.read(&sql, &args).await?;
        let more = found.len() > rows;
        let shown = found.get(..rows).unwrap_or(&found);
        let last = shown.last().filter(|_| more).map(|row| self.place(row, order)).transpose()?;
        Ok((shown.iter().map(read).collect::<Result<_, _>>()?, last))
    }

    /// Where a row stands in the order of the list.
    fn place(&self, row: &Row, order: &[(&str, Key)]) -> Result<Cursor, StoreError> {
        let width = self.read.len();
        order.iter().enumerate().map(|(at, &(_, kind))| KeyValue::read(row, width + at, kind)).collect()
    }

    /// Rows after a place, each with its own, and whether there are more: for a reader who does not see all of them.
    pub(crate) async fn rows_after<T>(
        &self,
        db: &Db,
        after: Option<&Cursor>,
        rows: usize,
        read: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<(Vec<(T, Cursor)>, bool), StoreError> {
        let order = self.spec.order(self.sort);
        let (sql, args) = self.statement(&order, &[], after, rows);
        let found = db.read(&sql, &args).await?;
        let shown = found.get(..rows).unwrap_or(&found);
        let placed =
            shown.iter().map(|row| Ok((read(row)?, self.place(row, &order)?))).collect::<Result<_, StoreError>>()?;
        Ok((placed, found.len() > rows))
    }

    /// Where the page that is asked for begins.
    pub(crate) fn begins(&self) -> Option<&Cursor> {
        self.after.as_ref()
    }

    /// The page of rows asked for; everything up to `most` rows when the list is to be taken away.
    pub async fn fetch<T>(
        &self,
        db: &Db,
        fixed: &[Arg<'_>],
        read: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Found<T>, StoreError> {
        let order = self.spec.order(self.sort);
        let (rows, last) = self.step(db, &order, fixed, self.after.as_ref(), self.rows, read).await?;
        Ok(Found { rows, next: last.map(|cursor| self.written(&cursor)) })
    }

    /// The first rows of the list by one statement, at most `most`: to be put in an order that no column has.
    pub async fn fetch_once<T>(
        &self,
        db: &Db,
        fixed: &[Arg<'_>],
        most: usize,
        read: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        Ok(self.step(db, &self.spec.order(self.sort), fixed, None, most, read).await?.0)
    }

    /// All rows of the list, at most `most`, for an export.
    pub async fn fetch_all<T>(
        &self,
        db: &Db,
        fixed: &[Arg<'_>],
        most: usize,
        read: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let order = self.spec.order(self.sort);
        let mut all = Vec::new();
        let mut after = None;
        loop {
            let step = EXPORT_STEP.min(most - all.len());
            let (rows, last) = self.step(db, &order, fixed, after.as_ref(), step, &read).await?;
            all.extend(rows);
            match last {
                Some(cursor) if all.len() < most => after = Some(cursor),
                _ => return Ok(all),
            }
        }
    }

    /// A place as it stands in an address.
    pub(crate) fn written(&self, cursor: &Cursor) -> String {
        let values: Vec<serde_json::Value> =
            std::iter::once(self.sort.name.into()).chain(cursor.iter().map(KeyValue::json)).collect();
        URL_SAFE_NO_PAD.encode(serde_json::Value::Array(values).to_string())
    }

    fn sort_text(&self, sort: &Sort, descending: bool) -> String {
        format!("{}{}", if descending { "-" } else { "" }, sort.name)
    }

    /// The query string of this list with changes.
    fn href(&self, path: &str, without: Option<&str>, sort: Option<&str>, extra: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (filter, value) in self.values.iter().filter(|(filter, _)| Some(filter.name) != without) {
            query.append_pair(filter.name, value);
        }
        let current = self.sort_text(self.sort, self.descending);
        let usual = self.spec.sorts.first().map(|sort| self.sort_text(sort, sort.descending)).unwrap_or_default();
        let sort = sort.unwrap_or(&current);
        if sort != usual {
            query.append_pair("sort", sort);
        }
        if self.rows != usize::from(ROWS_SHOWN) {
            query.append_pair("rows", &self.rows.to_string());
        }
        for name in &self.columns {
            query.append_pair("col", name);
        }
        for (name, value) in extra {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() { path.to_string() } else { format!("{path}?{query}") }
    }

    /// What the template shows around the rows: filter form, headings, pager. `shown` is the number of rows on the page.
    pub fn view<T>(&self, visit: &Visit, found: &Found<T>) -> ListView {
        self.view_of(visit, found.rows.len(), found.next.clone().map(|next| ("after", next)))
    }

    /// The same for rows that came from elsewhere; `next` is the name and value in the query string that lead further.
    pub fn view_of(&self, visit: &Visit, shown: usize, next: Option<(&str, String)>) -> ListView {
        let path = visit.uri.path();
        let word = |kind: &Kind, value: &str| match kind {
            Kind::Choice { words, .. } | Kind::Case { words, .. } => {
                visit.t(&format!("{words}{}", value.replace('_', "-")))
            }
            _ => value.to_string(),
        };
        let fields = self.spec.filters.iter().map(|filter| {
            let value = self.value(filter.name).unwrap_or_default().to_string();
            let of = |values: Vec<&'static str>| {
                values
                    .into_iter()
                    .map(|choice| Choice { value: choice.to_string(), label: word(&filter.kind, choice) })
                    .collect()
            };
            let (kind, choices) = match &filter.kind {
                Kind::Exact | Kind::Contains | Kind::Written(_) => ("search", Vec::new()),
                Kind::FromDay | Kind::UntilDay => ("date", Vec::new()),
                Kind::Pick => ("pick", Vec::new()),
                Kind::Choice { values, .. } => ("choice", of(values.to_vec())),
                Kind::Case { cases, .. } => ("choice", of(cases.iter().map(|case| case.0).collect())),
            };
            let empty = visit.t("web-list-all");
            Field { name: filter.name, label: visit.t(filter.label), kind, value, choices, empty }
        });
        let chips = self.values.iter().map(|(filter, value)| Chip {
            name: filter.name,
            label: visit.t(filter.label),
            value: word(&filter.kind, value),
            href: self.href(path, Some(filter.name), None, &[]),
        });
        let heads = self.spec.sorts.iter().map(|sort| {
            let current = sort.name == self.sort.name;
            let descending = if current { !self.descending } else { sort.descending };
            Head {
                name: sort.name,
                label: visit.t(sort.label),
                href: self.href(path, None, Some(&self.sort_text(sort, descending)), &[]),
                order: match (current, self.descending) {
                    (false, _) => "none",
                    (true, true) => "descending",
                    (true, false) => "ascending",
                },
            }
        });
        let here = self.href(path, None, None, &[]);
        let kept = self.values.iter().map(|(filter, value)| (filter.name, value.clone()));
        ListView {
            query: here.split_once('?').map(|(_, query)| query.to_string()).unwrap_or_default(),
            kept: kept.collect(),
            more_rows: (self.rows != usize::from(ROWS_SHOWN)).then_some(self.rows),
            asked_columns: self.columns.clone(),
            columns: Vec::new(),
            has_views: visit.role.is_some() && visit.shell.has_page(path),
            fields: fields.collect(),
            chips: chips.collect(),
            heads: heads.collect(),
            shown,
            sort: self.sort_text(self.sort, self.descending),
            path: path.to_string(),
            next: next.map(|(name, value)| self.href(path, None, None, &[(name, &value)])),
            first: visit
                .query_pairs()
                .iter()
                .any(|(name, _)| name == "after" || name == "page")
                .then(|| self.href(path, None, None, &[])),
            csv: self.href(path, None, None, &[("format", "csv")]),
            xlsx: self.href(path, None, None, &[("format", "xlsx")]),
            json: self.href(path, None, None, &[("format", "json")]),
        }
    }
}

/// A value a reader may choose, with its words.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The value.
    pub value: String,
    /// Its words.
    pub label: String,
}

#[derive(Debug, Clone)]
struct Field {
    name: &'static str,
    label: String,
    kind: &'static str,
    value: String,
    choices: Vec<Choice>,
    /// The words of no choice.
    empty: String,
}

#[derive(Debug, Clone)]
struct Chip {
    name: &'static str,
    label: String,
    value: String,
    href: String,
}

#[derive(Debug, Clone)]
struct Head {
    name: &'static str,
    label: String,
    href: String,
    order: &'static str,
}

/// What stands around the rows of a list.
#[derive(Debug, Clone)]
pub struct ListView {
    fields: Vec<Field>,
    chips: Vec<Chip>,
    heads: Vec<Head>,
    /// Rows on this page.
    pub shown: usize,
    sort: String,
    path: String,
    next: Option<String>,
    first: Option<String>,
    csv: String,
    xlsx: String,
    json: String,
    /// All that is asked for, as in the address, without the place in the list.
    pub(crate) query: String,
    kept: Vec<(&'static str, String)>,
    more_rows: Option<usize>,
    pub(crate) asked_columns: Vec<String>,
    pub(crate) columns: Vec<Column>,
    has_views: bool,
}

#[derive(Template)]
#[template(path = "parts/filters.html")]
struct Filters<'a> {
    page: &'a Page,
    list: &'a ListView,
}

#[derive(Template)]
#[template(path = "parts/pager.html")]
struct Pager<'a> {
    page: &'a Page,
    list: &'a ListView,
}

#[derive(Template)]
#[template(path = "parts/head.html")]
struct HeadCell<'a> {
    head: &'a Head,
}

impl ListView {
    /// Gives a [`Kind::Pick`] filter its values.
    #[must_use]
    pub fn with_choices(mut self, name: &str, choices: Vec<Choice>) -> ListView {
        for chip in self.chips.iter_mut().filter(|chip| chip.name == name) {
            if let Some(choice) = choices.iter().find(|choice| choice.value == chip.value) {
                chip.value.clone_from(&choice.label);
            }
        }
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.choices = choices;
            field.kind = "choice";
        }
        self
    }

    /// Sends the chip of a filter to the list with another value instead of without the filter: for a filter that is set
    /// unless the reader says otherwise.
    #[must_use]
    pub fn with_chip(mut self, ask: &Ask, name: &str, value: &str) -> ListView {
        let href = ask.href(&self.path, Some(name), None, &[(name, value)]);
        for chip in self.chips.iter_mut().filter(|chip| chip.name == name) {
            chip.href.clone_from(&href);
        }
        self
    }

    /// For a filter that puts the rows in an order no column has: without it they are in the `usual` one, and where it is set
    /// the headings say that they are in none of theirs, and lead to the list without it.
    #[must_use]
    pub fn with_order(mut self, ask: &Ask, name: &str, usual: String) -> ListView {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.empty = usual;
        }
        if ask.value(name).is_some() {
            for (head, sort) in self.heads.iter_mut().zip(ask.spec.sorts) {
                head.order = "none";
                head.href = ask.href(&self.path, Some(name), Some(&ask.sort_text(sort, sort.descending)), &[]);
            }
        }
        self
    }

    /// The filter form with its chips.
    pub fn filters(&self, page: &Page) -> Markup {
        Markup::of(&Filters { page, list: self })
    }

    /// Another address that takes the same filters.
    pub fn address(&self, path: &str) -> String {
        if self.query.is_empty() { path.to_string() } else { format!("{path}?{}", self.query) }
    }

    /// How many are shown, the next page, and the ways to take the list away.
    pub fn pager(&self, page: &Page) -> Markup {
        Markup::of(&Pager { page, list: self })
    }

    /// The heading of a column that can be sorted by.
    pub fn head(&self, name: &str) -> Markup {
        self.heads.iter().find(|head| head.name == name).map(|head| Markup::of(&HeadCell { head })).unwrap_or_default()
    }

    /// Whether any filter is set: decides what an empty list says.
    pub fn is_filtered(&self) -> bool {
        !self.chips.is_empty()
    }
}
