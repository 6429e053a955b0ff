//! What is wrong with a knowledge folder, in words that lead to the line.

use std::fmt;

/// One thing to put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// File, as named in the folder.
    pub file: String,
    /// Line, from 1; 0 if it concerns the file as a whole.
    pub line: usize,
    /// Which entry.
    pub entry: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.entry.is_empty() {
            write!(f, ": {}", self.entry)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Why a knowledge folder could not be read or changed.
#[derive(Debug)]
pub struct Error {
    message: String,
    problems: Vec<Problem>,
}

/// More problems than this are counted, not shown.
const SHOWN: usize = 20;

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Error { message: message.into(), problems: Vec::new() }
    }
    pub(crate) fn of(problems: Vec<Problem>) -> Self {
        let message = format!("read the knowledge: {} problem(s)", problems.len());
        Error { message, problems }
    }
    /// What is to be put right; empty if a file could not be read at all.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for problem in self.problems.iter().take(SHOWN) {
            write!(f, "\n  {problem}")?;
        }
        if self.problems.len() > SHOWN {
            write!(f, "\n  and {} more", self.problems.len() - SHOWN)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
