//! Questions and their answers.

use super::draft::{Draft, Field, Typed, rows, some, text};
use crate::typo::french;
use domain::tenant::Faq;
use domain::tenant::settings::Settings;
use leptos::prelude::*;

pub(super) fn typed(settings: &Settings) -> Typed {
    let mut typed = Typed::from([
        ("acces".to_owned(), settings.access.clone().unwrap_or_default()),
        ("documents".to_owned(), settings.documents.clone().unwrap_or_default()),
    ]);
    for (row, faq) in settings.faq.iter().enumerate() {
        typed.insert(format!("q{row}_question"), faq.question.clone());
        typed.insert(format!("q{row}_reponse"), faq.answer.clone());
    }
    typed
}

pub(super) fn read(typed: &Typed, settings: &mut Settings) {
    settings.access = some(typed, "acces");
    settings.documents = some(typed, "documents");
    let one = |row| Faq {
        question: text(typed, &format!("q{row}_question")).to_owned(),
        answer: text(typed, &format!("q{row}_reponse")).to_owned(),
    };
    settings.faq = (0..rows(typed, "q")).map(one).collect();
}

pub(super) fn field(head: &str, row: usize, leaf: &str) -> String {
    match (head, leaf) {
        ("access", _) => "acces".to_owned(),
        ("documents", _) => "documents".to_owned(),
        ("faq", "answer") => format!("q{row}_reponse"),
        ("faq", "question") => format!("q{row}_question"),
        _ => String::new(),
    }
}

pub(super) fn shown(settings: &Settings) -> AnyView {
    let usual = [
        ("Comment venir ?", &settings.access),
        ("Quels documents apporter ?", &settings.documents),
    ];
    let usual = usual.into_iter().filter_map(|(question, answer)| {
        answer.as_ref().map(|answer| (question.to_owned(), answer.clone()))
    });
    let own = settings.faq.iter().map(|faq| (faq.question.clone(), faq.answer.clone()));
    let all: Vec<(String, String)> = own.chain(usual).collect();
    let none = all.is_empty().then(|| {
        view! { <p class="soft">{french("Aucune réponse : à une question, l’assistant propose de prendre un message.")}</p> }
    });
    let entries = all
        .into_iter()
        .map(|(question, answer)| view! { <div><dt>{french(&question)}</dt><dd>{french(&answer)}</dd></div> })
        .collect_view();
    view! { {none} <dl class="facts wide">{entries}</dl> }.into_any()
}

pub(super) fn fields(draft: &Draft) -> AnyView {
    let used = rows(&draft.typed, "q");
    let own = (0..=used)
        .map(|row| {
            let prefix = format!("q{row}_");
            let title = if row == used { "Nouvelle question".to_owned() } else { format!("Question {}", row + 1) };
            let question = Field::line(format!("{prefix}question"), "Question, comme on la pose", 300);
            let answer = Field::line(format!("{prefix}reponse"), "Réponse, comme elle est dite", 1000).kind("area");
            let gone = (row < used).then(|| draft.removal(&prefix, &title.to_lowercase()));
            view! { <fieldset class="entry"><legend>{title}</legend>{draft.field(question)}{draft.field(answer)}{gone}</fieldset> }.into_any()
        })
        .collect_view();
    let access = Field::line("acces", "Comment venir", 1000)
        .kind("area")
        .hint("Étage, code, parking, arrêt de bus.");
    let documents = Field::line("documents", "Quels documents apporter", 1000).kind("area");
    view! { {draft.field(access)} {draft.field(documents)} {own} }.into_any()
}
