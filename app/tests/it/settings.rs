//! Settings that the practice edits itself.

use crate::house::{Answer, House};
use desk::tenants;
use domain::id::TenantId;
use domain::tenant::settings::Settings;
use http::StatusCode;

const OWNER: &str = "camille@exemple.fr";
const SECRETARY: &str = "alix@exemple.fr";

struct Practice {
    house: House,
    tenant: TenantId,
    cookie: String,
}

impl Practice {
    async fn open() -> Self {
        let house = House::open().await;
        let file = format!(
            "name = \"Cabinet Martin\"\n[[service]]\nname = \"Consultation\"\nminutes = 30\n\
             [[transfer_rule]]\nwords = [\"facture\"]\nnumber = \"01 99 00 33 44\"\n\
             [[transfer_rule.hours]]\ndays = [\"mon\"]\nfrom = \"10:00\"\nto = \"11:00\"\n\
             [[number]]\ne164 = \"+33199001122\"\n\
             [[member]]\nemail = \"{OWNER}\"\nrole = \"owner\"\n\
             [[member]]\nemail = \"{SECRETARY}\"\nrole = \"secretary\"\n"
        );
        let made = tenants::apply(&house.office, &Settings::from_toml(&file).unwrap()).await;
        let cookie = house.sign_in(OWNER).await;
        Self { tenant: made.unwrap().tenant, house, cookie }
    }

    /// Sends a form of a page with the state that the page shows.
    async fn send(&self, path: &str, fields: &str) -> crate::house::Answer {
        let state = self.state(path).await;
        self.house.post(path, &self.cookie, &format!("etat={state}&{fields}")).await
    }

    async fn state(&self, path: &str) -> String {
        let page = self.house.get(path.trim_end_matches("/retirer"), &self.cookie).await;
        page.attribute("main form [name=etat]", "value").unwrap()
    }

    async fn stored(&self) -> Settings {
        tenants::show(&self.house.office, self.tenant).await.unwrap().unwrap().settings
    }
}

