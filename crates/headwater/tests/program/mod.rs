//! The program as a person has it: its commands, and its pages over HTTP.
#![allow(dead_code, reason = "each file of tests uses what it needs")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

/// A command in a workspace, whose output is kept.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headwater"));
    command.arg("--dir").arg(folder).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command in a workspace.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// What a command prints; it must end well.
pub fn told(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The exit code of a command and what it says about it.
pub fn refused(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(folder, arguments);
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// Makes a workspace of documents, one JSON object a line.
pub fn workspace(folder: &Path, documents: &[serde_json::Value]) {
    let lines: Vec<String> = documents.iter().map(ToString::to_string).collect();
    told(folder, &["init"]);
    std::fs::write(folder.join("documents.jsonl"), lines.join("\n")).unwrap();
    told(folder, &["import", folder.join("documents.jsonl").to_str().unwrap()]);
}

/// The pages of a workspace, served while the value lives.
pub struct Pages {
    server: Child,
    address: String,
}

impl Pages {
    /// Serves a workspace.
    pub fn of(folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_headwater"));
        command.arg("--dir").arg(folder).args(["serve", "--port", "0"]).stdout(Stdio::piped());
        let mut server = command.spawn().unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines().map_while(Result::ok);
        let address = lines.find_map(|line| {
            let word = line.split_whitespace().find_map(|w| w.strip_prefix("http://"))?;
            Some(word.trim_end_matches('/').to_owned())
        });
        Pages { server, address: address.unwrap() }
    }

    /// Asks for a path: the status, and the answer with its head.
    pub fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or_else(|| panic!("{path}: {answer}")), answer)
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// What a site says of a path: status, type and body.
pub type Page = (&'static str, &'static str, String);

/// A site on loopback, which answers until the test ends: its address, and what it says by path and address.
pub fn site(page: impl Fn(&str, &str) -> Page + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (own, page) = (address.clone(), Arc::new(page));
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let (own, page) = (own.clone(), page.clone());
            std::thread::spawn(move || answer(stream, |path| page(path, &own)));
        }
    });
    address
}

fn answer(mut stream: TcpStream, page: impl Fn(&str) -> Page) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        let mut header = String::new();
        while reader.read_line(&mut header)? > 2 {
            header.clear();
        }
        let (status, kind, body) = page(first.split_whitespace().nth(1).unwrap_or("/"));
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
    }
}
