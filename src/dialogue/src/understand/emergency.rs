//! Medical emergencies: high recall on vital signs in any wording.
//!
//! The signs are in the folder `emergency/`, by what they endanger;
//! `context.rs` tells what is now from what was, what is denied and what is
//! only talked about. In doubt about the present it is an emergency.

mod body;
mod context;
mod english;
mod mind;
mod signs;

use super::line::Line;
use super::pattern::{Classes, Grammar, Match};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A heard emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emergency {
    /// What kind.
    pub category: Category,
    /// It was told in English.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub english: bool,
}

/// The kinds of emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names of the categories say it")]
pub enum Category {
    Cardiac,
    Breathing,
    Stroke,
    Bleeding,
    Unconscious,
    Allergy,
    Suicide,
    Seizure,
    Poisoning,
    Obstetric,
    Burn,
    Trauma,
    Infant,
    Violence,
    Other,
}

/// How a sign speaks, which decides what can take it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A state of now ("mal à la poitrine"): denied or past, it is none.
    State(Category),
    /// Said with a negation of its own ("ne respire plus"): only past or
    /// hypothesis take it back.
    Loss(Category),
    /// A state that may be harmless: yields to any other sign.
    Vague(Category),
    /// A sign in English, whose negations are other words.
    English(Category),
    /// The name of an illness ("infarctus"): also spoken of in routine.
    Illness(Category),
    /// Looks like a sign and is none ("je meurs de faim"): hides signs that
    /// overlap it.
    Figure,
    /// Looks like a loss and is none ("le secrétariat répond pas"): hides
    /// every sign that overlaps it.
    Harmless,
}

static GRAMMAR: LazyLock<Grammar<Sign>> = LazyLock::new(|| {
    let tables = [body::TABLE, signs::TABLE, mind::TABLE, english::TABLE];
    Grammar::new(CLASSES, tables.into_iter().flatten().copied())
});

const CLASSES: Classes = &[
    ("adv", "presque|quasiment|pratiquement|meme|vraiment|carrement|bien|toujours|encore"),
    ("no", "pas|plus|pu|jamais|pa|rien"),
    (
        "can",
        "peux|peut|peu|arrive|arrives|arrivent|parvien*|reussi*|arrivons|peuvent|pouvons|pouvait|arrivait|arrivais",
    ),
    (
        "be",
        "est|suis|sont|etait|es|devient|deviens|devenu|devenue|semble|reste|tout|toute|completement|parait",
    ),
    (
        "chest",
        "poitrine|thorax|thoracique|thoraciques|torse|sternum|poitrinaire|poitrin|potrine|pectoral|pectoraux",
    ),
    (
        "pain",
        "mal|male|douleur|douleurs|doulleur|serre|serrement|serrements|oppresse|oppressee|oppression|oppressions|brule|brulure|brulures|pression|pique|etau|poids|comprime|compression|compresse|elance|elancement|elancements|point|lance|ecrase|ecrasement|ecrasee|souffre|bloque|coince|gene|barre|pince|pincement|coup|poignard|tire|appuie|tape|traverse|lourd|lourdeur|crampe|ecraser|serrer|serree|souffrance",
    ),
    (
        "who",
        "il|elle|mari|femme|pere|mere|papa|maman|fils|fille|bebe|enfant|grand|ami|amie|voisin|voisine|frere|soeur|conjoint|epoux|epouse|petit|petite|oncle|tante|mamie|papi|papy|monsieur|dame|collegue|copain|copine|compagnon|compagne|quelquun|homme|client|patient|patiente|conscience|qui|belle|beau|gamin|gamine|garcon|on|ils|elles|nourrisson",
    ),
    ("baby", "bebe|bebes|nourrisson|nourissons|nouveau|nouveaune|nourisson|jumeau|jumeaux|mois"),
];

/// The emergency that the words tell of now; not of the past, not negated, not
/// a routine about somebody else.
pub(super) fn find(line: &Line<'_>) -> Option<Emergency> {
    let found = GRAMMAR.find(line);
    let hidden = |sign: &Match<Sign>| {
        let loss = matches!(sign.means, Sign::Loss(_));
        let over = |by: Sign| by == Sign::Harmless || by == Sign::Figure && !loss;
        found
            .iter()
            .any(|other| over(other.means) && other.start < sign.end && sign.start < other.end)
    };
    let signs = found.iter().filter_map(|sign| Some((rank(sign.means)?, sign)));
    let mut signs: Vec<_> = signs.filter(|(_, sign)| !hidden(sign)).collect();
    signs.sort_by_key(|((vague, category), sign)| {
        let unborn = sign.means == Sign::Loss(Category::Obstetric);
        (*vague, sign.start, !unborn, *category != Category::Infant)
    });
    let now = signs.into_iter().find(|(_, sign)| context::is_now(line, sign));
    now.map(|((_, category), sign)| {
        let english = matches!(sign.means, Sign::English(_));
        Emergency { category, english }
    })
}

/// Whether a sign yields to the others, and what it tells of.
fn rank(sign: Sign) -> Option<(bool, Category)> {
    match sign {
        Sign::Vague(category) => Some((true, category)),
        Sign::State(Category::Other) => Some((true, Category::Other)),
        Sign::State(category)
        | Sign::Loss(category)
        | Sign::English(category)
        | Sign::Illness(category) => Some((false, category)),
        Sign::Figure | Sign::Harmless => None,
    }
}
