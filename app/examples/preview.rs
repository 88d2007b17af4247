//! Pages with sample data, to look at while building.
use app::site::{demo, home, legal};
use axum::{Router, routing::get};
fn number() -> domain::phone::E164 {
    domain::phone::E164::parse("+33939240575", "FR").unwrap()
}
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let router: Router = app::assets::routes()
        .route("/", get(|| async { home::show(home::HomePage { number: number(), today: jiff::civil::date(2026,11,21), demo: demo::Demo { lines: vec![
            demo::Line{voice: demo::Voice::Us, text: "Bonjour, cabinet d'essai. Je suis l'assistant automatique. Que puis-je faire pour vous ?".into()},
            demo::Line{voice: demo::Voice::Them, text: "Un rendez-vous jeudi matin".into()},
            demo::Line{voice: demo::Voice::Us, text: "Jeudi 26 novembre, j'ai 9 h ou 9 h 30. Lequel préférez-vous ?".into()},
        ], typed: "xx".into(), refused: Some("Un instant : vous écrivez trop vite."), over: false } }) }))
        .route("/mentions-legales", get(|| async { legal::notice(&number(), None) }))
        .route("/confidentialite", get(|| async { legal::privacy(&number(), None) }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3911").await.unwrap();
    axum::serve(listener, router).await.unwrap();
}
