//! The part of Python's expressions in which feedparser's suite states what it expects.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::vec::IntoIter;

/// A value of such an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `None`, and whatever is not there.
    None,
    /// `True`, `False`.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// Text.
    Text(String),
    /// A list or a tuple.
    List(Vec<Value>),
    /// A dictionary.
    Map(BTreeMap<String, Value>),
}

impl Value {
    fn truth(&self) -> bool {
        match self {
            Value::None => false,
            Value::Bool(b) => *b,
            Value::Number(n) => *n != 0.0,
            Value::Text(t) => !t.is_empty(),
            Value::List(l) => !l.is_empty(),
            Value::Map(m) => !m.is_empty(),
        }
    }

    /// Python's equality: `True == 1`.
    fn equals(&self, other: &Value) -> bool {
        let number = |value: &Value| match value {
            Value::Bool(b) => Some(f64::from(u8::from(*b))),
            Value::Number(n) => Some(*n),
            _ => None,
        };
        match (number(self), number(other), self, other) {
            (Some(a), Some(b), ..) => a == b,
            (_, _, Value::List(a), Value::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.equals(b))
            }
            _ => self == other,
        }
    }

    fn item(&self, key: &Value) -> Result<Value, String> {
        match (self, key) {
            (Value::Map(map), Value::Text(name)) => {
                // feedparser's dictionaries answer for `url` what they keep as `href`.
                let found = map.get(name).or_else(|| map.get("href").filter(|_| name == "url"));
                found.cloned().ok_or(format!("no {name}"))
            }
            (Value::List(list), Value::Number(at)) => {
                let at = if *at < 0.0 { list.len() as f64 + at } else { *at };
                list.get(at as usize).cloned().ok_or(format!("no item {at}"))
            }
            _ => Err(format!("cannot take {key:?}")),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Name(String),
    Number(f64),
    Text(String),
    Sign(&'static str),
}

const SIGNS: &[&str] =
    &["==", "!=", ">=", "<=", "(", ")", "[", "]", "{", "}", ",", ":", ".", "<", ">", "-", "+", "%"];

fn tokens(source: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some((text, after)) = text_token(rest)? {
            found.push(Token::Text(text));
            rest = after;
        } else if first.is_ascii_digit() {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
            found.push(Token::Number(rest[..end].parse().map_err(|_| format!("number {}", &rest[..end]))?));
            rest = &rest[end..];
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            found.push(Token::Name(rest[..end].to_owned()));
            rest = &rest[end..];
        } else {
            let sign = SIGNS.iter().find(|s| rest.starts_with(**s)).ok_or(format!("sign {first}"))?;
            found.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        }
        rest = rest.trim_start();
    }
    Ok(found)
}

fn text_token(source: &str) -> Result<Option<(String, &str)>, String> {
    let body = source.strip_prefix('u').filter(|b| b.starts_with(['"', '\''])).unwrap_or(source);
    let Some(quote) = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|q| body.starts_with(q)) else {
        return Ok(None);
    };
    let mut text = String::new();
    let mut rest = &body[quote.len()..];
    loop {
        if let Some(after) = rest.strip_prefix(quote) {
            return Ok(Some((text, after)));
        }
        let c = rest.chars().next().ok_or("text without end")?;
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            text.push(c);
            continue;
        }
        let (resolved, after) = escape(rest)?;
        text.push_str(&resolved);
        rest = after;
    }
}

fn escape(rest: &str) -> Result<(String, &str), String> {
    let kind = rest.chars().next().ok_or("escape without end")?;
    let after = &rest[kind.len_utf8()..];
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        'n' => return Ok(("\n".to_owned(), after)),
        't' => return Ok(("\t".to_owned(), after)),
        'r' => return Ok(("\r".to_owned(), after)),
        other => return Ok((other.to_string(), after)),
    };
    let code = after.get(..digits).and_then(|d| u32::from_str_radix(d, 16).ok()).ok_or("escape")?;
    let c = char::from_u32(code).ok_or("escape")?;
    Ok((c.to_string(), &after[digits..]))
}

