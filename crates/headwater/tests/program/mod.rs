//! The program as a person has it: its commands, and its pages over HTTP.
#![allow(dead_code, reason = "each file of tests uses what it needs")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// Runs a command in a workspace.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_headwater")).arg("--dir").arg(folder).args(arguments).output().unwrap()
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
