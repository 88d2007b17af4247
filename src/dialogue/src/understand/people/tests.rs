use super::*;
use crate::understand::words::words;

fn practice() -> Vec<Person> {
    let calendar = |id: &str, name: &str| Calendar { id: CalendarId(id.into()), name: name.into() };
    people(&[
        calendar("martin", "Docteur Martin"),
        calendar("leroy", "Docteure Anne Leroy"),
        calendar("petit", "Madame Petit"),
        calendar("salle", "Salle 2"),
    ])
}

fn whom(text: &str) -> Option<Whom> {
    find(&words(text), &practice()).map(|said| said.whom)
}

fn ids(list: &[&str]) -> Vec<CalendarId> {
    list.iter().map(|id| CalendarId((*id).into())).collect()
}

#[test]
fn a_person_is_wished_for_by_name() {
    for text in [
        "je voudrais un rendez-vous avec le docteur Martin",
        "avec docteur martin mardi matin",
        "je veux voir le dr Martin",
        "je suis suivi par le docteur Martin",
        "je suis une patiente du docteur Martin",
        "chez monsieur Martin",
        "avec Martin s'il vous plaît",
        "le docteur Martin",
        "euh le docteur martain",
        "plutôt le docteur Martin",
    ] {
        assert_eq!(whom(text), Some(Whom::With(ids(&["martin"]))), "{text}");
    }
    for text in [
        "plutôt la docteure Leroy",
        "avec la docteur leroi",
        "avec Anne Leroy",
        "je préfère le docteur le roy",
    ] {
        assert_eq!(whom(text), Some(Whom::With(ids(&["leroy"]))), "{text}");
    }
    assert_eq!(whom("avec madame Petit"), Some(Whom::With(ids(&["petit"]))));
    let both = Some(Whom::With(ids(&["martin", "leroy"])));
    assert_eq!(whom("avec le docteur Martin ou la docteure Leroy"), both);
}

#[test]
fn the_callers_own_name_and_other_business_are_no_wish() {
    for text in [
        "je suis madame Martin",
        "c'est monsieur Leroy",
        "je m'appelle Camille Martin",
        "au nom de Martin",
        "madame Petit à l'appareil",
        "c'est pour madame Leroy",
        "je voudrais parler au docteur Martin",
        "dites au docteur Leroy que je serai en retard",
        "j'ai une ordonnance du docteur Martin à renouveler",
        "je voudrais voir le docteur demain",
        "je voudrais un petit rendez-vous",
        "mardi à dix heures",
    ] {
        assert_eq!(whom(text), None, "{text}");
    }
}

#[test]
fn a_person_is_declined_or_anybody_will_do() {
    for text in [
        "pas avec le docteur Martin",
        "tout sauf le docteur Martin",
        "je ne veux pas voir le docteur Martin",
        "surtout pas le docteur Martin",
        "je ne veux plus avec le docteur martin",
        "n'importe qui sauf le docteur Martin",
    ] {
        assert_eq!(whom(text), Some(Whom::Without(ids(&["martin"]))), "{text}");
    }
    for text in ["avec n'importe lequel", "peu importe le docteur", "l'un ou l'autre"] {
        assert_eq!(whom(text), Some(Whom::Anyone), "{text}");
    }
    for text in ["avec quelqu'un d'autre", "un autre docteur", "avec l'autre"] {
        assert_eq!(whom(text), Some(Whom::Other), "{text}");
    }
    for text in ["le même que la dernière fois", "avec le même docteur", "la même personne"] {
        assert_eq!(whom(text), Some(Whom::Same), "{text}");
    }
    let two = "pas avec le docteur Martin, plutôt avec la docteure Leroy";
    assert_eq!(whom(two), Some(Whom::With(ids(&["leroy"]))));
}

#[test]
fn somebody_unknown_is_a_stranger() {
    let stranger = Some(Whom::Stranger("le docteur Dupont".into()));
    assert_eq!(whom("un rendez-vous avec le docteur Dupont"), stranger);
    assert_eq!(whom("avec le docteur demain"), None);
}
