//! Lists and measures, as authorities' pages and reports state them.

mod told;

use headwater_model::capture::DOCUMENT_TYPE;
use headwater_model::claim::ListChange;
use headwater_model::source::SourceClass;
use headwater_model::tracking::{MeasureStep, NewsKind};
use told::{Told, page, told, told_of};

/// What is told of documents in JSON, each captured at the end of the day of its publication.
fn told_in_json(documents: &[serde_json::Value]) -> Told {
    told_of(documents.iter().map(|document| {
        let field = |names: [&str; 2]| names.iter().find_map(|name| document[name].as_str()).unwrap();
        let captured = format!("{}T23:00:00Z", field(["published", "publication_date"]));
        page(field(["url", "html_url"]), &captured, DOCUMENT_TYPE, document.to_string().into_bytes())
    }))
}

#[test]
fn a_notice_lists_its_members_line_by_line_and_its_count_is_held_against_them() {
    let text = "根据有关法律法规规定，决定将3家美国实体列入出口管制管控名单，自2026年1月6日起施行。\n\
                1．泰拓防务系统公司（Tetra Defense Systems, Inc.）\n2．北岭动力公司（Northridge Power Inc.）\n\
                3．哈珀无人系统公司（Harper Unmanned LLC）\n4．海湾光学公司（Bay Optics Corp.）\n\
                5. 出口经营者违反规定的，依法处理。";
    let url = "http://exportcontrol.mofcom.gov.cn/article/zcfg/4.html";
    let title = "公布将美国实体列入出口管制管控名单";
    let told = told(&[(url, "2026-01-04", title, text)]);
    let names: Vec<&str> = told.designations.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    assert!(names[0].starts_with("泰拓防务系统公司"), "{names:?}");
    for designation in &told.designations {
        assert_eq!(designation.change, ListChange::Added);
        assert_eq!(designation.class, SourceClass::Official);
        assert_eq!(designation.effective.map(|d| d.to_string()).as_deref(), Some("2026-01-06"));
        let dated = designation.dated.as_ref().map(|words| words.evidence.quote());
        assert!(dated.is_some_and(|words| words.contains("自2026年1月6日起施行")), "{dated:?}");
    }
    let conflicts = told.news.iter().filter(|n| n.kind == NewsKind::Conflict);
    let texts: Vec<&str> = conflicts.map(|n| n.text.as_str()).collect();
    assert_eq!(texts, ["the notice counts 3 members and lists 4"]);
}

#[test]
fn a_list_looks_at_the_day_in_a_documents_head() {
    let text = "This rule amends the Export Administration Regulations by adding Tetra Defense Systems to the Entity List.";
    let body = serde_json::json!({
        "document_number": "2026-01234", "type": "Rule", "title": "Addition of an Entity to the Entity List",
        "publication_date": "2026-03-02", "effective_on": "2026-03-16", "abstract": text,
        "html_url": "https://www.federalregister.gov/documents/2026/03/02/2026-01234/addition",
        "agencies": [{"name": "Industry and Security Bureau"}],
    });
    let told = told_in_json(&[body]);
    let days: Vec<_> = told.designations.iter().map(|d| (d.effective, d.dated.is_some())).collect();
    assert_eq!(days, [(Some("2026-03-16".parse().unwrap()), false)], "{:?}", told.designations);
}

#[test]
fn a_corrected_notice_takes_off_whom_it_names_as_listed_by_mistake() {
    let url = "http://exportcontrol.mofcom.gov.cn/article/zcfg/9.html";
    let title = "公布将美国实体列入出口管制管控名单";
    let first = "根据有关法律法规规定，决定将2家美国实体列入出口管制管控名单。\n1．英伟达公司\n2．北岭动力公司（Northridge Power Inc.）";
    let second = "根据有关法律法规规定，决定将1家美国实体列入出口管制管控名单。\n北岭动力公司（Northridge Power Inc.）\n\
                  更正：原公告误列英伟达公司，特此更正。";
    let told = told(&[(url, "2026-01-04", title, first), (url, "2026-01-06", title, second)]);
    let removed: Vec<_> = told.designations.iter().filter(|d| d.change == ListChange::Removed).collect();
    assert_eq!(removed.len(), 1, "{removed:?}");
    assert_eq!(removed[0].name, "英伟达公司");
    assert_eq!(removed[0].published.to_string(), "2026-01-06");
}

