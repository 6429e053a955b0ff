//! Official documents on plausible acts, made up whole: who is on which list, and what applies, on which days.

mod told;

use headwater_model::life::state_on;
use headwater_model::membership::{Member, members_on};
use headwater_model::time::Date;
use headwater_model::tracking::{MeasureEvent, NewsKind};
use told::{Told, called, told};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Holds that these and no others are on a list on a day, each by a part of one of its names.
fn members(told: &Told, list: &str, on: &str, expected: &[&str]) {
    check(told, list, on, expected, |_| true);
}

/// The same of those to whom the list's measures do not apply.
fn suspended(told: &Told, list: &str, on: &str, expected: &[&str]) {
    check(told, list, on, expected, |member| member.suspended.is_some());
}

fn check(told: &Told, list: &str, on: &str, expected: &[&str], which: impl Fn(&Member) -> bool) {
    let designations: Vec<_> =
        told.designations.iter().filter(|d| d.list.as_str() == list).cloned().collect();
    let found = members_on(&designations, day(on), Date::MAX);
    let names: Vec<String> = found.iter().filter(|m| which(m)).map(called).collect();
    let all = expected.iter().all(|name| names.iter().any(|n| n.contains(name)));
    assert!(all && names.len() == expected.len(), "on {on}: {names:#?}, expected {expected:?}");
}

/// Holds how a measure stood on a day.
fn state(told: &Told, name: &str, on: &str, expected: &str) {
    let own = |e: &&MeasureEvent| e.proposed_name.as_deref() == Some(name);
    let events: Vec<MeasureEvent> = told.events.iter().filter(own).cloned().collect();
    let state = state_on(&events, day(on), Date::MAX).map(|m| m.word().to_owned());
    let steps: Vec<_> = events.iter().map(|e| (e.step, e.date.clone(), e.reported)).collect();
    assert_eq!(state.as_deref(), Some(expected), "{name} on {on}: {steps:?}");
}

#[test]
fn an_act_that_points_to_members_of_whom_none_is_read_is_told() {
    let text = "根据有关法律规定，商务部决定将附件所列6家美国实体列入出口管制管控名单。";
    let told =
        told(&[("https://www.mofcom.gov.cn/zcfb/1.html", "2026-03-02", "商务部公告2026年第7号", text)]);
    assert_eq!(told.derivations(), Vec::<String>::new());
    let told: Vec<&str> =
        told.news.iter().filter(|n| n.kind == NewsKind::Conflict).map(|n| n.text.as_str()).collect();
    assert_eq!(told, ["the notice counts 6 members and none was read"]);
}

#[test]
fn entries_of_an_amended_supplement() {
    let told = told(&[(
        "https://www.federalregister.gov/documents/2026/03/17/2026-05101/additions-and-revisions",
        "2026-03-17",
        "Additions and Revisions to the Entity List",
        "AGENCY: Bureau of Industry and Security, Department of Commerce.\n\nACTION: Final rule.\n\nSUMMARY: In this final rule, the Bureau of Industry and Security (BIS) amends the Export Administration Regulations (EAR) by adding four entities under five entries to the Entity List. These entities have been determined by the U.S. Government to be acting contrary to the national security or foreign policy interests of the United States.\n\nDATES: This rule is effective April 2, 2026.\n\nSUPPLEMENTARY INFORMATION:\n\nBackground\n\nThe Entity List (supplement no. 4 to part 744 of the EAR) identifies entities for which there is reasonable cause to believe that they have been involved in such activities.\n\nFor the reasons stated in the preamble, part 744 is amended as follows:\n\n1. The authority citation for part 744 continues to read as follows: 50 U.S.C. 4801-4852.\n\n2. Supplement No. 4 to Part 744 is amended:\n\na. Under CHINA, PEOPLE'S REPUBLIC OF, by adding in alphabetical order, entries for \"Korda Lithography Research Center;\" \"Pellan Semiconductor Materials Co., Ltd.;\" and \"Yinhe Vector Computing Co., Ltd.;\"\n\nb. Under SINGAPORE, by adding, in alphabetical order, an entry for \"Pellan Semiconductor Materials Pte. Ltd.;\" and\n\nc. Under TURKEY, by adding, in alphabetical order, an entry for \"Bosfor Teknik Dis Ticaret A.S.\"\n\nThe additions read as follows:\n\nSupplement No. 4 to Part 744--Entity List",
    )]);
    members(&told, "entity-list", "2026-03-20", &[]);
    members(
        &told,
        "entity-list",
        "2026-04-02",
        &["Korda", "Pellan Semiconductor Materials Co", "Yinhe", "Pte", "Bosfor"],
    );
}

#[test]
fn removals_by_short_name() {
    let told = told(&[
        (
            "https://www.bis.gov/press/a1",
            "2025-02-03",
            "BIS adds three to the Entity List",
            "The Bureau of Industry and Security today added Norland Optics GmbH, Sable Marine Systems LLC and Tirana Aero Parts Sh.p.k. to the Entity List, effective February 3, 2025.",
        ),
        (
            "https://www.federalregister.gov/documents/2026/05/12/2026-08877/removals",
            "2026-05-12",
            "Removals From and Revision to the Entity List",
            "SUMMARY: In this rule, the Bureau of Industry and Security (BIS) amends the Export Administration Regulations by removing two entities from the Entity List and revising one existing entry.\n\nDATES: This rule is effective May 19, 2026.\n\nRemovals\n\nThis rule removes Norland Optics, located in Germany, and Tirana Aero Parts Sh.p.k., located in Albania, from the Entity List on the basis of a removal request submitted under section 744.16.\n\nSupplement No. 4 to part 744 is amended:\n\na. Under ALBANIA, by removing the entry for \"Tirana Aero Parts Sh.p.k.\";\n\nb. Under GERMANY, by removing the entry for \"Norland Optics GmbH\"; and\n\nc. Under UNITED ARAB EMIRATES, by revising the entry for \"Sable Marine Systems LLC\".",
        ),
    ]);
    members(&told, "entity-list", "2026-05-15", &["Norland", "Sable", "Tirana"]);
    members(&told, "entity-list", "2026-05-19", &["Sable"]);
}

