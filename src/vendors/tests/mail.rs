//! Mail against a mail server that plays a script.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;
use vendors::mail::simulator::{MailServer, Mood};
use vendors::mail::{Letter, MailError, MailSetupError, Mailer, Server};

fn letter() -> Letter<'static> {
    Letter {
        to: "camille@example.fr",
        subject: "Votre lien de connexion à UWi",
        text: "Bonjour,\n\nhttps://uwi.example.fr/login/abc\n",
        html: "<p>Bonjour</p>",
        id: "1234@uwi",
    }
}

async fn sent(mood: Mood) -> (Result<(), MailError>, MailServer) {
    let (server, _serving) = MailServer::start(mood).await.unwrap();
    let url = server.url().replace("smtp://", "smtp://cabinet:sesame@");
    let mailer = Mailer::new(&url.into(), "UWi <bonjour@example.fr>").unwrap();
    (mailer.send(&letter()).await, server)
}

#[tokio::test]
async fn a_letter_arrives_as_text_and_as_html() {
    let (result, server) = sent(Mood::Accepts).await;
    result.unwrap();
    let received = server.letters().remove(0);
    for expected in [
        "From: UWi <bonjour@example.fr>",
        "To: camille@example.fr",
        "Message-ID: <1234@uwi>",
        "Auto-Submitted: auto-generated",
        "multipart/alternative",
        "https://uwi.example.fr/login/abc",
        "<p>Bonjour</p>",
    ] {
        assert!(received.contains(expected), "{expected} is not in\n{received}");
    }
    assert!(received.contains("connexion =?utf-8?b?w6A=?= UWi"), "{received}");
}

#[tokio::test]
async fn refused_later_and_unknown_are_told_apart() {
    let (refused, _) = sent(Mood::RefusesRecipient).await;
    assert!(matches!(refused, Err(MailError::NoMailbox(_))), "{refused:?}");
    let (later, _) = sent(Mood::Greylists).await;
    assert!(matches!(later, Err(MailError::Later(_))), "{later:?}");
    let (unknown, server) = sent(Mood::HangsUpAfterTheLetter).await;
    assert!(matches!(unknown, Err(MailError::Unknown(_))), "{unknown:?}");
    assert_eq!(server.letters().len(), 1);
    let (login, _) = sent(Mood::RefusesLogin).await;
    assert!(matches!(login, Err(MailError::Unreached(_))), "{login:?}");
    let (busy, _) = sent(Mood::Busy).await;
    assert!(matches!(busy, Err(MailError::Later(_))), "{busy:?}");
    // The name is for the certificate alone: who is connected to is the address.
    let (server, _serving) = MailServer::start(Mood::Accepts).await.unwrap();
    let there = Server {
        address: std::net::Ipv4Addr::LOCALHOST.into(),
        name: "courrier.invalid",
        port: server.port(),
        account: "bonjour@example.fr",
        password: &"sesame-7431".into(),
    };
    let unsafe_one = Mailer::at(&there, "bonjour@example.fr").unwrap().send(&letter()).await;
    assert!(matches!(unsafe_one, Err(MailError::Refused(_))), "{unsafe_one:?}");
    assert!(server.letters().is_empty(), "nothing is said without TLS");
    let nobody = Mailer::new(&"smtp://127.0.0.1:9".into(), "bonjour@example.fr").unwrap();
    let unreached = nobody.send(&letter()).await;
    assert!(matches!(unreached, Err(MailError::Unreached(_))), "{unreached:?}");
}

#[tokio::test]
async fn a_server_that_says_nothing_is_not_waited_for_for_long() {
    let sending = sent(Mood::SaysNothing);
    let (silent, _) = tokio::time::timeout(Duration::from_secs(18), sending).await.unwrap();
    assert!(matches!(silent, Err(MailError::Unknown(_))), "{silent:?}");
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_without_a_connection() {
    let mailer = Mailer::new(&"smtp://127.0.0.1:9".into(), "bonjour@example.fr").unwrap();
    for to in ["", "nobody", "a@b\r\nBcc: c@example.fr"] {
        let result = mailer.send(&Letter { to, ..letter() }).await;
        assert!(matches!(result, Err(MailError::Refused(_))), "{to:?}: {result:?}");
    }
}

#[tokio::test]
async fn settings_that_cannot_work_are_named() {
    let bad_url = Mailer::new(&"http://x".into(), "a@example.fr").err();
    assert!(matches!(bad_url, Some(MailSetupError::Url)));
    let bad_from = Mailer::new(&"smtp://127.0.0.1".into(), "nobody").err();
    assert!(matches!(bad_from, Some(MailSetupError::From)));
}
