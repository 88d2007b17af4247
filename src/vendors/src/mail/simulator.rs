//! Plays a mail server: keeps what it takes, and misbehaves on request.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mood {
    /// Takes everything.
    #[default]
    Accepts,
    /// Does not take anybody now (421).
    Busy,
    /// Does not know the account (535).
    RefusesLogin,
    /// Does not know the recipient (550).
    RefusesRecipient,
    /// Wants to be asked again later (450).
    Greylists,
    /// Takes the letter, and goes away without a word.
    HangsUpAfterTheLetter,
}

#[derive(Default)]
struct State {
    mood: Mood,
    letters: Vec<String>,
}

/// A mail server on this machine. Cheap to clone.
#[derive(Clone)]
pub struct MailServer {
    at: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl MailServer {
    /// Serves on a free port until the task is aborted.
    pub async fn start(mood: Mood) -> io::Result<(Self, JoinHandle<()>)> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let state = Arc::new(Mutex::new(State { mood, letters: Vec::new() }));
        let server = Self { at: listener.local_addr()?, state };
        let serving = server.clone();
        let task = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let server = serving.clone();
                tokio::spawn(async move { server.talk(socket).await });
            }
        });
        Ok((server, task))
    }

    /// Its address, `smtp://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.at)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.at.port()
    }

    /// What it does from now on.
    pub fn feel(&self, mood: Mood) {
        self.locked().mood = mood;
    }

    /// The letters that it took, in order, as they came.
    pub fn letters(&self) -> Vec<String> {
        self.locked().letters.clone()
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn talk(&self, socket: TcpStream) -> io::Result<()> {
        let (reader, mut writer) = socket.into_split();
        let mut lines = BufReader::new(reader).lines();
        if self.locked().mood == Mood::Busy {
            return writer.write_all(b"421 4.3.2 not now\r\n").await;
        }
        writer.write_all(b"220 mail.example.fr ESMTP\r\n").await?;
        let mut letter: Option<String> = None;
        while let Some(line) = lines.next_line().await? {
            if let Some(words) = letter.as_mut().filter(|_| line != ".") {
                // A point at the beginning was doubled on its way.
                words.push_str(line.strip_prefix('.').unwrap_or(&line));
                words.push('\n');
                continue;
            }
            let mood = self.locked().mood;
            if line == "." {
                self.locked().letters.extend(letter.take());
                if mood == Mood::HangsUpAfterTheLetter {
                    return Ok(());
                }
            }
            if line.starts_with("DATA") {
                letter = Some(String::new());
            }
            writer.write_all(format!("{}\r\n", answer(&line, mood)).as_bytes()).await?;
        }
        Ok(())
    }
}

fn answer(line: &str, mood: Mood) -> &'static str {
    match line.get(..4).unwrap_or(line) {
        "EHLO" => "250-mail.example.fr\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
        "AUTH" if mood == Mood::RefusesLogin => "535 5.7.8 bad credentials",
        "AUTH" => "235 2.7.0 welcome",
        "RCPT" if mood == Mood::RefusesRecipient => "550 5.1.1 no such user",
        "RCPT" if mood == Mood::Greylists => "450 4.7.1 try again later",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    }
}
