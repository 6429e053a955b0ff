//! What a written number says, in either language.

use rust_decimal::Decimal;
use std::ops::Range;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Digits, perhaps with a scale word.
    Digits,
    /// Number words or Chinese numerals.
    Words,
    /// A fraction in words: two thirds, 三分之一.
    Fraction,
    /// A fraction that is stated as a percentage: 百分之五, 七成.
    Percent,
    /// An order of magnitude: dozens, 数十亿.
    Vague,
}

/// A number in a text. `low < high` for a number that names a span by itself (三四十, 数十亿, dozens).
#[derive(Debug, Clone, PartialEq)]
pub struct Numeral {
    /// Bytes.
    pub range: Range<usize>,
    /// Lower value, scales multiplied out.
    pub low: Decimal,
    /// Upper value.
    pub high: Decimal,
    /// How it is written.
    pub form: Form,
    /// The last scale word (million, 万), 1 without one: a range's first number borrows it.
    pub scale: Decimal,
    /// Whether the number itself says that it is a little more (余, 多, odd).
    pub more: bool,
}

impl Numeral {
    /// An exact number.
    pub fn exact(range: Range<usize>, value: Decimal, form: Form) -> Self {
        Numeral { range, low: value, high: value, form, scale: Decimal::ONE, more: false }
    }

    /// The number times a factor; `None` if it grows too large.
    pub fn times(mut self, factor: Decimal) -> Option<Self> {
        self.low = self.low.checked_mul(factor)?;
        self.high = self.high.checked_mul(factor)?;
        Some(self)
    }

    /// Whether it names one value.
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// Takes over the scale of the number that ends a range: "1.2 to 1.5 billion", 两到三万.
    pub fn borrow_scale(&mut self, end: &Numeral) {
        let borrows = self.scale < end.scale
            && end.scale >= Decimal::ONE_HUNDRED
            && self.is_exact()
            && self.form != Form::Percent;
        let Some(mantissa) = end.high.checked_div(end.scale).filter(|_| borrows) else { return };
        if self.high <= mantissa
            && let Some(scaled) = self.clone().times(end.scale)
        {
            (self.low, self.high, self.scale) = (scaled.low, scaled.high, end.scale);
        }
    }
}

/// A decimal from digits with separators; `None` where it is too large for an exact decimal.
pub fn decimal(digits: &str) -> Option<Decimal> {
    if !digits.contains(|c: char| !c.is_ascii_digit() && c != '.') {
        return Decimal::from_str_exact(digits).ok().map(|d| d.normalize());
    }
    let plain: String = digits.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    Decimal::from_str_exact(&plain).ok().map(|d| d.normalize())
}

/// `count` in `of` parts, as a decimal.
pub fn fraction(count: Decimal, of: Decimal) -> Option<Decimal> {
    count.checked_div(of).map(|d| d.normalize())
}
