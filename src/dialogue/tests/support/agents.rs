//! Tenants with the qualification and support agents, and what their scenarios
//! leave behind.

use super::scenario::Scenario;
use super::world::World;
use dialogue::ask::{Prospect, Request};
use dialogue::understand::words::fold;
use domain::id::TenantId;
use domain::qualification::Value;
use domain::support::Reference;
use domain::tenant::settings::Settings;
use domain::tenant::{AgentKind, Profile};

/// An estate agency that asks what a prospect is looking for.
const AGENCY: &str = r#"
name = "Agence des Lices"
trade = "agence immobilière"
agents = ["qualification"]

[[question]]
id = "projet"
ask = "Souhaitez-vous acheter, louer ou vendre ?"
kind = "choice"
required = true
field = "interest_type"
options = [
  { label = "Acheter", words = ["achat", "acheteur", "acquérir"], points = 30 },
  { label = "Louer", words = ["location", "locataire"], points = 10 },
  { label = "Vendre", words = ["vente", "vendeur", "estimer", "estimation"], points = 30 },
]

[[question]]
id = "bien"
ask = "Quel type de bien vous intéresse ?"
kind = "choice"
field = "property_type"
options = [
  { label = "Maison", words = ["villa", "pavillon"], points = 10 },
  { label = "Appartement", words = ["studio", "appart", "duplex"], points = 10 },
  { label = "Terrain", words = ["parcelle"], points = 5 },
]

[[question]]
id = "secteur"
ask = "Dans quel secteur ?"
kind = "place"
field = "location_preference"
points = 10

[[question]]
id = "pieces"
ask = "Combien de pièces vous faut-il ?"
kind = "number"
words = ["pièce", "chambre", "t", "f"]

[[question]]
id = "budget"
ask = "Quel est votre budget ?"
kind = "amount"
required = true
field = "budget_max"
words = ["budget"]
ranges = [
  { from = 200000, points = 30 },
  { from = 100000, points = 20 },
]

[[question]]
id = "financement"
ask = "Avez-vous déjà un accord de financement ?"
kind = "yes_no"
words = ["financement", "crédit", "prêt"]
points = 20

[[faq]]
question = "Quels sont vos honoraires ?"
answer = "Nos honoraires sont affichés en vitrine."
"#;

/// A caterer that wants to know of an event.
const CATERER: &str = r#"
name = "Traiteur Aubert"
trade = "traiteur"
agents = ["qualification"]

[[question]]
id = "evenement"
ask = "Pour quel événement ?"
kind = "choice"
options = [{ label = "Un mariage", words = ["mariage", "marie", "noces"], points = 3 }, { label = "Un anniversaire", words = ["anniversaire"], points = 2 }, { label = "Un séminaire", words = ["séminaire", "entreprise"], points = 3 }]

[[question]]
id = "date"
ask = "À quelle date ?"
kind = "date"
words = ["date", "pour le", "aura lieu"]
points = 1

[[question]]
id = "convives"
ask = "Combien de personnes attendez-vous ?"
kind = "number"
words = ["personne", "invité", "convive"]
ranges = [{ from = 50, points = 3 }, { from = 20, points = 1 }]
required = true

[[question]]
id = "souhaits"
ask = "Avez-vous des souhaits particuliers ?"
kind = "text"
"#;

/// Gives a tenant the agents that a word of a scenario names.
pub fn named(word: &str, profile: &mut Profile) -> bool {
    match word {
        "agence" => *profile = kept(profile, AGENCY),
        "agence-rdv" => {
            *profile = kept(profile, AGENCY);
            profile.agents.push(AgentKind::Appointment);
        }
        "traiteur" => *profile = kept(profile, CATERER),
        "chauffagiste" => {
            profile.name = "Chauffage Perrin".into();
            profile.trade = Some("chauffagiste".into());
            profile.health = false;
            profile.agents = vec![AgentKind::Appointment, AgentKind::Support];
        }
        "complet" => {
            *profile = kept(profile, AGENCY);
            profile.agents =
                vec![AgentKind::Appointment, AgentKind::Qualification, AgentKind::Support];
        }
        "support-seul" => {
            profile.health = false;
            profile.agents = vec![AgentKind::Support];
        }
        _ => return false,
    }
    true
}

