//! The digest of everything derived, and the check of every quote.

use crate::schema::DERIVED;
use crate::{Error, Ledger};
use headwater_model::{Analysis, Article, Evidence};
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

/// At most this many faults are told; more say nothing new.
const MAX_FAULTS: usize = 100;

impl Ledger {
    /// SHA-256 over every row of every derived table in the order of its key, as 32 hexadecimal digits.
    /// Where in the archive a record stands, and the order in which articles came, are not part of it.
    pub fn digest(&self) -> Result<String, Error> {
        let mut hash = Sha256::new();
        for (table, order) in DERIVED {
            hash.update(table.as_bytes());
            let mut statement = self.db.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
            let kept: Vec<usize> = statement
                .column_names()
                .enumerate()
                .filter(|(_, name)| !["seq", "segment", "offset"].contains(name))
                .map(|(at, _)| at)
                .collect();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for &at in &kept {
                    update(&mut hash, row.get_ref(at)?);
                }
            }
        }
        Ok(hash.finalize()[..16].iter().map(|b| format!("{b:02x}")).collect())
    }

    /// Holds every piece of evidence against its text. Returns how many there are and what is wrong.
    pub fn check_quotes(&self) -> Result<(u64, Vec<String>), Error> {
        let (mut count, mut faults) = (0, Vec::new());
        self.articles_after(0, |_, article, analysis| {
            each_evidence(article, analysis, &mut |evidence| {
                count += 1;
                if !evidence.holds_in(article.part(evidence.part())) && faults.len() < MAX_FAULTS {
                    let (url, span, quote) = (&article.url, evidence.span(), evidence.quote());
                    faults.push(format!("{url}: {quote:?} does not stand at {}..{}", span.start, span.end));
                }
            });
        })?;
        let mut cited = 0;
        let mut groups = Vec::new();
        self.each_group(|group| groups.push(group))?;
        for group in groups {
            for mention in &group.mentions {
                cited += 1;
                let article = self.article_of(&mention.capture)?;
                let holds =
                    article.is_some_and(|(a, _)| mention.evidence.holds_in(a.part(mention.evidence.part())));
                if !holds && faults.len() < MAX_FAULTS {
                    faults.push(format!(
                        "claim {}: {:?} does not stand in {}",
                        group.id,
                        mention.evidence.quote(),
                        mention.url
                    ));
                }
            }
        }
        Ok((count + cited, faults))
    }
}

fn update(hash: &mut Sha256, value: ValueRef) {
    let bytes = match value {
        ValueRef::Null => Vec::new(),
        ValueRef::Integer(i) => i.to_le_bytes().to_vec(),
        ValueRef::Real(r) => r.to_le_bytes().to_vec(),
        ValueRef::Text(t) | ValueRef::Blob(t) => t.to_vec(),
    };
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

/// Tells every piece of evidence of an article and its analysis.
fn each_evidence(article: &Article, analysis: &Analysis, tell: &mut dyn FnMut(&Evidence)) {
    article.notices.iter().for_each(|n| tell(&n.evidence));
    article.links.iter().filter_map(|l| l.evidence.as_ref()).for_each(&mut *tell);
    article.doubts.iter().chain(&analysis.doubts).filter_map(|d| d.evidence.as_ref()).for_each(&mut *tell);
    analysis.entities.iter().for_each(|e| tell(&e.evidence));
    analysis.dates.iter().for_each(|d| tell(&d.evidence));
    analysis.attributions.iter().for_each(|a| tell(&a.evidence));
    for quantity in
        analysis.quantities.iter().chain(analysis.claims.iter().filter_map(|c| c.quantity.as_ref()))
    {
        tell(&quantity.evidence);
        quantity.scope.iter().for_each(&mut *tell);
    }
    for claim in &analysis.claims {
        tell(&claim.evidence);
        claim.fillers.iter().for_each(|f| tell(&f.evidence));
        claim.attribution.iter().for_each(|a| tell(&a.evidence));
    }
}
