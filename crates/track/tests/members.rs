//! Who is on a list by the notices of authorities, each written as such notices are: tables of documents, all made up.

mod told;

use headwater_model::claim::Frame;
use headwater_model::membership::members_on;
use headwater_model::time::Date;
use headwater_model::tracking::NewsKind;
use told::{Told, called, document, page, told_of};

/// What is told of documents, each an address, its day, a headline and a text; the day of its capture is the same.
fn told(documents: &[(&str, &str, &str, &str)]) -> Told {
    let captured: Vec<_> = documents.iter().map(|(u, day, t, x)| (*u, *day, *day, *t, *x)).collect();
    told_on(&captured)
}

/// The same with the day of the capture behind that of the document; a text in tags is a page.
fn told_on(documents: &[(&str, &str, &str, &str, &str)]) -> Told {
    told_of(documents.iter().map(|(url, published, captured, title, text)| {
        let (url, captured) = (format!("https://{url}"), format!("{captured}T23:00:00Z"));
        if !text.starts_with('<') {
            return document(&url, published, &captured, title, text);
        }
        let body =
            format!("<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>");
        page(&url, &captured, "text/html; charset=utf-8", body.into_bytes())
    }))
}

/// Holds that these and no others are on a list on a day, each by a part of one of its names.
fn members(told: &Told, list: &str, on: &str, expected: &[&str]) {
    known(told, list, on, "9999-01-01", expected);
}

fn known(told: &Told, list: &str, on: &str, known_by: &str, expected: &[&str]) {
    let own: Vec<_> = told.designations.iter().filter(|d| d.list.as_str() == list).cloned().collect();
    let found = members_on(&own, on.parse().unwrap(), known_by.parse::<Date>().unwrap());
    let names: Vec<String> = found.iter().map(called).collect();
    let all = expected.iter().all(|name| names.iter().any(|n| n.contains(name)));
    assert!(all && names.len() == expected.len(), "{list} on {on}: {names:#?}, expected {expected:?}");
}

fn conflicts(told: &Told) -> Vec<&str> {
    told.news.iter().filter(|n| n.kind == NewsKind::Conflict).map(|n| n.text.as_str()).collect()
}

const LISTED: (&str, &str, &str, &str) = (
    "www.bis.gov/press/0",
    "2026-02-02",
    "BIS adds entities",
    "The Bureau of Industry and Security today added Heron Photonics Co., Ltd., Bittern Semiconductor (Wuhu) Co., Ltd., Avocet Freight LLC and Plover Computing Ltd. to the Entity List, effective February 10, 2026.",
);
const ALL: [&str; 4] = ["Heron", "Bittern", "Avocet", "Plover"];

/// What a model heard is a claim, and makes nobody a member.
#[test]
fn what_no_rule_reads_puts_nobody_on_a_list() {
    let by_rules = |text| {
        let told = told(&[("paper.example/a", "2026-02-02", "Chip news of the day", text)]);
        let heard = told.groups.values().any(|group| group.frame == Frame::Listing);
        assert!(heard, "{text} tells no listing");
        told.designations.iter().any(|d| d.list.as_str() == "entity-list")
    };
    assert!(by_rules("The Bureau of Industry and Security added Huawei Cloud to the Entity List on Monday."));
    assert!(!by_rules("Washington extended its Entity List to Huawei Cloud on Monday."));
}

#[test]
fn denials_questions_and_orders_to_others_take_nobody_off() {
    for text in [
        "BIS today denied reports that it has removed Heron Photonics from the Entity List.",
        "A federal court today ordered BIS to remove Plover Computing Ltd. from the Entity List.",
        "Has BIS removed Avocet Freight LLC from the Entity List?",
        "Reports that BIS deleted Avocet Freight LLC from the Entity List are untrue.",
        "BIS has not removed Avocet Freight LLC from the Entity List.",
    ] {
        let told = told(&[LISTED, ("www.bis.gov/press/1", "2026-03-02", "Statement", text)]);
        members(&told, "entity-list", "2026-04-01", &ALL);
    }
    let told = told(&[
        (
            "www.mofcom.gov.cn/a/1",
            "2026-02-03",
            "商务部公告2026年第5号",
            "决定将鹭岛航空公司（Egret Aviation）列入出口管制管控名单。本公告自公布之日起实施。",
        ),
        (
            "www.mofcom.gov.cn/a/2",
            "2026-03-03",
            "答记者问",
            "有记者问：有媒体称商务部已将鹭岛航空公司移出出口管制管控名单。答：上述报道不实。",
        ),
    ]);
    members(&told, "cn-control-list", "2026-04-01", &["鹭岛"]);
}

#[test]
fn removals_by_shorter_names_and_in_the_other_script() {
    let told = told(&[
        LISTED,
        (
            "www.bis.gov/press/1",
            "2026-03-02",
            "Removal",
            "BIS removes one entity, Heron Photonics, from the Entity List. This rule is effective March 2, 2026.",
        ),
        (
            "www.bis.gov/press/2",
            "2026-03-03",
            "Removal",
            "The listing of Avocet Freight LLC has been rescinded and it has been removed from the Entity List.",
        ),
        (
            "www.mofcom.gov.cn/a/1",
            "2026-02-03",
            "商务部公告2026年第5号",
            "决定将苍鹭雷达公司（Heron Radar）、白鹳卫星公司（Stork Satellite）列入出口管制管控名单。本公告自公布之日起实施。",
        ),
        (
            "www.mofcom.gov.cn/a/2",
            "2026-03-05",
            "商务部公告2026年第9号",
            "决定自2026年3月6日起将Heron Radar公司从出口管制管控名单中移除。",
        ),
    ]);
    members(&told, "entity-list", "2026-04-01", &["Bittern", "Plover"]);
    members(&told, "cn-control-list", "2026-04-01", &["白鹳"]);
}

