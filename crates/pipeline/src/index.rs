//! Of which ledger a search index is, and what has not reached ledger and index yet.

use crate::{CODE_VERSION, Error, Workspace};
use headwater_archive::Archive;
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

/// Whether the archive holds anything that is not in the ledger yet.
pub fn is_behind(workspace: &Workspace, ledger: &Ledger) -> Result<bool, Error> {
    let position = ledger.position()?.unwrap_or_default();
    Ok(Archive::open(&workspace.archive()).entries_after(position)?.next().is_some_and(|entry| entry.is_ok()))
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
