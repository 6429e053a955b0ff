//! E-mails are read by their head, and their words in the encoding that each part names.

mod captured;

use captured::capture;
use headwater_extract::extract;
use headwater_model::{Article, PageKind};

fn read(message: impl Into<Vec<u8>>) -> Article {
    extract(&capture("message/rfc822", message))
}

#[test]
fn plain_words_in_gb2312() {
    let head = "From: =?UTF-8?B?5p6X56eA?= <lin@desk.example>\r\n\
                Subject: =?UTF-8?B?5rih6L2u56Wo5Lu35Y2H5Y2K?=\r\n\
                Date: Mon, 15 Jun 2026 09:30:00 +0800\r\n\
                MIME-Version: 1.0\r\nContent-Type: text/plain; charset=gb2312\r\n\
                Content-Transfer-Encoding: 8bit\r\n\r\n";
    let words = "港务局星期一决定，渡轮票价自七月起上调一成。\r\n\r\n居民可以在月底以前提出意见。\r\n";
    let mut message = head.as_bytes().to_vec();
    message.extend_from_slice(&encoding_rs::GBK.encode(words).0);
    let article = read(message);
    assert_eq!(article.title.as_str(), "渡轮票价升半");
    assert_eq!(article.byline, ["林秀"]);
    assert_eq!(article.published.expect("a day").value, "2026-06-15T09:30+08:00");
    assert_eq!(
        article.text.as_str(),
        "港务局星期一决定，渡轮票价自七月起上调一成。\n\n居民可以在月底以前提出意见。"
    );
    assert_eq!(article.language, "zh-Hans");
    assert_eq!(article.page_kind, PageKind::Article);
}

#[test]
fn a_page_in_parts() {
    let message = "From: Harbour Desk <desk@harbour.example>\r\n\
        Subject: Ferry fares rise\r\nDate: Tue, 16 Jun 2026 18:00:00 +0000\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/alternative; boundary=cut\r\n\r\n\
        --cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee the page.\r\n\
        --cut\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <html><body><p>The harbour board said on Monday that ferry fares will ri=\r\nse by a tenth from July, =E2=80=9C\
        after two years without a change=E2=80=9D.</p><p>Residents may object until the end of the month, and the board \
        will answer each of them in writing.</p></body></html>\r\n--cut--\r\n";
    let article = read(message);
    assert_eq!(article.title.as_str(), "Ferry fares rise");
    assert_eq!(article.byline, ["Harbour Desk"]);
    assert!(article.text.as_str().starts_with("The harbour board said on Monday that ferry fares will rise"));
    assert!(
        article.text.as_str().contains("“after two years without a change”"),
        "{}",
        article.text.as_str()
    );
}

#[test]
fn what_is_no_message_is_still_read() {
    for broken in [
        "",
        "From",
        "Subject: \r\n",
        "\r\n\r\nWords without a head, which a careless program wrote.",
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x",
    ] {
        read(broken);
    }
    let words = "A careless program saved these words, which have no head of a message.";
    let article = read(words);
    assert_eq!(article.text.as_str(), words);
    assert!(article.doubts.iter().any(|d| d.kind == "not_a_message"), "{:?}", article.doubts);
    let deep = "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n".repeat(20_000);
    read(deep);
}
