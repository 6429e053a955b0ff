//! Of which ledger a search index is.

use crate::{CODE_VERSION, Error, Workspace};
use headwater_ledger::Ledger;
use headwater_model::id::digest;
use headwater_search::Index;

/// What an index that holds everything up to article number `seq` was made from: knowledge, code, and that article.
/// An index that states another origin is of another ledger, whatever number it states.
pub(crate) fn origin(ledger: &Ledger, knowledge_digest: &str, seq: u64) -> Result<String, Error> {
    let article = ledger.article_numbered(seq)?;
    let article = article.as_ref().map_or("", |capture| capture.as_str());
    Ok(digest(&[knowledge_digest.as_bytes(), CODE_VERSION.as_bytes(), article.as_bytes()]))
}

/// What the next run has to put into the index, in words.
pub(crate) fn pending(
    workspace: &Workspace,
    ledger: &Ledger,
    knowledge_digest: &str,
) -> Result<Option<String>, Error> {
    let standing = match Index::open(&workspace.index())? {
        Some(index) => index.standing()?,
        None => None,
    };
    let (seq, origin) = standing.unwrap_or_default();
    if seq > 0 && origin != self::origin(ledger, knowledge_digest, seq)? {
        return Ok(Some("the search index is of another ledger".into()));
    }
    let missing = ledger.count_after(seq)?;
    Ok((missing > 0).then(|| format!("{missing} articles are not yet in the search index")))
}