#[test]
fn a_delay_and_a_correction_of_a_rule() {
    let told = told(&[
        (
            "https://www.federalregister.gov/documents/2026/03/17/2026-05101/additions-and-revisions",
            "2026-03-17",
            "Additions and Revisions to the Entity List",
            "AGENCY: Bureau of Industry and Security, Department of Commerce.\n\nACTION: Final rule.\n\nSUMMARY: In this final rule, the Bureau of Industry and Security (BIS) amends the Export Administration Regulations (EAR) by adding four entities under five entries to the Entity List. These entities have been determined by the U.S. Government to be acting contrary to the national security or foreign policy interests of the United States.\n\nDATES: This rule is effective April 2, 2026.\n\nSUPPLEMENTARY INFORMATION:\n\nBackground\n\nThe Entity List (supplement no. 4 to part 744 of the EAR) identifies entities for which there is reasonable cause to believe that they have been involved in such activities.\n\nFor the reasons stated in the preamble, part 744 is amended as follows:\n\n1. The authority citation for part 744 continues to read as follows: 50 U.S.C. 4801-4852.\n\n2. Supplement No. 4 to Part 744 is amended:\n\na. Under CHINA, PEOPLE'S REPUBLIC OF, by adding in alphabetical order, entries for \"Korda Lithography Research Center;\" \"Pellan Semiconductor Materials Co., Ltd.;\" and \"Yinhe Vector Computing Co., Ltd.;\"\n\nb. Under SINGAPORE, by adding, in alphabetical order, an entry for \"Pellan Semiconductor Materials Pte. Ltd.;\" and\n\nc. Under TURKEY, by adding, in alphabetical order, an entry for \"Bosfor Teknik Dis Ticaret A.S.\"\n\nThe additions read as follows:\n\nSupplement No. 4 to Part 744--Entity List",
        ),
        (
            "https://www.federalregister.gov/documents/2026/03/30/2026-06002/delay",
            "2026-03-30",
            "Additions and Revisions to the Entity List; Delay of Effective Date",
            "ACTION: Final rule; delay of effective date.\n\nSUMMARY: On March 17, 2026, BIS published a final rule that adds four entities to the Entity List. This document delays the effective date of that rule from April 2, 2026, to June 1, 2026.",
        ),
        (
            "https://www.federalregister.gov/documents/2026/05/05/2026-08111/correction",
            "2026-05-05",
            "Additions and Revisions to the Entity List; Correction",
            "ACTION: Final rule; correction.\n\nSUMMARY: The Bureau of Industry and Security (BIS) corrects the final rule that appeared in the Federal Register on March 17, 2026. That rule inadvertently included an entry for \"Bosfor Teknik Dis Ticaret A.S.\" on the Entity List. This document corrects the rule by removing that entry.",
        ),
    ]);
    members(&told, "entity-list", "2026-04-10", &[]);
    members(
        &told,
        "entity-list",
        "2026-06-02",
        &["Korda", "Pellan Semiconductor Materials Co", "Yinhe", "Pte"],
    );
}

#[test]
fn aliases_and_subsidiaries() {
    let told = told(&[(
        "https://www.bis.gov/press/meu",
        "2026-06-08",
        "BIS Adds Three Parties to the Military End User List",
        "WASHINGTON - The Bureau of Industry and Security has added Brackwell Turbines (also known as: BW Turbines; Brakvel) and its subsidiaries Ondra Castings and Lys Bearings to the Military End User List. The additions took effect upon publication on June 8, 2026.",
    )]);
    members(&told, "meu-list", "2026-06-10", &["Brackwell", "Ondra", "Lys"]);
}

#[test]
fn lines_of_facts_under_their_sentences() {
    let told = told(&[
        (
            "https://ofac.treasury.gov/recent-actions/20250101",
            "2025-01-08",
            "Iran-related Designations",
            "The following entities have been added to OFAC's SDN List:\n\nARAX EXCHANGE (a.k.a. ARAX SARRAFI), Tehran, Iran [IRAN].",
        ),
        (
            "https://ofac.treasury.gov/recent-actions/20260414",
            "2026-04-14",
            "Iran-related Designations; Counter Terrorism Designation Removal",
            "The following individuals have been added to OFAC's SDN List:\n\nHASSANI, Behnam (Arabic: بهنام حسنی), Tehran, Iran; DOB 12 Mar 1979; nationality Iran; Gender Male; Passport X12345678 (Iran) (individual) [IRAN] [IFSR].\n\nOKTAY, Sinan, Istanbul, Turkey; DOB 03 Jul 1985; POB Izmir, Turkey; Gender Male (individual) [SDGT].\n\nThe following entities have been added to OFAC's SDN List:\n\nCORAL CREST SHIPPING LLC (a.k.a. \"CORAL CREST\"; a.k.a. CORAL CREST MARINE), Office 1204, Deira, Dubai, United Arab Emirates; Organization Established Date 2019; License 887612 (United Arab Emirates) [IRAN-EO13902].\n\nNAVEED ELECTRONICS TRADING CO., Hong Kong, China; Company Number 3310022 (Hong Kong) [NPWMD].\n\nThe following vessel has been added to OFAC's SDN List:\n\nOCEAN LARK (3FXY9) Crude Oil Tanker Panama flag; Vessel Registration Identification IMO 9312345 (vessel) [IRAN-EO13902].\n\nThe following deletions have been made to OFAC's SDN List:\n\nARAX EXCHANGE (a.k.a. ARAX SARRAFI), Tehran, Iran [IRAN].",
        ),
    ]);
    members(&told, "sdn", "2025-02-01", &["ARAX"]);
    members(
        &told,
        "sdn",
        "2026-05-01",
        &["HASSANI", "OKTAY", "CORAL CREST SHIPPING", "NAVEED", "OCEAN LARK"],
    );
}

#[test]
fn an_office_designates_without_naming_its_list() {
    let told = told(&[(
        "https://home.treasury.gov/news/press-releases/jy2001",
        "2026-07-09",
        "Treasury Sanctions Procurement Network",
        "WASHINGTON - Today, the Department of the Treasury's Office of Foreign Assets Control (OFAC) designated two individuals and three companies, Dunmore Freight Ltd, Kestrel Components FZCO, and Vardan Electronics OOO, for supplying drone parts. As a result of today's action, they have been added to the SDN List.",
    )]);
    members(&told, "sdn", "2026-07-10", &["Dunmore", "Kestrel", "Vardan"]);
}

