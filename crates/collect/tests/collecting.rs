//! Whole rounds over real HTTP on loopback: what is fetched, when again, and how sources fare.

mod server;

use headwater_collect::{
    Captured, CollectSettings, Collector, Due, FetchSettings, Outcome, Sink, Source, State, diagnose,
    discover, next_due,
};
use headwater_model::source::{Health, SourceKind};
use headwater_model::time::Timestamp;
use server::{Server, page};
use std::convert::Infallible;

fn settings() -> CollectSettings {
    let fetch = FetchSettings { delay: 0.0, allow_private: true, timeout: 2.0, ..FetchSettings::default() };
    CollectSettings { fetch, revisit_always: true, ..CollectSettings::default() }
}

/// One round: the captures, each with what became of it.
async fn round(sources: &[Source], state: &mut State) -> Vec<Captured> {
    round_with(settings(), sources, state).await
}

async fn round_with(settings: CollectSettings, sources: &[Source], state: &mut State) -> Vec<Captured> {
    let mut captured = Vec::new();
    let collector = Collector::new(settings).unwrap();
    let keep = |page: Captured| {
        captured.push(page);
        Ok::<(), Infallible>(())
    };
    collector.collect_once(sources, state, Due::All, keep).await.unwrap();
    captured
}

fn told(captured: &[Captured]) -> Vec<String> {
    let line = |c: &Captured| {
        let path = c.url.splitn(4, '/').nth(3).unwrap_or_default();
        let outcome = format!("{:?}", c.outcome);
        format!("{path} {}", outcome.split('(').next().unwrap())
    };
    captured.iter().map(line).collect()
}

fn feed(entries: &[&str]) -> String {
    let item = |e: &&str| {
        format!(
            "<item><title>On {e}</title><link>/{e}</link><pubDate>Tue, 09 Jun 2026 08:00:00 GMT</pubDate></item>"
        )
    };
    let items: String = entries.iter().map(item).collect();
    format!("<rss version='2.0'><channel><language>en</language>{items}</channel></rss>")
}

fn source(server: &Server, id: &str, path: &str, kind: SourceKind) -> Source {
    Source::new(id, id, &server.url(path), kind)
}

fn health(state: &State, source: &Source) -> (Health, String) {
    let state = state.source_state(source);
    (state.health, state.message)
}

#[tokio::test]
async fn pages_are_new_changed_unchanged_and_gone() {
    let server = Server::start().await;
    server.set("/feed", page(feed(&["1", "2", "3"])).header("ETag", "\"f1\""));
    server.set("/1", page("one").header("ETag", "\"p1\""));
    server.set("/2", page("two"));
    server.set("/3", page("three"));
    let sources = [source(&server, "a", "/feed", SourceKind::Feed)];
    let mut state = State::default();
    let first = round(&sources, &mut state).await;
    assert_eq!(told(&first), ["1 New", "2 New", "3 New"]);
    assert_eq!(first[0].hints.title.as_deref(), Some("On 1"));
    assert_eq!(first[0].hints.published.as_deref(), Some("2026-06-09T08:00:00Z"));
    assert_eq!((first[0].position, first[0].total), (1, 3));
    assert_eq!(health(&state, &sources[0]).0, Health::Ok);
    server.requests();

    server.set("/2", page("two, corrected"));
    server.set("/3", page("").status(404));
    let second = round(&sources, &mut state).await;
    assert_eq!(told(&second), ["1 Unchanged", "2 Changed", "3 Gone"]);
    assert_eq!(second[0].earlier, first[0].fetched.as_ref().map(|f| f.started));
    assert_eq!(second[1].hints.title.as_deref(), Some("On 2"));
    let requests = server.requests();
    assert!(requests.contains(&"GET /feed if-none-match".to_owned()), "{requests:?}");
    assert!(requests.contains(&"GET /1 if-none-match".to_owned()), "{requests:?}");

    server.set("/3", page("three"));
    server.set("/feed", page(feed(&["4", "1"])));
    server.set("/4", page("four"));
    assert_eq!(
        told(&round(&sources, &mut state).await),
        ["4 New", "1 Unchanged", "2 Unchanged", "3 Changed"]
    );
}

