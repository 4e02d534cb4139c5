//! Lists the files of the page, so that the program carries them: `src/http/page.rs` includes the list.
//!
//! Nothing is translated or bundled here; a file is served as it stands in `web/`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What of `web/` a browser asks for. The rest serves those who work on it.
const SERVED: &[&str] = &["index.html", "favicon.svg", "app", "pages", "style", "vendor"];

fn main() -> io::Result<()> {
    let web = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo says where it is")).join("web");
    let mut files = Vec::new();
    for name in SERVED {
        println!("cargo::rerun-if-changed=web/{name}");
        collect(&web.join(name), &mut files)?;
    }
    files.sort();
    let mut table = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&web).expect("it was found there").to_str().expect("names are ASCII");
        let name = name.replace('\\', "/");
        writeln!(table, "    ({name:?}, include_bytes!({file:?})),").expect("a string takes everything");
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo gives a place"));
    fs::write(out.join("page_files.rs"), table)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}
