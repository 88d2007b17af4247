//! Numbers that the account had before become a tenant's.

use crate::exchange::{Exchange, new_agent};
use desk::numbers::NumberError;
use desk::numbers::release::When;
use domain::phone::E164;
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;
use uuid::Uuid;
use vendors::simulator::{Misbehaviour, Trouble};
use vendors::twilio::number::{Country, Hooks, Kind, Purchase, Search};

/// Somebody buys a number by hand, in the provider's console.
async fn bought_by_hand(exchange: &Exchange, tag: &str) -> E164 {
    let twilio = &exchange.providers.twilio.as_ref().unwrap().client;
    let search = Search::voice(Country::UNITED_STATES, Kind::Local);
    let number = twilio.available(&search).await.unwrap().remove(0).number;
    let url = || "https://elsewhere.example/voice".parse().unwrap();
    let purchase = Purchase {
        number: number.clone(),
        tag: tag.to_owned(),
        hooks: Hooks { voice: url(), voice_fallback: None, status: url(), sms: None },
        address: None,
        bundle: None,
    };
    twilio.buy(&purchase).await.unwrap();
    number
}

const WISH: Uuid = Uuid::from_u128(99);

async fn a_number_of_the_account_is_taken_over_once(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent().await;
    let number = bought_by_hand(&exchange, "Standard").await;
    for _ in 0..2 {
        let row = exchange.desk().adopt(&exchange.providers, &agent, &number, WISH).await.unwrap();
        assert_eq!((row.status.as_str(), row.phone_number.as_str()), ("active", number.as_str()));
    }
    exchange.books_balance(1).await;
    assert_eq!(exchange.world.books().purchases, 1);
    assert!(exchange.restarted(1).await.is_clean());
    let desk = exchange.desk();
    desk.release(&exchange.providers, &agent, Some(&number), When::Now).await.unwrap();
    exchange.books_balance(0).await;
}

async fn what_is_not_ours_to_take_is_refused(bench: Bench) {
    let mut exchange = Exchange::open(bench).await;
    let agent = exchange.agent().await;
    let theirs = exchange.provision(&agent).await.unwrap().phone_number;
    let theirs = E164::parse(&theirs, "US").unwrap();
    exchange.moves_to("Garage Durand").await;
    let agent = exchange.agent().await;
    let told = exchange.desk().adopt(&exchange.providers, &agent, &theirs, WISH).await;
    assert!(matches!(told, Err(NumberError::Taken)), "{told:?}");
    let nobodys = E164::parse("+12125550199", "US").unwrap();
    let told = exchange.desk().adopt(&exchange.providers, &agent, &nobodys, WISH).await;
    assert!(matches!(told, Err(NumberError::NotOwned)), "{told:?}");
    let marked = bought_by_hand(&exchange, &format!("uwi:77:{}", Uuid::from_u128(5))).await;
    let told = exchange.desk().adopt(&exchange.providers, &agent, &marked, WISH).await;
    assert!(matches!(told, Err(NumberError::Taken)), "{told:?}");
    assert!(exchange.desk().numbers().await.unwrap().is_empty());
}

async fn a_number_is_not_given_back_because_its_take_over_fails(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let number = bought_by_hand(&exchange, "Standard").await;
    for call in ["POST IncomingPhoneNumbers/", "POST /phone-number"] {
        let id = exchange.fresh();
        let agent = exchange.desk().create_agent(&exchange.providers, &new_agent(), id).await;
        let agent = agent.unwrap().agent_id;
        let refuse = Trouble::Refuse { status: 400, code: 21404 };
        exchange.world.misbehave(Misbehaviour::once(call, refuse));
        let told = exchange.desk().adopt(&exchange.providers, &agent, &number, id).await;
        assert!(matches!(told, Err(NumberError::Provider { .. })), "{call}: {told:?}");
        exchange.world.behave();
        exchange.restarted(2).await;
        assert_eq!(exchange.world.books().owned, 1, "{call}");
        assert!(exchange.desk().numbers().await.unwrap().is_empty());
        let again = exchange.desk().adopt(&exchange.providers, &agent, &number, id).await.unwrap();
        assert_eq!(again.status, "active");
        // Only an order gives it back; the next round takes it over anew.
        let desk = exchange.desk();
        desk.release(&exchange.providers, &agent, None, When::Now).await.unwrap();
        exchange.world.sell(number.as_str());
        bought_by_hand(&exchange, "Standard").await;
    }
}

async fn twenty_take_overs_at_once_make_one(bench: Bench) {
    let exchange = Arc::new(Exchange::open(bench).await);
    let agent = exchange.agent().await;
    let number = bought_by_hand(&exchange, "Standard").await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (exchange, agent, number) = (Arc::clone(&exchange), agent.clone(), number.clone());
            tokio::spawn(async move {
                exchange.desk().adopt(&exchange.providers, &agent, &number, WISH).await
            })
        })
        .collect();
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) | Err(NumberError::InProgress) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    exchange.books_balance(1).await;
}

on_both_backends!(
    a_number_of_the_account_is_taken_over_once,
    what_is_not_ours_to_take_is_refused,
    a_number_is_not_given_back_because_its_take_over_fails,
    twenty_take_overs_at_once_make_one,
);
