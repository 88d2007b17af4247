//! Appointments and what surrounds them.

use super::{FROM, NOTHING, Operation, TENANT, TO};
use crate::http::problem::Problem;

/// Their routes.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/v1/appointments",
        summary: "Appointments between two days, else of the next 60 (scope appointments:read)",
        query: &[TENANT, FROM, TO],
        answer: "Appointments",
        refusals: &[Problem::BAD_DATE],
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/v1/appointments",
        summary: "Makes an appointment by the tenant's rules (scope appointments:write; Idempotency-Key)",
        query: &[TENANT],
        body: Some("NewAppointment"),
        done: &[201],
        answer: "Appointment",
        refusals: &[
            Problem::KEY_REUSED,
            Problem::KEY_IN_USE,
            Problem::BAD_KEY,
            Problem::SLOT_TAKEN,
            Problem::GONE,
            Problem::NOT_BOOKABLE,
            Problem::NO_NAME,
            Problem::BAD_EMAIL,
            Problem::TOO_LONG,
            Problem::BAD_START,
            Problem::BAD_NUMBER,
        ],
        ..NOTHING
    },
    Operation {
        path: "/api/v1/appointments.csv",
        summary: "The same as a table for spreadsheets (scope appointments:read)",
        query: &[TENANT, FROM, TO, ("bom", "1: with the byte order mark that Excel wants")],
        answer: "Table",
        kind: "text/csv",
        refusals: &[Problem::BAD_DATE],
        ..NOTHING
    },
    Operation {
        path: "/api/v1/appointments/{id}",
        summary: "One appointment with its history (scope appointments:read)",
        query: &[TENANT],
        answer: "AppointmentStory",
        ..NOTHING
    },
    Operation {
        method: "patch",
        path: "/api/v1/appointments/{id}",
        summary: "Moves an appointment, notes what became of it, corrects it (scope appointments:write)",
        query: &[TENANT],
        body: Some("ChangedAppointment"),
        answer: "Appointment",
        refusals: &[
            Problem::VERSION_CONFLICT,
            Problem::STATUS_REFUSED,
            Problem::NOT_BEGUN,
            Problem::SLOT_TAKEN,
            Problem::GONE,
            Problem::NOT_BOOKABLE,
            Problem::NO_NAME,
            Problem::BAD_EMAIL,
            Problem::TOO_LONG,
            Problem::BAD_START,
            Problem::BAD_STATUS,
            Problem::BAD_NUMBER,
        ],
        ..NOTHING
    },
    Operation {
        method: "delete",
        path: "/api/v1/appointments/{id}",
        summary: "Cancels an appointment (scope appointments:write)",
        query: &[TENANT, ("version", "only if this is its version still")],
        answer: "Appointment",
        refusals: &[Problem::GONE, Problem::VERSION_CONFLICT, Problem::BAD_PARAMETER],
        ..NOTHING
    },
    Operation {
        path: "/api/v1/calendars",
        summary: "Calendars, and which have a secret address (scope appointments:read)",
        query: &[TENANT],
        answer: "Calendars",
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/v1/calendars/{id}/feed",
        summary: "Gives a calendar a new secret iCalendar address, shown once; the one before ends (scope calendars:write)",
        query: &[TENANT],
        body: Some("NewFeed"),
        done: &[201],
        answer: "MadeFeed",
        refusals: &[Problem::BAD_PARAMETER, Problem::NOTHING_LEAVES, Problem::GONE],
        ..NOTHING
    },
    Operation {
        method: "delete",
        path: "/api/v1/calendars/{id}/feed",
        summary: "Ends a calendar's secret address (scope calendars:write)",
        query: &[TENANT],
        answer: "ClosedFeed",
        ..NOTHING
    },
    Operation {
        path: "/api/v1/closures",
        summary: "Exceptional closures, with the appointments to be moved (scope appointments:read)",
        query: &[TENANT],
        answer: "Closures",
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/v1/closures",
        summary: "Closes some days; answers the appointments to be moved (scope appointments:write)",
        query: &[TENANT],
        body: Some("NewClosure"),
        done: &[201],
        answer: "Closure",
        refusals: &[
            Problem::BAD_DATE,
            Problem::BAD_PARAMETER,
            Problem::CLOSURE_EXISTS,
            Problem::GONE,
        ],
        ..NOTHING
    },
    Operation {
        method: "delete",
        path: "/api/v1/closures/{id}",
        summary: "Opens the days of a closure again (scope appointments:write)",
        query: &[TENANT],
        answer: "RemovedClosure",
        refusals: &[Problem::GONE, Problem::BAD_PARAMETER],
        ..NOTHING
    },
];
