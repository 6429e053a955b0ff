//! Names: whom they mean, on short articles.

use headwater_analyse::{Passage, analyse, names};
use headwater_knowledge::{Lexicon, embedded, is_han, names_of};
use headwater_model::mention::EntityMention;
use headwater_model::{Analysis, Article, CaptureId, Part, Text};
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(embedded()));

fn article(language: &str, url: &str, text: &str) -> Article {
    let captured = "2026-06-09T00:00:00Z".parse().unwrap();
    Article {
        language: language.to_owned(),
        text: Text::new(text),
        ..Article::new(CaptureId::new("c"), url, captured)
    }
}

fn read(language: &str, url: &str, text: &str) -> Analysis {
    let article = article(language, url, text);
    let analysis = analyse(&article, &LEXICON);
    assert!(analysis.entities.iter().all(|e| e.evidence.holds_in(&article.text)));
    analysis
}

fn shown(mention: &EntityMention) -> String {
    match (&mention.id, mention.candidates.is_empty()) {
        (Some(id), _) => format!("{}={id}", mention.evidence.quote()),
        (None, false) => {
            let ids: Vec<&str> = mention.candidates.iter().map(|c| c.as_str()).collect();
            format!("{}={}", mention.evidence.quote(), ids.join("|"))
        }
        (None, true) => format!("{}?{}", mention.evidence.quote(), mention.kind),
    }
}

