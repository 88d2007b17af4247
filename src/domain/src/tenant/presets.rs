//! What a trade usually needs, to begin with: hours, services, questions. The
//! answers are proposals that somebody reads before they are saved.

use super::settings::Settings;

/// A trade with its usual settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Its name in forms.
    pub key: &'static str,
    /// As it is written in settings.
    pub trade: &'static str,
    services: &'static str,
    questions: &'static str,
    week: Week,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Week {
    /// Monday to Friday, with a break at noon.
    Practice,
    /// Tuesday to Saturday, through.
    Shop,
    /// Monday to Friday, early.
    Works,
}

/// Every trade, the usual ones first; the last fits everybody.
pub const PRESETS: [Preset; 11] = [
    Preset {
        key: "medecin",
        trade: "médecin généraliste",
        services: "Consultation|20",
        questions: "Prenez-vous la carte Vitale ?|Oui, nous prenons la carte Vitale.|Faites-vous des visites à domicile ?|Les consultations ont lieu au cabinet.",
        week: Week::Practice,
    },
    Preset {
        key: "dentiste",
        trade: "chirurgien-dentiste",
        services: "Contrôle|30|Soin|45",
        questions: "Prenez-vous la carte Vitale ?|Oui, nous prenons la carte Vitale.|Que faire si j'ai mal ?|Dites que c'est urgent : nous cherchons le premier rendez-vous libre.",
        week: Week::Practice,
    },
    Preset {
        key: "kine",
        trade: "masseur-kinésithérapeute",
        services: "Bilan|45|Séance|30",
        questions: "Faut-il une ordonnance ?|Oui, apportez l'ordonnance de votre médecin.|Comment venir habillé ?|Venez avec une tenue souple.",
        week: Week::Practice,
    },
    Preset {
        key: "osteopathe",
        trade: "ostéopathe",
        services: "Consultation|45",
        questions: "Êtes-vous remboursé ?|Beaucoup de mutuelles remboursent une partie ; demandez à la vôtre.|Faut-il une ordonnance ?|Non, aucune ordonnance n'est nécessaire.",
        week: Week::Practice,
    },
    Preset {
        key: "veterinaire",
        trade: "vétérinaire",
        services: "Consultation|30|Vaccin|20",
        questions: "Que faut-il apporter ?|Apportez le carnet de santé de l'animal.",
        week: Week::Practice,
    },
    Preset {
        key: "avocat",
        trade: "avocat",
        services: "Premier rendez-vous|45|Rendez-vous de suivi|30",
        questions: "Que faut-il apporter ?|Apportez les courriers et les contrats qui concernent votre affaire.",
        week: Week::Practice,
    },
    Preset {
        key: "coiffeur",
        trade: "salon de coiffure",
        services: "Coupe femme|45|Coupe homme|30|Couleur|90",
        questions: "Faut-il prendre rendez-vous ?|C'est préférable : vous n'attendrez pas.",
        week: Week::Shop,
    },
    Preset {
        key: "beaute",
        trade: "institut de beauté",
        services: "Soin du visage|60|Épilation|30|Manucure|45",
        questions: "Faites-vous des bons cadeaux ?|Oui, demandez-les à l'institut.",
        week: Week::Shop,
    },
    Preset {
        key: "garage",
        trade: "garage automobile",
        services: "Révision|60|Pneus|30|Diagnostic|30",
        questions: "Prêtez-vous un véhicule ?|Demandez-le au moment du rendez-vous : nous vous le confirmerons.",
        week: Week::Works,
    },
    Preset {
        key: "artisan",
        trade: "artisan du bâtiment",
        services: "Visite pour un devis|60|Dépannage|60",
        questions: "Vos devis sont-ils gratuits ?|Demandez-le : la réponse dépend du déplacement.",
        week: Week::Works,
    },
    Preset {
        key: "autre",
        trade: "entreprise",
        services: "Rendez-vous|30",
        questions: "Comment vous joindre par écrit ?|Laissez un message : nous vous rappellerons.",
        week: Week::Practice,
    },
];

impl Preset {
    /// The preset of that name in forms.
    pub fn named(key: &str) -> Option<Self> {
        PRESETS.into_iter().find(|preset| preset.key == key)
    }

    /// The preset whose trade the settings say; the last for any other.
    pub fn of(settings: &Settings) -> Self {
        let trade = settings.trade.as_deref().unwrap_or_default().trim();
        let [.., other] = PRESETS;
        PRESETS.into_iter().find(|preset| preset.trade == trade).unwrap_or(other)
    }

    /// The settings of a new tenant of this trade: nothing is opened or sold
    /// before somebody has said so.
    pub fn begin(self, name: &str) -> Settings {
        let mut settings = Settings::named(name);
        settings.trade = Some(self.trade.to_owned());
        settings
    }

    /// The same settings with what they lack taken from the preset.
    pub fn complete(self, settings: &Settings) -> Settings {
        let usual = self.usual();
        let mut complete = settings.clone();
        if complete.hours.is_empty() {
            complete.hours = usual.hours;
        }
        if complete.service.is_empty() {
            complete.service = usual.service;
        }
        if complete.faq.is_empty() {
            complete.faq = usual.faq;
        }
        complete
    }

    fn usual(self) -> Settings {
        let mut file = "name = \"x\"\n".to_owned();
        for (days, from, to) in self.week.periods() {
            file += &format!("[[hours]]\ndays = [\"{days}\"]\nfrom = \"{from}\"\nto = \"{to}\"\n");
        }
        for (name, minutes) in pairs(self.services) {
            file += &format!("[[service]]\nname = \"{name}\"\nminutes = {minutes}\n");
        }
        for (question, answer) in pairs(self.questions) {
            file += &format!("[[faq]]\nquestion = \"{question}\"\nanswer = \"{answer}\"\n");
        }
        Settings::from_toml(&file).expect("every preset is read by a test")
    }
}

impl Week {
    fn periods(self) -> &'static [(&'static str, &'static str, &'static str)] {
        match self {
            Self::Practice => &[("mon-fri", "09:00", "12:00"), ("mon-fri", "14:00", "18:00")],
            Self::Shop => &[("tue-sat", "09:30", "19:00")],
            Self::Works => &[("mon-fri", "08:00", "12:00"), ("mon-fri", "13:30", "17:30")],
        }
    }
}

fn pairs(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut parts = list.split('|');
    std::iter::from_fn(move || Some((parts.next()?, parts.next()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_gives_settings_that_are_accepted() {
        for preset in PRESETS {
            let begun = preset.begin("Cabinet Martin");
            assert!(begun.check().is_ok() && begun.hours.is_empty() && begun.service.is_empty());
            let complete = Preset::of(&begun).complete(&begun);
            assert_eq!(Preset::of(&begun), preset);
            assert!(complete.check().is_ok(), "{}", preset.key);
            assert!(!complete.hours.is_empty() && !complete.service.is_empty());
            assert!(!complete.faq.is_empty());
        }
    }

    #[test]
    fn what_is_said_stays() {
        let preset = Preset::named("kine").unwrap();
        let mut settings = preset.begin("Cabinet Martin");
        settings.service = Preset::named("avocat").unwrap().usual().service;
        let complete = preset.complete(&settings);
        assert_eq!(complete.service, settings.service);
        assert_eq!(Preset::named("inconnu"), None);
    }
}
