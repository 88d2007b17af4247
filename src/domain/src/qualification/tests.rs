use super::*;

fn question(id: &str, kind: Kind) -> Question {
    Question {
        id: id.into(),
        ask: "?".into(),
        kind,
        options: Vec::new(),
        words: Vec::new(),
        required: false,
        field: None,
        worth: Worth::default(),
    }
}

fn agency() -> Questionnaire {
    let mut project = question("project", Kind::Choice);
    let option = |label: &str, points| Choice { label: label.into(), words: vec![], points };
    project.options = vec![option("Acheter", 40), option("Louer", 10)];
    let mut budget = question("budget", Kind::Amount);
    budget.worth.ranges = vec![
        Range { from: Some(200_000), to: None, points: 40 },
        Range { from: Some(100_000), to: None, points: 20 },
    ];
    budget.required = true;
    let mut loan = question("loan", Kind::YesNo);
    loan.worth = Worth { points: 20, points_no: 0, ranges: vec![] };
    Questionnaire { questions: vec![project, budget, loan], ..Questionnaire::default() }
}

fn score(answers: &[(&str, Value)]) -> (u8, Status) {
    let value =
        |id: &str| answers.iter().find(|(known, _)| *known == id).map(|(_, value)| value.clone());
    let score = agency().score(value);
    (score.points, score.status)
}

fn up_to(amount: i64) -> Value {
    Value::Amount { from: None, to: Some(amount) }
}

#[test]
fn points_add_up_to_a_score_of_hundred() {
    let buy = || ("project", Value::Choice("Acheter".into()));
    let all = [buy(), ("budget", up_to(250_000)), ("loan", Value::YesNo(true))];
    assert_eq!(score(&all), (100, Status::Qualified));
    assert_eq!(score(&[buy(), ("budget", up_to(150_000))]), (60, Status::Qualified));
    let rent = ("project", Value::Choice("Louer".into()));
    assert_eq!(score(&[rent, ("budget", up_to(150_000))]), (30, Status::FollowUp));
    assert_eq!(score(&[("budget", up_to(900))]), (0, Status::NotQualified));
}

#[test]
fn a_required_question_left_open_is_to_be_followed_up() {
    let answers = [("project", Value::Choice("Acheter".into())), ("loan", Value::YesNo(true))];
    assert_eq!(score(&answers), (60, Status::FollowUp));
}

#[test]
fn without_points_nobody_is_judged() {
    let asked = Questionnaire {
        questions: vec![question("a", Kind::Text), question("b", Kind::Text)],
        ..Questionnaire::default()
    };
    let score = asked.score(|id| (id == "a").then(|| Value::Text("oui".into())));
    assert_eq!((score.points, score.status), (50, Status::New));
    assert_eq!(Questionnaire::default().score(|_| None).points, 0);
}

#[test]
fn every_status_reads_back() {
    for status in Status::ALL {
        assert_eq!(Status::parse(status.as_str()), Some(status));
    }
    assert_eq!(Status::parse("hot"), None);
}

#[test]
fn answers_are_readable_under_their_columns() {
    let mut asked = agency();
    asked.questions[0].field = Some(ProspectField::InterestType);
    asked.questions[1].field = Some(ProspectField::BudgetMax);
    let answer = |id: &str, value| Answered { id: id.into(), ask: "?".into(), value };
    let span = Value::Amount { from: Some(200_000), to: Some(250_000) };
    let columns = asked.columns(&[
        answer("project", Some(Value::Choice("Acheter".into()))),
        answer("budget", Some(span)),
        answer("loan", None),
    ]);
    assert_eq!(columns.interest_type.as_deref(), Some("Acheter"));
    assert_eq!((columns.budget_min, columns.budget_max), (Some(200_000), Some(250_000)));
    let exact = Value::Amount { from: Some(900), to: Some(900) };
    let columns = asked.columns(&[answer("budget", Some(exact))]);
    assert_eq!((columns.budget_min, columns.budget_max), (None, Some(900)));
}