#[test]
fn an_annex_is_amended() {
    let told = told(&[(
        "https://eur-lex.europa.eu/eli/reg_impl/2026/455/oj",
        "2026-02-24",
        "Council Implementing Regulation (EU) 2026/455 of 23 February 2026 implementing Regulation (EU) No 833/2014",
        "THE COUNCIL OF THE EUROPEAN UNION,\n\nHaving regard to the Treaty on the Functioning of the European Union,\n\nWhereas:\n\n(1) On 31 July 2014, the Council adopted Regulation (EU) No 833/2014.\n\n(2) It is appropriate to add certain entities to Annex IV to that Regulation.\n\nHAS ADOPTED THIS REGULATION:\n\nArticle 1\n\nAnnex IV to Regulation (EU) No 833/2014 is amended as set out in the Annex to this Regulation.\n\nArticle 2\n\nThis Regulation shall enter into force on the day following that of its publication in the Official Journal of the European Union.\n\nANNEX\n\nIn Annex IV to Regulation (EU) No 833/2014, the following entities are added:\n\nTarkan Optik Sanayi (Türkiye)\n\nShenzhen Louvre Micro Technology Co., Ltd. (China)\n\nOOO Severny Priborostroitel (Russia)\n\nIn the same Annex, the following entity is deleted:\n\nAlmaty Radio Supply LLP (Kazakhstan)",
    )]);
    members(&told, "eu-annex-iv", "2026-02-26", &["Tarkan", "Louvre", "Severny"]);
}

#[test]
fn headings_put_on_and_take_off() {
    let told = told(&[(
        "https://www.gov.uk/government/publications/financial-sanctions-russia-n1",
        "2026-03-05",
        "Financial Sanctions Notice: Russia",
        "1. On 5 March 2026 the Foreign, Commonwealth and Development Office updated the UK Sanctions List on GOV.UK. This list provides details of those designated under regulations made under the Sanctions Act.\n\n2. Following the publication of the UK Sanctions List, information on the Consolidated List has been updated.\n\nAnnex to Notice\n\nAdditions\n\nEntities\n\n1. HARROW & PYKE COMMODITIES DMCC. Address: Unit 14, Jumeirah Lakes Towers, Dubai. Listed on: 05/03/2026. Group ID: 17001.\n\n2. SIBIRSKAYA OPTIKA JSC. Address: Novosibirsk, Russia. Listed on: 05/03/2026. Group ID: 17002.\n\nDelisting\n\n1. OLD QUAY BUNKERING LTD. Group ID: 15777.",
    )]);
    members(&told, "uk-sanctions-list", "2026-03-06", &["HARROW", "SIBIRSKAYA"]);
}

#[test]
fn passive_sentences_that_include() {
    let told = told(&[(
        "https://www.meti.go.jp/english/press/2026/0129_002.html",
        "2026-01-29",
        "Review of the End User List",
        "The Ministry of Economy, Trade and Industry (METI) has revised the End User List. In this revision, seven organizations were newly added, including Hongtu Rocketry Institute (China) and Baltiysk Sensor Works (Russia), and two organizations, Kandy Polymers (Sri Lanka) and Thar Metallics (Pakistan), were removed. The revised list comes into effect on February 5, 2026.",
    )]);
    members(&told, "jp-end-user-list", "2026-02-01", &[]);
    members(&told, "jp-end-user-list", "2026-02-06", &["Hongtu", "Baltiysk"]);
}

#[test]
fn a_determination_with_a_colon() {
    let told = told(&[(
        "https://www.federalregister.gov/documents/2026/01/12/2026-00444/1260h",
        "2026-01-12",
        "Notice of Availability of Designation of Chinese Military Companies",
        "AGENCY: Department of Defense.\n\nSUMMARY: The Deputy Secretary of Defense has determined that the following entities should be added to the list of Chinese military companies maintained under Section 1260H: Anqing Photonic Foundry Co., Ltd.; Luoyang Titan Robotics Group; and Zhuhai Seaward Drones Ltd. The Deputy Secretary has also determined that Hubei Kaida Auto Parts Co., Ltd. should be removed from the Section 1260H list.",
    )]);
    members(&told, "list-1260h", "2026-01-15", &["Anqing", "Luoyang", "Zhuhai"]);
}

#[test]
fn measures_against_a_member_rest_for_a_year() {
    let told = told(&[
        (
            "https://www.bis.gov/press/s0",
            "2025-06-02",
            "BIS Adds Greywater Sensors to Entity List",
            "The Bureau of Industry and Security added Greywater Sensors Inc. and Felden Avionics Ltd. to the Entity List on June 2, 2025.",
        ),
        (
            "https://www.bis.gov/press/s1",
            "2026-06-01",
            "BIS Temporarily Suspends Entity List Restrictions",
            "The Bureau of Industry and Security today suspended for one year the Entity List license requirements for Greywater Sensors Inc., effective June 1, 2026. The suspension expires on May 31, 2027.",
        ),
    ]);
    members(&told, "entity-list", "2026-07-01", &["Greywater", "Felden"]);
    suspended(&told, "entity-list", "2026-07-01", &["Greywater"]);
    suspended(&told, "entity-list", "2027-06-02", &[]);
}

#[test]
fn an_annex_line_by_line() {
    let told = told(&[(
        "https://www.mofcom.gov.cn/zcfb/z01.html",
        "2026-03-02",
        "不可靠实体清单工作机制公告2026年第3号",
        "为维护国家主权、安全、发展利益，根据《中华人民共和国对外贸易法》《中华人民共和国反外国制裁法》等有关法律，不可靠实体清单工作机制依据《不可靠实体清单规定》第二条、第八条和第十条等有关规定，决定将霍兰德导航公司等4家企业列入不可靠实体清单（见附件），并采取以下处理措施：\n\n一、禁止上述企业从事与中国有关的进出口活动；\n\n二、禁止上述企业在中国境内新增投资。\n\n本公告未尽事宜，按照《不可靠实体清单规定》执行。\n\n本公告自公布之日起实施。\n\n附件：不可靠实体清单\n\n1. 霍兰德导航公司（Holland Navigation Inc.）\n\n2. 西里尔遥感公司（Cyril Remote Sensing LLC）\n\n3. 佩恩斯动力集团（Paynes Propulsion Group）\n\n4. 阿罗防务有限公司（Arrow Defence Ltd.）\n\n不可靠实体清单工作机制（代章）\n\n2026年3月2日",
    )]);
    members(&told, "uel", "2026-03-03", &["霍兰德", "西里尔", "佩恩斯", "阿罗"]);
}

