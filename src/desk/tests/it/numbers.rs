//! Numbers from the wish to the route and back, with the simulated providers.

use crate::exchange::{Exchange, area, new_agent};
use desk::agents::Line;
use desk::numbers::provision::{More, drive};
use desk::numbers::release::When;
use desk::numbers::{NumberError, Pending};
use domain::numbers::{Place, Stage};
use domain::phone::E164;
use jiff::SignedDuration;
use std::sync::Arc;
use store::provisionings::{self, ProvisioningRow};
use store::testing::Bench;
use store::{StoreError, on_both_backends};
use vendors::simulator::{Misbehaviour, Review, Trouble};

async fn a_number_goes_from_the_wish_to_the_route(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent().await;
    let number = exchange.provision(&agent).await.unwrap();
    assert_eq!((number.status.as_str(), number.monthly_cost), ("active", Some(115)));
    assert!(number.phone_number.starts_with("+1212555"), "{}", number.phone_number);
    assert!(number.friendly_name.starts_with("(212) 555-"), "{}", number.friendly_name);
    exchange.books_balance(1).await;
    let twilio = &exchange.providers.twilio.as_ref().unwrap().client;
    let owned = twilio.owned(vendors::twilio::numbers::Which::All).await.unwrap().numbers;
    // Vapi has taken the number over and we have taken it back.
    assert_eq!(owned[0].voice_url, "https://uwi.example/api/webhooks/call/incoming");
    let dialled = E164::parse(&number.phone_number, "US").unwrap();
    let mut reader = exchange.house.office.db.read(exchange.tenant).await.unwrap();
    let (_, answering) = store::numbers::answering(&mut reader, &dialled).await.unwrap().unwrap();
    assert_eq!(answering.agent_id, agent);
    let again = exchange.provision(&agent).await;
    assert!(matches!(again, Err(NumberError::HasNumber)), "{again:?}");
}

async fn killed_at_any_step_there_is_one_number(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let office = &exchange.house.office;
    for (done, stage) in Stage::STEPS.into_iter().enumerate() {
        let id = exchange.fresh();
        let agent = exchange.desk().create_agent(&exchange.providers, &new_agent(), id).await;
        let agent = agent.unwrap().agent_id;
        let place = area("415");
        let wish = (&place, More::First);
        let row = exchange.desk().wish(&exchange.providers, &agent, wish, id).await.unwrap();
        // What is stopped here holds its claim, as a process that dies does.
        let _ = drive(office, &exchange.providers, exchange.tenant, row, stage).await;
        let report = exchange.restarted(3).await;
        assert!(report.is_clean(), "{stage:?}: {report:?}");
        exchange.books_balance(done + 1).await;
    }
    assert_eq!(exchange.world.books().purchases, Stage::STEPS.len() as u64);
}

async fn who_has_lost_a_wish_gives_nothing_back(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent().await;
    let (office, id, place) = (&exchange.house.office, exchange.fresh(), area("212"));
    let wish = (&place, More::First);
    let row = exchange.desk().wish(&exchange.providers, &agent, wish, id).await.unwrap();
    let go_on = async |row: ProvisioningRow, last: Stage| {
        drive(office, &exchange.providers, exchange.tenant, row, last).await
    };
    let _ = go_on(row, Stage::Purchased).await;
    let mut reader = office.db.read(exchange.tenant).await.unwrap();
    let stale = provisionings::get(&mut reader, &id.to_string()).await.unwrap().unwrap();
    drop(reader);
    assert_eq!(stale.state, "purchased");
    // It sleeps so long that somebody else finishes.
    assert!(exchange.restarted(2).await.is_clean());
    exchange.books_balance(1).await;
    let late = go_on(stale.clone(), Stage::Active).await;
    exchange.books_balance(1).await;
    assert!(matches!(late, Err(NumberError::Store(StoreError::Conflict))), "{late:?}");
    // Nor does it end the days in which a number can be taken back.
    exchange.desk().release(&exchange.providers, &agent, None, When::Later).await.unwrap();
    let linked = ProvisioningRow { state: "linked".to_owned(), ..stale };
    let late = go_on(linked, Stage::Active).await;
    assert_eq!(exchange.world.books().owned, 1);
    assert!(matches!(late, Err(NumberError::Store(StoreError::Conflict))), "{late:?}");
}

