//! Fetching over real HTTP on loopback: redirects, rules, bounds, refusals.

mod server;

use headwater_collect::{FetchError, FetchSettings, Fetched, Fetcher, Step, Validators};
use server::{Server, page};
use std::io::Write;

fn settings() -> FetchSettings {
    FetchSettings { delay: 0.0, allow_private: true, timeout: 2.0, ..FetchSettings::default() }
}

async fn fetch_with(settings: FetchSettings, url: &str) -> Result<Fetched, FetchError> {
    Fetcher::new(settings).unwrap().fetch(url, &Validators::default(), None).await
}

async fn failing_step(settings: FetchSettings, url: &str) -> (Step, String) {
    let error = fetch_with(settings, url).await.unwrap_err();
    (error.step, error.message)
}

#[tokio::test]
async fn a_page_comes_with_all_that_the_archive_needs() {
    let server = Server::start().await;
    server.set("/a", page("半导体").header("Content-Type", "text/html; charset=gbk").header("ETag", "\"1\""));
    let fetched = fetch_with(settings(), &server.url("/a#part")).await.unwrap();
    assert_eq!((fetched.status, fetched.http_version.as_str()), (200, "HTTP/1.1"));
    assert_eq!(
        (fetched.url.as_str(), fetched.body.as_slice()),
        (server.url("/a").as_str(), "半导体".as_bytes())
    );
    assert_eq!(fetched.content_type(), Some("text/html; charset=gbk"));
    let sent = |name: &str| {
        fetched.request_headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).unwrap().1.clone()
    };
    assert!(sent("user-agent").starts_with("Headwater/"));
    assert!(server.address.ends_with(&sent("host")));
    assert_eq!(server.requests(), ["GET /robots.txt", "GET /a"]);
}

#[tokio::test]
async fn redirects_are_followed_and_told() {
    let server = Server::start().await;
    server.set("/old", page("").status(301).header("Location", "/newer"));
    server.set("/newer", page("").status(308).header("Location", "new#x"));
    server.set("/new", page("here"));
    server.set("/round", page("").status(302).header("Location", "/round"));
    server.set("/out", page("").status(302).header("Location", "file:///etc/passwd"));
    server.set("/brief", page("").status(302).header("Location", "/new"));
    let fetched = fetch_with(settings(), &server.url("/old")).await.unwrap();
    assert_eq!(fetched.redirects.iter().map(|r| r.status).collect::<Vec<_>>(), [301, 308]);
    assert_eq!(fetched.moved_to(), Some(server.url("/new").as_str()));
    assert_eq!(fetch_with(settings(), &server.url("/brief")).await.unwrap().moved_to(), None);
    assert_eq!(failing_step(settings(), &server.url("/round")).await.0, Step::Redirect);
    assert_eq!(failing_step(settings(), &server.url("/out")).await.0, Step::Address);
}

#[tokio::test]
async fn an_unchanged_page_is_told_by_the_address_that_gave_the_sign() {
    let server = Server::start().await;
    // The old address has an ETag of its own by now, which happens to be the new one's.
    server.set("/old", page("").status(301).header("Location", "/new"));
    server.set("/new", page("here").header("ETag", "\"1\""));
    let fetcher = Fetcher::new(settings()).unwrap();
    let validators =
        fetcher.fetch(&server.url("/old"), &Validators::default(), None).await.unwrap().validators();
    let again = fetcher.fetch(&server.url("/old"), &validators, None).await.unwrap();
    assert_eq!((again.status, again.url.as_str()), (304, server.url("/new").as_str()));
    server.set("/old", page("another page").header("ETag", "\"1\""));
    let other = fetcher.fetch(&server.url("/old"), &validators, None).await.unwrap();
    assert_eq!((other.status, other.body.as_slice()), (200, &b"another page"[..]));
    // What an address gave of its own is not shown to where it leads now.
    let own = other.validators();
    server.set("/old", page("").status(301).header("Location", "/new"));
    assert_eq!(fetcher.fetch(&server.url("/old"), &own, None).await.unwrap().status, 200);
}

#[tokio::test]
async fn times_out_of_range_are_refused_before_anything_is_asked() {
    for wrong in [
        FetchSettings { delay: f64::INFINITY, ..settings() },
        FetchSettings { timeout: 1e30, ..settings() },
        FetchSettings { max_wait: f64::NAN, ..settings() },
        FetchSettings { connect_timeout: -1.0, ..settings() },
    ] {
        let error = Fetcher::new(wrong).err().expect("it cannot be used");
        assert!(error.message.contains("must be 0 to 86400 seconds"), "{error}");
    }
}