#[test]
fn a_day_before_its_verb() {
    let told = told(&[
        (
            "https://www.mofcom.gov.cn/zcfb/z01.html",
            "2026-03-02",
            "不可靠实体清单工作机制公告2026年第3号",
            "为维护国家主权、安全、发展利益，根据《中华人民共和国对外贸易法》《中华人民共和国反外国制裁法》等有关法律，不可靠实体清单工作机制依据《不可靠实体清单规定》第二条、第八条和第十条等有关规定，决定将霍兰德导航公司等4家企业列入不可靠实体清单（见附件），并采取以下处理措施：\n\n一、禁止上述企业从事与中国有关的进出口活动；\n\n二、禁止上述企业在中国境内新增投资。\n\n本公告未尽事宜，按照《不可靠实体清单规定》执行。\n\n本公告自公布之日起实施。\n\n附件：不可靠实体清单\n\n1. 霍兰德导航公司（Holland Navigation Inc.）\n\n2. 西里尔遥感公司（Cyril Remote Sensing LLC）\n\n3. 佩恩斯动力集团（Paynes Propulsion Group）\n\n4. 阿罗防务有限公司（Arrow Defence Ltd.）\n\n不可靠实体清单工作机制（代章）\n\n2026年3月2日",
        ),
        (
            "https://www.mofcom.gov.cn/zcfb/z02.html",
            "2026-08-28",
            "不可靠实体清单工作机制公告2026年第9号",
            "根据《不可靠实体清单规定》第十三条，经研究，不可靠实体清单工作机制决定，自2026年9月5日起，将西里尔遥感公司、阿罗防务移出不可靠实体清单，并停止对其采取2026年第3号公告规定的措施。",
        ),
    ]);
    members(&told, "uel", "2026-09-01", &["霍兰德", "西里尔", "佩恩斯", "阿罗"]);
    members(&told, "uel", "2026-09-06", &["霍兰德", "佩恩斯"]);
}

#[test]
fn measures_rest_rest_on_and_go_on() {
    let told = told(&[
        (
            "https://www.mofcom.gov.cn/zcfb/z03a.html",
            "2026-04-04",
            "商务部公告2026年第18号 公布将美国实体列入出口管制管控名单",
            "根据《中华人民共和国出口管制法》等法律法规有关规定，商务部决定将哈默电子公司、卢卡斯航电公司、泰伦传感公司3家美国实体列入出口管制管控名单，禁止向其出口两用物项。本公告自公布之日起正式实施。",
        ),
        (
            "https://www.mofcom.gov.cn/zcfb/z03b.html",
            "2026-05-14",
            "商务部公告2026年第31号",
            "为落实经贸磋商共识，现决定自2026年5月14日起90天内，暂停对商务部公告2026年第18号中哈默电子公司、卢卡斯航电公司的出口管制管控名单措施。",
        ),
        (
            "https://www.mofcom.gov.cn/zcfb/z03c.html",
            "2026-08-12",
            "商务部公告2026年第45号",
            "现决定继续暂停对哈默电子公司的出口管制管控名单措施至2026年11月10日；自2026年8月12日起恢复对卢卡斯航电公司的出口管制管控名单措施。",
        ),
    ]);
    members(&told, "cn-control-list", "2026-06-01", &["哈默", "卢卡斯", "泰伦"]);
    suspended(&told, "cn-control-list", "2026-06-01", &["哈默", "卢卡斯"]);
    suspended(&told, "cn-control-list", "2026-09-01", &["哈默"]);
    suspended(&told, "cn-control-list", "2026-11-20", &[]);
}

#[test]
fn an_annex_as_a_table() {
    let told = told(&[(
        "https://www.mofcom.gov.cn/zcfb/z04.html",
        "2026-06-30",
        "商务部公告2026年第38号 公布将日本实体列入出口管制管控名单",
        "根据《中华人民共和国出口管制法》《中华人民共和国两用物项出口管制条例》等法律法规有关规定，为履行防扩散等国际义务，商务部决定将附件所列5家日本实体列入出口管制管控名单。\n\n本公告自2026年7月3日起施行。\n\n附件：\n\n序号\t中文名称\t英文名称\n1\t三泽精密工业株式会社\tMisawa Precision Industries Co., Ltd.\n2\t北浦重机株式会社\tKitaura Heavy Machinery Co., Ltd.\n3\t鸣海航空研究所\tNarumi Aviation Institute\n4\t大矶电波株式会社\tOiso Denpa Co., Ltd.\n5\t防卫技术推进协会\tDefence Technology Promotion Association",
    )]);
    members(&told, "cn-control-list", "2026-07-01", &[]);
    members(&told, "cn-control-list", "2026-07-03", &["三泽", "北浦", "鸣海", "大矶", "防卫技术"]);
}

#[test]
fn traditional_characters_and_names_in_two_scripts() {
    let told = told(&[(
        "https://www.trade.gov.tw/z07.html",
        "2026-06-10",
        "經濟部公告增列戰略性高科技貨品輸出管制實體名單",
        "經濟部國際貿易署表示，為防止武器擴散，經濟部於10日公告將晶陽微電子有限公司、渭川雷射研究所、NORTHWAY SEMI TRADING LLC等3家實體增列至戰略性高科技貨品出口實體管理名單，並自6月16日生效。我國廠商輸出貨品至名單實體，應事先申請輸出許可。",
    )]);
    members(&told, "tw-shtc-list", "2026-06-12", &[]);
    members(&told, "tw-shtc-list", "2026-06-17", &["晶陽", "渭川", "NORTHWAY"]);
}

#[test]
fn what_is_struck_out_and_added_to_the_list_just_named() {
    let told = told(&[
        (
            "https://www.trade.gov.tw/z07.html",
            "2026-06-10",
            "經濟部公告增列戰略性高科技貨品輸出管制實體名單",
            "經濟部國際貿易署表示，為防止武器擴散，經濟部於10日公告將晶陽微電子有限公司、渭川雷射研究所、NORTHWAY SEMI TRADING LLC等3家實體增列至戰略性高科技貨品出口實體管理名單，並自6月16日生效。我國廠商輸出貨品至名單實體，應事先申請輸出許可。",
        ),
        (
            "https://www.trade.gov.tw/z08.html",
            "2026-11-03",
            "經濟部公告修正實體名單",
            "經濟部3日公告修正戰略性高科技貨品出口實體管理名單，刪除渭川雷射研究所，並新增岷江航太材料公司，自即日生效。",
        ),
    ]);
    members(&told, "tw-shtc-list", "2026-11-04", &["晶陽", "NORTHWAY", "岷江"]);
}

