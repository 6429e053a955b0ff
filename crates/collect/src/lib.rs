//! Sources to captures: plan, politeness, web, feeds, sitemaps, lists.
