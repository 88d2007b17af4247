//! Where a number is wanted, as a form asks it.

use crate::parts::Icon;
use crate::typo::french;
use domain::numbers::{COUNTRIES, Place, PlaceError};
use leptos::prelude::*;

/// The places of France that numbers begin with.
const FRANCE: [(&str, &str); 6] = [
    ("01", "01 : Île-de-France"),
    ("02", "02 : Nord-Ouest"),
    ("03", "03 : Nord-Est"),
    ("04", "04 : Sud-Est"),
    ("05", "05 : Sud-Ouest"),
    ("09", "09 : sans région"),
];

/// A country's name.
pub(crate) fn country(code: &str) -> &'static str {
    match code {
        "FR" => "France",
        "US" => "États-Unis",
        "CA" => "Canada",
        "BE" => "Belgique",
        "CH" => "Suisse",
        "LU" => "Luxembourg",
        "GB" => "Royaume-Uni",
        "DE" => "Allemagne",
        "ES" => "Espagne",
        "IT" => "Italie",
        _ => "Autre pays",
    }
}

/// Reads `FR-01` or `US` and an American area code.
pub(crate) fn read(chosen: &str, american: &str, home: &str) -> Result<Place, PlaceError> {
    let (country, area) = chosen.split_once('-').unwrap_or((chosen, ""));
    let has_codes = ["US", "CA"].contains(&country);
    let area = if has_codes { american } else { area };
    Place::read(Some(country), Some(area), home)
}

/// The place of a wish, in words.
pub(crate) fn words(code: &str, area: Option<&str>) -> String {
    let known = FRANCE.iter().find(|(french, _)| code == "FR" && area == Some(french));
    match (known, area) {
        (Some((_, words)), _) => format!("France, {words}"),
        (None, Some(area)) => format!("{}, {area}", country(code)),
        (None, None) => country(code).to_owned(),
    }
}

/// The fields; `home` is the tenant's country, whose places come first.
pub(crate) fn fields(chosen: &str, american: &str, home: &str, refused: Option<String>) -> AnyView {
    let chosen = if chosen.is_empty() { first(home) } else { chosen.to_owned() };
    let option = |value: String, words: String| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{french(&words)}</option> }.into_any()
    };
    let french_places: Vec<_> = FRANCE
        .iter()
        .map(|(area, words)| option(format!("FR-{area}"), (*words).to_owned()))
        .collect();
    let others: Vec<_> = COUNTRIES
        .iter()
        .filter(|code| **code != "FR")
        .map(|code| option((*code).to_owned(), country(code).to_owned()))
        .collect();
    let france = view! { <optgroup label="France">{french_places}</optgroup> }.into_any();
    let others = view! { <optgroup label="Ailleurs">{others}</optgroup> }.into_any();
    let groups = if home == "FR" { [france, others] } else { [others, france] };
    let invalid = refused.as_ref().map(|_| "true");
    let error = refused.map(|why| {
        view! { <p class="error" id="lieu-erreur" role="alert"><Icon name="alert"/>{french(&why)}</p> }
    });
    view! {
        <div class="field">
            <label for="lieu">"Où"</label>
            <select id="lieu" name="lieu" aria-invalid=invalid aria-describedby="lieu-erreur">{groups.into_iter().collect_view()}</select>
            {error}
        </div>
        <div class="field american">
            <label for="indicatif">"Indicatif"</label>
            <input id="indicatif" name="indicatif" inputmode="numeric" maxlength="3" autocomplete="off" value=american.to_owned() aria-describedby="indicatif-aide"/>
            <p class="hint" id="indicatif-aide">{french("Trois chiffres, aux États-Unis et au Canada. Vide : n’importe lequel.")}</p>
        </div>
    }
    .into_any()
}

fn first(home: &str) -> String {
    if home == "FR" { "FR-01".to_owned() } else { home.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_a_place() {
        let place = |chosen, american| read(chosen, american, "FR").map(|p| (p.country, p.area));
        assert_eq!(place("FR-01", "212"), Ok(("FR".to_owned(), Some("01".to_owned()))));
        assert_eq!(place("US", "212"), Ok(("US".to_owned(), Some("212".to_owned()))));
        assert_eq!(place("BE", "212"), Ok(("BE".to_owned(), None)));
        assert_eq!(place("US", "12"), Err(PlaceError::Area));
        assert_eq!(place("ZZ", ""), Err(PlaceError::Country));
    }
}