async fn what_could_not_be_finished_is_made_anew_and_what_was_deleted_is_not(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let (desk, id, place) = (exchange.desk(), exchange.fresh(), area("212"));
    let create = async |id| desk.create_agent(&exchange.providers, &new_agent(), id).await;
    let agent = create(id).await.unwrap().agent_id;
    let down = Misbehaviour {
        times: 9,
        ..Misbehaviour::once("GET AvailablePhoneNumbers", Trouble::Error { status: 503 })
    };
    exchange.world.misbehave(down);
    let failed = desk.first_line(&exchange.providers, &agent, &place, id).await;
    let never = matches!(failed, Err(NumberError::Provider { pending: Pending::Never, .. }));
    assert!(never, "{failed:?}");
    exchange.world.behave();
    let again = create(id).await.unwrap();
    assert_eq!((again.agent_id, again.status.as_str()), (agent.clone(), "active"));
    let line = desk.first_line(&exchange.providers, &agent, &place, id).await.unwrap();
    assert!(matches!(line, Line::Works(_)), "{line:?}");
    exchange.books_balance(1).await;
    // One that a person deleted before its provider had made it stays deleted.
    let id = exchange.fresh();
    let agent = create(id).await.unwrap().agent_id;
    let unmade = "UPDATE agents SET provider_agent_id = NULL, status = 'inactive'";
    exchange.house.bench.prompt(unmade).await.unwrap();
    desk.delete_agent(&exchange.providers, &agent).await.unwrap();
    let gone = create(id).await;
    assert!(matches!(gone, Err(NumberError::NoAgent)), "{gone:?}");
}

async fn whatever_answer_is_lost_nothing_is_paid_for_twice(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let calls = [
        "GET /2010-04-01",
        "POST IncomingPhoneNumbers.json",
        "GET IncomingPhoneNumbers/",
        "POST IncomingPhoneNumbers/",
        "POST /phone-number",
    ];
    for call in calls {
        for trouble in [Trouble::CutAfter, Trouble::ErrorAfter { status: 503 }, Trouble::CutBefore]
        {
            let id = exchange.fresh();
            let agent = exchange.desk().create_agent(&exchange.providers, &new_agent(), id).await;
            let agent = agent.unwrap().agent_id;
            exchange.world.misbehave(Misbehaviour::once(call, trouble.clone()));
            let told = exchange.provision(&agent).await;
            exchange.world.behave();
            let report = exchange.restarted(4).await;
            assert!(report.is_clean(), "{call} {trouble:?}: {report:?}");
            let numbers = exchange.desk().numbers().await.unwrap();
            let has = numbers.iter().filter(|number| number.agent_id == agent).count();
            let never = matches!(told, Err(NumberError::Provider { pending: Pending::Never, .. }));
            assert_eq!(has, usize::from(!never), "{call} {trouble:?} {told:?}");
            exchange.books_balance(numbers.len()).await;
            exchange.desk().delete_agent(&exchange.providers, &agent).await.unwrap();
            exchange.restarted(26).await;
            exchange.books_balance(0).await;
        }
    }
}

async fn fifty_wishes_at_once_get_one_number(bench: Bench) {
    let exchange = Arc::new(Exchange::open(bench).await);
    let agent = exchange.agent().await;
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (exchange, agent) = (Arc::clone(&exchange), agent.clone());
            tokio::spawn(async move { exchange.provision(&agent).await })
        })
        .collect();
    let mut got = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => got += 1,
            Err(NumberError::InProgress | NumberError::HasNumber) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(got, 1);
    exchange.books_balance(1).await;
    assert_eq!(exchange.world.books().purchases, 1);
}

async fn a_released_number_can_be_taken_back_for_a_day(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let (agent, desk) = (exchange.agent().await, exchange.desk());
    let number = exchange.provision(&agent).await.unwrap().phone_number;
    let dialled = E164::parse(&number, "US").unwrap();
    for _ in 0..2 {
        let released = desk.release(&exchange.providers, &agent, None, When::Later).await.unwrap();
        assert_eq!(
            (released.status.as_str(), released.phone_number.as_str()),
            ("inactive", &*number)
        );
        assert!(!exchange.answers(&number).await);
    }
    exchange.restarted(2).await;
    assert_eq!(desk.undo_release(&dialled).await.unwrap().status, "active");
    exchange.books_balance(1).await;
    desk.release(&exchange.providers, &agent, None, When::Later).await.unwrap();
    let report = exchange.restarted(25).await;
    assert!(report.is_clean());
    exchange.books_balance(0).await;
    assert!(matches!(desk.undo_release(&dialled).await, Err(NumberError::NoNumber)));
    let again = desk.release(&exchange.providers, &agent, None, When::Now).await.unwrap();
    assert_eq!(again.status, "released");
    // The same number can be bought again.
    assert_eq!(exchange.provision(&agent).await.unwrap().phone_number, number);
    exchange.books_balance(1).await;
}

