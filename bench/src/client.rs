//! An HTTP/1.1 client as small as can be, so that the load generator leaves
//! the cores to what is measured.

use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One kept-alive connection.
pub struct Client {
    stream: TcpStream,
    address: SocketAddr,
    buffer: Vec<u8>,
}

/// What came back.
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Body, transfer coding removed.
    pub body: Vec<u8>,
    /// From the request's first byte out to the first byte of the body.
    pub first: Duration,
    /// To the last byte.
    pub total: Duration,
}

impl Client {
    /// Connects.
    pub async fn connect(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, address, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Posts a JSON body.
    pub async fn post(&mut self, path: &str, headers: &str, body: &[u8]) -> std::io::Result<Reply> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n{headers}Content-Length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        self.send(&request).await
    }

    /// Gets a page.
    pub async fn get(&mut self, path: &str, headers: &str) -> std::io::Result<Reply> {
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.address);
        self.send(head.as_bytes()).await
    }

    async fn send(&mut self, request: &[u8]) -> std::io::Result<Reply> {
        let begun = Instant::now();
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let body_at = loop {
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            self.fill().await?;
        };
        let head = String::from_utf8_lossy(&self.buffer[..body_at]).to_ascii_lowercase();
        let status = head.get(9..12).and_then(|code| code.parse().ok()).unwrap_or(0);
        while self.buffer.len() == body_at && !head.contains("content-length: 0") {
            self.fill().await?;
        }
        let first = begun.elapsed();
        let body = if head.contains("transfer-encoding: chunked") {
            self.chunked(body_at).await?
        } else {
            let length = head
                .split("content-length: ")
                .nth(1)
                .and_then(|rest| rest.split("\r\n").next())
                .and_then(|length| length.trim().parse().ok())
                .unwrap_or(0);
            while self.buffer.len() < body_at + length {
                self.fill().await?;
            }
            self.buffer[body_at..body_at + length].to_vec()
        };
        Ok(Reply { status, body, first, total: begun.elapsed() })
    }

    async fn chunked(&mut self, mut at: usize) -> std::io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line_end = loop {
                if let Some(end) = find(&self.buffer[at..], b"\r\n") {
                    break at + end;
                }
                self.fill().await?;
            };
            let size = std::str::from_utf8(&self.buffer[at..line_end])
                .ok()
                .and_then(|size| usize::from_str_radix(size.trim(), 16).ok())
                .ok_or_else(|| std::io::Error::other("chunk size"))?;
            let start = line_end + 2;
            while self.buffer.len() < start + size + 2 {
                self.fill().await?;
            }
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&self.buffer[start..start + size]);
            at = start + size + 2;
        }
    }

    async fn fill(&mut self) -> std::io::Result<()> {
        let read = self.stream.read_buf(&mut self.buffer).await?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