#[test]
fn names_with_brackets_and_short_forms_are_read_whole() {
    let told = told(&[
        (
            "www.federalregister.gov/documents/2026/02/02/1",
            "2026-02-02",
            "Additions",
            "Summary: In this rule, BIS amends the EAR by adding three entities to the Entity List: Heron Photonics Systems Co., Ltd. (a.k.a. Heron Photonics), Bittern Semiconductor (Wuhu) Co., Ltd., and Plover Trading Pte. Ltd.\n\nDates: This rule is effective March 2, 2026.",
        ),
        (
            "www.federalregister.gov/documents/2026/02/03/2",
            "2026-02-03",
            "Additions to the Unverified List",
            "BIS amends the EAR by adding two persons, Sanderling Microsystems (Malaysia) and Johor Delta Freight Sdn. Bhd., to the Unverified List (UVL).",
        ),
        (
            "www.trade.gov.tw/1",
            "2026-06-15",
            "公告修正「戰略性高科技貨品出口實體管理名單」",
            "公告事項：新增成都雲鷹導引科技有限公司（Chengdu Yunying Guidance Technology Co., Ltd.）、蘇州蒼鷺真空儀器有限公司（Suzhou Heron Vacuum Co., Ltd.）及恆河精密廠（Ganges Precision Works）等3家實體列入戰略性高科技貨品出口實體管理名單，並自即日生效。",
        ),
        (
            "www.mofcom.gov.cn/a/7",
            "2026-03-10",
            "不可靠实体清单工作机制公告2026年第2号",
            "决定将蓝鹭集团及其子公司蓝鹭动力公司列入不可靠实体清单。本公告自2026年3月12日起实施，有效期一年。",
        ),
        (
            "www.mofcom.gov.cn/a/8",
            "2026-06-25",
            "商务部公告2026年第41号",
            "决定将未能说明两用物项最终用户、最终用途的东浦精工株式会社等1家日本实体列入关注名单。本公告自公布之日起实施。",
        ),
    ]);
    members(&told, "entity-list", "2026-04-01", &["Heron Photonics Systems", "Bittern", "Plover"]);
    members(&told, "uvl", "2026-04-01", &["Sanderling", "Johor Delta Freight Sdn. Bhd."]);
    members(&told, "tw-shtc-list", "2026-07-01", &["雲鷹", "蒼鷺", "恆河"]);
    members(&told, "uel", "2026-12-01", &["蓝鹭集团", "蓝鹭动力公司"]);
    members(&told, "uel", "2027-06-01", &[]);
    members(&told, "cn-watch-list", "2026-07-01", &["东浦精工"]);
}

#[test]
fn a_gazette_prints_names_addresses_and_who_signs() {
    let told = told(&[
        (
            "www.federalregister.gov/documents/2026/03/12/2026-1/additions",
            "2026-03-12",
            "Additions of Entities to the Entity List",
            "Summary: In this rule, the Bureau of Industry and Security (BIS) amends the Export Administration Regulations (EAR) by adding three entities to the Entity List under the destinations of China (2) and the United Arab Emirates (1).\n\nDates: This rule is effective March 16, 2026.\n\nFor the reasons described above, this final rule adds the following three entities, including aliases, where appropriate, to the Entity List:\n\nChina\n\nHeron Vacuum Instruments Co., Ltd., a.k.a., the following two aliases: —Heron Vacuum; and —HVI;\n\nTianjin Egret Optoelectronics.\n\nUnited Arab Emirates\n\nDesert Tern Trading FZE.\n\n2. Supplement No. 4 to part 744 is amended by adding, in alphabetical order, entries for the entities below:\n\nCountry\tEntity\tLicense requirement\tFederal Register citation\nCHINA\tHeron Vacuum Instruments Co., Ltd., a.k.a., the following two aliases: —Heron Vacuum; and —HVI. No. 3 Lake Street, Suzhou, China.\tFor all items.\t91 FR 11872, 3/12/2026.\n\tTianjin Egret Optoelectronics, 5 Quay Avenue, Tianjin, China.\tFor all items.\t91 FR 11872, 3/12/2026.\nUAE\tDesert Tern Trading FZE, Office 12, Free Zone, Dubai, UAE.\tFor all items.\t91 FR 11872, 3/12/2026.\n\nIngrid S. Halvorsen, Assistant Secretary for Export Controls. [FR Doc. 2026-1 Filed 3-11-26; 8:45 am] BILLING CODE 3510-33-P",
        ),
        (
            "www.federalregister.gov/documents/2026/05/20/2026-2/removal",
            "2026-05-20",
            "Removals From the Entity List",
            "BIS amends the EAR by removing one entity, Tianjin Egret Optoelectronics, from the Entity List. This rule is effective May 22, 2026.",
        ),
    ]);
    members(&told, "entity-list", "2026-04-01", &["HVI", "Tianjin Egret", "Desert Tern"]);
    members(&told, "entity-list", "2026-06-01", &["HVI", "Desert Tern"]);
    assert_eq!(conflicts(&told), Vec::<&str>::new());
}

