//! Searches over a small index, through the public surface.

use headwater_model::{Article, EntityId, PageKind};
use headwater_search::{Filter, Index};
use std::ops::Range;
use std::path::Path;

fn article(n: usize, day: &str, language: &str, title: &str, text: &str) -> Article {
    let captured = format!("{day}T12:00:00Z").parse().unwrap();
    Article {
        title: title.into(),
        language: language.into(),
        text: text.into(),
        ..Article::new(format!("c{n}").as_str().into(), format!("http://a.example/{n}"), captured)
    }
}

/// Four articles; the last two name Huawei.
fn filled(folder: &Path) -> Index {
    let mut index = Index::open_or_create(folder).unwrap();
    index
        .add(
            &article(
                1,
                "2026-06-01",
                "en",
                "Export controls widen",
                "The agency adds chips to the control list.",
            ),
            &[],
        )
        .unwrap();
    index
        .add(
            &article(
                2,
                "2026-06-02",
                "zh-Hans",
                "出口管制公告",
                "商务部发布出口管制公告，自公布之日起施行。",
            ),
            &[],
        )
        .unwrap();
    index
        .add(&article(3, "2026-06-03", "zh-Hant", "華為新聞", "華為宣布投資晶片工廠。"), &["huawei".into()])
        .unwrap();
    index
        .add(
            &article(4, "2026-06-04", "en", "A fund", "Huawei invests in a factory; import rules stay."),
            &["huawei".into()],
        )
        .unwrap();
    index.commit(4, "a").unwrap();
    index
}

fn names_in(text: &str) -> Vec<(Range<usize>, Vec<EntityId>)> {
    let found = ["Huawei", "华为", "華為"].iter().find_map(|n| Some((text.find(n)?, n.len())));
    found.map(|(at, len)| (at..at + len, vec!["huawei".into()])).into_iter().collect()
}

#[test]
fn queries_find_what_people_mean() {
    let folder = tempfile::tempdir().unwrap();
    let index = filled(folder.path());
    let check = |typed: &str, expected: &[&str]| {
        let hits = index.search(typed, &Filter::default(), 10, 0, &names_in).unwrap();
        let mut found: Vec<&str> = hits.hits.iter().map(|h| h.capture.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{typed}");
        assert_eq!(hits.total, expected.len());
    };
    check("export control", &["c1"]);
    check("出口管制", &["c2"]);
    check("出口管製", &["c2"]);
    check("出口 公告", &["c2"]);
    check("管制公告", &["c2"]);
    check("华为", &["c3", "c4"]);
    check("華為", &["c3", "c4"]);
    check("Huawei factory", &["c4"]);
    check("Huawei -factory", &["c3"]);
    check("\"control list\"", &["c1"]);
    check("\"list chips control agency\"", &[]);
    check("\"list control\"", &[]);
    check("\"the control list\"", &["c1"]);
    check("\"管制公告\"", &["c2"]);
    check("\"公告管制\"", &[]);
    check("\"布之日\"", &["c2"]);
    check("\"公告 自公布\"", &["c2"]);
    check("important", &[]);
    check("出口管制公告 OR factory", &["c2", "c4"]);
    check("Huawei OR control", &["c1", "c3", "c4"]);
    check("Huawei OR agency list", &["c1"]);
    check("\"control list\" OR \"import rules\"", &["c1", "c4"]);
    check("OR Huawei OR", &["c3", "c4"]);
    check("title:fund", &["c4"]);
    check("Title:fund", &["c4"]);
    check("title:factory", &[]);
    check("title:\"controls widen\"", &["c1"]);
    check("site:a.example Huawei", &["c3", "c4"]);
    check("site:http://A.example/4 Huawei", &["c3", "c4"]);
    check("site:b.example", &[]);
    check("-site:a.example", &[]);
    check("-title:fund factory", &[]);
    // A mark that nothing closes is none.
    check("\"control agency", &["c1"]);
    check("", &["c1", "c2", "c3", "c4"]);
    for strange in ["\"", "-", "AND OR (", "title:\"", "((((", "\\", "*:*"] {
        index.search(strange, &Filter::default(), 10, 0, &names_in).unwrap();
    }
}

#[test]
fn other_spellings_and_figures() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = Index::open_or_create(folder.path()).unwrap();
    let british = "The ministry's licence covers 120,000 tonnes for a data centre that it authorised.";
    index.add(&article(1, "2026-06-01", "en", "A licence", british), &[]).unwrap();
    index.add(&article(2, "2026-06-02", "zh-Hant", "配額", "今年配額約12萬顆，去年3萬顆。"), &[]).unwrap();
    let american = "A license for 121000 units; the data center authorizes nobody.";
    index.add(&article(3, "2026-06-03", "en", "A license", american), &[]).unwrap();
    index.commit(3, "a").unwrap();
    for (typed, expected) in [
        ("license", vec!["c1", "c3"]),
        ("licences", vec!["c1", "c3"]),
        ("\"data center\"", vec!["c1", "c3"]),
        ("120000", vec!["c1"]),
        ("120,000", vec!["c1"]),
        ("121,000", vec!["c3"]),
        ("authorized", vec!["c1"]),
        ("12万", vec!["c2"]),
        ("12萬顆", vec!["c2"]),
        ("3万颗", vec!["c2"]),
        ("2万", vec![]),
    ] {
        let hits = index.search(typed, &Filter::default(), 10, 0, &|_| Vec::new()).unwrap();
        let mut found: Vec<&str> = hits.hits.iter().map(|h| h.capture.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{typed}");
        assert!(hits.hits.iter().all(|hit| !hit.snippet.marked.is_empty()), "{typed}");
    }
}

#[test]
fn filters_and_snippets() {
    let folder = tempfile::tempdir().unwrap();
    let index = filled(folder.path());
    let filter = Filter { since: "2026-06-04".parse().ok(), ..Filter::default() };
    assert_eq!(index.search("Huawei", &filter, 10, 0, &names_in).unwrap().total, 1);
    let filter = Filter { language: Some("zh".into()), ..Filter::default() };
    let hits = index.search("華為", &filter, 10, 0, &names_in).unwrap();
    let hit = &hits.hits[0];
    assert_eq!((hit.day.as_str(), hit.title.as_str()), ("2026-06-03", "華為新聞"));
    assert_eq!(&hit.snippet.text[hit.snippet.marked[0].clone()], "華為");
}

#[test]
fn an_address_is_found_once_and_what_is_no_article_only_on_demand() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = filled(folder.path());
    let again = |n: usize, day: &str, text: &str| Article {
        url: "http://a.example/1".into(),
        ..article(n, day, "en", "Export controls widen", text)
    };
    let gone =
        Article { page_kind: PageKind::Error, ..again(6, "2026-06-06", "The control list is not here.") };
    index.add(&again(5, "2026-06-05", "The agency adds chips and tools to the control list."), &[]).unwrap();
    index.add(&gone, &[]).unwrap();
    index.commit(6, "a").unwrap();
    let search = |typed: &str, filter: Filter| {
        let found = index.search(typed, &filter, 10, 0, &names_in).unwrap();
        let hits: Vec<(String, usize)> =
            found.hits.iter().map(|h| (h.capture.to_string(), h.editions)).collect();
        assert_eq!(found.total, hits.len());
        hits
    };
    assert_eq!(search("control list", Filter::default()), [("c5".to_owned(), 2)]);
    assert_eq!(search("tools", Filter::default()), [("c5".to_owned(), 1)]);
    let everything = Filter { everything: true, ..Filter::default() };
    assert_eq!(search("control list", everything), [("c6".to_owned(), 3)]);
    let newest = Filter { newest: true, ..Filter::default() };
    let order: Vec<String> = search("", newest).into_iter().map(|(capture, _)| capture).collect();
    assert_eq!(order, ["c5", "c4", "c3", "c2"]);
    assert!(search("*", Filter::default()).is_empty(), "a sign asks for nothing");
    assert_eq!(index.language("zh-Hant").unwrap(), Ok("zh".to_owned()));
    assert!(index.language("xx").unwrap().is_err_and(|why| why.contains("en, zh")));
}

