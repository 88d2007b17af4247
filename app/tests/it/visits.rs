//! Appointments made and changed by hand, without script.

use crate::house::House;
use http::StatusCode;

const STAFF: &str = "staff@localhost";

async fn booked(house: &House, cookie: &str) -> String {
    let form = "nom=Alix+Martin&telephone=06+39+98+12+35&jour=2026-11-24&heure=14%3A30&motif=Suivi";
    let made = house.post("/app/rendez-vous", cookie, form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    made.location().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_appointment_is_made_from_the_agenda() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    let agenda = house.get("/app/agenda?jour=2026-11-24", &cookie).await;
    let new = agenda.attribute(".ways a.primary", "href").unwrap();
    let form = house.get(&new, &cookie).await;
    assert_eq!(form.attribute("#jour", "value").unwrap(), "2026-11-24");
    assert!(form.texts("button[name=debut]")[0].contains("mardi 24 novembre à 9 h"));
    let path = booked(&house, &cookie).await;
    let page = house.get(&format!("{path}?fait=pris"), &cookie).await;
    assert_eq!(page.texts("h1"), ["Alix Martin"]);
    assert!(page.texts(".notice")[0].contains("inscrit"));
    let agenda = house.get("/app/agenda?jour=2026-11-24", &cookie).await;
    assert_eq!(agenda.texts(".agenda .visit strong"), ["Alix Martin"]);
}

#[tokio::test]
async fn a_form_that_is_refused_keeps_what_was_typed_and_says_why() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    booked(&house, &cookie).await;
    for (form, why) in [
        ("nom=Bo&jour=2026-11-24&heure=14%3A30", "déjà prise"),
        ("nom=Bo&jour=2026-11-24&heure=03%3A00", "fermé"),
        ("nom=Bo&jour=&heure=", "un jour et une heure"),
        ("nom=&jour=2026-11-24&heure=15%3A30", "un nom"),
        ("nom=Bo&telephone=12&jour=2026-11-24&heure=15%3A30", "téléphone"),
        ("nom=Bo&courriel=x&jour=2026-11-24&heure=15%3A30", "courriel"),
    ] {
        let refused = house.post("/app/rendez-vous", &cookie, form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(refused.texts(".error")[0].contains(why), "{form}: {:?}", refused.texts(".error"));
        let name = refused.attribute("#nom", "value").unwrap();
        assert_eq!(name, if form.starts_with("nom=Bo") { "Bo" } else { "" });
    }
}

#[tokio::test]
async fn an_appointment_is_moved_corrected_and_cancelled() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    let path = booked(&house, &cookie).await;
    let moved = house
        .post(&format!("{path}/deplacer"), &cookie, "debut=2026-11-26T09%3A30&version=1")
        .await;
    assert_eq!(moved.location(), format!("{path}?fait=deplace"));
    let late = house.post(&format!("{path}/annuler"), &cookie, "version=1").await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.texts(".notice")[0].contains("entre-temps"));
    let form = "nom=Alix+Bernard&notes=Carte+%C3%A0+rendre&version=2";
    let corrected = house.post(&format!("{path}/corriger"), &cookie, form).await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.body);
    let page = house.get(&path, &cookie).await;
    assert_eq!(page.texts("h1"), ["Alix Bernard"]);
    assert!(page.texts("dd.lines")[0].contains("Carte à rendre"));
    let history = page.texts(".timeline .event");
    assert!(history[0].contains("Corrigé") && history[0].contains(STAFF), "{history:?}");
    assert!(history[1].contains("Du mardi 24 novembre à 14 h 30 au jeudi 26 novembre à 9 h 30"));
    assert!(history[2].contains("Inscrit par une personne du cabinet"));
    let gone = house.post(&format!("{path}/annuler"), &cookie, "version=3").await;
    assert_eq!(gone.location(), format!("{path}?fait=annule"));
    assert_eq!(house.get(&path, &cookie).await.texts(".page-head .chip"), ["Annulé"]);
    let agenda = house.get("/app/agenda?jour=2026-11-26", &cookie).await;
    assert!(agenda.texts(".agenda .visit").is_empty());
}

