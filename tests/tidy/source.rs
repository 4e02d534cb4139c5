//! Checks of the source text. Each says what to do instead.

use std::fs;
use std::path::{Path, PathBuf};

/// Which modules a module may name, innermost first. A module may always name itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("formats", &["domain"]),
    ("storage", &["domain"]),
    ("app", &["domain", "formats", "storage"]),
    ("http", &["domain", "formats", "app"]),
    ("cli", &["domain", "formats", "storage", "app", "http"]),
    ("lib", &["domain", "formats", "storage", "app", "http", "cli"]),
    ("main", &["cli"]),
];

/// Lines of a file that can be read at one sitting.
const LINES_MAX: usize = 600;
/// The list of all tables does one thing, however many there are; a test reads it as one text.
const TABLES: &str = "storage/schema.rs";

/// A text that has no place somewhere: where it is looked for, where it may stand, and what to do instead.
struct Banned {
    text: &'static str,
    /// Folders or files under `src` that are looked at; `""` is all of it.
    within: &'static [&'static str],
    /// Folders or files in which it may stand all the same.
    but_in: &'static [&'static str],
    instead: &'static str,
}

const EVERYWHERE: &[&str] = &[""];
const PURE: &[&str] = &["domain", "formats"];

const BANNED: &[Banned] = &[
    Banned {
        text: "crate::{",
        within: EVERYWHERE,
        but_in: &[],
        instead: "one `use` a module, so that the layers can be read",
    },
    Banned {
        text: "Utc::now",
        within: EVERYWHERE,
        but_in: &["app/clock.rs"],
        instead: "take the time from `app::clock::Clock`, or the day as an argument",
    },
    Banned {
        text: "Local::now",
        within: EVERYWHERE,
        but_in: &[],
        instead: "take the time from `app::clock::Clock`, or the day as an argument",
    },
    Banned {
        text: ".unwrap()",
        within: EVERYWHERE,
        but_in: &[],
        instead: "`expect` with the reason it cannot fail, or an error",
    },
    Banned { text: "diesel", within: PURE, but_in: &[], instead: "rows and queries belong in `storage`" },
    Banned { text: "diesel::", within: &["http"], but_in: &[], instead: "rows and queries belong in `storage`" },
    Banned {
        text: "actix_web",
        within: &["domain", "formats", "storage", "app"],
        but_in: &[],
        instead: "answers belong in `http`",
    },
    Banned { text: "std::fs", within: PURE, but_in: &[], instead: "take the text or bytes as an argument" },
    Banned { text: "std::env", within: PURE, but_in: &[], instead: "take the setting as an argument" },
    Banned { text: "rand::", within: &["domain"], but_in: &[], instead: "take the random bytes as an argument" },
    Banned { text: "SystemTime", within: EVERYWHERE, but_in: &[], instead: "take the time from `app::clock::Clock`" },
    Banned {
        text: "Decimal::from_str(",
        within: EVERYWHERE,
        but_in: &[],
        instead: "`from_str_exact`: the other rounds in silence",
    },
    Banned { text: "Db::Postgres", within: EVERYWHERE, but_in: DATABASES, instead: MACRO },
    Banned { text: "Db::Sqlite", within: EVERYWHERE, but_in: DATABASES, instead: MACRO },
    Banned {
        text: "Db::establish",
        within: EVERYWHERE,
        but_in: &[],
        instead: "`db::pool`: it knows which database is meant",
    },
    Banned { text: "todo!", within: EVERYWHERE, but_in: &[], instead: "do it, or leave it out" },
    Banned { text: "unimplemented!", within: EVERYWHERE, but_in: &[], instead: "do it, or leave it out" },
    Banned { text: "dbg!", within: EVERYWHERE, but_in: &[], instead: "`tracing`" },
    Banned { text: "TODO", within: EVERYWHERE, but_in: &[], instead: "do it, or write down why not" },
    Banned { text: "FIXME", within: EVERYWHERE, but_in: &[], instead: "do it, or write down why not" },
    Banned { text: "#[ignore", within: EVERYWHERE, but_in: &[], instead: "a test that runs" },
];

const DATABASES: &[&str] = &["storage/db.rs", "storage/spatial.rs"];
const MACRO: &str = "only `storage/db.rs` and `storage/spatial.rs` know which database it is; add a macro there";

/// Where floats may stand: coordinates, and the bytes of formats.
const FLOATS: &[&str] = &["domain/geometry", "domain/geometry.rs", "formats"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn lies_in(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| {
        place.is_empty() || path == *place || path.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'))
    })
}

/// The lines of code: without comments, and without the tests at the end of a file.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The modules of the crate that a line of code names.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