#[test]
fn an_article_is_replaced_and_the_place_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = filled(folder.path());
    index.add(&article(1, "2026-06-01", "en", "Changed", "Nothing about it."), &[]).unwrap();
    index.commit(5, "b").unwrap();
    drop(index);
    let index = Index::open(folder.path()).unwrap().unwrap();
    assert_eq!(index.standing().unwrap(), Some((5, "b".to_owned())));
    assert_eq!(index.search("export", &Filter::default(), 10, 0, &names_in).unwrap().total, 0);
    assert_eq!(index.search("changed", &Filter::default(), 10, 0, &names_in).unwrap().total, 1);
}

#[test]
fn any_number_of_hits_may_be_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let index = filled(folder.path());
    for (limit, offset, hits) in [
        (usize::MAX, 0, 4),
        (10_000_000_000_000, 0, 4),
        (2, 3, 1),
        (20, usize::MAX, 0),
        (20, 10_000_000_000_000, 0),
        (usize::MAX, usize::MAX, 0),
    ] {
        let found = index.search("", &Filter::default(), limit, offset, &names_in).unwrap();
        assert_eq!((found.total, found.hits.len()), (4, hits), "{limit} from {offset}");
    }
}

#[test]
fn looking_for_an_index_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("index");
    assert!(Index::open(&absent).unwrap().is_none());
    assert!(!absent.exists());
}

#[test]
fn an_index_that_was_cleared_holds_only_what_came_after() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = filled(folder.path());
    index.clear().unwrap();
    index.add(&article(7, "2026-06-07", "en", "Anew", "From the beginning."), &[]).unwrap();
    index.commit(1, "c").unwrap();
    let found = index.search("", &Filter::default(), 10, 0, &names_in).unwrap();
    assert_eq!(found.hits.iter().map(|h| h.capture.as_str()).collect::<Vec<_>>(), ["c7"]);
}

#[cfg(unix)]
#[test]
fn whoever_may_read_the_folder_may_read_the_index() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let made = folder.path().join("made-for-comparison");
    std::fs::write(&made, "").unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap().path();
        assert_eq!(mode(&file), mode(&made), "{}", file.display());
    }
}