#[test]
fn a_member_by_mistake() {
    let told = told(&[
        (
            "https://www.mofcom.gov.cn/zcfb/z04.html",
            "2026-06-30",
            "商务部公告2026年第38号 公布将日本实体列入出口管制管控名单",
            "根据《中华人民共和国出口管制法》《中华人民共和国两用物项出口管制条例》等法律法规有关规定，为履行防扩散等国际义务，商务部决定将附件所列5家日本实体列入出口管制管控名单。\n\n本公告自2026年7月3日起施行。\n\n附件：\n\n序号\t中文名称\t英文名称\n1\t三泽精密工业株式会社\tMisawa Precision Industries Co., Ltd.\n2\t北浦重机株式会社\tKitaura Heavy Machinery Co., Ltd.\n3\t鸣海航空研究所\tNarumi Aviation Institute\n4\t大矶电波株式会社\tOiso Denpa Co., Ltd.\n5\t防卫技术推进协会\tDefence Technology Promotion Association",
        ),
        (
            "https://www.mofcom.gov.cn/zcfb/z09.html",
            "2026-07-08",
            "关于商务部公告2026年第38号的更正公告",
            "商务部公告2026年第38号附件所列“防卫技术推进协会”系误列，现予更正，将其从出口管制管控名单中删除。",
        ),
    ]);
    members(&told, "cn-control-list", "2026-07-09", &["三泽", "北浦", "鸣海", "大矶"]);
}

#[test]
fn from_one_list_to_another() {
    let told = told(&[
        (
            "https://www.mofcom.gov.cn/zcfb/z11a.html",
            "2026-02-10",
            "商务部公告2026年第9号",
            "商务部决定将绫濑光学株式会社、丰海船用电机株式会社等2家日本实体列入关注名单。本公告自公布之日起施行。",
        ),
        (
            "https://www.mofcom.gov.cn/zcfb/z11b.html",
            "2026-10-12",
            "商务部公告2026年第60号",
            "根据核查情况，商务部决定将绫濑光学株式会社移出关注名单，同时将丰海船用电机株式会社移出关注名单并列入出口管制管控名单，自2026年10月15日起施行。",
        ),
    ]);
    members(&told, "cn-watch-list", "2026-03-01", &["绫濑", "丰海"]);
    members(&told, "cn-watch-list", "2026-10-13", &["绫濑", "丰海"]);
    members(&told, "cn-watch-list", "2026-10-16", &[]);
    members(&told, "cn-control-list", "2026-10-16", &["丰海"]);
}

#[test]
fn persons_below_companies() {
    let told = told(&[(
        "https://www.mfa.gov.cn/z13.html",
        "2026-05-18",
        "外交部令第14号 关于对美国军工企业采取反制措施的决定",
        "根据《中华人民共和国反外国制裁法》第三条、第四条规定，中方决定对以下企业及个人列入反制清单：\n\n一、企业\n\n1. 奥斯本机器人公司（Osborne Robotics Inc.）\n\n2. 泰勒-坎贝尔航天公司（Taylor-Campbell Aerospace）\n\n二、高级管理人员\n\n1. 格伦·惠特克（Glenn Whitaker），奥斯本机器人公司首席执行官\n\n本决定自2026年5月18日起施行。",
    )]);
    members(&told, "cn-countermeasures-list", "2026-05-19", &["奥斯本机器人公司（Os", "泰勒", "惠特克"]);
}

#[test]
fn each_act_has_its_own_day() {
    let told = told(&[
        (
            "https://www.mofcom.gov.cn/zcfb/z15a.html",
            "2026-01-20",
            "商务部公告2026年第2号",
            "商务部决定将云杉卫星公司（Spruce Satellite Corp.）、海鸥通信公司（Gull Comms）列入不可靠实体清单，自公布之日起施行。",
        ),
        (
            "https://www.mofcom.gov.cn/zcfb/z15.html",
            "2026-07-20",
            "商务部公告2026年第42号",
            "商务部决定恢复对已暂停措施的云杉卫星公司（Spruce Satellite Corp.）采取不可靠实体清单措施。\n同日，商务部将白鹭测绘公司（Egret Mapping Inc.）增列入不可靠实体清单，自2026年7月25日起施行；将海鸥通信公司（Gull Comms）从不可靠实体清单中剔除，自2026年8月1日起生效。",
        ),
    ]);
    members(&told, "uel", "2026-07-22", &["云杉", "海鸥"]);
    members(&told, "uel", "2026-07-26", &["云杉", "海鸥", "白鹭"]);
    members(&told, "uel", "2026-08-02", &["云杉", "白鹭"]);
}

#[test]
fn a_rule_is_put_off_blocked_let_go_and_vacated() {
    let told = told(&[
        (
            "https://www.bis.gov/press/r1",
            "2026-02-02",
            "BIS Issues Model Weight Reporting Rule",
            "WASHINGTON - The Bureau of Industry and Security (BIS) today issued the Model Weight Reporting Rule, which requires cloud providers to report exports of closed model weights. The rule takes effect on May 1, 2026.",
        ),
        (
            "https://www.bis.gov/press/r2",
            "2026-04-20",
            "BIS Delays Model Weight Reporting Rule",
            "WASHINGTON - The Bureau of Industry and Security today delayed the effective date of the Model Weight Reporting Rule from May 1, 2026 to September 1, 2026.",
        ),
        (
            "https://www.courtnews.example/1",
            "2026-09-14",
            "Judge blocks Model Weight Reporting Rule",
            "A federal judge in Texas on Monday blocked the Commerce Department from enforcing the Model Weight Reporting Rule while a lawsuit proceeds.",
        ),
        (
            "https://www.courtnews.example/2",
            "2026-10-19",
            "Appeals court lifts block",
            "The Fifth Circuit on Monday lifted the injunction against the Model Weight Reporting Rule, allowing it to take effect immediately.",
        ),
        (
            "https://www.courtnews.example/3",
            "2026-11-16",
            "Appeals court vacates reporting rule",
            "The Fifth Circuit on Monday vacated the Model Weight Reporting Rule, saying the bureau had exceeded its authority.",
        ),
    ]);
    state(&told, "Model Weight Reporting Rule", "2026-03-01", "adopted");
    state(&told, "Model Weight Reporting Rule", "2026-05-10", "suspended");
    state(&told, "Model Weight Reporting Rule", "2026-09-02", "in_force");
    state(&told, "Model Weight Reporting Rule", "2026-09-20", "suspended");
    state(&told, "Model Weight Reporting Rule", "2026-10-20", "in_force");
    state(&told, "Model Weight Reporting Rule", "2026-11-17", "ended");
}

