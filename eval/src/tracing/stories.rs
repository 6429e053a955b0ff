//! Stories on ECB+: topics 1–35, a label for each topic and each of its two events, streamed in the
//! corpus's order and in another that mixes all topics.

use crate::{Context, floors, floors::Figure};
use headwater_model::Change;
use headwater_track::Tracker;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const FOLDER: &str = "stories/ecbplus";

struct Document {
    name: String,
    label: String,
    title: String,
    text: String,
}

pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    if !context.wants("ecb+ stories", FOLDER) {
        return Ok(Vec::new());
    }
    let folder = context.data.join(FOLDER);
    let corpus = floors::corpus_digest(&folder)?;
    let mut documents = read(&folder)?;
    let mut figures = Vec::new();
    for order in ["corpus order", "mixed order"] {
        if order == "mixed order" {
            documents.sort_by_key(|d| headwater_model::id::digest(&[d.name.as_bytes()]));
        }
        let (precision, recall) = b_cubed(&documents, &stream(&documents));
        let f = 2.0 * precision * recall / (precision + recall);
        for (measure, value, peer) in [
            ("B3 F", f, Some("TF-IDF average link .882, single pass .855")),
            ("B3 precision", precision, None),
            ("B3 recall", recall, None),
        ] {
            let measure = format!("{measure}, {order}");
            figures.push(Figure::new("ecb+ stories", measure, value, documents.len(), &corpus).beside(peer));
        }
    }
    Ok(figures)
}

/// Names and texts of all documents, titles first.
pub fn texts(data: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let documents = read(&data.join(FOLDER))?;
    Ok(documents.into_iter().map(|d| (d.name, format!("{}\n{}", d.title, d.text))).collect())
}

fn stream(documents: &[Document]) -> Vec<String> {
    let lexicon = super::lexicon();
    let mut tracker = Tracker::new(Arc::new(lexicon.knowledge().clone()));
    let mut story_of: BTreeMap<String, String> = BTreeMap::new();
    let mut captures = Vec::new();
    for document in documents {
        let url = format!("https://news.example/{}", document.name);
        let capture = super::document(&url, "2012-01-10", &document.title, &document.text);
        let article = headwater_extract::extract(&capture);
        let analysis = headwater_analyse::analyse(&article, &lexicon);
        captures.push(article.capture.to_string());
        for change in tracker.step(&article, &analysis, 200).changes {
            if let Change::Story(story) = change {
                for member in &story.articles {
                    story_of.insert(member.to_string(), story.id.to_string());
                }
            }
        }
    }
    captures.into_iter().map(|c| story_of.get(&c).cloned().unwrap_or(c)).collect()
}

fn b_cubed(documents: &[Document], clusters: &[String]) -> (f64, f64) {
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

fn read(folder: &Path) -> anyhow::Result<Vec<Document>> {
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
    Document { name, label, title, text }
}
