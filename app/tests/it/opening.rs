//! The guided opening of a client by our staff.

use crate::house::House;
use desk::tenants;
use domain::id::TenantId;
use domain::tenant::presets::Preset;
use domain::tenant::settings::Settings;
use http::StatusCode;

const STAFF: &str = "staff@localhost";
const NEW: &str = "/admin/clients/nouveau";

/// The fields of a page's form, as a browser would send them unchanged.
fn fields(page: &crate::house::Answer) -> String {
    use scraper::{Html, Selector};
    let html = Html::parse_document(&page.body);
    let inputs = Selector::parse("main form.wide :is(input, textarea, select)").unwrap();
    let option = Selector::parse("option[selected]").unwrap();
    let mut pairs = Vec::new();
    for field in html.select(&inputs) {
        let element = field.value();
        let Some(name) = element.attr("name") else { continue };
        if element.attr("type") == Some("checkbox") && element.attr("checked").is_none() {
            continue;
        }
        let value = match element.name() {
            "textarea" => field.text().collect::<String>(),
            "select" => {
                let chosen = field.select(&option).next();
                chosen.and_then(|chosen| chosen.attr("value")).unwrap_or_default().to_owned()
            }
            _ => element.attr("value").unwrap_or_default().to_owned(),
        };
        pairs.push((name.to_owned(), value));
    }
    let escape = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let pairs = pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value)));
    pairs.collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn a_client_is_opened_step_by_step() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    let begun = house.post(NEW, &cookie, "nom=Cabinet+Perrin&metier=kine").await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let base = begun.location().trim_end_matches("/cabinet").to_owned();
    let form = house.get(begun.location(), &cookie).await;
    let typed = format!("{}&adresse=3+rue+des+Lilas", fields(&form));
    let mut next = house.post(begun.location(), &cookie, &typed).await.location().to_owned();
    for step in ["horaires", "services", "questions"] {
        assert_eq!(next, format!("{base}/{step}"));
        let form = house.get(&next, &cookie).await;
        next = house.post(&next, &cookie, &fields(&form)).await.location().to_owned();
    }
    assert_eq!(next, format!("{base}/numero"));
    let test = house.post(&format!("{next}/existant"), &cookie, "numero=09+39+24+05+75").await;
    assert_eq!(test.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(test.texts("#numero-erreur")[0].contains("cabinet d’essai"));
    let linked = house.post(&format!("{next}/existant"), &cookie, "numero=01+99+00+11+22").await;
    assert_eq!(linked.location(), next);
    let shown = house.get(&next, &cookie).await;
    assert!(shown.body.contains("*21*0199001122#"), "{}", shown.body);
    let call = house.get(&format!("{base}/essai"), &cookie).await;
    assert!(call.texts("#essai")[0].contains("En attente"));
    assert_eq!(call.attribute("#essai", "data-live-from").unwrap(), format!("{base}/direct"));
    let people = format!("{base}/personnes");
    let refused = house.post(&people, &cookie, "email=x&role=owner").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    house.post(&people, &cookie, "email=ines%40exemple.fr&role=owner").await;
    let overview = house.get(&base, &cookie).await;
    assert_eq!(overview.texts(".path .done").len(), 6, "{}", overview.body);
    assert!(overview.texts(".step h2")[0].contains("appel d’essai"));
    let list = house.get("/admin", &cookie).await;
    assert!(list.texts("#clients .chip").join(" ").contains("6 sur 7"));
    // The same settings as a file would give.
    let tenant = TenantId(base.rsplit('/').next().unwrap().parse().unwrap());
    let stored = tenants::show(&house.office, tenant).await.unwrap().unwrap().settings;
    let preset = Preset::named("kine").unwrap();
    let usual = preset.complete(&preset.begin("Cabinet Perrin"));
    let spans = |settings: &Settings| settings.clone().profile(tenant).unwrap();
    assert_eq!(spans(&stored).hours, spans(&usual).hours);
    assert_eq!(spans(&stored).services, spans(&usual).services);
    assert_eq!(stored.faq, usual.faq);
    let mut own = house.sign_in("ines@exemple.fr").await;
    own.push(' ');
    let seen = house.get("/app", own.trim()).await;
    assert_eq!(seen.status, StatusCode::OK);
}

#[tokio::test]
async fn a_name_is_given_once_and_the_test_tenant_is_no_client() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    for (form, why) in
        [("nom=Cabinet+Perrin&metier=inconnu", "métier"), ("nom=+&metier=kine", "nom")]
    {
        let refused = house.post(NEW, &cookie, form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.texts("#client-erreur")[0].contains(why), "{}", refused.body);
    }
    let form = "nom=Cabinet+Perrin&metier=kine";
    assert_eq!(house.post(NEW, &cookie, form).await.status, StatusCode::SEE_OTHER);
    let again = house.post(NEW, &cookie, form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    for path in
        ["/admin/clients/1", "/admin/clients/1/numero", "/admin/clients/999", "/admin/clients/x"]
    {
        assert_eq!(house.get(path, &cookie).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn opening_is_for_our_staff() {
    let house = House::open().await;
    let file =
        "name = \"Cabinet Martin\"\n[[member]]\nemail = \"camille@exemple.fr\"\nrole = \"owner\"\n";
    let made = tenants::apply(&house.office, &Settings::from_toml(file).unwrap()).await.unwrap();
    let cookie = house.sign_in("camille@exemple.fr").await;
    let base = format!("/admin/clients/{}", made.tenant);
    for path in [NEW.to_owned(), base.clone(), format!("{base}/numero"), format!("{base}/essai")] {
        assert_eq!(house.get(&path, &cookie).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    for path in [NEW.to_owned(), format!("{base}/horaires"), format!("{base}/personnes")] {
        assert_eq!(house.post(&path, &cookie, "nom=x").await.status, StatusCode::FORBIDDEN);
    }
}
