//! Checks of the source text itself. Each says what to do instead.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Which modules a module may name, innermost first. A module may always name itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("formats", &["domain"]),
    ("storage", &["domain"]),
    ("app", &["domain", "formats", "storage"]),
    ("http", &["domain", "formats", "app"]),
    ("cli", &["domain", "formats", "storage", "app", "http"]),
    ("main", &["cli"]),
    ("lib", &["domain", "formats", "storage", "app", "http", "cli"]),
];

/// A text that has no place in some files, and what to do instead.
struct Banned {
    text: &'static str,
    instead: &'static str,
    /// Files it is banned from, by the start of their path.
    from: &'static [&'static str],
    /// Files that may hold it all the same.
    but: &'static [&'static str],
}

const EVERYWHERE: &[&str] = &[""];
const FLOATS: &[&str] = &["domain/geometry", "domain/demo", "formats"];

const BANNED: &[Banned] = &[
    banned("Utc::now", "take the time from `app::clock::Clock`", EVERYWHERE, &["app/clock.rs"]),
    banned("Local::now", "take the time from `app::clock::Clock`", EVERYWHERE, &[]),
    banned("SystemTime", "take the time from `app::clock::Clock`", EVERYWHERE, &[]),
    banned("unwrap()", "`expect` with the reason it cannot fail, or an error", EVERYWHERE, &[]),
    banned("expect(\"\")", "`expect` with the reason it cannot fail", EVERYWHERE, &[]),
    banned("panic!", "an error: no input may end the program", EVERYWHERE, &[]),
    banned("unreachable!", "a type that cannot hold the case, or an error", EVERYWHERE, &[]),
    banned("unsafe {", "safe code", EVERYWHERE, &[]),
    banned("f32", "an exact quantity", EVERYWHERE, FLOATS),
    banned("f64", "an exact quantity", EVERYWHERE, FLOATS),
    banned("Decimal::from_str(", "`from_str_exact`: the other rounds in silence", EVERYWHERE, &[]),
    banned("Db::Postgres", "a query that runs on both, or a macro of storage/db.rs", EVERYWHERE, &["storage/db.rs"]),
    banned("Db::Sqlite", "a query that runs on both, or a macro of storage/db.rs", EVERYWHERE, &["storage/db.rs"]),
    banned("Db::establish", "`storage::db::pool`: this tries the databases in turn", EVERYWHERE, &[]),
    banned("diesel", "rows and queries belong in `storage`", &["domain", "formats", "http", "cli", "main"], &[]),
    banned("actix_web", "requests and answers belong in `http`", &["domain", "formats", "storage", "app"], &[]),
    banned("std::fs", "take the bytes as an argument", &["domain", "formats", "storage", "app", "http"], &[]),
    banned("std::env", "an option of the command line", &["domain", "formats", "storage", "app", "http"], &[]),
    banned("rand::random", "take the random bytes as an argument", &["domain", "formats", "storage"], &[]),
    banned("println!", "`tracing`, or an answer", &["domain", "formats", "storage", "app", "http"], &[]),
    banned("dbg!", "nothing", EVERYWHERE, &[]),
];

const fn banned(
    text: &'static str,
    instead: &'static str,
    from: &'static [&'static str],
    but: &'static [&'static str],
) -> Banned {
    Banned { text, instead, from, but }
}

/// What says that something is unfinished; written in two parts so that this file does not hold it.
const UNFINISHED: &[&str] = &[
    concat!("to", "do!"),
    concat!("unimple", "mented!"),
    concat!("#[ig", "nore"),
    concat!("FIX", "ME"),
    concat!("TO", "DO"),
];

/// A file can be read at one sitting.
const LINES_MAX: usize = 600;
/// Longer than rustfmt's own limit only where it gives up.
const WIDTH_MAX: usize = 240;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(dir: &Path, extensions: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, extensions)?);
        } else if path.extension().is_some_and(|e| extensions.iter().any(|wanted| e == *wanted)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a text holds a word that no identifier goes on with.
fn holds(line: &str, wanted: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(wanted).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(is_part);
        let after = line[at + wanted.len()..].chars().next().is_some_and(is_part);
        !(before && wanted.starts_with(is_part)) && !(after && wanted.ends_with(is_part))
    })
}

/// The problems of one file under `src/`, by its path there.
fn problems(path: &str, text: &str) -> Vec<String> {
    let module = path.split(['/', '.']).next().unwrap_or(path);
    let mut problems = Vec::new();
    let allowed = LAYERS.iter().find(|(name, _)| *name == module).map(|(_, allowed)| *allowed);
    if allowed.is_none() {
        problems.push(format!("{path}: {module} is in no layer; give it one in tests/tidy"));
    }
    // Tests of a module stand at its end and may do what they like.
    let shipped = text.split("#[cfg(test)]").next().unwrap_or(text);
    for (number, line) in shipped.lines().enumerate() {
        let mut tell = |problem: String| problems.push(format!("{path}:{}: {problem}", number + 1));
        if line.trim_start().starts_with("//") {
            continue;
        }
        for (other, _) in LAYERS.iter().filter(|(other, _)| *other != module) {
            if !allowed.unwrap_or_default().contains(other) && holds(line, &format!("crate::{other}")) {
                tell(format!("{module} may not use {other}"));
            }
        }
        if line.contains("use crate::{") {
            tell("one `use` for each module, so that its layer shows".to_owned());
        }
        for Banned { text, instead, from, but } in BANNED {
            let here =
                from.iter().any(|start| path.starts_with(start)) && !but.iter().any(|start| path.starts_with(start));
            if here && holds(line, text) {
                tell(format!("`{text}`: {instead}"));
            }
        }
    }
    problems
}

