//! How measures move by the words of authorities, courts and chambers: tables of documents, all made up, and how a measure stood.

mod told;

use headwater_model::life::state_on;
use headwater_model::time::Date;
use headwater_model::tracking::MeasureEvent;
use told::{Told, document, told_of};

/// What is told of documents, each a site, its day, a headline and a text.
fn told(documents: &[(&str, &str, &str, &str)]) -> Told {
    told_of(documents.iter().enumerate().map(|(number, (site, day, title, text))| {
        document(&format!("https://{site}/{number}"), day, &format!("{day}T23:00:00Z"), title, text)
    }))
}

/// Events of a measure, by its id or by its proposed name.
fn events(told: &Told, measure: &str) -> Vec<MeasureEvent> {
    let own =
        |e: &&MeasureEvent| e.measure.as_str() == measure || e.proposed_name.as_deref() == Some(measure);
    told.events.iter().filter(own).cloned().collect()
}

fn state(told: &Told, measure: &str, on: &str) -> String {
    let events = events(told, measure);
    state_on(&events, on.parse().unwrap(), Date::MAX).map_or("none".to_owned(), |m| m.word().to_owned())
}

fn steps(told: &Told, measure: &str) -> Vec<String> {
    let day = |e: &MeasureEvent| e.date.clone().unwrap_or_else(|| e.reported.to_string());
    events(told, measure).iter().map(|e| format!("{} {}", e.step.word(), day(e))).collect()
}

/// A rule that the bureau issued on 2 February to apply from 2 March, and what it says of it on 4 May.
fn after_issue(name: &str, title: &str, text: &str) -> Told {
    let issued =
        format!("The Bureau of Industry and Security today issued the {name}, effective March 2, 2026.");
    told(&[
        ("www.bis.gov/press", "2026-02-02", "BIS issues a rule", &issued),
        ("www.bis.gov/press", "2026-05-04", title, text),
    ])
}

/// Holds how the rule stood on days.
fn english(name: &str, title: &str, text: &str, expected: &[(&str, &str)]) {
    let told = after_issue(name, title, text);
    for (on, state_then) in expected {
        assert_eq!(state(&told, name, on), *state_then, "{text} on {on}: {:?}", steps(&told, name));
    }
}

/// The same of a Chinese measure that was published on 2 February to apply from 1 March.
fn chinese(name: &str, title: &str, text: &str, expected: &[(&str, &str)]) {
    let issued = format!("《{name}》已经商务部部务会议审议通过，现予公布，自2026年3月1日起施行。");
    let told = told(&[
        ("www.mofcom.gov.cn/zcfb", "2026-02-02", "商务部令", &issued),
        ("www.mofcom.gov.cn/zcfb", "2026-05-04", title, text),
    ]);
    for (on, state_then) in expected {
        assert_eq!(state(&told, name, on), *state_then, "{text} on {on}: {:?}", steps(&told, name));
    }
}

#[test]
fn what_ends_a_rule_dates_no_rule() {
    let ended = [("2026-04-01", "in_force"), ("2026-05-05", "ended"), ("2026-11-01", "ended")];
    for (title, text) in [
        (
            "Update",
            "The Bureau of Industry and Security is rescinding the Tin Plating Origin Rule. This rule is effective May 4, 2026.",
        ),
        (
            "Federal Register :: Removal of the Tin Plating Origin Rule",
            "Action: Final rule. Summary: BIS eliminates the Tin Plating Origin Rule from its regulations. Dates: This rule is effective May 4, 2026.",
        ),
        (
            "Rescission of the Tin Plating Origin Rule",
            "ACTION: Final rule.\n\nSUMMARY: With this final rule, BIS removes the Tin Plating Origin Rule from the Export Administration Regulations.\n\nDATES: Effective May 4, 2026.",
        ),
        ("Update", "BIS has revoked the Tin Plating Origin Rule with immediate effect."),
        ("Update", "The Tin Plating Origin Rule was repealed today. The repeal takes effect on May 4, 2026."),
        ("Update", "Effective May 4, 2026, the Tin Plating Origin Rule is no longer in effect."),
        ("Update", "The Tin Plating Origin Rule ceased to have effect on May 4, 2026."),
        ("Update", "BIS scrapped the Tin Plating Origin Rule on May 4, 2026."),
    ] {
        english("Tin Plating Origin Rule", title, text, &ended);
    }
    let later = [("2026-05-20", "in_force"), ("2026-06-02", "ended")];
    english(
        "Tin Plating Origin Rule",
        "Update",
        "BIS is terminating the Tin Plating Origin Rule. This action is effective June 1, 2026.",
        &later,
    );
    english(
        "Tin Plating Origin Rule",
        "Update",
        "The Tin Plating Origin Rule will be rescinded effective June 1, 2026.",
        &later,
    );
    let ended = [("2026-04-01", "in_force"), ("2026-05-05", "ended")];
    chinese(
        "锡材来源管理办法",
        "商务部关于废止《锡材来源管理办法》的决定",
        "商务部决定废止《锡材来源管理办法》。本决定自公布之日起施行。",
        &ended,
    );
    chinese("锡材来源管理办法", "公告", "自2026年5月4日起，《锡材来源管理办法》不再执行。", &ended);
    chinese("锡材来源管理办法", "公告", "经研究，决定停止执行《锡材来源管理办法》。", &ended);
    let later = [("2026-05-20", "in_force"), ("2026-06-02", "ended")];
    chinese(
        "锡材来源管理办法",
        "公告",
        "商务部决定废止《锡材来源管理办法》。本决定自2026年6月1日起施行。",
        &later,
    );
}

