//! The form of a dossier: one field a line, what is wrong below it.

use super::upload;
use crate::parts::Icon;
use crate::typo::french;
use desk::numbers::dossier::{self, Scan};
use domain::dossier::{Draft, Fault, Wrong};
use leptos::prelude::*;

/// The form as it was sent.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) draft: Draft,
    pub(super) faults: Vec<Fault>,
    pub(super) file: Option<(String, Vec<u8>)>,
}

/// Names in the form, in the draft, and what they are called.
const FIELDS: [(&str, &str, &str, &str); 8] = [
    ("raison", "business_name", "Nom ou raison sociale", "Tel qu’il figure au registre."),
    ("siret", "registration", "SIREN ou SIRET", "9 ou 14 chiffres."),
    ("prenom", "first_name", "Prénom de la personne qui représente le cabinet", ""),
    ("nom", "last_name", "Son nom", ""),
    ("courriel", "email", "Son adresse e-mail", "L’opérateur y répond au sujet du dossier."),
    ("rue", "street", "Numéro et rue", "Un lieu où se trouve le cabinet ; pas de boîte postale."),
    ("code", "postal_code", "Code postal", ""),
    ("ville", "city", "Ville", ""),
];

impl Typed {
    /// Reads what a browser sends; `None` for anything else.
    pub(super) fn read(kind: &str, body: &[u8]) -> Option<Self> {
        let mut typed = Self::default();
        for part in upload::read(kind, body)? {
            if part.name == "kbis" {
                let name = part.file.unwrap_or_default();
                typed.file = (!part.bytes.is_empty()).then(|| (name, part.bytes.to_vec()));
            } else if let Some((_, field, ..)) = FIELDS.iter().find(|(name, ..)| *name == part.name)
            {
                *value(&mut typed.draft, field) = String::from_utf8_lossy(part.bytes).into_owned();
            }
        }
        Some(typed)
    }

    /// The scan, if there is one.
    pub(super) fn scan(&mut self) -> Result<Option<Scan>, Fault> {
        let Some((name, bytes)) = self.file.take() else { return Ok(None) };
        dossier::scan(&name, bytes).map(Some)
    }

    /// Everything that is wrong with it.
    pub(super) fn check(&self, scan: &Result<Option<Scan>, Fault>) -> Vec<Fault> {
        let mut faults = self.draft.check().err().unwrap_or_default();
        faults.extend(scan.as_ref().err());
        faults
    }
}

fn value<'a>(draft: &'a mut Draft, field: &str) -> &'a mut String {
    match field {
        "business_name" => &mut draft.business_name,
        "registration" => &mut draft.registration,
        "first_name" => &mut draft.first_name,
        "last_name" => &mut draft.last_name,
        "email" => &mut draft.email,
        "street" => &mut draft.street,
        "postal_code" => &mut draft.postal_code,
        _ => &mut draft.city,
    }
}

fn words(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Missing => "À remplir.",
        Wrong::Unusable => "Une seule ligne, de 120 caractères au plus.",
        Wrong::NotRegistered => "Ce n’est ni un SIREN ni un SIRET : vérifiez les chiffres.",
        Wrong::NotMail => "Ce n’est pas une adresse e-mail.",
        Wrong::NotPostal => "Ce n’est pas un code postal français.",
        Wrong::Box => "Un lieu est demandé, pas une boîte postale.",
        Wrong::NotFile => "Un fichier PDF, JPEG ou PNG est demandé.",
        Wrong::TooLarge => "Ce fichier dépasse 5 Mo.",
    }
}

/// The form, with what was typed and what is wrong.
pub(super) fn view(id: &str, typed: &Typed, why: Option<String>) -> AnyView {
    let action = format!("/app/reglages/numeros/{id}/dossier");
    let wrong = typed.faults.len();
    let top = why.or_else(|| {
        (wrong > 0).then(|| "Rien n’a été transmis : corrigez ce qui est signalé.".to_owned())
    });
    let top = top.map(|why| {
        view! { <p class="error" role="alert"><Icon name="alert"/>{french(&why)}</p> }
    });
    let mut draft = typed.draft.clone();
    let fields = FIELDS
        .map(|(name, field, label, hint)| {
            let text = std::mem::take(value(&mut draft, field));
            line((name, label, hint), text, typed.faults.iter().find(|fault| fault.field == field))
        })
        .collect_view();
    let kbis = typed.faults.iter().find(|fault| fault.field == "kbis");
    let (error, invalid) = error("kbis", kbis);
    let described = if kbis.is_some() { "kbis-aide kbis-erreur" } else { "kbis-aide" };
    view! {
        <form class="form" method="post" action=action enctype="multipart/form-data" data-once="">
            {top}
            {fields}
            <div class="field">
                <label for="kbis">{french("Extrait Kbis (facultatif)")}</label>
                <input id="kbis" name="kbis" type="file" accept="application/pdf,image/jpeg,image/png" aria-invalid=invalid aria-describedby=described/>
                {error}
                <p class="hint" id="kbis-aide">{french("De moins de trois mois : PDF, JPEG ou PNG, 5 Mo au plus. Il est transmis à l’opérateur et n’est pas gardé ici.")}</p>
            </div>
            <button class="button primary" type="submit">"Transmettre le dossier"</button>
        </form>
    }
    .into_any()
}

fn error(name: &'static str, fault: Option<&Fault>) -> (Option<AnyView>, Option<&'static str>) {
    let shown = fault.map(|fault| {
        let id = format!("{name}-erreur");
        view! { <p class="error" id=id><Icon name="alert"/>{french(words(fault.wrong))}</p> }
            .into_any()
    });
    let invalid = shown.as_ref().map(|_| "true");
    (shown, invalid)
}

fn line(
    (name, label, hint): (&'static str, &'static str, &'static str),
    text: String,
    fault: Option<&Fault>,
) -> AnyView {
    let (error, invalid) = error(name, fault);
    let help = (!hint.is_empty())
        .then(|| view! { <p class="hint" id=format!("{name}-aide")>{french(hint)}</p> });
    let described = match (hint.is_empty(), fault.is_some()) {
        (true, false) => None,
        (false, false) => Some(format!("{name}-aide")),
        (true, true) => Some(format!("{name}-erreur")),
        (false, true) => Some(format!("{name}-aide {name}-erreur")),
    };
    let complete = match name {
        "raison" => "organization",
        "prenom" => "given-name",
        "nom" => "family-name",
        "courriel" => "email",
        "rue" => "street-address",
        "code" => "postal-code",
        "ville" => "address-level2",
        _ => "off",
    };
    let mode = ["siret", "code"].contains(&name).then_some("numeric");
    view! {
        <div class="field">
            <label for=name>{french(label)}</label>
            <input id=name name=name required maxlength="120" inputmode=mode autocomplete=complete value=text aria-invalid=invalid aria-describedby=described/>
            {error}
            {help}
        </div>
    }
    .into_any()
}
