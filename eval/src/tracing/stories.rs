//! Stories on ECB+ (`headwater_eval::topics`), streamed in the corpus's order and in another that mixes all topics.

use crate::{Context, floors, floors::Figure};
use headwater_eval::topics::{self, FOLDER};
use headwater_track::joining::Tables;
use std::path::Path;

pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    if !context.wants("ecb+ stories", FOLDER) {
        return Ok(Vec::new());
    }
    let folder = context.data.join(FOLDER);
    let corpus = floors::corpus_digest(&folder)?;
    let mut figures = Vec::new();
    topics::each_order(topics::read(&folder)?, |order, documents| {
        let (precision, recall) =
            topics::b_cubed(documents, &topics::run(documents, Tables::default()).stories);
        let f = 2.0 * precision * recall / (precision + recall);
        for (measure, value, peer) in [
            ("B3 F", f, Some("TF-IDF average link .882, single pass .855")),
            ("B3 precision", precision, None),
            ("B3 recall", recall, None),
        ] {
            let measure = format!("{measure}, {order}");
            figures.push(Figure::new("ecb+ stories", measure, value, documents.len(), &corpus).beside(peer));
        }
    });
    Ok(figures)
}

/// Names and texts of all documents, titles first.
pub fn texts(data: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let documents = topics::read(&data.join(FOLDER))?;
    Ok(documents.into_iter().map(|d| (d.name, format!("{}\n{}", d.title, d.text))).collect())
}
