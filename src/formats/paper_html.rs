//! Papers as HTML: one file without outside parts, for the screen and for printing on A4.

use std::fmt::Write as _;

use crate::domain::paper::document::{Cells, Document, Part};
use crate::formats::html::escaped;

/// Sheet and type as `formats::docx` has them. Browsers that know no page margins boxes leave the page number out.
const STYLE: &str = r#"
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —"; font: 14pt SimSun, 宋体, "Noto Serif CJK SC", serif; } }
* { box-sizing: border-box; }
body { margin: 0; background: #e8e8e8; color: #000; font: 16pt/29pt 仿宋, FangSong, 仿宋_GB2312, STFangsong, "Noto Serif CJK SC", serif; }
main { width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 37mm 26mm 35mm 28mm; background: #fff; }
p, h1, h2 { margin: 0; font-size: 16pt; font-weight: normal; overflow-wrap: anywhere; }
.head, h1 { font: bold 22pt/34pt 宋体, SimSun, STSong, "Noto Serif CJK SC", serif; text-align: center; margin-bottom: 3pt; }
.number { text-align: center; margin-bottom: 14pt; }
h2 { font-family: 黑体, SimHei, STHeiti, "Noto Sans CJK SC", sans-serif; text-indent: 2em; break-after: avoid; }
.body { text-indent: 2em; text-align: justify; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: 0 0 7pt; font-size: 12pt; line-height: 20pt; }
th, td { border: 0.75pt solid #000; padding: 2pt 5pt; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
th { font-family: 黑体, SimHei, STHeiti, "Noto Sans CJK SC", sans-serif; font-weight: normal; }
.pairs-1 th { width: 30%; }
.pairs-2 th { width: 20%; }
td { white-space: pre-line; }
td.hand { text-align: right; vertical-align: bottom; }
.signature { display: flex; justify-content: flex-end; margin-top: 29pt; padding-right: 4em; text-align: center; break-inside: avoid; }
.parties { justify-content: space-between; padding: 0; text-align: left; }
.note { font-size: 14pt; line-height: 24pt; margin-top: 6pt; }
.draft { color: #c00000; font: 14pt 黑体, SimHei, "Noto Sans CJK SC", sans-serif; text-align: right; }
@media print { body { background: none; } main { width: auto; min-height: 0; margin: 0; padding: 0; } }
"#;

/// The paper as an HTML document.
pub fn write(document: &Document) -> String {
    let mut html = String::with_capacity(8192);
    let title = escaped(&document.title);
    html.push_str("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    _ = write!(html, "<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n");
    if document.is_draft {
        line(&mut html, "draft", "草稿（未登记，不得送达）");
    }
    if let Some(head) = &document.head {
        line(&mut html, "head", head);
    }
    _ = writeln!(html, "<h1>{title}</h1>");
    if let Some(number) = &document.number {
        line(&mut html, "number", number);
    }
    for part in &document.parts {
        match part {
            Part::Addressee(text) => line(&mut html, "addressee", &format!("{text}：")),
            Part::Heading(text) => _ = writeln!(html, "<h2>{}</h2>", escaped(text)),
            Part::Paragraph(text) => line(&mut html, "body", text),
            Part::Table(rows) => table(&mut html, rows),
            Part::Signature { parties, day } => signature(&mut html, parties, day),
            Part::Note(text) => line(&mut html, "note", text),
        }
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn line(html: &mut String, class: &str, text: &str) {
    _ = writeln!(html, "<p class=\"{class}\">{}</p>", escaped(text));
}

fn table(html: &mut String, rows: &[Cells]) {
    let pairs = rows.first().map_or(1, |row| row.cells.len().div_ceil(2));
    _ = writeln!(html, "<table class=\"pairs-{pairs}\">");
    for row in rows {
        let height = u32::from(row.lines) * 20 + 6;
        _ = write!(html, "<tr style=\"height:{height}pt\">");
        for (at, text) in row.cells.iter().enumerate() {
            let (open, close) = match (at % 2 == 0, text.starts_with('\n')) {
                (true, _) => ("<th scope=\"row\">", "</th>"),
                (false, true) => ("<td class=\"hand\">", "</td>"),
                (false, false) => ("<td>", "</td>"),
            };
            _ = write!(html, "{open}{}{close}", escaped(text.trim_start_matches('\n')));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</table>\n");
}

fn signature(html: &mut String, parties: &[String], day: &str) {
    let day = escaped(day);
    if let [one] = parties {
        _ = writeln!(html, "<div class=\"signature\"><div><p>{}</p><p>{day}</p></div></div>", escaped(one));
        return;
    }
    html.push_str("<div class=\"signature parties\">");
    for party in parties {
        let party = escaped(party);
        _ = write!(html, "<div><p>{party}</p><p>（盖章）</p><p>代表签名：</p><p>{day}</p></div>");
    }
    html.push_str("</div>\n");
}