#[test]
fn entries_in_a_sentence_are_removed_by_name() {
    let told = told(&[
        (
            "ofac.treasury.gov/recent-actions/1",
            "2026-02-05",
            "Designations",
            "The following entities have been added to OFAC's SDN List: KESTREL LINES SA, Colon, Panama [RUSSIA-EO14024]; TERN OIL DMCC, Dubai, UAE [RUSSIA-EO14024]; GANNET BANK PAO (a.k.a. GANNET), Perm, Russia [RUSSIA-EO14024].",
        ),
        (
            "ofac.treasury.gov/recent-actions/2",
            "2026-04-05",
            "Removal",
            "The following deletions have been made to OFAC's SDN List: TERN OIL DMCC, Dubai, UAE [RUSSIA-EO14024].",
        ),
        (
            "home.treasury.gov/n/1",
            "2026-04-06",
            "Treasury delists",
            "WASHINGTON — Today, OFAC removed Kestrel Lines SA from the SDN List following a petition.",
        ),
        (
            "ofac.treasury.gov/recent-actions/3",
            "2026-04-07",
            "Changes",
            "The following changes have been made to OFAC's SDN List:\n\nGANNET BANK PAO (a.k.a. GANNET), Perm, Russia [RUSSIA-EO14024]. -to- SKUA BANK PAO (f.k.a. GANNET BANK PAO), Moscow, Russia [RUSSIA-EO14024].",
        ),
    ]);
    members(&told, "sdn", "2026-03-01", &["KESTREL", "TERN", "GANNET"]);
    members(&told, "sdn", "2026-05-01", &["SKUA BANK"]);
}

#[test]
fn names_change_and_members_stay() {
    for (text, name) in [
        (
            "BIS today revised the Entity List entry for Plover Computing Ltd. by changing its name to Dunlin Computing Ltd.",
            "Dunlin",
        ),
        (
            "This rule revises the Entity List by revising the entry for “Plover Computing Ltd.” to add the alias “Plover Cloud”.",
            "Plover Cloud",
        ),
        (
            "BIS is amending the Entity List by adding two aliases, Plover Cloud and PCL, to the entry for Plover Computing Ltd.",
            "PCL",
        ),
        (
            "This rule modifies the Entity List by renaming Plover Computing Ltd. as Dunlin Computing Ltd.",
            "Dunlin",
        ),
    ] {
        let told = told(&[LISTED, ("www.bis.gov/press/1", "2026-03-02", "Revision", text)]);
        members(&told, "entity-list", "2026-04-01", &["Heron", "Bittern", "Avocet", name]);
    }
    let added = (
        "www.mofcom.gov.cn/a/1",
        "2026-02-03",
        "商务部公告2026年第5号",
        "决定将苍鹭雷达公司（Heron Radar）、白鹳卫星公司（Stork Satellite）列入出口管制管控名单。本公告自公布之日起实施。",
    );
    for text in [
        "商务部公告2026年第5号附件中，“白鹳卫星公司（Stork Satellite）”更正为“白鹳卫星通信公司（Stork Satcom）”。",
        "决定将出口管制管控名单中“白鹳卫星公司”名称变更为“白鹳卫星通信公司（Stork Satcom）”。",
        "白鹳卫星公司更名为白鹳卫星通信公司，出口管制管控名单相应调整。",
    ] {
        let told = told(&[added, ("www.mofcom.gov.cn/a/2", "2026-03-05", "商务部公告2026年第10号", text)]);
        members(&told, "cn-control-list", "2026-04-01", &["苍鹭", "白鹳卫星通信公司"]);
    }
}

#[test]
fn a_party_goes_from_one_list_to_another() {
    let told = told(&[
        LISTED,
        (
            "www.bis.gov/press/1",
            "2026-03-09",
            "BIS moves",
            "BIS today moved Avocet Freight LLC from the Entity List to the Unverified List.",
        ),
    ]);
    members(&told, "entity-list", "2026-04-01", &["Heron", "Bittern", "Plover"]);
    members(&told, "uvl", "2026-04-01", &["Avocet"]);
    let chinese = self::told(&[
        (
            "www.mofcom.gov.cn/a/1",
            "2026-02-03",
            "商务部公告2026年第5号",
            "决定将苍鹭雷达公司列入关注名单。本公告自公布之日起实施。",
        ),
        (
            "www.mofcom.gov.cn/a/2",
            "2026-03-03",
            "商务部公告2026年第8号",
            "决定将苍鹭雷达公司由关注名单调整至出口管制管控名单。",
        ),
    ]);
    members(&chinese, "cn-watch-list", "2026-04-01", &[]);
    members(&chinese, "cn-control-list", "2026-04-01", &["苍鹭"]);
}

#[test]
fn a_notice_recites_an_earlier_one_and_ends_it() {
    let told = told(&[
        (
            "www.mofcom.gov.cn/a/6",
            "2026-04-10",
            "不可靠实体清单工作机制公告2026年第6号",
            "决定将苍鹭动力公司（Heron Dynamics）、白鹳海事公司（Stork Maritime Corp.）列入不可靠实体清单。本公告自公布之日起实施。",
        ),
        (
            "www.mofcom.gov.cn/a/9",
            "2026-08-11",
            "不可靠实体清单工作机制公告2026年第9号",
            "2026年4月10日，不可靠实体清单工作机制发布公告2026年第6号，将苍鹭动力公司、白鹳海事公司列入不可靠实体清单。现决定自2026年8月12日起停止上述公告对白鹳海事公司采取的措施，将其移出不可靠实体清单；对苍鹭动力公司，自2026年8月12日起继续暂停上述措施一年。",
        ),
    ]);
    members(&told, "uel", "2026-08-13", &["苍鹭"]);
    let added = told.designations.iter().filter(|d| d.change.word() == "added").count();
    assert_eq!(added, 2, "{:#?}", told.designations);
}

