//! Mail against a mail server that plays a script.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use vendors::mail::{Letter, MailError, MailSetupError, Mailer};

/// What the server does differently from accepting everything.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Accepts,
    RefusesRecipient,
    GreylistsRecipient,
    HangsUpAfterTheLetter,
}

/// A server for one connection; gives its address and the letter it received.
async fn server(mood: Mood) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let played = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let (reader, mut writer) = socket.into_split();
        let mut lines = BufReader::new(reader).lines();
        let mut letter = String::new();
        let mut reading = false;
        writer.write_all(b"220 mail.example.fr ESMTP\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            if reading && line != "." {
                letter.push_str(&line);
                letter.push('\n');
                continue;
            }
            let answer = match line.get(..4).unwrap_or(&line) {
                "EHLO" => "250-mail.example.fr\r\n250 8BITMIME",
                "RCPT" if mood == Mood::RefusesRecipient => "550 5.1.1 no such user",
                "RCPT" if mood == Mood::GreylistsRecipient => "450 4.7.1 try again later",
                "DATA" => {
                    reading = true;
                    "354 go on"
                }
                "." if mood == Mood::HangsUpAfterTheLetter => break,
                "." => {
                    reading = false;
                    "250 queued"
                }
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            writer.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
        letter
    });
    (url, played)
}

fn letter() -> Letter<'static> {
    Letter {
        to: "camille@example.fr",
        subject: "Votre lien de connexion à UWi",
        text: "Bonjour,\n\nhttps://uwi.example.fr/login/abc\n",
        html: "<p>Bonjour</p>",
        id: "1234@uwi",
    }
}

async fn sent(mood: Mood) -> (Result<(), MailError>, JoinHandle<String>) {
    let (url, played) = server(mood).await;
    let mailer = Mailer::new(&url.into(), "UWi <bonjour@example.fr>").unwrap();
    (mailer.send(&letter()).await, played)
}

#[tokio::test]
async fn a_letter_arrives_as_text_and_as_html() {
    let (result, played) = sent(Mood::Accepts).await;
    result.unwrap();
    let received = played.await.unwrap();
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
    assert!(matches!(refused, Err(MailError::Refused(_))), "{refused:?}");
    let (later, _) = sent(Mood::GreylistsRecipient).await;
    assert!(matches!(later, Err(MailError::Later(_))), "{later:?}");
    let (unknown, _) = sent(Mood::HangsUpAfterTheLetter).await;
    assert!(matches!(unknown, Err(MailError::Unknown(_))), "{unknown:?}");
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