/// The problems of any file that people read.
fn shape(path: &str, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let lines = text.lines().count();
    if lines > LINES_MAX && path.ends_with(".rs") {
        problems.push(format!("{path}: {lines} lines; split it by what its parts do"));
    }
    for (number, line) in text.lines().enumerate() {
        for word in UNFINISHED.iter().filter(|word| line.contains(**word)) {
            problems
                .push(format!("{path}:{}: `{word}`: finish it, or write down in an issue what is missing", number + 1));
        }
        if line.ends_with([' ', '\t']) && !path.ends_with(".md") {
            problems.push(format!("{path}:{}: ends with a blank", number + 1));
        }
        if line.chars().count() > WIDTH_MAX && path.ends_with(".rs") {
            problems.push(format!("{path}:{}: wider than {WIDTH_MAX} columns", number + 1));
        }
    }
    problems
}

#[test]
fn the_tree_is_tidy() {
    let src = root().join("src");
    let mut all = Vec::new();
    for path in files(&src, &["rs"]).unwrap() {
        let inside = path.strip_prefix(&src).unwrap().display().to_string();
        all.extend(problems(&inside, &fs::read_to_string(&path).unwrap()));
    }
    for dir in ["src", "tests", "benches", "migrations", "policy", "scripts", "docs"] {
        for path in files(&root().join(dir), &["rs", "sql", "toml", "py", "sh", "md"]).unwrap() {
            let inside = path.strip_prefix(root()).unwrap().display().to_string();
            all.extend(shape(&inside, &fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(all.is_empty(), "\n{}\n", all.join("\n"));
}

#[test]
fn every_module_says_in_its_first_line_what_it_is() {
    let mut silent = Vec::new();
    for path in files(&root().join("src"), &["rs"]).unwrap() {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//! ") && path.file_name().is_some_and(|name| name != "main.rs") {
            silent.push(path.strip_prefix(root()).unwrap().display().to_string());
        }
    }
    assert!(silent.is_empty(), "begin with a sentence in `//!`:\n{}", silent.join("\n"));
}

#[test]
fn every_test_binary_of_the_tree_is_declared() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for entry in fs::read_dir(root().join("tests")).unwrap() {
        let main = entry.unwrap().path().join("main.rs");
        if main.exists() {
            let path = main.strip_prefix(root()).unwrap().display().to_string();
            assert!(manifest.contains(&format!("path = \"{path}\"")), "{path} is in no [[test]] of Cargo.toml");
        }
    }
}

#[test]
fn the_checks_see_what_they_should() {
    let none = Vec::<String>::new();
    assert_eq!(
        problems("domain/d.rs", "use crate::storage::Db;\n// use crate::http\n"),
        ["domain/d.rs:1: domain may not use storage"]
    );
    assert_eq!(problems("http/h.rs", "use crate::domain::AreaM2;\n"), none);
    assert_eq!(problems("http/h.rs", "use crate::storage::db;\n"), ["http/h.rs:1: http may not use storage"]);
    assert_eq!(
        problems("storage/s.rs", "let x = crate::formats::x();\n"),
        ["storage/s.rs:1: storage may not use formats"]
    );
    assert_eq!(problems("app.rs", "use crate::storage::db;\nuse crate::http;\n"), ["app.rs:2: app may not use http"]);
    assert_eq!(problems("web/w.rs", ""), ["web/w.rs: web is in no layer; give it one in tests/tidy"]);
    assert_eq!(problems("app/a.rs", "use crate::{domain, http};\n").len(), 1);

    assert_eq!(
        problems("domain/quantity.rs", "let x: f64 = 1.0;\n"),
        ["domain/quantity.rs:1: `f64`: an exact quantity"]
    );
    assert_eq!(problems("domain/geometry/x.rs", "let x: f64 = 1.0;\n"), none);
    assert_eq!(problems("domain/quantity.rs", "let af64b = 1;\n"), none);
    assert_eq!(problems("app/a.rs", "let now = Utc::now();\nx.unwrap();\n").len(), 2);
    assert_eq!(problems("app/clock.rs", "Utc::now()\n"), none);
    assert_eq!(problems("domain/a.rs", "#[cfg(test)]\nmod tests { x.unwrap(); }\n"), none);
    assert_eq!(problems("storage/a.rs", "match db { Db::Sqlite(c) => 1 }\n").len(), 1);
    assert_eq!(problems("domain/a.rs", "use diesel::prelude::*;\nuse std::fs;\nuse actix_web::web;\n").len(), 3);
    assert_eq!(problems("storage/a.rs", "use diesel::prelude::*;\n"), none);

    assert_eq!(shape("src/a.rs", "fine\n"), none);
    assert_eq!(shape("src/a.rs", &"line\n".repeat(LINES_MAX + 1)).len(), 1);
    for word in UNFINISHED {
        assert_eq!(shape("src/a.rs", &format!("// {word}\n")).len(), 1, "{word}");
    }
    assert_eq!(shape("src/a.rs", "blank \n").len(), 1);
    assert_eq!(shape("src/a.rs", &"x".repeat(WIDTH_MAX + 1)).len(), 1);
}
