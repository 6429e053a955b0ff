//! Small chains of retellings, and a tracker that is saved and restored on the way.

mod told;

use headwater_model::tracking::{ClaimGroup, Dimension, GroupState, NewsKind};
use headwater_model::{Capture, NodeId};
use headwater_track::Tracker;
use std::collections::BTreeSet;
use std::sync::Arc;
use told::{LEXICON, Told, page, told_of, tracker};

fn trace(captures: &[Capture]) -> Told {
    told_of(captures.iter().cloned())
}

/// A text with headline and day of publication as a capture, taken an hour before midnight.
fn document(url: &str, published: &str, title: &str, text: &str) -> Capture {
    told::document(url, published, &format!("{published}T23:00:00Z"), title, text)
}

const NORTH: &str = "https://north-chronicle.example/a";
const SOUTH: &str = "https://south-gazette.example/b";
const ZH: &str = "https://nanfang.example/c";

/// A report, its English and its Chinese retelling. The retellings name it as an outlet that no knowledge has.
fn retold() -> [Capture; 3] {
    let report = "Huawei has ordered 40,000 HBM chips from CXMT for its Ascend processors, two people familiar with the order said.\n\
                  The order is the largest of its kind, the people said.\nHuawei declined to comment.";
    let english = "Huawei has placed an order for 40,000 HBM chips with CXMT, the North Chronicle reported on Monday.\n\
                   The chips are meant for its Ascend processors.";
    let chinese = "据《北方纪事报》（North Chronicle）5月4日报道，华为已向长鑫存储订购4万颗HBM芯片，用于昇腾处理器。\n华为拒绝置评。";
    let mut captures = [
        document(NORTH, "2026-05-04", "Huawei orders 40,000 HBM chips from CXMT", report),
        document(SOUTH, "2026-05-05", "Huawei turns to CXMT for HBM, report says", english),
        document(ZH, "2026-05-05", "华为向长鑫存储订购4万颗HBM芯片", chinese),
    ];
    let site = serde_json::json!({
        "url": NORTH, "published": "2026-05-04", "title": "Huawei orders 40,000 HBM chips from CXMT",
        "text": report, "site_name": "North Chronicle",
    });
    captures[0].body = site.to_string().into_bytes();
    captures
}

#[test]
fn two_retellings_of_one_uncaptured_report_have_one_origin() {
    let [_, english, chinese] = retold();
    let told = trace(&[english, chinese]);
    let edges = told.derivations();
    assert_eq!(edges.len(), 2, "{edges:?}");
    assert!(edges.iter().all(|e| e.contains("citation unseen")), "{edges:?}");
    let shared: Vec<&NodeId> = told.edges.values().map(|e| &e.to).collect();
    assert_eq!(shared[0], shared[1], "one report, whatever the script of its name");
    let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == ZH)).unwrap();
    assert_eq!(group.independent_sources, 1);
}

/// The numbers at issue change; nothing else does.
#[test]
fn a_correction_on_the_same_address_replaces_the_figure_and_contradicts_its_copy() {
    let text = |n: u32| {
        format!(
            "SMIC will make {n},000 wafers for Huawei this year, two people close to SMIC said.\nSMIC declined to comment."
        )
    };
    let url = "https://www.reuters.com/technology/sample-correction";
    let mut later = document(url, "2026-05-06", "SMIC to make wafers for Huawei", &text(30));
    later.captured = "2026-05-08T10:00:00Z".parse().unwrap();
    let copy = "SMIC will make 90,000 wafers for Huawei this year, Reuters reported on Wednesday.";
    let told = trace(&[
        document(url, "2026-05-06", "SMIC to make wafers for Huawei", &text(90)),
        document(SOUTH, "2026-05-07", "SMIC to supply Huawei", copy),
        later,
    ]);
    let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == SOUTH)).unwrap();
    assert_eq!(group.state, GroupState::Corrected, "{:?}", group.mentions);
    assert!(group.conflicts.iter().any(|c| c.dimension == Dimension::Quantity));
    assert_eq!(group.independent_sources, 1);
}

/// What an edit leaves as it was is no mistake of those who had it from there, and the page stays where it first stood.
#[test]
fn an_edit_that_does_not_touch_the_claim_corrects_nobody() {
    let report = "Japan is considering restricting exports of photoresist to at least 12 Chinese chipmakers, two officials told the \
                  North Chronicle.\nShares in JSR fell 2 percent in Tokyo.";
    let retelling =
        "Japan has banned exports of photoresist to 12 Chinese chipmakers, according to the North Chronicle.";
    let source = |text: &str, captured: &str| Capture {
        captured: captured.parse().unwrap(),
        ..of_site("North Chronicle", NORTH, "2026-05-04", "Japan weighs curbs on photoresist", text)
    };
    let told = trace(&[
        source(report, "2026-05-04T08:00:00Z"),
        document(SOUTH, "2026-05-05", "Japan bans photoresist exports", retelling),
        source(&report.replace("2 percent", "3 percent"), "2026-05-06T08:00:00Z"),
    ]);
    let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == SOUTH)).unwrap();
    assert!(group.conflicts.is_empty(), "{:?}", group.conflicts);
    assert_eq!(group.state, GroupState::Stands);
    assert_eq!(group.mentions[0].url, NORTH, "an edited page stands where it was first captured");
    assert!(group.drift.iter().any(|d| d.dimension == Dimension::Modality), "{:?}", group.drift);
}

/// What was denied and then done stands: not where it is only told once more what was denied.
#[test]
fn what_is_done_after_its_denial_stands() {
    let weighed =
        "Mexico is considering a ban on imports of Chinese steel, two officials told the North Chronicle.";
    let denial = "Mexico's economy ministry denied on Wednesday that it was considering a ban on imports of Chinese steel.";
    for (day, after, stands) in [
        (
            "2026-05-12",
            "Mexico has banned imports of Chinese steel, its economy ministry said on Tuesday.",
            true,
        ),
        (
            "2026-05-07",
            "Mexico is considering a ban on imports of Chinese steel, the North Chronicle reported.",
            false,
        ),
    ] {
        let told = trace(&[
            of_site("North Chronicle", NORTH, "2026-05-04", "Mexico weighs ban on Chinese steel", weighed),
            document(SOUTH, "2026-05-06", "Mexico denies plan to ban Chinese steel", denial),
            document("https://east-times.example/s", day, "Mexico and Chinese steel", after),
        ]);
        let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == NORTH)).unwrap();
        assert_eq!(group.state != GroupState::Denied, stands, "{after} {:?}", group.mentions);
        assert_eq!(
            group.reasons.iter().any(|r| r.rule == "done_after_denial"),
            stands,
            "{:?}",
            group.reasons
        );
    }
}

/// What people told a newsroom is its own, and what was published later than an article is no source of it.
#[test]
fn neither_a_rival_nor_a_later_page_is_the_source() {
    let scoop = "Australia will build 15 submarines at Osborne, two officials told the North Chronicle.";
    let own = "Australia will build 12 submarines at Osborne, Defence Minister Rob Hale said in an interview with the South Mail.";
    let told = trace(&[
        of_site("North Chronicle", NORTH, "2026-05-04", "Australia to build 15 submarines", scoop),
        of_site("South Mail", SOUTH, "2026-05-05", "Australia to build 12 submarines", own),
    ]);
    assert!(told.edges.is_empty(), "{:?}", told.edges);
    let leak = "The European Commission will propose a 30% gas storage target on Tuesday, according to a draft seen by the North Chronicle.";
    let act = "The European Commission today proposed a 35% gas storage target for all Member States.";
    let told = trace(&[
        of_site("North Chronicle", NORTH, "2026-05-04", "Commission to propose 30% gas storage target", leak),
        document(
            "https://ec.europa.eu/press/1",
            "2026-05-06",
            "Commission proposes 35% gas storage target",
            act,
        ),
    ]);
    assert!(!told.edges.values().any(|e| matches!(e.to, NodeId::Capture(_))), "{:?}", told.edges);
}

/// Who denies that something is done does not deny that it is weighed, nor another figure.
#[test]
fn a_denial_of_what_a_retelling_made_of_it_leaves_the_report_standing() {
    for (report, retelling, denial) in [
        (
            "Japan is considering requiring Tokyo Electron to obtain licences before it ships etchers to China, two officials \
             told the North Chronicle.",
            "Japan has banned Tokyo Electron from shipping etchers to China, the North Chronicle reported.",
            "Japan denied on Friday that it had banned Tokyo Electron from shipping etchers to China.",
        ),
        (
            "Wuhan is considering a chip fund of up to 20 billion yuan, two officials told the North Chronicle.",
            "Wuhan has set up a chip fund of 50 billion yuan, the North Chronicle reported.",
            "Wuhan denied on Friday that it had set up a chip fund of 50 billion yuan.",
        ),
    ] {
        let told = trace(&[
            of_site("North Chronicle", NORTH, "2026-05-04", "A plan is weighed", report),
            document(SOUTH, "2026-05-05", "A plan is done", retelling),
            document("https://east-times.example/d", "2026-05-08", "A denial", denial),
        ]);
        let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == NORTH)).unwrap();
        assert_ne!(group.state, GroupState::Denied, "{report}");
    }
    let weighs = "Japan is planning to ban exports of photoresist to 12 Chinese chipmakers, two officials told the North Chronicle.";
    for denial in [
        "Japan denied that it had any intention of banning exports of photoresist to 12 Chinese chipmakers.",
        "Japan denied that there were any discussions on a ban of photoresist exports to 12 Chinese chipmakers.",
        "日本经济产业省周三否认了有关禁止向12家中国芯片企业出口光刻胶的报道。",
        "日本经济产业省周三否认已讨论禁止向12家中国芯片企业出口光刻胶。",
    ] {
        let told = trace(&[
            of_site(
                "North Chronicle",
                NORTH,
                "2026-05-04",
                "Japan plans to ban exports of photoresist",
                weighs,
            ),
            document(SOUTH, "2026-05-05", "A denial", denial),
        ]);
        let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == NORTH)).unwrap();
        let with = group.mentions.iter().any(|m| m.url == SOUTH);
        assert!(!with || group.state == GroupState::Denied, "{denial} {:?}", group.mentions);
    }
    let denial = "Huawei denied that it had ordered 40,000 HBM chips from CXMT.";
    let [report, ..] = retold();
    let told = trace(&[report, document(SOUTH, "2026-05-05", "Huawei denies order", denial)]);
    let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == NORTH)).unwrap();
    assert_eq!(group.state, GroupState::Denied, "{:?}", group.mentions);
}

#[test]
fn a_late_source_takes_the_place_of_the_uncaptured_report() {
    let text = "The US Commerce Department has told Nvidia to stop sales of H20 chips to Tencent, the Financial Times reported on Monday.";
    let report = "The US Commerce Department has told Nvidia to stop sales of H20 chips to Tencent, people briefed on the order said.";
    let mut late = document(
        "https://www.ft.com/content/sample",
        "2026-05-11",
        "Nvidia told to stop sales to Tencent",
        report,
    );
    late.captured = "2026-05-20T08:00:00Z".parse().unwrap();
    let told = trace(&[document(SOUTH, "2026-05-12", "Nvidia told to halt sales", text), late]);
    assert_eq!(told.derivations(), [format!("{SOUTH} citation https://www.ft.com/content/sample")]);
    assert!(told.news.iter().any(|n| n.kind == NewsKind::UnseenFound));
}