async fn french_numbers_wait_for_their_documents(bench: Bench) {
    let exchange = Exchange::reviewed(bench, Review::ByHand).await;
    let agent = exchange.agent().await;
    let place = Place::read(None, Some("01"), "FR").unwrap();
    let (desk, wish) = (exchange.desk(), (&place, More::First));
    let told = desk.provision(&exchange.providers, &agent, wish, exchange.fresh()).await;
    assert!(matches!(told, Err(NumberError::Documents(Stage::InReview, _))), "{told:?}");
    let waits = desk.wishes().await.unwrap();
    assert_eq!(waits[0].state, "in_review");
    let twilio = &exchange.providers.twilio.as_ref().unwrap().client;
    let mark = format!("uwi:{}:FR:local", exchange.tenant);
    let bundle = twilio.bundles(&mark).await.unwrap().remove(0).sid;
    let status = vendors::twilio::regulatory::BundleStatus::parse("twilio-rejected").unwrap();
    exchange.world.decide(bundle.as_str(), status, "the address is not yours").await.unwrap();
    exchange.restarted(1).await;
    let waits = desk.wishes().await.unwrap();
    assert_eq!(waits[0].state, "rejected");
    assert_eq!(waits[0].error.as_deref(), Some("the address is not yours"));
    let status = vendors::twilio::regulatory::BundleStatus::Approved;
    exchange.world.decide(bundle.as_str(), status, "").await.unwrap();
    exchange.restarted(1).await;
    exchange.books_balance(1).await;
    let numbers = desk.numbers().await.unwrap();
    assert!(numbers[0].phone_number.starts_with("+331"), "{:?}", numbers[0]);
}

async fn where_nothing_is_for_sale_others_are_named(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent().await;
    let place = area("533");
    let (desk, wish) = (exchange.desk(), (&place, More::First));
    let told = desk.provision(&exchange.providers, &agent, wish, exchange.fresh()).await;
    let Err(NumberError::NoneAvailable(others)) = told else { panic!("{told:?}") };
    assert!(!others.is_empty() && others[0].area.is_some());
    exchange.books_balance(0).await;
}

async fn what_a_failing_provider_did_not_make_is_not_invented(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    exchange.world.misbehave(Misbehaviour::once("POST /assistant", Trouble::CutAfter));
    let (desk, id) = (exchange.desk(), exchange.fresh());
    let told = desk.create_agent(&exchange.providers, &new_agent(), id).await;
    assert!(matches!(told, Err(NumberError::Provider { .. })), "{told:?}");
    assert!(desk.agents().await.unwrap().is_empty());
    // Again under the same id: the assistant that was made is found.
    let made = desk.create_agent(&exchange.providers, &new_agent(), id).await.unwrap();
    assert!(made.provider_agent_id.is_some());
    let api = exchange.providers.vapi.as_ref().unwrap();
    assert_eq!(api.assistants().await.unwrap().len(), 1);
    desk.delete_agent(&exchange.providers, &made.agent_id).await.unwrap();
    assert!(api.assistants().await.unwrap().is_empty());
}

async fn a_deleted_agent_gives_back_its_number(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let (agent, desk) = (exchange.agent().await, exchange.desk());
    let number = exchange.provision(&agent).await.unwrap().phone_number;
    desk.delete_agent(&exchange.providers, &agent).await.unwrap();
    assert!(!exchange.answers(&number).await);
    exchange.wait(1);
    exchange.restarted(24).await;
    exchange.books_balance(0).await;
}

async fn the_tokens_of_a_deleted_agent_open_nothing(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let (desk, office) = (exchange.desk(), &exchange.house.office);
    let agent = desk.agent(&exchange.agent().await).await.unwrap();
    let first = desk.issue_agent_token(&agent, None).await.unwrap();
    let prefix = first.strip_prefix("uwi_").unwrap().rsplit_once('_').unwrap().0;
    let second = desk.rotate_token(prefix, SignedDuration::from_hours(1)).await.unwrap();
    assert!(second.starts_with("uwi_agent_"), "{second}");
    for token in [&first, &second] {
        assert!(desk::tokens::check(office, token).await.unwrap().is_some());
    }
    desk.delete_agent(&exchange.providers, &agent.agent_id).await.unwrap();
    for token in [&first, &second] {
        assert!(desk::tokens::check(office, token).await.unwrap().is_none());
    }
}

on_both_backends!(
    a_number_goes_from_the_wish_to_the_route,
    killed_at_any_step_there_is_one_number,
    who_has_lost_a_wish_gives_nothing_back,
    what_could_not_be_finished_is_made_anew_and_what_was_deleted_is_not,
    whatever_answer_is_lost_nothing_is_paid_for_twice,
    fifty_wishes_at_once_get_one_number,
    a_released_number_can_be_taken_back_for_a_day,
    french_numbers_wait_for_their_documents,
    where_nothing_is_for_sale_others_are_named,
    what_a_failing_provider_did_not_make_is_not_invented,
    a_deleted_agent_gives_back_its_number,
    the_tokens_of_a_deleted_agent_open_nothing,
);
