//! Why the feed reader does not do what some files of feedparser's suite expect.

/// Beginnings of file names, and the reason.
const REASONS: &[(&str, &str)] = &[
    (
        "wellformed/namespace/",
        "inline SVG and MathML in the sanitiser's own spelling: attributes sorted, others cut",
    ),
    ("wellformed/rss/item_description_", "embedded HTML in the sanitiser's own spelling"),
    ("wellformed/atom10/missing_quote", "embedded HTML in the sanitiser's own spelling"),
    ("wellformed/atom10/qna", "embedded HTML in the sanitiser's own spelling"),
    ("wellformed/atom10/tag_in_attr", "embedded HTML in the sanitiser's own spelling"),
    ("wellformed/sgml/", "embedded HTML in the sanitiser's own spelling"),
    (
        "encoding/demoronize-3",
        "HTML reads the reference as a quotation mark, and so do we; the suite spells it as another reference",
    ),
    (
        "wellformed/base/feed_link_xml_base_iri",
        "addresses are kept in the ASCII form in which they are asked",
    ),
    ("wellformed/base/rel_uri_with_unicode", "addresses are kept in the ASCII form in which they are asked"),
    ("wellformed/itunes/", "blanks around a word are not part of it"),
    ("wellformed/geo/", "projected coordinates are kept in the order in which they stand"),
    ("wellformed/media-rss/media_group", "words of a media restriction are kept as one text"),
    ("entities/lang.xml", "HTML 5 gave this name to another angle bracket"),
    ("entities/rang.xml", "HTML 5 gave this name to another angle bracket"),
    (
        "encoding/bozo_http_i18n",
        "the suite follows RFC 3023; RFC 7303 (2014) ended its rule that text/xml means ASCII, so nothing is wrong here",
    ),
    (
        "encoding/bozo_linenoise",
        "UTF-8 with one broken byte: the Unicode standard replaces that byte, the suite reads all of it as Latin",
    ),
];

/// The reason for a miss, if it has one.
pub fn reason(name: &str) -> Option<&'static str> {
    REASONS.iter().find(|(start, _)| name.starts_with(start)).map(|(_, why)| *why)
}