#[test]
fn a_source_captured_late_makes_one_claim_of_what_its_retellings_told_apart() {
    let report = "Huawei has ordered 40,000 HBM chips from CXMT for its Ascend processors, two people familiar with the order said.";
    let one = "CXMT is to ship 40,000 HBM chips to Huawei, the Financial Times reported on Monday.";
    let other = "据英国《金融时报》5月4日报道，华为已向长鑫存储订购4万颗HBM芯片。";
    let mut late =
        document("https://www.ft.com/content/sample", "2026-05-04", "Huawei orders HBM chips", report);
    late.captured = "2026-05-20T08:00:00Z".parse().unwrap();
    let told = trace(&[
        document(SOUTH, "2026-05-05", "Huawei turns to CXMT, report says", one),
        document(ZH, "2026-05-05", "华为订购HBM芯片", other),
        late.clone(),
    ]);
    let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == late.url)).unwrap();
    let pages: Vec<&str> = group.mentions.iter().map(|m| m.url.as_str()).collect();
    assert!(pages.contains(&SOUTH) && pages.contains(&ZH), "{pages:?}");
    assert_eq!(group.independent_sources, 1);
}

#[test]
fn an_author_and_a_written_address_name_a_report() {
    let report = "Harriet Oduya, energy editor\nUK ministers are considering barring Mingyang from supplying turbines to wind farms in Scotland, three officials said.\nMingyang declined to comment.";
    let column = "Turbines do not frighten me.\nAs Harriet Oduya reported in London this week, UK ministers are considering barring Mingyang from supplying turbines to Scotland.";
    let letter = "UK ministers may bar Mingyang from supplying turbines to wind farms in Scotland: north-chronicle.example/a";
    let told = trace(&[
        document(NORTH, "2026-05-04", "Ministers weigh barring Mingyang turbines", report),
        document(SOUTH, "2026-05-06", "Cheap turbines", column),
        document(ZH, "2026-05-06", "Mingyang turbines", letter),
    ]);
    let cited = [format!("{SOUTH} citation {NORTH}"), format!("{ZH} citation {NORTH}")];
    let edges = told.derivations();
    assert!(cited.iter().all(|edge| edges.contains(edge)), "{edges:?}");
}

#[test]
fn who_cites_another_is_the_source_that_was_read() {
    let text = "According to Reuters, citing the Financial Times, Washington is considering stopping sales of H20 chips to Tencent.";
    let told = trace(&[document(SOUTH, "2026-05-12", "Sales of H20 chips may stop", text)]);
    assert_eq!(told.derivations(), [format!("{SOUTH} citation unseen Reuters")]);
}

#[test]
fn chips_told_as_technology_are_drift_of_scope() {
    let report = "Washington has approved sales of Nvidia H20 chips to Tencent, two officials said.";
    let retold = "Washington has approved sales of Nvidia technology to Tencent, the Financial Times reported on Monday.";
    let told = trace(&[
        document("https://www.ft.com/content/sample", "2026-05-11", "Washington approves chip sales", report),
        document(SOUTH, "2026-05-12", "Nvidia sales approved", retold),
    ]);
    let drift: Vec<Dimension> =
        told.groups.values().flat_map(|g| &g.drift).map(|drift| drift.dimension).collect();
    assert!(drift.contains(&Dimension::Scope), "{drift:?}");
}

#[test]
fn conversions_and_omissions_are_no_drift() {
    let report = "China plans to invest about 1.4 trillion yuan in data centres over five years, three people familiar with the plan told Reuters.\n\
                  The plan names eight provinces.";
    let retold = "China plans to invest about $200 billion in data centres, Reuters reported on Thursday, citing people familiar with the plan.";
    let told = trace(&[
        document(
            "https://www.reuters.com/technology/sample-plan",
            "2026-04-09",
            "China plans data centres",
            report,
        ),
        document(SOUTH, "2026-04-10", "China to invest in data centres", retold),
    ]);
    assert!(told.groups.values().all(|g| g.drift.is_empty()), "{:?}", told.groups);
    let renderings: usize = told.groups.values().map(|g| g.renderings.len()).sum();
    assert!(renderings > 0);
}

/// What a Chinese page makes of an English report, and the other way round.
fn retold_as(report: &str, retelling: &str) -> Vec<(Dimension, String, String)> {
    let told = trace(&[
        of_site("North Chronicle", NORTH, "2026-05-04", "Exports", report),
        document(SOUTH, "2026-05-05", "Trade news", retelling),
    ]);
    let drift = told.groups.values().flat_map(|g| &g.drift);
    drift.map(|d| (d.dimension, d.from_value.clone(), d.to_value.clone())).collect()
}

#[test]
fn another_day_from_which_an_act_applies_is_drift_of_time() {
    let act = "The Commerce Department has added Huawei to the Entity List, it said on Monday. The rule is effective June 10, 2026.";
    for (retelling, to) in [
        (
            "The Commerce Department has added Huawei to the Entity List, effective July 10, 2026, the North Chronicle reported on Monday.",
            Some("2026-07-10"),
        ),
        (
            "Huawei was added to the Entity List, effective July 10, 2026, the Commerce Department said on Monday, the North Chronicle reported.",
            Some("2026-07-10"),
        ),
        (
            "The Commerce Department has added Huawei to the Entity List with immediate effect, the North Chronicle reported on Monday.",
            Some("2026-05-05"),
        ),
        (
            "据《北方纪事报》（North Chronicle）5月4日报道，美国商务部已将华为列入实体清单，2027年1月1日起施行。",
            Some("2027-01-01"),
        ),
        (
            "据《北方纪事报》（North Chronicle）5月4日报道，美国商务部已将华为列入实体清单，自6月10日起生效。",
            None,
        ),
        (
            "The Commerce Department has added Huawei to the Entity List, the North Chronicle reported on Monday.",
            None,
        ),
        (
            "The Commerce Department has added Huawei to the Entity List, effective July 10, 2026 after the day was pushed back, the North Chronicle reported on Monday.",
            None,
        ),
    ] {
        let drift = retold_as(act, retelling);
        let days: Vec<(&str, &str)> =
            drift.iter().filter(|d| d.0 == Dimension::Time).map(|d| (d.1.as_str(), d.2.as_str())).collect();
        assert_eq!(days, Vec::from_iter(to.map(|to| ("2026-06-10", to))), "{retelling}");
    }
}

#[test]
fn a_step_that_both_tell_in_the_same_words_is_no_drift() {
    let considered = "The Dutch government is considering suspending export licences for lithography machines to SMIC, two people familiar with the talks said.";
    let same = [
        "据《北方纪事报》（North Chronicle）5月4日报道，荷兰政府正在考虑暂停发放对中芯国际的光刻机出口许可。",
        "The Hague is thinking of suspending export licences for lithography machines to SMIC, the North Chronicle reported on Monday.",
    ];
    for retelling in same {
        let drift = retold_as(considered, retelling);
        assert!(drift.iter().all(|d| d.0 != Dimension::Modality), "{retelling}: {drift:?}");
    }
    let harder = "The Dutch government has suspended export licences for lithography machines to SMIC, the North Chronicle reported on Monday.";
    let drift = retold_as(considered, harder);
    assert!(drift.iter().any(|d| d.0 == Dimension::Modality && d.1 == "considering"), "{drift:?}");
}

#[test]
fn some_that_are_told_as_all_are_drift_of_scope() {
    let report = "China has banned imports of older memory chips made by Micron, two officials said.";
    let all = "China has banned imports of all chips made by Micron, the North Chronicle reported on Monday.";
    assert!(retold_as(report, all).iter().any(|d| d.0 == Dimension::Scope), "{:?}", retold_as(report, all));
    let same =
        "China has banned imports of older Micron memory chips, the North Chronicle reported on Monday.";
    assert!(retold_as(report, same).iter().all(|d| d.0 != Dimension::Scope), "{:?}", retold_as(report, same));
}

#[test]
fn what_a_retelling_adds_to_the_place_or_to_the_thing_is_drift_of_scope() {
    let port = "Peru is considering an inspection fee of $16 on containers at the port of Chancay, two officials said.";
    let ores = "Finland will require licences for exports of antimony concentrate from February, two officials said.";
    let rows = [
        (
            port,
            "据《北方纪事报》（North Chronicle）5月4日报道，秘鲁正考虑对全国港口的集装箱每箱收取16美元查验费。",
            Some(Dimension::Scope),
        ),
        (
            port,
            "据《北方纪事报》（North Chronicle）5月4日报道，秘鲁正考虑对钱凯港的集装箱每箱收取16美元查验费。",
            None,
        ),
        (
            ores,
            "Finland will require licences for exports of antimony concentrate and tungsten powder from February, the North Chronicle reported.",
            Some(Dimension::Scope),
        ),
        (
            ores,
            "Finland will require licences for exports of antimony concentrate from February, the North Chronicle reported.",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Scope]);
}

#[test]
fn another_length_of_one_sum_is_drift_of_time() {
    let report =
        "Poland plans to spend $16.5 billion over six years on its first nuclear plant, two officials said.";
    let retold = |years: &str| {
        format!(
            "Poland plans to spend $16.5 billion over {years} years on its first nuclear plant, the North Chronicle reported."
        )
    };
    let (other, same) = (retold("three"), retold("six"));
    let rows = [(report, other.as_str(), Some(Dimension::Time)), (report, same.as_str(), None)];
    changes(&rows, &[Dimension::Time]);
}

/// Asserts for each report that its retelling changes just this dimension among those that the row is about.
fn changes(rows: &[(&str, &str, Option<Dimension>)], about: &[Dimension]) {
    for (report, retelling, expected) in rows {
        let drift = retold_as(report, retelling);
        let found: Vec<Dimension> = drift.iter().map(|d| d.0).filter(|d| about.contains(d)).collect();
        assert_eq!(found, Vec::from_iter(*expected), "{retelling}: {drift:?}");
    }
}

#[test]
fn what_falls_under_another_thing_is_told_as_that() {
    let inverters = "Finland will bar Chinese-made inverters from solar parks larger than 5 megawatts, two officials said.";
    let rows = [
        (
            inverters,
            "Finland will bar Chinese-made equipment from solar parks, the North Chronicle reported on Monday.",
            Some(Dimension::Scope),
        ),
        (
            inverters,
            "Finland will bar Chinese inverters from its larger solar parks, the North Chronicle reported on Monday.",
            None,
        ),
        (
            "China will cap exports of urea at 3 million tonnes this spring, the state planner said.",
            "China will cap exports of fertiliser at 3 million tonnes this spring, the North Chronicle reported.",
            Some(Dimension::Scope),
        ),
        (
            "Australia will require licences for exports of antimony concentrate from February, the resources ministry said.",
            "Australia will ban exports of antimony concentrate from February, the North Chronicle reported.",
            Some(Dimension::Scope),
        ),
        (
            "South Korea plans to require permits for all re-exports of American artificial intelligence chips, two officials said.",
            "据《北方纪事报》（North Chronicle）5月4日报道，韩国计划要求所有美国人工智能芯片的再出口取得许可。",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Scope]);
}

#[test]
fn a_not_that_is_lost_is_drift_and_no_denial() {
    let report = "Serbia will not approve a gallium plant proposed by Zijin Mining, the mining minister told the North Chronicle.";
    let rows = [
        (
            report,
            "Serbia will approve a gallium plant proposed by Zijin Mining, the North Chronicle reported on Monday.",
            Some(Dimension::Polarity),
        ),
        (
            report,
            "Serbia will not approve Zijin Mining's gallium plant, the North Chronicle reported on Monday.",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Polarity]);
}

#[test]
fn what_is_but_a_goal_becomes_a_duty() {
    let aim = "China aims for at least 40 per cent of chips in new cars to be domestically made by 2028, two officials said.";
    let rows = [
        (
            aim,
            "China will require carmakers to use at least 40 per cent domestically made chips by 2028, the North Chronicle reported.",
            Some(Dimension::Modality),
        ),
        (
            aim,
            "China aims to have at least 40 per cent of chips in new cars made at home by 2028, the North Chronicle reported.",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Modality]);
}

