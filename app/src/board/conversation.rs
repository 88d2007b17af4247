//! What was understood and why something was said, in words for the practice.

use crate::typo;
use jiff::civil::DateTime;
use serde_json::Value;

/// The rule that decided, in a sentence.
pub(super) fn rule(name: &str) -> &'static str {
    match name {
        "greeting" => "L’appel commence : l’assistant se présente.",
        "ask_goal" => "On ne sait pas encore ce que la personne souhaite.",
        "ask_name" | "english_name" => "Il manque le nom.",
        "ask_preference" => "Il manque un jour ou un moment.",
        "ask_other_preference" => "Les horaires proposés ne convenaient pas.",
        "look_for_slots" | "offer_slots" => "Des horaires libres correspondent au souhait.",
        "nothing_free" => {
            "Aucun horaire libre ne correspond : la liste d’attente ou un rappel est proposé."
        }
        "nothing_suits" => {
            "Aucune proposition n’a convenu : la liste d’attente ou un rappel est proposé."
        }
        "waiting_list_declined" => "La liste d’attente ne convient pas : un message est proposé.",
        "outside_hours" => "Le moment demandé est en dehors des horaires.",
        "confirm_caller_number" => "Le numéro d’appel est connu : on vérifie qu’il convient.",
        "ask_number" => "Il manque un numéro pour rappeler.",
        "no_number" => "Le numéro n’a pas pu être compris.",
        "book" | "booked" => "Tout est connu : le rendez-vous a été inscrit, puis confirmé.",
        "slot_taken" => "L’horaire venait d’être pris par quelqu’un d’autre.",
        "identify_name" | "identify_when" => {
            "Avant de toucher à un rendez-vous, on vérifie à qui il est."
        }
        "find_appointment" | "choose_appointment" => "On cherche le rendez-vous de la personne.",
        "not_found" => "Aucun rendez-vous ne correspond à ce qui a été donné.",
        "confirm_cancel" => "Avant d’annuler, on demande confirmation.",
        "ask_message" | "english_message" => "On demande ce qu’il faut transmettre.",
        "take_message" => "La demande a été notée pour le cabinet.",
        "ask_question" => "Une de vos questions attend sa réponse.",
        "create_prospect" => "Toutes vos questions ont été posées : le prospect a été inscrit.",
        "offer_appointment" => "Le prospect est qualifié : un rendez-vous lui est proposé.",
        "ask_trouble" => "On ne sait pas encore de quel problème il s’agit.",
        "ask_category" => "Les mots ne disent pas de quel genre de demande il s’agit.",
        "ask_urgency" => "Les mots ne disent pas si c’est urgent.",
        "open_ticket" => "Tout est connu : le ticket a été ouvert.",
        "transfer" => "La personne a demandé quelqu’un, et vos réglages le permettent.",
        "still_passing" => "La personne remercie ; l’appel est en train d’être passé.",
        "transfer_failed" => {
            "L’opérateur annonce que personne n’a décroché : la personne est reprise."
        }
        "agent_failed" => "L’assistant n’a pas pu répondre : la personne est reprise.",
        "consent" => "La personne a répondu sur l’enregistrement.",
        "transfer_prevented" => "Vos réglages ne permettent pas de transfert à cette heure.",
        "emergency" => "Une urgence : la conduite à tenir est dite avant tout.",
        "unknown_question" => "La réponse n’est pas dans vos réglages : l’assistant n’invente pas.",
        "silence" => "Rien n’a été entendu.",
        "silence_goodbye" | "noise_goodbye" => "Plusieurs silences : l’appel prend fin.",
        "anything_else" => "La demande est faite : on demande s’il y en a une autre.",
        "wrong_number" => "La personne s’est trompée de numéro.",
        "give_up" | "ladder_end" | "already_tried" => {
            "Plusieurs essais sans succès : on propose autre chose."
        }
        "came_back" => "Personne n’a décroché : la personne est revenue.",
        "outside_failed" | "too_many_rounds" => "L’agenda n’a pas répondu : rien n’a été promis.",
        _ => "La suite normale de la conversation.",
    }
}

/// What an utterance contained, a line each; empty when it contained nothing known.
pub(super) fn understood(json: &str) -> Vec<String> {
    let Ok(value) = serde_json::from_str::<Value>(json) else { return Vec::new() };
    let mut lines = Vec::new();
    lines.extend(texts(&value["intents"]).filter_map(|name| intent(&name)).map(str::to_owned));
    lines.extend(value["polarity"].as_str().map(polarity).map(str::to_owned));
    lines.extend(spans(&value["when"]).map(|span| format!("quand : {span}")));
    lines.extend(spans(&value["except"]).map(|span| format!("pas : {span}")));
    lines.extend(
        value["earliest"].as_bool().filter(|so| *so).map(|_| "le plus tôt possible".to_owned()),
    );
    lines.extend(choice(&value["choice"]));
    lines.extend(texts(&value["names"]).map(|name| format!("nom : {name}")));
    lines.extend(phones(&value["phones"]));
    lines.extend(texts(&value["emails"]).map(|email| format!("courriel : {email}")));
    lines.extend(value["emergency"].is_object().then(|| "une urgence".to_owned()));
    lines.extend(value["noise"].as_bool().filter(|so| *so).map(|_| "du bruit".to_owned()));
    lines
}

