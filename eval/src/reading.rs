//! The reading suite: main text, what a page says of itself, and publication dates, on real pages.

mod dates;
mod fields;
mod layouts;
mod main_text;
mod pages;
mod written;

use crate::{Context, floors::Figure};

/// Measures every set that is there.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let mut figures = main_text::aeb(context)?;
    figures.extend(main_text::trafilatura(context)?);
    figures.extend(main_text::readability(context)?);
    figures.extend(layouts::measure(context)?);
    figures.extend(written::measure(context)?);
    figures.extend(dates::measure(context)?);
    Ok(figures)
}