#[test]
fn what_is_planned_or_done_stays_so_whatever_stands_beside_it() {
    let frozen = "The High Court has frozen assets of a dealer accused of lying about where its Nvidia servers would end up, court papers show.";
    let planned =
        "Mexico's Senate plans to impose duties of up to 50 per cent on cars made in China, two aides said.";
    let rows = [
        (
            frozen,
            "The High Court has frozen assets of a dealer in Nvidia servers, the North Chronicle reported on Monday.",
            None,
        ),
        (
            planned,
            "据《北方纪事报》（North Chronicle）5月4日报道，墨西哥参议院计划对中国产汽车征收最高50%的关税，自明年1月1日起实施。",
            None,
        ),
        (
            planned,
            "据《北方纪事报》（North Chronicle）5月4日报道，墨西哥参议院已对中国产汽车征收最高50%的关税。",
            Some(Dimension::Modality),
        ),
        // What a rule that is being written would suspend is not suspended.
        (
            "挪威政府正在起草一项条例，自2027年1月1日起暂停征收化肥碳费12个月，两名官员说。",
            "据《北方纪事报》（North Chronicle）5月4日报道，挪威政府已暂停征收化肥碳费12个月。",
            Some(Dimension::Modality),
        ),
        // Both say that it is decided, and both that it is to come.
        (
            "Norway has decided not to grant cable-laying licences to foreign shipyards, two officials said.",
            "据《北方纪事报》（North Chronicle）5月4日报道，挪威已决定不向外国船厂发放海缆敷设许可证。",
            None,
        ),
        (
            "Norway has told its shipyards to hold less than a tenth of their steel from abroad by the end of next year, two officials said.",
            "Norway has told its shipyards to hold less than a tenth of their steel from abroad, the North Chronicle reported.",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Modality]);
}

#[test]
fn whom_only_a_few_words_name_are_all_there_is() {
    let report = "China is considering capping antimony exports, including shipments to Japan and South Korea, two officials said.";
    let rows = [
        (
            report,
            "據《北方紀事報》（North Chronicle）5月4日報導，中國正考慮限制銻出口，僅針對日本及南韓。",
            Some(Dimension::Exclusivity),
        ),
        (
            report,
            "據《北方紀事報》（North Chronicle）5月4日報導，中國正考慮限制銻出口，不僅針對日本及南韓。",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Exclusivity]);
}

#[test]
fn an_act_of_another_figure_than_was_planned_is_a_later_step() {
    let plan = "The European Commission plans to fine Kestrel Semiconductor up to 420 million euros for abusing its dominance, three people said.";
    let act = "The European Commission has fined Kestrel Semiconductor 310 million euros for abusing its dominant position in power chips.";
    let report = "The European Commission fined Kestrel Semiconductor 310 million euros on Thursday, less than the 420 million \
                  euros that the North Chronicle had reported it was planning.";
    let told = trace(&[
        of_site("North Chronicle", NORTH, "2026-05-04", "Kestrel faces EU fine", plan),
        document(
            "https://ec.europa.eu/commission/presscorner/detail/en/ip_26_2011",
            "2026-05-14",
            "Commission fines Kestrel 310 million euros",
            act,
        ),
        document(SOUTH, "2026-05-14", "EU fines Kestrel", report),
    ]);
    let groups: Vec<_> = told.groups.values().filter(|g| g.mentions.len() > 3).collect();
    let [group] = groups[..] else { panic!("{:?}", told.groups) };
    assert!(group.drift.is_empty(), "{:?}", group.drift);
    assert!(group.conflicts.is_empty(), "{:?}", group.conflicts);
    let told = trace(&[
        of_site("North Chronicle", NORTH, "2026-05-04", "Kestrel faces EU fine", plan),
        document(SOUTH, "2026-05-14", "EU fines Kestrel", report),
    ]);
    let drift: Vec<_> = told.groups.values().flat_map(|g| &g.drift).collect();
    assert!(drift.iter().any(|d| d.dimension == Dimension::Quantity), "nobody vouches for it: {drift:?}");
}

#[test]
fn a_sentence_that_names_its_source_is_read_by_it() {
    let report = "Huawei has ordered 40,000 HBM chips from CXMT for its Ascend processors, two people familiar with the order said.";
    let column = "There is a new rumour for every day of the week.\n\
                  Monday's is 40,000 HBM chips, from CXMT to Huawei with love, the North Chronicle says.";
    let told = trace(&[
        of_site("North Chronicle", NORTH, "2026-05-04", "Huawei orders HBM chips", report),
        document(SOUTH, "2026-05-05", "Rumours", column),
    ]);
    let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == SOUTH)).unwrap();
    let urls: Vec<&str> = group.mentions.iter().map(|m| m.url.as_str()).collect();
    assert!(urls.contains(&NORTH), "{:?}", told.groups);
    assert_eq!(group.independent_sources, 1);
    let asks = "A reader asks whether it is true that 40,000 HBM chips went from CXMT to Huawei, as the North Chronicle says?";
    let told = trace(&[
        of_site("North Chronicle", NORTH, "2026-05-04", "Huawei orders HBM chips", report),
        document(SOUTH, "2026-05-05", "Rumours", asks),
    ]);
    let asked = told.groups.values().flat_map(|g| &g.mentions).find(|m| m.url == SOUTH);
    assert_eq!(asked, None, "a question asserts nothing");
}

/// What no rule reads in the source is plain beside what a retelling makes of it.
#[test]
fn a_source_is_read_by_its_retelling() {
    let report = "There is a new rumour for every day of the week.\n\
                  Monday's is 40,000 HBM chips, from CXMT to Huawei with love.";
    let retelling = "Huawei has ordered 40,000 HBM chips from CXMT, the North Chronicle reported on Monday.";
    let told = trace(&[
        of_site("North Chronicle", NORTH, "2026-05-04", "Rumours", report),
        document(SOUTH, "2026-05-05", "Huawei orders HBM chips", retelling),
    ]);
    let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == SOUTH)).unwrap();
    let source = group.mentions.iter().find(|m| m.url == NORTH).unwrap();
    assert_eq!(source.evidence.quote(), "Monday's is 40,000 HBM chips, from CXMT to Huawei with love.");
    assert_eq!(group.independent_sources, 1);
}

/// "The East Times" is no report of The Times, "London's Times" is.
#[test]
fn the_end_of_a_longer_name_is_no_outlet() {
    for (outlet, is_the_times) in [("the East Times", false), ("London's Times", true)] {
        let text = format!("Japan has banned exports of photoresist to China, {outlet} reported on Monday.");
        let told = trace(&[document(SOUTH, "2026-05-05", "Japan bans photoresist exports", &text)]);
        let edges = told.derivations();
        let the_times = edges.iter().any(|edge| edge.ends_with("unseen The Times"));
        assert!(!the_times || is_the_times, "{outlet}: {edges:?}");
    }
}

/// A sentence without a "not" does not tell what its source denies.
#[test]
fn no_sentence_is_read_as_the_denial_of_what_it_says() {
    let report =
        "Huawei has not ordered 40,000 HBM chips from CXMT, two people familiar with the matter said.";
    let retelling = "There is a new rumour for every day of the week.\n\
                     Monday's is 40,000 HBM chips, from CXMT to Huawei with love, the North Chronicle says.";
    let told = trace(&[
        of_site("North Chronicle", NORTH, "2026-05-04", "Huawei and CXMT", report),
        document(SOUTH, "2026-05-05", "Rumours", retelling),
    ]);
    let negated = told
        .groups
        .values()
        .flat_map(|g| &g.mentions)
        .find(|m| m.url == SOUTH && m.polarity == headwater_model::claim::Polarity::Negated);
    assert_eq!(negated, None);
}

/// What is read does not depend on which of two retellings came first.
#[test]
fn a_source_that_one_retelling_made_plain_is_plain_to_the_other() {
    let report = "There is a new rumour for every day of the week.\n\
                  Monday's is 40,000 HBM chips, from CXMT to Huawei with love.";
    let plain = "Huawei has ordered 40,000 HBM chips from CXMT, the North Chronicle reported on Monday.";
    let odd = "Small talk of the week.\nThe talk of town is 40,000 HBM chips, from CXMT to Huawei and back, the North Chronicle says.";
    let pages = [
        of_site("North Chronicle", NORTH, "2026-05-04", "Rumours", report),
        document(SOUTH, "2026-05-05", "Huawei orders HBM chips", plain),
        document("https://east-times.example/d", "2026-05-05", "Small talk", odd),
    ];
    for order in [[0, 1, 2], [0, 2, 1], [2, 0, 1]] {
        let told = trace(&order.map(|at: usize| pages[at].clone()));
        let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == SOUTH)).unwrap();
        let mut urls: Vec<&str> = group.mentions.iter().map(|m| m.url.as_str()).collect();
        urls.sort_unstable();
        urls.dedup();
        assert_eq!(urls.len(), 3, "{order:?} {urls:?}");
    }
}

#[test]
fn a_closing_sentence_that_says_nothing_of_an_event_joins_no_strangers() {
    let closed = |text: &str| {
        format!(
            "{text}\n\nOfficials declined to say more about the case, which has drawn questions for months."
        )
    };
    let told = trace(&[
        document(
            NORTH,
            "2026-05-04",
            "Malta fines Orla Freight",
            &closed(
                "Malta's data office said on Monday it had fined Orla Freight 2 million euros over leaked files.",
            ),
        ),
        document(
            SOUTH,
            "2026-05-05",
            "Iceland seeks builders of ferries",
            &closed("Iceland's transport office opened a tender for nine electric ferries on Tuesday."),
        ),
    ]);
    assert_eq!(told.stories.len(), 2, "{:?}", told.stories);
}

/// Stories of pages that come one a day, from the first of September.
fn stories_of(pages: &[(&str, &str)]) -> Vec<usize> {
    let days = (1..).zip(pages);
    let captures: Vec<_> = days
        .map(|(day, (title, text))| {
            document(&format!("https://paper.example/{day}"), &format!("2026-09-{day:02}"), title, text)
        })
        .collect();
    trace(&captures).stories.values().map(|story| story.articles.len()).collect()
}

#[test]
fn one_sentence_pattern_does_not_make_one_story() {
    let english = [
        (
            "Latvia to tax imported lime kilns",
            "Latvia's finance ministry said on Tuesday that buyers of imported lime kilns must pay a levy from May 1, 2027.",
        ),
        (
            "Kenya to tax imported tea rollers",
            "Kenya's treasury said on Wednesday that buyers of imported tea rollers must pay a levy from July 9, 2027.",
        ),
        (
            "Peru to tax imported trawl winches",
            "Peru's tax office said on Thursday that buyers of imported trawl winches must pay a levy from June 4, 2027.",
        ),
    ];
    assert_eq!(stories_of(&english), [1, 1, 1]);
    let chinese = [
        (
            "西班牙对Orvane处以300万欧元罚款",
            "西班牙竞争主管部门周一表示，因串通抬高电缆价格，对Orvane公司处以300万欧元罚款。",
        ),
        (
            "西班牙对Delmar处以700万欧元罚款",
            "西班牙竞争主管部门周三表示，因瞒报轮胎召回，对Delmar公司处以700万欧元罚款。",
        ),
    ];
    assert_eq!(stories_of(&chinese), [1, 1]);
}