#[test]
fn measures_by_a_notice_rest_by_its_number() {
    let told = told(&[
        (
            "www.mofcom.gov.cn/a/71",
            "2026-03-02",
            "商务部公告2026年第71号",
            "决定将苍鹭光电公司列入出口管制管控名单。本公告自公布之日起实施。",
        ),
        (
            "www.mofcom.gov.cn/a/81",
            "2026-08-10",
            "商务部公告2026年第81号 延长暂停措施",
            "决定自2026年8月10日起，继续暂停商务部公告2026年第71号对苍鹭光电公司采取的措施90天。",
        ),
    ]);
    let suspended: Vec<_> = told.designations.iter().filter(|d| d.change.word() == "suspended").collect();
    assert_eq!(suspended.len(), 1, "{:#?}", told.designations);
    assert_eq!(suspended[0].until.map(|d| d.to_string()).as_deref(), Some("2026-11-07"));
}

#[test]
fn an_effective_date_is_put_off() {
    let told = told(&[
        (
            "www.federalregister.gov/documents/2026/02/02/1",
            "2026-02-02",
            "Additions to the Entity List",
            "Summary: BIS amends the EAR by adding Heron Photonics LLC and Plover Optics Inc. to the Entity List.\n\nDates: This rule is effective March 2, 2026.",
        ),
        (
            "www.federalregister.gov/documents/2026/02/26/2",
            "2026-02-26",
            "Additions to the Entity List; Delay of Effective Date",
            "Summary: This document delays the effective date of the final rule published February 2, 2026, which added two entities to the Entity List, until April 1, 2026.\n\nDates: As of March 2, 2026, the effective date of the final rule published at 91 FR 4400 is delayed until April 1, 2026.",
        ),
    ]);
    members(&told, "entity-list", "2026-03-10", &[]);
    members(&told, "entity-list", "2026-04-02", &["Heron", "Plover"]);
}

#[test]
fn a_regulation_counts_from_the_day_after_its_publication() {
    let told = told(&[(
        "eur-lex.europa.eu/eli/reg/2026/1200/oj",
        "2026-05-25",
        "Council Regulation (EU) 2026/1200 of 22 May 2026 amending Regulation (EU) No 833/2014",
        "Article 1\n\nAnnex IV to Regulation (EU) No 833/2014 is amended in accordance with the Annex to this Regulation.\n\nArticle 2\n\nThis Regulation shall enter into force on the day following that of its publication in the Official Journal of the European Union.\n\nANNEX\n\nIn Annex IV to Regulation (EU) No 833/2014, the following entries are added:\n\n‘841.\tShenzhen Heron Components Co. Ltd.\tChina\n842.\tTern Relay OOO\tRussia\n\nand the following entry is deleted: ‘612. Volna Optik OOO (Russia)’.",
    )]);
    members(&told, "eu-annex-iv", "2026-05-25", &[]);
    members(&told, "eu-annex-iv", "2026-05-26", &["Heron", "Tern"]);
    let removed: Vec<_> =
        told.designations.iter().filter(|d| d.change.word() == "removed").map(|d| d.name.as_str()).collect();
    assert_eq!(removed, ["Volna Optik OOO"]);
}

#[test]
fn notices_of_asset_freezes() {
    let told = told(&[
        (
            "www.gov.uk/government/publications/n0",
            "2026-01-11",
            "Financial Sanctions Notice: Russia",
            "Office of Financial Sanctions Implementation HM Treasury\n\n3. The following entry has been added to the consolidated list and is now subject to an asset freeze: Volna Optik OOO (Group ID: 15544).",
        ),
        (
            "www.gov.uk/government/publications/n1",
            "2026-05-11",
            "Financial Sanctions Notice: Russia",
            "Office of Financial Sanctions Implementation HM Treasury\n\nNotice summary\n\n3. The following entries have been added to the consolidated list and are now subject to an asset freeze: Saratov Gyro AO (Group ID: 17011); Anna PETROVA (Group ID: 17012).\n\n4. The following entry has been amended and is still subject to an asset freeze: Heron Titan AO (Group ID: 16720).\n\n5. The following entry has been removed from the consolidated list and is no longer subject to an asset freeze: Volna Optik OOO (Group ID: 15544).",
        ),
    ]);
    members(&told, "uk-sanctions-list", "2026-06-01", &["Saratov", "PETROVA"]);
    let told = self::told(&[(
        "eur-lex.europa.eu/eli/reg_impl/2026/1399/oj",
        "2026-07-14",
        "Council Implementing Regulation (EU) 2026/1399 of 13 July 2026 implementing Regulation (EU) No 269/2014",
        "Article 1\n\nAnnex I to Regulation (EU) No 269/2014 is amended as set out in the Annex to this Regulation.\n\nArticle 2\n\nThis Regulation shall enter into force on the date of its publication in the Official Journal of the European Union.\n\nANNEX\n\nThe following persons and entities are added to the list of natural and legal persons, entities and bodies set out in Annex I to Regulation (EU) No 269/2014:\n\n\tName\tIdentifying information\tReasons\tDate of listing\n1.\tAnna Ilyinichna PETROVA\tDOB: 3.2.1968\tDirector of Saratov Gyro AO.\t13.7.2026\n2.\tSaratov Gyro AO\tSaratov, Russia\tManufacturer of gyroscopes.\t13.7.2026",
    )]);
    members(&told, "eu-annex-i", "2026-07-15", &["PETROVA", "Saratov Gyro AO"]);
}

