//! What is wrong with a field, in French: the checks of the settings say it in
//! English, for files.

/// The sentence beside a field; `name` is the field's.
pub(super) fn french(name: &str, problem: &str) -> String {
    let figures: Vec<&str> = problem
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let last = figures.last().copied().unwrap_or_default();
    let known = [
        ("is empty", "À remplir."),
        ("control character", "Un caractère invisible s’y est glissé : effacez et retapez."),
        ("multiple of 5", "De 5 en 5 minutes."),
        ("asks something", "Pas de question ici : l’assistant pose la sienne."),
        ("a voice cannot read", "Ce signe ne se dit pas : écrivez-le en lettres."),
        ("called on", "C’est un numéro de l’assistant : l’appel tournerait en rond."),
        ("too short to mean", "Trois lettres au moins par mot."),
        ("says neither", "Dites pour quoi : des mots, ou un sujet."),
        ("written twice", "Écrit deux fois."),
    ];
    if let Some((_, words)) = known.iter().find(|(part, _)| problem.contains(part)) {
        return (*words).to_owned();
    }
    if problem.contains("is longer than") {
        return format!("{last} caractères au plus.");
    }
    if problem.starts_with("more than") {
        return format!("{last} lignes au plus.");
    }
    if let ([_, least, most], true) = (figures.as_slice(), problem.contains("is not between")) {
        return match name.ends_with("_prix") {
            true => "Un prix jusqu’à 100 000 €.".to_owned(),
            false => format!("Entre {least} et {most}."),
        };
    }
    if name.ends_with("numero") {
        return "Ce numéro n’en est pas un.".to_owned();
    }
    "Cette valeur ne convient pas.".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::tenant::settings::Settings;

    /// What the checks say of a file, in French.
    fn said(rest: &str, name: &str) -> String {
        let refused = Settings::from_toml(&format!("name = \"Cabinet Martin\"\n{rest}"));
        french(name, &refused.expect_err("a file that is refused").problem)
    }

    #[test]
    fn every_check_that_a_form_can_meet_has_its_sentence() {
        let service = |minutes: u32| format!("[[service]]\nname = \"Soin\"\nminutes = {minutes}\n");
        assert_eq!(said(&service(7), "s0_minutes"), "De 5 en 5 minutes.");
        assert_eq!(said(&service(500), "s0_minutes"), "Entre 5 et 480.");
        let price = format!("{}price_cents = 99999999\n", service(30));
        assert_eq!(said(&price, "s0_prix"), "Un prix jusqu’à 100 000 €.");
        let question = "[[faq]]\nquestion = \" \"\nanswer = \"Oui.\"\n";
        assert_eq!(said(question, "q0_question"), "À remplir.");
        let long = format!("address = \"{}\"\n", "a".repeat(301));
        assert_eq!(said(&long, "adresse"), "300 caractères au plus.");
        let greeting = |words: &str| format!("[notice]\ngreeting = \"{words}\"\n");
        assert!(said(&greeting("Ça va ?"), "accueil").starts_with("Pas de question"));
        assert!(said(&greeting("24/7"), "accueil").contains("ne se dit pas"));
        assert_eq!(said("[transfer]\nnumber = \"12\"\n", "numero"), "Ce numéro n’en est pas un.");
        let own = "[transfer]\nnumber = \"0199001122\"\n[[number]]\ne164 = \"+33199001122\"\n";
        assert!(said(own, "numero").contains("tournerait en rond"));
        let ring = "[transfer]\nnumber = \"0199001122\"\nring_seconds = 90\n";
        assert_eq!(said(ring, "sonne"), "Entre 5 et 60.");
        let rule = |what: &str| format!("[[transfer_rule]]\nnumber = \"0199001122\"\n{what}\n");
        assert_eq!(said(&rule(""), "r0_mots"), "Dites pour quoi : des mots, ou un sujet.");
        assert_eq!(said(&rule("words = [\"or\"]"), "r0_mots"), "Trois lettres au moins par mot.");
    }
}