#[tokio::test]
async fn hours_are_changed_and_count_at_once() {
    let practice = Practice::open().await;
    let path = "/app/reglages/horaires";
    let hours = "h0_0_de=09:00&h0_0_a=12:00&h1_0_de=09:00&h1_0_a=12:00&h1_1_de=14:00&h1_1_a=18:00";
    let saved = practice.send(path, &format!("{hours}&preavis=60&horizon=30")).await;
    assert_eq!(saved.location(), format!("{path}?fait=enregistre"), "{}", saved.body);
    let profile = practice.house.office.profile(practice.tenant).await.unwrap();
    assert_eq!((profile.hours.len(), profile.booking.horizon_days), (3, 30));
    let shown = practice.house.get(path, &practice.cookie).await;
    assert!(shown.texts("dl.facts").join(" ").contains("9 h – 12 h, 14 h – 18 h"));
    assert_eq!(shown.attribute("[name=h1_1_de]", "value").unwrap(), "14 h");
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field_and_typed_text_stays() {
    let practice = Practice::open().await;
    let path = "/app/reglages/services";
    let wrong = "s0_id=consultation&s0_nom=Bilan&s0_minutes=7&s0_prix=45,50&a0_nom=Docteur+Martin";
    let refused = practice.send(path, wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.texts("#s0_minutes-erreur"), ["De 5 en 5 minutes."]);
    assert_eq!(refused.attribute("#s0_nom", "value").unwrap(), "Bilan");
    assert!(refused.attribute("details.edit", "open").is_some());
    let cases = [
        ("/app/reglages/horaires", "h0_0_de=12:00&h0_0_a=09:00&preavis=1&horizon=1", "#h0-erreur"),
        ("/app/reglages/horaires", "preavis=1&horizon=0", "#horizon-erreur"),
        ("/app/reglages/accueil", "accueil=Une+question+?", "#accueil-erreur"),
        ("/app/reglages/accueil", "enregistrement=annonce&annonce=A/B", "#annonce-erreur"),
        ("/app/reglages/questions", "q0_question=Parking+?", "#q0_reponse-erreur"),
        ("/app/reglages/transfert", "numero=01+99+00+11+22", "#numero-erreur"),
        ("/app/reglages/transfert", "r0_numero=0199005566&r0_mots=or", "#r0_mots-erreur"),
        ("/app/reglages/cabinet", "nom=", "#nom-erreur"),
    ];
    let before = practice.stored().await;
    for (path, fields, error) in cases {
        let refused = practice.send(path, fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {fields}");
        assert_eq!(refused.texts(error).len(), 1, "{path} {fields} {}", refused.body);
    }
    assert_eq!(practice.stored().await, before);
}

#[tokio::test]
async fn a_renamed_service_keeps_its_slug_and_a_ticked_one_goes() {
    let practice = Practice::open().await;
    let path = "/app/reglages/services";
    let fields = "s0_id=consultation&s0_nom=Bilan&s0_minutes=45&s0_prix=45,50&s1_nom=Soin&\
        s1_minutes=30&s2_nom=Rien&s2_minutes=x&s2_retirer=oui&a0_nom=Docteur+Martin";
    let saved = practice.send(path, fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let stored = practice.stored().await;
    assert_eq!(stored.service[0].id.as_deref(), Some("consultation"));
    assert_eq!(stored.service[0].price_cents, Some(4_550));
    let names: Vec<_> = stored.service.iter().map(|service| service.name.as_str()).collect();
    assert_eq!(names, ["Bilan", "Soin"]);
}

#[tokio::test]
async fn hours_of_rules_stay() {
    let practice = Practice::open().await;
    let rules = "numero=0199005566&sonne=20&quand=ouverture&r0_avant=0&r0_mots=facture,+devis&\
        r0_question=oui&r0_numero=0199003344";
    let saved = practice.send("/app/reglages/transfert", rules).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let stored = practice.stored().await;
    assert_eq!(stored.transfer.unwrap().ring_seconds, Some(20));
    assert_eq!(stored.transfer_rule[0].words, ["facture", "devis"]);
    assert_eq!((stored.transfer_rule[0].hours.len(), stored.transfer_rule[0].about.len()), (1, 1));
}

#[tokio::test]
async fn the_second_of_two_editors_is_told() {
    let practice = Practice::open().await;
    let path = "/app/reglages/questions";
    let state = practice.state(path).await;
    let form = |answer: &str| format!("etat={state}&q0_question=Parking+?&q0_reponse={answer}");
    let first = practice.house.post(path, &practice.cookie, &form("Oui.")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    let second = practice.house.post(path, &practice.cookie, &form("Non.")).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.texts(".notice.bad")[0].contains("Quelqu’un a changé"));
    assert_eq!(second.texts("#q0_reponse"), ["Non."]);
    assert_eq!(practice.stored().await.faq[0].answer, "Oui.");
    // Another part is nobody's conflict.
    let other = practice.send("/app/reglages/cabinet", "nom=Cabinet+Perrin").await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    // Having read what is there, the second may still decide.
    let state = second.attribute("main form [name=etat]", "value").unwrap();
    let form = format!("etat={state}&q0_question=Parking+?&q0_reponse=Non.");
    let third = practice.house.post(path, &practice.cookie, &form).await;
    assert_eq!(third.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_secretary_notes_closures_and_changes_nothing_else() {
    let practice = Practice::open().await;
    let cookie = practice.house.sign_in(SECRETARY).await;
    for subject in
        ["cabinet", "horaires", "services", "questions", "transfert", "accueil", "membres"]
    {
        let path = format!("/app/reglages/{subject}");
        let seen = practice.house.get(&path, &cookie).await;
        assert!(seen.status == StatusCode::OK && seen.texts("main form").is_empty(), "{subject}");
        let refused = practice.house.post(&path, &cookie, "nom=x").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{subject}");
    }
    let closed = practice.house.post("/app/agenda/fermetures", &cookie, "du=2026-12-24").await;
    assert_eq!(closed.location(), "/app/agenda/fermetures?fait=ferme", "{}", closed.body);
}

#[tokio::test]
async fn the_greeting_is_changed_and_heard_on_the_next_call() {
    let practice = Practice::open().await;
    let path = "/app/reglages/accueil";
    let saved = practice.send(path, "accueil=Bienvenue&enregistrement=accord").await;
    assert_eq!(saved.location(), format!("{path}?fait=enregistre"), "{}", saved.body);
    let shown = practice.house.get(path, &practice.cookie).await;
    let first = shown.texts("blockquote").join(" ");
    assert!(first.contains("Bienvenue.") && first.contains("assistant"), "{first}");
    // What announced a recording goes with the recording.
    let wording = "enregistrement=annonce&annonce=Cet+appel+est+enregistré";
    assert_eq!(practice.send(path, wording).await.status, StatusCode::SEE_OTHER);
    let off = practice.send(path, "enregistrement=non&annonce=Cet+appel+est+enregistré").await;
    assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.body);
    let stored = practice.stored().await;
    assert_eq!((stored.notice.greeting, stored.notice.recording), (None, None));
}

#[tokio::test]
async fn who_is_removed_is_signed_out_and_the_last_owner_stays() {
    let practice = Practice::open().await;
    let cookie = practice.house.sign_in(SECRETARY).await;
    let path = "/app/reglages/membres";
    let owner = format!("email={OWNER}");
    let refused = practice.send(&format!("{path}/retirer"), &owner).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.texts(".notice.warn")[0].contains("responsable"));
    let bent = practice.send(path, "email=personne&role=owner&nouveau=oui").await;
    assert_eq!(bent.texts("#email-erreur").len(), 1);
    assert_eq!(bent.attribute("#email", "value").unwrap(), "personne");
    let removed = practice.send(&format!("{path}/retirer"), &format!("email={SECRETARY}")).await;
    assert_eq!(removed.location(), format!("{path}?fait=retire"), "{}", removed.body);
    let gone = practice.house.get("/app", &cookie).await;
    assert_eq!(gone.location(), "/login");
    let late = format!("etat=x&{owner}&role=owner");
    let late = practice.house.post(path, &practice.cookie, &late).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(late.attribute("#email", "value").unwrap_or_default(), "");
    // Whom somebody was about to add need not be typed again.
    let new = "etat=x&email=dominique%40exemple.fr&role=owner";
    let late = practice.house.post(path, &practice.cookie, &format!("{new}&nouveau=oui")).await;
    assert_eq!(late.attribute("#email", "value").unwrap(), "dominique@exemple.fr");
    assert_eq!(late.attribute("#role option[selected]", "value").unwrap(), "owner");
    // Whom somebody else has just taken out is not offered back.
    let late = practice.house.post(path, &practice.cookie, new).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(late.attribute("#email", "value").unwrap_or_default(), "");
}

#[tokio::test]
async fn a_channel_is_never_saved_over_what_somebody_else_has_saved() {
    let practice = Practice::open().await;
    let path = "/app/reglages/canaux/phone";
    let version = async || {
        let page = practice.house.get(path, &practice.cookie).await;
        page.attribute("main form.form [name=version]", "value").unwrap()
    };
    let form = |version: &str, line: &str| format!("version={version}&clientPhoneNumber={line}");
    let seen = version().await;
    let first = form(&seen, "0199005566");
    let first = practice.house.post(path, &practice.cookie, &first).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    // What is refused for another reason still belongs to the version that was seen.
    let bent = practice.house.post(path, &practice.cookie, &form(&seen, "zero")).await;
    assert_eq!(bent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bent.body);
    let late = practice.house.post(path, &practice.cookie, &form(&seen, "0199007788")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.body);
    // What was typed stays, beside what is there now.
    let line = late.attribute("#champ-clientPhoneNumber", "value").unwrap();
    assert_eq!(line, "0199007788");
    let there = late.texts("#champ-clientPhoneNumber-erreur");
    assert!(there[0].contains("99005566") || there[0].contains("99 00 55 66"), "{there:?}");
    let now = late.attribute("main form.form [name=version]", "value").unwrap();
    assert_eq!(now, version().await);
    let bent = form(&now, "zero") + "&secret.x=&retirer.x=oui";
    let bent = practice.house.post(path, &practice.cookie, &bent).await;
    let kept = bent.attribute("main form.form [name=version]", "value").unwrap();
    assert_eq!(kept, now);
    // Having seen it, they may replace it.
    let saved = practice.house.post(path, &practice.cookie, &form(&now, "0199007788")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

#[tokio::test]
async fn a_mail_server_without_its_port_or_address_is_refused_in_words() {
    let practice = Practice::open().await;
    let path = "/app/reglages/canaux/email";
    for (typed, at, words) in [
        ("smtp.port=douze&smtp.fromEmail=c%40exemple.fr", "#champ-smtp-port-erreur", "nombre"),
        ("smtp.port=99999&smtp.fromEmail=c%40exemple.fr", "#champ-smtp-port-erreur", "nombre"),
        ("smtp.port=587", "#champ-smtp-fromEmail-erreur", "adresse"),
    ] {
        let typed = format!("smtp.host=mail.exemple.fr&{typed}");
        let page = practice.house.post(path, &practice.cookie, &typed).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}: {}", page.body);
        assert!(page.texts(at)[0].contains(words), "{typed}: {:?}", page.texts(at));
    }
}

#[tokio::test]
async fn words_of_somebody_else_are_shown_before_they_are_replaced() {
    let practice = Practice::open().await;
    let path = "/app/reglages/modeles/sms";
    let form = |version: &str, gesture: &str, text: &str| {
        format!("evenement=confirmation&version={version}&geste={gesture}&texte={text}")
    };
    let version = |page: &Answer| page.attribute("main form.form [name=version]", "value").unwrap();
    let page =
        practice.house.get(&format!("{path}?evenement=confirmation"), &practice.cookie).await;
    let seen = version(&page);
    let first = form(&seen, "enregistrer", "Premier+texte+%7Bdate%7D+%7Bheure%7D.");
    let first = practice.house.post(path, &practice.cookie, &first).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    // A look at it takes no newer version in unseen.
    let look = form(&seen, "apercu", "Second+texte+%7Bdate%7D+%7Bheure%7D.");
    let look = practice.house.post(path, &practice.cookie, &look).await;
    assert_eq!(version(&look), seen);
    let late = form(&seen, "enregistrer", "Second+texte+%7Bdate%7D+%7Bheure%7D.");
    let late = practice.house.post(path, &practice.cookie, &late).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.body);
    assert!(late.texts(".preview .letter")[0].contains("Premier texte "), "{}", late.body);
    assert!(late.texts("#texte")[0].contains("Second texte "), "{}", late.body);
    let saved = form(&version(&late), "enregistrer", "Second+texte+%7Bdate%7D+%7Bheure%7D.");
    let saved = practice.house.post(path, &practice.cookie, &saved).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}
