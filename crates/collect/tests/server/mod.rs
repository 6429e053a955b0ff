//! A web server on loopback whose answers a test writes down and changes while it runs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What one path answers.
#[derive(Clone)]
pub struct Page {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub after: Duration,
}

pub fn page(body: impl Into<Vec<u8>>) -> Page {
    Page { status: 200, headers: Vec::new(), body: body.into(), after: Duration::ZERO }
}

impl Page {
    pub fn status(mut self, status: u16) -> Page {
        self.status = status;
        self
    }
    pub fn header(mut self, name: &str, value: &str) -> Page {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
    pub fn after(mut self, seconds: u64) -> Page {
        self.after = Duration::from_secs(seconds);
        self
    }
}

#[derive(Default)]
struct Shared {
    pages: BTreeMap<String, Page>,
    requests: Vec<String>,
}

/// The server. Paths are keys; for a proxy the whole address is.
#[derive(Clone)]
pub struct Server {
    shared: Arc<Mutex<Shared>>,
    pub address: String,
}

impl Server {
    pub async fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Mutex::new(Shared::default()));
        let server = Server { shared: shared.clone(), address };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        server
    }

    pub fn set(&self, path: &str, page: Page) {
        self.shared.lock().unwrap().pages.insert(path.to_owned(), page);
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Requests since the last call: `GET /path`, with the names of conditional headers.
    pub fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.lock().unwrap().requests)
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Mutex<Shared>>) {
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    while !head.windows(4).any(|w| w == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(n) => head.extend_from_slice(&buffer[..n]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let header = |name: &str| {
        head.lines().find_map(|l| {
            let (n, v) = l.split_once(':')?;
            n.eq_ignore_ascii_case(name).then(|| v.trim().to_owned())
        })
    };
    let page = {
        let mut shared = shared.lock().unwrap();
        let marks: Vec<&str> =
            ["if-none-match", "if-modified-since"].into_iter().filter(|n| header(n).is_some()).collect();
        shared.requests.push(format!("GET {target} {}", marks.join(" ")).trim().to_owned());
        shared.pages.get(&target).cloned()
    };
    let page = page.unwrap_or_else(|| self::page("nothing here").status(404));
    tokio::time::sleep(page.after).await;
    let etag = page.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case("etag")).map(|(_, v)| v.clone());
    let same = etag.is_some() && header("if-none-match") == etag;
    let (status, body) = if same { (304, Vec::new()) } else { (page.status, page.body) };
    let mut answer =
        format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
    for (name, value) in &page.headers {
        answer.push_str(&format!("{name}: {value}\r\n"));
    }
    answer.push_str("\r\n");
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.write_all(&body).await;
    let _ = stream.shutdown().await;
}
