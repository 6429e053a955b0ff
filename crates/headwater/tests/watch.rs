//! A watch goes on by itself: past other processes, new sources and new knowledge, and asks no host for its rules twice.
#![allow(clippy::disallowed_methods, reason = "a test waits for another process, but not for ever")]

mod program;

use program::command;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A site on loopback that writes down what it is asked for: any `/X.xml` is a feed of the page `/X`.
struct Site {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn start() -> Site {
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let noted = asked.clone();
        let address = program::site(move |path, address| {
            noted.lock().unwrap().push(path.to_owned());
            let body = match path.strip_suffix(".xml") {
                Some(page) => format!("<rss version='2.0'><channel><title>Wire</title><item><title>Crane</title><link>{address}{page}</link></item></channel></rss>"),
                None if path == "/robots.txt" => String::new(),
                None => "<html><body><article><h1>Crane</h1><p>The port sold a crane on Tuesday.</p></article></body></html>".to_owned(),
            };
            ("200 OK", "text/html", body)
        });
        Site { address, asked }
    }

    fn times(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == path).count()
    }
}

/// A source that is due again at once.
fn add_source(workspace: &Path, name: &str, site: &Site) {
    let url = format!("{}/{name}.xml", site.address);
    let source =
        format!("[[source]]\nid = '{name}'\nname = '{name}'\nurl = '{url}'\nkind = 'feed'\ninterval = 0\n");
    std::fs::write(workspace.join(format!("sources/{name}.toml")), source).unwrap();
}

struct Watch(Child);

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Watch {
    /// Waits until something is so, as long as the watch goes on.
    fn until(&mut self, what: &str, mut is_so: impl FnMut() -> bool) {
        let begun = Instant::now();
        while !is_so() {
            assert!(self.0.try_wait().unwrap().is_none(), "the watch ended before {what}");
            assert!(begun.elapsed() < Duration::from_secs(120), "never: {what}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

#[test]
fn a_watch_goes_on() {
    let site = Site::start();
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("watch");
    command(&workspace, &["init"]).output().unwrap();
    let settings = "[collect.fetch]\nallow_private = true\ndelay = 0.0\n";
    std::fs::write(workspace.join("headwater.toml"), settings).unwrap();
    add_source(&workspace, "one", &site);
    std::fs::create_dir_all(workspace.join("archive")).unwrap();
    let lock = std::fs::File::create(workspace.join("archive/lock")).unwrap();
    lock.try_lock().unwrap();

    let mut watch = Watch(command(&workspace, &["collect", "--watch"]).spawn().unwrap());
    let said = Arc::new(Mutex::new(String::new()));
    let (stderr, lines) = (watch.0.stderr.take().unwrap(), said.clone());
    std::thread::spawn(move || {
        BufReader::new(stderr).lines().map_while(Result::ok).for_each(|l| *lines.lock().unwrap() += &l);
    });
    watch.until("it says that it waits", || said.lock().unwrap().contains("by another process; waiting"));
    assert_eq!(site.times("/one"), 0);
    add_source(&workspace, "two", &site);
    drop(lock);
    watch.until("both sources are asked", || site.times("/one") == 1 && site.times("/two") == 1);
    watch.until("they are asked again", || site.times("/one.xml") >= 2 && site.times("/two.xml") >= 2);
    assert_eq!(site.times("/robots.txt"), 1);

    let entity = "[[entity]]\nid = 'harbour'\nkind = 'agency'\nen = 'Harbour Office'\nhans = '港口办公室'\n";
    std::fs::write(workspace.join("knowledge/harbour.toml"), entity).unwrap();
    // A round may be under way.
    watch.until("the ledger is made anew", || {
        command(&workspace, &["rebuild"]).output().unwrap().status.success()
    });
    let rounds = site.times("/one.xml");
    watch.until("it goes on from the new ledger", || site.times("/one.xml") >= rounds + 2);
}

#[test]
fn settings_out_of_range_are_named() {
    let folder = tempfile::tempdir().unwrap();
    command(folder.path(), &["init"]).output().unwrap();
    std::fs::write(folder.path().join("headwater.toml"), "[collect.fetch]\ntimeout = 1e30\n").unwrap();
    let output = command(folder.path(), &["collect"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("headwater.toml is not right: collect.fetch.timeout = 1"), "{said}");
}
