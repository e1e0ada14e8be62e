//! Why a form was refused, said at the top and at the field.

use askama::Template;

use crate::markup::Markup;

/// Why a form was refused, in words of the reader; empty when it was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mistake {
    /// The name of the field; empty when it is none alone.
    field: String,
    words: String,
}

#[derive(Template)]
#[template(source = r#"{% import "parts.html" as parts %}{% call parts::refused(words) %}{% endcall %}"#, ext = "html")]
struct Told<'m> {
    words: &'m str,
}

#[derive(Template)]
#[template(source = r#" aria-invalid="true" aria-describedby="{{ field }}-wrong""#, ext = "html")]
struct Marked<'m> {
    field: &'m str,
}

#[derive(Template)]
#[template(
    source = r#"{% if is_wrong %} aria-invalid="true"{% endif %} aria-describedby="{{ hint }}{% if is_wrong %} {{ field }}-wrong{% endif %}""#,
    ext = "html"
)]
struct Beside<'m> {
    field: &'m str,
    hint: &'m str,
    is_wrong: bool,
}

#[derive(Template)]
#[template(source = r#"<p class="note bad" id="{{ field }}-wrong">{{ words }}</p>"#, ext = "html")]
struct Below<'m> {
    field: &'m str,
    words: &'m str,
}

impl Mistake {
    /// What is wrong with a field.
    pub fn at(field: impl Into<String>, words: impl Into<String>) -> Mistake {
        Mistake { field: field.into(), words: words.into() }
    }

    /// What is wrong with the form as a whole.
    pub fn of_form(words: impl Into<String>) -> Mistake {
        Mistake::at("", words)
    }

    /// Whether the form was refused.
    pub fn is_some(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether the form was not refused.
    pub fn is_none(&self) -> bool {
        !self.is_some()
    }

    fn is_at(&self, field: &str) -> bool {
        self.is_some() && self.field == field
    }

    /// Stands over the form and takes the focus, with scripts or without.
    pub fn told(&self) -> Markup {
        if self.is_none() { Markup::default() } else { Markup::of(&Told { words: &self.words }) }
    }

    /// Stands in the tag of a field that has no other `aria-describedby`.
    pub fn mark(&self, field: impl AsRef<str>) -> Markup {
        let field = field.as_ref();
        if self.is_at(field) { Markup::of(&Marked { field }) } else { Markup::default() }
    }

    /// Stands in the tag of a field that the hint of this id describes too.
    pub fn mark_beside(&self, field: impl AsRef<str>, hint: &str) -> Markup {
        let field = field.as_ref();
        Markup::of(&Beside { field, hint, is_wrong: self.is_at(field) })
    }

    /// Stands below the field.
    pub fn below(&self, field: impl AsRef<str>) -> Markup {
        let field = field.as_ref();
        if self.is_at(field) { Markup::of(&Below { field, words: &self.words }) } else { Markup::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::Mistake;

    #[test]
    fn a_mistake_stands_over_the_form_and_at_its_field_alone() {
        let none = Mistake::default();
        assert!(none.is_none() && none.told().is_empty() && none.mark("").is_empty() && none.below("").is_empty());
        let one = Mistake::at("name", "A <name> is needed.");
        assert!(one.is_some() && one.told().as_str().contains("autofocus><p>A &#60;name&#62; is needed.</p>"));
        assert_eq!(one.mark("name").as_str(), r#" aria-invalid="true" aria-describedby="name-wrong""#);
        assert_eq!(
            one.below("name").as_str(),
            r#"<p class="note bad" id="name-wrong">A &#60;name&#62; is needed.</p>"#
        );
        assert_eq!(
            one.mark_beside("name", "name-hint").as_str(),
            r#" aria-invalid="true" aria-describedby="name-hint name-wrong""#
        );
        assert_eq!(one.mark_beside("owner", "owner-hint").as_str(), r#" aria-describedby="owner-hint""#);
        assert!(one.mark("owner").is_empty() && one.below("owner").is_empty());
    }
}