#[test]
fn one_act_in_other_words_stays_one_story() {
    let english = [
        (
            "Latvia to tax imported lime kilns",
            "Latvia's finance ministry said on Tuesday that buyers of imported lime kilns must pay a levy from May 1, 2027.",
        ),
        (
            "Riga puts a levy on lime kilns from abroad",
            "Lime kilns from abroad will cost more in Latvia: the finance ministry in Riga is putting a levy on them from May 2027.",
        ),
    ];
    assert_eq!(stories_of(&english), [2]);
}

#[test]
fn two_that_begin_with_one_uncaptured_report_are_one_story() {
    let english = "Kinshasa plans to build a state reserve of up to 12,000 tonnes of cobalt, the Katanga Dispatch reported on Sunday.";
    let chinese =
        "据《加丹加电讯报》（Katanga Dispatch）5月3日报道，刚果（金）计划建立至多1.2万吨的国家钴储备。";
    let told = trace(&[
        document(NORTH, "2026-05-04", "Kinshasa wants a cobalt pile", english),
        document(ZH, "2026-05-05", "刚果（金）拟建钴储备", chinese),
    ]);
    let together = told.stories.values().filter(|s| s.articles.len() == 2);
    assert_eq!(together.count(), 1, "{:?}", told.stories);
}

#[test]
fn a_later_edition_is_the_one_that_was_read_afterwards() {
    let notice = "http://www.mofcom.gov.cn/zwgk/2026/list.html";
    let edition =
        |count: &str| format!("商务部决定将{count}家企业列入稀土出口管制名单，自2026年6月1日起施行。");
    let report = "China's commerce ministry put 11 companies on its rare earth list, the ministry said in a notice on its website.";
    let title = "公布稀土出口管制名单";
    let told = trace(&[
        document(notice, "2026-05-04", title, &edition("12")),
        document(notice, "2026-05-06", title, &edition("11")),
        document(SOUTH, "2026-05-07", "China lists 11 companies", report),
    ]);
    let cited: Vec<_> = told.edges.values().filter(|e| told.urls[&e.from] == SOUTH).collect();
    let [edge] = cited[..] else { panic!("{:?}", told.derivations()) };
    let NodeId::Capture(capture) = &edge.to else { panic!("{edge:?}") };
    let mut mentions = told.groups.values().flat_map(|g| &g.mentions);
    let day = mentions.find(|m| m.capture == *capture).map(|m| m.day.to_string());
    assert_eq!(day.as_deref(), Some("2026-05-06"));
}

#[test]
fn a_story_bears_the_title_of_what_was_published_first() {
    let later = "Finland's economy ministry will require export licences for titanium sponge from January, two officials said.";
    let earlier = "Finland plans to require export licences for titanium sponge from January, an official of its economy ministry said.";
    let told = trace(&[
        page_of(SOUTH, "2026-05-05", "2026-05-05T10:00:00Z", "Licences for titanium sponge", later),
        page_of(NORTH, "2026-05-04", "2026-05-06T10:00:00Z", "Finland to license titanium sponge", earlier),
    ]);
    let together = told.stories.values().find(|s| s.articles.len() == 2).unwrap();
    assert_eq!(together.title, "Finland to license titanium sponge");
}

/// A document that is captured at another time than it was published.
fn page_of(url: &str, published: &str, captured: &str, title: &str, text: &str) -> Capture {
    let mut capture = document(url, published, title, text);
    capture.captured = captured.parse().unwrap();
    capture
}

#[test]
fn a_bound_that_is_lost_is_drift_wherever_the_figure_stands() {
    let report = "The energy agency recommends that its members hold stocks of gallium and germanium equal to at least 60 days of imports.";
    let rows = [
        (
            report,
            "The energy agency recommends that its members hold stocks of gallium and germanium equal to 60 days of imports, the North Chronicle reported.",
            Some(Dimension::Comparator),
        ),
        (
            report,
            "The energy agency recommends that its members hold at least 60 days' worth of gallium and germanium, the North Chronicle reported.",
            None,
        ),
        // The words of a bound may stand a little apart from the figure.
        (
            "Chile is considering a berth fee of up to $19 a tonne at the port of San Antonio, two officials said.",
            "据《北方纪事报》（North Chronicle）5月4日报道，智利正考虑在圣安东尼奥港征收最高每吨19美元的泊位费。",
            None,
        ),
        (
            "Chile is considering a berth fee of up to $19 a tonne at the port of San Antonio, two officials said.",
            "据《北方纪事报》（North Chronicle）5月4日报道，智利正考虑在圣安东尼奥港征收每吨19美元的泊位费。",
            Some(Dimension::Comparator),
        ),
        // A bound may be told from its other side.
        (
            "China will require used batteries for export to retain at least 80% of their capacity, the industry ministry said.",
            "China will ban exports of used batteries with less than 80% of their capacity, the North Chronicle reported.",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Comparator]);
}

#[test]
fn of_two_reports_of_one_author_the_one_about_it_is_cited() {
    let metals = "By Dinara Akhmet, Almaty\nKazakhstan's industry ministry is drafting a decree under which miners must offer 30% of their \
                  tungsten and tantalum at home, an official said.";
    let tax = "By Dinara Akhmet, Almaty\nKazakhstan's tax on uranium brought in 30% less than planned, the finance ministry said.";
    let column = "Every country with a mine has one idea.\nKazakhstan is drafting a decree that makes miners offer 30% of their tungsten \
                  and tantalum at home, as Dinara Akhmet reports.";
    let told = trace(&[
        of_site("Steppe Business", NORTH, "2026-07-06", "Miners may have to offer metals at home", metals),
        of_site(
            "Steppe Business",
            "https://north-chronicle.example/tax",
            "2026-07-07",
            "Tax falls short",
            tax,
        ),
        document(SOUTH, "2026-07-08", "Lamps for concentrate", column),
    ]);
    assert_eq!(told.derivations(), [format!("{SOUTH} citation {NORTH}")]);
}

#[test]
fn what_leaves_room_for_more_becomes_all_there_is() {
    let report = "China has told companies, among them Alibaba and ByteDance, to stop buying Nvidia H20 chips, two officials said.";
    let only = "China has told only Alibaba and ByteDance to stop buying Nvidia H20 chips, the North Chronicle reported on Monday.";
    let drift = retold_as(report, only);
    let including = (Dimension::Exclusivity, "including".to_owned(), "only".to_owned());
    assert!(drift.contains(&including), "{drift:?}");
}

#[test]
fn a_tracker_restored_after_every_capture_tells_the_same() {
    let captures: Vec<Capture> = retold().into_iter().cycle().take(3).collect();
    let whole = trace(&captures);
    let (mut told, mut last) = (Told::default(), tracker());
    for capture in &captures {
        let knowledge = Arc::new(LEXICON.knowledge().clone());
        last = Tracker::restore(knowledge, &last.save()).unwrap();
        told.take(&mut last, &LEXICON, capture);
    }
    assert_eq!(told, whole);
}

/// An outlet whose site names it.
fn of_site(site: &str, url: &str, published: &str, title: &str, text: &str) -> Capture {
    let mut capture = document(url, published, title, text);
    let body = serde_json::json!({
        "url": url, "published": published, "title": title, "text": text, "site_name": site,
    });
    capture.body = body.to_string().into_bytes();
    capture
}

#[test]
fn an_authority_that_speaks_through_an_outlet_is_no_source_of_the_retelling() {
    let told = trace(&[document(
        SOUTH,
        "2026-05-05",
        "Chip curbs weighed",
        "The Commerce Department is drafting curbs on memory chips, the department said in a notice on its website, \
         the North Chronicle reported on Monday.",
    )]);
    assert_eq!(told.derivations(), [format!("{SOUTH} citation unseen the North Chronicle")]);
}

#[test]
fn a_citation_in_another_language_finds_the_report_by_its_claim() {
    let report = "据了解情况的人士透露，华为已向长鑫存储订购4万颗HBM芯片，用于昇腾处理器。\n双方均未回应。";
    let digest = "Huawei has ordered 40,000 HBM chips from CXMT, the Nanfang Observer says.\nThe ferries run late again.\n\
                  A reader asks whether we have counted the lamps. We have, twice, and with different results.";
    let told = trace(&[
        of_site("Nanfang Observer", ZH, "2026-05-05", "华为向长鑫存储订购HBM芯片", report),
        document(SOUTH, "2026-05-06", "Lamps", digest),
    ]);
    assert_eq!(told.derivations(), [format!("{SOUTH} citation {ZH}")]);
}

#[test]
fn two_newsrooms_that_count_in_their_own_currencies_tell_one_thing() {
    let chinese = "字节跳动计划今年投入1600亿元建设数据中心，两名知情人士说。\n公司未回应。";
    let english = "ByteDance plans to spend $23 billion on data centres this year, three people familiar with its budget said.\n\
                   The company did not comment.";
    let told = trace(&[
        document(ZH, "2026-05-04", "字节跳动拟投1600亿元建数据中心", chinese),
        document(NORTH, "2026-05-05", "ByteDance to spend $23 billion on data centres", english),
    ]);
    let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == ZH)).unwrap();
    assert_eq!(group.independent_sources, 2, "{:?}", group.mentions);
}

#[test]
fn acts_of_one_authority_upon_others_stay_apart() {
    let polysilicon = "The US Department of Commerce plans to recommend a tariff of 50% on polysilicon, a person involved in the \
                       review said.\nMakers of panels in Georgia have rented sheds and filled them.";
    let copper = "A tariff of 50% on copper will be recommended by the US Department of Commerce, two officials told this \
                  paper.\nSmelters in Chile have not been asked.";
    let told = trace(&[
        document(NORTH, "2026-05-04", "Tariff on polysilicon", polysilicon),
        document(SOUTH, "2026-05-05", "Tariff on copper", copper),
    ]);
    let captures = |g: &headwater_model::tracking::ClaimGroup| {
        g.mentions.iter().map(|m| m.url.clone()).collect::<std::collections::BTreeSet<_>>()
    };
    assert!(told.groups.values().all(|g| captures(g).len() == 1), "{:?}", told.groups);
}

/// What two notices of one day share is the form of their authority, and who tells of one of them has it from that one.
#[test]
fn two_notices_of_one_day_are_two_acts() {
    let notice = |number: &str, country: &str, goods: &str, case: &str| {
        let title = format!(
            "商务部公告2026年第{number}号 关于对原产于{country}的进口{goods}发起{case}立案调查的公告"
        );
        let text = format!(
            "商务部于2026年2月27日收到中国{goods}产业协会正式提交的{case}调查申请。\n\
             调查机关决定自2026年4月9日起对原产于{country}的进口{goods}进行{case}立案调查。\n\
             本次调查通常应在2027年4月9日前结束，特殊情况下可延长6个月。"
        );
        document(&format!("http://www.mofcom.gov.cn/zwgk/art/{number}.html"), "2026-04-09", &title, &text)
    };
    let report = "商务部9日发布公告，决定自即日起对原产于美国的进口玉米进行反倾销立案调查。\n\
                  公告称，本次调查通常应在2027年4月9日前结束，特殊情况下可延长6个月。";
    let told = trace(&[
        notice("41", "美国", "玉米", "反倾销"),
        notice("42", "加拿大", "小麦", "反补贴"),
        document(ZH, "2026-04-10", "商务部对原产于美国的进口玉米发起反倾销调查", report),
    ]);
    let edges = told.derivations();
    assert!(edges.len() == 1 && edges[0].ends_with("41.html"), "{edges:?}");
    let both = |group: &ClaimGroup| {
        ["41", "42"]
            .iter()
            .all(|number| group.mentions.iter().any(|m| m.url.ends_with(&format!("{number}.html"))))
    };
    assert!(!told.groups.values().any(both), "{:?}", told.groups);
    assert_eq!(told.stories.len(), 2);
}

