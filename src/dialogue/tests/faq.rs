//! Which entry of a practice's FAQ a question means.

use dialogue::understand::words;

/// A practice's FAQ, as owners write them.
const FAQ: [&str; 9] = [
    "Y a-t-il un parking ?",
    "Prenez-vous la carte bleue ?",
    "Le cabinet est-il accessible aux personnes à mobilité réduite ?",
    "Quels documents faut-il apporter ?",
    "Acceptez-vous de nouveaux patients ?",
    "Faites-vous des visites à domicile ?",
    "Proposez-vous la téléconsultation ?",
    "Quels sont les délais pour un certificat de sport ?",
    "Prenez-vous les enfants ?",
];

fn entry(question: &str) -> Option<&'static str> {
    let faqs = FAQ.map(|question| domain::tenant::Faq {
        question: question.into(),
        answer: "Réponse.".into(),
    });
    dialogue::understand::intents::faq(&words::words(question), &faqs).map(|at| FAQ[at])
}

#[test]
fn a_question_finds_its_entry_in_the_faq_in_other_words() {
    let expected = [
        (
            0,
            [
                "parking ?",
                "où est-ce que je peux me garer",
                "vous avez un parking",
                "on peut stationner devant",
                "euh le parking",
                "y a des places de parking",
            ],
        ),
        (
            1,
            [
                "vous prenez la carte",
                "je peux payer par carte bleue",
                "carte bancaire ?",
                "vous acceptez la cb",
                "le paiement par carte",
                "prenez vous la carte bleue",
            ],
        ),
        (
            2,
            [
                "c'est accessible en fauteuil roulant",
                "je suis handicapé, je peux venir",
                "mobilité réduite",
                "il y a un ascenseur",
                "acces handicape",
                "accessible ?",
            ],
        ),
        (
            3,
            [
                "quels papiers je dois amener",
                "qu'est-ce que j'apporte",
                "documents à apporter",
                "il faut apporter la carte vitale",
                "quels documents",
                "documents ?",
            ],
        ),
        (
            4,
            [
                "vous prenez de nouveaux patients",
                "je suis un nouveau patient vous m'acceptez",
                "nouveaux patients ?",
                "est-ce que vous acceptez les nouveaux patients",
                "vous acceptez des nouveaux patients",
                "nouveau patient",
            ],
        ),
        (
            5,
            [
                "vous venez à domicile",
                "le docteur se déplace à domicile",
                "visite à domicile",
                "est-ce que vous faites les visites à domicile",
                "domicile ?",
                "il peut venir à la maison",
            ],
        ),
        (
            6,
            [
                "on peut faire en visio",
                "vous faites la téléconsultation",
                "teleconsultation",
                "une consultation en vidéo",
                "les téléconsultations",
                "consultation à distance",
            ],
        ),
        (
            7,
            [
                "c'est quoi le délai pour un certificat de sport",
                "un certificat pour le sport",
                "certificat sport",
                "combien de temps pour le certificat de sport",
                "délai certificat",
                "le sport certificat",
            ],
        ),
        (
            8,
            [
                "vous soignez les enfants",
                "c'est pour mon enfant, vous le prenez",
                "vous recevez les enfants",
                "enfants ?",
                "vous prenez les bébés",
                "est ce que vous prenez les enfants",
            ],
        ),
    ];
    let mut wrong = Vec::new();
    for (at, questions) in expected {
        for question in questions {
            if entry(question) != Some(FAQ[at]) {
                wrong.push(format!("{question} => {:?}", entry(question)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_no_entry_answers_finds_none() {
    for question in [
        "oui",
        "bonjour",
        "mardi à dix heures",
        "Camille Lefèvre",
        "je voudrais un rendez-vous",
        "est-ce que le docteur parle anglais",
        "vous vendez des lunettes",
        "quel temps fait-il",
        "",
        "06 39 98 12 34",
        "c'est pour mardi",
        "je voudrais annuler mon rendez-vous",
        "pourquoi",
    ] {
        assert_eq!(entry(question), None, "{question}");
    }
}

#[test]
fn an_empty_faq_answers_nothing() {
    assert_eq!(dialogue::understand::intents::faq(&words::words("parking ?"), &[]), None);
}

#[test]
fn the_vitale_card_and_the_bank_card_are_told_apart() {
    let faqs = ["Prenez-vous la carte Vitale ?", "Prenez-vous la carte bleue ?"]
        .map(|question| domain::tenant::Faq { question: question.into(), answer: "Oui.".into() });
    let meant = |said: &str| dialogue::understand::intents::faq(&words::words(said), &faqs);
    for vitale in ["vous prenez la carte vitale", "la carte vitale ça marche", "carte vitale ?"] {
        assert_eq!(meant(vitale), Some(0), "{vitale}");
    }
    for bank in
        ["vous prenez la carte bleue", "je peux payer en carte bancaire", "vous acceptez la CB"]
    {
        assert_eq!(meant(bank), Some(1), "{bank}");
    }
}
