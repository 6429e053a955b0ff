//! Page kinds on small pages of our own, with precision and recall a kind.

mod captured;

use captured::capture;
use headwater_extract::extract;
use headwater_model::Capture;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Cases {
    page: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    kind: String,
    #[serde(default = "ok")]
    status: u16,
    html: String,
}

fn ok() -> u16 {
    200
}

const PROSE_EN: &str = "<p>The committee met on Tuesday in the old town hall and heard eleven witnesses, among them the heads of two makers of memory chips and a customs officer from the port.</p><p>Most of them said that the rules of March had come too fast, and that forms which nobody could fill in had kept goods on the quay for weeks; the officer said that half of the forms had been empty.</p><p>A decision is to follow in the autumn. Until then the old rules hold, with two exceptions that the committee listed at the end of the session.</p>";
const PROSE_ZH: &str = "<p>会议于周二举行，共有十一名代表发言，其中包括两家存储芯片企业的负责人和一名港口海关官员。多数代表认为三月出台的规定过于仓促，表格难以填写，货物因此在码头滞留数周。</p><p>海关官员则表示，一半以上的申报表没有填写关键栏目。主管部门将在秋季作出决定，在此之前沿用原有规定，并保留两项例外。</p>";

/// Our own lines of a list: dates and headlines.
fn items(template: &str, eastern: bool) -> String {
    let (subjects, verbs): (&[&str], &[&str]) = if eastern {
        (
            &["示例部", "海关", "标准委", "数据局"],
            &["发布进口申报新规", "就芯片清单征求意见", "公布第二批企业名单", "调整设备许可期限"],
        )
    } else {
        (
            &["Ministry", "Customs", "Regulator", "Council"],
            &[
                "issues new import rules",
                "asks for views on the chip list",
                "names a second group of firms",
                "extends licences for equipment",
            ],
        )
    };
    let lines = (0..16).map(|n| {
        let headline = format!("{}{}{}", subjects[n % 4], if eastern { "" } else { " " }, verbs[n / 4]);
        template.replace("@N", &n.to_string()).replace("@H", &headline)
    });
    lines.collect()
}

fn filled(html: &str) -> String {
    html.replace("@@PROSE_EN@@", PROSE_EN)
        .replace("@@PROSE_ZH@@", PROSE_ZH)
        .replace("@@LINKS_EN@@", &items("<li><a href=/n/@N>@H</a> <span>June @N, 2026</span></li>", false))
        .replace("@@LINKS_ZH@@", &items("<li><a href=/n/@N.html>@H</a><span>2026-06-@N</span></li>", true))
        .replace("@@TEASERS_EN@@", &items("<div class=card><h3><a href=/n/@N>@H</a></h3><p>Three lines of a teaser say what the report is about.</p></div>", false))
        .replace("@@TEASERS_ZH@@", &items("<div class=item><h3><a href=/n/@N>@H</a></h3><p>本文介绍有关情况。</p></div>", true))
}

#[test]
fn kinds_of_pages() {
    let cases: Cases = toml::from_str(include_str!("kinds.toml")).expect("kinds.toml is right");
    let mut counts: BTreeMap<String, (u32, u32, u32)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in &cases.page {
        let page = capture("text/html; charset=utf-8", filled(&case.html));
        let article = extract(&Capture { status: case.status, ..page });
        let found = article.page_kind.to_string();
        if found == case.kind {
            counts.entry(found).or_default().0 += 1;
        } else {
            let reason = article.page_kind_reason.unwrap_or_default();
            wrong.push(format!("{found} ({reason}) for {}: {:.90}", case.kind, case.html));
            counts.entry(found).or_default().1 += 1;
            counts.entry(case.kind.clone()).or_default().2 += 1;
        }
    }
    let rate = |hit: u32, miss: u32| f64::from(hit) / f64::from((hit + miss).max(1));
    let table = counts.iter().map(|(kind, (hit, surplus, missed))| {
        format!(
            "{kind:<10} precision {:.2} recall {:.2} of {}",
            rate(*hit, *surplus),
            rate(*hit, *missed),
            hit + missed
        )
    });
    let table: Vec<String> = table.collect();
    assert!(wrong.is_empty(), "{}\n{}", table.join("\n"), wrong.join("\n"));
}
