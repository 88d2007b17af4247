use super::*;
use crate::id::TenantId;
use crate::qualification::{Kind, ProspectField, Range, Thresholds};
use crate::support::Priority;
use proptest::prelude::*;

const WHOLE: &str = r#"
name = "Agence des Lices"
agents = ["qualification", "support", "appointment"]

[[question]]
id = "projet"
ask = "Souhaitez-vous acheter ou louer ?"
kind = "choice"
options = [{ label = "Acheter", words = ["Achat", "acquér*"], points = 40 }, "Louer"]
required = true
field = "interest_type"

[[question]]
ask = "Quel est votre budget ?"
kind = "amount"
field = "budget_max"
words = ["budget"]
ranges = [{ from = 200000, points = 40 }, { from = 100000, to = 199999, points = 20 }]

[[question]]
ask = "Avez-vous un financement ?"
kind = "yes_no"
points = 20
points_no = 5

[scoring]
qualified = 70

[[support.category]]
name = "Technique"

[[support.category]]
name = "Loyer"
label = "votre loyer"
words = ["quittance*"]

[[support.urgency]]
priority = "urgent"
words = ["Dégât des eaux"]
"#;

fn refusal(text: &str) -> String {
    Settings::from_toml(text).unwrap_err().to_string()
}

#[test]
fn questions_and_support_become_part_of_the_profile() {
    let profile = Settings::from_toml(WHOLE).unwrap().profile(TenantId(7)).unwrap();
    let [project, budget, loan] = &profile.questionnaire.questions[..] else { panic!() };
    assert_eq!(project.id, "projet");
    assert_eq!(project.options[0].words, ["acheter", "achat", "acquer*"]);
    assert_eq!((project.options[1].label.as_str(), project.options[1].points), ("Louer", 0));
    assert!(project.required && project.field == Some(ProspectField::InterestType));
    assert_eq!((budget.id.as_str(), budget.kind), ("quel-est-votre-budget", Kind::Amount));
    assert_eq!(
        budget.worth.ranges[1],
        Range { from: Some(100_000), to: Some(199_999), points: 20 }
    );
    assert_eq!((loan.worth.points, loan.worth.points_no), (20, 5));
    assert_eq!(profile.questionnaire.thresholds, Thresholds { qualified: 70, follow_up: 30 });
    let names: Vec<_> = profile.support.categories.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(names, ["technique", "loyer"]);
    assert!(profile.support.category("technique").unwrap().words.contains(&"panne".to_owned()));
    assert_eq!(profile.support.category("loyer").unwrap().words, ["quittance*", "loyer"]);
    let (_, urgent) =
        profile.support.urgency.iter().find(|(priority, _)| *priority == Priority::Urgent).unwrap();
    assert!(urgent.contains(&"degat des eaux".to_owned()) && urgent.contains(&"gaz".to_owned()));
}

#[test]
fn what_is_written_reads_back_from_the_database() {
    let settings = Settings::from_toml(WHOLE).unwrap();
    assert_eq!(Settings::from_json(&settings.to_json()).unwrap(), settings);
    let older = r#"{"name":"A"}"#;
    let profile = Settings::from_json(older).unwrap().profile(TenantId(7)).unwrap();
    assert!(profile.questionnaire.questions.is_empty());
    assert_eq!(profile.support.categories.len(), 4);
}

#[test]
fn errors_name_the_field_and_say_what_is_wrong() {
    let question = |rest: &str| format!("name = \"A\"\n[[question]]\nask = \"Un ?\"\n{rest}");
    let many = "[[question]]\nask = \"Un ?\"\n".repeat(31);
    for (text, start) in [
        ("name = \"A\"\nagents = [\"qualification\"]".into(), "question: the qualification agent"),
        (format!("name = \"A\"\n{many}"), "question: more than 30"),
        ("name = \"A\"\n[[question]]\nask = \" \"".into(), "question[0].ask: is empty"),
        ("name = \"A\"\n[[question]]\nask = \"Un ? Deux ?\"".into(), "question[0].ask: asks more"),
        ("name = \"A\"\n[[question]]\nask = \"[Un]\"".into(), "question[0].ask: holds '['"),
        (question("kind = \"colour\""), "question[0].kind: unknown variant `colour`"),
        (question("kind = \"choice\""), "question[0].options: a choice needs at least two"),
        (question("options = [\"a\", \"b\"]"), "question[0].options: only a question of kind"),
        (
            question("kind = \"choice\"\noptions = [\"a\", \"A\"]"),
            "question[0].options[1].label: is written twice",
        ),
        (
            question("kind = \"choice\"\noptions = [\"a\", { name = \"b\" }]"),
            "question[0].options[1].name: unknown field `name`",
        ),
        (question("ranges = [{ points = 1 }]"), "question[0].ranges: only a question of kind"),
        (
            question("kind = \"number\"\nranges = [{ from = 2, to = 1, points = 1 }]"),
            "question[0].ranges[0].to: must not be below",
        ),
        (question("points = 1001"), "question[0].points: 1001 is not between"),
        (question("points_no = 1"), "question[0].points_no: only a question"),
        (question("field = \"budget_max\""), "question[0].field: a budget is answered"),
        (question("field = \"email\""), "question[0].field: unknown variant `email`"),
        (question("words = [\"!\"]"), "question[0].words[0]: holds no letter"),
        (
            question("id = \"a\"\n[[question]]\nid = \"a\"\nask = \"Deux ?\""),
            "question[1].id: is written twice",
        ),
        (
            question(
                "field = \"property_type\"\n[[question]]\nfield = \"property_type\"\nask = \"Deux ?\"",
            ),
            "question[1].field: another question",
        ),
        ("name = \"A\"\n[scoring]\nqualified = 101".into(), "scoring.qualified: 101 is not"),
        ("name = \"A\"\n[scoring]\nfollow_up = 80".into(), "scoring.follow_up: must not be above"),
        (
            "name = \"A\"\n[[support.category]]\nname = \"a\"\n[[support.category]]\nname = \"A\""
                .into(),
            "support.category[1].name: is written twice",
        ),
        (
            "name = \"A\"\n[[support.urgency]]\npriority = \"now\"\nwords = []".into(),
            "support.urgency[0].priority: unknown variant `now`",
        ),
    ] {
        let refusal = refusal(&text);
        assert!(refusal.starts_with(start), "{text}\n=> {refusal}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}", number in any::<i64>(), points in any::<i32>()) {
        let mut settings = Settings::from_toml(WHOLE).unwrap();
        settings.question[0].ask.clone_from(&text);
        settings.question[0].options[0].label.clone_from(&text);
        settings.question[1].ranges[0] = RangeEntry { from: Some(number), to: None, points };
        settings.support.category[0].name = text;
        let _ = settings.profile(TenantId(1));
    }
}