/// What a report adds on the way to what it has from a document is its own, in another language as well.
#[test]
fn background_is_not_laid_to_the_document() {
    let notice = "The Directorate restricts exports of the drugs listed below with effect from June 1.\n\
                  Each exporter must retain at least 30% of its annual output in India.";
    let report = "印度外贸总局5月18日发布通知，自6月1日起限制12种原料药出口，出口商须将年产量的至少30%留在国内。\n\
                  2020年疫情期间，印度曾禁止26种原料药出口，半年后取消。";
    let told = trace(&[
        document("https://www.dgft.gov.in/notification/17", "2026-05-18", "Notification 17", notice),
        document(ZH, "2026-05-19", "印度限制原料药出口", report),
    ]);
    let past = |group: &&ClaimGroup| group.mentions.iter().any(|m| m.evidence.quote().contains("2020年"));
    let own = told.groups.values().filter(past).flat_map(|group| &group.headwaters);
    let own: Vec<String> = own.map(|node| told.node(node)).collect();
    assert!(!own.is_empty() && own.iter().all(|node| node == ZH), "{own:?}");
}

#[test]
fn a_denial_is_of_the_claim_and_the_story_that_it_denies() {
    let told = trace(&[
        document(
            NORTH,
            "2026-05-04",
            "China halts licences for gallium",
            "The Chinese commerce ministry has stopped approving licences for gallium exports, two traders said.\n\
             Buyers in Antwerp look for stocks in Canada.",
        ),
        document(
            "http://www.mofcom.gov.cn/xwfb/1.html",
            "2026-05-05",
            "答记者问",
            "问：有报道称商务部停止批准镓出口许可，是否属实？\n答：商务部否认停止批准镓出口许可。",
        ),
    ]);
    let denied = told.groups.values().filter(|g| g.state == GroupState::Denied && g.independent_sources == 2);
    assert_eq!(
        denied.count(),
        1,
        "{:#?}",
        told.groups.values().map(|g| (&g.state, g.mentions.len())).collect::<Vec<_>>()
    );
    assert_eq!(told.stories.len(), 1);
}

/// Who tells a denial with the report that it denies says that the two are of one thing, whatever the authority's page calls itself.
#[test]
fn a_denial_told_with_the_report_that_it_denies_is_of_its_claim() {
    let report = "Saudi Arabia is weighing an export fee of 15% on urea and ammonia, two officials told the North Chronicle.";
    let denial = "The Ministry of Finance denies reports that the Kingdom is considering a fee on exports of urea or ammonia.";
    let wire = "Saudi Arabia's finance ministry on Thursday denied it was considering a fee on exports of urea and ammonia.\n\
                The North Chronicle reported on Monday, citing two officials, that Riyadh was weighing a 15% fee.";
    let told = trace(&[
        of_site("North Chronicle", NORTH, "2026-03-02", "Saudi Arabia weighs 15% export fee on urea", report),
        document(
            "https://www.mof.gov.sa/en/news/0503",
            "2026-03-05",
            "Statement on fertiliser exports",
            denial,
        ),
        document(SOUTH, "2026-03-05", "Saudi Arabia denies plan for urea export fee", wire),
    ]);
    let of_report = |group: &&ClaimGroup| group.mentions.iter().any(|m| m.url == NORTH);
    let told: Vec<(GroupState, u32)> = told
        .groups
        .values()
        .filter(of_report)
        .map(|group| (group.state, group.independent_sources))
        .collect();
    assert_eq!(told, [(GroupState::Denied, 2)], "who tells of a denial has it from the page that denies");
}

#[test]
fn unnamed_people_who_are_lost_are_drift_of_attribution() {
    let report = "Huawei has ordered 40,000 memory chips from CXMT, three people familiar with the order told the North Chronicle.";
    let rows = [
        (
            report,
            "Huawei has ordered 40,000 memory chips from CXMT, the North Chronicle reported on Monday.",
            Some(Dimension::Attribution),
        ),
        (
            report,
            "Huawei has ordered 40,000 memory chips from CXMT, the North Chronicle reported on Monday. Three people told it so.",
            None,
        ),
        (
            report,
            "Huawei has ordered 40,000 memory chips from CXMT, the North Chronicle reported, with two shipbrokers as witnesses.",
            None,
        ),
        // "Three years" are no people.
        (
            report,
            "Huawei has ordered 40,000 memory chips from CXMT to be delivered within three years, the North Chronicle reported on Monday.",
            Some(Dimension::Attribution),
        ),
        // And three plants are none.
        (
            report,
            "Huawei has ordered 40,000 memory chips from CXMT for three plants, the North Chronicle reported on Monday.",
            Some(Dimension::Attribution),
        ),
    ];
    changes(&rows, &[Dimension::Attribution]);
}

/// A "may" that is gone, a decision that is told as carried out before its day, and a plan that is only weighed.
#[test]
fn what_is_possible_or_decided_and_told_as_done_is_drift() {
    let decided =
        "Norway has decided to levy a fee of 5% on berths at Oslo from January 1, 2027, two officials said.";
    let rows = [
        (
            "Norway may impose a fee of 5% on berths at Oslo, two officials said.",
            "Norway imposes a fee of 5% on berths at Oslo, the North Chronicle reported.",
            Some(Dimension::Modality),
        ),
        (
            decided,
            "Norway has levied a fee of 5% on berths at Oslo, the North Chronicle reported.",
            Some(Dimension::Modality),
        ),
        (
            decided,
            "Norway has decided to levy a fee of 5% on berths at Oslo from January 1, 2027, the North Chronicle reported.",
            None,
        ),
        (
            "Norway will levy a fee of 5% on berths at Oslo from January 1, 2027, two officials said.",
            "Norway is considering a fee of 5% on berths at Oslo from January 1, 2027, the North Chronicle reported.",
            Some(Dimension::Modality),
        ),
        (
            "India has restricted exports of 12 drug ingredients from June 1, the trade directorate said in a notification.",
            "India is considering restrictions on exports of 12 drug ingredients, the North Chronicle reported.",
            Some(Dimension::Modality),
        ),
    ];
    changes(&rows, &[Dimension::Modality]);
}

#[test]
fn a_month_that_a_levy_begins_in_is_no_other() {
    let report = "The European Commission on Wednesday proposed extending the carbon border levy to 180 products from January 2028.";
    let retold = |year: u16| {
        format!(
            "The European Commission has proposed an extension of the carbon border levy to 180 products, to apply from January {year}, the North Chronicle reported."
        )
    };
    let (other, same) = (retold(2027), retold(2028));
    let rows = [(report, &*other, Some(Dimension::Time)), (report, &*same, None)];
    changes(&rows, &[Dimension::Time, Dimension::Entity]);
}

#[test]
fn the_same_digits_of_another_currency_are_another_sum() {
    let report = "China plans to invest 93 billion yuan in memory plants, two people familiar with the plan told the North Chronicle.";
    let retold = |sum: &str| {
        format!(
            "据《北方纪事报》（North Chronicle）5月4日报道，中国计划向存储芯片工厂投资{sum}，两名知情人士透露。"
        )
    };
    let (dollars, yuan) = (retold("930亿美元"), retold("930亿元"));
    let rows = [(report, dollars.as_str(), Some(Dimension::Quantity)), (report, yuan.as_str(), None)];
    changes(&rows, &[Dimension::Quantity]);
}

#[test]
fn more_than_a_sum_is_not_less_than_it() {
    let report = "China's Big Fund plans to invest 32 billion yuan in a memory plant in Wuhu, two people told the North Chronicle.";
    let retold = |sum: &str| {
        format!(
            "China's Big Fund plans to invest {sum} in a memory plant, the North Chronicle reported, citing two people."
        )
    };
    let (over, under) = (retold("more than $5 billion"), retold("more than $4.5 billion"));
    let rows = [(report, over.as_str(), Some(Dimension::Quantity)), (report, under.as_str(), None)];
    changes(&rows, &[Dimension::Quantity]);
}

#[test]
fn one_kind_told_as_its_contrary_is_drift_of_scope() {
    let trial = "SMIC has begun trial production of 5-nanometre chips for Huawei, two engineers told the North Chronicle.";
    let loan = "Vietnam will lend 2 trillion dong to a chip plant in Da Nang, two officials told the North Chronicle.";
    let rows = [
        (
            trial,
            "据《北方纪事报》（North Chronicle）5月4日报道，中芯国际已开始为华为量产5纳米芯片。",
            Some(Dimension::Scope),
        ),
        (trial, "据《北方纪事报》（North Chronicle）5月4日报道，中芯国际已开始为华为试产5纳米芯片。", None),
        (
            loan,
            "Vietnam will grant 2 trillion dong to a chip plant in Da Nang, a subsidy for its exporters, the North Chronicle said.",
            Some(Dimension::Scope),
        ),
    ];
    changes(&rows, &[Dimension::Scope]);
}

/// A page of a newspaper, known by its name, taken at an hour of its day.
fn paper(name: &str, url: &str, moment: &str, title: &str, text: &str) -> Capture {
    let body = serde_json::json!({
        "url": url, "published": moment, "title": title, "text": text, "site_name": name,
    });
    page(url, moment, headwater_model::capture::DOCUMENT_TYPE, body.to_string().into_bytes())
}

#[test]
fn who_has_sources_of_its_own_is_an_origin_whatever_it_also_mentions() {
    let first = "Norway is considering a cap of 400 tonnes a month on exports of cobalt sulphate to China, two people briefed on the plan told the North Chronicle.";
    let second = "Norway has drafted a cap of 500 tonnes a month on exports of cobalt sulphate to China, three officials told the South Gazette.\n\
                  The North Chronicle on Monday reported a cap of about 400 tonnes.";
    let copy = "Norway has drafted a cap of 500 tonnes a month on exports of cobalt sulphate to China, the North Chronicle reported on Monday.";
    let sources = |retelling: &str| {
        let told = trace(&[
            paper("North Chronicle", NORTH, "2026-05-04T08:00:00Z", "Norway weighs cobalt cap", first),
            paper("South Gazette", SOUTH, "2026-05-05T08:00:00Z", "Norway drafts cobalt cap", retelling),
        ]);
        told.groups.values().map(|group| group.independent_sources).max()
    };
    assert_eq!(sources(second), Some(2));
    assert_eq!(sources(copy), Some(1));
}

#[test]
fn two_reports_of_one_newsroom_are_one_source() {
    let text = "Norway will cap exports of cobalt sulphate to China at 400 tonnes a month, two people told the North Chronicle.";
    let again = "Norway will cap exports of cobalt sulphate to China at 400 tonnes a month, officials say.";
    let told = trace(&[
        paper("North Chronicle", NORTH, "2026-05-04T08:00:00Z", "Norway to cap cobalt", text),
        paper(
            "North Chronicle",
            "https://north-chronicle.example/b",
            "2026-05-05T08:00:00Z",
            "Cobalt cap nears",
            again,
        ),
    ]);
    let together = told.groups.values().find(|group| group.mentions.len() > 2).expect("both in one claim");
    assert_eq!(together.independent_sources, 1, "{:?}", together.headwaters);
}

#[test]
fn an_outlet_is_found_as_the_source_whatever_words_lead_to_it() {
    let report = "Oman will build a gallium plant at Sohar for 900 million rials, two people familiar with the plan told the North Chronicle.";
    let retellings = [
        "Oman will build a gallium plant at Sohar for 900 million rials. So writes the Financial Times, whose informants know the plan.",
        "Oman will build a gallium plant at Sohar for 900 million rials, per the Financial Times.",
    ];
    for text in retellings {
        let told = trace(&[
            paper(
                "Financial Times",
                "https://www.ft.com/content/sohar",
                "2026-05-04T08:00:00Z",
                "Oman plans gallium plant",
                report,
            ),
            document(SOUTH, "2026-05-05", "Gallium at Sohar", text),
        ]);
        assert_eq!(told.derivations().len(), 1, "{text}: {:?}", told.derivations());
    }
}

