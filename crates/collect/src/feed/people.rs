//! People as feeds name them: `me@a.example (Name)`, `Name <me@a.example>`, elements.

use super::Person;
use super::words::Setting;
use crate::xml::Element;

/// A person from one line of text.
pub(super) fn from_text(text: &str) -> Person {
    let text = text.trim();
    let Some(email) = find_email(text) else {
        return Person { name: some(text), ..Person::default() };
    };
    let rest = text.replacen(&email, "", 1).replace("()", "").replace("<>", "").replace("mailto:", "");
    let rest = rest.replace("&lt;&gt;", "");
    let mut name = rest.trim();
    if let Some(inner) = name.strip_prefix('(').and_then(|n| n.strip_suffix(')')) {
        name = inner.trim();
    }
    Person { name: some(name.trim_matches([',', ' '])), email: Some(email), href: None }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn find_email(text: &str) -> Option<String> {
    let inside = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    let at = text.find('@')?;
    let start = text[..at].char_indices().rev().take_while(|(_, c)| inside(*c)).last()?.0;
    let after = &text[at + 1..];
    let length = after.find(|c: char| !inside(c)).unwrap_or(after.len());
    let host = after[..length].trim_end_matches('.');
    (host.contains('.') && !host.starts_with('.')).then(|| format!("{}@{host}", &text[start..at]))
}

/// A person from an element: Atom's `name`, `email`, `uri`, or text.
pub(super) fn from_element(element: &Element, setting: &Setting) -> Person {
    if element.elements().next().is_none() {
        return from_text(&element.text());
    }
    let mut person = Person::default();
    for child in element.elements() {
        let text = child.text();
        match child.name.as_str() {
            "name" => person.name = some(&text),
            "email" => person.email = some(&text),
            "uri" | "url" | "homepage" => person.href = some(&setting.inside(child).absolute(&text)),
            _ => {}
        }
    }
    person
}

/// Whether anything is known of the person.
pub(super) fn is_named(person: &Person) -> bool {
    person.name.is_some() || person.email.is_some() || person.href.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people() {
        let check = |text: &str, name: &str, email: &str| {
            let person = from_text(text);
            assert_eq!(person.name.as_deref().unwrap_or_default(), name, "{text}");
            assert_eq!(person.email.as_deref().unwrap_or_default(), email, "{text}");
        };
        check("Li Na", "Li Na", "");
        check("me@a.example (Li Na)", "Li Na", "me@a.example");
        check("Li Na <me+x@a.example>", "Li Na", "me+x@a.example");
        check("Li Na (me@a.example)", "Li Na", "me@a.example");
        check("me@a.example", "", "me@a.example");
        check("@nobody", "@nobody", "");
        check("", "", "");
    }
}
