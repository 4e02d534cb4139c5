//! `docs/rules.md` is made from the rules themselves.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use dizhang::domain::finding::Rule;
use dizhang::domain::policy::Policy;
use dizhang::domain::rules::{catalogue, law};

use crate::run::today;

#[test]
fn the_committed_catalogue_is_the_one_the_rules_make() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let made = markdown();
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &made).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == made, "docs/rules.md is out of date; run UPDATE=1 cargo test --test rules catalogue");
}

#[test]
fn the_catalogue_is_in_order_of_id_and_every_parameter_exists() {
    let rules = catalogue();
    assert!(rules.is_sorted_by(|a, b| a.id < b.id));
    let listed = Policy::built_in().listing(today()).parameters;
    for rule in rules {
        for parameter in rule.parameters {
            let known = match parameter.strip_suffix('*') {
                Some(prefix) => listed.iter().any(|listed| listed.id.starts_with(prefix)),
                None => listed.iter().any(|listed| listed.id == *parameter),
            };
            assert!(known, "{} names {parameter}, which is no parameter", rule.id);
        }
    }
}

#[test]
fn one_document_is_cited_the_same_way_everywhere() {
    let listed = Policy::built_in().listing(today()).parameters;
    for citation in listed.iter().filter_map(|listed| listed.citation.as_ref()) {
        for known in law::ALL.iter().filter(|known| known.instrument.zh == citation.instrument.zh) {
            assert_eq!(known.instrument, citation.instrument);
            assert_eq!((&known.number, known.issued_on), (&citation.number, citation.issued_on));
        }
    }
}

fn markdown() -> String {
    let mut text = String::from(
        "# Rules\n\nMade from the rules themselves: `UPDATE=1 cargo test --test rules catalogue` writes this file.\n\
         The figures that a rule reads are under `policy/`; cases of each rule are under `fixtures/cases/`.\n",
    );
    for rule in catalogue() {
        write_rule(&mut text, rule);
    }
    text
}

fn write_rule(text: &mut String, rule: &Rule) {
    let Rule { id, title, what, citations, parameters } = rule;
    write!(text, "\n## `{id}` {}\n\n{}\n\n{}\n\n{}\n\n", title.zh, title.en, what.zh, what.en).unwrap();
    for citation in *citations {
        let number = citation.number.as_ref().map(|number| format!(", {number}")).unwrap_or_default();
        let day = citation.issued_on.map(|day| format!(", {day}")).unwrap_or_default();
        let (instrument, provision) = (&citation.instrument, &citation.provision);
        writeln!(text, "- 《{}》{} ({}{number}{day}, {})", instrument.zh, provision.zh, instrument.en, provision.en)
            .unwrap();
    }
    for parameter in *parameters {
        writeln!(text, "- `{parameter}`").unwrap();
    }
}
