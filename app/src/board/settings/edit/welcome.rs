//! What callers hear first, whether calls are recorded, how long things are kept.

use super::draft::{Draft, Field, Typed, some, text};
use crate::board::settings::facts;
use crate::typo::{self, french};
use desk::switchboard;
use domain::tenant::Profile;
use domain::tenant::notices::Recording;
use domain::tenant::retention::Retention;
use domain::tenant::settings::Settings;
use leptos::prelude::*;

/// The ways to record, by the words of the form.
const WAYS: [(&str, Recording, &str); 3] = [
    ("non", Recording::Off, "Les appels ne sont pas enregistrés"),
    ("annonce", Recording::Announced, "Enregistrés, sauf si l’appelant refuse"),
    ("accord", Recording::Asked, "Enregistrés si l’appelant est d’accord"),
];

/// In a word, whether calls are recorded.
pub(in crate::board::settings) fn recording(record: Recording) -> &'static str {
    match record {
        Recording::Off => "Appels non enregistrés",
        Recording::Announced => "Appels enregistrés, sauf refus",
        Recording::Asked => "Appels enregistrés avec accord",
    }
}

pub(super) fn typed(settings: &Settings, profile: &Profile) -> Typed {
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    let way = WAYS.iter().find(|(_, record, _)| *record == profile.notices.record);
    Typed::from([
        ("accueil".to_owned(), optional(&settings.notice.greeting)),
        ("annonce".to_owned(), optional(&settings.notice.recording)),
        ("enregistrement".to_owned(), way.map_or("non", |(word, ..)| word).to_owned()),
    ])
}

pub(super) fn read(typed: &Typed, settings: &mut Settings) {
    let word = text(typed, "enregistrement");
    let record = WAYS.iter().find(|(known, ..)| *known == word);
    let record = record.map_or(Recording::Off, |(_, record, _)| *record);
    settings.recording.enabled = record != Recording::Off;
    settings.recording.ask_consent = record == Recording::Asked;
    settings.notice.greeting = some(typed, "accueil");
    // Words about a recording that is not made would be untrue.
    settings.notice.recording = some(typed, "annonce").filter(|_| record != Recording::Off);
}

pub(super) fn field(head: &str) -> &'static str {
    match head {
        "notice.greeting" => "accueil",
        "notice.recording" => "annonce",
        _ => "",
    }
}

pub(super) fn shown(settings: &Settings, profile: &Profile) -> AnyView {
    let first = switchboard::first_message(profile);
    view! {
        <section class="panel">
            <header><h2>"Les premiers mots"</h2></header>
            <blockquote class="letter">{french(&first)}</blockquote>
            <p class="soft small">{french("Qu’un assistant automatique répond est toujours dit ; aucun réglage ne l’enlève.")}</p>
        </section>
        <section class="panel">
            <header><h2>"Enregistrement"</h2></header>
            <p>{french(meaning(profile.notices.record))}</p>
            <p class="soft small">{french("Qui refuse est servi comme les autres. Ses mots ne sont plus conservés à partir de là, ni l’enregistrement s’il y en a un.")}</p>
        </section>
        <section class="panel">
            <header><h2>"Conservation"</h2></header>
            {facts(kept(settings.retention)).into_any()}
        </section>
    }
    .into_any()
}

fn meaning(record: Recording) -> &'static str {
    match record {
        Recording::Off => {
            "Les appels ne sont pas enregistrés. Ce qui est dit est transcrit, puis effacé comme indiqué plus bas."
        }
        Recording::Announced => {
            "Les appels sont enregistrés par l’opérateur. Les appelants l’entendent au décroché et peuvent refuser."
        }
        Recording::Asked => {
            "L’accord est demandé au décroché. Sans un oui, l’enregistrement n’est pas gardé."
        }
    }
}

fn kept(retention: Retention) -> Vec<(&'static str, String)> {
    let days = |days: u32| typo::count(i64::from(days), "jour", "jours");
    vec![
        ("Conversations", days(retention.transcripts_days)),
        ("Messages traités, numéros", days(retention.messages_days)),
        ("Événements, sans identité", days(retention.events_days)),
    ]
}

pub(super) fn fields(draft: &Draft) -> AnyView {
    let greeting = Field::line("accueil", "Vos mots d’accueil", 200)
        .hint("Dits après le nom du cabinet : « Bienvenue. » Vide : rien de plus. Pas de question, l’assistant pose la sienne.");
    let chosen = draft.value("enregistrement");
    let options = WAYS.map(|(word, _, told)| {
        view! { <option value=word selected=word == chosen>{french(told)}</option> }.into_any()
    });
    let told = Field::line("annonce", "Comment l’enregistrement est annoncé", 200)
        .hint("Vide : les mots usuels.");
    view! {
        {draft.field(greeting)}
        <div class="field"><label for="enregistrement">"Enregistrement"</label><select id="enregistrement" name="enregistrement">{options.into_iter().collect_view()}</select></div>
        <div class="announced">{draft.field(told)}</div>
    }
    .into_any()
}