#[tokio::test]
async fn without_a_reason_nothing_is_fetched_twice() {
    let server = Server::start().await;
    server.set("/feed", page(feed(&["1"])));
    server.set("/1", page("one"));
    let sources = [source(&server, "a", "/feed", SourceKind::Feed)];
    let mut state = State::default();
    let calm = || CollectSettings { revisit_always: false, ..settings() };
    assert_eq!(told(&round_with(calm(), &sources, &mut state).await), ["1 New"]);
    assert_eq!(round_with(calm(), &sources, &mut state).await, []);
    assert!(next_due(&sources, &state).unwrap() > state.sources["a"].checked.unwrap());
    let hasty = CollectSettings { revisit_after_hours: vec![0, 1], ..calm() };
    assert_eq!(told(&round_with(hasty.clone(), &sources, &mut state).await), ["1 Unchanged"]);
    assert_eq!(round_with(hasty, &sources, &mut state).await, []);
}

#[tokio::test]
async fn the_order_is_that_of_the_sources() {
    let (slow, fast) = (Server::start().await, Server::start().await);
    slow.set("/feed", page(feed(&["1", "2"])));
    slow.set("/1", page("one").after(1));
    slow.set("/2", page("two"));
    fast.set("/feed", page(feed(&["9", "8", "7", "6", "5"])));
    for path in ["/9", "/8", "/7", "/6", "/5"] {
        fast.set(path, page(path));
    }
    let sources =
        [source(&slow, "z", "/feed", SourceKind::Feed), source(&fast, "a", "/feed", SourceKind::Feed)];
    let captured = round(&sources, &mut State::default()).await;
    assert_eq!(told(&captured), ["1 New", "2 New", "9 New", "8 New", "7 New", "6 New", "5 New"]);
}

#[tokio::test]
async fn no_host_waits_for_another_to_be_through() {
    let hosts = [Server::start().await, Server::start().await, Server::start().await];
    let paths: Vec<String> = (0..20).map(|n| n.to_string()).collect();
    let listed: Vec<&str> = paths.iter().map(String::as_str).collect();
    let mut sources = Vec::new();
    for (n, host) in hosts.iter().enumerate() {
        host.set("/feed", page(feed(&listed)));
        listed.iter().for_each(|path| host.set(&format!("/{path}"), page(*path)));
        sources.push(source(host, &n.to_string(), "/feed", SourceKind::Feed));
    }
    let fetch = FetchSettings { delay: 0.1, ..settings().fetch };
    let captured = round_with(CollectSettings { fetch, ..settings() }, &sources, &mut State::default()).await;
    let started = |host: &Server, path: &str| {
        let page = captured.iter().find(|c| c.url == host.url(path)).unwrap();
        page.fetched.as_ref().unwrap().started
    };
    assert_eq!(captured.len(), 60);
    for host in &hosts {
        for other in &hosts {
            assert!(started(host, "/12") < started(other, "/19"));
        }
    }
    // The order is fixed all the same, however fast each answers.
    let order = |at: usize| hosts.iter().position(|host| captured[at].url.starts_with(&host.address));
    assert_eq!([0, 8, 16, 24, 32, 40, 48, 52, 56, 59].map(order), [0, 1, 2, 0, 1, 2, 0, 1, 2, 2].map(Some));
}

#[tokio::test]
async fn the_same_page_from_two_sources_is_fetched_once() {
    let server = Server::start().await;
    server.set("/feed", page(feed(&["1"])));
    server.set("/other", page(feed(&["1", "2"])));
    server.set("/1", page("one"));
    server.set("/2", page("two"));
    let sources =
        [source(&server, "a", "/feed", SourceKind::Feed), source(&server, "b", "/other", SourceKind::Feed)];
    assert_eq!(told(&round(&sources, &mut State::default()).await), ["1 New", "2 New"]);
}

