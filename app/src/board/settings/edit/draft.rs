//! A form as it is typed: fields by name, what is wrong by the same names, and
//! rows that are numbered in the names.

use crate::parts::Icon;
use crate::typo::french;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Fields by name.
pub(crate) type Typed = BTreeMap<String, String>;

/// The most rows of one kind that a form reads.
const ROWS: usize = 210;

/// What is shown in a form.
#[derive(Default)]
pub(crate) struct Draft {
    /// What its fields hold.
    pub(crate) typed: Typed,
    /// What is wrong, by the name of the field; under `""` what concerns all.
    pub(crate) problems: Typed,
}

/// A field's text, without blanks around it.
pub(super) fn text<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).map_or("", |value| value.trim())
}

/// The same, when there is any.
pub(super) fn some(typed: &Typed, name: &str) -> Option<String> {
    Some(text(typed, name)).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// How many rows of a kind there are.
pub(super) fn rows(typed: &Typed, kind: &str) -> usize {
    let number = |name: &String| {
        let (row, _) = name.strip_prefix(kind)?.split_once('_')?;
        row.parse::<usize>().ok().filter(|row| *row < ROWS)
    };
    typed.keys().filter_map(number).max().map_or(0, |last| last + 1)
}

/// Leaves out the rows that were ticked for removal, and those that say
/// nothing; what stays is numbered anew.
pub(super) fn tidy(typed: &mut Typed, kind: &str, says: &[&str]) {
    let mut kept = 0;
    for row in 0..rows(typed, kind) {
        let prefix = format!("{kind}{row}_");
        let of_row: Vec<(String, String)> = typed
            .extract_if(.., |name, _| name.starts_with(&prefix))
            .map(|(name, value)| (name[prefix.len()..].to_owned(), value))
            .collect();
        let removed = of_row.iter().any(|(name, _)| name == "retirer");
        let filled = of_row
            .iter()
            .any(|(name, value)| says.contains(&name.as_str()) && !value.trim().is_empty());
        if filled && !removed {
            let renamed =
                of_row.into_iter().map(|(name, value)| (format!("{kind}{kept}_{name}"), value));
            typed.extend(renamed.collect::<Vec<_>>());
            kept += 1;
        }
    }
}

/// How a field is asked for.
pub(super) struct Field<'a> {
    /// Its name and id.
    pub(super) name: String,
    /// Above it.
    pub(super) label: &'a str,
    /// The type of the input; `area` for several lines.
    pub(super) kind: &'static str,
    /// Below it.
    pub(super) hint: &'a str,
    /// The most characters.
    pub(super) longest: u16,
}

impl<'a> Field<'a> {
    /// A line of text.
    pub(super) fn line(name: impl Into<String>, label: &'a str, longest: u16) -> Self {
        Self { name: name.into(), label, kind: "text", hint: "", longest }
    }

    pub(super) fn kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    pub(super) fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }
}

impl Draft {
    pub(super) fn value(&self, name: &str) -> String {
        self.typed.get(name).cloned().unwrap_or_default()
    }

    /// What is wrong with a field, below it.
    pub(super) fn error(&self, name: &str) -> Option<AnyView> {
        let why = self.problems.get(name)?;
        let id = format!("{name}-erreur");
        Some(view! { <p class="error" id=id><Icon name="alert"/>{french(why)}</p> }.into_any())
    }

    /// A field with its label, its hint and what is wrong with it.
    pub(super) fn field(&self, field: Field<'_>) -> AnyView {
        let Field { name, label, kind, hint, longest } = field;
        let error = self.error(&name);
        let invalid = error.as_ref().map(|_| "true");
        let help = (!hint.is_empty()).then(|| {
            view! { <p class="hint" id=format!("{name}-aide")>{french(hint)}</p> }.into_any()
        });
        let described = match (&help, &error) {
            (None, None) => None,
            (Some(_), None) => Some(format!("{name}-aide")),
            (None, Some(_)) => Some(format!("{name}-erreur")),
            (Some(_), Some(_)) => Some(format!("{name}-aide {name}-erreur")),
        };
        let value = self.value(&name);
        let input = if kind == "area" {
            view! { <textarea id=name.clone() name=name.clone() rows="3" maxlength=longest.to_string() aria-invalid=invalid aria-describedby=described>{value}</textarea> }.into_any()
        } else {
            let (kind, mode) =
                if kind == "number" { ("text", Some("numeric")) } else { (kind, None) };
            view! { <input id=name.clone() name=name.clone() type=kind inputmode=mode maxlength=longest.to_string() autocomplete="off" value=value aria-invalid=invalid aria-describedby=described/> }.into_any()
        };
        view! { <div class="field"><label for=name>{label.to_owned()}</label>{input}{error}{help}</div> }
            .into_any()
    }

    /// The box that takes a row out.
    pub(super) fn removal(&self, prefix: &str, what: &str) -> AnyView {
        let name = format!("{prefix}retirer");
        let label = format!("Retirer {what}");
        view! { <label class="radio remove"><input type="checkbox" name=name value="oui" aria-label=label/><span>"Retirer"</span></label> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn rows_that_go_leave_no_gap() {
        let mut form = typed(&[
            ("etat", "x"),
            ("q0_question", "Un ?"),
            ("q0_retirer", "oui"),
            ("q1_question", " "),
            ("q1_reponse", ""),
            ("q2_question", "Deux ?"),
            ("q10_question", "Trois ?"),
            ("q999999_question", "Trop"),
            ("qé_question", "Autre"),
        ]);
        tidy(&mut form, "q", &["question", "reponse"]);
        assert_eq!(rows(&form, "q"), 2);
        assert_eq!((text(&form, "q0_question"), text(&form, "q1_question")), ("Deux ?", "Trois ?"));
        assert_eq!(text(&form, "etat"), "x");
    }
}