#[test]
fn a_report_lists_nobody_by_a_numbered_line() {
    let text = "美国商务部将两家企业列入实体清单。\n1、背景：这是今年第三次。\n2、影响：尚待观察";
    let told = told(&[("http://paper.example/a", "2026-01-04", "两家企业被列入实体清单", text)]);
    assert_eq!(told.designations, []);
    assert_eq!(told.derivations(), Vec::<String>::new());
}

#[test]
fn a_document_is_a_step_of_what_it_says_that_it_is() {
    let document = |kind: &str, abstracts: &str| {
        let title = format!("Controls on Laser Tools: {kind}");
        let body = serde_json::json!({
            "url": "https://www.federalregister.gov/documents/2026/03/02/2026-1", "published": "2026-03-02",
            "title": title, "text": abstracts, "document_number": "2026-00001", "effective_on": "2026-04-01"
        });
        let told = told_in_json(&[body]);
        let steps: Vec<MeasureStep> = told.events.iter().map(|e| e.step).collect();
        steps
    };
    let sentence = "Exporters must obtain a license for the export of laser tools to China.";
    let proposed = document("Proposed Rule", &format!("This proposed rule sets controls. {sentence}"));
    assert!(!proposed.contains(&MeasureStep::InForce), "{proposed:?}");
    let of_final =
        document("Final Rule", &format!("In this final rule, the Bureau amends its regulations. {sentence}"));
    assert!(!of_final.contains(&MeasureStep::Introduced), "{of_final:?}");
    assert!(of_final.contains(&MeasureStep::Published), "{of_final:?}");
}

#[test]
fn a_rule_that_the_knowledge_lacks_is_proposed_and_followed_by_its_name() {
    let draft = "为推动算力设施节能，我部起草了《算力基础设施节能管理办法（征求意见稿）》，现公开征求意见。\n\
                 《算力基础设施节能管理办法（征求意见稿）》要求新建数据中心电能利用效率不得高于1.25。";
    let adopted = "工业和信息化部5月2日印发《算力基础设施节能管理办法》，要求新建数据中心电能利用效率不得高于1.25，自2026年7月1日起施行。";
    let delayed = "工业和信息化部6月19日宣布，《算力基础设施节能管理办法》推迟至2027年1月1日起施行，新建数据中心电能利用效率要求暂缓执行。";
    let told = told(&[
        ("http://www.miit.gov.cn/zwgk/1.html", "2026-02-01", "公开征求意见", draft),
        ("http://paper.example/2", "2026-05-03", "算力节能办法印发", adopted),
        ("http://paper.example/3", "2026-06-20", "算力节能办法推迟", delayed),
    ]);
    let steps: Vec<MeasureStep> = told.events.iter().map(|e| e.step).collect();
    use MeasureStep as S;
    assert_eq!(steps, [S::ConsultationOpened, S::Adopted, S::Postponed]);
    for event in &told.events {
        assert_eq!(event.measure, told.events[0].measure);
        assert_eq!(event.proposed_name.as_deref(), Some("算力基础设施节能管理办法"));
    }
}

/// Who is put on or taken off which list from when, as `list change name effective`.
fn acts(told: &Told) -> Vec<String> {
    let day = |d: Option<headwater_model::time::Date>| d.map_or("-".to_owned(), |day| day.to_string());
    let designations = told.designations.iter();
    designations.map(|d| format!("{} {} {} {}", d.list, d.change, d.name, day(d.effective))).collect()
}

#[test]
fn an_act_counts_from_the_day_that_the_text_states() {
    let english = "The Commerce Department on Tuesday added 2 companies, Inspur and Sugon, to the Entity List, effective November 12, 2026.";
    let chinese =
        "經濟部27日公告，將華為、中芯國際列入戰略性高科技貨品輸出管制名單。經濟部表示，名單自12月1日起生效。";
    let license = "The U.S. Government has decided to extend through April 1, 2027, the temporary general license to \
                   Huawei Technologies Co., Ltd., which is on the Entity List.";
    let told = told(&[
        ("http://paper.example/1", "2026-11-10", "Two added to the list", english),
        ("http://paper.example/2", "2026-11-27", "兩家陸企列入管制名單", chinese),
        ("https://www.bis.gov/3", "2026-11-28", "Temporary general license", license),
    ]);
    let acts = acts(&told);
    let has = |act: &str| assert!(acts.iter().any(|a| a == act), "{act}: {acts:?}");
    has("entity-list added Inspur 2026-11-12");
    has("entity-list added Sugon 2026-11-12");
    has("tw-shtc added 華為 2026-12-01");
    assert!(!acts.iter().any(|a| a.ends_with("2027-04-01")), "{acts:?}");
}