#[tokio::test]
async fn how_sources_fare() {
    let server = Server::start().await;
    server.set("/robots.txt", page("User-agent: Headwater\nDisallow: /closed"));
    server.set("/empty", page(feed(&[])));
    server.set("/html", page("<!DOCTYPE html><html><title>Welcome</title></html>"));
    server.set("/wall", page("<!DOCTYPE html><html><title>Just a moment...</title></html>"));
    server.set("/forbidden", page("no").status(403));
    server.set("/old", page("").status(301).header("Location", "/new"));
    server.set("/new", page(feed(&["1"])));
    server.set("/1", page("one"));
    server.set("/walled", page(feed(&["w"])));
    server.set("/w", page("<html><title>Security check</title>Verify you are human</html>"));
    let mut state = State::default();
    let mut check = async |path: &str, expected: Health, words: &str| {
        let source = source(&server, path.trim_start_matches('/'), path, SourceKind::Feed);
        round(std::slice::from_ref(&source), &mut state).await;
        let (health, message) = health(&state, &source);
        assert_eq!(health, expected, "{path}: {message}");
        assert!(message.contains(words), "{path}: {message}");
    };
    check("/empty", Health::Empty, "lists nothing").await;
    check("/html", Health::Failing, "parse: it is an HTML page, not a feed").await;
    check("/wall", Health::Blocked, "bot wall").await;
    check("/forbidden", Health::Blocked, "403").await;
    check("/closed", Health::Blocked, "robots.txt forbids").await;
    check("/old", Health::Moved, &server.url("/new")).await;
    check("/missing", Health::Failing, "404").await;
    check("/walled", Health::Blocked, "its pages cannot be fetched").await;
}

#[tokio::test]
async fn a_source_is_judged_by_all_pages_that_it_lists() {
    let server = Server::start().await;
    server.set("/feed", page(feed(&["1", "2"])));
    server.set("/1", page("one"));
    server.set("/2", page("").status(500));
    server.set("/other", page(feed(&["2", "gone"])));
    server.set("/gone", page("").status(404));
    let sources = [
        source(&server, "a", "/feed", SourceKind::Feed),
        source(&server, "b", "/other", SourceKind::Feed),
        source(&server, "c", "/2", SourceKind::Page),
    ];
    let mut state = State::default();
    for round in 0..3 {
        let collector = Collector::new(settings()).unwrap();
        let keep = |_: Captured| Ok::<(), Infallible>(());
        let came = collector.collect_once(&sources, &mut state, Due::All, keep).await.unwrap();
        assert_eq!(
            health(&state, &sources[0]).0,
            Health::Ok,
            "round {round}: one dead link is no failing feed"
        );
        assert_eq!(
            health(&state, &sources[1]).0,
            Health::Failing,
            "round {round}: no page that it lists can be had"
        );
        assert_eq!(
            health(&state, &sources[2]).0,
            Health::Failing,
            "round {round}: its only page cannot be had"
        );
        let named = |path: &str| came.troubles.iter().any(|t| t.starts_with(&server.url(path)));
        assert!(round > 0 || (named("/2") && named("/gone") && !named("/1")), "{:?}", came.troubles);
    }
}

#[tokio::test]
async fn a_source_that_was_blocked_recovers() {
    let server = Server::start().await;
    server.set("/feed", page("").status(403));
    server.set("/1", page("one"));
    let sources = [source(&server, "a", "/feed", SourceKind::Feed)];
    let mut state = State::default();
    round(&sources, &mut state).await;
    assert_eq!(health(&state, &sources[0]).0, Health::Blocked);
    server.set("/feed", page(feed(&["1"])));
    round(&sources, &mut state).await;
    assert_eq!(health(&state, &sources[0]), (Health::Ok, String::new()));
}