#[test]
fn an_order_that_ends_is_extended() {
    let told = told(&[
        (
            "https://www.gov.uk/government/news/chip-code",
            "2025-05-12",
            "Government makes Chip Tool Export Control Order",
            "The government has today made the Chip Tool Export Control Order 2025, which bans the export of lithography parts without a licence. The Order comes into force on 1 June 2025 and expires on 31 May 2026.",
        ),
        (
            "https://www.gov.uk/government/news/chip-code-2",
            "2026-05-20",
            "Chip Tool Export Control Order extended",
            "The Department for Business and Trade has extended the Chip Tool Export Control Order 2025 until 31 May 2027.",
        ),
    ]);
    state(&told, "Chip Tool Export Control Order", "2025-05-20", "adopted");
    state(&told, "Chip Tool Export Control Order", "2025-07-01", "in_force");
    state(&told, "Chip Tool Export Control Order", "2026-07-01", "in_force");
    state(&told, "Chip Tool Export Control Order", "2027-06-02", "ended");
}

#[test]
fn a_consultation_becomes_regulations() {
    let told = told(&[
        (
            "https://www.gov.uk/government/consultations/dc",
            "2026-01-14",
            "Consultation on the Data Centre Water Regulations",
            "The Department for Energy Security has opened a consultation on the draft Data Centre Water Regulations, which would require operators to report water use. The consultation closes on 8 April 2026.",
        ),
        (
            "https://www.gov.uk/government/news/dc-made",
            "2026-07-22",
            "Data Centre Water Regulations made",
            "The Data Centre Water Regulations 2026 were made on 21 July 2026 and come into force on 1 October 2026. They require operators of data centres to report water use each year.",
        ),
    ]);
    state(&told, "Data Centre Water Regulations", "2026-02-01", "consultation");
    state(&told, "Data Centre Water Regulations", "2026-08-01", "adopted");
    state(&told, "Data Centre Water Regulations", "2026-10-02", "in_force");
}

#[test]
fn a_regulation_is_repealed_with_effect_from_a_day() {
    let told = told(&[
        (
            "https://eur-lex.europa.eu/eli/reg/2025/1001/oj",
            "2025-04-08",
            "Regulation (EU) 2025/1001 on the screening of quantum exports",
            "Regulation (EU) 2025/1001, the Quantum Export Screening Regulation, requires exporters of quantum computers to obtain an authorisation. It shall apply from 1 September 2025.",
        ),
        (
            "https://eur-lex.europa.eu/eli/reg/2026/902/oj",
            "2026-06-16",
            "Regulation (EU) 2026/902",
            "The Quantum Export Screening Regulation is repealed with effect from 1 January 2027.",
        ),
    ]);
    state(&told, "Quantum Export Screening Regulation", "2025-06-01", "adopted");
    state(&told, "Quantum Export Screening Regulation", "2026-01-01", "in_force");
    state(&told, "Quantum Export Screening Regulation", "2026-12-01", "in_force");
    state(&told, "Quantum Export Screening Regulation", "2027-01-02", "ended");
}

#[test]
fn a_draft_is_published_and_put_off() {
    let told = told(&[
        (
            "https://www.miit.gov.cn/z05a.html",
            "2026-01-20",
            "公开征求对《卫星物联网管理办法（征求意见稿）》的意见",
            "为规范卫星物联网业务，我部起草了《卫星物联网管理办法（征求意见稿）》，现向社会公开征求意见，意见反馈截止时间为2026年2月20日。",
        ),
        (
            "https://www.miit.gov.cn/z05b.html",
            "2026-06-01",
            "中华人民共和国工业和信息化部令第88号",
            "《卫星物联网管理办法》已经2026年5月18日工业和信息化部第6次部务会议审议通过，现予公布，自2026年9月1日起施行。",
        ),
        (
            "https://www.miit.gov.cn/z05c.html",
            "2026-08-18",
            "关于推迟《卫星物联网管理办法》施行日期的公告",
            "经研究决定，《卫星物联网管理办法》施行日期由2026年9月1日推迟至2027年3月1日。",
        ),
    ]);
    state(&told, "卫星物联网管理办法", "2026-02-01", "consultation");
    state(&told, "卫星物联网管理办法", "2026-07-01", "adopted");
    state(&told, "卫星物联网管理办法", "2026-10-01", "suspended");
    state(&told, "卫星物联网管理办法", "2027-03-02", "in_force");
}

#[test]
fn a_numbered_notice_is_suspended_by_its_number() {
    let told = told(&[
        (
            "https://www.mofcom.gov.cn/zcfb/z06a.html",
            "2026-05-06",
            "商务部 海关总署公告2026年第27号 公布对钪、铪相关物项实施出口管制的决定",
            "根据《中华人民共和国出口管制法》等有关规定，经国务院批准，决定对钪、铪相关物项实施出口管制，出口经营者出口上述物项应当取得许可。本公告自2026年6月10日起正式实施。",
        ),
        (
            "https://www.mofcom.gov.cn/zcfb/z06b.html",
            "2026-09-03",
            "商务部 海关总署公告2026年第51号",
            "经国务院批准，决定自2026年9月10日起至2027年9月9日，暂停实施商务部、海关总署公告2026年第27号（公布对钪、铪相关物项实施出口管制的决定）。",
        ),
    ]);
    state(&told, "公布对钪、铪相关物项实施出口管制的决定", "2026-05-20", "adopted");
    state(&told, "公布对钪、铪相关物项实施出口管制的决定", "2026-07-01", "in_force");
    state(&told, "公布对钪、铪相关物项实施出口管制的决定", "2026-10-01", "suspended");
    state(&told, "公布对钪、铪相关物项实施出口管制的决定", "2027-09-11", "in_force");
}

#[test]
fn a_draft_announced_in_advance() {
    let told = told(&[
        (
            "https://www.trade.gov.tw/z14a.html",
            "2026-03-03",
            "預告訂定「量子運算設備輸出管理辦法」草案",
            "經濟部預告訂定「量子運算設備輸出管理辦法」草案，自公告日起60日內徵求各界意見。",
        ),
        (
            "https://www.trade.gov.tw/z14b.html",
            "2026-07-01",
            "訂定「量子運算設備輸出管理辦法」",
            "經濟部發布「量子運算設備輸出管理辦法」，自115年8月1日施行，輸出量子運算設備應申請許可。",
        ),
    ]);
    state(&told, "量子運算設備輸出管理辦法", "2026-04-01", "consultation");
    state(&told, "量子運算設備輸出管理辦法", "2026-07-10", "adopted");
    state(&told, "量子運算設備輸出管理辦法", "2026-08-02", "in_force");
}

