//! The built-in page: the files of `web/`, which are part of the program (ADR 22).
//!
//! The start file is asked for anew each time and names all others under one address that changes with their
//! contents, so that those may be kept for ever. A folder can stand in for the built-in files while somebody
//! works on them.
//!
//! The page asks no outside address, unless the office names one itself: a base map below its own layers.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use actix_web::http::header::{self, AcceptEncoding, Encoding, Header as _, HeaderValue};
use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::domain::text::Text;
use crate::http::Service;
use crate::http::problem::{Kind, Problem};

/// Name and bytes of every file of the page, listed by `build.rs`.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/page_files.rs"));

const START: &str = "index.html";

/// Where all files but the start file lie, before their version.
pub const ASSETS: &str = "/assets/";

/// What the start file calls the version, and the place of the list of modules.
const VERSION_MARK: &str = "assets/_/";
const MODULES_MARK: &str = "<!-- modules -->";
const BASE_MAP_MARK: &str = "<!-- base map -->";

/// The version of files that are read from a folder.
const FOLDER_VERSION: &str = "folder";

/// The page may load what this service serves, run its modules, and nothing else. Pictures may be drawn by
/// itself (`blob:` and `data:`); nothing in the markup is script or style. Of a base map its tiles may come, and nothing else
/// of that address.
fn policy(base_map: Option<&BaseMap>) -> String {
    let tiles = base_map.map(|map| format!(" {}", map.origin)).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{tiles}; font-src 'self'; \
         connect-src 'self'{tiles}; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}

/// A base map that the office chose: the address of its tiles, with `{x}`, `{y}` and `{z}` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseMap {
    address: String,
    /// Scheme, host and port.
    origin: String,
}

impl BaseMap {
    /// Reads an address. It stands in a header and in the markup, so nothing passes that would mean anything there.
    pub fn of(text: &str) -> Result<Self, String> {
        let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme));
        let rest = scheme.map_or("", |scheme| &text[scheme.len()..]);
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let is_host = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:".contains(&b));
        let is_path = path.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>;,\\#".contains(&b));
        let is_tiled = ["{x}", "{y}", "{z}"].iter().all(|mark| path.contains(mark));
        match scheme.filter(|_| is_host && is_path && is_tiled) {
            Some(scheme) => Ok(Self { address: text.to_owned(), origin: format!("{scheme}{host}") }),
            None => Err("应为 https://… 或 http://…,并含 {x}、{y}、{z} / https://… or http://… with {x}, {y} and {z} \
                         is expected"
                .to_owned()),
        }
    }
}

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The files of the page, and what it may load.
pub struct Page {
    source: Source,
    policy: HeaderValue,
    base_map: Option<BaseMap>,
}

enum Source {
    BuiltIn { version: String, files: BTreeMap<&'static str, File> },
    Folder(PathBuf),
}

struct File {
    bytes: &'static [u8],
    /// Made when somebody first asks.
    packed: OnceLock<Bytes>,
}

impl File {
    fn packed(&self) -> Bytes {
        let pack = || {
            let mut packer = GzEncoder::new(Vec::new(), Compression::best());
            packer.write_all(self.bytes).and_then(|()| packer.finish()).expect("memory takes everything").into()
        };
        self.packed.get_or_init(pack).clone()
    }
}

impl Page {
    /// The built-in files, or those of a folder.
    pub fn new(folder: Option<PathBuf>, base_map: Option<BaseMap>) -> Self {
        let source = match folder {
            Some(folder) => Source::Folder(folder),
            None => {
                let file = |bytes| File { bytes, packed: OnceLock::new() };
                let files = FILES.iter().map(|(name, bytes)| (*name, file(*bytes))).collect();
                Source::BuiltIn { version: version(), files }
            }
        };
        let policy = HeaderValue::from_str(&policy(base_map.as_ref())).expect("an address of printable ASCII");
        Self { source, policy, base_map }
    }

    fn version(&self) -> &str {
        match &self.source {
            Source::BuiltIn { version, .. } => version,
            Source::Folder(_) => FOLDER_VERSION,
        }
    }