#[tokio::test]
async fn lists_sitemaps_and_single_pages() {
    let server = Server::start().await;
    let entry = |n: u32| format!("<li><a href='/{n}'>Notice number {n}</a> 2026-06-0{n}</li>");
    server.set(
        "/list",
        page(format!("<html>{}{}<a rel=next href='/list2'>more</a></html>", entry(1), entry(2))),
    );
    server.set("/list2", page(format!("<html>{}</html>", entry(3))));
    let part = |n: u32| format!("<urlset><url><loc>{}</loc></url></urlset>", server.url(&format!("/{n}")));
    server.set(
        "/index.xml",
        page(format!("<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>", server.url("/s.xml"))),
    );
    server.set("/s.xml", page(part(4)));
    for n in 1..=5 {
        server.set(&format!("/{n}"), page(format!("page {n}")));
    }
    let mut list = source(&server, "list", "/list", SourceKind::List);
    let rule =
        headwater_collect::ListRule { item: Some("li".into()), max_pages: Some(2), ..Default::default() };
    list.list = Some(rule);
    let sitemap = source(&server, "map", "/index.xml", SourceKind::Sitemap);
    let single = source(&server, "page", "/5", SourceKind::Page);
    let mut state = State::default();
    let sources = [list, sitemap, single];
    assert_eq!(told(&round(&sources, &mut state).await), ["1 New", "2 New", "3 New", "4 New", "5 New"]);
    server.set("/5", page("page 5, edited"));
    let calm = CollectSettings { revisit_always: false, ..settings() };
    assert_eq!(told(&round_with(calm, &sources, &mut state).await), ["5 Changed"]);
}

#[tokio::test]
async fn an_interrupted_round_goes_on_where_it_stopped() {
    let server = Server::start().await;
    server.set("/feed", page(feed(&["1", "2", "3"])));
    for path in ["/1", "/2", "/3"] {
        server.set(path, page(path));
    }
    let sources = [source(&server, "a", "/feed", SourceKind::Feed)];
    let mut state = State::default();
    let collector = Collector::new(CollectSettings { revisit_always: false, ..settings() }).unwrap();
    let mut taken = 0;
    let full = |_: Captured| {
        taken += 1;
        if taken == 2 { Err("the disk is full") } else { Ok(()) }
    };
    assert_eq!(collector.collect_once(&sources, &mut state, Due::All, full).await, Err("the disk is full"));
    let mut rest = Vec::new();
    let keep = |page: Captured| {
        rest.push(page);
        Ok::<(), Infallible>(())
    };
    collector.collect_once(&sources, &mut state, Due::All, keep).await.unwrap();
    assert_eq!(told(&rest), ["2 New", "3 New"]);
}

#[tokio::test]
async fn an_interrupted_round_asks_for_the_listing_again() {
    let server = Server::start().await;
    server.set("/feed", page(feed(&["1", "2"])).header("ETag", "\"f1\""));
    server.set("/1", page("one"));
    server.set("/2", page("two"));
    let sources = [source(&server, "a", "/feed", SourceKind::Feed)];
    let mut state = State::default();
    let full = |_: Captured| Err("the disk is full");
    let collector = Collector::new(settings()).unwrap();
    assert!(collector.collect_once(&sources, &mut state, Due::All, full).await.is_err());
    assert_eq!(told(&round(&sources, &mut state).await), ["1 New", "2 New"]);
}

/// What was kept when the collector remembered it.
struct Careful {
    taken: usize,
    kept: usize,
    memory: std::path::PathBuf,
}

impl Sink for Careful {
    type Error = Infallible;
    fn take(&mut self, _: Captured) -> Result<(), Infallible> {
        let remembered = State::load(&self.memory).unwrap().pages.len();
        assert!(remembered <= self.kept, "{remembered} pages are remembered, {} kept", self.kept);
        self.taken += 1;
        Ok(())
    }
    fn keep(&mut self) -> Result<(), Infallible> {
        self.kept = self.taken;
        Ok(())
    }
}

