//! What is now, and what was, may be, or is only talked about.

use super::Sign;
use crate::understand::line::{Line, Stop};
use crate::understand::pattern::{Grammar, Match};
use crate::understand::scope::{self, Said};
use std::sync::LazyLock;

/// What the surroundings of a sign tell about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hint {
    /// It was long ago.
    Past,
    /// It is now, whatever else is said.
    Present,
    /// Somebody asks or arranges something about an illness.
    Routine,
    /// It has not happened.
    Hypothesis,
}

static HINTS: LazyLock<Grammar<Hint>> = LazyLock::new(|| Grammar::new(&[], TABLE.iter().copied()));

const TABLE: &[(Hint, &[&str])] = &[
    (
        Hint::Past,
        &[
            "il|ca|cela y|fait|a a? .. an|ans|mois|semaine|semaines|annee|annees|longtemps",
            "y a .. an|ans|mois|semaine|semaines|annee|annees|longtemps",
            "an|annee|ete|hiver|mois|semaine|noel|printemps|automne dernier|derniere|passe|passee",
            "derniere|dernier annee|ete|hiver|fois",
            "en deux mille",
            "depuis .. naissance|enfance|toujours|ans|annees",
            "depuis|apres mon|son|ma|sa avc|accident|operation|infarctus|chute",
            "autrefois|jadis|antecedent|antecedents|anciennement",
            "a l epoque",
            "years|year|months|month|weeks|week ago",
            "last year|month|week",
            "dans le|ma|mon temps|passe|jeunesse|enfance|famille",
            "quand j etais",
            "quand il|elle etait",
            "ai|a|avait|avais|ont deja .. eu|fait|ete",
            "ai|a|avait|avais|ont eu .. dans|par .. passe",
            "avait|avais|avaient eu|fait",
            "ancien|ancienne",
            "en janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre",
        ],
    ),
    (
        Hint::Present,
        &[
            "maintenant|actuellement|aujourdhui|vite",
            "vient|viens|venons d|de",
            "en ce moment",
            "la maintenant",
            "en train",
            "et la",
            "tout|toute de suite",
            "d un|seul coup",
            "depuis ce|cette|hier|tout|une|dix|cinq|vingt|deux|quelques .. matin|nuit|soir|minutes|heure|heures|midi",
            "depuis ce|hier|cette matin|soir|nuit",
            "recommence|reprend|revient|encore",
            "de nouveau",
            "a nouveau",
            "soudain|soudainement|brutalement|subitement",
        ],
    ),
    (
        Hint::Routine,
        &[
            "controle|suivi|suivie|bilan|consultation|consultations|renouvellement|ordonnance|renouveler|certificat|reeducation|kinesitherapie",
            "depuis|suite|apres|lors|concernant .. mon|son|ma|sa|l|un|une|cet|cette|notre",
            "vous|estceque soignez|traitez|occupez|prenez|faites|suivez|connaissez|recevez",
            "soignez|traitez|prenez vous",
            "specialiste|specialise|specialisee|specialises",
            "resultats|resultat|depistage|prevention|prevenir|vaccin|traitement|formation|stage|risque|risques|eviter|antecedent|antecedents|association|recherche|renseignement|information",
            "ancien|ancienne|sequelle|sequelles|convalescence|sorti|sortie",
            "en cas",
            "pour|de|sur les|l|la",
            "je suis epileptique|asthmatique|cardiaque|allergique",
            "traite|traitee|soigne|soignee|operer|opere|operee|suivi|suivie .. pour",
            "mon|ma|son|sa rdv",
            "rdv pour",
            "decede|decedee|mort|morte|deces d|de",
        ],
    ),
    (
        Hint::Hypothesis,
        &[
            "si je|j|jamais|un|on|quelquun|il|elle|mon|ma|c",
            "au cas ou",
            "en cas",
            "que faire|dois si|quand",
            "vous|qui soignez|traitez|occupez",
            "soignez|traitez vous",
        ],
    ),
];

/// True when a sign tells of the present.
pub fn is_now(line: &Line<'_>, sign: &Match<Sign>) -> bool {
    let (from, to) = clause(line, sign);
    let hints = HINTS.find(line);
    let has = |wanted: Hint| {
        hints.iter().any(|hint| hint.means == wanted && from <= hint.start && hint.start < to)
    };
    let past = has(Hint::Past) || (from..to).any(|at| year(line, at));
    let hypothesis = has(Hint::Hypothesis) && !wonders(line, from, sign.start);
    match sign.means {
        Sign::State(_) | Sign::Vague(_)
            if scope::negated(line, Said::Fact, sign.start, sign.end) =>
        {
            false
        }
        Sign::Illness(_) if scope::negated(line, Said::Fact, sign.start, sign.end) => false,
        Sign::Illness(_) if has(Hint::Routine) && !has(Hint::Present) => false,
        _ if hypothesis => false,
        _ => !past || has(Hint::Present),
    }
}

/// "En 2019".
fn year(line: &Line<'_>, at: usize) -> bool {
    let text = line.text(at);
    let century = text.starts_with("19") || text.starts_with("20");
    text.len() == 4 && century && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// "Je ne sais pas si c'est un infarctus" is a doubt about now, not a supposition.
fn wonders(line: &Line<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| line.is(at, &["sais", "demande", "sait"]))
}

/// The tokens around a sign that speak of the same moment.
fn clause(line: &Line<'_>, sign: &Match<Sign>) -> (usize, usize) {
    let parts = |at: usize| {
        line.is(at, &["mais", "maintenant", "aujourdhui"])
            || line.is(at, &["et"]) && line.is(at + 1, &["la", "maintenant"])
    };
    let mut from = sign.start;
    while from > 0 && line.tokens[from - 1].stop < Stop::Hard && !parts(from) {
        from -= 1;
    }
    let mut to = sign.end;
    while to < line.tokens.len() && line.tokens[to - 1].stop < Stop::Hard && !parts(to) {
        to += 1;
    }
    (from, to)
}
