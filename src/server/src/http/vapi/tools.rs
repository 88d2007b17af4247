//! The functions that a model of Vapi's may call: the same rules as the
//! dialogue, through the desk. What cannot be done is an answer too.

use crate::http::control;
use crate::http::site::Site;
use desk::switchboard::{self, Then, ToolReply, TurnReply};
use serde_json::Value;
use std::sync::Arc;
use vendors::vapi::answer;
use vendors::vapi::call::CallFacts;
use vendors::vapi::control::ControlUrl;
use vendors::vapi::tool::{Outcome, ToolCall, ToolResult};

/// To `tool-calls`: one entry each, in the same order.
pub(super) async fn run_all(site: &Arc<Site>, facts: &CallFacts, calls: &[ToolCall]) -> Value {
    let mut results = Vec::with_capacity(calls.len());
    for call in calls {
        results.push(ToolResult::of(call, run(site, facts, call).await));
    }
    answer::tool_results(&results)
}

/// To `function-call`, the form of 2024.
pub(super) async fn run_legacy(site: &Arc<Site>, facts: &CallFacts, call: &ToolCall) -> Value {
    answer::function_result(&run(site, facts, call).await)
}

async fn run(site: &Arc<Site>, facts: &CallFacts, call: &ToolCall) -> Outcome {
    let asked = switchboard::ToolCall {
        call: facts.call.clone(),
        dialled: facts.dialled.clone(),
        caller: facts.caller.clone(),
        name: call.name.clone(),
        arguments: call.arguments.clone(),
    };
    let ToolReply { told, then } = switchboard::tool(&site.office, asked).await;
    if then != Then::Listen {
        let url = facts.control_url.as_deref();
        let url = url.and_then(|raw| ControlUrl::parse(raw, site.own_vapi()));
        let say = told.clone().unwrap_or_default();
        control::follow(site, url, facts, &TurnReply { say, then });
    }
    told.map_or_else(Outcome::Failed, Outcome::Done)
}
