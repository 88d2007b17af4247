//! When something was not heard, not understood, or the outside failed.

use crate::state::Pending;

/// Nothing was heard; what follows is the question again.
pub fn silence(times: u8) -> &'static str {
    match times {
        0 | 1 => "Vous êtes toujours là ?",
        2 => "Je ne vous entends pas.",
        _ => "Je n'entends toujours rien.",
    }
}

/// Nothing but noise or hesitation.
pub fn noise(times: u8) -> &'static str {
    match times {
        0 | 1 => "Prenez votre temps, je vous écoute.",
        2 => "Je vous entends mal.",
        _ => "La ligne est mauvaise, je vous entends très mal.",
    }
}

/// "Bonjour", and nothing more.
pub fn greeting(times: u8) -> &'static str {
    match times {
        0 | 1 => "Bonjour.",
        2 => "Oui, bonjour, je vous écoute.",
        _ => "Bonjour, je suis là.",
    }
}

/// "Allô ?"
pub fn hello(times: u8) -> &'static str {
    match times {
        0 | 1 => "Oui, je vous entends.",
        2 => "Je suis là.",
        _ => "Oui, je suis bien là, je vous écoute.",
    }
}

/// Nothing was heard for too long.
pub fn silence_goodbye() -> &'static str {
    "Je ne vous entends pas, je vais raccrocher. N'hésitez pas à rappeler. Au revoir."
}

/// Not understood; what follows is the question in other words.
pub fn not_understood(times: u8) -> &'static str {
    match times {
        0 | 1 => "Pardon, je n'ai pas bien compris.",
        2 => "Excusez-moi, la ligne n'est pas très bonne.",
        3 => "Je n'y arrive pas encore, essayons autrement.",
        _ => "Essayons encore autrement.",
    }
}

/// The ladder has ended; what follows offers a message.
pub fn ladder_end() -> &'static str {
    "Je suis désolé, je n'arrive pas à vous comprendre."
}

/// The ladder has ended and nothing more can be done.
pub fn give_up() -> &'static str {
    "Je suis désolé, nous n'arrivons pas à nous comprendre. Vous pouvez rappeler plus tard. Au revoir."
}

/// The outside could not be reached: nothing is known, nothing was written.
pub fn failed() -> &'static str {
    "Je suis désolé, j'ai un souci technique et rien n'a été enregistré."
}

/// The outside failed again.
pub fn failed_goodbye() -> &'static str {
    "Je suis désolé, le souci technique continue et rien n'a été enregistré. Rappelez un peu plus tard. Au revoir."
}

/// The caller asked to speak slower.
pub fn slower() -> &'static str {
    "D'accord, je vais plus lentement."
}

/// An insult.
pub fn calm() -> &'static str {
    "Je comprends que ce soit agaçant, je fais de mon mieux."
}

/// Insults again and again.
pub fn calm_goodbye() -> &'static str {
    "Je préfère que nous en restions là. Vous pouvez rappeler plus tard. Au revoir."
}

/// "Vous êtes un robot ?"
pub fn automatic() -> &'static str {
    "Oui, je suis un assistant automatique."
}

/// Why something is asked.
pub fn why(pending: Pending) -> Option<&'static str> {
    match pending {
        Pending::QualifName | Pending::IdentifyName => {
            Some("C'est pour savoir à quel nom le noter.")
        }
        Pending::ContactConfirm | Pending::QualifContact => {
            Some("C'est pour pouvoir vous joindre en cas de changement.")
        }
        Pending::QualifQuestion => Some("C'est pour mieux répondre à votre demande."),
        Pending::TicketText | Pending::TicketCategory | Pending::TicketUrgency => {
            Some("C'est pour confier votre demande à la bonne personne.")
        }
        Pending::IdentifyWhen => Some("C'est pour être sûr qu'il s'agit de votre rendez-vous."),
        _ => None,
    }
}

/// The caller has not finished.
pub fn go_on() -> &'static str {
    "Oui, je vous écoute."
}
