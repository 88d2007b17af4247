use super::*;

fn vault(key: &str) -> Vault {
    Vault::new(&[key.into()])
}

#[test]
fn a_token_is_of_one_message_of_one_tenant_for_a_while() {
    let vault = vault("une clé d’essai assez longue pour cela");
    let until: Timestamp = "2026-11-24T13:30:00Z".parse().unwrap();
    let link = Link { tenant: TenantId(7), message: MessageId(uuid::Uuid::from_u128(1 << 100)) };
    let text = token(&vault, link, until).unwrap();
    assert_eq!(text.len(), 46);
    assert_eq!(read(&vault, &text, until), Some(link));
    let later = "2026-11-24T14:00:00Z".parse().unwrap();
    assert_eq!(read(&vault, &text, later), None);
    let other = super::tests::vault("une autre clé, assez longue pour cela");
    assert_eq!(read(&other, &text, until), None);
    assert_eq!(read(&Vault::default(), &text, until), None);
    for at in 0..text.len() - 1 {
        let mut bent = text.clone().into_bytes();
        bent[at] = if bent[at] == b'A' { b'B' } else { b'A' };
        assert_eq!(read(&vault, std::str::from_utf8(&bent).unwrap(), until), None, "{at}");
    }
    for bad in ["", "é", "AAAA", &"A".repeat(10_000)] {
        assert_eq!(read(&vault, bad, until), None);
    }
}
