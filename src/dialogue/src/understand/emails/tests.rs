//! Addresses as they are dictated and written.

use super::find;
use crate::understand::words::words;

#[test]
fn reads_dictated_addresses() {
    let cases = [
        ("camille point lefevre arobase gmail point com", "camille.lefevre@gmail.com"),
        ("Camille point Lefèvre arobase gmail point com", "camille.lefevre@gmail.com"),
        ("c'est camille point lefèvre arobase gmail point com", "camille.lefevre@gmail.com"),
        (
            "mon adresse mail c'est camille tiret lefevre arobase orange point fr",
            "camille-lefevre@orange.fr",
        ),
        (
            "mon adresse c'est camille tiret bas lefevre arobase wanadoo point fr",
            "camille_lefevre@wanadoo.fr",
        ),
        ("camille underscore lefevre arobase free point fr", "camille_lefevre@free.fr"),
        ("camille tiret du bas lefevre arobase free point fr", "camille_lefevre@free.fr"),
        ("camille tiret du six lefevre arobase free point fr", "camille-lefevre@free.fr"),
        ("camille trait d'union lefevre arobase free point fr", "camille-lefevre@free.fr"),
        ("camille lefevre tout attaché arobase gmail point com", "camillelefevre@gmail.com"),
        ("tout attaché camille lefevre arobase gmail point com", "camillelefevre@gmail.com"),
        ("camille lefevre en un seul mot arobase gmail point com", "camillelefevre@gmail.com"),
        ("tout en minuscules camille point lefevre arobase sfr point fr", "camille.lefevre@sfr.fr"),
        ("camille point lefevre en minuscules arobase sfr point fr", "camille.lefevre@sfr.fr"),
        ("c a m point lefevre arobase gmail point com", "cam.lefevre@gmail.com"),
        ("c point lefevre arobase gmail point com", "c.lefevre@gmail.com"),
        ("c, a, m, i, deux l, e, arobase gmail point com", "camille@gmail.com"),
        ("e deux m a arobase gmail point com", "emma@gmail.com"),
        ("camille point lefevre arobase gmail", "camille.lefevre@gmail.com"),
        ("camille arobase orange", "camille@orange.fr"),
        ("camille arobase la poste point net", "camille@laposte.net"),
        ("camille arobase laposte", "camille@laposte.net"),
        ("camille arobase hotmail", "camille@hotmail.com"),
        ("camille arobase hot mail point fr", "camille@hotmail.fr"),
        ("camille arobase outlook point fr", "camille@outlook.fr"),
        ("camille arobase yahoo point fr voilà", "camille@yahoo.fr"),
        ("camille arobase yahoo", "camille@yahoo.fr"),
        ("camille arobase icloud", "camille@icloud.com"),
        ("camille arobase live", "camille@live.fr"),
        ("camille arobase msn point com", "camille@msn.com"),
        ("camille arobase gmail point c o m", "camille@gmail.com"),
        ("camille arobase orange point f r", "camille@orange.fr"),
        ("camille arobase s f r point f r", "camille@sfr.fr"),
        ("camille a robase gmail point com", "camille@gmail.com"),
        ("camille arobas gmail point com", "camille@gmail.com"),
        ("camille arrobas gmail point com", "camille@gmail.com"),
        ("camille at gmail point com", "camille@gmail.com"),
        ("camille arobase g mail point com", "camille@gmail.com"),
        ("camille arobase j mail point com", "camille@gmail.com"),
        ("camille quatre-vingt-deux arobase gmail point com", "camille82@gmail.com"),
        ("camille zéro six arobase gmail point com", "camille06@gmail.com"),
        ("camille 1982 arobase gmail point com", "camille1982@gmail.com"),
        ("camille deux mille dix arobase gmail point com", "camille2010@gmail.com"),
        ("contact arobase cabinet tiret martin point fr", "contact@cabinet-martin.fr"),
        ("contact arobase cabinet martin point fr", "contact@cabinetmartin.fr"),
        (
            "vous pouvez m'écrire à camille point lefevre arobase gmail point com",
            "camille.lefevre@gmail.com",
        ),
        ("oui alors notez camille arobase gmail point com merci au revoir", "camille@gmail.com"),
        ("philippe avec deux p point garnier arobase free point fr", "philippe.garnier@free.fr"),
        ("e accent aigu l i s e arobase free point fr", "elise@free.fr"),
        ("mon mail camille.lefevre@gmail.com", "camille.lefevre@gmail.com"),
        ("Camille.Lefevre@Gmail.com", "camille.lefevre@gmail.com"),
        (
            "écrivez à jean-paul_martin2@cabinet-martin.fr, merci",
            "jean-paul_martin2@cabinet-martin.fr",
        ),
        ("a@b.fr", "a@b.fr"),
        ("camille+rdv@example.com", "camille+rdv@example.com"),
        ("camille.lefevre @ gmail.com", "camille.lefevre@gmail.com"),
        ("camille@mail.example.co.uk.", "camille@mail.example.co.uk"),
        ("d'artagnan arobase free point fr", "dartagnan@free.fr"),
        ("c comme camille l comme louis arobase free point fr", "cl@free.fr"),
        ("alors c'est x y z arobase gmail point com", "xyz@gmail.com"),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| find(&words(text)) != [*expected])
        .map(|(text, expected)| {
            format!("{text:?}: {:?} instead of {expected:?}", find(&words(text)))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn finds_no_address_where_there_is_none() {
    let cases = [
        "je n'ai pas de mail",
        "c'est quoi l'arobase",
        "arobase",
        "arobase gmail point com",
        "camille arobase",
        "je suis chez orange",
        "je suis chez le docteur",
        "un point c'est tout",
        "camille point lefevre",
        "@",
        "@@@@",
        "a@b",
        "rendez-vous à 14.30",
    ];
    for text in cases {
        assert_eq!(find(&words(text)), Vec::<String>::new(), "{text}");
    }
}