#[test]
fn a_statute_ends_on_the_day_of_its_repeal() {
    let told = told(&[
        (
            "https://www.gov.cn/z10a.html",
            "2024-03-01",
            "国务院关于修改《无人船出口管理条例》的决定",
            "《无人船出口管理条例》规定，出口无人船应当取得许可。修改后的条例自2024年5月1日起施行。",
        ),
        (
            "https://www.gov.cn/z10b.html",
            "2026-09-15",
            "国务院关于废止部分行政法规的决定",
            "国务院决定废止《无人船出口管理条例》，本决定自2026年10月1日起施行。",
        ),
    ]);
    state(&told, "无人船出口管理条例", "2026-09-20", "in_force");
    state(&told, "无人船出口管理条例", "2026-10-02", "ended");
}

#[test]
fn lettered_instructions_of_another_list() {
    let told = told(&[(
        "https://www.federalregister.gov/documents/2026/02/03/1/a",
        "2026-02-03",
        "Revisions to the Unverified List",
        "The Bureau of Industry and Security is amending the EAR by adding six persons to the Unverified List.\n\nSupplement No. 6 to Part 744 is amended by:\n\na. Adding, in alphabetical order, under China, the following entities: \"Fenghua Crystal Oscillator Co., Ltd.\"; \"Lishui Precision Bearings\"; and\n\nb. Removing, under Malaysia, the entry for \"Kelang Circuit Works Sdn. Bhd.\"\n\nThis rule is effective February 3, 2026.",
    )]);
    members(&told, "uvl", "2026-02-04", &["Fenghua", "Lishui"]);
}

#[test]
fn a_removal_by_alias() {
    let told = told(&[
        (
            "https://ofac.treasury.gov/recent-actions/x",
            "2026-03-01",
            "Cyber-related Designations",
            "OFAC has added the following persons to its SDN List:\n\nDRAGAN, Mihai (a.k.a. \"HEXA\"), Chisinau, Moldova; DOB 14 Feb 1990; Gender Male (individual) [CYBER2].\n\nNULLBYTE HOSTING S.R.L. (a.k.a. NULLBYTE), Bucharest, Romania; Website nullbyte.example [CYBER2].\n\nThe following changes have been made:\n\nOLDNAME LLC, Dover, DE [CYBER2] -to- NEWNAME LLC, Dover, DE [CYBER2].",
        ),
        (
            "https://ofac.treasury.gov/recent-actions/y",
            "2026-06-01",
            "Cyber-related Removal",
            "The following deletion has been made to OFAC's SDN List:\n\nNULLBYTE, Bucharest, Romania [CYBER2].",
        ),
    ]);
    members(&told, "sdn", "2026-03-02", &["DRAGAN", "NULLBYTE"]);
    members(&told, "sdn", "2026-06-02", &["DRAGAN"]);
}

#[test]
fn numbered_acts_and_measures_that_stop() {
    let told = told(&[
        (
            "https://www.mofcom.gov.cn/zcfb/b03.html",
            "2026-04-10",
            "商务部公告2026年第20号",
            "为了维护国家安全，商务部决定：\n\n一、将奥米加光学研究所、海德拉通信公司（Hydra Comms Ltd.）列入出口管制管控名单。\n\n二、将诺瓦材料公司列入关注名单，自2026年4月15日起实施。\n\n三、本公告第一条自公布之日起实施。",
        ),
        (
            "https://www.mofcom.gov.cn/zcfb/b03b.html",
            "2026-07-10",
            "商务部公告2026年第40号",
            "商务部决定，自2026年7月15日起，停止对海德拉通信公司采取出口管制管控名单措施。",
        ),
    ]);
    members(&told, "cn-control-list", "2026-04-11", &["奥米加", "海德拉"]);
    members(&told, "cn-watch-list", "2026-04-16", &["诺瓦"]);
    members(&told, "cn-watch-list", "2026-04-12", &[]);
    members(&told, "cn-control-list", "2026-07-16", &["奥米加"]);
}

#[test]
fn names_in_two_scripts_joined_in_traditional() {
    let told = told(&[(
        "https://www.trade.gov.tw/b04.html",
        "2026-05-05",
        "經濟部公告",
        "經濟部公告修正「戰略性高科技貨品出口實體管理名單」，新增昆崙光電股份有限公司（Kunlun Optoelectronics）及VOLGA TRADE OOO等2家，並移除太行微電子公司，自115年5月11日生效。",
    )]);
    members(&told, "tw-shtc-list", "2026-05-12", &["昆崙", "VOLGA"]);
}

#[test]
fn a_draft_becomes_a_rule_is_put_off_and_repealed() {
    let told = told(&[
        (
            "https://www.samr.gov.cn/b05a.html",
            "2026-01-10",
            "市场监管总局关于公开征求《低空导航芯片强制检测规定（征求意见稿）》意见的通知",
            "现就《低空导航芯片强制检测规定（征求意见稿）》公开征求意见，请于2026年2月10日前反馈。",
        ),
        (
            "https://www.samr.gov.cn/b05b.html",
            "2026-05-20",
            "国家市场监督管理总局令第90号",
            "《低空导航芯片强制检测规定》已经2026年4月30日第8次局务会议通过，现予公布，自2026年8月1日起施行。",
        ),
        (
            "https://www.samr.gov.cn/b05c.html",
            "2026-07-22",
            "市场监管总局公告",
            "为给予企业准备时间，《低空导航芯片强制检测规定》延期至2026年11月1日起施行。",
        ),
        (
            "https://www.samr.gov.cn/b05d.html",
            "2026-11-20",
            "市场监管总局公告",
            "自2026年11月20日起废止《低空导航芯片强制检测规定》。",
        ),
    ]);
    state(&told, "低空导航芯片强制检测规定", "2026-02-01", "consultation");
    state(&told, "低空导航芯片强制检测规定", "2026-06-01", "adopted");
    state(&told, "低空导航芯片强制检测规定", "2026-08-05", "suspended");
    state(&told, "低空导航芯片强制检测规定", "2026-11-05", "in_force");
    state(&told, "低空导航芯片强制检测规定", "2026-11-21", "ended");
}

#[test]
fn a_proposed_rule_is_adopted_and_rescinded() {
    let told = told(&[
        (
            "https://www.bis.gov/b06a",
            "2026-01-15",
            "Commerce Proposes Drone Parts Licensing Rule",
            "The Bureau of Industry and Security today proposed the Drone Parts Licensing Rule and is seeking comment on it by March 16, 2026.",
        ),
        (
            "https://www.bis.gov/b06b",
            "2026-06-10",
            "Commerce Finalizes Drone Parts Licensing Rule",
            "The Bureau of Industry and Security today adopted the Drone Parts Licensing Rule. It becomes effective on July 15, 2026.",
        ),
        (
            "https://www.bis.gov/b06c",
            "2026-10-01",
            "BIS Rescinds Drone Parts Licensing Rule",
            "BIS rescinds the Drone Parts Licensing Rule, effective October 1, 2026.",
        ),
    ]);
    state(&told, "Drone Parts Licensing Rule", "2026-02-01", "consultation");
    state(&told, "Drone Parts Licensing Rule", "2026-06-20", "adopted");
    state(&told, "Drone Parts Licensing Rule", "2026-07-16", "in_force");
    state(&told, "Drone Parts Licensing Rule", "2026-10-02", "ended");
}

