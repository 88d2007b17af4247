//! The written register: the same sentences, for the eye.

/// What is said of a voice, and what is written instead.
const WRITTEN: [(&str, &str); 13] = [
    ("Dites les dix chiffres", "Écrivez les dix chiffres"),
    ("Dites ", "Répondez "),
    ("dites simplement", "répondez simplement"),
    ("Pouvez-vous me dicter", "Pouvez-vous écrire"),
    (", lentement ?", " ?"),
    ("Je vous écoute", "Je vous lis"),
    ("je vous écoute", "je vous lis"),
    ("Merci de votre appel", "Merci de votre message"),
    ("la ligne n'est pas très bonne", "je n'ai pas compris non plus"),
    ("Je ne vous entends pas", "Je ne reçois rien"),
    ("je vais raccrocher", "je vais m'arrêter là"),
    ("n'hésitez pas à rappeler", "n'hésitez pas à revenir"),
    ("N'hésitez pas à rappeler", "N'hésitez pas à revenir"),
];

/// The sentence as it is written.
pub fn written(said: &str) -> String {
    WRITTEN.iter().fold(said.to_owned(), |text, (spoken, written)| text.replace(spoken, written))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_written_does_not_speak_of_hearing() {
        assert_eq!(
            super::written("Dites oui ou non. Je vous écoute."),
            "Répondez oui ou non. Je vous lis."
        );
        assert_eq!(
            super::written("À quel nom, s'il vous plaît ?"),
            "À quel nom, s'il vous plaît ?"
        );
    }
}
