//! The pages in a real Chromium, over the sample newsroom. `cargo xtask test` runs these; they need
//! `chromium` and `chromedriver` on the PATH.

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts `headwater demo` and reads the address of its pages.
fn demo(folder: &std::path::Path) -> (Running, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_headwater"))
        .args(["demo", "--port", "0", "--dir"])
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let running = Running(child);
    let address = out
        .lines()
        .map_while(Result::ok)
        .find_map(|line| {
            line.split_whitespace().find(|w| w.starts_with("http://127.0.0.1:")).map(str::to_owned)
        })
        .expect("demo prints the address of its pages");
    (running, address.trim_end_matches('/').to_owned())
}

fn driver(port: u16) -> Running {
    let child = Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).spawn();
    Running(child.expect("chromedriver is installed: `cargo xtask test` does it"))
}

async fn client(port: u16, width: u32, height: u32, dark: bool) -> Client {
    let profile = tempfile::tempdir().unwrap().keep();
    let scheme = if dark { 0 } else { 1 };
    let arguments = json!([
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        format!("--user-data-dir={}", profile.display()),
        format!("--window-size={width},{height}"),
        format!("--blink-settings=preferredColorScheme={scheme}"),
    ]);
    let mut capabilities = serde_json::Map::new();
    capabilities.insert("goog:chromeOptions".into(), json!({ "args": arguments }));
    capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
    for _ in 0..50 {
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        builder.capabilities(capabilities.clone());
        if let Ok(client) = builder.connect(&format!("http://127.0.0.1:{port}")).await {
            return client;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("chromedriver does not answer on port {port}");
}

async fn text(client: &Client, selector: &str) -> String {
    client
        .find(Locator::Css(selector))
        .await
        .unwrap_or_else(|e| panic!("{selector}: {e}"))
        .text()
        .await
        .unwrap()
}

async fn number(client: &Client, script: &str) -> i64 {
    client.execute(&format!("return {script}"), vec![]).await.unwrap().as_i64().unwrap()
}

/// The address of the claim with the most drift: the one that the front page shows first.
async fn striking_claim(client: &Client, base: &str) -> String {
    client.goto(base).await.unwrap();
    let link =
        client.find(Locator::Css("main a[href^='/claim/']")).await.expect("the front page leads to a claim");
    format!("{base}{}", link.attr("href").await.unwrap().unwrap())
}

#[tokio::test]
#[ignore = "needs Chromium; `cargo xtask test` runs it"]
async fn pages_show_content_at_every_width() {
    let folder = tempfile::tempdir().unwrap();
    let (_demo, base) = demo(folder.path());
    let _driver = driver(9515);
    for (width, dark) in [(1280, false), (390, true)] {
        let client = client(9515, width, 900, dark).await;
        let claim = striking_claim(&client, &base).await;
        let pages = ["/", "/stories", "/measures", "/lists", "/sources", "/search?q=%E5%8D%8E%E4%B8%BA"]
            .map(|p| format!("{base}{p}"));
        for page in pages.iter().chain([&claim]) {
            client.goto(page).await.unwrap();
            assert!(text(&client, "main").await.len() > 80, "{page} is empty");
            assert!(
                text(&client, "body").await.to_lowercase().contains("sample"),
                "{page} does not say that it is a sample"
            );
            let overflow = number(&client, "document.documentElement.scrollWidth - window.innerWidth").await;
            assert!(overflow <= 1, "{page} is {overflow} px too wide at {width}");
            assert_eq!(number(&client, "document.scripts.length").await, 0, "{page} has a script");
        }
        let dark_background = number(&client, "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0,3).reduce((a, b) => a + +b, 0)").await;
        assert_eq!(dark_background < 300, dark, "background sums to {dark_background}");
        client.close().await.unwrap();
    }
}

#[tokio::test]
#[ignore = "needs Chromium; `cargo xtask test` runs it"]
async fn the_tracing_page_pictures_chain_drift_and_quotes() {
    let folder = tempfile::tempdir().unwrap();
    let (_demo, base) = demo(folder.path());
    let _driver = driver(9516);
    let client = client(9516, 1280, 1340, false).await;
    let claim = striking_claim(&client, &base).await;
    client.goto(&claim).await.unwrap();
    let nodes = number(&client, "document.querySelectorAll('#trace a').length").await;
    assert!(nodes >= 2, "{nodes} nodes are drawn");
    assert!(number(&client, "document.querySelectorAll('.drift').length").await > 0, "no drift is shown");
    assert!(!client.find_all(Locator::Css("blockquote, q")).await.unwrap().is_empty(), "no quotes");
    if std::env::var_os("HEADWATER_PICTURE").is_none() {
        client.close().await.unwrap();
        return;
    }
    let picture = client.screenshot().await.unwrap();
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tracing.png"), picture).unwrap();
}

#[tokio::test]
#[ignore = "needs Chromium; `cargo xtask test` runs it"]
async fn the_keyboard_reaches_what_the_mouse_reaches() {
    let folder = tempfile::tempdir().unwrap();
    let (_demo, base) = demo(folder.path());
    let _driver = driver(9517);
    let client = client(9517, 1280, 900, false).await;
    client.goto(&base).await.unwrap();
    let body = client.find(Locator::Css("body")).await.unwrap();
    body.send_keys("\u{e004}").await.unwrap();
    let focused = client.active_element().await.unwrap();
    assert!(
        focused.attr("href").await.unwrap().unwrap_or_default().starts_with('#'),
        "the first stop skips to the content"
    );
    let outline =
        number(&client, "parseInt(getComputedStyle(document.activeElement).outlineWidth) || 0").await;
    assert!(outline > 0, "the focus is not visible");
    client.close().await.unwrap();
}