#[test]
fn a_silent_edit_adds_from_the_day_that_it_was_seen() {
    let url = "www.mofcom.gov.cn/a/71";
    let notice = |count: u8, rows: &str| {
        format!(
            "决定将苍鹭航天公司等{count}家实体列入出口管制管控名单。\n本公告自公布之日起正式实施。\n序号\t实体名称\t备注\n{rows}"
        )
    };
    let (first, second) = (
        notice(2, "1\t苍鹭航天公司（Heron Space）\t美国\n2\t白鹳机器人公司（Stork Robotics）\t美国"),
        notice(
            3,
            "1\t苍鹭航天公司（Heron Space）\t美国\n2\t白鹳机器人公司（Stork Robotics）\t美国\n3\t蓝鹭光电公司（Blue Heron Photonics）\t美国",
        ),
    );
    let told = told_on(&[
        (url, "2026-03-02", "2026-03-03", "商务部公告2026年第71号", &first),
        (url, "2026-03-02", "2026-03-09", "商务部公告2026年第71号", &second),
    ]);
    known(&told, "cn-control-list", "2026-03-05", "2026-03-05", &["苍鹭", "白鹳"]);
    known(&told, "cn-control-list", "2026-03-10", "2026-03-10", &["苍鹭", "白鹳", "蓝鹭"]);
}

#[test]
fn a_report_names_who_was_added() {
    let told = told(&[(
        "www.reuters.com/a",
        "2026-03-13",
        "US adds firm",
        "March 13 (Reuters) - The United States added Sanderling Lasers to its Entity List on Thursday, a Commerce filing showed.",
    )]);
    members(&told, "entity-list", "2026-03-14", &["Sanderling Lasers"]);
    for text in [
        "March 13 (Reuters) - Sanderling Lasers said reports that it had been added to the Entity List were false.",
        "March 13 (Reuters) - The U.S. is set to add Sanderling Lasers to the Entity List next week, sources said.",
        "March 13 (Reuters) - U.S. lawmakers urged the Commerce Department to add Sanderling Lasers to the Entity List.",
        "March 13 (Reuters) - The United States added five Chinese companies to its Entity List on Thursday.",
    ] {
        let told = self::told(&[("www.reuters.com/a", "2026-03-13", "Report", text)]);
        members(&told, "entity-list", "2026-03-14", &[]);
    }
}

#[test]
fn an_annex_counts_from_the_day_of_its_notice() {
    let told = told_on(&[
        (
            "www.mofcom.gov.cn/a/annex90",
            "2026-08-02",
            "2026-08-02",
            "列入出口管制管控名单的实体",
            "<p>附件</p><table><tr><td>序号</td><td>实体名称</td><td>英文名称</td></tr><tr><td>1</td><td>苍鹭动力公司</td><td>Heron Dynamics</td></tr><tr><td>2</td><td>白鹳系统公司</td><td>Stork Systems</td></tr><tr><td>3</td><td>蓝鹭公司</td><td>Blue Heron</td></tr></table>",
        ),
        (
            "www.mofcom.gov.cn/a/90",
            "2026-08-01",
            "2026-08-02",
            "商务部公告2026年第90号",
            "决定将苍鹭动力公司等3家美国实体列入出口管制管控名单（见附件）。\n本公告自2026年8月5日起实施。",
        ),
    ]);
    members(&told, "cn-control-list", "2026-08-03", &[]);
    members(&told, "cn-control-list", "2026-08-06", &["苍鹭", "白鹳", "蓝鹭"]);
}

/// Below a name in its cell stands where it sits.
#[test]
fn the_name_in_a_cell_ends_with_its_line() {
    let told = told_on(&[(
        "www.federalregister.gov/documents/2026/05/20/2",
        "2026-05-20",
        "2026-05-20",
        "Additions of Entities to the Entity List",
        "<p>The Bureau of Industry and Security (BIS) amends the Export Administration Regulations (EAR) by adding three entities to the Entity List under the destination of China. Supplement No. 4 to Part 744, Entity List, is amended by adding in alphabetical order the entries below.</p><table><tr><th>Country</th><th>Entity</th></tr><tr><td>CHINA</td><td>Curlew Vacuum Group<br>Harbour District</td></tr><tr><td>CHINA</td><td><div>Heron Optics Co., Ltd.</div><div>12 Salt Road</div></td></tr><tr><td>CHINA</td><td>Stork Systems Ltd., a.k.a., the following one alias:<br>—Stork Semi.<br>Old Town, Foshan</td></tr></table>",
    )]);
    members(
        &told,
        "entity-list",
        "2026-06-01",
        &["Curlew Vacuum Group", "Heron Optics Co., Ltd.", "Stork Systems Ltd."],
    );
}

#[test]
fn a_rule_takes_off_one_and_renames_another() {
    let told = told(&[
        LISTED,
        (
            "www.federalregister.gov/documents/2026/05/20/1",
            "2026-05-20",
            "Revisions and Removals of Certain Entries From the Entity List",
            "The Bureau of Industry and Security (BIS) amends the Export Administration Regulations (EAR) by removing one entity, Avocet Freight, from the Entity List under the destination of China, and by revising the existing entry for Plover Computing Ltd. by adding two aliases, Plover Cloud and PCL.",
        ),
    ]);
    members(&told, "entity-list", "2026-06-01", &["Heron", "Bittern", "PCL"]);
}