#[tokio::test]
async fn nothing_is_remembered_that_may_be_lost() {
    let server = Server::start().await;
    let paths: Vec<String> = (0..60).map(|n| n.to_string()).collect();
    server.set("/feed", page(feed(&paths.iter().map(String::as_str).collect::<Vec<_>>())));
    paths.iter().for_each(|path| server.set(&format!("/{path}"), page(path.as_str())));
    let sources = [source(&server, "a", "/feed", SourceKind::Feed)];
    let folder = tempfile::tempdir().unwrap();
    let memory = folder.path().join("collector.json");
    let collector = Collector::new(settings()).unwrap().with_checkpoint(memory.clone());
    let mut state = State::default();
    let sink = Careful { taken: 0, kept: 0, memory: memory.clone() };
    collector.collect_once(&sources, &mut state, Due::All, sink).await.unwrap();
    assert_eq!((state.pages.len(), State::load(&memory).unwrap().pages.len()), (60, 50));
}

/// Puts the last visits of all pages back in time.
fn hours_later(state: &mut State, hours: i64) {
    let back = |at: Timestamp| Timestamp::from_second(at.as_second() - hours * 3600).unwrap();
    state.pages.values_mut().for_each(|page| page.last = back(page.last));
}

#[tokio::test]
async fn an_outage_of_many_rounds_costs_no_page() {
    let server = Server::start().await;
    let down = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = down.local_addr().unwrap();
    drop(down);
    let busy = Server::start().await;
    let items = |urls: &[String]| {
        let item = |url: &String| format!("<item><title>x</title><link>{url}</link></item>");
        format!("<rss version='2.0'><channel>{}</channel></rss>", urls.iter().map(item).collect::<String>())
    };
    let urls: Vec<String> = (1..=5).map(|n| format!("http://{address}/{n}")).collect();
    server.set("/feed", page(items(&urls)));
    let closed: Vec<String> = (6..=7).map(|n| busy.url(&format!("/{n}"))).collect();
    server.set("/other", page(items(&closed)));
    busy.set("/6", page("").status(503));
    busy.set("/7", page("").status(429));
    let sources =
        [source(&server, "a", "/feed", SourceKind::Feed), source(&server, "b", "/other", SourceKind::Feed)];
    let calm = || CollectSettings { revisit_always: false, ..settings() };
    let mut state = State::default();
    for _ in 0..8 {
        let captured = round_with(calm(), &sources, &mut state).await;
        assert_eq!(captured.len(), 7, "{captured:?}");
        hours_later(&mut state, 24);
    }
    // The host that does not answer is asked three times a round, and less and less often.
    round_with(calm(), &sources, &mut state).await;
    assert_eq!(round_with(calm(), &sources, &mut state).await, []);
    hours_later(&mut state, 24);
    for path in ["/6", "/7"] {
        busy.set(path, page(path));
    }
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nup";
            let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 4096]).await;
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, answer).await;
        }
    });
    let captured = round_with(calm(), &sources, &mut state).await;
    assert_eq!(captured.len(), 7, "{captured:?}");
    assert!(captured.iter().all(|c| c.outcome == Outcome::New), "{captured:?}");
    // They are as young as pages that were reached at once.
    assert!(state.pages.values().all(|page| page.revisits == 0 && page.first == page.last));
}

#[tokio::test]
async fn pages_that_are_done_with_are_forgotten() {
    let server = Server::start().await;
    server.set("/feed", page(feed(&["1", "2"])));
    server.set("/1", page("one"));
    server.set("/2", page("two"));
    let sources = [source(&server, "a", "/feed", SourceKind::Feed)];
    let once = || CollectSettings { revisit_always: false, revisit_after_hours: Vec::new(), ..settings() };
    let mut state = State::default();
    round_with(once(), &sources, &mut state).await;
    let known = |state: &State| state.pages.len();
    server.set("/feed", page(feed(&["2"])));
    assert_eq!(round_with(once(), &sources, &mut state).await, []);
    assert_eq!(known(&state), 2, "one may be listed again tomorrow");
    hours_later(&mut state, 24 * 61);
    server.set("/feed", page("<!DOCTYPE html><html>out of order</html>"));
    round_with(once(), &sources, &mut state).await;
    assert_eq!(known(&state), 2, "a list that cannot be read says nothing");
    server.set("/feed", page(feed(&["2"])));
    assert_eq!(round_with(once(), &sources, &mut state).await, []);
    assert_eq!(state.pages.keys().map(String::as_str).collect::<Vec<_>>(), [server.url("/2")]);
}

