//! What official documents say about themselves in their head table, and from when they apply.

use crate::blocks::Block;
use crate::dates::{Habit, page_date};
use headwater_model::Article;
use headwater_model::article::Official;
use headwater_model::time::DateBasis;
use regex::Regex;
use std::sync::LazyLock;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{Han}]{1,12}(?:公告|令)?\s*[〔\[（(]?20\d\d[〕\]）)]?年?\s*第?\s*\d{1,4}\s*号")
        .expect("a valid pattern")
});
static EFFECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"自(20\d\d年\d{1,2}月\d{1,2}日)起(?:施行|实施|实行|執行|执行|生效)").expect("a valid pattern")
});
static FROM_PUBLICATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"自(?:公布|发布|印发|公告)之日起(?:施行|实施|执行|生效)").expect("a valid pattern")
});
static EFFECTIVE_EN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:effective (?:date:?|on|as of)|takes? effect on|is effective)\s+((?:[A-Z][a-z]+ \d{1,2}, \d{4})|(?:\d{1,2} [A-Z][a-z]+ \d{4}))").expect("a valid pattern")
});

/// Reads the head table and the text. An article without any of it stays as it was.
pub fn read(blocks: &[Block], article: &mut Article) {
    let mut official = Official::default();
    let day = |value: &str| {
        page_date(value, DateBasis::Text, Habit::default())
            .map(|d| d.value.chars().take(10).collect::<String>())
    };
    for block in blocks {
        for (label, value) in labelled(&block.text) {
            match label.as_str() {
                "发文字号" | "文号" | "公文文号" | "文件编号" | "公告号" => {
                    official.number = official.number.take().or(Some(value))
                }
                "索引号" => official.index = Some(value),
                "发文机关" | "发布机构" | "发文机构" | "发文单位" | "制发机关" | "发布单位"
                | "信息所属单位" | "公开主体" => {
                    official.issuers =
                        value.split(['、', ' ']).filter(|v| !v.is_empty()).map(str::to_owned).collect()
                }
                "成文日期" | "签署日期" | "生成日期" | "成文时间" | "生成时间" => {
                    official.signed = day(&value)
                }
                "发布日期" | "公开日期" | "发文日期" => {
                    official.fields.push(("发布日期".into(), value))
                }
                "有效性" | "效力状态" | "时效性" | "文件状态" => {
                    official.validity = Some(value)
                }
                "生效日期" | "实施日期" | "施行日期" => official.effective = day(&value),
                "主题分类" | "主题词" | "体裁分类" => official.fields.push((label, value)),
                _ => {}
            }
        }
    }
    let has_table = official.number.is_some() || official.index.is_some();
    let whole = || blocks.iter().map(|b| b.text.as_str());
    if official.number.is_none() {
        official.number = whole()
            .filter(|t| t.chars().count() < 40)
            .find_map(|t| Some(NUMBER.find(t)?.as_str().to_owned()));
    }
    if !has_table && official.number.is_none() {
        return;
    }
    if official.effective.is_none() {
        official.effective = whole().find_map(|t| day(EFFECTIVE.captures(t)?.get(1)?.as_str()));
    }
    if official.effective.is_none() && whole().any(|t| FROM_PUBLICATION.is_match(t)) {
        let stated = official.fields.iter().find(|(l, _)| l == "发布日期").and_then(|(_, v)| day(v));
        official.effective =
            stated.or_else(|| article.published.as_ref().map(|d| d.value.chars().take(10).collect()));
    }
    let base = url::Url::parse(&article.url).ok();
    let is_annex = |href: &str| {
        [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".zip", ".ofd", ".csv"]
            .iter()
            .any(|e| href.to_ascii_lowercase().ends_with(e))
    };
    let annexes = blocks.iter().flat_map(|b| &b.links).filter(|(_, href)| is_annex(href));
    official.annexes =
        annexes.filter_map(|(_, href)| base.as_ref()?.join(href).ok().map(Into::into)).collect();
    article.official = Some(official);
}

