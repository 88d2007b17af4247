//! The functions that a model of Vapi's may call: the same rules as the
//! dialogue, through the desk.

use crate::http::site::Site;
use desk::switchboard;
use serde_json::Value;
use vendors::vapi::answer;
use vendors::vapi::call::CallFacts;
use vendors::vapi::tool::{Outcome, ToolCall, ToolResult};
