//! UTF-16 and UTF-32, whose labels are never needed: the bytes show them.

use crate::Decoded;
use encoding_rs::{UTF_16BE, UTF_16LE};

/// How the units of a text lie in its bytes.
#[derive(Clone, Copy)]
pub enum Shape {
    Little16,
    Big16,
    Little32,
    Big32,
}

impl Shape {
    fn decode(self, bytes: &[u8]) -> Decoded {
        match self {
            Shape::Little16 => Decoded::new(UTF_16LE.decode_without_bom_handling(bytes).0, "utf-16le"),
            Shape::Big16 => Decoded::new(UTF_16BE.decode_without_bom_handling(bytes).0, "utf-16be"),
            Shape::Little32 => Decoded::new(utf32(bytes, u32::from_le_bytes), "utf-32le"),
            Shape::Big32 => Decoded::new(utf32(bytes, u32::from_be_bytes), "utf-32be"),
        }
    }
}

/// The four-byte marks.
pub fn by_long_mark(bytes: &[u8]) -> Option<Decoded> {
    let little = bytes.strip_prefix(&[0xff, 0xfe, 0, 0]).map(|rest| Shape::Little32.decode(rest));
    little.or_else(|| bytes.strip_prefix(&[0, 0, 0xfe, 0xff]).map(|rest| Shape::Big32.decode(rest)))
}

/// Wide text without a mark.
pub fn without_mark(bytes: &[u8]) -> Option<Decoded> {
    Some(shape(bytes)?.decode(bytes))
}

/// Bytes in which the zeros of wide markup are counted.
const HEAD: usize = 1024;

/// The shape of wide text without a mark: told by its first `<` (XML 1.0, appendix F), else by zeros in every second
/// byte, which letters of markup have and no other text does.
pub fn shape(bytes: &[u8]) -> Option<Shape> {
    match bytes.get(..4)? {
        [0, 0, 0, b'<'] => return Some(Shape::Big32),
        [b'<', 0, 0, 0] => return Some(Shape::Little32),
        [0, b'<', 0, second] if *second != 0 => return Some(Shape::Big16),
        [b'<', 0, second, 0] if *second != 0 => return Some(Shape::Little16),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = |zeros: usize, others: usize| zeros * 8 > head.len() && others * 16 < zeros;
    let encoding = match () {
        () if many(even, odd) => (UTF_16BE, Shape::Big16),
        () if many(odd, even) => (UTF_16LE, Shape::Little16),
        () => return None,
    };
    // Programs and pictures have such zeros too, and no text between them.
    let text = encoding.0.decode_without_bom_handling(head).0;
    let strange = |c: &char| c.is_control() && !c.is_whitespace() || *c == char::REPLACEMENT_CHARACTER;
    (text.chars().filter(strange).count() * 50 <= text.chars().count()).then_some(encoding.1)
}

fn utf32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> String {
    let units = bytes.chunks_exact(4).map(|c| read([c[0], c[1], c[2], c[3]]));
    units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
