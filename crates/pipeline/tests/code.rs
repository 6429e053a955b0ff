//! The name of the code: it changes with every file that is compiled into a stage, and with nothing else.

#[allow(dead_code, clippy::print_stdout, reason = "a build script speaks to Cargo by printing")]
#[path = "../build.rs"]
mod build;

use std::path::Path;

/// A stage with one source and one data file, and a test beside them.
fn stage(root: &Path, [source, data, test]: [&str; 3]) -> u64 {
    for (name, text) in [("a/src/lib.rs", source), ("a/data/words.toml", data), ("a/tests/t.rs", test)] {
        std::fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        std::fs::write(root.join(name), text).unwrap();
    }
    build::hash(root, &[root.join("a/src"), root.join("a/data")])
}

#[test]
fn whatever_is_compiled_in_changes_the_name_of_the_code() {
    let folder = tempfile::tempdir().unwrap();
    let first = stage(folder.path(), ["fn a() {}", "x = 1", "t"]);
    assert_ne!(stage(folder.path(), ["fn b() {}", "x = 1", "t"]), first, "a changed source");
    assert_ne!(stage(folder.path(), ["fn a() {}", "x = 2", "t"]), first, "a changed data file");
    assert_ne!(stage(folder.path(), ["fn a() {}x", " = 1", "t"]), first, "bytes that move from file to file");
    assert_eq!(stage(folder.path(), ["fn a() {}", "x = 1", "u"]), first, "a changed test");
    let other = tempfile::tempdir().unwrap();
    assert_eq!(stage(other.path(), ["fn a() {}", "x = 1", "t"]), first, "the same in another place");
    std::fs::rename(folder.path().join("a/src/lib.rs"), folder.path().join("a/src/main.rs")).unwrap();
    let places = [folder.path().join("a/src"), folder.path().join("a/data")];
    assert_ne!(build::hash(folder.path(), &places), first, "a renamed file");
}

#[test]
fn the_version_says_more_than_the_release() {
    let (release, code) = headwater_pipeline::CODE_VERSION.split_once('+').unwrap();
    assert_eq!((release, code.len()), (env!("CARGO_PKG_VERSION"), 16));
}