#[test]
fn a_numbered_notice_is_put_off_and_suspended() {
    let told = told(&[
        (
            "https://www.mofcom.gov.cn/zcfb/b07a.html",
            "2026-03-10",
            "商务部公告2026年第15号 公布对高纯石英相关物项实施出口管制的决定",
            "经国务院批准，决定对高纯石英相关物项实施出口管制。本公告自2026年4月1日起实施。",
        ),
        (
            "https://www.mofcom.gov.cn/zcfb/b07b.html",
            "2026-03-25",
            "商务部公告2026年第17号 关于推迟实施2026年第15号公告的决定",
            "决定将商务部公告2026年第15号的实施日期推迟至2026年6月1日。",
        ),
        (
            "https://www.mofcom.gov.cn/zcfb/b07c.html",
            "2026-08-10",
            "商务部公告2026年第50号",
            "自即日起至2026年12月31日，暂停实施商务部公告2026年第15号。",
        ),
    ]);
    state(&told, "公布对高纯石英相关物项实施出口管制的决定", "2026-03-15", "adopted");
    state(&told, "公布对高纯石英相关物项实施出口管制的决定", "2026-04-05", "suspended");
    state(&told, "公布对高纯石英相关物项实施出口管制的决定", "2026-06-02", "in_force");
    state(&told, "公布对高纯石英相关物项实施出口管制的决定", "2026-09-01", "suspended");
    state(&told, "公布对高纯石英相关物项实施出口管制的决定", "2027-01-02", "in_force");
}

#[test]
fn a_second_sentence_goes_on_with_the_list() {
    let told = told(&[(
        "https://www.meti.go.jp/b08",
        "2026-02-10",
        "Amendment",
        "METI added 4 entities to the Foreign End User List today: Tarim Robotics Institute, Dvina Optical Plant, Karaj Alloy Co., and Salween Chem Ltd. It removed Indus Forgings from the list.",
    )]);
    members(&told, "jp-end-user-list", "2026-02-11", &["Tarim", "Dvina", "Karaj", "Salween"]);
}

#[test]
fn a_table_whose_first_column_numbers_its_rows() {
    let text = "根据《中华人民共和国出口管制法》，决定将远岬航空公司（Farcape Aero）等3家实体列入出口管制管控名单，禁止出口经营者向其出口两用物项。\n\
                本公告自2026年5月10日起施行。\n附件：出口管制管控名单";
    for head in ["序号\t中文名\t英文名", "序号\t实体\t国家"] {
        let rows = "1\t远岬航空公司\tFarcape Aero\n2\t北湾推进公司\tNordbay\n3\t石楠传感公司\tHeather";
        let text = format!("{text}\n{head}\n{rows}");
        let told = told(&[(
            "https://www.mofcom.gov.cn/zcfb/91.html",
            "2026-05-02",
            "商务部公告2026年第91号",
            &text,
        )]);
        members(&told, "cn-control-list", "2026-05-11", &["石楠传感公司", "北湾推进公司", "远岬航空公司"]);
    }
}

#[test]
fn a_year_in_brackets_is_a_part_of_a_notice_s_number() {
    for (number, title) in
        ["商务部公告（2026年）第27号", "商务部公告〔2026年〕第27号", "商务部令（2026）第3号"]
            .into_iter()
            .enumerate()
    {
        let url = format!("https://www.mofcom.gov.cn/zcfb/d0{number}.html");
        let text = format!("决定自2026年6月1日起将甲公司列入不可靠实体清单。停止执行{title}。");
        let told = told(&[(&url, "2026-05-20", title, &text)]);
        members(&told, "uel", "2026-06-02", &["甲公司"]);
    }
}

#[test]
fn a_sentence_about_names_that_gives_none_is_read() {
    let told = told(&[(
        "https://www.federalregister.gov/documents/2026/03/17/d04",
        "2026-03-17",
        "Additions to the Entity List",
        "The rule is adding an alias for Tern Ltd. to the Entity List. The rule is also adding aliases for two entities.\n\nThe Entity List is amended by adding aliases for Skua Optics LLC: Gannet Optics and Puffin Optics.",
    )]);
    let named: Vec<&str> = told.designations.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(named, ["Skua Optics LLC"], "{:#?}", told.designations);
}

#[test]
fn a_mark_before_a_cell_s_name_is_no_part_of_it() {
    let told = told(&[(
        "https://www.mofcom.gov.cn/zcfb/d05.html",
        "2026-05-20",
        "商务部公告2026年第31号",
        "商务部决定将以下实体列入不可靠实体清单，自2026年6月1日起实施：\n\n序号\t名称\n1\t;甲公司\n2\t1. ,乙公司",
    )]);
    members(&told, "uel", "2026-06-02", &["甲公司", "乙公司"]);
}

#[test]
fn two_acts_in_one_sentence_are_no_change_of_names() {
    let told = told(&[
        (
            "https://www.bis.gov/press/d06a",
            "2026-03-02",
            "Additions to the Entity List",
            "The Bureau of Industry and Security today added Beta Optics Ltd. to the Entity List.",
        ),
        (
            "https://www.bis.gov/press/d06b",
            "2026-05-04",
            "Changes to the Entity List",
            "Acme Optics Corp. was added to the Entity List and Beta Optics Ltd. was removed.",
        ),
    ]);
    members(&told, "entity-list", "2026-05-05", &["Acme"]);
}

#[test]
fn a_verb_is_no_part_of_the_party_before_it() {
    let told = told(&[
        (
            "https://www.mofcom.gov.cn/zcfb/d07a.html",
            "2026-03-02",
            "商务部公告2026年第7号",
            "商务部决定将甲公司、乙公司列入不可靠实体清单，自2026年3月2日起实施。",
        ),
        (
            "https://www.mofcom.gov.cn/zcfb/d07b.html",
            "2026-05-20",
            "商务部公告2026年第31号",
            "自2026年6月1日起，对甲公司暂停适用不可靠实体清单措施。",
        ),
    ]);
    members(&told, "uel", "2026-06-02", &["甲公司", "乙公司"]);
    suspended(&told, "uel", "2026-06-02", &["甲公司"]);
}
