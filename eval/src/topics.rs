//! ECB+ topics 1–35 as a stream of documents, with a label for each topic and each of its two events.

use headwater_knowledge::Lexicon;
use headwater_model::capture::DOCUMENT_TYPE;
use headwater_model::{Capture, CaptureId, Change, Hints};
use headwater_track::Tracker;
use headwater_track::joining::Tables;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Where they stand in the unpacked corpora.
pub const FOLDER: &str = "stories/ecbplus";

/// One document.
pub struct Document {
    /// Name of its file.
    pub name: String,
    /// Number of its topic.
    pub topic: u32,
    /// Its topic and which of the two events.
    pub label: String,
    /// Its first sentence.
    pub title: String,
    /// The others.
    pub text: String,
}

/// What the tracker makes of a stream of documents.
pub struct Told {
    /// The captures, in the order of the documents.
    pub captures: Vec<CaptureId>,
    /// The story of each.
    pub stories: Vec<String>,
    /// The tracker afterwards.
    pub tracker: Tracker,
}

/// Gives documents in the corpus's order and in another that mixes all topics, each by its name.
pub fn each_order(mut documents: Vec<Document>, mut give: impl FnMut(&str, &[Document])) {
    give("corpus order", &documents);
    documents.sort_by_key(|d| headwater_model::id::digest(&[d.name.as_bytes()]));
    give("mixed order", &documents);
}

/// Traces documents in their order, by tables of what joins a story.
pub fn run(documents: &[Document], tables: Tables) -> Told {
    let lexicon = Lexicon::new(headwater_knowledge::embedded());
    let mut tracker = Tracker::new(Arc::new(lexicon.knowledge().clone()));
    tracker.join_by(tables);
    let mut story_of: BTreeMap<CaptureId, String> = BTreeMap::new();
    let mut captures = Vec::new();
    for document in documents {
        let url = format!("https://news.example/{}", document.name);
        let article =
            headwater_extract::extract(&capture(&url, "2012-01-10", &document.title, &document.text));
        let analysis = headwater_analyse::analyse(&article, &lexicon);
        captures.push(article.capture.clone());
        for change in tracker.step(&article, &analysis, 200).changes {
            if let Change::Story(story) = change {
                for member in &story.articles {
                    story_of.insert(member.clone(), story.id.to_string());
                }
            }
        }
    }
    let stories =
        captures.iter().map(|c| story_of.get(c).cloned().unwrap_or_else(|| c.to_string())).collect();
    Told { captures, stories, tracker }
}

/// A document as a capture of a day later than its publication.
pub fn capture(url: &str, published: &str, title: &str, text: &str) -> Capture {
    let body = serde_json::json!({ "url": url, "published": published, "title": title, "text": text });
    Capture {
        url: url.to_owned(),
        captured: format!("{published}T23:00:00Z").parse().unwrap_or_default(),
        status: 200,
        content_type: Some(DOCUMENT_TYPE.into()),
        body: body.to_string().into_bytes(),
        hints: Hints::default(),
    }
}

/// B³ precision and recall.
pub fn b_cubed(documents: &[Document], clusters: &[String]) -> (f64, f64) {
    let same = |i: usize, j: usize| documents[i].label == documents[j].label;
    let (mut precision, mut recall) = (0.0, 0.0);
    let n = documents.len();
    for i in 0..n {
        let cluster: Vec<usize> = (0..n).filter(|&j| clusters[j] == clusters[i]).collect();
        let right = cluster.iter().filter(|&&j| same(i, j)).count() as f64;
        precision += right / cluster.len() as f64;
        recall += right / (0..n).filter(|&j| same(i, j)).count() as f64;
    }
    (precision / n as f64, recall / n as f64)
}

/// All documents, in the order of the topics.
pub fn read(folder: &Path) -> anyhow::Result<Vec<Document>> {
    let mut documents = Vec::new();
    for topic in 1..=35 {
        let path = folder.join(topic.to_string());
        let Ok(entries) = std::fs::read_dir(&path) else { continue };
        let mut names: Vec<String> = entries.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
        names.retain(|name| name.ends_with(".xml"));
        names.sort();
        for name in names {
            let xml = std::fs::read_to_string(path.join(&name))?;
            documents.push(document(topic, name, &xml));
        }
    }
    Ok(documents)
}

fn document(topic: u32, name: String, xml: &str) -> Document {
    let plus = name.contains("plus");
    let mut sentences: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for part in xml.split("<token ").skip(1) {
        let Some((attributes, rest)) = part.split_once('>') else { continue };
        let sentence = attributes.split("sentence=\"").nth(1).and_then(|s| s.split('"').next()?.parse().ok());
        let word = rest.split("</token>").next().unwrap_or_default();
        let word =
            word.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        sentences.entry(sentence.unwrap_or(0)).or_default().push(word);
    }
    if plus {
        // The page's address.
        sentences.remove(&0);
    }
    let mut lines = sentences.into_values().map(|words| words.join(" "));
    let title = lines.next().unwrap_or_default();
    let label = format!("{topic}{}", if plus { "plus" } else { "" });
    let text = lines.collect::<Vec<_>>().join("\n");
    // A document of one sentence is a text without a headline.
    let (title, text) = if text.is_empty() { (String::new(), title) } else { (title, text) };
    Document { name, topic, label, title, text }
}