/// The tenant of those settings, with the hours, services and numbers of `profile`.
fn kept(profile: &Profile, toml: &str) -> Profile {
    let settings = Settings::from_toml(toml).expect("the settings of a scenario");
    let read = settings.profile(TenantId(7)).expect("a profile");
    Profile {
        name: read.name,
        trade: read.trade,
        health: read.health,
        agents: read.agents,
        questionnaire: read.questionnaire,
        support: read.support,
        faqs: read.faqs,
        ..profile.clone()
    }
}

/// `prospect: Camille Lefèvre +33639981234 ; qualified 100 ; projet=Acheter ; budget=300000`
/// and `ticket: technique high Camille Lefèvre +33639981234 ; chauffage`.
pub fn check_end(scenario: &Scenario, world: &World) -> Result<(), String> {
    let lines = |key: &str| -> Vec<String> {
        let lines = scenario.lines.iter().filter_map(|(_, line)| line.strip_prefix(key));
        lines.map(|line| line.trim().to_owned()).collect()
    };
    let prospects: Vec<String> = world.prospects.iter().map(prospect).collect();
    all_met("prospects", &lines("prospect:"), &prospects)?;
    let tickets: Vec<String> = world.requests.iter().map(ticket).collect();
    all_met("tickets", &lines("ticket:"), &tickets)
}

/// Every line describes one stored row, of which each part between `;` is a
/// part; `aucun` means none at all.
fn all_met(what: &str, wanted: &[String], stored: &[String]) -> Result<(), String> {
    if wanted.is_empty() {
        return Ok(());
    }
    let wanted: Vec<&String> = wanted.iter().filter(|line| *line != "aucun").collect();
    let has = |row: &str, line: &str| {
        let row = plain(row);
        line.split(';').all(|part| row.contains(&plain(part)))
    };
    let met = wanted.len() == stored.len()
        && wanted.iter().all(|line| stored.iter().any(|row| has(row, line)));
    if met { Ok(()) } else { Err(format!("{what}: {stored:#?}")) }
}

/// Compared as the ear does: without case, accents, hyphens and apostrophes.
fn plain(text: &str) -> String {
    let folded = fold(text).replace(['-', '\'', '’', ',', '.', '?', '!'], " ");
    format!(" {} ", folded.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn prospect(stored: &Prospect) -> String {
    let phone = stored.phone.as_ref().map_or("", |phone| phone.as_str());
    let name = stored.name.as_deref().unwrap_or_default();
    let answers: Vec<String> = stored
        .answers
        .iter()
        .map(|answer| format!("{}={}", answer.id, value(answer.value.as_ref())))
        .collect();
    format!(
        "{name} {phone} ; {} {} ; {}",
        stored.score.status.as_str(),
        stored.score.points,
        answers.join(" ; ")
    )
}

fn value(value: Option<&Value>) -> String {
    let side = |side: &Option<i64>| side.map_or_else(String::new, |side| side.to_string());
    match value {
        None => "rien".into(),
        Some(Value::Text(text) | Value::Choice(text) | Value::Place(text)) => text.clone(),
        Some(Value::YesNo(yes)) => if *yes { "oui" } else { "non" }.into(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Amount { from, to }) if from == to => side(from),
        Some(Value::Amount { from, to }) => format!("{}..{}", side(from), side(to)),
        Some(Value::Date { from, to }) => {
            let day = |day: &Option<jiff::civil::Date>| {
                day.map_or_else(String::new, |day| day.to_string())
            };
            format!("{}..{}", day(from), day(to))
        }
    }
}

fn ticket((reference, request): &(Reference, Request)) -> String {
    let phone = request.phone.as_ref().map_or("", |phone| phone.as_str());
    let name = request.name.as_deref().unwrap_or_default();
    let (category, priority) = (&request.category, request.priority.as_str());
    format!("{reference} {category} {priority} {name} {phone} ; {}", request.text)
}