/// The value of an expression over named values. `Err` says what was missing or is not understood.
pub fn evaluate(source: &str, names: &BTreeMap<String, Value>) -> Result<bool, String> {
    let mut parser = Parser { tokens: tokens(source)?.into_iter().peekable(), names };
    let value = parser.any()?;
    match parser.tokens.next() {
        None => Ok(value.truth()),
        Some(token) => Err(format!("not understood: {token:?}")),
    }
}

struct Parser<'a> {
    tokens: Peekable<IntoIter<Token>>,
    names: &'a BTreeMap<String, Value>,
}

impl Parser<'_> {
    fn word(&mut self, word: &str) -> bool {
        self.tokens.next_if(|t| matches!(t, Token::Name(name) if name == word)).is_some()
    }

    fn sign(&mut self, sign: &str) -> bool {
        self.tokens.next_if(|t| matches!(t, Token::Sign(s) if *s == sign)).is_some()
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.sign(sign) { Ok(()) } else { Err(format!("{sign} missing before {:?}", self.tokens.peek())) }
    }

    /// `or`: what fails on one side may hold on the other.
    fn any(&mut self) -> Result<Value, String> {
        let mut value = self.all();
        while self.word("or") {
            let other = self.all();
            value = match value {
                Ok(kept) if kept.truth() => Ok(kept),
                _ => other,
            };
        }
        value
    }

    fn all(&mut self) -> Result<Value, String> {
        let mut value = self.negation()?;
        while self.word("and") {
            let other = self.negation()?;
            if value.truth() {
                value = other;
            }
        }
        Ok(value)
    }

    fn negation(&mut self) -> Result<Value, String> {
        if self.word("not") {
            return Ok(Value::Bool(!self.negation()?.truth()));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Value, String> {
        let mut left = self.atom()?;
        let mut holds = None;
        loop {
            let (same, negated) = if self.sign("==") {
                (true, false)
            } else if self.sign("!=") {
                (true, true)
            } else if self.word("is") {
                (true, self.word("not"))
            } else if self.word("in") {
                (false, false)
            } else if self.word("not") {
                self.word("in");
                (false, true)
            } else {
                break;
            };
            let right = self.atom()?;
            let found = if same { left.equals(&right) } else { contains(&right, &left) };
            holds = Some(holds.unwrap_or(true) && found != negated);
            left = right;
        }
        Ok(holds.map_or(left, Value::Bool))
    }

    fn atom(&mut self) -> Result<Value, String> {
        let mut value = match self.tokens.next() {
            Some(Token::Number(n)) => Value::Number(n),
            Some(Token::Text(t)) => Value::Text(t),
            Some(Token::Name(name)) => self.name(&name)?,
            Some(Token::Sign("-")) => match self.atom()? {
                Value::Number(n) => Value::Number(-n),
                _ => return Err("minus".to_owned()),
            },
            Some(Token::Sign("(")) => self.group(")", true)?,
            Some(Token::Sign("[")) => self.group("]", false)?,
            Some(Token::Sign("{")) => self.dictionary()?,
            other => return Err(format!("not understood: {other:?}")),
        };
        loop {
            if self.sign("[") {
                let key = self.any()?;
                self.expect("]")?;
                value = value.item(&key)?;
            } else if self.sign(".") {
                let Some(Token::Name(name)) = self.tokens.next() else {
                    return Err("name missing".to_owned());
                };
                value = self.member(&value, &name)?;
            } else {
                return Ok(value);
            }
        }
    }

    fn member(&mut self, value: &Value, name: &str) -> Result<Value, String> {
        if name == "has_key" || name == "get" {
            self.expect("(")?;
            let key = self.any()?;
            self.expect(")")?;
            let found = value.item(&key);
            return Ok(if name == "get" { found.unwrap_or(Value::None) } else { Value::Bool(found.is_ok()) });
        }
        value.item(&Value::Text(name.to_owned()))
    }

    fn name(&mut self, name: &str) -> Result<Value, String> {
        match name {
            "None" => return Ok(Value::None),
            "True" => return Ok(Value::Bool(true)),
            "False" => return Ok(Value::Bool(false)),
            "len" | "ord" | "bool" => return self.call(name),
            "datetime" => return self.duration(),
            _ => {}
        }
        self.names.get(name).cloned().ok_or(format!("no {name}"))
    }

    fn call(&mut self, name: &str) -> Result<Value, String> {
        self.expect("(")?;
        let argument = self.any()?;
        self.expect(")")?;
        match (name, &argument) {
            ("len", Value::List(list)) => Ok(Value::Number(list.len() as f64)),
            ("len", Value::Text(text)) => Ok(Value::Number(text.chars().count() as f64)),
            ("ord", Value::Text(text)) if text.chars().count() == 1 => {
                Ok(Value::Number(text.chars().next().map_or(0.0, |c| f64::from(u32::from(c)))))
            }
            ("bool", value) => Ok(Value::Bool(value.truth())),
            _ => Err(format!("{name} of {argument:?}")),
        }
    }

    /// `datetime.timedelta(days, seconds, microseconds)` in seconds.
    fn duration(&mut self) -> Result<Value, String> {
        self.expect(".")?;
        self.tokens.next();
        self.expect("(")?;
        let Value::List(parts) = self.group(")", false)? else { return Err("duration".to_owned()) };
        let weights = [86_400.0, 1.0, 1e-6];
        let number = |value: &Value| if let Value::Number(n) = value { *n } else { 0.0 };
        Ok(Value::Number(parts.iter().zip(weights).map(|(part, weight)| number(part) * weight).sum()))
    }

    /// Parts up to a closing sign: a tuple or list, or one value in parentheses.
    fn group(&mut self, end: &str, may_be_one: bool) -> Result<Value, String> {
        let mut parts = Vec::new();
        let mut comma = false;
        while !self.sign(end) {
            parts.push(self.any()?);
            comma = self.sign(",");
            if !comma {
                self.expect(end)?;
                break;
            }
        }
        let one = may_be_one && parts.len() == 1 && !comma;
        Ok(if one { parts.remove(0) } else { Value::List(parts) })
    }

    fn dictionary(&mut self) -> Result<Value, String> {
        let mut map = BTreeMap::new();
        while !self.sign("}") {
            let Value::Text(key) = self.atom()? else { return Err("key".to_owned()) };
            self.expect(":")?;
            map.insert(key, self.any()?);
            self.sign(",");
        }
        Ok(Value::Map(map))
    }
}

fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::List(list), part) => list.iter().any(|v| v.equals(part)),
        (Value::Map(map), Value::Text(key)) => map.contains_key(key),
        (Value::Text(whole), Value::Text(part)) => whole.contains(part.as_str()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        let entry = Value::Map(BTreeMap::from([("title".to_owned(), Value::Text("中".to_owned()))]));
        let names = BTreeMap::from([
            ("bozo".to_owned(), Value::Bool(false)),
            ("entries".to_owned(), Value::List(vec![entry])),
        ]);
        let check = |source: &str, expected: Result<bool, ()>| {
            assert_eq!(evaluate(source, &names).map_err(|_| ()), expected, "{source}");
        };
        check("not bozo and entries[0]['title'] == '\\u4e2d'", Ok(true));
        check("entries[0].title == u\"\"\"x\"\"\" or ord(entries[-1].title) == 20013", Ok(true));
        check("(1, 2) == (1, 2) and {'a': 1} != {'a': 2} and len(entries) == 1", Ok(true));
        check("not entries[0].has_key('link') and 'link' not in entries[0]", Ok(true));
        check("entries[0]['link'] == 'x'", Err(()));
        check("bozo is False == 0", Ok(true));
        check("1 +", Err(()));
    }
}
