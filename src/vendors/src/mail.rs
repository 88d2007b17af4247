//! Mail over SMTP: one message to one mailbox. [`simulator`] plays a server.

pub mod simulator;

use lettre::message::{Mailbox, MultiPart, header};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};
use std::net::IpAddr;
use std::time::Duration;

/// How long it may take to reach the server.
const CONNECT: Duration = Duration::from_secs(6);
/// How long one delivery may take, from beginning to end.
const TIMEOUT: Duration = Duration::from_secs(15);

/// A way to send mail.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// A mail server whose address is known.
#[derive(Debug, Clone, Copy)]
pub struct Server<'a> {
    /// Where it is.
    pub address: IpAddr,
    /// What its certificate says.
    pub name: &'a str,
    /// 465: TLS from the first byte; others: STARTTLS.
    pub port: u16,
    /// Whose mail it is.
    pub account: &'a str,
    /// Empty: it asks for none.
    pub password: &'a SecretString,
}

/// What is sent.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    /// The recipient's address.
    pub to: &'a str,
    /// One line.
    pub subject: &'a str,
    /// The plain text.
    pub text: &'a str,
    /// The same as HTML.
    pub html: &'a str,
    /// `Message-ID` without the angle brackets; the same again when a message
    /// is sent again, so that a mailbox can recognise the copy.
    pub id: &'a str,
}

/// Why mail cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum MailSetupError {
    /// `SMTP_URL` is not `smtp://` or `smtps://user:password@host:port`.
    #[error("SMTP_URL is not a URL such as smtps://user:password@host:465")]
    Url,
    /// `MAIL_FROM` is not an address.
    #[error("MAIL_FROM is not an address such as UWi <bonjour@example.fr>")]
    From,
}

