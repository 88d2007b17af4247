//! One step being made: the state as it changes, what is said, what happens.

use crate::ask::Ask;
use crate::state::{Pending, Preference, State, Waiting};
use crate::understand::intents::Faqs;
use crate::understand::people::{self, Person};
use crate::understand::words::Word;
use crate::understand::{self, Understanding};
use crate::wording::{self, Rung, greeting, recovery, register, spoken};
use crate::{Effect, MAX_ROUNDS, Next, Now, Script, Step};
use domain::event::EventKind;
use serde_json::json;
use std::cell::OnceCell;

/// How a step ends.
pub(super) struct Outcome {
    /// The last sentence, after what leads it.
    pub say: String,
    /// What then.
    pub next: Next,
    /// Why.
    pub rule: &'static str,
}

/// What was heard in this turn.
pub(super) struct Heard {
    pub words: Vec<Word>,
    pub understood: Understanding,
}

/// One step being made.
pub(super) struct Turn<'a> {
    pub script: &'a Script<'a>,
    pub now: Now,
    pub state: State,
    pub heard: Option<Heard>,
    /// The heard text.
    pub text: &'a str,
    /// True once something of this turn was taken in.
    pub took: bool,
    /// The tenant's FAQ, read when the first question needs it.
    faqs: OnceCell<Faqs>,
    /// Who receives, read when the first words may name them.
    people: OnceCell<Vec<Person>>,
    /// How far the booking was before this turn.
    before: (bool, bool),
    /// What is said before anything else, the disclosure included.
    pub urgent: String,
    effects: Vec<Effect>,
}

impl<'a> Turn<'a> {
    pub fn new(script: &'a Script<'a>, state: State, now: Now) -> Self {
        let before = (state.chosen.is_some(), state.contact.settled());
        Self {
            script,
            now,
            faqs: OnceCell::new(),
            people: OnceCell::new(),
            before,
            state,
            heard: None,
            text: "",
            took: false,
            urgent: String::new(),
            effects: Vec::new(),
        }
    }

    /// Reads what was heard, already cut into words.
    pub fn listen(&mut self, text: &'a str, words: Vec<Word>) {
        self.text = text;
        let understood = understand::read(text, &words, self.now.local);
        self.heard = Some(Heard { words, understood });
    }

    /// The tenant's FAQ.
    pub fn faqs(&self) -> &Faqs {
        self.faqs.get_or_init(|| Faqs::new(&self.script.profile.faqs))
    }

    /// Who receives.
    pub fn people(&self) -> &[Person] {
        self.people.get_or_init(|| people::people(&self.script.profile.calendars))
    }

    /// True when this turn chose a slot or settled how to reach the caller.
    pub fn went_on(&self) -> bool {
        let (chosen, settled) = self.before;
        !chosen && self.state.chosen.is_some() || !settled && self.state.contact.phone.is_some()
    }

    /// Puts a sentence before the reply.
    pub fn lead(&mut self, sentence: impl AsRef<str>) {
        join(&mut self.state.lead, sentence.as_ref());
    }

    /// Asks the caller, in the words of the rung that the question has reached.
    pub fn ask(&mut self, pending: Pending, rule: &'static str) -> Outcome {
        self.ask_at(pending, Rung::First, rule)
    }

    /// Asks the caller in the words of `rung`.
    pub fn ask_at(&mut self, pending: Pending, rung: Rung, rule: &'static str) -> Outcome {
        self.state.pending = Some(pending);
        let say = wording::question(self.script, &self.state, pending, rung);
        Outcome { say, next: Next::Listen, rule }
    }

    /// Asks the outside, unless this turn has already asked as often as it may.
    pub fn outside(&mut self, ask: Ask, waiting: Waiting, rule: &'static str) -> Outcome {
        if usize::from(self.state.rounds) >= MAX_ROUNDS {
            return self.exhausted(waiting);
        }
        self.state.rounds += 1;
        self.state.waiting = Some(waiting);
        Outcome { say: String::new(), next: Next::Ask(ask), rule }
    }

    /// This turn may ask no more: the caller's next words start afresh.
    fn exhausted(&mut self, waiting: Waiting) -> Outcome {
        self.state.waiting = None;
        if waiting == Waiting::Openings {
            let service = self.state.wish.service.take();
            self.state.wish = Preference { service, ..Preference::default() };
            return self.ask_at(Pending::QualifPref, Rung::Rephrase, "too_many_rounds");
        }
        self.lead(recovery::failed());
        self.ask(Pending::OfferMessage, "too_many_rounds")
    }

    /// Lets the caller go on; the question stays.
    pub fn listens(&mut self, rule: &'static str) -> Outcome {
        Outcome { say: recovery::go_on().to_owned(), next: Next::Listen, rule }
    }

    /// Says goodbye.
    pub fn hang_up(&mut self, say: impl Into<String>, rule: &'static str) -> Outcome {
        self.state.pending = None;
        Outcome { say: say.into(), next: Next::HangUp, rule }
    }

    /// Notes an event of the call.
    pub fn event(&mut self, kind: EventKind, subject: &str) {
        self.effects.push(event(kind, subject, None));
    }

    /// Notes an event with its reason.
    pub fn event_because(&mut self, kind: EventKind, subject: &str, reason: &str) {
        self.effects.push(event(kind, subject, Some(reason)));
    }

    /// Notes any effect.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// What was heard is stored redacted.
    pub fn redact(&mut self) {
        if !self.effects.contains(&Effect::RedactHeard) {
            self.effects.push(Effect::RedactHeard);
        }
    }

    /// The step, once its outcome is known.
    pub fn finish(mut self, outcome: Outcome) -> Step {
        let asking = matches!(outcome.next, Next::Ask(_));
        let say = if asking { String::new() } else { self.utterance(&outcome.say) };
        Step {
            state: self.state,
            say,
            effects: self.effects,
            next: outcome.next,
            rule: outcome.rule,
            understood: self.heard.map(|heard| heard.understood),
        }
    }

    fn utterance(&mut self, last: &str) -> String {
        let mut body = std::mem::take(&mut self.state.lead);
        join(&mut body, last);
        if !spoken(self.script) {
            body = register::written(&body);
        }
        self.state.last_said.clone_from(&body);
        let mut say = std::mem::take(&mut self.urgent);
        if !self.state.greeted {
            self.state.greeted = true;
            join(&mut say, &greeting::opening(self.script));
        }
        join(&mut say, &body);
        say
    }
}

/// An event without context.
pub(super) fn event(kind: EventKind, subject: &str, reason: Option<&str>) -> Effect {
    Effect::Event {
        kind,
        subject: subject.to_owned(),
        context: json!({}),
        reason: reason.map(str::to_owned),
    }
}

fn join(text: &mut String, sentence: &str) {
    let sentence = sentence.trim();
    if sentence.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(sentence);
}
