//! Plays a mail server: keeps what it takes, and misbehaves on request.

use std::collections::{BTreeSet, VecDeque};
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
    /// Does not take anybody or anything now (421).
    Busy,
    /// Does not know the account (535).
    RefusesLogin,
    /// Does not know the recipient (550).
    RefusesRecipient,
    /// Wants to be asked again later (450).
    Greylists,
    /// Goes away without a word instead of taking the letter.
    HangsUpBeforeTheLetter,
    /// Takes the letter, and goes away without a word.
    HangsUpAfterTheLetter,
    /// Lets everybody in and never says a word.
    SaysNothing,
}

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dealt {
    /// To whom.
    pub to: String,
    /// Its `Message-ID` without the angle brackets, if it came so far.
    pub id: Option<String>,
    /// How the server felt about it.
    pub mood: Mood,
    /// Whether it has it.
    pub taken: bool,
}

#[derive(Default)]
struct State {
    mood: Mood,
    /// What befalls the next letters.
    plan: VecDeque<Mood>,
    /// Mailboxes that are no more.
    closed: BTreeSet<String>,
    letters: Vec<String>,
    dealt: Vec<Dealt>,
}

/// A mail server on this machine. Cheap to clone.
#[derive(Clone)]
pub struct MailServer {
    at: SocketAddr,
    state: Arc<Mutex<State>>,
}

/// A letter that is being given to the server.
#[derive(Default)]
struct Given {
    to: String,
    mood: Mood,
    /// Its words, once they come.
    words: Option<String>,
}

impl MailServer {
    /// Serves on a free port until the task is aborted.
    pub async fn start(mood: Mood) -> io::Result<(Self, JoinHandle<()>)> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let state = Arc::new(Mutex::new(State { mood, ..State::default() }));
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

    /// What befalls the next letters while it would take everything.
    pub fn plan(&self, moods: impl IntoIterator<Item = Mood>) {
        self.locked().plan = moods.into_iter().collect();
    }

    /// From now on it does not know this recipient.
    pub fn close_mailbox(&self, address: &str) {
        self.locked().closed.insert(address.to_owned());
    }

    /// The letters that it took, in order, as they came.
    pub fn letters(&self) -> Vec<String> {
        self.locked().letters.clone()
    }

    /// What became of letters since it was last asked.
    pub fn take_dealt(&self) -> Vec<Dealt> {
        std::mem::take(&mut self.locked().dealt)
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn talk(&self, socket: TcpStream) -> io::Result<()> {
        let (reader, mut writer) = socket.into_split();
        let mut lines = BufReader::new(reader).lines();
        let mood = self.locked().mood;
        if mood == Mood::SaysNothing {
            // Until the other side gives up.
            return lines.next_line().await.map(drop);
        }
        if mood == Mood::Busy {
            return writer.write_all(BUSY.as_bytes()).await;
        }
        writer.write_all(b"220 mail.example.fr ESMTP\r\n").await?;
        let mut given = Given::default();
        while let Some(line) = lines.next_line().await? {
            if let Some(words) = given.words.as_mut().filter(|_| line != ".") {
                // A point at the beginning was doubled on its way.
                words.push_str(line.strip_prefix('.').unwrap_or(&line));
                words.push('\n');
                continue;
            }
            let Some(answer) = self.answer(&line, &mut given) else { return Ok(()) };
            writer.write_all(answer.as_bytes()).await?;
            acknowledge_at_once(writer.as_ref());
        }
        Ok(())
    }

    /// What it says to a line; `None`: it goes away.
    fn answer(&self, line: &str, given: &mut Given) -> Option<&'static str> {
        let mut state = self.locked();
        let word = line.get(..4).unwrap_or(line);
        if word == "MAIL" {
            let planned = (state.mood == Mood::Accepts).then(|| state.plan.pop_front()).flatten();
            *given = Given { mood: planned.unwrap_or(state.mood), ..Given::default() };
        }
        if word == "RCPT" {
            given.to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            if state.closed.contains(&given.to) {
                given.mood = Mood::RefusesRecipient;
            }
            if matches!(given.mood, Mood::RefusesRecipient | Mood::Greylists) {
                state.dealt.push(given.dealt(false));
            }
        }
        if word == "DATA" {
            given.words = Some(String::new());
        }
        if line != "." {
            let mood = if word == "AUTH" { state.mood } else { given.mood };
            return Some(said(word, mood));
        }
        let taken = given.mood != Mood::HangsUpBeforeTheLetter;
        let dealt = given.dealt(taken);
        state.letters.extend(given.words.take().filter(|_| taken));
        state.dealt.push(dealt);
        let stays =
            !matches!(given.mood, Mood::HangsUpBeforeTheLetter | Mood::HangsUpAfterTheLetter);
        stays.then_some("250 ok\r\n")
    }
}

/// A client that sends a letter and its end apart waits in between for word that
/// the first has come, which may take its time otherwise (and does elsewhere).
fn acknowledge_at_once(_socket: &TcpStream) {
    #[cfg(target_os = "linux")]
    let _ = _socket.set_quickack(true);
}

impl Given {
    fn dealt(&self, taken: bool) -> Dealt {
        let mut lines = self.words.iter().flat_map(|words| words.lines());
        let id = lines.find_map(|line| line.strip_prefix("Message-ID: <")?.strip_suffix('>'));
        let (to, id) = (self.to.clone(), id.map(str::to_owned));
        Dealt { to, id, mood: self.mood, taken }
    }
}

const BUSY: &str = "421 4.3.2 not now\r\n";

fn said(word: &str, mood: Mood) -> &'static str {
    match word {
        "EHLO" => "250-mail.example.fr\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n",
        "AUTH" if mood == Mood::RefusesLogin => "535 5.7.8 bad credentials\r\n",
        "AUTH" => "235 2.7.0 welcome\r\n",
        "MAIL" if mood == Mood::Busy => BUSY,
        "RCPT" if mood == Mood::RefusesRecipient => "550 5.1.1 no such user\r\n",
        "RCPT" if mood == Mood::Greylists => "450 4.7.1 try again later\r\n",
        "DATA" => "354 go on\r\n",
        "QUIT" => "221 bye\r\n",
        _ => "250 ok\r\n",
    }
}
