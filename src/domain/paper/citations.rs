//! 引用条款: the articles that papers name in their words, and which of them were compared with the text of the law.
//!
//! An article that was not compared is marked as in `policy/`: a draft of the paper says so at its foot, and so does the
//! catalogue of papers. The registered paper does not; whoever registers it has compared it by then.

use crate::domain::paper::layout::{Block, Layout};

/// 条款核对状态 — an article that stands in the words of some paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Article {
    /// The law, as it stands between 《 and 》.
    pub law: &'static str,
    /// As it is written: 十四.
    pub article: &'static str,
    /// Whether it was compared with the text, or with an official copy of its contents.
    pub verified: bool,
}

/// The Measures: an article without the name of a law is one of theirs.
const MEASURES: &str = "闲置土地处置办法";

const fn seen(law: &'static str, article: &'static str) -> Article {
    Article { law, article, verified: true }
}

const fn unseen(law: &'static str, article: &'static str) -> Article {
    Article { law, article, verified: false }
}

/// All that papers cite, with what is known of each.
pub const ARTICLES: &[Article] = &[
    seen(MEASURES, "二"),
    seen(MEASURES, "五"),
    seen(MEASURES, "六"),
    unseen(MEASURES, "七"),
    unseen(MEASURES, "九"),
    unseen(MEASURES, "十"),
    seen(MEASURES, "十一"),
    seen(MEASURES, "十二"),
    unseen(MEASURES, "十三"),
    seen(MEASURES, "十四"),
    unseen(MEASURES, "十五"),
    unseen(MEASURES, "十七"),
    unseen(MEASURES, "十八"),
    unseen(MEASURES, "二十二"),
    unseen(MEASURES, "二十五"),
    unseen(MEASURES, "三十"),
    seen("中华人民共和国城市房地产管理法", "二十六"),
    unseen("中华人民共和国行政复议法", "二十"),
    seen("中华人民共和国行政诉讼法", "四十六"),
    seen("中华人民共和国行政强制法", "五十三"),
    seen("中华人民共和国行政强制法", "五十四"),
    unseen("中华人民共和国行政强制法", "五十五"),
];

/// An article in the words of a paper: the law and the number.
pub type Cited<'t> = (&'t str, &'t str);

/// The articles that a text names, in order, each once.
pub fn cited(text: &str) -> Vec<Cited<'_>> {
    let (mut law, mut rest, mut found) = (MEASURES, text, Vec::new());
    while let Some(at) = rest.find(['《', '第']) {
        let of_title = rest[at..].strip_prefix('《').and_then(|after| after.split_once('》'));
        if let Some((title, after)) = of_title {
            // A paper that is named, as 《闲置土地认定书》, is no law.
            if title.ends_with(['法', '则', '例']) {
                law = title;
            }
            rest = after;
            continue;
        }
        let after = &rest[at..].trim_start_matches('第');
        let end = after.find(|c| !"一二三四五六七八九十百".contains(c)).unwrap_or(after.len());
        let (number, follows) = after.split_at(end);
        if follows.starts_with('条') && !found.contains(&(law, number)) && !number.is_empty() {
            found.push((law, number));
        }
        rest = follows;
    }
    found
}

fn of_blocks(blocks: &'static [Block], found: &mut Vec<Cited<'static>>) {
    for block in blocks {
        let texts: Vec<&'static str> = match block {
            Block::Addressee(text) | Block::Heading(text) | Block::Paragraph(text) | Block::Note(text) => vec![*text],
            Block::Table(rows) => rows.iter().flat_map(|row| row.cells.iter().copied()).collect(),
            Block::Signature(_) => Vec::new(),
            Block::When(_, _, inner) => {
                of_blocks(inner, found);
                Vec::new()
            }
        };
        for article in texts.into_iter().flat_map(cited) {
            if !found.contains(&article) {
                found.push(article);
            }
        }
    }
}

impl Layout {
    /// The articles that the paper's own words name. What is not in the list counts as not compared.
    pub fn articles(&self) -> Vec<Article> {
        let mut found = Vec::new();
        of_blocks(self.blocks, &mut found);
        let known = |(law, article): Cited<'static>| {
            let known = ARTICLES.iter().find(|known| (known.law, known.article) == (law, article));
            known.copied().unwrap_or(unseen(law, article))
        };
        found.into_iter().map(known).collect()
    }

    /// What a draft says at its foot: the articles that are still to be compared; none if there are none.
    pub fn to_compare(&self) -> Option<String> {
        let open: Vec<String> = self
            .articles()
            .into_iter()
            .filter(|article| !article.verified)
            .map(|Article { law, article, .. }| format!("《{law}》第{article}条"))
            .collect();
        (!open.is_empty()).then(|| format!("草稿提示：以下条款尚未与法律原文核对，登记前请核对：{}。", open.join("、")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::paper::PaperKind;

    #[test]
    fn an_article_is_of_the_law_named_last_before_it() {
        assert_eq!(
            cited(
                "《闲置土地认定书》第一份，依照第二条、《甲法》第五十三条、第五十四条和《闲置土地处置办法》第十四条第（一）项"
            ),
            [(MEASURES, "二"), ("甲法", "五十三"), ("甲法", "五十四"), (MEASURES, "十四"),]
        );
    }

    #[test]
    fn every_article_in_a_paper_stands_in_the_list_and_the_list_has_no_others() {
        let mut all = Vec::new();
        PaperKind::ALL.iter().for_each(|kind| of_blocks(kind.layout().blocks, &mut all));
        for (law, article) in &all {
            let known = ARTICLES.iter().any(|known| (known.law, known.article) == (*law, *article));
            assert!(known, "《{law}》第{article}条 stands in a paper and not in the list");
        }
        for known in ARTICLES {
            assert!(all.contains(&(known.law, known.article)), "no paper cites 《{}》第{}条", known.law, known.article);
        }
    }
}
