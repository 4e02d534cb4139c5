//! The files of the page: what browsers keep, what they may load, and how much the first view costs.

use std::collections::BTreeSet;

use crate::support::{Answer, Office, both, both_with};

/// Compressed bytes of the first view, without what only some pages need.
const FIRST_VIEW_MAX: usize = 300_000;

fn get(office: &Office, path: &str) -> Answer {
    office.send("GET", path, None, &[("accept-encoding", "gzip")], None)
}

fn page(office: &Office) -> String {
    let start = office.send("GET", "/", None, &[("accept-encoding", "identity")], None);
    assert_eq!(start.status, 200);
    start.text().to_owned()
}

/// The addresses that the start file names.
fn named(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for mark in ["href=\"", "src=\""] {
        found.extend(page.split(mark).skip(1).map(|rest| format!("/{}", rest.split('"').next().unwrap())));
    }
    found
}

#[test]
fn the_start_file_is_asked_for_anew_and_what_it_names_is_kept_for_ever() {
    both(|office| {
        let start = get(office, "/");
        assert_eq!(start.header("cache-control"), "no-cache");
        assert_eq!(start.header("content-type"), "text/html; charset=utf-8");
        let files = named(&page(office));
        assert!(files.len() > 10, "{files:?}");
        for path in &files {
            let file = get(office, path);
            assert_eq!(file.status, 200, "{path}");
            assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
            assert_eq!(file.header("content-encoding"), "gzip", "{path}");
            let plain = office.send("GET", path, None, &[("accept-encoding", "identity")], None);
            assert!(plain.header("content-encoding").is_empty() && plain.body.len() > file.body.len(), "{path}");
        }
    });
}

#[test]
fn the_first_view_is_small() {
    both(|office| {
        let mut bytes = get(office, "/").body.len();
        bytes += named(&page(office)).iter().map(|path| get(office, path).body.len()).sum::<usize>();
        assert!(bytes < FIRST_VIEW_MAX, "{bytes} bytes");
    });
}

#[test]
fn the_policy_of_the_page_lets_nothing_in_that_the_service_does_not_serve() {
    both(|office| {
        let page = page(office);
        for path in named(&page).iter().map(String::as_str).chain(["/"]) {
            let answer = get(office, path);
            let policy = answer.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{path}: {policy}");
            for word in ["unsafe", "http:", "https:", "*"] {
                assert!(!policy.contains(word), "{path}: {policy}");
            }
        }
        for inline in ["style=", "<style", " onclick", "javascript:", "//"] {
            assert!(!page.contains(inline), "{inline}");
        }
        assert_eq!(page.matches("<script").count(), page.matches("<script type=\"module\" src=\"assets/").count());
    });
}

#[test]
fn files_that_are_not_there_and_versions_of_the_past_are_said_so() {
    both(|office| {
        let style = named(&page(office)).into_iter().find(|path| path.ends_with("style/base.css")).unwrap();
        let version = style.split('/').nth(2).unwrap().to_owned();
        for path in [
            "/assets/0000000000000000/style/base.css".to_owned(),
            format!("/assets/{version}/style/none.css"),
            format!("/assets/{version}/package.json"),
            format!("/assets/{version}/"),
            format!("/assets/{version}/../Cargo.toml"),
            format!("/assets/{version}/%2e%2e/Cargo.toml"),
            "/assets/".to_owned(),
        ] {
            get(office, &path).problem(404, "not-found");
        }
        office.send("POST", "/assets/x/y", None, &[], None).problem(405, "method-not-allowed");
    });
}

#[test]
fn a_folder_stands_in_for_the_built_in_files_and_nothing_outside_it_is_read() {
    let web = concat!(env!("CARGO_MANIFEST_DIR"), "/web");
    both_with(
        &["--web-dir", web],
        |_| (),
        |office| {
            let style = named(&page(office)).into_iter().find(|path| path.ends_with("style/base.css")).unwrap();
            let file = get(office, &style);
            assert_eq!((file.status, file.header("cache-control")), (200, "no-cache"));
            for path in
                ["/assets/folder/../Cargo.toml", "/assets/folder/%2e%2e/Cargo.toml", "/assets/folder//etc/hostname"]
            {
                get(office, path).problem(404, "not-found");
            }
        },
    );
}

#[test]
fn a_base_map_is_asked_only_where_the_office_names_one_and_only_for_its_tiles() {
    let address = "https://tiles.example.cn/img_w?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=0123";
    both_with(
        &["--base-map", address],
        |_| (),
        |office| {
            let meta = format!("<meta name=\"base-map\" content=\"{}\">", address.replace('&', "&amp;"));
            assert!(page(office).contains(&meta));
            let policy = get(office, "/").header("content-security-policy").to_owned();
            let parts: Vec<&str> = policy.split("; ").filter(|part| part.contains("example")).collect();
            assert_eq!(
                parts,
                ["img-src 'self' data: blob: https://tiles.example.cn", "connect-src 'self' https://tiles.example.cn"]
            );
        },
    );
    both(|office| assert!(!page(office).contains("base-map") && !page(office).contains("<!--")));
}

#[test]
fn an_address_that_is_no_base_map_is_refused_at_the_start() {
    for wrong in [
        "ftp://tiles.example.cn/{z}/{x}/{y}",
        "https://tiles.example.cn/{z}/{x}",
        "https://tiles.example.cn; script-src/{z}/{x}/{y}",
        "https://tiles.example.cn/{z}/{x}/{y}\"><script>",
    ] {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_dizhang"))
            .env_clear()
            .args(["serve", "--database", "sqlite::memory:", "--base-map", wrong])
            .output()
            .unwrap();
        assert_eq!(out.status.code(), Some(2), "{wrong}");
        assert!(String::from_utf8_lossy(&out.stderr).contains("{x}"), "{wrong}");
    }
}
