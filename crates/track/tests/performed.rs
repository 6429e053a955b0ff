//! Nothing but a performed act makes or ends a membership, whoever tells of it and however; and each entry counts from its own day.

mod told;

use headwater_model::membership::{Member, members_on};
use headwater_model::time::Date;
use told::{Told, called, told as told_of};

/// What is told of documents, each an address without its scheme, its day, a headline and a text.
fn told(documents: &[(&str, &str, &str, &str)]) -> Told {
    let whole: Vec<String> = documents.iter().map(|(at, ..)| format!("https://{at}")).collect();
    let documents: Vec<_> = documents
        .iter()
        .zip(&whole)
        .map(|((_, day, title, text), url)| (url.as_str(), *day, *title, *text))
        .collect();
    told_of(&documents)
}

fn with_members<T>(told: &Told, list: &str, on: &str, ask: impl Fn(&[Member]) -> T) -> T {
    let own: Vec<_> = told.designations.iter().filter(|d| d.list.as_str() == list).cloned().collect();
    ask(&members_on(&own, on.parse().unwrap(), Date::MAX))
}

fn names(told: &Told, list: &str, on: &str) -> Vec<String> {
    with_members(told, list, on, |members| members.iter().map(called).collect())
}

/// Holds that these and no others are on a list on a day, each by a part of one of its names.
fn members(told: &Told, list: &str, on: &str, expected: &[&str]) {
    let names = names(told, list, on);
    let all = expected.iter().all(|name| names.iter().any(|n| n.contains(name)));
    assert!(all && names.len() == expected.len(), "{list} on {on}: {names:#?}, expected {expected:?}");
}

/// A list, the host of the office that keeps it, and who is on it from the start.
struct Keeper {
    list: &'static str,
    host: &'static str,
    first: &'static str,
    member: &'static str,
}

const BIS: Keeper = Keeper {
    list: "entity-list",
    host: "www.bis.gov",
    first: "BIS today added Kestrel Optics Co., Ltd. to the Entity List.",
    member: "Kestrel",
};
const OFAC: Keeper = Keeper {
    list: "sdn",
    host: "ofac.treasury.gov",
    first: "OFAC today added Kestrel Trading LLC to the SDN List.",
    member: "Kestrel",
};
const MOFCOM: Keeper = Keeper {
    list: "cn-control-list",
    host: "www.mofcom.gov.cn",
    first: "商务部决定将红隼光学有限公司列入出口管制管控名单。",
    member: "红隼",
};
const UNRELIABLE: Keeper = Keeper {
    list: "uel",
    host: "www.mofcom.gov.cn",
    first: "决定将红隼公司列入不可靠实体清单。",
    member: "红隼",
};