#[test]
fn known_measures_move_by_what_they_are_called() {
    let told = told(&[(
        "www.bis.gov/press",
        "2026-11-10",
        "Affiliates Rule",
        "BIS today repealed the Affiliates Rule, effective immediately.",
    )]);
    assert_eq!(steps(&told, "us-affiliates-rule"), ["repealed 2026-11-10"]);
}

#[test]
fn denials_questions_and_wishes_move_nothing() {
    let same = [("2026-05-05", "in_force"), ("2026-12-01", "in_force")];
    for text in [
        "BIS today denied a report that it had suspended the Tin Plating Origin Rule.",
        "Reports that BIS has rescinded the Tin Plating Origin Rule are false, the bureau said.",
        "The Tin Plating Origin Rule has not been repealed, BIS said.",
        "BIS has no plans to suspend the Tin Plating Origin Rule.",
        "Trade groups urged BIS to rescind the Tin Plating Origin Rule.",
        "BIS is weighing whether to withdraw the Tin Plating Origin Rule.",
        "Has BIS suspended the Tin Plating Origin Rule?",
    ] {
        english("Tin Plating Origin Rule", "Statement", text, &same);
    }
    for text in [
        "有记者问：有媒体报道商务部将暂停实施《锡材来源管理办法》，请问是否属实？答：上述报道不实。",
        "网传商务部已废止《锡材来源管理办法》，系谣言。",
        "专家建议商务部废止《锡材来源管理办法》。",
        "商务部尚未废止《锡材来源管理办法》。",
    ] {
        chinese("锡材来源管理办法", "答记者问", text, &same);
    }
}

#[test]
fn what_was_to_end_goes_on_as_long_as_it_is_extended() {
    let extended = [("2026-11-20", "in_force"), ("2027-04-30", "in_force"), ("2027-05-02", "ended")];
    for text in [
        "BIS extends the Tin Plating Origin Rule, which was to expire on October 31, 2026, until April 30, 2027.",
        "BIS extended until April 30, 2027 the Tin Plating Origin Rule, which had been due to expire on October 31, 2026.",
        "The Tin Plating Origin Rule, scheduled by law to lapse on October 31, 2026, is extended through April 30, 2027.",
    ] {
        english("Tin Plating Origin Rule", "Extension", text, &extended);
    }
    chinese(
        "锡材来源管理办法",
        "公告",
        "《锡材来源管理办法》有效期由2026年10月31日延长至2027年4月30日。",
        &extended,
    );
    let expires = [("2026-05-10", "in_force"), ("2026-06-30", "in_force"), ("2026-07-02", "ended")];
    english(
        "Tin Plating Origin Rule",
        "Update",
        "The Tin Plating Origin Rule will expire on June 30, 2026, BIS said.",
        &expires,
    );
    english(
        "Tin Plating Origin Rule",
        "Update",
        "BIS will not renew the Tin Plating Origin Rule, which expires on June 30, 2026.",
        &expires,
    );
    chinese(
        "锡材来源管理办法",
        "通知",
        "《锡材来源管理办法》有效期至2026年6月30日，期满自动失效。",
        &expires,
    );
}

#[test]
fn a_new_text_takes_the_place_of_the_old_one_of_its_name() {
    let told_once = told(&[(
        "www.samr.gov.cn/a",
        "2026-04-01",
        "市场监管总局修订发布《电子浆料标识管理办法》",
        "市场监管总局近日修订发布《电子浆料标识管理办法》，自2026年5月1日起施行，原《电子浆料标识管理办法》同时废止。",
    )]);
    assert_eq!(state(&told_once, "电子浆料标识管理办法", "2026-05-02"), "in_force");
    let two = told(&[(
        "www.samr.gov.cn/a",
        "2026-04-01",
        "市场监管总局令第99号",
        "《电子浆料管理办法》已经审议通过，现予公布，自2026年5月1日起施行。《电子浆料备案规定》同时废止。",
    )]);
    assert_eq!(state(&two, "电子浆料管理办法", "2026-05-02"), "in_force", "{:?}", two.events);
    assert_eq!(steps(&two, "电子浆料备案规定").len(), 1);
}