#[track_caller]
fn check(language: &str, text: &str, expected: &[&str]) {
    let analysis = read(language, "https://news.example/a", text);
    let found: Vec<String> = analysis.entities.iter().map(shown).collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn check_doubt(language: &str, text: &str, kind: &str, quote: &str) {
    let analysis = read(language, "https://news.example/a", text);
    let found: Vec<(&str, &str)> = analysis
        .doubts
        .iter()
        .map(|d| (d.kind.as_str(), d.evidence.as_ref().map_or("", |e| e.quote())))
        .collect();
    assert!(found.contains(&(kind, quote)), "{text}: {found:?}");
}

#[test]
fn one_id_in_every_script() {
    check("zh-Hans", "华为发布昇腾 910C。", &["华为=huawei", "昇腾 910C=ascend-910c"]);
    check("zh-Hant", "華為與輝達在臺灣。", &["華為=huawei", "輝達=nvidia", "臺灣=taiwan"]);
    check("en", "Huawei sells Ascend 910C chips.", &["Huawei=huawei", "Ascend 910C=ascend-910c"]);
}

#[test]
fn strings_across_words_are_no_names() {
    check("zh-Hans", "其中国产芯片占多数，人工智慧與算力。", &[]);
    check("zh-Hans", "发展中国家的计算能力。", &[]);
    check("zh-Hans", "面对高通胀，物价上升。", &[]);
    check("en", "The most advanced arm of us all.", &[]);
}

#[test]
fn longest_name_wins() {
    check("zh-Hans", "美国商务部工业与安全局公布。", &["美国商务部工业与安全局=bis"]);
    check("en", "The H200, not the H20, was sold.", &["H200=h200", "H20=h20"]);
    check("en", "It bought H20s.", &["H20=h20"]);
}

#[test]
fn ministries_by_country() {
    check("zh-Hant", "台灣財政部表示。", &["台灣財政部=tw-mof"]);
    check("zh-Hant", "財政部今天預告。", &["財政部=tw-mof"]);
    check("zh-Hans", "财政部印发通知。", &["财政部=cn-mof"]);
    check(
        "en",
        "China's commerce ministry said the ministry would act.",
        &["China=china", "commerce ministry=mofcom", "the ministry=mofcom"],
    );
    check("en", "The Thai Ministry of Commerce said no.", &["Thai Ministry of Commerce?agency"]);
}

#[test]
fn ambiguous_names_by_context_or_not_at_all() {
    check("zh-Hant", "超微執行長蘇姿丰說。", &["超微=amd", "蘇姿丰=su"]);
    check("zh-Hans", "超微下跌。", &["超微=amd|supermicro"]);
    check_doubt("zh-Hans", "超微下跌。", "ambiguous_name", "超微");
    check("en", "Eric Xu of Huawei spoke.", &["Eric Xu=xu-zhijun", "Huawei=huawei"]);
    check("en", "Baidu co-founder Eric Xu spoke.", &["Baidu=baidu", "Eric Xu=xu-yong"]);
}

#[test]
fn an_office_is_of_the_country_of_its_officer() {
    check("zh-Hant", "商務部長盧特尼克說。", &["商務部=us-commerce", "盧特尼克=lutnick"]);
    check("zh-Hans", "商务部长王文涛说。", &["商务部=mofcom", "王文涛=wang-wentao"]);
}

#[test]
fn an_office_is_the_one_just_named() {
    let text = "美国商务部公布新规。商务部表示，新规即日生效。中国商务部回应。";
    check("zh-Hans", text, &["美国商务部=us-commerce", "商务部=us-commerce", "中国商务部=mofcom"]);
    let text = "Japan's trade ministry replied. France's finance ministry did not.";
    check("en", text, &["Japan=japan", "trade ministry=meti", "France=france", "finance ministry=fr-mef"]);
    check("en", "In Thailand the finance ministry replied.", &["Thailand=thailand"]);
}

#[test]
fn family_names_stand_first_or_last() {
    let text = "Wang Wentao met Lee Jae-yong. Wang left; Minister Wang and Lee talked. Jack Lee did not.";
    let expected = [
        "Wang Wentao=wang-wentao",
        "Lee Jae-yong=lee-jae-yong",
        "Wang=wang-wentao",
        "Wang=wang-wentao",
        "Lee=lee-jae-yong",
        "Jack Lee?person",
    ];
    check("en", text, &expected);
    let text = "Wang Wentao met Wang Huning. Wang left.";
    check("en", text, &["Wang Wentao=wang-wentao", "Wang Huning=wang-huning"]);
    check("en", "C.C. Wei spoke. Wei left.", &["C.C. Wei=wei", "Wei=wei"]);
}

#[test]
fn whom_the_text_makes_another_is_doubtful() {
    let text = "Wang Wentao, a retired farmer from Henan, sold his crop.";
    check("en", text, &["Wang Wentao=wang-wentao", "Henan=henan"]);
    check_doubt("en", text, "ambiguous_name", "Wang Wentao");
    check_doubt("en", "John Lee of Samsung Electronics leads Hong Kong sales.", "ambiguous_name", "John Lee");
    check_doubt("zh-Hans", "国务院总理出席。河南农民李强卖粮。", "ambiguous_name", "李强");
    check("en", "Jensen Huang of Nvidia, a founder, spoke.", &["Jensen Huang=huang", "Nvidia=nvidia"]);
}

#[test]
fn short_forms_follow_full_names() {
    check("zh-Hant", "香港金管局說，金管局將發牌。", &["香港金管局=hkma", "金管局=hkma"]);
    check(
        "en",
        "Cerebras Systems grew. Cerebras hired.",
        &["Cerebras Systems=cerebras", "Cerebras=cerebras"],
    );
    check(
        "en",
        "Vincent Karremans spoke. Karremans left.",
        &["Vincent Karremans=karremans", "Karremans=karremans"],
    );
    check(
        "zh-Hans",
        "网络安全审查办公室（以下简称“网安办”）说，网安办将审查。",
        &["网络安全审查办公室=cn-cro", "网安办=cn-cro", "网安办=cn-cro"],
    );
}

#[test]
fn a_product_given_to_another_maker_is_doubtful() {
    check_doubt("en", "Nvidia's Ascend 910C sells.", "wrong_maker", "Nvidia's Ascend 910C");
    check_doubt("zh-Hans", "华为H20销量上升。", "wrong_maker", "华为H20");
    let fine = read("zh-Hans", "https://news.example/a", "英伟达H20与海思昇腾910C。");
    assert!(fine.doubts.is_empty(), "{:?}", fine.doubts);
}

/// Whoever edits the knowledge may rely on it: a name that needs no context is found in a plain sentence, in whatever script.
#[test]
fn every_plain_name_is_found() {
    let mut lost = Vec::new();
    for entity in &LEXICON.knowledge().entities {
        for name in names_of(entity).filter(|n| n.context.is_none()) {
            let (language, text) = if name.text.chars().any(is_han) {
                ("zh-Hans", format!("有消息称，{}已在名单之列。", name.text))
            } else {
                ("en", format!("Officials said that {} was named in the notice.", name.text))
            };
            let article = article(language, "https://news.example/a", &text);
            let mut analysis = Analysis::empty(article.capture.clone());
            names::find(&article, &[Passage::new(&article, Part::Text)], &LEXICON, &mut analysis);
            let found =
                |m: &EntityMention| m.id.as_ref() == Some(&entity.id) && m.evidence.quote() == name.text;
            if !analysis.entities.iter().any(found) {
                let shown: Vec<String> = analysis.entities.iter().map(shown).collect();
                lost.push(format!("{} of {}: {shown:?}", name.text, entity.id));
            }
        }
    }
    assert!(lost.is_empty(), "{} names are lost:\n{}", lost.len(), lost.join("\n"));
}
