use super::*;
use proptest::prelude::*;

fn fr(raw: &str) -> Result<String, PhoneError> {
    E164::parse(raw, "FR").map(String::from)
}

#[test]
fn every_way_to_write_the_demo_number_is_the_same_number() {
    for raw in [
        "09 39 24 05 75",
        "09.39.24.05.75",
        "09-39-24-05-75",
        "09/39/24/05/75",
        "0939240575",
        "  0939240575\n",
        "(0)9 39 24 05 75",
        "0033939240575",
        "00 33 9 39 24 05 75",
        "0033 (0)9 39 24 05 75",
        "+33939240575",
        "+33 9 39 24 05 75",
        "+33 (0)9 39 24 05 75",
        "+33(0)939240575",
        "+33 ( 0 ) 939240575",
        "+330939240575",
        "33939240575",
        " 33939240575",
        "330939240575",
        "tel:+33939240575",
        "TEL:+33-9-39-24-05-75;ext=12",
        "tel:0939240575;phone-context=+33",
        "sip:+33939240575@pbx.example;user=phone",
        "sip:+33939240575;user=phone@pbx.example",
        "sips:0939240575@pbx.example",
        "sip:%2B33939240575@pbx.example",
        "\"Accueil\" <sip:+33939240575@pbx.example>;tag=4f",
        "whatsapp:+33939240575",
        "WhatsApp:33939240575",
        "09\u{a0}39\u{a0}24\u{202f}05\u{2009}75",
        "\u{202a}+33 9 39 24 05 75\u{202c}",
        "\u{feff}09\u{200b}39240575",
        "09\u{2011}39\u{2011}24\u{2011}05\u{2011}75",
        "０９３９２４０５７５",
        "＋33939240575",
    ] {
        assert_eq!(fr(raw).as_deref(), Ok("+33939240575"), "{raw:?}");
    }
}

#[test]
fn ranges_kept_for_fiction_and_free_numbers_are_numbers() {
    assert_eq!(fr("06 39 98 12 34").as_deref(), Ok("+33639981234"));
    assert_eq!(fr("01 99 00 45 67").as_deref(), Ok("+33199004567"));
    assert_eq!(fr("0800 00 00 00").as_deref(), Ok("+33800000000"));
}

#[test]
fn overseas_numbers_carry_their_own_country_code() {
    for (raw, number) in [
        ("0692 00 00 00", "+262692000000"),
        ("0639 01 02 03", "+262639010203"),
        ("0590 00 00 00", "+590590000000"),
        ("0694 00 00 00", "+594694000000"),
        ("0596 00 00 00", "+596596000000"),
        ("0508 41 00 00", "+508410000"),
        ("+262 0692 00 00 00", "+262692000000"),
        ("+508 41 00 00", "+508410000"),
        ("+687 26 00 00", "+687260000"),
        ("+689 40 00 00 00", "+68940000000"),
        ("+681 72 00 00", "+681720000"),
    ] {
        assert_eq!(fr(raw).as_deref(), Ok(number), "{raw:?}");
    }
    assert_eq!(E164::parse("26 00 00", "NC").unwrap().as_str(), "+687260000");
    assert_eq!(E164::parse("41 00 00", "PM").unwrap().as_str(), "+508410000");
    assert_eq!(E164::parse("0692 00 00 00", "RE").unwrap().as_str(), "+262692000000");
}