    /// The start file with the addresses of the others. Its modules are named in the head: a browser fetches them at
    /// once instead of one behind the other.
    fn start(&self) -> Option<String> {
        let (text, names) = match &self.source {
            Source::BuiltIn { files, .. } => {
                (files.get(START)?.bytes.to_vec(), files.keys().map(|name| (*name).to_owned()).collect())
            }
            Source::Folder(folder) => (std::fs::read(folder.join(START)).ok()?, names(&folder.join("app"))),
        };
        let modules: String = names
            .iter()
            .filter(|name| name.starts_with("app/") && name.ends_with(".js"))
            .map(|name| format!("<link rel=\"modulepreload\" href=\"{VERSION_MARK}{name}\">"))
            .collect();
        let base_map = self.base_map.as_ref().map_or_else(String::new, |BaseMap { address, .. }| {
            format!("<meta name=\"base-map\" content=\"{}\">", address.replace('&', "&amp;"))
        });
        let text = String::from_utf8(text).ok()?.replace(MODULES_MARK, &modules).replace(BASE_MAP_MARK, &base_map);
        Some(text.replace(VERSION_MARK, &format!("assets/{}/", self.version())))
    }
}

/// A digest over the names and bytes of all files.
fn version() -> String {
    let mut hash = Sha256::new();
    for (name, bytes) in FILES {
        hash.update(name.len().to_le_bytes());
        hash.update(name);
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    }
    crate::domain::ledger::chain::hex(&hash.finalize())[..16].to_owned()
}

/// The modules of the shell in a folder.
fn names(app: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(app) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.flatten().filter_map(|entry| Some(format!("app/{}", entry.file_name().to_str()?))).collect();
    names.sort();
    names
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "geojson") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether bytes of this kind shrink.
fn is_text(media_type: &str) -> bool {
    !matches!(media_type, "image/png" | "font/woff2")
}

pub fn pages(config: &mut ServiceConfig) {
    config.service(web::resource("/").get(start));
    config.service(web::resource("/assets/{version}/{file:.*}").get(asset));
}

async fn start(service: Data<Service>) -> Result<HttpResponse, Problem> {
    let text = service.page.start().ok_or_else(nothing)?;
    Ok(answer(&service.page, START, ASK_AGAIN).body(text))
}

async fn asset(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let (version, name) = (request.match_info().query("version"), request.match_info().query("file"));
    if version != service.page.version() {
        return Err(nothing());
    }
    match &service.page.source {
        Source::BuiltIn { files, .. } => {
            let file = files.get(name).ok_or_else(nothing)?;
            if !is_text(media_type(name)) || !takes_gzip(&request) {
                return Ok(answer(&service.page, name, FOREVER).body(file.bytes));
            }
            Ok(answer(&service.page, name, FOREVER)
                .insert_header((header::CONTENT_ENCODING, "gzip"))
                .body(file.packed()))
        }
        Source::Folder(folder) => {
            let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
            let path = inside.then(|| folder.join(name)).ok_or_else(nothing)?;
            let bytes = web::block(move || std::fs::read(path)).await.map_err(Problem::internal)?;
            Ok(answer(&service.page, name, ASK_AGAIN).body(bytes.map_err(|_| nothing())?))
        }
    }
}

fn answer(page: &Page, name: &str, keep: HeaderValue) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(media_type(name))
        .insert_header((header::CACHE_CONTROL, keep))
        .insert_header((header::VARY, "accept-encoding"))
        .insert_header((header::CONTENT_SECURITY_POLICY, page.policy.clone()));
    answer
}

fn takes_gzip(request: &HttpRequest) -> bool {
    let offered = [Encoding::gzip(), Encoding::identity()];
    let wanted = AcceptEncoding::parse(request).ok();
    wanted.and_then(|wanted| wanted.negotiate(offered.iter())) == Some(Encoding::gzip())
}

fn nothing() -> Problem {
    Problem::new(Kind::NotFound, Text::fixed("没有这个文件;请刷新页面", "there is no such file; load the page again"))
}
