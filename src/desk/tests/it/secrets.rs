//! Whoever gets hold of the database learns no secret from it.

use crate::channels::everything;
use crate::post::{KEY, Post};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use desk::channels::{Change, ChannelError, Switch};
use desk::feeds::Shows;
use desk::{retention, tokens};
use domain::channel::Kind;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use store::on_both_backends;
use store::testing::Bench;

const NEXT: &str = "la clé suivante, assez longue pour cela";

/// A secret of a channel that nobody else has.
fn invented(kind: Kind, name: &str) -> String {
    format!("sesame-{}-{name}-7431", kind.as_str())
}

fn public(kind: Kind) -> Value {
    match kind {
        Kind::Phone => json!({}),
        Kind::Sms => json!({ "sender": "Cab Martin" }),
        Kind::Email => {
            json!({ "smtp": { "host": "127.0.0.1", "port": 9, "fromEmail": "cabinet@example.fr" } })
        }
        Kind::WhatsApp => json!({ "phoneNumberId": "106540352242922" }),
    }
}

/// Sets every secret of every channel; gives what was set.
async fn set_all(post: &Post) -> Vec<String> {
    let mut set = Vec::new();
    for kind in Kind::ALL {
        let named = |name: &str| (name.to_owned(), Some(SecretString::from(invented(kind, name))));
        let known = kind.secrets();
        let change = Change {
            public: Some(public(kind)),
            secrets: known.iter().map(|name| named(name)).collect(),
            enabled: (!known.is_empty()).then_some(Switch::On),
            ..Change::default()
        };
        post.desk().change_channel(kind, &change).await.unwrap();
        set.extend(known.iter().map(|name| invented(kind, name)));
        // What it does not have is refused and kept nowhere.
        let strange = Change { secrets: [named("authToken")].into(), ..Change::default() };
        let refused = post.desk().change_channel(kind, &strange).await;
        assert!(matches!(refused, Err(ChannelError::Field(_))), "{kind:?}: {refused:?}");
        set.push(invented(kind, "authToken"));
    }
    set
}

/// The forms in which a program might have kept a text.
fn forms(secret: &str) -> [String; 4] {
    let bytes = secret.as_bytes();
    let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [secret.to_owned(), STANDARD.encode(bytes), URL_SAFE_NO_PAD.encode(bytes), hex]
}

async fn a_dump_of_the_database_tells_no_secret(bench: Bench) {
    let post = Post::open(bench).await;
    let mut secrets = set_all(&post).await;
    assert_eq!(secrets.len(), 6);
    let scopes = ["read".to_owned()];
    let token = tokens::create(post.office(), post.tenant, "logiciel", &scopes, None).await;
    secrets.push(token.unwrap().rsplit_once('_').unwrap().1.to_owned());
    let profile = post.office().profile(post.tenant).await.unwrap();
    let feed = post.desk().open_feed(&profile.calendars[0].id, Shows::Busy).await.unwrap();
    secrets.push(feed);
    let setup = post.world.setup();
    let house = [&setup.twilio.token, &setup.whatsapp_token];
    secrets.extend(house.into_iter().map(|secret| secret.expose_secret().to_owned()));
    secrets.extend([KEY.to_owned(), NEXT.to_owned()]);
    nowhere(&post, &secrets, "as it was set").await;
    let next = post.another(&[NEXT, KEY]).await;
    retention::sweep(&next).await.unwrap();
    let keys = "SELECT DISTINCT key_id FROM channel_configurations WHERE key_id IS NOT NULL";
    assert_eq!(post.house.texts_of(post.tenant, keys).await.len(), 1);
    nowhere(&post, &secrets, "after the key was changed").await;
    // The new key alone opens them.
    let alone = post.another(&[NEXT]).await;
    let desk = desk::Desk::new(alone, post.tenant, desk::Who::Operator);
    for shown in desk.channels().await.unwrap() {
        assert!(shown.secrets.iter().all(|(_, there)| *there), "{:?}", shown.kind);
        let told = format!("{shown:?}");
        assert!(!told.contains("sesame"), "{told}");
    }
}

async fn nowhere(post: &Post, secrets: &[String], when: &str) {
    let dump = everything(&post.house.bench.url).await;
    // It is the right database, and all of it.
    assert!(dump.contains("cabinet@example.fr") && dump.contains("Cab Martin"));
    for secret in secrets {
        for form in forms(secret) {
            assert!(!dump.contains(&form), "{secret} is in the database {when}, as {form}");
        }
    }
}

on_both_backends!(a_dump_of_the_database_tells_no_secret);