#[test]
fn foreign_numbers_are_read() {
    for (raw, country, number) in [
        ("+1 (415) 555-0132", "FR", "+14155550132"),
        ("14155550132", "FR", "+14155550132"),
        ("415 555 0132", "US", "+14155550132"),
        ("1 415 555 0132", "US", "+14155550132"),
        ("011 33 9 39 24 05 75", "US", "+33939240575"),
        ("+44 20 7946 0018", "FR", "+442079460018"),
        ("+44 (0)20 7946 0018", "FR", "+442079460018"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("+39 06 1234 5678", "FR", "+390612345678"),
        ("+32 2 555 12 12", "FR", "+3225551212"),
    ] {
        assert_eq!(E164::parse(raw, country).unwrap().as_str(), number, "{raw:?}");
    }
}

#[test]
fn what_is_no_number_says_why() {
    for (raw, error) in [
        ("", PhoneError::Absent),
        ("anonymous", PhoneError::Absent),
        ("sip:anonymous@anonymous.invalid", PhoneError::Absent),
        ("+86282452253", PhoneError::Absent),
        ("15", PhoneError::TooShort),
        ("3949", PhoneError::TooShort),
        ("06 39 98 12 3", PhoneError::TooShort),
        ("639981234", PhoneError::TooShort),
        ("+33", PhoneError::TooShort),
        ("+336399812", PhoneError::TooShort),
        ("06 39 98 12 34 5", PhoneError::TooLong),
        ("+336399812345", PhoneError::TooLong),
        ("0639981234/0639985678", PhoneError::TooLong),
        ("999999999999999999999999", PhoneError::TooLong),
        ("0 000 000 000", PhoneError::Malformed),
        ("4158675309", PhoneError::Malformed),
        ("06 39 98 12 3A", PhoneError::Malformed),
        ("06+39981234", PhoneError::Malformed),
        ("+999123456789", PhoneError::Malformed),
        ("+33 0000 00000", PhoneError::Malformed),
        ("٠٦٣٩٩٨١٢٣٤", PhoneError::Absent),
    ] {
        assert_eq!(fr(raw).unwrap_err(), error, "{raw:?}");
    }
}

#[test]
fn no_country_code_begins_another_and_each_is_split_where_it_ends() {
    for number in ["+14155550132", "+33939240575", "+262692000000", "+442079460018"] {
        let number = E164::parse(number, "FR").unwrap();
        assert!(["1", "33", "262", "44"].contains(&number.country_code()));
    }
}

#[test]
fn only_the_last_two_digits_show() {
    let number = E164::parse("0639981234", "FR").unwrap();
    assert_eq!(number.masked(), "+33XXXXXX34");
    assert_eq!(format!("{number:?}"), "+33XXXXXX34");
    assert_eq!(number.last_two(), "34");
    assert_eq!(E164::parse("+508410012", "FR").unwrap().masked(), "+508XXXXXX12");
}

#[test]
fn french_numbers_are_displayed_in_pairs() {
    let show = |raw: &str| E164::parse(raw, "FR").unwrap().national_fr();
    assert_eq!(show("+33939240575").unwrap(), "09\u{a0}39\u{a0}24\u{a0}05\u{a0}75");
    assert_eq!(show("+262692000000").unwrap(), "06\u{a0}92\u{a0}00\u{a0}00\u{a0}00");
    assert_eq!(show("+508410000").unwrap(), "05\u{a0}08\u{a0}41\u{a0}00\u{a0}00");
    assert_eq!(show("+14155550132"), None);
}

#[test]
fn the_plan_warns_and_never_refuses() {
    let warning = |raw: &str| E164::parse(raw, "FR").unwrap().plan_warning();
    assert_eq!(warning("0639981234"), Some(PlanWarning::Fiction));
    assert_eq!(warning("0199004567"), Some(PlanWarning::Fiction));
    assert_eq!(warning("0939240575"), None);
    assert_eq!(warning("+442079460018"), None);
}

#[test]
fn stored_text_is_checked_when_read_back() {
    let number = E164::parse("0639981234", "FR").unwrap();
    let json = serde_json::to_string(&number).unwrap();
    assert_eq!(json, "\"+33639981234\"");
    assert_eq!(serde_json::from_str::<E164>(&json).unwrap(), number);
    assert!(serde_json::from_str::<E164>("\"12\"").is_err());
}

#[test]
fn hidden_callers_are_withheld_in_every_spelling() {
    for raw in [
        "",
        "  ",
        "-",
        "anonymous",
        "Anonymous",
        "ANONYMOUS",
        "unavailable",
        "restricted",
        "Private",
        "unknown",
        "blocked",
        "+266696687",
        "266696687",
        "+7378742833",
        "+2562533",
        "+8656696",
        "+86282452253",
        "sip:anonymous@anonymous.invalid",
        "tel:anonymous",
        "\"Anonymous\" <sip:anonymous@anonymous.invalid>",
        "Masqué",
        "whatsapp:anonymous",
    ] {
        assert_eq!(CallerId::read(raw, "FR"), CallerId::Withheld, "{raw:?}");
    }
}

#[test]
fn callers_with_a_number_are_known_and_the_rest_is_unusable() {
    let known = |raw: &str| CallerId::read(raw, "FR").known().map(String::from);
    assert_eq!(known("+33639981234").as_deref(), Some("+33639981234"));
    assert_eq!(known("+14155550132").as_deref(), Some("+14155550132"));
    assert_eq!(known("sip:0639981234@pbx.example").as_deref(), Some("+33639981234"));
    for raw in ["12", "+33", "CabinetDemo", "0000000000", "client:alice"] {
        assert_eq!(CallerId::read(raw, "FR"), CallerId::Unusable, "{raw:?}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(raw in any::<String>(), country in "[A-Z]{0,3}") {
        let _ = E164::parse(&raw, &country);
        let _ = CallerId::read(&raw, &country);
    }

    #[test]
    fn telephone_like_texts_never_panic_and_are_stable(raw in "[+(]{0,2}[0-9 .()/;:@a-z-]{0,24}") {
        for country in ["FR", "US", "GB", "IT", "PF"] {
            if let Ok(number) = E164::parse(&raw, country) {
                prop_assert_eq!(E164::parse(number.as_str(), "US").unwrap(), number.clone());
                prop_assert!(number.as_str().len() <= 16 && number.as_str().len() >= 6);
                prop_assert!(!number.country_code().is_empty());
                let _ = (number.masked(), number.national_fr(), number.plan_warning());
            }
        }
    }

    #[test]
    fn french_pairs_read_back_to_the_same_number(national in "[1-9][0-9]{8}") {
        let number = E164::parse(&format!("0{national}"), "FR").unwrap();
        let shown = number.national_fr().unwrap();
        prop_assert_eq!(E164::parse(&shown, "FR").unwrap(), number);
    }
}