#[test]
fn a_day_is_put_off_and_a_rule_replaced() {
    for text in [
        "BIS is postponing the effective date of the Gallium Melt Rule to June 1, 2026.",
        "BIS today pushed back the effective date of the Gallium Melt Rule from March 1, 2026 to June 1, 2026.",
        "The effective date of the Gallium Melt Rule is delayed until June 1, 2026.",
        "BIS defers the Gallium Melt Rule until June 1, 2026.",
    ] {
        let told = told(&[
            (
                "www.bis.gov/p",
                "2026-02-12",
                "BIS issues",
                "BIS today issued the Gallium Melt Rule, effective March 1, 2026.",
            ),
            ("www.bis.gov/p", "2026-02-25", "Delay", text),
            (
                "www.bis.gov/p",
                "2026-08-20",
                "New rule",
                "BIS has replaced the Gallium Melt Rule with the Advanced Crystal Rule, effective September 1, 2026.",
            ),
        ]);
        let steps = steps(&told, "Gallium Melt Rule");
        assert_eq!(state(&told, "Gallium Melt Rule", "2026-03-15"), "suspended", "{text} {steps:?}");
        assert_eq!(state(&told, "Gallium Melt Rule", "2026-06-02"), "in_force", "{text} {steps:?}");
        assert_eq!(state(&told, "Gallium Melt Rule", "2026-09-02"), "ended", "{text} {steps:?}");
        assert_eq!(state(&told, "Advanced Crystal Rule", "2026-08-22"), "adopted");
        assert_eq!(state(&told, "Advanced Crystal Rule", "2026-09-02"), "in_force");
    }
    let headed = told(&[
        (
            "www.federalregister.gov/documents/2026/02/12/1",
            "2026-02-12",
            "Gallium Melt Rule",
            "Summary: BIS adopts the Gallium Melt Rule.\n\nDates: This rule is effective March 1, 2026.",
        ),
        (
            "www.federalregister.gov/documents/2026/02/25/2",
            "2026-02-25",
            "Gallium Melt Rule; Delay of Effective Date",
            "Action: Final rule; delay of effective date.\n\nSummary: This document delays the effective date of the final rule published on February 12, 2026, until June 1, 2026.",
        ),
    ]);
    assert_eq!(
        state(&headed, "Gallium Melt Rule", "2026-03-15"),
        "suspended",
        "{:?}",
        steps(&headed, "Gallium Melt Rule")
    );
    assert_eq!(state(&headed, "Gallium Melt Rule", "2026-06-02"), "in_force");
}

#[test]
fn a_proposal_is_made_and_withdrawn() {
    for (text, expected) in [
        ("BIS is withdrawing the proposed Quantum Cloud Rule, effective immediately.", "ended"),
        ("BIS has withdrawn the Quantum Cloud Rule that it proposed in February.", "ended"),
        ("BIS today issued the Quantum Cloud Rule, which applies from May 1, 2026.", "in_force"),
    ] {
        let told = told(&[
            (
                "www.bis.gov/p",
                "2026-02-10",
                "BIS proposes",
                "BIS today proposed the Quantum Cloud Rule, which would require a license for remote access.",
            ),
            ("www.bis.gov/p", "2026-03-10", "BIS", text),
        ]);
        let steps = steps(&told, "Quantum Cloud Rule");
        assert_eq!(state(&told, "Quantum Cloud Rule", "2026-03-01"), "proposed", "{steps:?}");
        assert_eq!(state(&told, "Quantum Cloud Rule", "2026-05-02"), expected, "{text} {steps:?}");
    }
}

