//! "Essayer par écrit": a conversation with the same engine, in plain forms.

use crate::parts::Icon;
use crate::typo::french;
use leptos::prelude::*;

/// The longest sentence a visitor may send, in bytes.
pub const LONGEST: usize = 500;

/// A visitor's written conversation.
#[derive(Default)]
pub struct Demo {
    /// What was said, in order.
    pub lines: Vec<Line>,
    /// What the visitor had typed when it was refused.
    pub typed: String,
    /// Why it was refused.
    pub refused: Option<&'static str>,
    /// True when the assistant has said goodbye.
    pub over: bool,
}

/// One thing said.
pub struct Line {
    /// By whom.
    pub voice: Voice,
    /// The words.
    pub text: String,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The assistant.
    Us,
    /// The visitor or caller.
    Them,
}

/// The section of the homepage.
pub fn section(demo: Demo) -> impl IntoView {
    let begun = !demo.lines.is_empty();
    let again = begun.then(again);
    view! {
        <section id="essayer" class="band try">
            <header class="intro">
                <h2>"Essayer par écrit"</h2>
                <p>{french("Le même assistant qu’au téléphone, pour un cabinet d’essai. Demandez un rendez-vous, les horaires, un rappel. N’écrivez pas vos vraies données de santé : rien ici n’est transmis à un cabinet.")}</p>
            </header>
            <div class="chat">
                {lines(demo.lines).into_any()}
                {form(demo.typed, demo.refused, demo.over).into_any()}
                {again}
            </div>
        </section>
    }
}

fn lines(lines: Vec<Line>) -> impl IntoView {
    let greeting = Line {
        voice: Voice::Us,
        text: "Bonjour, vous écrivez à l’assistant automatique d’un cabinet d’essai. \
               Que puis-je faire pour vous ?"
            .to_owned(),
    };
    let items = std::iter::once(greeting).chain(lines).map(said).collect_view();
    view! { <ol class="speech" data-end="" aria-label="Conversation" tabindex="0">{items}</ol> }
}

fn said(line: Line) -> impl IntoView {
    let (class, who) = match line.voice {
        Voice::Us => ("us", "UWi : "),
        Voice::Them => ("them", "Vous : "),
    };
    view! { <li class=class><span class="unseen">{who}</span>{french(&line.text)}</li> }
}

fn form(typed: String, refused: Option<&'static str>, over: bool) -> impl IntoView {
    if over {
        return view! { <p class="soft over">"La conversation est terminée."</p> }.into_any();
    }
    let invalid = refused.map(|_| "true");
    let described = refused.map(|_| "essai-erreur");
    let error = refused.map(|why| {
        view! { <p class="error" id="essai-erreur" role="alert"><Icon name="alert"/>{french(why)}</p> }
    });
    view! {
        <form class="say field demo-form" method="post" action="/essayer">
            <label for="essai">"Votre phrase"</label>
            <div class="line">
                <input id="essai" name="text" type="text" maxlength=LONGEST.to_string() autocomplete="off" required value=typed
                    placeholder="Je voudrais un rendez-vous jeudi matin" aria-invalid=invalid aria-describedby=described/>
                <button class="button" type="submit">"Envoyer"</button>
            </div>
            {error}
        </form>
    }
    .into_any()
}

fn again() -> impl IntoView {
    view! {
        <form class="again" method="post" action="/essayer/nouveau">
            <button class="button plain" type="submit">"Recommencer"</button>
        </form>
    }
}