/// Why a letter was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address or the letter itself: nothing was sent, sending again is useless.
    #[error("the letter cannot be sent")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// There is no such mailbox (550, 551, 553 with an enhanced code that says so):
    /// nothing was sent, and nothing else will arrive there.
    #[error("there is no such mailbox")]
    NoMailbox(#[source] SmtpError),
    /// The server cannot take it now (4xx): nothing was sent, later it may be.
    #[error("the mail server cannot take it now")]
    Later(#[source] SmtpError),
    /// The server was not reached, or does not let us in: nothing was sent.
    #[error("the mail server cannot be reached")]
    Unreached(#[source] SmtpError),
    /// No answer: it may have been accepted.
    #[error("the mail server did not answer")]
    Unknown(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Mailer {
    /// A mailer for `SMTP_URL` and `MAIL_FROM`. Plain `smtp://` to another
    /// machine is upgraded to TLS before anything is said. Connections are kept
    /// by the runtime, so it has to be called within one.
    pub fn new(url: &SecretString, from: &str) -> Result<Self, MailSetupError> {
        let from = from.parse().map_err(|_| MailSetupError::From)?;
        let transport =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(&secured(url.expose_secret()))
                .map_err(|_| MailSetupError::Url)?
                .timeout(Some(CONNECT))
                .build();
        Ok(Self { transport, from })
    }

    /// A mailer that connects to this address and no other, always with TLS: the
    /// name is only what the server's certificate has to bear.
    pub fn at(server: &Server<'_>, from: &str) -> Result<Self, MailSetupError> {
        let from = from.parse().map_err(|_| MailSetupError::From)?;
        let tls = TlsParameters::new(server.name.to_owned()).map_err(|_| MailSetupError::Url)?;
        let tls = if server.port == 465 { Tls::Wrapper(tls) } else { Tls::Required(tls) };
        let address = server.address.to_string();
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(address)
            .port(server.port)
            .tls(tls)
            .timeout(Some(CONNECT));
        let password = server.password.expose_secret();
        if !password.is_empty() {
            let account = server.account.to_owned();
            builder = builder.credentials(Credentials::new(account, password.to_owned()));
        }
        Ok(Self { transport: builder.build(), from })
    }

    /// Sends one letter.
    pub async fn send(&self, letter: &Letter<'_>) -> Result<(), MailError> {
        let message = self.message(letter)?;
        // The library's own limit is one of connecting only.
        let sent = tokio::time::timeout(TIMEOUT, self.transport.send(message)).await;
        let sent = sent.map_err(|late| MailError::Unknown(Box::new(late)))?;
        sent.map(drop).map_err(classify)
    }

    fn message(&self, letter: &Letter<'_>) -> Result<Message, MailError> {
        let to: Mailbox = letter.to.parse().map_err(refused)?;
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject)
            .message_id(Some(format!("<{}>", letter.id)))
            .raw_header(automatic())
            .multipart(MultiPart::alternative_plain_html(
                letter.text.to_owned(),
                letter.html.to_owned(),
            ))
            .map_err(refused)
    }
}

fn secured(url: &str) -> String {
    let rest = url.strip_prefix("smtp://").unwrap_or_default();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let local = ["127.", "localhost", "[::1]"].iter().any(|start| host.starts_with(start));
    if rest.is_empty() || local || url.contains("tls=") {
        return url.to_owned();
    }
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}tls=required")
}

/// RFC 3834: nobody's holiday notice needs to answer.
fn automatic() -> header::HeaderValue {
    let name = header::HeaderName::new_from_ascii_str("Auto-Submitted");
    header::HeaderValue::new(name, "auto-generated".into())
}

fn refused(error: impl std::error::Error + Send + Sync + 'static) -> MailError {
    MailError::Refused(Box::new(error))
}

fn classify(error: SmtpError) -> MailError {
    // Wrong credentials are the channel's fault and not the letter's.
    let code = error.status().map_or(0, u16::from);
    // The library tells a failed connection from a lost one by its words only.
    if matches!(code, 530 | 534 | 535 | 538) || error.to_string().starts_with("Connection error") {
        MailError::Unreached(error)
    } else if is_no_mailbox(code, &error.to_string()) {
        MailError::NoMailbox(error)
    } else if error.is_permanent() || error.is_client() {
        MailError::Refused(Box::new(error))
    } else if error.is_transient() {
        MailError::Later(error)
    } else {
        MailError::Unknown(Box::new(error))
    }
}

/// Whether an answer is about the recipient's address. Many servers say 550 to a
/// sender or to words that they do not like: only the enhanced code (RFC 3463)
/// tells 5.1.x (addresses; .7 and .8 are the sender's) and 5.2.1 (a closed
/// mailbox) from the others. Nobody is silenced for good by the plain code: it may
/// be the practice's own server that relays for nobody that morning.
fn is_no_mailbox(code: u16, words: &str) -> bool {
    let enhanced = words.split([' ', '\n']).find(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        let number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        parts.len() == 3 && parts[0] == "5" && parts.iter().all(number)
    });
    let about_it = match enhanced {
        Some("5.1.7" | "5.1.8") => false,
        Some(told) => told.starts_with("5.1.") || told == "5.2.1",
        None => false,
    };
    matches!(code, 550 | 551 | 553) && about_it
}

#[cfg(test)]
mod tests {
    use super::is_no_mailbox;

    #[test]
    fn an_address_that_is_wrong_is_told_from_a_letter_that_is_not_liked() {
        for (code, words) in [
            (550, "permanent error (550): 5.1.1 no such user"),
            (551, "permanent error (551): 5.1.6 moved away"),
            (550, "permanent error (550): 5.2.1 mailbox disabled\n5.2.1 for good"),
        ] {
            assert!(is_no_mailbox(code, words), "{words}");
        }
        for (code, words) in [
            (550, "permanent error (550): 5.7.1 relaying denied"),
            (550, "permanent error (550): relay not permitted"),
            (550, "permanent error (550): SPF check failed for 192.0.2.1"),
            (550, "permanent error (550): No such user here"),
            (551, "permanent error (551): try elsewhere"),
            (553, "permanent error (553): 5.1.8 sender's domain"),
            (552, "permanent error (552): 5.2.2 mailbox full"),
            (554, "permanent error (554): 5.7.1 spam"),
            (0, "network error"),
        ] {
            assert!(!is_no_mailbox(code, words), "{words}");
        }
    }
}