/// What is wrong with one file; `path` is relative to `src`.
fn faults(path: &str, text: &str) -> Vec<String> {
    let module = path.split('/').next().unwrap_or(path).trim_end_matches(".rs");
    let mut faults = Vec::new();
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) else {
        return vec![format!("{path}: `{module}` is no layer; see LAYERS in tests/tidy/source.rs")];
    };
    for (number, line) in code(text) {
        for other in named(line).filter(|other| LAYERS.iter().any(|(name, _)| name == other)) {
            if other != module && !allowed.contains(&other) {
                faults.push(format!("{path}:{number}: {module} may not use {other}"));
            }
        }
        for ban in BANNED.iter().filter(|ban| lies_in(path, ban.within) && !lies_in(path, ban.but_in)) {
            if line.contains(ban.text) {
                faults.push(format!("{path}:{number}: `{}`: {}", ban.text, ban.instead));
            }
        }
        let words = || line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        if words().any(|word| word == "f64" || word == "f32") && !lies_in(path, FLOATS) {
            faults.push(format!("{path}:{number}: a float: use a quantity of `domain::quantity` or an exact fraction"));
        }
    }
    let lines = text.lines().count();
    if lines > LINES_MAX && path != TABLES {
        faults.push(format!("{path}: {lines} lines; split it by what it does ({LINES_MAX} at most)"));
    }
    faults
}

#[test]
fn the_sources_keep_their_layers_and_use_nothing_banned() {
    let src = root().join("src");
    let mut all = Vec::new();
    for path in sources(&src) {
        let inside = path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned();
        all.extend(faults(&inside, &fs::read_to_string(&path).unwrap()));
    }
    assert!(all.is_empty(), "\n{}\n", all.join("\n"));
}

#[test]
fn no_test_is_ignored_and_none_is_left_to_be_written() {
    let mut all = Vec::new();
    let mut files = 0;
    for dir in ["tests", "benches"] {
        for path in sources(&root().join(dir)) {
            files += 1;
            if path.ends_with("tests/tidy/source.rs") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for (number, line) in text.lines().enumerate() {
                for word in ["#[ignore", "todo!", "unimplemented!", "TODO", "FIXME", "dbg!"] {
                    if line.contains(word) {
                        all.push(format!("{}:{}: {word}", path.display(), number + 1));
                    }
                }
            }
            let lines = text.lines().count();
            if lines > LINES_MAX {
                all.push(format!("{}: {lines} lines; {LINES_MAX} at most", path.display()));
            }
        }
    }
    assert!(files > 10);
    assert!(all.is_empty(), "\n{}\n", all.join("\n"));
}

/// Paths of a developer's machine, registries and the like have no place in a product.
#[test]
fn the_repository_speaks_of_the_product_alone() {
    let mut all = Vec::new();
    for (dir, extensions) in [("src", "rs"), ("tests", "rs"), ("docs", "md"), ("scripts", ""), ("policy", "toml")] {
        let Ok(entries) = walk(&root().join(dir)) else { continue };
        for path in
            entries.iter().filter(|path| extensions.is_empty() || path.extension().is_some_and(|e| e == extensions))
        {
            if path.ends_with("tests/tidy/source.rs") {
                continue;
            }
            let Ok(text) = fs::read_to_string(path) else { continue };
            for (number, line) in text.lines().enumerate() {
                for word in ["/work/", "/root/", "/home/", "/Users/"] {
                    if line.contains(word) {
                        all.push(format!(
                            "{}:{}: `{word}` is a path of somebody's machine",
                            path.display(),
                            number + 1
                        ));
                    }
                }
            }
        }
    }
    assert!(all.is_empty(), "\n{}\n", all.join("\n"));
}

fn walk(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(walk(&path)?) } else { found.push(path) }
    }
    Ok(found)
}

#[test]
fn the_checks_see_what_they_should() {
    let none = Vec::<String>::new();
    assert_eq!(
        faults("domain/d.rs", "use crate::storage::db::Db;\n// use crate::http\n"),
        ["domain/d.rs:1: domain may not use storage"]
    );
    assert_eq!(faults("http/h.rs", "use crate::domain::text;\nuse crate::app::App;\n"), none);
    assert_eq!(faults("http/h.rs", "use crate::storage::db::Db;\n"), ["http/h.rs:1: http may not use storage"]);
    assert_eq!(faults("storage/s.rs", "use crate::formats::geojson;\n").len(), 1);
    assert_eq!(faults("app/a.rs", "x.unwrap();\n").len(), 1);
    assert_eq!(faults("app/a.rs", "x.unwrap_or(1);\n#[cfg(test)]\nmod tests { x.unwrap() }\n"), none);
    assert_eq!(faults("app/a.rs", "let x: f64 = 1.0;\n").len(), 1);
    assert_eq!(faults("domain/geometry/a.rs", "let x: f64 = 1.0;\n"), none);
    assert_eq!(faults("domain/geometry2.rs", "let x: f64 = 1.0;\n").len(), 1);
    assert_eq!(faults("storage/x.rs", "match db { Db::Sqlite(c) => 1 }\n").len(), 1);
    assert_eq!(faults("storage/db.rs", "match db { Db::Sqlite(c) => 1 }\n"), none);
    assert_eq!(faults("app/clock.rs", "Utc::now()\n"), none);
    assert_eq!(faults("magic/x.rs", "").len(), 1);
    assert_eq!(faults("app/long.rs", &"x\n".repeat(601)).len(), 1);
}