/// Holds whether the first member stays, and whether somebody else comes, by one sentence of the list's keeper.
fn check(keeper: &Keeper, sentences: &[&str], host: &str, expected: &[&str]) {
    let mut wrong = Vec::new();
    for sentence in sentences {
        let told = told(&[
            (&format!("{}/0", keeper.host), "2026-11-02", "Statement", keeper.first),
            (&format!("{host}/1"), "2026-11-05", "Statement", sentence),
        ]);
        let names = names(&told, keeper.list, "2027-06-01");
        let all = expected.iter().all(|name| names.iter().any(|n| n.contains(name)));
        if !all || names.len() != expected.len() {
            wrong.push(format!("{sentence}: {names:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_may_be_done_adds_nobody() {
    let none = [
        "BIS will consider adding Tern Optics Co., Ltd. to the Entity List.",
        "BIS plans to add Tern Optics Co., Ltd. to the Entity List next month.",
        "BIS may add Tern Optics Co., Ltd. to the Entity List.",
        "BIS denied a request to add Tern Optics Co., Ltd. to the Entity List.",
        "BIS warned that it could add Tern Optics Co., Ltd. to the Entity List.",
        "BIS has threatened to add Tern Optics Co., Ltd. to the Entity List.",
        "BIS expects to add Tern Optics Co., Ltd. to the Entity List.",
        "If BIS adds Tern Optics Co., Ltd. to the Entity List, exporters will need a licence.",
        "BIS decided not to add Tern Optics Co., Ltd. to the Entity List.",
        "BIS has not added Tern Optics Co., Ltd. to the Entity List.",
        "Members of Congress have urged BIS to add Tern Optics Co., Ltd. to the Entity List.",
        "Senators want Tern Optics Co., Ltd. added to the Entity List.",
        "The committee recommended that Tern Optics Co., Ltd. be added to the Entity List.",
        "BIS is weighing the addition of Tern Optics Co., Ltd. to the Entity List.",
        "A subsidiary of Tern Optics Co., Ltd. was added to the Entity List.",
    ];
    check(&BIS, &none, BIS.host, &["Kestrel"]);
    let none = [
        "OFAC may add Tern Trading LLC to the SDN List.",
        "OFAC will consider adding Tern Trading LLC to the SDN List.",
        "Tern Trading LLC could be added to the SDN List.",
    ];
    check(&OFAC, &none, OFAC.host, &[OFAC.member]);
    let none = [
        "商务部未将燕鸥光学有限公司列入出口管制管控名单。",
        "商务部可能将燕鸥光学有限公司列入出口管制管控名单。",
        "商务部考虑将燕鸥光学有限公司列入出口管制管控名单。",
        "商务部正在研究将燕鸥光学有限公司列入出口管制管控名单。",
        "如燕鸥光学有限公司继续违规，商务部将依法将其列入出口管制管控名单。",
        "燕鸥光学有限公司的子公司被列入出口管制管控名单。",
        "燕鸥光学有限公司可能被列入出口管制管控名单。",
    ];
    check(&MOFCOM, &none, MOFCOM.host, &[MOFCOM.member]);
    let none = [
        "有关方面未将燕鸥公司列入不可靠实体清单。",
        "商务部没有将燕鸥公司列入不可靠实体清单。",
        "商务部不会将燕鸥公司列入不可靠实体清单。",
        "中方不排除将燕鸥公司列入不可靠实体清单。",
        "商务部或将燕鸥公司列入不可靠实体清单。",
        "代表委员要求将燕鸥公司列入不可靠实体清单。",
        "商务部评估将燕鸥公司列入不可靠实体清单。",
    ];
    check(&UNRELIABLE, &none, UNRELIABLE.host, &[UNRELIABLE.member]);
}

#[test]
fn what_may_be_done_takes_nobody_off() {
    let stays = [
        "BIS will consider removing Kestrel Optics Co., Ltd. from the Entity List.",
        "BIS declined to remove Kestrel Optics Co., Ltd. from the Entity List.",
        "BIS plans to remove Kestrel Optics Co., Ltd. from the Entity List next year.",
        "China asked the United States to remove Kestrel Optics Co., Ltd. from the Entity List.",
        "The ERC denied the request of Kestrel Optics Co., Ltd. to be removed from the Entity List.",
        "The ERC is reviewing a request to remove Kestrel Optics Co., Ltd. from the Entity List.",
        "BIS may remove Kestrel Optics Co., Ltd. from the Entity List if it passes an audit.",
        "Kestrel Optics Co., Ltd. asked to be removed from the Entity List.",
        "Section 744.16 allows Kestrel Optics Co., Ltd. to be removed from the Entity List.",
        "BIS rejected the removal of Kestrel Optics Co., Ltd. from the Entity List.",
    ];
    check(&BIS, &stays, BIS.host, &["Kestrel"]);
    check(
        &OFAC,
        &["OFAC denied a petition to remove Kestrel Trading LLC from the SDN List."],
        OFAC.host,
        &["Kestrel"],
    );
    let stays = [
        "商务部拒绝将红隼公司移出不可靠实体清单。",
        "红隼公司申请移出不可靠实体清单。",
        "红隼公司有望被移出不可靠实体清单。",
    ];
    check(&UNRELIABLE, &stays, UNRELIABLE.host, &[UNRELIABLE.member]);
}

#[test]
fn a_companys_filing_is_its_own_word() {
    let stays = [
        "Kestrel Optics Co., Ltd. expects to be removed from the Entity List.",
        "Kestrel Optics Co., Ltd. sued to be removed from the Entity List.",
        "Kestrel Optics Co., Ltd. was removed from the Entity List.",
    ];
    check(&BIS, &stays, "www.sec.gov/Archives/edgar", &["Kestrel"]);
    let nobody = [
        "Our customer Tern Optics Co., Ltd. may be added to the Entity List, which would harm our business.",
        "Tern Optics Co., Ltd. said its unit was added to the Entity List.",
    ];
    check(&BIS, &nobody, "www.sec.gov/Archives/edgar", &["Kestrel"]);
}

#[test]
fn what_is_done_is_an_act_in_many_words() {
    let comes = [
        "BIS has decided to add Tern Optics Co., Ltd. to the Entity List.",
        "In response to a request from Japan, BIS today added Tern Optics Co., Ltd. to the Entity List.",
        "BIS is adding Tern Optics Co., Ltd. to the Entity List.",
        "This rule amends the Export Administration Regulations to add Tern Optics Co., Ltd. to the Entity List.",
        "Corvane sold machines to Tern Optics Co., Ltd., which was later added to the Entity List.",
        "BIS will add Tern Optics Co., Ltd. to the Entity List on December 1, 2026.",
    ];
    check(&BIS, &comes, BIS.host, &["Kestrel", "Tern"]);
    let comes = [
        "经研究，决定将燕鸥光学有限公司列入出口管制管控名单。",
        "燕鸥光学有限公司已被列入出口管制管控名单。",
        "应有关方面要求，商务部将燕鸥光学有限公司列入出口管制管控名单。",
        "商务部将于2026年12月1日起将燕鸥光学有限公司列入出口管制管控名单。",
    ];
    check(&MOFCOM, &comes, MOFCOM.host, &[MOFCOM.member, "燕鸥"]);
}

#[test]
fn what_will_be_done_counts_from_its_day() {
    let told = told(&[(
        "www.bis.gov/1",
        "2026-11-05",
        "Statement",
        "BIS will add Tern Optics Co., Ltd. to the Entity List on December 1, 2026.",
    )]);
    members(&told, "entity-list", "2026-11-30", &[]);
    members(&told, "entity-list", "2026-12-01", &["Tern"]);
}

const RULE: &str =
    "AGENCY: Bureau of Industry and Security, Department of Commerce.\n\nACTION: Final rule.\n\n";

#[test]
fn a_table_behind_a_removal_holds_the_additions() {
    let removed = "This rule removes Plover Bearing Co., Ltd. from the Entity List. The ERC decided to remove this entity based on a request that it submitted.";
    let added = "The ERC determined to add Tern Optics Co., Ltd. and Skua Laser Co., Ltd., all located in China, to the Entity List for acquiring U.S.-origin items.";
    let table = "Supplement No. 4 to Part 744—Entity List\n\nCountry\tEntity\tLicense requirement\nCHINA\tTern Optics Co., Ltd., Tianjin, China.\tFor all items subject to the EAR.\nCHINA\tSkua Laser Co., Ltd., Wuhan, China.\tFor all items subject to the EAR.";
    let summary = "SUMMARY: BIS amends the EAR by adding two entities to the Entity List and removes one entity.\n\nDATES: This rule is effective November 10, 2026.";
    for parts in [
        [summary, added, removed, table],
        [summary, removed, added, table],
        [summary, added, table, removed],
        [summary, removed, "Background", table],
    ] {
        let text = format!("{RULE}{}", parts.join("\n\n"));
        let told = told(&[
            (
                "www.bis.gov/0",
                "2026-11-02",
                "Statement",
                "BIS today added Plover Bearing Co., Ltd. to the Entity List.",
            ),
            (
                "www.federalregister.gov/documents/2026/11/10/2026-1/a",
                "2026-11-10",
                "Additions and Removal on the Entity List",
                &text,
            ),
        ]);
        members(&told, "entity-list", "2026-11-12", &["Tern", "Skua"]);
    }
    let text = format!(
        "{RULE}SUMMARY: BIS removes two entities from the Entity List.\n\nDATES: This rule is effective November 20, 2026.\n\nThe following entries are removed:\n\n{}",
        &table[table.find("Country").unwrap()..]
    );
    let told = told(&[
        (
            "www.bis.gov/0",
            "2026-11-02",
            "Statement",
            "BIS today added Tern Optics Co., Ltd., Skua Laser Co., Ltd. and Plover Bearing Co., Ltd. to the Entity List.",
        ),
        (
            "www.federalregister.gov/documents/2026/11/20/2026-1/a",
            "2026-11-20",
            "Removals From the Entity List",
            &text,
        ),
    ]);
    members(&told, "entity-list", "2026-11-21", &["Plover"]);
}

#[test]
fn a_single_entry_has_its_own_day() {
    let told1 = told(&[(
        "eur-lex.europa.eu/legal-content/EN/TXT/?uri=e1",
        "2026-11-02",
        "Council Regulation (EU) 2026/1 amending Regulation (EU) No 833/2014",
        "In Annex IV to Regulation (EU) No 833/2014, the following entries are added:\n\nNo\tName\tCountry\n1\tTern Machinery Co., Ltd.\tChina\n2\tSkua Drives LLC\tRussia\n3\tPlover Works LLC\tRussia\n\nThis Regulation shall enter into force on the day following that of its publication. Article 1, as regards entry 2 in the Annex, shall apply from 1 January 2027.",
    )]);
    members(&told1, "eu-annex-iv", "2026-11-20", &["Tern", "Plover"]);
    members(&told1, "eu-annex-iv", "2027-01-01", &["Tern", "Skua", "Plover"]);
    let text = format!(
        "{RULE}SUMMARY: BIS adds Tern Optics Co., Ltd. and Skua Laser Co., Ltd. to the Entity List.\n\nDATES: This rule is effective November 3, 2026, except that the addition of Skua Laser Co., Ltd. is effective January 4, 2027."
    );
    let told2 = told(&[(
        "www.federalregister.gov/documents/e2",
        "2026-11-03",
        "Additions to the Entity List",
        &text,
    )]);
    members(&told2, "entity-list", "2026-11-20", &["Tern"]);
    members(&told2, "entity-list", "2027-01-04", &["Tern", "Skua"]);
    let text = format!(
        "{RULE}SUMMARY: BIS adds Tern Optics Co., Ltd. to the Entity List. The addition of Tern Optics Co., Ltd. is effective December 1, 2026."
    );
    let told3 = told(&[(
        "www.federalregister.gov/documents/e3",
        "2026-11-12",
        "Additions to the Entity List",
        &text,
    )]);
    members(&told3, "entity-list", "2026-11-20", &[]);
    members(&told3, "entity-list", "2026-12-01", &["Tern"]);
    let told4 = told(&[(
        "www.mofcom.gov.cn/e3.html",
        "2026-11-04",
        "商务部公告2026年第70号 公布将2家实体列入出口管制管控名单的决定",
        "决定将三河精机株式会社、东海光学研究所列入出口管制管控名单。\n\n本公告自2026年11月4日起实施，其中对东海光学研究所的措施自2026年12月1日起实施。",
    )]);
    members(&told4, "cn-control-list", "2026-11-20", &["三河"]);
    members(&told4, "cn-control-list", "2026-12-01", &["三河", "东海"]);
}

#[test]
fn a_member_is_called_by_its_name_in_force() {
    let first = (
        "www.bis.gov/0",
        "2026-11-02",
        "Statement",
        "BIS today added Tern Optics Co., Ltd., Skua Laser Co., Ltd. and Plover Teknik Sdn. Bhd. to the Entity List.",
    );
    let text = format!(
        "{RULE}SUMMARY: This document corrects the final rule by removing one entry.\n\nDATES: This correction is effective November 17, 2026.\n\nSUPPLEMENTARY INFORMATION: The entry for Plover Teknik Sdn. Bhd. under MALAYSIA is removed, and the entry for Tern Optics Co., Ltd. is corrected to read Tern Vacuum Co., Ltd. on the Entity List."
    );
    let renamed = (
        "www.federalregister.gov/documents/e8",
        "2026-11-17",
        "Additions to the Entity List; Correction",
        text.as_str(),
    );
    let told = told(&[first, renamed]);
    let found = with_members(&told, "entity-list", "2026-11-20", |members| {
        members.iter().map(|m| (m.name().to_owned(), m.also().join("; "))).collect::<Vec<_>>()
    });
    let expected = [("Skua Laser Co., Ltd.", ""), ("Tern Vacuum Co., Ltd.", "Tern Optics Co., Ltd.")];
    assert_eq!(found, expected.map(|(name, also)| (name.to_owned(), also.to_owned())));
}

#[test]
fn a_corrigendum_changes_a_name_and_a_day() {
    let told = told(&[
        (
            "eur-lex.europa.eu/legal-content/EN/TXT/?uri=e1",
            "2026-11-02",
            "Council Regulation (EU) 2026/2417 of 1 November 2026 amending Regulation (EU) No 833/2014",
            "In Annex IV to Regulation (EU) No 833/2014, the following entries are added:\n\nNo\tName\tCountry\n1\tTern Machinery Co., Ltd.\tChina\n2\tSkua Drives LLC\tRussia\n\nThis Regulation shall apply from 1 January 2027.",
        ),
        (
            "eur-lex.europa.eu/legal-content/EN/TXT/?uri=e1R01",
            "2026-11-19",
            "Corrigendum to Council Regulation (EU) 2026/2417 of 1 November 2026 amending Regulation (EU) No 833/2014",
            "On page 3, Annex, entry 2:\n\nfor: \"Skua Drives LLC\",\n\nread: \"Skua Motion LLC\".\n\nOn page 2, Article 2, second paragraph:\n\nfor: \"1 January 2027\", read: \"1 December 2026\".",
        ),
    ]);
    members(&told, "eu-annex-iv", "2026-11-30", &[]);
    members(&told, "eu-annex-iv", "2026-12-01", &["Tern", "Skua Motion"]);
}

#[test]
fn the_authority_s_no_stands_against_the_press() {
    let told = told(&[
        (
            "www.baodaobiz.tw/1",
            "2026-11-09",
            "美將長鑫存儲列入實體清單",
            "美國商務部9日將長鑫存儲列入實體清單。",
        ),
        (
            "www.bis.gov/0",
            "2026-11-10",
            "Statement",
            "BIS today added Tern Optics Co., Ltd. to the Entity List.",
        ),
        (
            "www.bis.gov/faq",
            "2026-11-10",
            "Frequently asked questions on the Entity List",
            "Q1: Is ChangXin Memory Technologies (CXMT) on the Entity List?\nA1: No. CXMT was not added by the rule of November 10, 2026.",
        ),
        (
            "www.baodaobiz.tw/2",
            "2026-11-11",
            "美將長鑫存儲列入實體清單",
            "美國商務部將長鑫存儲列入實體清單。",
        ),
    ]);
    members(&told, "entity-list", "2026-11-09", &["長鑫"]);
    members(&told, "entity-list", "2026-11-12", &["Tern"]);
    with_members(&told, "entity-list", "2026-11-12", |members| {
        assert!(members.iter().all(|member| member.is_official))
    });
    with_members(&told, "entity-list", "2026-11-09", |members| {
        assert!(!members.iter().any(|member| member.is_official))
    });
}

#[test]
fn those_who_are_counted_and_some_of_them_named() {
    let told = told(&[(
        "www.trade.gov.tw/e4",
        "2026-11-05",
        "公告新增實體至戰略性高科技貨品出口實體管理名單",
        "公告事項：本次新增12家實體，包括山東騰越數控機械有限公司、寧波華科伺服驅動有限公司等。",
    )]);
    members(&told, "tw-shtc-list", "2026-11-20", &["騰越", "華科"]);
}

#[test]
fn a_line_of_an_annex_ends_its_name_before_the_rest() {
    let told = told(&[
        (
            "ofac.treasury.gov/recent-actions/1",
            "2026-11-12",
            "Iran-related Designations; Issuance of Iran-related General License",
            "The following individual has been added to OFAC's SDN List:\n\nTERN, Behrouz (a.k.a. TERN, B.), Dubai, United Arab Emirates; DOB 14 Mar 1971; nationality Iran; Gender Male [SDGT].\n\nThe following entities have been added to OFAC's SDN List:\n\nSKUA BEARING CO., LTD. (a.k.a. SKUA), Ningbo, China [NPWMD].\n\nOFAC is also issuing Iran-related General License 8M, \"Authorizing the Wind Down of Transactions Involving Skua Bearing Co., Ltd.\"",
        ),
        (
            "www.bis.gov/1",
            "2026-11-12",
            "Additions to the Entity List",
            "BIS has added the following entities to the Entity List:\n\n1. Plover Robotics Ltd. Room 12, Foshan, China.\n\n2. Heron Works Sdn. Bhd. Penang, Malaysia.",
        ),
        ("www.bis.gov/2", "2026-11-13", "Removal", "BIS today removed Plover Robotics from the Entity List."),
    ]);
    members(&told, "sdn", "2026-11-20", &["TERN, Behrouz", "SKUA"]);
    members(&told, "entity-list", "2026-11-20", &["Heron Works Sdn. Bhd"]);
}

#[test]
fn a_sentence_of_many_names_is_read_whole() {
    let names: Vec<String> = (0..700).map(|n| format!("Tern{n} Optics Co., Ltd.")).collect();
    let text = format!("BIS today added {} and Skua Laser Co., Ltd. to the Entity List.", names.join(", "));
    let told = told(&[("www.bis.gov/0", "2026-11-02", "Statement", &text)]);
    assert_eq!(self::names(&told, "entity-list", "2026-11-05").len(), 701);
}

#[test]
fn a_list_between_commas_is_added() {
    let comes = [
        "Four companies, including Tern Optics Co., Ltd., were added to the Entity List.",
        "Tern Optics Co., Ltd., a chip maker, was today added to the Entity List.",
        "The companies, among them Tern Optics Co., Ltd., were also added to the Entity List today.",
    ];
    check(&BIS, &comes, BIS.host, &["Kestrel", "Tern"]);
    let two = [
        "Tern Optics Co., Ltd., a chip maker, and Skua Laser Co., Ltd., a broker, were added to the Entity List.",
        "The following entities, listed by country, were added to the Entity List:\n\n1. Tern Optics Co., Ltd., Tianjin, China.\n\n2. Skua Laser Co., Ltd., Wuhan, China.",
    ];
    check(&BIS, &two, BIS.host, &["Kestrel", "Tern", "Skua"]);
    let none = [
        "Were BIS to add Tern Optics Co., Ltd. to the Entity List, exporters would need a licence.",
        "Exporters would need a licence, were BIS to add Tern Optics Co., Ltd. to the Entity List.",
        "Exporters need a licence, should BIS add Tern Optics Co., Ltd. to the Entity List.",
        "Exporters need a licence, were Tern Optics Co., Ltd. to be added to the Entity List.",
    ];
    check(&BIS, &none, BIS.host, &["Kestrel"]);
}

#[test]
fn who_a_member_is_takes_it_off_no_list() {
    const PRESS: &str = "www.reuters.com";
    let comes = [
        "Tern Optics Co., Ltd., a unit of Skua Holdings Co., Ltd., was added to the Entity List.",
        "Tern Optics Co., Ltd., a supplier of Huawei, was added to the Entity List.",
    ];
    check(&BIS, &comes, BIS.host, &["Kestrel", "Tern"]);
    let comes = [
        "YMTC, a unit of Tsinghua Unigroup, was added to the Entity List by the Commerce Department.",
        "YMTC, Huawei's main supplier, was added to the Entity List by the Commerce Department.",
        "YMTC, a supplier of Huawei, was added to the Entity List by the Commerce Department.",
        "长江存储作为华为供应商被列入实体清单。",
    ];
    let mut wrong = Vec::new();
    for sentence in comes {
        let told = told(&[(&format!("{PRESS}/1"), "2026-11-05", "Statement", sentence)]);
        let names = names(&told, "entity-list", "2027-06-01");
        let own = |name: &String| ["YMTC", "Yangtze", "长江"].iter().any(|own| name.contains(own));
        if names.len() != 1 || !names.iter().all(own) {
            wrong.push(format!("{sentence}: {names:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let nobody = [
        "YMTC said its unit was added to the Entity List by the Commerce Department.",
        "A unit of YMTC was added to the Entity List by the Commerce Department.",
        "长江存储的供应商被列入实体清单。",
    ];
    for sentence in nobody {
        let told = told(&[(&format!("{PRESS}/1"), "2026-11-05", "Statement", sentence)]);
        members(&told, "entity-list", "2027-06-01", &[]);
    }
}

#[test]
fn a_possible_removal_leaves_the_lines_below_to_the_act() {
    let comes = [
        "商务部决定将下列实体列入出口管制管控名单，自2026年11月5日起实施。有关实体可以申请移出出口管制管控名单。\n\n1. 燕鸥微电子有限公司\n\n2. 贼鸥激光研究所",
        "商务部决定将下列实体列入出口管制管控名单，自2026年11月5日起实施。\n\n有关实体可以申请移出出口管制管控名单。\n\n1. 燕鸥微电子有限公司\n\n2. 贼鸥激光研究所",
    ];
    check(&MOFCOM, &comes, MOFCOM.host, &[MOFCOM.member, "燕鸥", "贼鸥"]);
    let comes = [
        "The following entities are added to the Entity List. Any listed entity may request removal from the Entity List.\n\n1. Tern Optics Co., Ltd., Tianjin, China.\n\n2. Skua Laser Co., Ltd., Wuhan, China.",
    ];
    check(&BIS, &comes, BIS.host, &["Kestrel", "Tern", "Skua"]);
}

#[test]
fn the_reason_for_an_act_leaves_it_done() {
    let comes = [
        "燕鸥光学有限公司因威胁国家安全被列入出口管制管控名单。",
        "商务部出于国家安全考虑将燕鸥光学有限公司列入出口管制管控名单。",
        "燕鸥光学有限公司因未遵守出口管制规定被列入出口管制管控名单。",
        "为防止核扩散将燕鸥光学有限公司列入出口管制管控名单。",
        "商务部为防止核扩散，决定将燕鸥光学有限公司列入出口管制管控名单。",
        "燕鸥光学有限公司因拒绝配合核查被列入出口管制管控名单。",
        "燕鸥光学有限公司因涉嫌协助审查被列入出口管制管控名单。",
        "燕鸥光学有限公司因未申报被列入出口管制管控名单。",
        "商务部以威胁国家安全为由将燕鸥光学有限公司列入出口管制管控名单。",
        "燕鸥光学有限公司由于拒绝核查而被列入出口管制管控名单。",
        "如今，商务部将燕鸥光学有限公司列入出口管制管控名单。",
        "如公告所述，商务部将燕鸥光学有限公司列入出口管制管控名单。",
        "虚拟货币交易商燕鸥光学有限公司被列入出口管制管控名单。",
        "模拟芯片企业燕鸥光学有限公司被列入出口管制管控名单。",
    ];
    check(&MOFCOM, &comes, MOFCOM.host, &[MOFCOM.member, "燕鸥"]);
    let none = [
        "燕鸥光学有限公司因威胁国家安全可能被列入出口管制管控名单。",
        "商务部因国家安全考虑将燕鸥光学有限公司列入出口管制管控名单。",
        "议员出于国家安全考虑要求商务部将燕鸥光学有限公司列入出口管制管控名单。",
        "商务部以国家安全为由考虑将燕鸥光学有限公司列入出口管制管控名单。",
        "燕鸥光学有限公司因违规而可能被列入出口管制管控名单。",
        "如今后燕鸥光学有限公司违规，商务部将其列入出口管制管控名单。",
    ];
    check(&MOFCOM, &none, MOFCOM.host, &[MOFCOM.member]);
    let stays = ["红隼光学有限公司因经营困难申请移出出口管制管控名单。"];
    check(&MOFCOM, &stays, MOFCOM.host, &[MOFCOM.member]);
}

#[test]
fn a_day_of_its_own_is_not_that_of_a_name_within_another() {
    let text = format!(
        "{RULE}SUMMARY: BIS adds Heron Optics Co., Ltd., Heron Co., Ltd., Arc Ltd. and Tern Ltd. to the Entity List.\n\nDATES: This rule is effective November 3, 2026, except that the addition of Heron Optics Co., Ltd., of western China, in march order, is effective January 4, 2027."
    );
    let told1 = told(&[(
        "www.federalregister.gov/documents/e2",
        "2026-11-03",
        "Additions to the Entity List",
        &text,
    )]);
    members(&told1, "entity-list", "2026-11-20", &["Heron Co", "Arc", "Tern"]);
    members(&told1, "entity-list", "2027-01-04", &["Heron Optics", "Heron Co", "Arc", "Tern"]);
    // The number of those who are added is the number of no entry.
    let told2 = told(&[(
        "eur-lex.europa.eu/legal-content/EN/TXT/?uri=e1",
        "2026-11-02",
        "Council Regulation (EU) 2026/1 amending Regulation (EU) No 833/2014",
        "3 companies, Tern Machinery Co., Ltd., Skua Drives LLC and Plover Works LLC, are added to Annex IV to Regulation (EU) No 833/2014.\n\nThis Regulation shall enter into force on the day following that of its publication. Article 1, as regards entry 3 in the Annex, shall apply from 1 January 2027.",
    )]);
    members(&told2, "eu-annex-iv", "2026-11-20", &["Tern", "Skua", "Plover"]);
}

#[test]
fn a_long_register_without_an_act_is_read_at_once() {
    let rows: Vec<String> = (0..40_000).map(|n| format!("{n}\tTern{n} Optics Co., Ltd.\tChina")).collect();
    let text = format!("Register of exporters\n\nNo\tName\tCountry\n{}", rows.join("\n"));
    let told = told(&[("www.bis.gov/0", "2026-11-02", "Register", &text)]);
    members(&told, "entity-list", "2026-11-05", &[]);
}
