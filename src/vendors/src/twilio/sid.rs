//! Twilio's names for its objects: two letters and 32 hexadecimal digits.

use crate::id::provider_id;

provider_id! {
    /// An account.
    AccountSid: |text| is_sid(text, "AC"),
    /// A bought telephone number.
    NumberSid: |text| is_sid(text, "PN"),
    /// An address.
    AddressSid: |text| is_sid(text, "AD"),
    /// A regulatory bundle.
    BundleSid: |text| is_sid(text, "BU"),
    /// An end user of a bundle.
    EndUserSid: |text| is_sid(text, "IT"),
    /// A supporting document of a bundle.
    DocumentSid: |text| is_sid(text, "RD"),
    /// A message.
    MessageSid: |text| is_sid(text, "SM") || is_sid(text, "MM"),
    /// A call.
    CallSid: |text| is_sid(text, "CA"),
}

fn is_sid(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_of_its_own_kind_is_accepted() {
        let sid = "PN00000000000000000000000000000001";
        assert!(NumberSid::parse(sid).is_some() && AddressSid::parse(sid).is_none());
        for bad in ["", "PN", "PN0000000000000000000000000000000/", "PN00/../x", "pn…"] {
            assert_eq!(NumberSid::parse(bad), None, "{bad}");
        }
    }
}
