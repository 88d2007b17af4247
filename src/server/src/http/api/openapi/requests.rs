//! Tickets and prospects.

use super::{BEFORE, NOTHING, Operation, TENANT};
use crate::http::problem::Problem;

const SEARCH: (&str, &str) = ("search", "part of a name, or the end of a number");

/// Their routes.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/v1/tickets",
        summary: "A page of tickets, newest first (scope tickets:read)",
        query: &[
            TENANT,
            BEFORE,
            SEARCH,
            ("status", "a status, `waiting` (for the practice) or `done`"),
            ("category", "a category"),
            ("priority", "low, medium, high or urgent"),
            ("assigned_to", "a member's address; `-`: nobody's"),
            ("call_id", "the call that left them"),
            ("overdue", "true: only those that should have been answered by now"),
        ],
        answer: "Tickets",
        refusals: &[Problem::BAD_PARAMETER],
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/v1/tickets",
        summary: "Opens a ticket with a reference of its own (scope tickets:write)",
        query: &[TENANT],
        body: Some("NewTicket"),
        done: &[201],
        answer: "Ticket",
        refusals: &[Problem::BAD_PARAMETER],
        ..NOTHING
    },
    Operation {
        path: "/api/v1/tickets/{id}",
        summary: "One ticket with its history (scope tickets:read)",
        query: &[TENANT],
        answer: "TicketStory",
        ..NOTHING
    },
    Operation {
        method: "patch",
        path: "/api/v1/tickets/{id}",
        summary: "Changes what is given, if the ticket is at `version` (scope tickets:write)",
        query: &[TENANT],
        body: Some("TicketChange"),
        answer: "Ticket",
        refusals: &[Problem::BAD_PARAMETER, Problem::GONE, Problem::BAD_MOVE],
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/v1/tickets/{id}/comments",
        summary: "Writes a comment, which the customer never sees (scope tickets:write)",
        query: &[TENANT],
        body: Some("Comment"),
        done: &[201],
        answer: "TicketStory",
        refusals: &[Problem::BAD_PARAMETER],
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/v1/tickets/{id}/answers",
        summary: "Writes to whoever left the ticket, by sms, email or whatsapp, if it is at \
                  `version` (scope tickets:write)",
        query: &[TENANT],
        body: Some("TicketAnswer"),
        done: &[201],
        answer: "TicketStory",
        refusals: &[Problem::BAD_PARAMETER, Problem::GONE],
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/v1/tickets/{id}/close",
        summary: "Closes a ticket for good (scope tickets:write)",
        query: &[TENANT],
        answer: "Ticket",
        refusals: &[Problem::GONE, Problem::BAD_MOVE],
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/v1/tickets/{id}/reopen",
        summary: "Opens a ticket again that was dealt with (scope tickets:write)",
        query: &[TENANT],
        answer: "Ticket",
        refusals: &[Problem::GONE, Problem::BAD_MOVE],
        ..NOTHING
    },
    Operation {
        path: "/api/v1/prospects",
        summary: "A page of prospects, newest first (scope prospects:read)",
        query: &[
            TENANT,
            BEFORE,
            SEARCH,
            ("status", "a status"),
            ("source", "phone, web, sms, email or whatsapp"),
            ("follow_up", "only those to be called back by this local day, 2026-11-24"),
        ],
        answer: "Prospects",
        refusals: &[Problem::BAD_PARAMETER, Problem::BAD_DATE],
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/v1/prospects",
        summary: "Writes down somebody who has written, with the proof of their consent \
                  (scope prospects:write)",
        query: &[TENANT],
        body: Some("NewProspect"),
        done: &[201],
        answer: "Prospect",
        refusals: &[Problem::BAD_PARAMETER],
        ..NOTHING
    },
    Operation {
        path: "/api/v1/prospects/{id}",
        summary: "One prospect (scope prospects:read)",
        query: &[TENANT],
        answer: "Prospect",
        ..NOTHING
    },
    Operation {
        method: "patch",
        path: "/api/v1/prospects/{id}",
        summary: "Changes what is given, if the prospect is at `version` (scope prospects:write)",
        query: &[TENANT],
        body: Some("ProspectChange"),
        answer: "Prospect",
        refusals: &[Problem::BAD_PARAMETER, Problem::GONE, Problem::BAD_MOVE],
        ..NOTHING
    },
];