#[test]
fn a_correction_moves_members_from_its_own_day() {
    let url = "http://exportcontrol.mofcom.gov.cn/article/zcfg/31.html";
    let title = "公布将美国实体列入出口管制管控名单";
    let first = "决定将2家美国实体列入出口管制管控名单，自2026年6月22日起施行。\n1．Delmont Optics Inc.\n2．Aldervale Systems Inc.";
    let second = "决定将3家美国实体列入出口管制管控名单，自2026年6月22日起施行。\n\
                  更正：6月25日起，Delmont Optics Inc.移出名单，新增Ironwood Sensors Inc.、Juniper Bay Labs LLC。\n\
                  1．Aldervale Systems Inc.\n2．Ironwood Sensors Inc.\n3．Juniper Bay Labs LLC";
    let told = told(&[(url, "2026-06-22", title, first), (url, "2026-06-25", title, second)]);
    let acts = acts(&told);
    let has = |act: &str| assert!(acts.iter().any(|a| a == act), "{act}: {acts:?}");
    has("cn-control-list added Delmont Optics Inc. 2026-06-22");
    has("cn-control-list removed Delmont Optics Inc. 2026-06-25");
    has("cn-control-list added Ironwood Sensors Inc. 2026-06-25");
    has("cn-control-list added Juniper Bay Labs LLC 2026-06-25");
    assert!(!acts.contains(&"cn-control-list added Ironwood Sensors Inc. 2026-06-22".to_owned()), "{acts:?}");
}

#[test]
fn a_party_with_two_names_is_one_member() {
    let text = "决定将洛克韦尔防务公司（Rockwell Defense Corp.）等2家实体列入出口管制管控名单。\n\
                1．Rockwell Defense Corp.\n2．Bay Optics Corp.";
    let url = "http://exportcontrol.mofcom.gov.cn/article/zcfg/5.html";
    let told = told(&[(url, "2026-01-04", "公布将美国实体列入出口管制管控名单", text)]);
    let names: Vec<&str> = told.designations.iter().map(|d| d.name.trim_end_matches('.')).collect();
    assert_eq!(names, ["Rockwell Defense Corp", "Bay Optics Corp"]);
}

#[test]
fn words_for_parties_in_general_are_no_members() {
    let title = "Addition of Certain Entities to the Entity List; Revision of Entry";
    let text =
        "In this rule, the Bureau amends its regulations by adding certain entities to the Entity List.";
    let told = told(&[("https://www.bis.gov/rule-1", "2026-03-02", title, text)]);
    assert_eq!(acts(&told), Vec::<String>::new());
}

#[test]
fn an_act_of_years_before_is_none_of_a_measure() {
    let text = "In this rule, the Bureau of Industry and Security (BIS) amends its regulations by adding 32 entities to the Entity List.";
    let url = |day: &str| format!("https://www.bis.gov/{day}");
    let (early, own) = ("2023-04-17", "2025-09-16");
    let told = told(&[
        (&url(early), early, "Additions to the Entity List", text),
        (&url(own), own, "Additions to the Entity List", text),
    ]);
    let days: Vec<String> = told
        .events
        .iter()
        .filter(|e| e.measure.as_str() == "us-el-2025-09")
        .map(|e| e.reported.to_string())
        .collect();
    assert_eq!(days, [own]);
}

#[test]
fn neither_the_basis_of_an_act_nor_a_partys_denial_moves_a_measure() {
    let notice = "根据《中华人民共和国出口管制法》和《中华人民共和国两用物项出口管制条例》等法律法规有关规定，\
                  决定将泰拓防务系统公司列入出口管制管控名单，自2026年4月20日起施行。";
    let denial = "寒武纪否认被列入1260H清单。";
    let told = told(&[
        ("https://www.mofcom.gov.cn/zcfb/19.html", "2026-04-08", "商务部公告2026年第19号", notice),
        ("https://wire.example/cambricon", "2026-04-09", "寒武纪回应传闻", denial),
    ]);
    let moved: Vec<_> = told.events.iter().map(|e| (e.measure.as_str(), e.step)).collect();
    let still = |measure: &str| moved.iter().all(|(m, _)| *m != measure);
    assert!(still("cn-dual-use-regs-2024") && still("us-1260h"), "{moved:?}");
    assert!(told.designations.iter().any(|d| d.name.starts_with("泰拓")), "{:?}", told.designations);
}
