//! Our answer in the OpenAI shape: a stream of events, or one object. Written
//! straight into one buffer; only the texts are escaped.

use serde_json::Value;
use std::borrow::Cow;

/// The name of our model when the request names none.
pub const MODEL: &str = "uwi-fr";

/// What the answer's frames have in common.
#[derive(Debug, Clone)]
pub struct Head<'a> {
    /// The answer's name.
    pub id: Cow<'a, str>,
    /// When it was made, seconds since the epoch.
    pub created: i64,
    /// The model that the request asked for, or [`MODEL`].
    pub model: &'a str,
}

/// What Vapi (or ElevenLabs) is to do after the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tool {
    /// Hang up.
    EndCall,
    /// Hang up, in ElevenLabs' words.
    SystemEndCall,
    /// Pass the call to this number, in canonical form.
    TransferCall(String),
}

impl Tool {
    fn name(&self) -> &'static str {
        match self {
            Self::EndCall => "endCall",
            Self::SystemEndCall => "end_call",
            Self::TransferCall(_) => "transferCall",
        }
    }

    /// The JSON of the arguments, in the pieces that are streamed.
    fn arguments(&self) -> Vec<String> {
        match self {
            Self::EndCall => vec!["{}".into()],
            Self::SystemEndCall => vec![r#"{"reason": "The conversation is over."}"#.into()],
            Self::TransferCall(number) => {
                vec!["{\"destination\":".into(), format!(" {}}}", Value::from(number.as_str()))]
            }
        }
    }
}