#[test]
fn a_notice_on_paper_takes_its_day_from_its_words() {
    let told = told_on(&[
        (
            "www.mofcom.gov.cn/a/annex41",
            "2026-06-26",
            "2026-06-26",
            "附件",
            "<p>附件</p><h3>列入关注名单的实体</h3><table><tr><td>序号</td><td>实体名称</td><td>英文名称</td></tr><tr><td>1</td><td>东浦精密工业株式会社</td><td>Toura Seimitsu</td></tr><tr><td>2</td><td>白浜化学株式会社</td><td>Shirahama Chemical</td></tr></table>",
        ),
        (
            "www.mofcom.gov.cn/a/41",
            "2026-06-25",
            "2026-06-27",
            "商务部公告2026年第41号",
            "决定将东浦精密工业株式会社等2家日本实体列入关注名单（见附件）。本公告自2026年7月1日起实施。",
        ),
    ]);
    members(&told, "cn-watch-list", "2026-06-30", &[]);
    members(&told, "cn-watch-list", "2026-07-01", &["东浦", "白浜"]);
    let days: Vec<String> = members_on(&told.designations, "2026-08-01".parse().unwrap(), Date::MAX)
        .iter()
        .map(|member| member.since_day().to_string())
        .collect();
    assert_eq!(days, ["2026-07-01", "2026-07-01"]);
    assert_eq!(conflicts(&told), Vec::<&str>::new());
}

#[test]
fn further_ways_to_say_it() {
    let told = told(&[
        (
            "www.gov.uk/government/news/1",
            "2026-03-06",
            "UK sanctions",
            "The Foreign Secretary today announced sanctions on Volna Optika JSC and Perm Gyro LLC, which have been added to the UK Sanctions List.",
        ),
        (
            "www.meti.go.jp/english/press/1",
            "2026-02-01",
            "Review of the End User List",
            "METI newly listed Tarim Rocket Academy (China) and Dvina Optical Plant (Russia) on the End User List and deleted Karaj Alloy Co. (Iran).",
        ),
        (
            "home.treasury.gov/news/1",
            "2026-03-05",
            "Treasury sanctions",
            "WASHINGTON — Today, the Office of Foreign Assets Control (OFAC) sanctioned Lyra Shipping Co. Ltd. and its owner Anton Vulf, both based in Limassol, for moving Russian oil.",
        ),
        LISTED,
        (
            "www.federalregister.gov/documents/2026/04/01/1",
            "2026-04-01",
            "Revisions",
            "In this rule, BIS: (1) removes Avocet Freight LLC from the Entity List; (2) adds Osprey Metals Ltd. to the Entity List; and (3) revises the entry for Plover Computing Ltd. to reflect its new name, Dunlin Computing Ltd.",
        ),
        (
            "www.federalregister.gov/documents/2026/05/01/1",
            "2026-05-01",
            "Correction",
            "BIS is correcting the Entity List entry for Osprey Metals Ltd. to change its address.",
        ),
    ]);
    members(&told, "uk-sanctions-list", "2026-04-01", &["Volna", "Perm Gyro"]);
    members(&told, "jp-end-user-list", "2026-04-01", &["Tarim", "Dvina"]);
    members(&told, "sdn", "2026-04-01", &["Lyra", "Anton Vulf"]);
    members(&told, "entity-list", "2026-06-01", &["Heron", "Bittern", "Osprey", "Dunlin"]);
}

#[test]
fn what_a_ministry_says_of_anothers_list_is_a_report() {
    let told = told(&[(
        "www.mofcom.gov.cn/xwfb/1",
        "2026-05-01",
        "商务部新闻发言人谈话",
        "4月30日，美国商务部将中国苍鹭半导体公司列入实体清单。中方对此坚决反对。",
    )]);
    let classes: Vec<&str> = told.designations.iter().map(|d| d.class.word()).collect();
    assert!(!classes.is_empty() && classes.iter().all(|class| *class == "press"), "{:#?}", told.designations);
}

#[test]
fn a_name_in_brackets_is_read_whole_whatever_marks_it_holds() {
    let notice = (
        "www.mofcom.gov.cn/a/1",
        "2026-02-03",
        "商务部公告2026年第5号",
        "决定将以下3家实体列入出口管制管控名单。本公告自公布之日起实施。\n附件：列入出口管制管控名单的3家实体\n\
         1.鹭岛航空公司（Egret Aviation, Inc.）\n2.苍鹭雷达公司（Heron Radar Co., Ltd.）\n3.白鹳卫星公司（Stork, LLC）",
    );
    let told = told(&[notice]);
    let whole = ["Egret Aviation, Inc.）", "Heron Radar Co., Ltd.）", "Stork, LLC）"];
    members(&told, "cn-control-list", "2026-04-01", &whole);
    assert_eq!(conflicts(&told), Vec::<&str>::new());
}

