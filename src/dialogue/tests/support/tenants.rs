//! The invented tenants that scenarios name.

use super::agents;
use domain::id::{CalendarId, ServiceId, TenantId};
use domain::phone::E164;
use domain::tenant::notices::{Notices, Recording};
use domain::tenant::transfer::{Subject, Transfer, TransferRule};
use domain::tenant::{AgentKind, BookingRules, Calendar, Faq, Profile, Service};
use domain::time::holidays::Territory;
use domain::time::hours::{Closure, Opening};
use jiff::civil::{Time, Weekday, date, time};
use jiff::tz::TimeZone;

/// The tenant of that name, changed by the words that follow it:
/// `cabinet: martin sans-transfert`.
pub fn tenant(words: &str) -> Profile {
    let mut profile = martin();
    for word in words.split_whitespace() {
        if agents::named(word, &mut profile) {
            continue;
        }
        match word {
            "martin" | "standard" => {}
            "sans-transfert" => profile.transfer = None,
            "comptable" => profile.transfer_rules.push(TransferRule {
                words: vec!["facture".into(), "comptabilité".into(), "tiers payant".into()],
                about: Vec::new(),
                to: ring("01 99 00 12 35", vec![opening(MORNING.0, MORNING.1, MORNING.2)]),
            }),
            "labo" => profile.transfer_rules.push(TransferRule {
                words: Vec::new(),
                about: vec![Subject::Results],
                to: ring("01 99 00 12 36", Vec::new()),
            }),
            "enregistré" => profile.notices.record = Recording::Announced,
            "accord" => profile.notices.record = Recording::Asked,
            "bienvenue" => profile.notices.greeting = Some("Bienvenue chez nous.".into()),
            "sans-faq" => profile.faqs.clear(),
            "sans-prix" => {
                profile.services.iter_mut().for_each(|service| service.price_cents = None)
            }
            "sans-adresse" => profile.address = None,
            "sans-agenda" => profile.agents = vec![AgentKind::Support],
            "faq-entière" => {
                let more = [
                    ("Quels documents faut-il apporter ?", "Votre carte Vitale et votre mutuelle."),
                    ("Faites-vous des visites à domicile ?", "Les consultations ont lieu ici."),
                    ("Proposez-vous la téléconsultation ?", "Oui, le jeudi."),
                ];
                profile.faqs.extend(more.map(|(question, answer)| Faq {
                    question: question.into(),
                    answer: answer.into(),
                }));
            }
            "vaccination" => profile.services.push(Service {
                id: ServiceId("vaccination".into()),
                name: "Vaccination".into(),
                minutes: 30,
                price_cents: None,
            }),
            "deux-services" => profile.services.push(Service {
                id: ServiceId("bilan".into()),
                name: "Bilan complet".into(),
                minutes: 60,
                price_cents: Some(6000),
            }),
            "suivi" => profile.services.push(Service {
                id: ServiceId("suivi".into()),
                name: "Consultation de suivi".into(),
                minutes: 15,
                price_cents: None,
            }),
            "deux-docteurs" => profile.calendars.push(Calendar {
                id: CalendarId("leroy".into()),
                name: "Docteure Anne Leroy".into(),
            }),
            "trois-docteurs" => profile
                .calendars
                .push(Calendar { id: CalendarId("petit".into()), name: "Dr Petit".into() }),
            "coiffeurs" => {
                let chair = |id: &str, name: &str| Calendar {
                    id: CalendarId(id.into()),
                    name: name.into(),
                };
                profile.health = false;
                profile.calendars =
                    vec![chair("hugo", "Hugo Roche"), chair("sofia", "Sofia Blanc")];
            }
            "congés" => profile.closures.push(Closure {
                from: date(2026, 11, 23),
                to: date(2026, 12, 31),
                reason: Some("congés".into()),
            }),
            // Longer notice than anybody plans ahead: nothing is ever free.
            "plein" => profile.booking.notice_minutes = 90 * 24 * 60,
            "américain" => profile.country = "US".into(),
            "belge" => profile.country = "BE".into(),
            "plombier" => {
                profile.name = "Dépannage Colas".into();
                profile.health = false;
                profile.trade = Some("plombier".into());
            }
            other => panic!("no such variant of a tenant: {other}"),
        }
    }
    profile
}

fn martin() -> Profile {
    Profile {
        tenant: TenantId(7),
        name: "Cabinet Martin".into(),
        zone: TimeZone::get("Europe/Paris").expect("the bundled zone"),
        country: "FR".into(),
        territory: Territory::Metropole,
        address: Some("12 rue des Lilas, 75020 Paris".into()),
        trade: Some("médecin généraliste".into()),
        health: true,
        agents: vec![AgentKind::Appointment],
        hours: weekly(),
        closures: Vec::new(),
        booking: BookingRules { notice_minutes: 60, horizon_days: 60 },
        calendars: vec![Calendar {
            id: CalendarId("martin".into()),
            name: "Docteur Martin".into(),
        }],
        services: vec![Service {
            id: ServiceId("consultation".into()),
            name: "Consultation".into(),
            minutes: 30,
            price_cents: Some(3000),
        }],
        faqs: vec![
            Faq {
                question: "Y a-t-il un parking ?".into(),
                answer: "Un parking public se trouve juste en face".into(),
            },
            Faq {
                question: "Prenez-vous la carte Vitale ?".into(),
                answer: "Oui, nous prenons la carte Vitale.".into(),
            },
            Faq {
                question: "Acceptez-vous de nouveaux patients ?".into(),
                answer: "Oui, nous prenons de nouveaux patients.".into(),
            },
        ],
        questionnaire: Default::default(),
        support: Default::default(),
        transfer: Some(ring("01 99 00 12 34", Vec::new())),
        transfer_rules: Vec::new(),
        following: Default::default(),
        notices: Notices::default(),
        reminding: Default::default(),
        retention: Default::default(),
        sandbox: false,
        numbers: vec![number("01 99 00 45 67")],
    }
}

fn weekly() -> Vec<Opening> {
    use Weekday::{Friday, Monday, Saturday, Thursday, Tuesday, Wednesday};
    let mut hours = Vec::new();
    for day in [Monday, Tuesday, Wednesday, Thursday, Friday] {
        hours.push(opening(day, time(9, 0, 0, 0), time(12, 0, 0, 0)));
        hours.push(opening(day, time(14, 0, 0, 0), time(18, 0, 0, 0)));
    }
    hours.push(opening(Saturday, time(9, 0, 0, 0), time(12, 0, 0, 0)));
    hours
}

fn opening(day: Weekday, from: Time, to: Time) -> Opening {
    Opening { day, from, to }
}

/// Monday mornings, when the accounts may be rung.
const MORNING: (Weekday, Time, Time) =
    (Weekday::Monday, Time::constant(9, 0, 0, 0), Time::constant(12, 0, 0, 0));

fn ring(raw: &str, hours: Vec<Opening>) -> Transfer {
    Transfer { number: number(raw), hours, ring_seconds: 20 }
}

/// A number of the ranges kept for fiction.
pub fn number(raw: &str) -> E164 {
    E164::parse(raw, "FR").unwrap_or_else(|refusal| panic!("{raw}: {refusal}"))
}
