//! What a token may do: `read`, `write`, `admin`, `metrics`, or one resource
//! with or without `:read` and `:write`.

/// What a request wants to do with a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Look at it.
    Read,
    /// Change it.
    Write,
}

/// The resources that a scope may name.
pub const RESOURCES: [&str; 10] = [
    "tenants",
    "agents",
    "channels",
    "appointments",
    "calendars",
    "tickets",
    "prospects",
    "calls",
    "events",
    "snapshot",
];

/// True for a text that is a scope.
pub fn is_scope(text: &str) -> bool {
    let (name, wish) = text.split_once(':').map_or((text, None), |(name, wish)| (name, Some(wish)));
    match wish {
        None => RESOURCES.contains(&name) || ["read", "write", "admin", "metrics"].contains(&name),
        Some(wish) => RESOURCES.contains(&name) && ["read", "write"].contains(&wish),
    }
}

/// True when these scopes allow it. Who may write may read.
pub fn allows(scopes: &[String], resource: &str, wish: Wish) -> bool {
    scopes.iter().any(|scope| {
        let (name, only) = scope.split_once(':').map_or((scope.as_str(), ""), |(n, w)| (n, w));
        let reads_only = only == "read" || (name == "read" && only.is_empty());
        let covers =
            name == resource || (only.is_empty() && ["read", "write", "admin"].contains(&name));
        covers && (wish == Wish::Read || !reads_only)
    })
}

/// True for a scope that reaches beyond one tenant: for our staff's routes, and
/// for the figures of the whole house.
pub fn is_of_the_house(scope: &str) -> bool {
    ["admin", "metrics"].contains(&scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(scopes: &[&str], resource: &str, wish: Wish) -> bool {
        let scopes: Vec<_> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        allows(&scopes, resource, wish)
    }

    #[test]
    fn a_scope_covers_its_resource_and_its_wish() {
        assert!(allowed(&["read"], "calls", Wish::Read));
        assert!(!allowed(&["read"], "appointments", Wish::Write));
        assert!(allowed(&["write"], "appointments", Wish::Write));
        assert!(allowed(&["appointments"], "appointments", Wish::Write));
        assert!(allowed(&["appointments:write"], "appointments", Wish::Read));
        assert!(!allowed(&["appointments:read"], "appointments", Wish::Write));
        assert!(!allowed(&["appointments:write"], "calls", Wish::Read));
        assert!(!allowed(&["metrics"], "calls", Wish::Read));
        assert!(!allowed(&[], "calls", Wish::Read));
    }

    #[test]
    fn only_known_scopes_are_scopes() {
        assert!(["read", "admin", "calls", "calls:read"].iter().all(|scope| is_scope(scope)));
        assert!(["", "root", "calls:", "read:write", "calls:delete"].iter().all(|s| !is_scope(s)));
    }
}
