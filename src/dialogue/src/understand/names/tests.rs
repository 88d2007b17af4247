//! Names as callers say them and as recognisers write them.

use super::{answer, find, for_other, respelled};
use crate::understand::words::words;
use std::fmt::Debug;

/// Shows every wrong case at once.
fn check<T: Debug + PartialEq>(cases: impl IntoIterator<Item = (String, T, T)>) {
    let wrong: Vec<String> = cases
        .into_iter()
        .filter(|(_, got, expected)| got != expected)
        .map(|(text, got, expected)| format!("{text:?}: {got:?} instead of {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn finds_names_that_are_introduced() {
    let cases: &[(&str, &[&str])] = &[
        ("je m'appelle Camille Lefèvre", &["Camille Lefèvre"]),
        ("je m'appelle camille lefèvre et je voudrais un rendez-vous", &["Camille Lefèvre"]),
        ("bonjour je m'appelle camille lefevre je voudrais un rendez vous", &["Camille Lefevre"]),
        ("JE M'APPELLE CAMILLE LEFEVRE", &["Camille Lefevre"]),
        ("je m appelle camille lefevre", &["Camille Lefevre"]),
        ("Bonjour, c'est Camille Lefèvre.", &["Camille Lefèvre"]),
        ("bonjour c'est camille lefèvre", &["Camille Lefèvre"]),
        ("c'est camille", &["Camille"]),
        ("moi c'est Inès", &["Inès"]),
        ("moi c'est tanguy", &["Tanguy"]),
        ("mon nom est Dupont", &["Dupont"]),
        ("mon nom c'est dupont", &["Dupont"]),
        ("mon nom de famille c'est garnier", &["Garnier"]),
        ("le nom c'est rousseau", &["Rousseau"]),
        ("un rendez-vous au nom de Dupont", &["Dupont"]),
        ("au nom de madame dupont", &["Dupont"]),
        ("j'ai rendez-vous demain au nom de jean martin", &["Jean Martin"]),
        ("au nom d'Hervé Aubry s'il vous plaît", &["Hervé Aubry"]),
        ("au nom de jean de la tour", &["Jean de la Tour"]),
        ("JEAN DE LA TOUR, je m'appelle JEAN DE LA TOUR", &["Jean de la Tour"]),
        ("monsieur Jean de la Tour à l'appareil", &["Jean de la Tour"]),
        ("madame Dupont", &["Dupont"]),
        ("Mme Dupont", &["Dupont"]),
        ("M. Le Goff", &["Le Goff"]),
        ("bonjour, monsieur le goff à l'appareil", &["Le Goff"]),
        ("je suis madame Petit", &["Petit"]),
        ("je suis monsieur van der meer", &["van der Meer"]),
        ("je m'appelle karim el amrani", &["Karim El Amrani"]),
        ("je m'appelle Youssef Ben Ali et c'est pour un contrôle", &["Youssef Ben Ali"]),
        ("je m'appelle maria da silva", &["Maria Da Silva"]),
        ("je m'appelle d'Artois", &["d'Artois"]),
        ("je m'appelle Jean-Pierre Martin", &["Jean-Pierre Martin"]),
        ("je m'appelle jean pierre martin", &["Jean-Pierre Martin"]),
        ("je m'appelle anne-sophie saint-martin", &["Anne-Sophie Saint-Martin"]),
        ("je suis madame saint martin", &["Saint-Martin"]),
        ("je suis Camille Lefèvre, j'appelle pour un rendez-vous", &["Camille Lefèvre"]),
        ("je suis camille lefèvre", &["Camille Lefèvre"]),
        ("ici Camille Lefèvre", &["Camille Lefèvre"]),
        ("de la part de Camille Lefèvre", &["Camille Lefèvre"]),
        ("c'est de la part de monsieur Garnier", &["Garnier"]),
        ("Camille Lefèvre à l'appareil", &["Camille Lefèvre"]),
        ("oui bonjour camille lefèvre à l'appareil", &["Camille Lefèvre"]),
        ("bonjour monsieur et madame garnier", &["Garnier"]),
        ("c'est pour mon fils Lucas", &["Lucas"]),
        ("un rendez-vous pour mon fils lucas martin qui a de la fièvre", &["Lucas Martin"]),
        ("pour ma mère, Jeanne Martin", &["Jeanne Martin"]),
        ("pour ma fille Zélie elle a sept ans", &["Zélie"]),
        ("mon fils s'appelle Tao", &["Tao"]),
        ("elle s'appelle Jeanne Martin", &["Jeanne Martin"]),
        ("c'est pour Lucas Martin", &["Lucas Martin"]),
        ("je voudrais un rendez-vous pour lucas", &["Lucas"]),
        ("pour monsieur Garnier demain matin", &["Garnier"]),
        ("je m'appelle Dupont D U P O N D", &["Dupond"]),
        ("Dupont, D-U-P-O-N-T", &["Dupont"]),
        ("D comme Daniel U comme Ursule P O N T", &["Dupont"]),
        ("c'est madame lefèvre l e f e accent grave v r e", &["Lefèvre"]),
        ("je m'appelle Camille Lefebvre L E F E B V R E", &["Camille Lefebvre"]),
        ("je m'appelle philipe avec deux p", &["Philippe"]),
        ("au nom de Le Goff l e espace g o deux f", &["Le Goff"]),
        ("R O U deux S E A U", &["Rousseau"]),
        ("je suis le docteur Morel", &["Morel"]),
    ];
    check(cases.iter().map(|(text, expected)| {
        (text.to_string(), find(&words(text)), expected.iter().map(ToString::to_string).collect())
    }));
}

#[test]
fn takes_nothing_else_for_a_name() {
    let cases = [
        "je voudrais un rendez-vous avec le docteur Morel",
        "je voudrais voir le docteur morel",
        "est-ce que le docteur Morel est là",
        "c'est pour un rendez-vous avec madame Durand",
        "je voudrais parler à madame Durand",
        "bonjour madame je voudrais un rendez-vous",
        "bonjour madame",
        "merci madame",
        "oui monsieur",
        "c'est pour mardi",
        "c'est pour un contrôle",
        "c'est urgent",
        "c'est possible demain ?",
        "je suis malade",
        "je suis enceinte",
        "je suis disponible le matin",
        "je suis un nouveau patient",
        "pour demain",
        "pour mon fils",
        "ma fille est malade",
        "c'est ça",
        "c'est bon",
        "Bonjour, je voudrais un rendez-vous.",
        "Oui. Mardi. Non.",
        "il y a a a boire",
        "il n'y a pas autre chose",
        "y a-t-il de la place",
        "je pars pour Pékin",
        "un rendez-vous pour Noël",
        "de 3h à 3h30",
        "mon mari saigne",
        "j'ai mal au dos",
        "vous êtes ouverts le samedi ?",
        "C'est à quelle adresse ?",
        "Vous prenez la carte vitale ?",
        "le 06 39 98 12 34",
        "Est-ce que je peux venir vendredi ?",
        "zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre",
    ];
    check(cases.map(|text| (text.to_owned(), find(&words(text)), Vec::new())));
}

#[test]
fn reads_a_bare_answer() {
    let cases = [
        ("Lefèvre", "Lefèvre"),
        ("lefèvre", "Lefèvre"),
        ("euh camille lefèvre", "Camille Lefèvre"),
        ("Camille Lefèvre.", "Camille Lefèvre"),
        ("Dupont D U P O N T", "Dupont"),
        ("c'est pour Lucas Martin", "Lucas Martin"),
        ("au nom de garnier", "Garnier"),
        ("madame garnier", "Garnier"),
        ("oui c'est garnier", "Garnier"),
        ("mettez dupont", "Dupont"),
        ("le goff", "Le Goff"),
        ("de la tour", "de la Tour"),
        ("DE LA TOUR", "de la Tour"),
        ("D U P O N T", "Dupont"),
        ("d u p o n t", "Dupont"),
        ("jean-baptiste", "Jean-Baptiste"),
        ("nguyen", "Nguyen"),
        ("toujours garnier", "Garnier"),
        ("alors moi c'est garnier paul", "Garnier Paul"),
        ("Rousseau avec deux s", "Rousseau"),
        ("Roussau, ça s'écrit R O U S S E A U", "Rousseau"),
        ("O'Brien", "O'Brien"),
    ];
    check(cases.map(|(text, expected)| {
        (text.to_owned(), answer(&words(text)), Some(expected.to_owned()))
    }));
}

#[test]
fn refuses_an_answer_that_is_no_name() {
    let cases = [
        "oui",
        "non",
        "mardi",
        "je ne sais pas",
        "c'est confidentiel",
        "c'est privé",
        "c'est personnel",
        "c'est gênant",
        "je suis retraitée",
        "je voudrais un rendez-vous",
        "allô",
        "pourquoi",
        "pourquoi vous voulez mon nom",
        "",
        "euh",
        "attendez",
        "comment ?",
        "quoi",
        "bonjour",
        "à quatorze heures",
        "06 39 98 12 34",
        "demain matin",
        "c'est pour un rendez-vous",
        "j'ai mal aux dents",
        "vous pouvez répéter",
        "merci",
        "le docteur Morel",
        "pour mon fils",
        "mon nom",
        "ça ne vous regarde pas",
        "pas de souci",
        "je reviendrai demain",
        "régler une facture",
        "camille point lefevre arobase exemple point fr",
        "il n y a pas de nom",
    ];
    check(cases.map(|text| (text.to_owned(), answer(&words(text)), None)));
}

#[test]
fn knows_for_whom_it_is() {
    let cases = [
        ("c'est pour mon fils Lucas", Some("mon fils Lucas")),
        ("c'est pour mon fils", Some("mon fils")),
        ("un rendez-vous pour ma mère, Jeanne Martin", Some("ma mère Jeanne Martin")),
        ("pour ma fille de six ans", Some("ma fille")),
        ("pour ma belle-mère", Some("ma belle-mère")),
        ("ma fille doit voir quelqu'un", Some("ma fille")),
        ("mon petit Lucas a de la fièvre", Some("mon petit Lucas")),
        ("je voudrais annuler le rendez-vous de mon mari", Some("mon mari")),
        ("c'est pour moi", None),
        ("pour un contrôle", None),
        ("c'est ma femme qui m'a donné votre numéro", None),
    ];
    check(cases.map(|(text, expected)| {
        (text.to_owned(), for_other(&words(text)), expected.map(str::to_owned))
    }));
}

#[test]
fn letters_are_told_from_hours() {
    let cases = [
        ("Martin", "plutôt à 2h", None),
        ("Martin", "mardi a 3 h", None),
        ("Richard", "mettez 2h", None),
        ("Richard", "mettez-le à 2 h 30", None),
        ("Richard", "j'ai appelé il y a 2h", None),
        ("Richard", "avec 2h de retard", None),
        ("Richard", "avec deux h", Some("Richhard")),
        ("Richard", "avec 2 h", Some("Richhard")),
        ("Richard", "il y a deux h dans mon nom", Some("Richhard")),
        ("Martin", "il y a un h", Some("Marthin")),
        ("Matieu", "avec 2 t", Some("Mattieu")),
    ];
    check(cases.map(|(name, said, expected)| {
        (said.to_owned(), respelled(name, &words(said)), expected.map(str::to_owned))
    }));
}

#[test]
fn lists_are_sorted_for_the_search() {
    assert!(super::common::COMMON.is_sorted());
    assert!(super::first::FIRST.is_sorted());
}