#[test]
fn the_last_of_several_that_have_it_from_one_another_is_the_source() {
    let text = "The Financial Times, which has it from Reuters, says that Oman will build a gallium plant at Sohar for 900 million rials.";
    let told = trace(&[document(SOUTH, "2026-05-05", "Gallium at Sohar", text)]);
    assert_eq!(told.derivations(), [format!("{SOUTH} citation unseen Financial Times")]);
}

#[test]
fn a_later_version_is_not_the_one_that_was_copied() {
    let text = |sum: &str| {
        format!(
            "Oman will build a gallium plant at Sohar for {sum} million rials, the ministry of commerce said after a meeting in Muscat.\n\
             The plant is to open in 2029 and will employ about six hundred people, most of them from the coast around the port.\n\
             A second line may follow if buyers in Japan and Korea sign contracts that run for ten years or more."
        )
    };
    let copy = "https://copyist.example/c";
    let told = trace(&[
        paper("North Chronicle", NORTH, "2026-05-04T08:00:00Z", "Oman plans gallium plant", &text("900")),
        paper("Copyist", copy, "2026-05-04T12:00:00Z", "Gallium plant for Oman", &text("900")),
        Capture {
            captured: "2026-05-05T08:00:00Z".parse().expect("a moment"),
            ..paper("North Chronicle", NORTH, "2026-05-04T08:00:00Z", "Oman plans gallium plant", &text("90"))
        },
    ]);
    let copied: Vec<String> = told.derivations().into_iter().filter(|edge| edge.starts_with(copy)).collect();
    assert_eq!(copied.len(), 1, "{copied:?}");
}

#[test]
fn what_an_authority_only_takes_up_it_does_not_assert() {
    let report = "Norway's customs service has told four ports to stop clearing frozen crab from Russia, two importers told the North Chronicle.";
    let answer = "Question: Some media report that customs has told ports to stop clearing frozen crab from Russia. Is that so?\n\
                  Answer: The reports are not true. Customs has never told any port to stop clearing frozen crab.";
    let told = trace(&[
        paper("North Chronicle", NORTH, "2026-05-04T08:00:00Z", "Customs halts crab", report),
        paper(
            "Customs",
            "https://customs.gov.example.gov/answer",
            "2026-05-05T08:00:00Z",
            "Customs answers questions",
            answer,
        ),
    ]);
    let asserted = told.groups.values().flat_map(|group| &group.mentions);
    assert!(asserted.into_iter().all(|m| !m.evidence.quote().contains("Some media")), "{:?}", told.groups);
    assert!(told.derivations().is_empty(), "{:?}", told.derivations());
}

#[test]
fn a_rival_that_the_source_names_elsewhere_is_another_party() {
    let report = "Samsung is to supply AMD with HBM4 memory next year, two people familiar with the talks said.\n\
                  SK Hynix leads the market for such memory.";
    let rows = [
        (
            report,
            "SK Hynix is to supply AMD with HBM4 memory next year, the North Chronicle reported.",
            Some(Dimension::Entity),
        ),
        (report, "Samsung is to supply AMD with HBM4 memory next year, the North Chronicle reported.", None),
        (
            report,
            "据《北方纪事报》（North Chronicle）5月4日报道，SK海力士明年将向AMD供应HBM4存储芯片。",
            Some(Dimension::Entity),
        ),
    ];
    changes(&rows, &[Dimension::Entity]);
}

#[test]
fn what_some_of_a_number_are_is_not_what_all_are() {
    let english = "Canada will put 14 companies, nine of them Chinese, on its list of unsafe suppliers, two officials said.";
    let chinese = "加拿大将把14家企业列入不安全供应商名单，其中9家为中国企业，两名官员表示。";
    let rows = [
        (
            english,
            "Canada will put 14 Chinese companies on its list of unsafe suppliers, the North Chronicle reported.",
            Some(Dimension::Scope),
        ),
        (
            english,
            "Canada will put 14 companies, nine of them Chinese, on its list, the North Chronicle reported.",
            None,
        ),
        (
            chinese,
            "据《北方纪事报》（North Chronicle）5月4日报道，加拿大将把14家中国企业列入不安全供应商名单。",
            Some(Dimension::Scope),
        ),
        // The country is told apart across languages, and where the part has no "of them".
        (
            english,
            "据《北方纪事报》（North Chronicle）5月4日报道，加拿大将把14家中国企业列入不安全供应商名单。",
            Some(Dimension::Scope),
        ),
        (
            english,
            "据《北方纪事报》（North Chronicle）5月4日报道，加拿大将把14家企业列入不安全供应商名单。",
            None,
        ),
        (
            "Canada will put 1,400 companies, 900 of them Chinese, on its list of unsafe suppliers, two officials said.",
            "Canada will put 1,400 Chinese companies on its list of unsafe suppliers, the North Chronicle reported.",
            Some(Dimension::Scope),
        ),
        (
            "加拿大将把14家企业列入不安全供应商名单，包括9家中国企业，两名官员表示。",
            "Canada will put 14 Chinese companies on its list of unsafe suppliers, the North Chronicle reported.",
            Some(Dimension::Scope),
        ),
        (
            "加拿大将把14家企业列入不安全供应商名单，包括9家中国企业，两名官员表示。",
            "据《北方纪事报》（North Chronicle）5月4日报道，加拿大将把14家企业，包括9家中国企业，列入不安全供应商名单。",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Scope]);
}

#[test]
fn about_a_dozen_may_be_eleven() {
    let report = "Canada is preparing to add about a dozen companies to its list of unsafe suppliers, two officials said.";
    let rows = [
        (
            report,
            "Canada is preparing to add 11 companies to its list of unsafe suppliers, the North Chronicle reported.",
            None,
        ),
        (
            report,
            "Canada is preparing to add 20 companies to its list of unsafe suppliers, the North Chronicle reported.",
            Some(Dimension::Quantity),
        ),
    ];
    changes(&rows, &[Dimension::Quantity]);
}

#[test]
fn an_outlet_is_called_by_its_whole_name_in_either_script() {
    let described = document(
        SOUTH,
        "2026-05-05",
        "Seals for lorries",
        "Kyrgyzstan will require electronic seals on all lorries from China from 1 July, the Osh newspaper Chüy Günü writes.",
    );
    assert_eq!(
        trace(std::slice::from_ref(&described)).derivations(),
        [format!("{SOUTH} citation unseen Chüy Günü")]
    );
    let translated = document(
        ZH,
        "2026-05-05",
        "吉尔吉斯斯坦拟对货车加装电子铅封",
        "据吉尔吉斯斯坦《楚河日报》（Chüy Günü）报道，自7月1日起，吉方将要求所有从中国入境的货车加装电子铅封。",
    );
    let told = trace(&[described, translated]);
    assert_eq!(told.edges.len(), 2, "{:?}", told.derivations());
    assert_eq!(told.unseen.len(), 1, "{:?}", told.unseen);
}

#[test]
fn a_source_line_of_nobody_names_nobody() {
    let told = |line: &str| {
        let page = told::page(
            ZH,
            "2026-05-05T09:00:00Z",
            "text/html; charset=utf-8",
            format!(
                "<html lang=zh><title>石英砂加征关税</title><body><article><h1>石英砂加征关税</h1>\
                 <p>财政部宣布，自7月1日起对进口石英砂加征10%的关税。</p><p>业内人士说，库存还够用三个月。</p>\
                 <p>（素材来源：{line}）</p></article></body></html>"
            )
            .into_bytes(),
        );
        trace(&[page]).derivations()
    };
    assert!(told("网络").is_empty(), "{:?}", told("网络"));
    assert_eq!(told("北方纪事报"), [format!("{ZH} citation unseen 北方纪事报")]);
}

/// What an organisation that the knowledge lacks found out is a source that may be captured later; through an outlet it is the outlet's.
#[test]
fn a_study_that_leads_an_article_is_its_source() {
    let report = document(
        SOUTH,
        "2026-05-05",
        "Chips smuggled",
        "At least 92,000 chips under export controls entered China in 2025, the Alder Institute said in a report on Tuesday.",
    );
    assert_eq!(
        trace(std::slice::from_ref(&report)).derivations(),
        [format!("{SOUTH} citation unseen the Alder Institute")]
    );
    let study = document(
        "https://alder-institute.example/chips",
        "2026-05-05",
        "The trade in controlled chips",
        "We find that at least 92,000 chips under export controls entered China in 2025. The figure is a floor.",
    );
    let told = trace(&[report, study]);
    assert_eq!(told.derivations(), [format!("{SOUTH} citation https://alder-institute.example/chips")]);
    let abroad = document(
        ZH,
        "2026-05-06",
        "智库称芯片走私",
        "桤木研究所发布报告称，2025年至少有9.2万枚受管制芯片流入中国。",
    );
    assert_eq!(trace(&[abroad]).derivations(), [format!("{ZH} citation unseen 桤木研究所")]);
    let nested = document(
        ZH,
        "2026-05-06",
        "智库报告盘点芯片走私",
        "《北方纪事报》报道，英国智库桤木研究所周二发布报告称，2025年至少有9.2万枚受管制芯片流入中国。",
    );
    assert_eq!(trace(&[nested]).derivations(), [format!("{ZH} citation unseen 北方纪事报")]);
}

#[test]
fn an_unknown_outlet_behind_what_it_reported_is_its_source() {
    for text in [
        "芬兰政府正在考虑要求诺基亚在向中国运营商发运基站之前取得许可证。《北方纪事报》（North Chronicle）5月4日援引三名知情人士的话报道称。",
        "芬兰拟限制对华出口基站，诺基亚须先取得许可。《北方纪事报》5月4日援引两名官员的话报道。",
        "芬蘭政府正考慮要求諾基亞取得許可證。《北方紀事報》4日引述知情人士報導。",
    ] {
        let told = trace(&[document(ZH, "2026-05-05", "芬兰考虑许可", text)]);
        let edges = told.derivations();
        assert!(edges.iter().any(|e| e.contains("citation unseen")), "{text}: {edges:?}");
    }
}

#[test]
fn two_versions_that_one_article_tells_side_by_side_are_of_one_claim() {
    let first = "The U.S. Trade Representative is drafting a 20% tariff on older-generation semiconductors from China, three U.S. officials told the North Chronicle.";
    let second = "The US is drafting a 25 per cent duty on mature chips that are made in China, according to two people involved in the work.";
    let both = "The U.S. is drafting a 25% tariff on older-generation Chinese chips, according to the South Gazette, which has it from two people.\n\
                A tariff of 20% is in the draft of the trade representative, according to the North Chronicle, which has it from three officials.";
    let reports = [
        paper("North Chronicle", NORTH, "2026-05-04T08:00:00Z", "Tariff on older chips in the works", first),
        paper("South Gazette", SOUTH, "2026-05-04T09:00:00Z", "US drafts duty on legacy chips", second),
    ];
    let is_one_claim = |captures: &[Capture]| {
        let told = trace(captures);
        let tells = |group: &ClaimGroup, url: &str| group.mentions.iter().any(|m| m.url == url);
        let mut both = told.groups.values().filter(|group| tells(group, NORTH) && tells(group, SOUTH));
        both.any(|group| group.conflicts.iter().any(|c| c.dimension == Dimension::Quantity))
    };
    let west = "https://west-mail.example/d";
    let last = paper("West Mail", west, "2026-05-06T08:00:00Z", "Two tariffs", both);
    let [one, other] = reports;
    assert!(is_one_claim(&[one, other, last]));
}

