//! The pages with a real database, to look at while building.
use desk::switchboard::{TurnRequest, answer_turn};
use desk::{HouseRules, Office, UnknownDid, World, sign_in};
use domain::{
    id::{CallId, TenantId},
    phone::E164,
    routing::{Channel, TestRoute},
};
#[tokio::main]
async fn main() {
    let path = std::env::args().nth(1).unwrap_or("/tmp/web-preview.db".into());
    let db = store::Db::open(&format!("sqlite://{path}")).await.unwrap();
    let number = E164::parse("+33939240575", "FR").unwrap();
    let rules = HouseRules {
        test: TestRoute { number, tenant: TenantId(1) },
        default_tenant: TenantId(1),
        unknown_did: UnknownDid::Default,
        staff: vec!["staff@localhost".into()],
    };
    let office = Office::open(db, World::real(), rules).await.unwrap();
    if std::env::args().nth(2).as_deref() == Some("calls") {
        let talks: &[(&str, Option<&str>, &[&str])] = &[
            (
                "p-1",
                Some("+33639981234"),
                &[
                    "Bonjour, je voudrais prendre un rendez-vous",
                    "Camille Lefèvre",
                    "mardi après-midi",
                    "le premier",
                    "oui",
                    "oui",
                    "merci au revoir",
                ],
            ),
            ("p-2", None, &["Vous êtes ouverts le samedi ?", "merci, au revoir"]),
            (
                "p-3",
                Some("+33639984321"),
                &[
                    "je voudrais qu'on me rappelle",
                    "Hugo Bernard",
                    "c'est pour mes résultats",
                    "oui",
                    "oui",
                    "merci",
                ],
            ),
            ("p-4", Some("+33639985555"), &["je voudrais parler à quelqu'un"]),
            (
                "p-5",
                Some("+33639986666"),
                &["j'ai une douleur dans la poitrine et je n'arrive plus à respirer"],
            ),
            ("p-6", Some("+33639987777"), &["euh", "non rien"]),
        ];
        for (id, from, texts) in talks {
            for (n, text) in texts.iter().enumerate() {
                let r = answer_turn(
                    &office,
                    TurnRequest {
                        call: CallId::parse(id),
                        channel: Channel::Vocal,
                        dialled: Some("+33939240575".into()),
                        caller: from.map(Into::into),
                        user_messages: n as u32 + 1,
                        heard: (*text).into(),
                        greeted: true,
                        control_url: None,
                    },
                )
                .await;
                println!("{id} > {text}\n     {} {:?}", r.say, r.then);
            }
        }
    }
    let email = sign_in::Email::parse("staff@localhost").unwrap();
    println!(
        "login: http://127.0.0.1:3911{}",
        sign_in::login_link(&office, &email, None).await.unwrap().unwrap()
    );
    let router = app::router(office, app::WebConfig::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3911").await.unwrap();
    axum::serve(listener, router.into_make_service_with_connect_info::<std::net::SocketAddr>())
        .await
        .unwrap();
}