#[test]
fn a_member_is_met_by_the_name_that_the_knowledge_has_of_it() {
    let press = |text| ("paper.example/1", "2026-02-04", "Report", text);
    for (notice, report, list) in [
        (
            (
                "www.mofcom.gov.cn/a/1",
                "2026-02-03",
                "商务部公告2026年第5号",
                "决定将安杜里尔工业公司（Anduril Industries, Inc.）列入出口管制管控名单。本公告自公布之日起实施。",
            ),
            "China's commerce ministry added Anduril to its export control list on Tuesday.",
            "cn-control-list",
        ),
        (
            (
                "www.bis.gov/press/0",
                "2026-02-02",
                "BIS adds an entity",
                "The Bureau of Industry and Security today added Shanghai Enflame Technology Co., Ltd. to the Entity List.",
            ),
            "美国商务部2月2日将燧原科技列入实体清单。",
            "entity-list",
        ),
        (
            (
                "www.bis.gov/press/0",
                "2026-02-02",
                "BIS adds an entity",
                "The Bureau of Industry and Security today added Skydio Holdings, Inc. to the Entity List.",
            ),
            "The Commerce Department added Skydio to the Entity List on Monday.",
            "entity-list",
        ),
    ] {
        let told = told(&[notice, press(report)]);
        let own: Vec<_> = told.designations.iter().filter(|d| d.list.as_str() == list).cloned().collect();
        let on = members_on(&own, "2026-04-01".parse().unwrap(), Date::MAX);
        assert_eq!(on.len(), 1, "{report}: {:?}", on.iter().map(called).collect::<Vec<_>>());
    }
    // Two that one notice names apart are two parties.
    let told = told(&[(
        "www.bis.gov/press/0",
        "2026-02-02",
        "BIS adds entities",
        "The Bureau of Industry and Security today added Shanghai Enflame Technology Co., Ltd. and Enflame Technology (Wuhu) Co., Ltd. to the Entity List.",
    )]);
    members(&told, "entity-list", "2026-04-01", &["Shanghai", "Wuhu"]);
}

const NOTICE: (&str, &str, &str, &str) = (
    "www.mofcom.gov.cn/a/5",
    "2026-03-02",
    "商务部公告2026年第15号",
    "商务部决定将下列3家企业列入出口管制管控名单，自2026年3月20日起实施。\n一、海鸥航空公司（Gull Aero Inc.）\n二、塘鹅海事公司（Gannet Marine LLC）\n三、白鹭分析公司（Egret Analytics LLC）\n同时，决定自公告之日起将岩鹨公司（Dunnock Co.）移出出口管制管控名单。",
);
const EARLIER: (&str, &str, &str, &str) = (
    "www.mofcom.gov.cn/a/1",
    "2026-01-05",
    "商务部公告2026年第1号",
    "决定将岩鹨公司（Dunnock Co.）、鹡鸰公司（Wagtail Co.）列入出口管制管控名单。本公告自公布之日起实施。",
);

/// A report's wrong day makes nobody a member before the notice does, and is shown as a difference once it counts.
#[test]
fn the_day_of_the_notice_beats_that_of_its_reports() {
    let report = (
        "www.thepaper.cn/1",
        "2026-03-03",
        "商务部将3家企业列入出口管制管控名单",
        "商务部3月2日宣布，将海鸥航空公司、塘鹅海事公司等3家企业列入出口管制管控名单，即日起实施。",
    );
    let told = told(&[report, NOTICE]);
    known(&told, "cn-control-list", "2026-03-10", "2026-03-01", &[]);
    members(&told, "cn-control-list", "2026-03-10", &[]);
    members(&told, "cn-control-list", "2026-03-20", &["Gull", "Gannet", "Egret"]);
    let own: Vec<_> =
        told.designations.iter().filter(|d| d.list.as_str() == "cn-control-list").cloned().collect();
    let on = members_on(&own, "2026-03-20".parse().unwrap(), Date::MAX);
    assert!(on.iter().all(|member| member.is_official && member.since_day().to_string() == "2026-03-20"));
    let otherwise = on.iter().filter(|member| member.dated_otherwise().next().is_some());
    assert_eq!(
        otherwise.map(called).filter(|name| name.contains("Gull") || name.contains("Gannet")).count(),
        2
    );
    // Before the notice is known there is but the report.
    let early = self::told(&[report]);
    members(&early, "cn-control-list", "2026-03-10", &["海鸥", "塘鹅"]);
}

/// What a sentence says of its own day stands against the day of the others.
#[test]
fn an_act_counts_from_the_day_of_its_own_clause() {
    let told = told(&[EARLIER, NOTICE]);
    members(&told, "cn-control-list", "2026-03-02", &["Wagtail"]);
    members(&told, "cn-control-list", "2026-03-20", &["Wagtail", "Gull", "Gannet", "Egret"]);
    for text in [
        "BIS is adding Teal Optics LLC to the Entity List, effective April 6, 2026. Heron Photonics Co., Ltd. is removed from the Entity List with effect from the date of this notice.",
        "BIS adds Teal Optics LLC to the Entity List from April 6, 2026, and removes Heron Photonics Co., Ltd. from the Entity List effective immediately.",
        "BIS is removing Heron Photonics Co., Ltd. from the Entity List with immediate effect; Teal Optics LLC is added to the Entity List, effective April 6, 2026.",
    ] {
        let told = self::told(&[LISTED, ("www.bis.gov/press/1", "2026-03-02", "Changes", text)]);
        members(&told, "entity-list", "2026-03-02", &["Bittern", "Avocet", "Plover"]);
        members(&told, "entity-list", "2026-04-06", &["Bittern", "Avocet", "Plover", "Teal"]);
    }
    let chinese = self::told(&[
        EARLIER,
        (
            "www.mofcom.gov.cn/a/6",
            "2026-03-02",
            "商务部公告2026年第16号",
            "决定自即日起将岩鹨公司（Dunnock Co.）移出出口管制管控名单，自4月1日起将水鸫公司（Dipper Co.）列入出口管制管控名单。",
        ),
    ]);
    members(&chinese, "cn-control-list", "2026-03-02", &["Wagtail"]);
    members(&chinese, "cn-control-list", "2026-04-01", &["Wagtail", "Dipper"]);
}