#[test]
fn bills_move_by_what_chambers_do() {
    for (title, text, step) in [
        ("Senate passes bill", "The Senate passed the MATCH Act by 61-38 on Tuesday.", "passed_stage"),
        (
            "Committee",
            "WASHINGTON (Reuters) - The Senate Banking Committee voted 17-6 on Thursday to advance the MATCH Act to the floor.",
            "passed_stage",
        ),
        ("House clears bill", "The MATCH Act cleared the House on Monday in a 290-120 vote.", "passed_stage"),
        ("Bill fails", "A House panel voted down the MATCH Act on Wednesday.", "rejected"),
        ("Bill fails", "The MATCH Act was rejected by the Senate Banking Committee.", "rejected"),
        (
            "House",
            "The U.S. House of Representatives voted 310-110 on Thursday to pass the MATCH Act, sending it to the Senate.",
            "passed_stage",
        ),
        ("Congress", "Congress gave final approval to the MATCH Act on Thursday.", "passed_stage"),
        (
            "Bill fails",
            "A bid to attach the MATCH Act to the defense bill failed in the Senate on Thursday.",
            "rejected",
        ),
        ("Introduced", "Two senators introduced the MATCH Act on Thursday.", "introduced"),
        ("Signed", "President Donald Trump signed the MATCH Act into law on Thursday.", "adopted"),
        ("Signed", "The MATCH Act became law on Thursday after the president signed it.", "adopted"),
        ("Veto", "The president vetoed the MATCH Act on Friday.", "rejected"),
        ("Dropped", "Lawmakers dropped the MATCH Act from the annual defense bill, aides said.", "withdrawn"),
        (
            "Dropped",
            "The MATCH Act was left out of the final defense bill, two House aides said.",
            "withdrawn",
        ),
        ("参议院通过法案", "美国参议院周二以61票对38票通过MATCH法案。", "passed_stage"),
        ("众院委员会否决", "美国众议院外交事务委员会否决了MATCH法案。", "rejected"),
        ("总统签署", "美国总统特朗普周四签署MATCH法案。", "adopted"),
    ] {
        let told = told(&[("www.reuters.com/world", "2026-03-05", title, text)]);
        let steps: Vec<String> =
            events(&told, "us-match-act").iter().map(|e| e.step.word().to_owned()).collect();
        assert_eq!(steps, [step], "{text}");
    }
    for text in [
        "The Senate is expected to pass the MATCH Act next week.",
        "Senators urged the House to pass the MATCH Act.",
        "The chipmaker would be hit if the House passed the MATCH Act.",
        "The Senate passed a budget on Thursday that leaves the MATCH Act untouched, aides said.",
        "The House approved $50 million for enforcement of the MATCH Act.",
        "Leaders vowed to pass the MATCH Act in the Senate this year.",
        "The Senate may reject the MATCH Act.",
    ] {
        let told = told(&[("www.reuters.com/world", "2026-03-05", "Bill", text)]);
        let moved: Vec<String> = steps(&told, "us-match-act");
        assert!(
            moved.iter().all(|step| !step.starts_with("passed") && !step.starts_with("rejected")),
            "{text} {moved:?}"
        );
    }
}

#[test]
fn a_tariff_moves_by_its_rate() {
    let told = told(&[
        (
            "www.whitehouse.gov/p",
            "2026-03-15",
            "Semiconductors",
            "By proclamation, the President today raised the Section 232 tariff on semiconductors from 25 percent to 35 percent, effective April 5, 2026.",
        ),
        (
            "www.whitehouse.gov/p",
            "2026-04-03",
            "Delay",
            "The President today delayed the increase in the Section 232 semiconductor tariffs until July 5, 2026.",
        ),
    ]);
    assert_eq!(steps(&told, "us-s232-semiconductors-2026"), ["amended 2026-04-05", "amended 2026-07-05"]);
}

