//! Names the code that makes ledgers: a ledger is a function of it, so a line has to notice when it changed. The name is
//! a hash of the sources and data files of every crate between a capture and its record, and of the libraries' versions.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The crates between a capture and its record.
const STAGES: &[&str] =
    &["model", "archive", "extract", "knowledge", "analyse", "track", "ledger", "search", "pipeline"];

/// What of a crate is compiled in.
const FOLDERS: &[&str] = &["src", "data", "rules"];

fn main() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = own.parent().unwrap_or(own);
    let mut places: Vec<PathBuf> = STAGES
        .iter()
        .flat_map(|stage| FOLDERS.iter().map(move |folder| crates.join(stage).join(folder)))
        .filter(|place| place.exists())
        .collect();
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
        let entries =
            std::fs::read_dir(place).unwrap_or_else(|e| panic!("cannot list {}: {e}", place.display()));
        for entry in entries {
            let entry = entry.unwrap_or_else(|e| panic!("cannot list {}: {e}", place.display()));
            collect(root, &entry.path(), files);
        }
        return;
    }
    let below = place.strip_prefix(root).unwrap_or(place);
    let name: Vec<_> = below.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    files.insert(name.join("/"), place.to_owned());
}