/// Takes the box at the head of an official document out of its text: rows or lines that name its number, its issuer and
/// its days, and what else stands among them.
pub fn without_head(main: &mut Vec<Block>) {
    let kinds: Vec<Field> = main.iter().map(field_of).collect();
    let mut kept = vec![true; main.len()];
    let mut at = 0;
    while at < main.len() {
        let run = kinds[at..].iter().take_while(|k| **k != Field::None).count();
        let known = kinds[at..at + run].iter().filter(|k| **k == Field::Known).count();
        // One labelled line may be the article's own; rows never are.
        if known > 0 && (run > 1 || main[at].row) {
            kept[at..at + run].fill(false);
        }
        at += run.max(1);
    }
    let mut kept = kept.into_iter();
    main.retain(|_| kept.next().unwrap_or(true));
}

/// What a line of the box at the head says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    /// It is none.
    None,
    /// Something that other tables say, too.
    Common,
    /// Something that only official documents say.
    Known,
}

fn field_of(block: &Block) -> Field {
    let fields = labelled(&block.text);
    // The head of a table of documents has labels alone.
    let is_label = |text: &str| LABELS.contains(&text) || COMMON.contains(&text);
    let any = |labels: &[&str]| {
        fields.iter().any(|(label, value)| labels.contains(&label.as_str()) && !is_label(value))
    };
    match () {
        () if any(LABELS) => Field::Known,
        () if any(COMMON) => Field::Common,
        () => Field::None,
    }
}

/// Labels of the table at the head of an official document.
const LABELS: &[&str] = &[
    "发文字号",
    "文号",
    "公文文号",
    "文件编号",
    "公告号",
    "索引号",
    "发文机关",
    "发布机构",
    "发文机构",
    "发文单位",
    "制发机关",
    "成文日期",
    "签署日期",
    "生成日期",
    "发布日期",
    "公开日期",
    "发文日期",
    "有效性",
    "效力状态",
    "时效性",
    "生效日期",
    "实施日期",
    "主题分类",
    "主题词",
    "体裁分类",
    "发布单位",
    "信息所属单位",
    "公开主体",
    "文件状态",
    "施行日期",
];

/// Labels that stand among them.
const COMMON: &[&str] = &[
    "标题",
    "名称",
    "信息名称",
    "文件名称",
    "公文种类",
    "信息分类",
    "分类",
    "类别",
    "公开方式",
    "公开范围",
    "公开时限",
    "公开形式",
    "公开责任部门",
    "关键词",
    "关键字",
    "来源",
    "信息来源",
    "服务对象",
    "组配分类",
    "内容概述",
    "发布时间",
    "成文时间",
    "生成时间",
    "印发日期",
    "废止日期",
    "失效日期",
    "规范性文件编号",
    "统一编号",
    "语种",
    "载体类型",
    "状态",
    "责任部门",
    "所属机构",
];

/// The day on which a text says that it takes effect.
pub fn effective_in(text: &str) -> Option<String> {
    let found = EFFECTIVE.captures(text).or_else(|| EFFECTIVE_EN.captures(text))?;
    page_date(found.get(1)?.as_str(), DateBasis::Text, Habit::default()).map(|d| d.value)
}

/// Labels and values of a row or line: `索 引 号：`, then the value.
fn labelled(text: &str) -> Vec<(String, String)> {
    let squeezed = |s: &str| {
        s.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, ':' | '：' | '【' | '】' | '[' | ']'))
            .collect::<String>()
    };
    let cells: Vec<&str> = text.split('\t').collect();
    if cells.len() >= 2 {
        return cells
            .chunks(2)
            .filter(|c| c.len() == 2)
            .map(|c| (squeezed(c[0]), c[1].trim().to_owned()))
            .filter(|(_, v)| !v.is_empty())
            .collect();
    }
    let Some((label, value)) = text.split_once(['：', ':']) else { return Vec::new() };
    if label.chars().count() > 12 || value.trim().is_empty() {
        return Vec::new();
    }
    vec![(squeezed(label), value.trim().to_owned())]
}