#[test]
fn what_a_document_rests_on_or_recites_is_no_step() {
    let told = told(&[(
        "eur-lex.europa.eu/eli/reg/2026/1200/oj",
        "2026-05-25",
        "Council Regulation (EU) 2026/1200 amending Regulation (EU) No 833/2014",
        "Whereas:\n\n(1) On 31 July 2014, the Council adopted Regulation (EU) No 833/2014.\n\nHAS ADOPTED THIS REGULATION:\n\nThis Regulation shall enter into force on the day following that of its publication in the Official Journal of the European Union.",
    )]);
    assert_eq!(steps(&told, "Regulation (EU) No 833/2014"), Vec::<String>::new());
    let told = self::told(&[(
        "www.mofcom.gov.cn/zcfb",
        "2026-10-12",
        "商务部公告2026年第60号 暂停实施商务部公告2026年第52号",
        "经国务院批准，决定自2026年10月15日起至2027年10月14日，暂停实施商务部公告2026年第52号。",
    )]);
    let names: Vec<_> = told.events.iter().map(|e| e.proposed_name.clone()).collect();
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn a_step_to_come_is_told_with_its_day() {
    let told = told(&[(
        "www.bis.gov/p",
        "2026-02-12",
        "BIS issues",
        "BIS today issued the Gallium Melt Rule, effective March 1, 2026.",
    )]);
    let news: Vec<&str> =
        told.news.iter().map(|n| n.text.as_str()).filter(|t| t.contains("in force")).collect();
    assert_eq!(news, ["Gallium Melt Rule: in force from 2026-03-01 (official source)"]);
}

#[test]
fn one_measure_has_one_name() {
    let told = told(&[
        (
            "www.federalregister.gov/documents/2026/07/01/1",
            "2026-07-01",
            "Export Administration Regulations: Gallium Melt Rule",
            "The Bureau of Industry and Security (BIS) issues an interim final rule, the Gallium Melt Rule, under which any foreign entity requires a license for items on the Commerce Control List.",
        ),
        (
            "www.customs.gov.cn/a",
            "2026-06-05",
            "海关总署公告2026年第77号（关于暂停进口部分境外企业冷冻水产品的公告）",
            "为保障进口食品安全，海关总署决定自2026年6月8日起暂停下列企业产品进口。",
        ),
    ]);
    let names: std::collections::BTreeSet<_> =
        told.events.iter().filter_map(|e| e.proposed_name.as_deref()).collect();
    assert_eq!(names, ["Gallium Melt Rule", "关于暂停进口部分境外企业冷冻水产品的公告"].into());
    assert_eq!(state(&told, "关于暂停进口部分境外企业冷冻水产品的公告", "2026-06-06"), "adopted");
    assert_eq!(state(&told, "关于暂停进口部分境外企业冷冻水产品的公告", "2026-06-08"), "in_force");
}

#[test]
fn words_that_are_replaced_are_no_instrument() {
    let told = told(&[(
        "eur-lex.europa.eu/eli/reg/2026/1200/oj",
        "2026-05-25",
        "Council Regulation (EU) 2026/1200",
        "Regulation (EU) No 833/2014 is amended as follows: in Article 5, the date ‘31 July 2026’ is replaced by ‘31 January 2027’.",
    )]);
    assert!(told.events.iter().all(|e| e.step.word() != "replaced"), "{:?}", told.events);
}

#[test]
fn a_fund_is_not_moved_by_what_it_buys() {
    let told = told(&[
        (
            "www.caixin.com/a",
            "2026-11-09",
            "大基金三期拟投资",
            "大基金三期拟向苍鹭存储注资约320亿元，两名知情人士说。",
        ),
        (
            "www.reuters.com/a",
            "2026-11-20",
            "Fund invests",
            "Nov 20 (Reuters) - China's Big Fund III has invested 26 billion yuan in Heron Memory, a filing showed.",
        ),
    ]);
    assert_eq!(steps(&told, "cn-big-fund-3"), Vec::<String>::new());
}

#[test]
fn courts_move_a_rule_by_what_they_do_last() {
    for (text, expected) in [
        (
            "A federal appeals court on Monday reinstated the Tin Plating Origin Rule, reversing a lower court that had blocked it.",
            "in_force",
        ),
        ("A federal judge on Monday refused to block the Tin Plating Origin Rule.", "in_force"),
        ("A federal judge on Monday vacated the Tin Plating Origin Rule.", "ended"),
        ("A federal judge on Monday put the Tin Plating Origin Rule on hold.", "suspended"),
    ] {
        let issued = "BIS today issued the Tin Plating Origin Rule, effective March 2, 2026.";
        let told = told(&[
            ("www.bis.gov/press", "2026-02-02", "BIS issues a rule", issued),
            ("www.reuters.com/legal", "2026-05-04", "Court", text),
        ]);
        assert_eq!(
            state(&told, "Tin Plating Origin Rule", "2026-05-06"),
            expected,
            "{text} {:?}",
            steps(&told, "Tin Plating Origin Rule")
        );
    }
}

#[test]
fn a_report_tells_of_what_a_meeting_passes() {
    let told = told(&[(
        "www.xinhuanet.com/a",
        "2026-10-12",
        "国务院常务会议审议通过办法",
        "新华社北京10月12日电 国务院总理10月12日主持召开国务院常务会议，审议通过《智能终端政府采购管理办法》。",
    )]);
    assert_eq!(steps(&told, "智能终端政府采购管理办法"), ["published 2026-10-12"]);
}

#[test]
fn a_time_in_which_firms_may_act_ends_no_rule() {
    let text = "The Tin Plating Rule takes effect on May 11, 2026, and firms have 90 days to comply.";
    let rule = "Tin Plating Rule";
    english(rule, "BIS on tin plating", text, &[("2026-05-12", "in_force"), ("2026-09-01", "in_force")]);
    let told = after_issue(rule, "BIS on tin plating", text);
    assert!(!steps(&told, rule).iter().any(|step| step.starts_with("expired")), "{:?}", steps(&told, rule));
    let text = "The bureau today suspended the Tin Plating Rule for ninety days.";
    english(rule, "BIS on tin plating", text, &[("2026-05-12", "suspended"), ("2026-09-01", "in_force")]);
}

#[test]
fn what_moved_an_office_to_act_is_no_hedge() {
    let rule = "Tin Plating Rule";
    for text in [
        "After considering the comments, BIS repeals the Tin Plating Rule, effective May 4, 2026.",
        "At the request of industry, BIS rescinds the Tin Plating Rule, effective May 4, 2026.",
        "BIS repeals the Tin Plating Rule, effective May 4, 2026, which firms had urged it to do if they could not comply.",
    ] {
        english(rule, "BIS on tin plating", text, &[("2026-05-12", "ended")]);
    }
    for text in [
        "BIS is considering whether to repeal the Tin Plating Rule.",
        "The chamber asked the bureau to withdraw the Tin Plating Rule.",
        "BIS received a request to repeal the Tin Plating Rule.",
        "BIS may suspend the Tin Plating Rule.",
    ] {
        english(rule, "BIS on tin plating", text, &[("2026-05-12", "in_force")]);
    }
}

#[test]
fn a_notice_s_number_is_its_issuer_s() {
    let told = told(&[
        (
            "www.mofcom.gov.cn/zcfb",
            "2026-03-10",
            "商务部公告2026年第18号 公布对高纯石墨相关物项实施出口管制的决定",
            "决定对高纯石墨相关物项实施出口管制。本公告自2026年4月1日起实施。",
        ),
        (
            "www.customs.gov.cn/gg",
            "2026-03-12",
            "海关总署公告2026年第18号 公布对进口石斑鱼实施检疫的决定",
            "决定对进口石斑鱼实施检疫。本公告自2026年4月1日起实施。",
        ),
        (
            "www.customs.gov.cn/gg",
            "2026-05-20",
            "海关总署公告2026年第40号",
            "自2026年6月1日起，停止执行商务部公告2026年第18号（以下简称18号公告）。",
        ),
    ]);
    let graphite = "公布对高纯石墨相关物项实施出口管制的决定";
    assert_eq!(state(&told, graphite, "2026-06-02"), "ended", "{:?}", told.events);
    assert_eq!(state(&told, "公布对进口石斑鱼实施检疫的决定", "2026-06-02"), "in_force");
    let named = told.events.iter().filter_map(|e| e.proposed_name.as_deref());
    assert!(named.into_iter().all(|name| !name.contains("简称")), "{:?}", told.events);
}

#[test]
fn who_asks_for_something_under_a_rule_moves_it_nowhere() {
    let same = [("2026-05-05", "in_force"), ("2026-12-01", "in_force")];
    let text = "出口经营者应当依照《锡材来源管理办法》向商务部提出许可申请。";
    chinese("锡材来源管理办法", "通知", text, &same);
}

#[test]
fn what_is_suspended_stays_so_as_long_as_the_suspension_is_extended() {
    let suspended = [
        ("2026-04-01", "in_force"),
        ("2026-05-05", "suspended"),
        ("2026-11-10", "suspended"),
        ("2027-04-30", "suspended"),
        ("2027-05-02", "in_force"),
    ];
    for text in [
        "BIS extended the suspension of the Tin Plating Origin Rule from October 31, 2026, until April 30, 2027.",
        "The suspension of the Tin Plating Origin Rule, which was to end on October 31, 2026, is extended until April 30, 2027.",
        "The pause on the Tin Plating Origin Rule, due to lapse on October 31, 2026, is prolonged to April 30, 2027.",
    ] {
        english("Tin Plating Origin Rule", "Extension", text, &suspended);
    }
    for text in [
        "商务部决定，《锡材来源管理办法》的暂停实施期限由2026年10月31日延长至2027年4月30日。",
        "自2026年10月31日起，继续暂停实施《锡材来源管理办法》，至2027年4月30日止。",
        "《锡材来源管理办法》的中止期由2026年10月31日展期至2027年4月30日。",
    ] {
        chinese("锡材来源管理办法", "公告", text, &suspended);
    }
    let told = after_issue(
        "Tin Plating Origin Rule",
        "Extension",
        "The suspension of the Tin Plating Origin Rule is extended from October 31, 2026, until April 30, 2027.",
    );
    let steps = steps(&told, "Tin Plating Origin Rule");
    assert!(
        steps.iter().all(|step| !step.starts_with("expired") && !step.starts_with("resumed")),
        "{steps:?}"
    );
}

#[test]
fn a_new_listing_is_none_of_the_measure_that_listed_others() {
    let on = |day: &str, text: &str| {
        let told = told(&[("www.bis.gov/press", day, "Additions", text)]);
        steps(&told, "us-el-cambricon-ymtc-2022")
    };
    let text = "BIS today added Cambricon and Bittern Optics Ltd. to the Entity List.";
    assert_eq!(on("2026-11-16", text), Vec::<String>::new());
    assert_eq!(on("2026-11-16", "美国商务部今天将寒武纪和燕鸥光学公司列入实体清单。"), Vec::<String>::new());
    assert!(!on("2022-12-16", text).is_empty(), "the listing itself");
}

#[test]
fn a_regulation_that_is_cited_is_not_moved() {
    let told = told(&[(
        "www.mofcom.gov.cn/a/1",
        "2026-11-09",
        "商务部 海关总署公告2026年第78号 公布对石英砂相关物项实施出口管制的决定",
        "根据《中华人民共和国出口管制法》《中华人民共和国对外贸易法》《中华人民共和国两用物项出口管制条例》有关规定，经国务院批准，决定对下列物项实施出口管制：\n\n一、高纯石英砂。\n\n二、出口经营者出口上述物项应当依照《中华人民共和国出口管制法》《中华人民共和国两用物项出口管制条例》的相关规定申请许可。\n\n三、本公告自2026年12月1日起正式实施。",
    )]);
    assert_eq!(steps(&told, "cn-dual-use-regs-2024"), Vec::<String>::new());
    assert!(!told.events.is_empty());
}

#[test]
fn a_place_that_a_proposal_names_moves_no_measure_of_old() {
    let told = told(&[(
        "www.federalregister.gov/documents/2026/11/12/1/a",
        "2026-11-12",
        "Proposed Controls on Certain Laser Interferometers",
        "AGENCY: Bureau of Industry and Security, Department of Commerce.\n\nACTION: Proposed rule.\n\nSUMMARY: BIS proposes to amend the Commerce Control List by adding a license requirement and controls for exports to China, including Hong Kong and Macau, of laser interferometers.",
    )]);
    assert_eq!(steps(&told, "us-macau-2023"), Vec::<String>::new());
}

#[test]
fn what_is_suspended_on_is_not_resumed_at_the_former_end() {
    let told = told(&[
        (
            "www.federalregister.gov/documents/2026/11/09/1/a",
            "2026-11-09",
            "Expansion of End-User Controls To Cover Affiliates of Certain Listed Entities; Extension of Suspension",
            "AGENCY: Bureau of Industry and Security, Department of Commerce.\n\nACTION: Final rule; extension of suspension of effectiveness.\n\nSUMMARY: On November 12, 2025, BIS suspended for one year, until November 9, 2026, the interim final rule (the Affiliates Rule). This rule extends that suspension until November 9, 2027.\n\nDATES: This rule is effective November 9, 2026. The suspension of the Affiliates Rule is extended from November 10, 2026, through November 9, 2027. The Affiliates Rule will again be effective on November 10, 2027, unless BIS extends the suspension.",
        ),
        (
            "www.capitol-ledger.com/1",
            "2026-11-10",
            "BIS withdraws Affiliates Rule",
            "The Bureau of Industry and Security withdrew the Affiliates Rule on Monday.",
        ),
    ]);
    for (on, expected) in [
        ("2026-11-05", "suspended"),
        ("2026-11-10", "suspended"),
        ("2027-11-09", "suspended"),
        ("2027-11-10", "in_force"),
    ] {
        assert_eq!(state(&told, "us-affiliates-rule", on), expected, "{on}");
    }
}

/// What an office takes up again a report tells as well: the state is not left to wait for a document that nobody captured.
#[test]
fn reports_tell_of_what_is_rested_and_taken_up_again() {
    let (name, english) = ("退役叶片出口管理暂行办法", "Seed Trade Order");
    let issued = format!("《{name}》已经工业和信息化部部务会议审议通过，现予公布，自2026年3月1日起施行。");
    let rests = format!("决定自2026年6月10日至2026年9月10日暂停实施《{name}》。");
    let made = "The Directorate General of Foreign Trade hereby publishes the Seed Trade Order, which comes into force on 1 March 2026.";
    let abeyance = "The Seed Trade Order is kept in abeyance with effect from 10 June 2026.";
    let official = |site: &'static str, all: [(&'static str, &'static str, String); 2]| {
        all.map(|(day, title, text)| (site, day, title, text))
    };
    let after = |official: &[(&'static str, &'static str, &'static str, String); 2], report: &str| {
        let mut all: Vec<(&str, &str, &str, &str)> =
            official.iter().map(|(site, day, title, text)| (*site, *day, *title, text.as_str())).collect();
        all.push(("paper.example", "2026-06-25", "News of the day", report));
        told(&all)
    };
    let chinese = official(
        "www.miit.gov.cn",
        [("2026-02-02", "工业和信息化部令", issued), ("2026-06-08", "工业和信息化部公告", rests)],
    );
    for report in [
        format!("工业和信息化部6月24日宣布，自7月1日起恢复实施《{name}》，较原定期限提前两个多月。"),
        format!("《{name}》将于7月1日起恢复施行，工业和信息化部说。"),
        format!("工信部决定自7月1日起重新实施《{name}》。"),
    ] {
        let told = after(&chinese, &report);
        assert_eq!(state(&told, name, "2026-06-30"), "suspended", "{report}");
        assert_eq!(state(&told, name, "2026-07-02"), "in_force", "{report}: {:?}", steps(&told, name));
    }
    for report in [
        format!("业内人士建议尽快恢复实施《{name}》。"),
        format!("工业和信息化部尚未恢复实施《{name}》。"),
        format!("该部正考虑恢复实施《{name}》。"),
        format!("企业恢复生产后，《{name}》仍在暂停，工信部说。"),
    ] {
        let told = after(&chinese, &report);
        assert_eq!(state(&told, name, "2026-07-02"), "suspended", "{report}: {:?}", steps(&told, name));
    }
    let india = official(
        "www.dgft.gov.in",
        [
            ("2026-02-02", "Seed Trade Order published", made.to_owned()),
            ("2026-06-08", "Seed Trade Order kept in abeyance", abeyance.to_owned()),
        ],
    );
    for (report, expected) in [
        (
            "India has resumed enforcement of its Seed Trade Order from July 1, the trade office said.",
            "in_force",
        ),
        ("India will resume enforcement of the Seed Trade Order on July 1.", "in_force"),
        ("Traders resumed talks on a Seed Trade Order that the office had kept in abeyance.", "suspended"),
        ("India may resume enforcement of its Seed Trade Order from July 1.", "suspended"),
        ("India has not resumed enforcement of its Seed Trade Order.", "suspended"),
    ] {
        let told = after(&india, report);
        assert_eq!(state(&told, english, "2026-06-09"), "in_force", "{report}");
        assert_eq!(state(&told, english, "2026-07-02"), expected, "{report}: {:?}", steps(&told, english));
    }
}

/// The law that gives the power for an act is not what is acted upon.
#[test]
fn a_power_is_not_moved_by_its_exercise() {
    let amends = |text: &str| -> Vec<String> {
        let told = told(&[("www.dgft.gov.in", "2026-05-18", "Amendment in export policy", text)]);
        told.events.iter().filter_map(|event| event.proposed_name.clone()).collect()
    };
    for text in [
        "In exercise of powers conferred by Section 3 of the Seed Trade (Development and Regulation) Act, 1992, the Directorate General of Foreign Trade hereby amends the export policy of 12 seeds.",
        "In exercise of the powers conferred by sub-section (1) of section 5, read with section 9, of the Seed Trade Act, 1992 (22 of 1992), the Central Government hereby amends the export policy.",
        "By virtue of the powers vested in it by sections 4, 5 and 6 of the Seed Customs Act, the Board revises the rates.",
        "Pursuant to section 232 of the Seed Expansion Act, the Secretary has amended the annex.",
    ] {
        assert_eq!(amends(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(
        amends(
            "In exercise of its powers, the Directorate General of Foreign Trade hereby amends the Seed Trade Order."
        ),
        ["Seed Trade Order"]
    );
}

/// What an authority lays down without a name in title marks is a measure all the same: by its number and headline, or by a headline
/// that binds from a day.
#[test]
fn documents_that_bind_are_measures_by_their_headlines() {
    let check =
        |site: &'static str, title: &'static str, text: &'static str, name: &str, expected: &[&str]| {
            let told = told(&[(site, "2026-04-09", title, text)]);
            assert_eq!(steps(&told, name), expected, "{title}: {:?}", told.events);
        };
    check(
        "www.mofcom.gov.cn/zwgk",
        "商务部公告2026年第71号 关于对原产于加拿大的进口燕麦发起反补贴立案调查的公告",
        "商务部收到国内燕麦产业提交的反补贴调查申请。\n调查机关决定自2026年4月9日起对原产于加拿大的进口燕麦进行反补贴立案调查。\n本次调查通常应在2027年4月9日前结束。",
        "关于对原产于加拿大的进口燕麦发起反补贴立案调查的公告",
        &["published 2026-04-09", "in_force 2026-04-09"],
    );
    check(
        "www.dgft.gov.in/notification",
        "Notification No. 17/2026-27: Amendment in export policy of certain seeds",
        "In exercise of powers conferred by Section 3 of the Seed Trade Act, 1992, the Directorate General of Foreign Trade hereby amends the export policy of 12 seeds from \"Free\" to \"Restricted\" with effect from 1 June 2026.",
        "Amendment in export policy of certain seeds",
        &["published 2026-04-09", "in_force 2026-06-01"],
    );
    check(
        "ustr.gov/about/press",
        "USTR announces port fee on foreign-built barges",
        "The Office of the United States Trade Representative announced today a fee of $18 per net ton on foreign-built barges, effective October 14, 2026.",
        "USTR announces port fee on foreign-built barges",
        &["published 2026-04-09", "in_force 2026-10-14"],
    );
    let none = |site: &'static str, title: &'static str, text: &'static str| {
        let told = told(&[(site, "2026-04-09", title, text)]);
        assert!(told.events.is_empty(), "{title}: {:?}", told.events);
    };
    none(
        "ustr.gov/about/press",
        "USTR welcomes lower fees on barges",
        "The Office of the United States Trade Representative welcomed a decision of the port. It takes effect on October 14, 2026.",
    );
    none(
        "paper.example/1",
        "Ministry announces port fee on foreign-built barges",
        "The ministry announced a fee of $18 per net ton on foreign-built barges, effective October 14, 2026.",
    );
}
