use super::*;

fn wanted(event: Event) -> Use {
    Use { event, channel: Channel::Sms, trade: Trade::Health, reach: Reach::OneWay }
}

fn problem(text: &str, event: Event) -> (usize, String) {
    let error = Template::parse(text, wanted(event)).unwrap_err();
    (error.position, error.problem)
}

#[test]
fn a_place_that_is_unknown_or_open_is_refused_where_it_stands() {
    let (at, told) = problem("Éva, le {jour}", Event::Test);
    assert_eq!(at, 9);
    assert!(told.contains("{jour} n’existe pas"), "{told}");
    for (text, at) in [("a {date", 3), ("a } b", 3), ("a {{date}} b", 3), ("{} b", 1)] {
        assert_eq!(problem(text, Event::Test).0, at, "{text}");
    }
}

#[test]
fn a_place_that_must_be_there_is_missed_at_the_end() {
    let (at, told) = problem("Confirmé le {date}", Event::Confirmation);
    assert_eq!(at, 19);
    assert!(told.contains("{heure}"), "{told}");
    assert!(problem("  ", Event::Test).1.contains("vide"));
    assert!(problem(&"é".repeat(1601), Event::Test).1.contains("1 600"));
}

#[test]
fn a_text_message_of_a_health_practice_says_nothing_of_health() {
    let (at, told) = problem("Votre consultation le {date} à {heure}", Event::Confirmation);
    assert_eq!(at, 7);
    assert!(told.contains("consultation"), "{told}");
    let text = "Votre consultation le {date} à {heure}";
    for (channel, trade) in [(Channel::Email, Trade::Health), (Channel::Sms, Trade::Other)] {
        let wanted = Use { channel, trade, ..wanted(Event::Confirmation) };
        assert!(Template::parse(text, wanted).is_ok(), "{channel:?} {trade:?}");
    }
    assert_eq!(without_health_words("Cabinet dentaire Martin"), "Cabinet Martin");
    assert_eq!(without_health_words("Dr. Martin"), "Martin");
    assert_eq!(without_health_words("Ostéopathe"), "votre cabinet");
}

#[test]
fn a_message_that_cannot_be_answered_does_not_ask_to_be() {
    let text = "Le {date} à {heure}. Répondez OUI pour confirmer.";
    assert!(problem(text, Event::Confirmation).1.contains("{lien}"));
    let wanted = Use { reach: Reach::TwoWay, ..wanted(Event::Confirmation) };
    assert!(Template::parse(text, wanted).is_ok());
}

#[test]
fn no_brace_reaches_a_person() {
    let template = Template::parse("{prenom}, merci", wanted(Event::Test)).unwrap();
    let values = [("prenom".to_owned(), "{nom} \u{7}}".to_owned())].into();
    assert_eq!(template.fill(&values).unwrap(), "(nom)  ), merci");
    assert_eq!(template.fill(&BTreeMap::new()), Err(Missing("prenom")));
    let empty = [("prenom".to_owned(), " ".to_owned())].into();
    assert_eq!(template.fill(&empty), Err(Missing("prenom")));
}

#[test]
fn the_usual_words_keep_the_rules_and_cost_little() {
    for event in Event::ALL {
        for channel in Channel::ALL {
            for language in LANGUAGES {
                let words = usual(*event, *channel, language);
                let wanted = Use { channel: *channel, ..wanted(*event) };
                let template = Template::parse(words.text, wanted);
                let template = template.unwrap_or_else(|e| panic!("{event:?} {language}: {e}"));
                let text = template.fill(&examples()).unwrap();
                assert!(!text.contains(['{', '}']), "{text}");
                if *channel == Channel::Sms && *event != Event::Daily {
                    let sms = crate::message::segments::lay_out(&text);
                    assert_eq!((sms.segments, sms.costly), (1, vec![]), "{event:?}: {text}");
                }
            }
        }
    }
}
