//! What a number costs per month.

use super::number::Kind;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A price in the hundredth part of its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Integer cents, rounded half up.
    pub cents: i64,
    /// ISO 4217, upper case (`USD`).
    pub currency: String,
}

impl Price {
    /// Reads a decimal such as `1.15`; `None` for what is not one, or negative.
    pub fn parse(decimal: &str, currency: &str) -> Option<Self> {
        let currency = currency.trim().to_ascii_uppercase();
        let is_code = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
        is_code.then_some(())?;
        Some(Self { cents: cents(decimal.trim())?, currency })
    }
}

fn cents(decimal: &str) -> Option<i64> {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || fraction.len() > 9 {
        return None;
    }
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let digit = |at: usize| fraction.as_bytes().get(at).map_or(0, |b| i64::from(b - b'0'));
    let rounded = i64::from(digit(2) >= 5);
    Some(whole.parse::<i64>().ok()? * 100 + digit(0) * 10 + digit(1) + rounded)
}

/// The monthly price of a kind of number in Twilio's list for a country.
pub(super) fn monthly(list: &Value, kind: Kind) -> Option<Price> {
    let currency = list.get("price_unit")?.as_str()?;
    let prices = list.get("phone_number_prices")?.as_array()?;
    let of_kind = |item: &&Value| {
        let named = item.get("number_type").and_then(Value::as_str).unwrap_or_default();
        Kind::parse(&named.replace(' ', "-")) == Some(kind)
    };
    let item = prices.iter().find(of_kind)?;
    let price = item.get("current_price").or_else(|| item.get("base_price"))?;
    let decimal = price.as_str().map_or_else(|| price.to_string(), str::to_owned);
    Price::parse(&decimal, currency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn decimals_become_cents_without_a_detour_through_floats() {
        let cents = |text: &str| Price::parse(text, "usd").map(|price| price.cents);
        assert_eq!(cents("1.15"), Some(115));
        assert_eq!(cents("3"), Some(300));
        assert_eq!(cents("0.075"), Some(8));
        for bad in ["", "-1", "1,15", "1e3", "9999999999", ".5"] {
            assert_eq!(cents(bad), None, "{bad}");
        }
        assert_eq!(Price::parse("1", "dollars"), None);
    }

    #[test]
    fn the_list_of_a_country_is_read_by_kind() {
        let list = json!({ "price_unit": "usd", "phone_number_prices": [
            { "number_type": "local", "base_price": "2.00", "current_price": "1.15" },
            { "number_type": "toll free", "base_price": "25", "current_price": null },
        ]});
        assert_eq!(monthly(&list, Kind::Local), Price::parse("1.15", "USD"));
        assert_eq!(monthly(&list, Kind::Mobile), None);
    }
}