/// Who was printed for another, or named by mistake, never was on the list, once that is known.
#[test]
fn a_correction_puts_the_right_party_in_the_place_of_the_wrong_one() {
    for text in [
        "商务部公告2026年第15号中，第三项“白鹭分析公司（Egret Analytics LLC）”应为“夜鹭分析公司（Nightheron Analytics LLC）”，特此更正。",
        "出口管制管控名单附件第三项应为“夜鹭分析公司（Nightheron Analytics LLC）”，而非“白鹭分析公司（Egret Analytics LLC）”。",
        "商务部公告2026年第15号中，第三项“白鹭分析公司（Egret Analytics LLC）”应为“夜鹭分析公司（Nightheron Analytics LLC）”。\n白鹭分析公司未被列入出口管制管控名单。",
    ] {
        let correction =
            ("www.mofcom.gov.cn/a/9", "2026-03-09", "关于更正商务部公告2026年第15号的公告", text);
        let told = told(&[NOTICE, correction]);
        known(&told, "cn-control-list", "2026-03-21", "2026-03-08", &["Gull", "Gannet", "Egret"]);
        members(&told, "cn-control-list", "2026-03-19", &[]);
        members(&told, "cn-control-list", "2026-03-21", &["Gull", "Gannet", "Nightheron"]);
        let day = "2026-03-21".parse().unwrap();
        let on = members_on(&told.designations, day, Date::MAX);
        let also: Vec<_> = on.iter().flat_map(|member| member.also()).collect();
        assert!(!also.iter().any(|name| name.contains("Egret")), "{text}: {also:?}");
    }
    let denied = (
        "www.mofcom.gov.cn/a/9",
        "2026-03-09",
        "关于更正商务部公告2026年第15号的公告",
        "白鹭分析公司未被列入出口管制管控名单，特此更正。",
    );
    members(&told(&[NOTICE, denied]), "cn-control-list", "2026-03-21", &["Gull", "Gannet"]);
    let mistaken = (
        "白鹭分析公司系被错误列入出口管制管控名单，特此更正。",
        "白鹭分析公司不应列入出口管制管控名单，特此更正。",
    );
    for text in [mistaken.0, mistaken.1] {
        let told = told(&[NOTICE, (denied.0, denied.1, denied.2, text)]);
        members(&told, "cn-control-list", "2026-03-21", &["Gull", "Gannet"]);
    }
    for (text, expected) in [
        (
            "Correction: in the notice of February 2 that added entities to the Entity List, item 3 should read Merlin Freight LLC, not Avocet Freight LLC.",
            &["Heron", "Bittern", "Plover", "Merlin"][..],
        ),
        (
            "In the additions to the Entity List, \"Avocet Freight LLC\" should read \"Merlin Freight LLC\".",
            &["Heron", "Bittern", "Plover", "Merlin"],
        ),
        ("Avocet Freight LLC was added to the Entity List in error.", &["Heron", "Bittern", "Plover"]),
        (
            "Avocet Freight LLC should not have been added to the Entity List.",
            &["Heron", "Bittern", "Plover"],
        ),
        ("Avocet Freight LLC was erroneously added to the Entity List.", &["Heron", "Bittern", "Plover"]),
        ("Avocet Freight LLC was not added to the Entity List.", &["Heron", "Bittern", "Plover"]),
    ] {
        let told =
            told(&[LISTED, ("www.bis.gov/press/1", "2026-02-05", "Correction to Entity List notice", text)]);
        members(&told, "entity-list", "2026-03-01", expected);
        known(&told, "entity-list", "2026-03-01", "2026-02-04", &ALL);
    }
}

/// Who was listed says of itself that it was by mistake: that takes nobody off.
#[test]
fn the_word_of_who_is_listed_corrects_nothing() {
    let text = "Avocet Freight LLC says that it should not have been added to the Entity List.";
    let told = told(&[LISTED, ("www.bis.gov/press/1", "2026-02-05", "Statement", text)]);
    members(&told, "entity-list", "2026-03-01", &ALL);
}

/// Reports name whom they count around the verb and the list, and call the list by its name but once.
#[test]
fn reports_name_members_behind_their_number() {
    for text in [
        "The Bureau of Industry and Security on Monday added three companies to its Entity List: Teal Optics, Merlin Freight and Dunlin Works.",
        "The Bureau of Industry and Security on Monday added three companies, including Teal Optics, Merlin Freight and Dunlin Works, to its Entity List.",
    ] {
        let told = told(&[("paper.example/1", "2026-03-03", "Three firms listed", text)]);
        members(&told, "entity-list", "2026-03-04", &["Teal", "Merlin", "Dunlin"]);
    }
    let told = told(&[(
        "paper.example/1",
        "2026-03-03",
        "Firms come and go",
        "The Bureau of Industry and Security on Monday added Teal Optics to its Entity List. Merlin Freight and Dunlin Works were removed from the list with immediate effect.",
    )]);
    members(&told, "entity-list", "2026-03-04", &["Teal"]);
    let gone = told.designations.iter().filter(|d| d.change.to_string() == "removed");
    assert_eq!(gone.map(|d| d.name.as_str()).collect::<Vec<_>>(), ["Merlin Freight", "Dunlin Works"]);
}
