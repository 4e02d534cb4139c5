//! Lines of a stream, however it is cut.

use dizhang::formats::ndjson::{LINE_MAX, Line, Lines};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

#[derive(Debug, PartialEq, Eq)]
enum Seen {
    Whole(u64, Vec<u8>),
    TooLong(u64),
}

fn seen(parts: &[&[u8]]) -> Vec<Seen> {
    let (mut lines, mut seen) = (Lines::default(), Vec::new());
    let mut keep = |line: Line<'_>| {
        seen.push(match line {
            Line::Whole(number, bytes) => Seen::Whole(number, bytes.to_vec()),
            Line::TooLong(number) => Seen::TooLong(number),
        });
    };
    for part in parts {
        lines.push(part, &mut keep);
    }
    lines.finish(keep);
    seen
}

fn whole(number: u64, text: &str) -> Seen {
    Seen::Whole(number, text.as_bytes().to_vec())
}

#[test]
fn blank_lines_count_and_are_passed_over_and_the_last_needs_no_end() {
    let text = "\u{feff}{\"a\":1}\r\n\n  \r\n{\"b\":2}\n{\"c\":3}".as_bytes();
    assert_eq!(seen(&[text]), [whole(1, "{\"a\":1}\r"), whole(4, "{\"b\":2}"), whole(5, "{\"c\":3}")]);
    assert_eq!(seen(&[]), []);
    assert_eq!(seen(&[b"\n\n"]), []);
}

#[test]
fn a_stream_gives_the_same_lines_however_it_is_cut() {
    let config = Config { cases: 256, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let text = prop::collection::vec(prop::sample::select(b"ab \r\n\n\xef\xbb\xbf".to_vec()), 0..200);
    let given = (text, prop::collection::vec(any::<prop::sample::Index>(), 0..8));
    let held = runner.run(&given, |(text, cuts)| {
        let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
        at.sort_unstable();
        let ends = at.iter().copied().chain([text.len()]);
        let starts = [0].into_iter().chain(at.iter().copied());
        let parts: Vec<&[u8]> = starts.zip(ends).map(|(from, to)| &text[from..to]).collect();
        prop_assert_eq!(seen(&parts), seen(&[&text]));
        Ok(())
    });
    held.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn a_line_too_long_is_let_go_and_the_next_is_read() {
    let longest = vec![b'x'; LINE_MAX];
    let longer = vec![b'x'; LINE_MAX + 1];
    let text = [&longest[..], &longer, b"y"].join(&b'\n');
    let expected = [Seen::Whole(1, longest), Seen::TooLong(2), whole(3, "y")];
    assert_eq!(seen(&[&text]), expected);
    let parts: Vec<&[u8]> = text.chunks(100_000).collect();
    assert_eq!(seen(&parts), expected);
    assert_eq!(seen(&[&longer]), [Seen::TooLong(1)]);
}