#[tokio::test]
async fn who_did_not_come_is_noted_and_taken_back() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    let path = booked(&house, &cookie).await;
    let early = house.post(&format!("{path}/absent"), &cookie, "").await;
    assert!(early.texts(".notice")[0].contains("pas encore commencé"));
    house.office.world.clock.set("2026-11-24T13:40:00Z".parse().unwrap());
    for (act, chip) in [("absent", "Absent"), ("venu", "Venu"), ("retablir", "Confirmé")] {
        let done = house.post(&format!("{path}/{act}"), &cookie, "").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert_eq!(house.get(&path, &cookie).await.texts(".page-head .chip"), [chip]);
    }
}

#[tokio::test]
async fn a_closure_shows_how_many_appointments_are_to_be_moved() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    let path = booked(&house, &cookie).await;
    let page = "/app/agenda/fermetures";
    let refused = house.post(page, &cookie, "du=2026-11-25&au=2026-11-24").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.attribute("#du", "value").unwrap(), "2026-11-25");
    let closed = house.post(page, &cookie, "du=2026-11-24&au=&motif=Formation").await;
    assert_eq!(closed.location(), "/app/agenda/fermetures?fait=ferme", "{}", closed.body);
    let shown = house.get(page, &cookie).await;
    assert_eq!(shown.texts(".sessions .chip"), ["1 rendez-vous à déplacer"]);
    assert_eq!(shown.attribute(".sessions ul a", "href").unwrap(), path);
    let action = shown.attribute(".sessions form", "action").unwrap();
    assert_eq!(house.post(&action, &cookie, "").await.status, StatusCode::SEE_OTHER);
    assert!(house.get(page, &cookie).await.texts(".sessions li").is_empty());
    assert_eq!(house.post(&action, &cookie, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_agenda_is_downloaded_and_the_test_tenants_is_not_shared() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    booked(&house, &cookie).await;
    let path = "/app/agenda/rendez-vous.csv?du=2026-11-24&au=2026-11-24";
    let table = house.get(path, &cookie).await;
    assert!(table.body.starts_with("\u{feff}date;") && table.body.contains("Alix Martin"));
    let plain = house.get(&format!("{path}&excel=non"), &cookie).await;
    assert!(plain.body.starts_with("date;"));
    let share = house.get("/app/agenda/partage", &cookie).await;
    let action = share.attribute(".sessions form", "action").unwrap();
    let refused = house.post(&action, &cookie, "montre=names").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_address_is_shown_once_and_replaced() {
    let house = House::open().await;
    let file =
        "name = \"Cabinet Martin\"\n[[member]]\nemail = \"camille@exemple.fr\"\nrole = \"owner\"\n";
    let settings = domain::tenant::settings::Settings::from_toml(file).unwrap();
    desk::tenants::apply(&house.office, &settings).await.unwrap();
    let cookie = house.sign_in("camille@exemple.fr").await;
    let share = house.get("/app/agenda/partage", &cookie).await;
    let action = share.attribute(".sessions form", "action").unwrap();
    let made = house.post(&action, &cookie, "montre=busy").await;
    assert_eq!(made.status, StatusCode::CREATED);
    let address = made.attribute("#adresse", "value").unwrap();
    assert!(address.starts_with("/calendrier/") && address.ends_with("/agenda.ics"));
    let share = house.get("/app/agenda/partage", &cookie).await;
    assert!(!share.body.contains(&address) && share.body.contains("heures occupées"));
    let secret = address.split('/').nth(2).unwrap();
    assert!(desk::feeds::read(&house.office, secret).await.unwrap().is_some());
    house.post(&action, &cookie, "montre=names").await;
    assert!(desk::feeds::read(&house.office, secret).await.unwrap().is_none());
}
