//! Signs in English: who cannot say it in French is in no less danger.

use super::{Category::*, Sign, Sign::*};

/// The patterns, each group with what it tells.
pub const TABLE: &[(Sign, &[&str])] = &[
    (
        English(Cardiac),
        &[
            "chest .. pain|pains|hurts|hurting|hurt|tight|tightness",
            "pain|pains|tightness|pressure .. chest",
            "heart attack",
            "cardiac arrest",
            "heart .. stopped",
        ],
    ),
    (
        English(Breathing),
        &[
            "can|couldn t breathe",
            "cannot|cant|not|barely|hardly breathe|breathing",
            "isn t breathing",
            "stopped|stops breathing",
            "trouble|difficulty|hard|struggling to? breathe|breathing",
            "choking|suffocating",
        ],
    ),
    (
        English(Stroke),
        &[
            "having|had|have|has a stroke",
            "face .. droop*|numb",
            "can t move|feel .. arm|leg|side|face",
            "cannot|cant move|feel .. arm|leg|side|face",
            "slurr* .. speech|words",
            "speech .. slurr*",
        ],
    ),
    (
        English(Bleeding),
        &[
            "bleeding .. lot|heavily|badly|much|stop|stopping|everywhere",
            "lot of blood",
            "lost|losing|loses .. blood",
            "vomiting|coughing|throwing up? blood",
        ],
    ),
    (
        English(Unconscious),
        &["unconscious|unresponsive", "passed out", "collapsed", "won t wake up"],
    ),
    (
        English(Suicide),
        &[
            "kill|killing|harm|harming|hurting myself|himself|herself",
            "want|wants|going to hurt myself|himself|herself",
            "want|wants|going to die",
            "end my life",
            "suicidal",
        ],
    ),
    (English(Seizure), &["seizure|seizures"]),
    (English(Allergy), &["allergic reaction|shock", "throat .. swelling|swollen|closing"]),
    (
        English(Poisoning),
        &[
            "too many pills",
            "swallowed|drank|drunk|ate .. bleach|pills|poison|detergent|battery|medication",
        ],
    ),
    (English(Obstetric), &["water|waters broke|broken", "in labor|labour"]),
    (English(Other), &["need|call|send an? ambulance", "medical emergency", "dying"]),
];