#[tokio::test]
async fn failed_pages_are_tried_again_a_few_times() {
    let server = Server::start().await;
    server.set("/feed", page(feed(&["1"])));
    server.set("/1", page("").status(500));
    let sources = [source(&server, "a", "/feed", SourceKind::Feed)];
    let mut state = State::default();
    for _ in 0..5 {
        let captured = round(&sources, &mut state).await;
        assert!(matches!(captured[0].outcome, Outcome::Failed(..)), "{captured:?}");
    }
    assert_eq!(round(&sources, &mut state).await, []);
    // That its only page was given up does not make it well.
    assert_eq!(health(&state, &sources[0]).0, Health::Failing);
}

#[tokio::test]
async fn feeds_are_found_from_a_page() {
    let server = Server::start().await;
    server.set("/robots.txt", page(format!("Sitemap: {}", server.url("/map.xml"))));
    server.set("/map.xml", page(format!("<urlset><url><loc>{}</loc></url></urlset>", server.url("/1"))));
    server.set(
        "/",
        page("<html><head><link rel=alternate type='application/atom+xml' href='/f'></head></html>"),
    );
    server.set("/f", page(feed(&["1", "2"])));
    server.set("/blog/", page("<html>no feed named</html>"));
    server.set("/blog/rss.xml", page(feed(&["1"])));
    let collector = Collector::new(settings()).unwrap();
    let find = async |path: &str| {
        let found = discover(collector.fetcher(), &server.url(path)).await.unwrap();
        let line = |f: headwater_collect::Found| {
            format!("{} {} {} {}", &f.url[server.address.len()..], f.kind, f.entries, f.how)
        };
        found.into_iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(find("/").await, ["/f feed 2 named by the page", "/map.xml sitemap 1 named by robots.txt"]);
    assert_eq!(find("/f").await, ["/f feed 2 the address itself"]);
    assert_eq!(find("/blog/").await[0], "/blog/rss.xml feed 1 in a usual place");
}

#[tokio::test]
async fn the_doctor_names_the_failing_step() {
    let server = Server::start().await;
    server.set("/robots.txt", page("User-agent: *\nDisallow: /closed"));
    server.set("/good", page(feed(&["1"])).header("Content-Type", "application/rss+xml"));
    server.set("/html", page("<!DOCTYPE html><html></html>"));
    server.set("/empty", page(feed(&[])));
    server.set("/wall", page("<html><title>Robot check</title></html>"));
    let collector = Collector::new(settings()).unwrap();
    let check = async |path: &str, step: &str, ok: bool, words: &str| {
        let steps = diagnose(&source(&server, "a", path, SourceKind::Feed), collector.fetcher()).await;
        let last = steps.last().unwrap();
        assert_eq!((last.step.word(), last.ok), (step, ok), "{path}: {steps:?}");
        assert!(last.message.contains(words), "{path}: {last:?}");
        assert!(steps[..steps.len() - 1].iter().all(|s| s.ok), "{path}: {steps:?}");
    };
    check("/good", "newest date", true, "2026-06-09").await;
    check("/html", "parse", false, "HTML page, not a feed").await;
    check("/empty", "entries", false, "lists nothing").await;
    check("/wall", "status", false, "bot wall").await;
    check("/missing", "status", false, "404").await;
    check("/closed", "robots.txt", false, "forbids").await;
}