#[test]
fn bounds_are_compared_whatever_figure_a_claim_was_read_with() {
    let share = "Britain will get no more than 60% of its supply of gallium from a single country by 2035, the ministry said.";
    let grant = "Sunwoda is to receive a state grant of up to 52 billion forints ($156 million) for its plant in Hungary, the economy minister said.";
    let rows = [
        (
            share,
            "Britain will get 60% of its supply of gallium from a single country by 2035, the North Chronicle reported, a rule that has puzzled more than one reader.",
            Some(Dimension::Comparator),
        ),
        (
            grant,
            "Sunwoda is to receive a state grant of $156 million for its plant in Hungary, the North Chronicle reported.",
            Some(Dimension::Comparator),
        ),
        (
            grant,
            "Sunwoda is to receive a state grant of up to $156 million for its plant in Hungary, the North Chronicle reported.",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Comparator, Dimension::Quantity]);
}

#[test]
fn a_rounding_to_two_digits_and_what_is_excluded_are_no_drift() {
    let rows = [
        (
            "India plans to spend $13.5 billion on a second round of subsidies for chip plants, two officials said.",
            "India plans to spend nearly $14 billion on a second round of subsidies for chip plants, the North Chronicle reported.",
            None,
        ),
        (
            "Egypt will charge container ships a surcharge of 8% from January, tankers are exempt, two officials said.",
            "Egypt will charge vessels that carry containers a surcharge of 8% from January, the North Chronicle reported.",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Quantity, Dimension::Scope]);
}

#[test]
fn a_name_in_the_place_of_another_is_drift_whoever_they_are() {
    let seeds = "China has approved import certificates for 13 modified crops, including a Brellin soybean and a Tarn maize, the agriculture \
                 ministry said.";
    let vaccine = "泰国已向康维斯生物订购260万剂吸入式疫苗，两名官员说。";
    let rows = [
        (
            seeds,
            "China has approved import certificates for 13 modified crops, including a Corvane soybean and a Tarn maize, the North Chronicle \
             reported.",
            Some(Dimension::Entity),
        ),
        (
            seeds,
            "China has approved import certificates for 13 modified crops, including a Tarn maize and a Brellin soybean, the North Chronicle \
             reported.",
            None,
        ),
        (
            vaccine,
            "据《北方纪事报》（North Chronicle）5月4日报道，泰国已向拓海药业订购260万剂吸入式疫苗。",
            Some(Dimension::Entity),
        ),
        (
            vaccine,
            "据《北方纪事报》（North Chronicle）5月4日报道，泰国已向康维斯生物订购260万剂吸入式疫苗。",
            None,
        ),
        (
            "芬兰正考虑禁止向第三国转售氦气，三名官员说。",
            "据《北方纪事报》（North Chronicle）5月4日报道，芬兰已决定禁止向第三国转售氦气。",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Entity]);
}

#[test]
fn parties_added_to_an_act_and_left_out_of_it_are_drift() {
    let two =
        "The Bureau of Industry and Security added Huawei and SMIC to the Entity List, the bureau said.";
    let three = "美国商务部工业与安全局将华为、中芯国际和长鑫存储列入实体清单。";
    let rows = [
        (
            two,
            "The Bureau of Industry and Security added Huawei, SMIC and CXMT to the Entity List, the North Chronicle reported.",
            Some(Dimension::Entity),
        ),
        (
            two,
            "The Bureau of Industry and Security added SMIC and Huawei to the Entity List, the North Chronicle reported.",
            None,
        ),
        (
            three,
            "据《北方纪事报》（North Chronicle）5月4日报道，美国商务部工业与安全局将华为列入实体清单。",
            Some(Dimension::Entity),
        ),
        (
            three,
            "据《北方纪事报》（North Chronicle）5月4日报道，美国商务部工业与安全局将长鑫存储、华为和中芯国际列入实体清单。",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Entity]);
}

#[test]
fn a_rule_of_one_state_told_as_another_s_is_drift() {
    let report = "Denmark requires tankers in its straits to show insurance of at least $1 billion, two officials said.";
    let rows = [
        (
            report,
            "The European Union requires tankers in the straits to show insurance of at least $1 billion, the North Chronicle reported.",
            Some(Dimension::Entity),
        ),
        (
            report,
            "Copenhagen requires tankers in its straits to show insurance of at least $1 billion, the North Chronicle reported.",
            None,
        ),
        (
            "China's commerce ministry opened an anti-dumping investigation into frozen shrimp from Ecuador on Monday.",
            "China has opened an anti-dumping investigation into frozen shrimp from Vietnam, the North Chronicle reported.",
            Some(Dimension::Entity),
        ),
        (
            "Japan will require licences for exports of photoresist from October 1, 2026, the trade ministry said.",
            "Japan will require licences for exports of photoresist from November 1, 2026, the North Chronicle reported.",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Entity]);
}

#[test]
fn the_same_words_with_a_not_or_without_it_are_drift() {
    let exempt = "Companies that export less than 300,000 tonnes of coal a year are exempt from the export licence, the ministry said.";
    let planting = "农业农村部批准发放13个农业转基因生物进口安全证书，本次批准不适用于境内种植。";
    let rows = [
        (
            exempt,
            "Companies that export less than 300,000 tonnes of coal a year are not exempt from the export licence, the North Chronicle reported.",
            Some(Dimension::Polarity),
        ),
        (
            exempt,
            "Companies that export less than 300,000 tonnes of coal a year are exempt from the export licence, the North Chronicle reported.",
            None,
        ),
        (
            planting,
            "据《北方纪事报》（North Chronicle）5月4日报道，农业农村部批准发放13个农业转基因生物进口安全证书，本次批准适用于境内种植。",
            Some(Dimension::Polarity),
        ),
        (
            planting,
            "据《北方纪事报》（North Chronicle）5月4日报道，农业农村部批准发放13个农业转基因生物进口安全证书，本次批准不适用于境内种植。",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Polarity]);
}

#[test]
fn what_is_suspended_and_told_as_lifted_is_drift() {
    let report = "The Bureau of Industry and Security suspended its export ban on laser tools until May 9, 2027, the bureau said.";
    let rows = [(
        report,
        "The Bureau of Industry and Security lifted its export ban on laser tools, the North Chronicle reported.",
        Some(Dimension::Modality),
    )];
    changes(&rows, &[Dimension::Modality]);
}

/// The point of a figure is one of its words, and who has a mistake over another has it from the first.
#[test]
fn a_correction_of_the_point_alone_contradicts_the_copies_of_copies() {
    let text = |doses: &str| {
        format!(
            "Indonesia has ordered {doses} million doses of a vaccine from CanSino, a director told the North Chronicle."
        )
    };
    let source = |doses: &str, captured: &str| Capture {
        captured: captured.parse().unwrap(),
        ..of_site("North Chronicle", NORTH, "2026-05-04", "Government buys vaccine", &text(doses))
    };
    let south = "Indonesia has ordered 26 million doses of a vaccine from CanSino, the North Chronicle reported on Monday.";
    let west = "Indonesia has ordered 26 million doses of a vaccine from CanSino, the South Gazette reported on Tuesday.";
    let told = trace(&[
        source("26", "2026-05-04T08:00:00Z"),
        paper("South Gazette", SOUTH, "2026-05-05T08:00:00Z", "Indonesia buys vaccine", south),
        paper(
            "West Mail",
            "https://west-mail.example/d",
            "2026-05-06T08:00:00Z",
            "Vaccine for Indonesia",
            west,
        ),
        source("2.6", "2026-05-07T08:00:00Z"),
    ]);
    let group = told.groups.values().find(|g| g.mentions.iter().any(|m| m.url == SOUTH)).unwrap();
    assert_eq!(group.state, GroupState::Corrected, "{:?}", group.mentions);
    let conflict = group.conflicts.iter().find(|c| c.dimension == Dimension::Quantity).unwrap();
    assert_eq!(conflict.values.len(), 3, "{conflict:?}");
}

#[test]
fn a_document_is_cited_by_its_number_and_a_report_in_brackets() {
    let notice = "决定自2026年11月20日起，对原产于欧盟的进口乳清粉征收反补贴税，税率最高为28.6%，期限5年。";
    let act = document(
        "http://www.mofcom.gov.cn/zwgk/art/2026/a77.html",
        "2026-11-16",
        "商务部公告2026年第77号 关于对原产于欧盟的进口乳清粉征收反补贴税的公告",
        notice,
    );
    let retold = |number: &str| {
        let text = format!("當局公布第{number}號公告，本周五起對歐盟進口乳清粉徵收28.6%反補貼稅，為期5年。");
        let press = document(ZH, "2026-11-17", "對歐盟乳清粉徵反補貼稅", &text);
        trace(&[act.clone(), press]).derivations().len()
    };
    assert_eq!((retold("77"), retold("78")), (1, 0));
    let report = "Australia is considering a licence fee of at least 2 per cent of revenue for companies that train AI, three people told Reuters.";
    let source =
        document("https://www.reuters.com/technology/fee", "2026-05-04", "Australia weighs AI fee", report);
    let brackets = |words: &str| {
        let text = format!(
            "The government says that Australia is considering a licence fee of at least 2 per cent of revenue for firms that train AI ({words})."
        );
        trace(&[source.clone(), document(SOUTH, "2026-05-06", "Short notes", &text)]).referred().len()
    };
    assert_eq!((brackets("Reuters, 4 May"), brackets("as we wrote, 4 May")), (1, 0));
}

#[test]
fn two_figures_among_the_same_words_of_one_story_are_one_claim_in_dispute() {
    let first = "Australia is considering a compulsory licence fee of at least 2 per cent of local revenue for companies that train artificial \
                 intelligence on Australian works, three people told the North Chronicle.\nThe Tech Council of Australia called the licence fee a tax.";
    let second = "Australia is considering a compulsory licence fee of 1.5 per cent of local revenue for companies that train artificial \
                  intelligence on local works, an adviser told the South Gazette.\nThe Tech Council of Australia has fought the licence fee.";
    let told = trace(&[
        paper("North Chronicle", NORTH, "2026-05-04T08:00:00Z", "Australia weighs licence fee for AI", first),
        paper(
            "South Gazette",
            SOUTH,
            "2026-05-06T09:00:00Z",
            "Australia may lower licence fee for AI",
            second,
        ),
    ]);
    let tells = |group: &&ClaimGroup, url: &str| group.mentions.iter().any(|m| m.url == url);
    let disputed = |group: &&ClaimGroup| group.conflicts.iter().any(|c| c.dimension == Dimension::Quantity);
    let group = told.groups.values().find(disputed).expect("a dispute");
    assert!(tells(&group, NORTH) && tells(&group, SOUTH), "{:?}", group.mentions);
    assert_eq!(group.independent_sources, 2);
}

/// The year of "from October 1" is only understood, and so is "mid-June"; another month is another.
#[test]
fn a_year_or_a_week_that_was_only_understood_is_no_other_day() {
    let rows = [
        (
            "From June 15 Chinese customs will test at least a third of the containers of fresh Thai durian for cadmium, an official said.",
            "From mid-June Chinese customs will test at least a third of the containers of fresh Thai durian for cadmium, the North Chronicle reported.",
            None,
        ),
        (
            "From June 15 Chinese customs will test at least a third of the containers of fresh Thai durian for cadmium, an official said.",
            "From August 15 Chinese customs will test at least a third of the containers of fresh Thai durian for cadmium, the North Chronicle reported.",
            Some(Dimension::Time),
        ),
    ];
    changes(&rows, &[Dimension::Time]);
}

