//! Who is rung for a caller who wants a human, and for some matters somebody else.

use super::draft::{Draft, Field, Typed, rows, some, text};
use super::week;
use crate::board::settings::calls;
use crate::parts::Icon;
use crate::typo::{self, NBSP, french};
use domain::phone::E164;
use domain::tenant::Profile;
use domain::tenant::settings::{Hours, Settings, TransferEntry, TransferRuleEntry};
use domain::tenant::transfer::Subject;
use leptos::prelude::*;

/// What a caller may want, by the names in the form.
const SUBJECTS: [(&str, Subject); 5] = [
    ("rendezvous", Subject::Appointment),
    ("ordonnance", Subject::Prescription),
    ("resultats", Subject::Results),
    ("reclamation", Subject::Complaint),
    ("question", Subject::Question),
];

pub(super) fn typed(settings: &Settings, profile: &Profile) -> Typed {
    let mut typed = Typed::new();
    let country = &settings.country;
    let ring = |seconds: Option<u32>| seconds.map_or(String::new(), |seconds| seconds.to_string());
    if let Some(to) = &settings.transfer {
        typed.insert("numero".to_owned(), spelled(&to.number, country));
        typed.insert("sonne".to_owned(), ring(to.ring_seconds));
        let own = profile.transfer.as_ref().map_or(&[][..], |to| &to.hours);
        let when = if own.is_empty() { "ouverture" } else { "autres" };
        typed.insert("quand".to_owned(), when.to_owned());
        week::write(&mut typed, "t", own);
    }
    for (row, rule) in settings.transfer_rule.iter().enumerate() {
        typed.insert(format!("r{row}_avant"), row.to_string());
        typed.insert(format!("r{row}_mots"), rule.words.join(", "));
        typed.insert(format!("r{row}_numero"), spelled(&rule.number, country));
        typed.insert(format!("r{row}_sonne"), ring(rule.ring_seconds));
        for (name, subject) in SUBJECTS {
            if rule.about.contains(&subject) {
                typed.insert(format!("r{row}_{name}"), "oui".to_owned());
            }
        }
    }
    typed
}

fn spelled(number: &str, country: &str) -> String {
    let read = E164::parse(number, country);
    read.map_or(number.to_owned(), |number| typo::phone(&number).replace(NBSP, " "))
}

pub(super) fn read(typed: &Typed, settings: &mut Settings, problems: &mut Typed) {
    let number = some(typed, "numero");
    let ring_seconds = ring(typed, "sonne", problems);
    let other = text(typed, "quand") == "autres";
    let hours = if other { week::read(typed, "t", problems) } else { Vec::new() };
    settings.transfer = number.map(|number| TransferEntry { number, ring_seconds, hours });
    let before = std::mem::take(&mut settings.transfer_rule);
    settings.transfer_rule =
        (0..rows(typed, "r")).map(|row| rule(typed, row, &before, problems)).collect();
}

fn ring(typed: &Typed, name: &str, problems: &mut Typed) -> Option<u32> {
    let raw = some(typed, name)?;
    let read = raw.parse();
    if read.is_err() {
        problems.insert(name.to_owned(), "Un nombre de secondes.".to_owned());
    }
    read.ok()
}

fn rule(
    typed: &Typed,
    row: usize,
    before: &[TransferRuleEntry],
    problems: &mut Typed,
) -> TransferRuleEntry {
    let words = text(typed, &format!("r{row}_mots")).split(',').map(str::trim);
    let ticked = |name: &str| typed.contains_key(&format!("r{row}_{name}"));
    // Its hours are not in the form: they stay.
    let known = text(typed, &format!("r{row}_avant")).parse::<usize>().ok();
    let hours: Vec<Hours> =
        known.and_then(|at| before.get(at)).map(|rule| rule.hours.clone()).unwrap_or_default();
    TransferRuleEntry {
        words: words.filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        about: SUBJECTS.iter().filter(|(name, _)| ticked(name)).map(|(_, it)| *it).collect(),
        number: text(typed, &format!("r{row}_numero")).to_owned(),
        ring_seconds: ring(typed, &format!("r{row}_sonne"), problems),
        hours,
    }
}

pub(super) fn field(head: &str, row: usize, leaf: &str) -> String {
    match (head, leaf) {
        ("transfer.number", _) => "numero".to_owned(),
        ("transfer.ring_seconds", _) => "sonne".to_owned(),
        ("transfer_rule", "number") => format!("r{row}_numero"),
        ("transfer_rule", "ring_seconds") => format!("r{row}_sonne"),
        ("transfer_rule", _) => format!("r{row}_mots"),
        _ => String::new(),
    }
}

pub(super) fn shown(profile: &Profile) -> AnyView {
    calls::rung(profile).into_any()
}

pub(super) fn fields(draft: &Draft) -> AnyView {
    let number = Field::line("numero", "Numéro", 40)
        .kind("tel")
        .hint("Vide : personne n’est dérangé, l’assistant prend un message.");
    let ring =
        Field::line("sonne", "Sonne, en secondes", 2).kind("number").hint("De 5 à 60. Vide : 25.");
    let other = draft.value("quand") == "autres";
    let rules = (0..=rows(&draft.typed, "r")).map(|row| rule_row(draft, row)).collect_view();
    view! {
        <div class="pair">{draft.field(number)}{draft.field(ring)}</div>
        <div class="field"><label for="quand">"Quand"</label><select id="quand" name="quand">
            <option value="ouverture" selected=!other>"Pendant les horaires d’ouverture"</option>
            <option value="autres" selected=other>"À d’autres heures"</option>
        </select></div>
        <div class="other-hours">{week::grid(draft, "t")}</div>
        <h3>"Selon le motif"</h3>
        <p class="soft small">{french("Pour ces motifs, quelqu’un d’autre sonne. La première ligne qui convient l’emporte.")}</p>
        {rules}
    }
    .into_any()
}

fn rule_row(draft: &Draft, row: usize) -> AnyView {
    let (prefix, new) = (format!("r{row}_"), row == rows(&draft.typed, "r"));
    let title = if new { "Nouveau motif".to_owned() } else { format!("Motif {}", row + 1) };
    let words =
        Field::line(format!("{prefix}mots"), "Mots entendus, séparés par des virgules", 400)
            .hint("« facture, devis ».");
    let number = Field::line(format!("{prefix}numero"), "Numéro", 40).kind("tel");
    let ring = Field::line(format!("{prefix}sonne"), "Sonne, en secondes", 2).kind("number");
    let subjects = SUBJECTS
        .iter()
        .map(|(key, subject)| {
            let name = format!("{prefix}{key}");
            let checked = draft.typed.contains_key(&name);
            view! { <label class="radio"><input type="checkbox" name=name value="oui" checked=checked/><span>{calls::about_what(*subject)}</span></label> }.into_any()
        })
        .collect_view();
    let before = draft.value(&format!("{prefix}avant"));
    let before = (!before.is_empty())
        .then(|| view! { <input type="hidden" name=format!("{prefix}avant") value=before/> });
    let gone = (!new).then(|| draft.removal(&prefix, &title.to_lowercase()));
    view! {
        <fieldset class="entry"><legend><Icon name="forward"/>{title}</legend>{before}
            {draft.field(words)}
            <fieldset class="either"><legend>"Ou l’appelant veut"</legend><div class="ticks">{subjects}</div></fieldset>
            <div class="pair">{draft.field(number)}{draft.field(ring)}</div>{gone}
        </fieldset>
    }
    .into_any()
}
