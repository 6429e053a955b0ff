//! What commands print. A disk that is full or a reader that went away ends the program in order; `println!` would panic.

use std::fmt::Arguments;
use std::io::Write;

/// Prints a line, as `println!` does.
macro_rules! say {
    () => { $crate::say::print(format_args!("\n")) };
    ($($words:tt)*) => { $crate::say::print(format_args!("{}\n", format_args!($($words)*))) };
}

/// Prints words that end no line of their own.
macro_rules! say_on {
    ($($words:tt)*) => { $crate::say::print(format_args!($($words)*)) };
}

/// Prints words, or ends the program.
pub fn print(words: Arguments) {
    let mut out = anstream::stdout().lock();
    if let Err(error) = out.write_fmt(words).and_then(|()| out.flush()) {
        std::process::exit(ended(&error));
    }
}

/// The exit code of a program whose output cannot be written.
fn ended(error: &std::io::Error) -> i32 {
    // A reader that went away (`| head`) is no error of ours.
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return 0;
    }
    anstream::eprintln!("headwater: cannot write what was found: {error}");
    2
}
