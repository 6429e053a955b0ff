//! The understanding suite: names, figures and dates, voices, leads, claims.

mod claims;
mod leads;
mod names;
mod quantities;
mod voices;

use crate::{Context, floors::Figure};

/// Measures every set that is there.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let mut figures = quantities::measure(context)?;
    figures.extend(names::measure(context)?);
    figures.extend(voices::measure(context)?);
    figures.extend(leads::measure(context)?);
    figures.extend(claims::measure(context)?);
    Ok(figures)
}
