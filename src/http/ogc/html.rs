//! The same answers as pages: plain, without scripts, loading nothing.

use std::fmt::Write as _;

use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::Value;

use super::{HTML, Visit, answer};
use crate::domain::text::{Language, Text};
use crate::formats::html::escaped;

/// Nothing is loaded; the page's own style is all there is.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1rem}\
    table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left}\
    caption{text-align:left;font-weight:bold}a{color:#00468c}";

/// A page in the making.
pub(super) struct Page<'v> {
    visit: &'v Visit,
    title: String,
    body: String,
}

impl<'v> Page<'v> {
    /// A page with the way that leads to it: paths under `/ogc` and their titles.
    pub fn new(visit: &'v Visit, title: &Text, way: &[(&str, &Text)]) -> Self {
        let mut body = String::new();
        if !way.is_empty() {
            body.push_str("<nav><p>");
            for (path, title) in way {
                let (href, title) = (escaped(&visit.url(path)), escaped(visit.say(title)));
                let _ = write!(body, "<a href=\"{href}\">{title}</a> / ");
            }
            body.push_str("</p></nav>");
        }
        let title = visit.say(title).to_owned();
        let _ = write!(body, "<h1>{}</h1>", escaped(&title));
        Self { visit, title, body }
    }

    pub fn paragraph(&mut self, text: &Text) {
        let _ = write!(self.body, "<p>{}</p>", escaped(self.visit.say(text)));
    }

    /// A list of links, each with its title or its address.
    pub fn links(&mut self, links: &Value) {
        self.body.push_str("<ul>");
        for link in links.as_array().into_iter().flatten() {
            let href = link["href"].as_str().unwrap_or("");
            let title = link["title"].as_str().unwrap_or(href);
            let media_type = link["type"].as_str().unwrap_or("");
            let _ = write!(
                self.body,
                "<li><a href=\"{}\">{}</a> <small>{}</small></li>",
                escaped(href),
                escaped(title),
                escaped(media_type)
            );
        }
        self.body.push_str("</ul>");
    }

    pub fn link(&mut self, href: &str, title: &Text) {
        let _ = write!(self.body, "<p><a href=\"{}\">{}</a></p>", escaped(href), escaped(self.visit.say(title)));
    }

    /// A table; each cell is a text, or a text and the address it leads to.
    pub fn table(&mut self, head: &[String], rows: impl Iterator<Item = Vec<(String, Option<String>)>>) {
        self.body.push_str("<table><thead><tr>");
        for title in head {
            let _ = write!(self.body, "<th scope=\"col\">{}</th>", escaped(title));
        }
        self.body.push_str("</tr></thead><tbody>");
        for row in rows {
            self.body.push_str("<tr>");
            for (text, href) in row {
                let text = escaped(&text);
                let _ = match href {
                    Some(href) => write!(self.body, "<td><a href=\"{}\">{text}</a></td>", escaped(&href)),
                    None => write!(self.body, "<td>{text}</td>"),
                };
            }
            self.body.push_str("</tr>");
        }
        self.body.push_str("</tbody></table>");
    }

    pub fn preformatted(&mut self, text: &str) {
        let _ = write!(self.body, "<pre style=\"white-space:pre-wrap\">{}</pre>", escaped(text));
    }

    pub fn finish(self) -> HttpResponse {
        answered(self.text())
    }

    pub fn text(self) -> String {
        let lang = match self.visit.language {
            Language::Zh => "zh-CN",
            Language::En => "en",
        };
        format!(
            "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{}</title><style>{STYLE}</style></head>\
             <body><main>{}</main></body></html>",
            escaped(&self.title),
            self.body
        )
    }
}

/// The answer that shows a page.
pub(super) fn answered(page: String) -> HttpResponse {
    answer(&format!("{HTML}; charset=utf-8")).insert_header((header::CONTENT_SECURITY_POLICY, POLICY)).body(page)
}

/// A value as it stands in a cell.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