/// The whole stream of an answer, ready to be sent: role, text cut at the ends
/// of phrases, the tool if any, the finish reason, `[DONE]`.
pub fn events(head: &Head<'_>, text: &str, tool: Option<&Tool>) -> Vec<u8> {
    let mut out = Events::new(head, text.len());
    match tool {
        None => {
            out.frame(r#"{"role":"assistant","content":""}"#, "null");
            for phrase in phrases(text) {
                out.content(r#"{"content":"#, phrase);
            }
            out.frame("{}", r#""stop""#);
        }
        Some(tool) => {
            out.content(r#"{"role":"assistant","content":"#, text);
            out.tool(tool);
            out.frame("{}", r#""tool_calls""#);
        }
    }
    out.finish()
}

/// The same answer as one object, for a request that asks for no stream.
pub fn object(head: &Head<'_>, text: &str, tool: Option<&Tool>) -> Vec<u8> {
    let mut out = Vec::with_capacity(400 + text.len());
    out.extend_from_slice(br#"{"id":"#);
    escape(&mut out, &head.id);
    out.extend_from_slice(br#","object":"chat.completion","created":"#);
    out.extend_from_slice(head.created.to_string().as_bytes());
    out.extend_from_slice(br#","model":"#);
    escape(&mut out, head.model);
    out.extend_from_slice(br#","choices":[{"index":0,"message":{"role":"assistant","content":"#);
    escape(&mut out, text);
    if let Some(tool) = tool {
        out.extend_from_slice(br#","tool_calls":["#);
        tool_call(&mut out, tool, &tool.arguments().concat());
        out.push(b']');
    }
    let reason = if tool.is_some() { "tool_calls" } else { "stop" };
    out.extend_from_slice(br#"},"finish_reason":""#);
    out.extend_from_slice(reason.as_bytes());
    out.extend_from_slice(
        br#""}],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}"#,
    );
    out
}

fn tool_call(out: &mut Vec<u8>, tool: &Tool, arguments: &str) {
    out.extend_from_slice(br#"{"id":"call_"#);
    out.extend_from_slice(tool.name().as_bytes());
    out.extend_from_slice(br#"","type":"function","function":{"name":""#);
    out.extend_from_slice(tool.name().as_bytes());
    out.extend_from_slice(br#"","arguments":"#);
    escape(out, arguments);
    out.extend_from_slice(b"}}");
}

struct Events {
    out: Vec<u8>,
    /// Everything of a frame before its delta; the same in all of them.
    head: Vec<u8>,
}

impl Events {
    fn new(head: &Head<'_>, text: usize) -> Self {
        let mut prefix = Vec::with_capacity(160);
        prefix.extend_from_slice(br#"data: {"id":"#);
        escape(&mut prefix, &head.id);
        prefix.extend_from_slice(br#","object":"chat.completion.chunk","created":"#);
        prefix.extend_from_slice(head.created.to_string().as_bytes());
        prefix.extend_from_slice(br#","model":"#);
        escape(&mut prefix, head.model);
        prefix.extend_from_slice(br#","choices":[{"index":0,"delta":"#);
        Self { out: Vec::with_capacity(6 * (prefix.len() + 80) + 2 * text), head: prefix }
    }

    fn frame(&mut self, delta: &str, reason: &str) {
        self.open();
        self.out.extend_from_slice(delta.as_bytes());
        self.close(reason);
    }

    fn content(&mut self, start: &str, text: &str) {
        self.open();
        self.out.extend_from_slice(start.as_bytes());
        escape(&mut self.out, text);
        self.out.push(b'}');
        self.close("null");
    }

    fn tool(&mut self, tool: &Tool) {
        let name = tool.name();
        let first = format!(
            r#"{{"tool_calls":[{{"index":0,"id":"call_{name}","type":"function","function":{{"name":"{name}","arguments":""}}}}]}}"#
        );
        self.frame(&first, "null");
        for piece in tool.arguments() {
            let piece = Value::from(piece);
            let delta =
                format!(r#"{{"tool_calls":[{{"index":0,"function":{{"arguments":{piece}}}}}]}}"#);
            self.frame(&delta, "null");
        }
    }

    fn open(&mut self) {
        self.out.extend_from_slice(&self.head);
    }

    fn close(&mut self, reason: &str) {
        self.out.extend_from_slice(br#","finish_reason":"#);
        self.out.extend_from_slice(reason.as_bytes());
        self.out.extend_from_slice(b"}]}\n\n");
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.extend_from_slice(b"data: [DONE]\n\n");
        self.out
    }
}

fn escape(out: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(out, text).expect("a string always becomes JSON in memory");
}

/// The pieces that a voice can begin to speak: each ends after a mark that
/// ends a phrase and the space behind it. Together they are the text.
pub fn phrases(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (phrase, after) = rest.split_at(phrase_end(rest));
        rest = after;
        Some(phrase)
    })
}

fn phrase_end(text: &str) -> usize {
    let ends = text.match_indices(['.', '!', '?', ';', ',', '…', ':']);
    let mut ends = ends.map(|(at, mark)| at + mark.len());
    // Very short pieces would cost more in frames than they gain in time.
    let end = ends.find(|end| *end >= 20 && text[*end..].starts_with(' '));
    end.map_or(text.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head<'static> {
        Head { id: "chatcmpl-rcpt-0001".into(), created: 1_789_374_613, model: "receptionist-fr" }
    }

    fn frames(bytes: &[u8]) -> Vec<Value> {
        let text = std::str::from_utf8(bytes).unwrap();
        let frames = text.split("\n\n").filter_map(|event| event.strip_prefix("data: "));
        frames
            .filter(|frame| *frame != "[DONE]")
            .map(|f| serde_json::from_str(f).unwrap())
            .collect()
    }

    #[test]
    fn the_pieces_are_the_text() {
        for text in ["", "Oui.", "Bonjour, je vous écoute. Que puis-je faire ?", "à 14,5 et « é »…"]
        {
            assert_eq!(phrases(text).collect::<String>(), text);
        }
        let pieces: Vec<_> = phrases("C'est noté, mardi à 9 h 30. À bientôt !").collect();
        assert_eq!(pieces, ["C'est noté, mardi à 9 h 30. ", "À bientôt !"]);
    }

    #[test]
    fn a_text_becomes_role_contents_stop_and_done() {
        let bytes = events(&head(), "Très bien, c'est noté. « À bientôt »\n", None);
        assert!(bytes.ends_with(b"data: [DONE]\n\n"));
        let frames = frames(&bytes);
        assert_eq!(frames[0]["choices"][0]["delta"]["role"], "assistant");
        let said: String =
            frames.iter().filter_map(|f| f["choices"][0]["delta"]["content"].as_str()).collect();
        assert_eq!(said, "Très bien, c'est noté. « À bientôt »\n");
        assert_eq!(frames.last().unwrap()["choices"][0]["finish_reason"], "stop");
    }

    #[test]
    fn hanging_up_and_passing_on_are_byte_for_byte_what_vapi_understands() {
        let end = include_bytes!("../../tests/fixtures/vapi/custom-llm/response.end-call.sse.txt");
        let said = "Bonne journée, au revoir. ";
        assert_eq!(events(&head(), said, Some(&Tool::EndCall)), end);
        let transfer =
            include_bytes!("../../tests/fixtures/vapi/custom-llm/response.transfer-call.sse.txt");
        let tool = Tool::TransferCall("+33199004567".into());
        assert_eq!(events(&head(), "Je vous transfère au secrétariat. ", Some(&tool)), transfer);
    }

    #[test]
    fn without_a_stream_the_answer_is_one_object() {
        let fixture = include_str!("../../tests/fixtures/vapi/custom-llm/response.non-stream.json");
        let mut expected: Value = serde_json::from_str(fixture).unwrap();
        let text = expected["choices"][0]["message"]["content"].as_str().unwrap().to_owned();
        let head = Head { id: "chatcmpl-rcpt-0002".into(), ..head() };
        let mut given: Value = serde_json::from_slice(&object(&head, &text, None)).unwrap();
        // We count no tokens.
        assert!(given["usage"].take().is_object() && expected["usage"].take().is_object());
        assert_eq!(given, expected);

        let tool = Tool::TransferCall("+33199004567".into());
        let given: Value = serde_json::from_slice(&object(&head, &text, Some(&tool))).unwrap();
        let call = &given["choices"][0]["message"]["tool_calls"][0]["function"];
        assert_eq!(call["arguments"], "{\"destination\": \"+33199004567\"}");
        assert_eq!(given["choices"][0]["finish_reason"], "tool_calls");
    }
}