/// What an authority sends out "for implementation" is decided; a draft that it sends out is not.
#[test]
fn a_document_that_is_given_out_is_decided() {
    let page = |title: &str, text: &str| {
        document("https://www.miit.gov.cn/zwgk/art/2026/a7.html", "2026-05-04", title, text)
    };
    let press = document(
        ZH,
        "2026-05-05",
        "工信部印发服务器国产化办法",
        "工业和信息化部5月4日印发《服务器国产化管理办法》，要求新建机房的服务器国产化比例不低于60%。",
    );
    let steps = |act: Capture| {
        let told = trace(&[act, press.clone()]);
        let drift = told.groups.values().flat_map(|g| &g.drift);
        drift.filter(|d| d.dimension == Dimension::Modality).map(|d| d.from_value.clone()).collect::<Vec<_>>()
    };
    let given_out = page(
        "关于印发《服务器国产化管理办法》的通知",
        "现将《服务器国产化管理办法》印发给你们，请认真贯彻执行，新建机房的服务器国产化比例不低于60%。",
    );
    assert_eq!(steps(given_out), Vec::<String>::new());
    let draft = page(
        "关于公开征求《服务器国产化管理办法（征求意见稿）》意见的通知",
        "现就《服务器国产化管理办法（征求意见稿）》公开征求意见，拟要求新建机房的服务器国产化比例不低于60%。",
    );
    assert!(!steps(draft).is_empty());
}

/// An authority that no knowledge has is found by what it says on its own page, whether it wrote it or said it.
#[test]
fn the_page_of_an_authority_that_nobody_knows_is_found_by_what_it_says() {
    let page = |figure: &str| {
        document(
            "http://www.fisheries.go.ke/news/2026/quota",
            "2026-05-04",
            "Plan for the tuna quota confirmed",
            &format!(
                "Foreign trawlers will be allowed to land up to {figure} tonnes of tuna in 2027 under the plan.\nThe committee met today."
            ),
        )
    };
    for words in [
        "Kenya will let foreign trawlers land up to 73,000 tonnes of tuna next year, the fisheries ministry said Monday.",
        "Kenya will let foreign trawlers land up to 73,000 tonnes of tuna next year, the fisheries ministry said in a notice.",
        "肯尼亚渔业部周一表示，明年将允许外国渔船捕捞最多7.3万吨金枪鱼。",
    ] {
        let press = || document(SOUTH, "2026-05-05", "Tuna", words);
        let edges = trace(&[page("73,000"), press()]).derivations();
        assert_eq!(edges.len(), 1, "{words}: {edges:?}");
        let nobody =
            words.replace("the fisheries ministry", "two captains").replace("肯尼亚渔业部", "两名船长");
        let edges = trace(&[page("73,000"), document(SOUTH, "2026-05-05", "Tuna", &nobody)]).derivations();
        assert!(edges.is_empty(), "{nobody}: {edges:?}");
    }
    let state = "委内瑞拉周一表示，明年将允许外国渔船捕捞最多7.3万吨金枪鱼。";
    let edges = trace(&[page("73,000"), document(SOUTH, "2026-05-05", "Tuna", state)]).referred();
    assert!(edges.is_empty(), "a country is no office: {edges:?}");
    let spoken = "Kenya will let foreign trawlers land up to 73,000 tonnes of tuna next year, the fisheries ministry said Monday.";
    let edges = trace(&[page("41,500"), document(SOUTH, "2026-05-05", "Tuna", spoken)]).referred();
    assert!(edges.is_empty(), "another figure is another matter: {edges:?}");
    let through = "Kenya will let foreign trawlers land up to 73,000 tonnes of tuna next year, the fisheries ministry said, the North Chronicle reported on Monday.";
    let edges = trace(&[page("73,000"), document(SOUTH, "2026-05-05", "Tuna", through)]).referred();
    assert!(
        edges.iter().all(|edge| edge.contains("unseen")),
        "what is read in a paper is the paper's: {edges:?}"
    );
}

/// What an authority's page says with a "not", and an article after it, is no denial of the article.
#[test]
fn a_not_that_is_told_as_such_is_cited_from_the_page_that_says_it() {
    let page = document(
        "https://ofac.treasury.gov/recent-actions/20260504",
        "2026-05-04",
        "Issuance of Russia-related General License 140",
        "General License 140 authorizes the operation of the Burgas refinery until October 8, 2026.\nGeneral License 140 does not authorize the import of crude oil from Russia.",
    );
    let edges =
        |text: &str| trace(&[page.clone(), document(SOUTH, "2026-05-05", "Burgas", text)]).derivations();
    let told = "The U.S. Treasury has authorised operations at the Burgas refinery until Oct. 8, a notice on its website showed on Monday.\n\
                The licence does not authorise imports of Russian crude oil, the notice says.";
    assert_eq!(edges(told).len(), 1, "{:?}", edges(told));
}

/// What is said of some is not said of all, whoever they are.
#[test]
fn some_of_a_kind_that_no_list_names_are_not_all_of_it() {
    let report = "Norway has told some of the country's ferry lines to hold less than a fifth of their fleets abroad, two officials said.";
    let rows = [
        (
            report,
            "Norway has told all of its ferry lines to hold less than a fifth of their fleets abroad, the North Chronicle reported.",
            Some(Dimension::Scope),
        ),
        (
            report,
            "Norway has told some ferry lines to hold less than a fifth of their fleets abroad, the North Chronicle reported.",
            None,
        ),
        (
            "挪威已要求部分渡轮公司把境外船队的比例降至五分之一以下，两名官员说。",
            "据《北方纪事报》（North Chronicle）5月4日报道，挪威已要求所有渡轮公司把境外船队的比例降至五分之一以下。",
            Some(Dimension::Scope),
        ),
        // What a duty has not met with is not what it is levied on.
        (
            "The U.S. will levy duties of up to 50% on steel from Norway, two officials said.",
            "The U.S. will levy duties on steel from Norway and does not expect any retaliation, the North Chronicle reported.",
            None,
        ),
        // A threshold that is gone.
        (
            "中国决定对纯度99.95%以上的高纯石英砂实施出口管制，两名官员说。",
            "据《北方纪事报》（North Chronicle）5月4日报道，中国决定对所有石英砂实施出口管制。",
            Some(Dimension::Scope),
        ),
        (
            "中国决定对纯度99.95%以上的高纯石英砂实施出口管制，两名官员说。",
            "据《北方纪事报》（North Chronicle）5月4日报道，中国决定对纯度99.95%以上的高纯石英砂实施出口管制。",
            None,
        ),
    ];
    changes(&rows, &[Dimension::Scope]);
}

/// A press report of an authority's act owes it to the authority's own page, whether or not it says who said so.
#[test]
fn an_act_told_without_a_word_of_its_source_is_compared_with_the_act() {
    let act = document(
        "https://www.bis.gov/press-release/entity-list",
        "2026-05-04",
        "BIS adds nine companies to the Entity List",
        "The Bureau of Industry and Security today added nine companies, including Huawei and SMIC, to the Entity List. The rule is effective June 10, 2026.",
    );
    let drift = |text: &str| {
        let told = trace(&[act.clone(), document(SOUTH, "2026-05-05", "Trade news", text)]);
        let drift = told.groups.values().flat_map(|g| &g.drift);
        drift.map(|d| d.dimension).collect::<Vec<_>>()
    };
    let same = "The Bureau of Industry and Security added nine companies, including Huawei and SMIC, to the Entity List on Monday, effective June 10, 2026.";
    assert_eq!(drift(same), []);
    let later = "The Bureau of Industry and Security added nine companies, including Huawei and SMIC, to the Entity List on Monday, effective July 10, 2026.";
    assert_eq!(drift(later), [Dimension::Time]);
    let only = "The Bureau of Industry and Security on Monday added only Huawei and SMIC to the Entity List.";
    assert!(drift(only).contains(&Dimension::Exclusivity), "{:?}", drift(only));
}

/// Two acts of one authority, each with its number, are not two versions of one.
#[test]
fn what_an_authority_does_to_another_number_later_is_another_act() {
    let act = |day: &str, number: &str| {
        document(
            &format!("https://www.bis.gov/press-release/{number}"),
            day,
            &format!("BIS adds {number} entities to the Entity List"),
            &format!(
                "The Bureau of Industry and Security today added {number} entities in China to the Entity List."
            ),
        )
    };
    let told = trace(&[act("2026-05-04", "14"), act("2026-05-07", "22")]);
    assert!(told.groups.values().all(|g| g.conflicts.is_empty()), "{:?}", told.groups);
    let pages = told.groups.values().map(|g| g.mentions.iter().map(|m| &m.url).collect::<BTreeSet<_>>());
    let pages: Vec<_> = pages.filter(|pages| !pages.is_empty()).collect();
    assert!(pages.len() == 2 && pages.iter().all(|urls| urls.len() == 1), "{pages:?}");
}

/// A notice is no other government's, and foreign media that told something before are those that told it.
#[test]
fn a_document_of_another_government_is_not_the_one_that_is_meant() {
    let chinese = document(
        "https://www.mofcom.gov.cn/zwgk/a78.html",
        "2026-05-04",
        "商务部公告2026年第78号 对高纯石英砂实施出口管制",
        "决定对高纯石英砂实施出口管制，出口经营者应当申请许可。本公告自2026年6月1日起实施。",
    );
    let edges =
        |text: &str| trace(&[chinese.clone(), document(SOUTH, "2026-05-05", "Quartz", text)]).derivations();
    let own = "China has put export controls on high-purity quartz sand from June 1, a notice showed.";
    let other = "Vietnam has put export controls on high-purity quartz sand from June 1, a notice showed.";
    assert_eq!(edges(own).len(), 1, "{:?}", edges(own));
    assert!(edges(other).is_empty(), "{:?}", edges(other));
}

/// A notice, a report of it that names nobody for it, and one of another act of the same ministry.
fn told_without_a_word_of_the_notice() -> [Capture; 3] {
    let notice = "Notice on export licences for gallium nitride wafers\n\
                  The Ministry of Commerce hereby decides that from 1 September 2026 exporters of gallium nitride wafers \
                  of 150 millimetres and more shall obtain an export licence.\n\
                  Wafers for medical imaging are exempt. Applications are decided within 45 working days.";
    let report = "Makers of power chips outside China have three weeks to fill their stores.\n\
                  From September 1, China's exporters of gallium nitride wafers of 150 millimetres and more will need an export \
                  licence, and an application may take 45 working days.\n\
                  Wafers for medical imaging are exempt.";
    let other = "China will lift its ban on imports of Australian lobsters from October 1.\n\
                 Exporters must register their ponds first.";
    let page = |url: &str, day: &str, title: &str, text: &str| {
        told::document(url, day, &format!("{day}T10:00:00Z"), title, text)
    };
    [
        page(
            "https://english.mofcom.gov.cn/sample/gan-wafers.html",
            "2026-08-10",
            "Notice on export licences",
            notice,
        ),
        page(SOUTH, "2026-08-11", "A rush for wafers", report),
        page(NORTH, "2026-08-11", "Lobsters again", other),
    ]
}

#[test]
fn who_tells_a_notice_and_names_nobody_has_it_from_there() {
    let [notice, report, other] = told_without_a_word_of_the_notice();
    let owed = |captures: &[Capture]| -> Vec<(String, String)> {
        let told = trace(captures);
        let rules = told.edges.values().map(|e| (told.urls[&e.from].clone(), e.reasons[0].rule.clone()));
        rules.collect()
    };
    let expected = vec![(SOUTH.to_owned(), "retold_document".to_owned())];
    assert_eq!(owed(&[notice.clone(), report.clone(), other.clone()]), expected);
    // Whichever of the two is captured first.
    assert_eq!(owed(&[report, other, notice]), expected);
}
