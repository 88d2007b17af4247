//! The variant with a model of Vapi's instead of our dialogue: the same
//! settings, with instructions and our functions as its tools.

use super::assistant::Plan;
use serde_json::{Value, json};

/// Whether the instructions tell the model the caller's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallerLine {
    /// They do, as a safety net: the truth is what our server heard.
    Told,
    /// They do not.
    Omitted,
}

/// What replaces our dialogue.
#[derive(Debug, Clone, Copy)]
pub struct Hosted<'a> {
    /// OpenAI's name of the model (`gpt-4.1-mini`).
    pub model: &'a str,
    /// What the model is told to be and do.
    pub instructions: &'a str,
    /// Whether it is told the caller's number.
    pub caller: CallerLine,
}

/// Vapi replaces the variable; withheld numbers leave it empty or a word.
const CALLER_LINE: &str = "\n\nLe numéro de l'appelant est : {{customer.number}}\n\
    Si ce numéro est disponible et non masqué, ne le redemande pas. \
    N'en prononce jamais plus que les deux derniers chiffres.";

/// The longest answer in tokens: speech is short.
const MAX_TOKENS: u32 = 250;

impl Plan<'_> {
    /// The assistant with a hosted model.
    pub fn hosted_assistant(&self, hosted: &Hosted<'_>) -> Value {
        let mut assistant = self.assistant();
        let mut tools = assistant["model"]["tools"].as_array().cloned().unwrap_or_default();
        tools.extend(self.functions());
        let line = match hosted.caller {
            CallerLine::Told => CALLER_LINE,
            CallerLine::Omitted => "",
        };
        assistant["model"] = json!({
            "provider": "openai",
            "model": hosted.model,
            "temperature": 0.2,
            "maxTokens": MAX_TOKENS,
            "messages": [{ "role": "system", "content": format!("{}{line}", hosted.instructions) }],
            "tools": tools,
        });
        assistant
    }

    /// What our server does for a model; the same rules as in the dialogue.
    fn functions(&self) -> Vec<Value> {
        let server = self.server_at("/api/vapi/tool");
        let functions = FUNCTIONS.iter().map(|function| {
            json!({
                "type": "function",
                "server": server,
                "function": {
                    "name": function.name,
                    "description": function.description,
                    "parameters": function.parameters(),
                },
            })
        });
        functions.collect()
    }
}

struct Function {
    name: &'static str,
    description: &'static str,
    /// Name and description; all of them texts.
    arguments: &'static [(&'static str, &'static str)],
    required: &'static [&'static str],
}

impl Function {
    fn parameters(&self) -> Value {
        let properties = self.arguments.iter().map(|(name, description)| {
            ((*name).to_owned(), json!({ "type": "string", "description": description }))
        });
        json!({
            "type": "object",
            "properties": properties.collect::<serde_json::Map<_, _>>(),
            "required": self.required,
        })
    }
}

const START: (&str, &str) = ("start", "Date et heure locales, par exemple 2026-11-24T14:30");
const NAME: (&str, &str) = ("name", "Prénom et nom du patient");
const PHONE: (&str, &str) = ("phone", "Numéro donné par l'appelant, s'il en donne un autre");

const FUNCTIONS: [Function; 8] = [
    Function {
        name: "get_slots",
        description: "Cherche des créneaux libres.",
        arguments: &[
            ("date", "Jour souhaité, par exemple 2026-11-24"),
            ("partOfDay", "morning, afternoon ou evening"),
            ("preference", "Ce que l'appelant souhaite, dans ses mots"),
            ("service", "Prestation demandée"),
        ],
        required: &[],
    },
    Function {
        name: "book",
        description: "Réserve un rendez-vous. Confirmer seulement si la réponse le confirme.",
        arguments: &[NAME, START, PHONE, ("service", "Prestation"), ("motive", "Motif")],
        required: &["name", "start"],
    },
    Function {
        name: "cancel",
        description: "Annule un rendez-vous existant.",
        arguments: &[NAME, START],
        required: &["name"],
    },
    Function {
        name: "modify",
        description: "Déplace un rendez-vous existant.",
        arguments: &[NAME, START, ("new_start", "Nouvelle date et heure locales")],
        required: &["name", "new_start"],
    },
    Function {
        name: "transfer",
        description: "Passe l'appel à une personne du cabinet.",
        arguments: &[("reason", "Pourquoi")],
        required: &[],
    },
    Function {
        name: "take_message",
        description: "Note un message ou une demande de rappel.",
        arguments: &[("message", "Le message"), NAME, PHONE, ("kind", "message ou callback")],
        required: &["message"],
    },
    Function {
        name: "opening_hours",
        description: "Donne les horaires du cabinet.",
        arguments: &[],
        required: &[],
    },
    Function {
        name: "faq",
        description: "Répond à une question sur le cabinet.",
        arguments: &[("question", "La question de l'appelant")],
        required: &["question"],
    },
];