fn texts(value: &Value) -> impl Iterator<Item = String> + '_ {
    value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned))
}

fn intent(name: &str) -> Option<&'static str> {
    Some(match name {
        "book" => "prendre rendez-vous",
        "cancel" => "annuler",
        "move" => "déplacer",
        "lookup" => "retrouver un rendez-vous",
        "question" => "une question",
        "prescription" => "une ordonnance",
        "results" => "des résultats",
        "message" => "laisser un message",
        "human" => "parler à quelqu’un",
        "callback" => "être rappelé",
        "abandon" => "arrêter là",
        "repeat" => "répéter",
        "slower" => "parler moins vite",
        "complaint" => "une réclamation",
        "thanks" => "merci",
        "wrong_number" => "une erreur de numéro",
        "sales" => "un démarchage",
        "other_language" => "une autre langue",
        "insult" => "une insulte",
        "emergency" => "une urgence",
        _ => return None,
    })
}

fn polarity(name: &str) -> &'static str {
    match name {
        "yes" => "oui",
        "no" => "non",
        _ => "ni oui ni non",
    }
}

fn choice(value: &Value) -> Option<String> {
    let ordinal = value.get("ordinal")?.as_i64()?;
    Some(match ordinal {
        1 => "la première proposition".to_owned(),
        -1 => "la dernière proposition".to_owned(),
        other => format!("la proposition n° {other}"),
    })
}

fn phones(value: &Value) -> Option<String> {
    let readings = value.as_array().filter(|readings| !readings.is_empty())?;
    let first = readings.first()?.get("e164")?.as_str()?;
    Some(match readings.len() {
        1 => format!("numéro : {}", super::rows::masked(first)),
        many => format!("un numéro, avec {many} lectures possibles"),
    })
}

fn spans(value: &Value) -> impl Iterator<Item = String> + '_ {
    value.as_array().into_iter().flatten().take(3).filter_map(span)
}

fn span(value: &Value) -> Option<String> {
    let side = |name: &str| value.get(name)?.as_str()?.parse::<DateTime>().ok();
    let minutes = |from: DateTime, to: DateTime| from.duration_until(to).as_mins();
    match (side("from"), side("to")) {
        (Some(from), Some(to)) => Some(match minutes(from, to) {
            length if length <= 60 => typo::day_and_clock(from),
            length if from.date() == to.date() || length < 24 * 60 => format!(
                "{} de {} à {}",
                typo::day(from.date()),
                typo::clock(from.time()),
                typo::clock(to.time())
            ),
            length if length <= 24 * 60 => typo::day(from.date()),
            _ => format!("du {} au {}", typo::day(from.date()), typo::day(last_day(to))),
        }),
        (Some(from), None) => Some(format!("à partir du {}", typo::day_and_clock(from))),
        (None, Some(to)) => Some(format!("avant le {}", typo::day_and_clock(to))),
        (None, None) => None,
    }
}

/// The last day of a span that ends, exclusive, at `to`.
fn last_day(to: DateTime) -> jiff::civil::Date {
    match to.time() == jiff::civil::Time::midnight() {
        true => to.date().yesterday().unwrap_or(to.date()),
        false => to.date(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_understood_reads_like_a_sentence() {
        let json = r#"{"intents":["book"],"polarity":"yes","names":["Camille Lefèvre"],
            "when":[{"from":"2026-11-24T14:00","to":"2026-11-24T18:00","grain":"hour"}],
            "except":[{"from":"2026-11-25T00:00","to":"2026-11-26T00:00","grain":"day"}],
            "phones":[{"digits":"0639981234","e164":"+33639981234"}]}"#;
        let lines = understood(json).join(" | ").replace(typo::NBSP, " ");
        assert_eq!(
            lines,
            "prendre rendez-vous | oui | quand : mardi 24 novembre de 14 h à 18 h \
             | pas : mercredi 25 novembre | nom : Camille Lefèvre | numéro : +33XXXXXX34"
        );
    }

    #[test]
    fn anything_stored_is_bearable() {
        for odd in ["", "null", "[]", "{\"when\":[{\"from\":5}]}", "{\"intents\":{\"a\":1}}"] {
            assert!(understood(odd).is_empty(), "{odd}");
        }
        let huge = r#"{"when":[{"from":"-009999-01-01T00:00","to":"9999-12-31T23:59"}]}"#;
        assert_eq!(understood(huge).len(), 1);
    }
}
