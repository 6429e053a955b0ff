//! Names the code that makes ledgers: a ledger is a function of it, so a line has to notice when it changed. The name is
//! a hash of the sources and data files of every crate between a capture and its record, and of the libraries' versions.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The crates before the archive and behind the ledger: what they are made of changes no record. Every other counts, a new
/// one too.
const BESIDE: &[&str] = &["collect", "serve", "headwater"];

/// What of a crate is compiled in.
const FOLDERS: &[&str] = &["src", "data", "rules"];

fn main() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = own.parent().unwrap_or(own);
    // A package by itself has its release, and no crates beside it that are ours.
    let beside = if own.ends_with("crates/pipeline") { list(crates) } else { vec![own.to_owned()] };
    let stages = beside.into_iter().filter(|stage| !BESIDE.iter().any(|name| stage.ends_with(name)));
    let mut places: Vec<PathBuf> = stages
        .flat_map(|stage| FOLDERS.iter().map(move |folder| stage.join(folder)))
        .filter(|place| place.exists())
        .collect();
    places.sort();
    places.extend(Some(crates.join("../Cargo.lock")).filter(|lock| lock.exists()));
    for place in &places {
        println!("cargo::rerun-if-changed={}", place.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=HEADWATER_CODE={:016x}", hash(crates, &places));
}

/// Hashes files, or all files of folders, with their paths below `root`, in the order of these. FNV-1a: it has to tell
/// versions apart, not to withstand anybody, and needs no library at build time.
pub fn hash(root: &Path, places: &[PathBuf]) -> u64 {
    let mut files = BTreeMap::new();
    places.iter().for_each(|place| collect(root, place, &mut files));
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for (name, path) in files {
        add(name.as_bytes());
        add(&std::fs::read(&path).unwrap_or_else(|e| panic!("cannot read {}: {e}", path.display())));
    }
    hash
}

/// The files of a place by their names below `root`, which are the same on every machine.
fn collect(root: &Path, place: &Path, files: &mut BTreeMap<String, PathBuf>) {
    if place.is_dir() {
        return list(place).iter().for_each(|inside| collect(root, inside, files));
    }
    let below = place.strip_prefix(root).unwrap_or(place);
    let name: Vec<_> = below.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    files.insert(name.join("/"), place.to_owned());
}

/// What stands in a folder.
fn list(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).and_then(|entries| entries.map(|e| Ok(e?.path())).collect());
    entries.unwrap_or_else(|e| panic!("cannot list {}: {e}", folder.display()))
}