#[tokio::test]
async fn robots_txt_is_obeyed() {
    let server = Server::start().await;
    server.set("/robots.txt", page("User-agent: *\nDisallow: /private\n"));
    server.set("/private/a", page("secret"));
    let (step, message) = failing_step(settings(), &server.url("/private/a")).await;
    assert_eq!((step, message.as_str()), (Step::Robots, "robots.txt forbids /private/a"));
    assert_eq!(server.requests(), ["GET /robots.txt"]);
    // A server out of order may have rules that we cannot see.
    server.set("/robots.txt", page("").status(500));
    assert_eq!(failing_step(settings(), &server.url("/a")).await.0, Step::Robots);
}

#[tokio::test]
async fn sizes_and_times_are_bounded() {
    let server = Server::start().await;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![0; 8 << 20]).unwrap();
    server.set("/bomb", page(packed.finish().unwrap()).header("Content-Encoding", "gzip"));
    server.set("/big", page(vec![b'x'; 3 << 20]));
    server.set("/slow", page("late").after(30));
    let tight = || FetchSettings { max_body: 2 << 20, max_decoded: 4 << 20, timeout: 0.5, ..settings() };
    let (step, message) = failing_step(tight(), &server.url("/bomb")).await;
    assert_eq!(step, Step::Body);
    assert!(message.contains("4 MiB when unpacked"), "{message}");
    assert_eq!(failing_step(tight(), &server.url("/big")).await.0, Step::Body);
    assert_eq!(failing_step(tight(), &server.url("/slow")).await.0, Step::Answer);
}

#[tokio::test]
async fn packed_bodies_are_unpacked() {
    let server = Server::start().await;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all("半导体".as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    server.set("/a", page(packed).header("Content-Encoding", "gzip"));
    let fetched = fetch_with(settings(), &server.url("/a")).await.unwrap();
    assert_eq!(fetched.body, "半导体".as_bytes());
}

#[tokio::test]
async fn private_addresses_are_refused() {
    let server = Server::start().await;
    server.set("/a", page("inside"));
    let public_only = || FetchSettings { allow_private: false, ..settings() };
    assert_eq!(failing_step(public_only(), &server.url("/a")).await.0, Step::Address);
    let port = server.address.rsplit(':').next().unwrap();
    for name in ["localhost", "localhost.", "[::1]", "127.1", "0.0.0.0"] {
        let url = format!("http://{name}:{port}/a");
        assert_eq!(failing_step(public_only(), &url).await.0, Step::Address, "{url}");
    }
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn failures_name_their_step() {
    assert_eq!(failing_step(settings(), "ftp://a.example/").await.0, Step::Address);
    assert_eq!(failing_step(settings(), "no address").await.0, Step::Address);
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    assert_eq!(failing_step(settings(), &format!("http://{address}/")).await.0, Step::Connect);
    let plain = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = plain.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = plain.accept().await {
            let _ =
                tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 no TLS here\r\n\r\n").await;
        }
    });
    let (step, message) = failing_step(settings(), &format!("https://{address}/")).await;
    assert_eq!(step, Step::Tls, "{message}");
}

#[tokio::test]
async fn a_proxy_serves_names_that_nobody_else_knows() {
    let proxy = Server::start().await;
    proxy.set("http://paper.example/a", page("by proxy"));
    proxy.set("http://paper.example/robots.txt", page("User-agent: *\nDisallow: /no"));
    let proxied = || FetchSettings { proxy: Some(proxy.address.clone()), allow_private: false, ..settings() };
    let fetched = fetch_with(proxied(), "http://paper.example/a").await.unwrap();
    assert_eq!((fetched.url.as_str(), fetched.body.as_slice()), ("http://paper.example/a", &b"by proxy"[..]));
    assert_eq!(failing_step(proxied(), "http://paper.example/no").await.0, Step::Robots);
    assert_eq!(proxy.requests()[0], "GET http://paper.example/robots.txt");
}

#[tokio::test]
async fn a_host_that_asks_to_wait_is_left_alone() {
    let server = Server::start().await;
    server.set("/busy", page("").status(503).header("Retry-After", "600"));
    server.set("/a", page("x"));
    let fetcher = Fetcher::new(settings()).unwrap();
    let busy = fetcher.fetch(&server.url("/busy"), &Validators::default(), None).await.unwrap();
    assert_eq!(busy.retry_after().unwrap().as_secs(), 600);
    server.requests();
    let error = fetcher.fetch(&server.url("/a"), &Validators::default(), None).await.unwrap_err();
    assert!(error.message.contains("asks not to be asked"), "{error}");
    assert!(error.retry_after.unwrap().as_secs() > 500);
    assert_eq!(server.requests(), Vec::<String>::new());
}
