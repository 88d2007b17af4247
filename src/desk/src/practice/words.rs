//! The words of letters to the practice.

use super::daily::Facts;
use dialogue::speak;
use domain::phone::E164;
use domain::tenant::Profile;
use jiff::Timestamp;
use store::dashboard::tickets::TicketRow;

const HELLO: &str = "Bonjour,";
const WHY: &str = "Vous recevez ce courriel parce que vous l’avez demandé dans UWi : \
    Réglages, Avis par courriel.";

/// Subject and paragraphs of an alert.
pub(super) fn alert(row: &TicketRow, profile: &Profile) -> (String, Vec<String>) {
    let what = match row.cause.as_str() {
        "emergency" => "Une urgence a été reconnue pendant un appel",
        "transfer_failed" => "Un appel transféré est resté sans réponse",
        "agent_failed" => "Un appel a été interrompu par un souci technique",
        _ => "Une demande urgente vous attend",
    };
    let at = Timestamp::from_millisecond(row.created_at).unwrap_or(Timestamp::UNIX_EPOCH);
    let when = speak::moment(profile.zone.to_datetime(at));
    let number = row.customer_phone.as_deref().and_then(|number| E164::parse(number, "FR").ok());
    let number = number.map_or_else(
        || "Le numéro n’est pas connu.".to_owned(),
        |number| format!("Le numéro : {}.", number.masked()),
    );
    let reference = row.reference.as_deref();
    let reference = reference.map_or_else(String::new, |text| format!(" Référence : {text}."));
    let text = vec![
        HELLO.to_owned(),
        format!("{what}, {when}. {number}{reference}"),
        "Le nom et les mots de la personne sont dans UWi, pas dans ce courriel.".to_owned(),
    ];
    (format!("{} : {}", profile.name, lower(what)), text)
}

/// Subject and paragraphs of the morning's letter.
pub(super) fn daily(facts: &Facts, profile: &Profile) -> (String, Vec<String>) {
    let mut text = vec![HELLO.to_owned()];
    let happened: Vec<String> =
        facts.happened.iter().filter_map(|(event, n)| told(event, *n)).collect();
    if !happened.is_empty() {
        text.push(format!("{} : {}.", since(facts), happened.join(", ")));
    }
    let mut waits = Vec::new();
    if facts.waiting > 0 {
        waits.push(waiting(facts));
    }
    if facts.call_back > 0 {
        let people = count(facts.call_back, "prospect à rappeler", "prospects à rappeler");
        waits.push(format!("{people} aujourd’hui"));
    }
    if waits.is_empty() {
        text.push("Rien ne vous attend.".to_owned());
    } else {
        text.push(format!("Vous attendent : {}.", waits.join(" ; ")));
    }
    if facts.visits > 0 {
        let visits = count(facts.visits, "rendez-vous", "rendez-vous");
        text.push(format!("Aujourd’hui : {visits}."));
    }
    let subject = match facts.waiting {
        0 => format!("{} : votre point du matin", profile.name),
        some => {
            let some = count(some, "demande vous attend", "demandes vous attendent");
            format!("{} : {some}", profile.name)
        }
    };
    (subject, text)
}

fn since(facts: &Facts) -> String {
    let yesterday = facts.today.yesterday().ok();
    if Some(facts.since.date()) == yesterday {
        return format!("Depuis hier {}", format_args!("à {}", speak::time(facts.since.time())));
    }
    format!("Depuis {}", speak::moment(facts.since))
}

fn waiting(facts: &Facts) -> String {
    let mut parts = Vec::new();
    if facts.urgent > 0 {
        parts.push(count(facts.urgent, "urgente", "urgentes"));
    }
    if facts.late > 0 {
        parts.push(format!("{} en retard", facts.late));
    }
    let all = count(facts.waiting, "demande", "demandes");
    match parts.is_empty() {
        true => all,
        false => format!("{all}, dont {}", parts.join(" et ")),
    }
}

/// What an event means to the practice; `None`: nothing by itself.
fn told(event: &str, number: i64) -> Option<String> {
    let (one, many) = match event {
        "call_started" => ("appel", "appels"),
        "booking_confirmed" => ("rendez-vous pris", "rendez-vous pris"),
        "modify_done" => ("rendez-vous déplacé", "rendez-vous déplacés"),
        "cancel_done" => ("rendez-vous annulé", "rendez-vous annulés"),
        "message_taken" => ("message", "messages"),
        "ticket_created" => ("ticket ouvert", "tickets ouverts"),
        "prospect_created" => ("prospect", "prospects"),
        "transferred_human" => ("appel transféré", "appels transférés"),
        "transfer_failed" => ("transfert sans réponse", "transferts sans réponse"),
        "emergency" => ("urgence", "urgences"),
        "user_abandon" => ("abandon", "abandons"),
        _ => return None,
    };
    Some(count(number, one, many))
}

fn count(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number.abs() < 2 { one } else { many })
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The letter as plain text.
pub(super) fn plain(text: &[String], page: &str, url: &str) -> String {
    format!("{}\n\n{page} :\n{url}\n\n{WHY}\n", text.join("\n\n"))
}

/// The letter as HTML.
pub(super) fn html(text: &[String], page: &str, url: &str) -> String {
    let paragraphs: String = text.iter().map(|line| format!("<p>{}</p>", escaped(line))).collect();
    format!(
        "{paragraphs}<p><a href=\"{}\">{}</a></p><p style=\"color:#555\">{}</p>",
        escaped(url),
        escaped(page),
        escaped(WHY)
    )
}

fn escaped(text: &str) -> String {
    let plain = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    plain.replace('"', "&quot;").replace(" :", "&nbsp;:").replace(" ;", "&nbsp;;")
}
