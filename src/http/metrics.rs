//! Counters of answers by operation and status class, in the Prometheus text format.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::http::access::{OPERATIONS, Operation};

/// Status classes 2xx to 5xx.
const CLASSES: usize = 4;

/// Counts what was answered.
pub struct Metrics {
    /// By operation, and one row more for what is none.
    rows: Vec<Row>,
}

#[derive(Default)]
struct Row {
    answers: [AtomicU64; CLASSES],
    micros: AtomicU64,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { rows: (0..=OPERATIONS.len()).map(|_| Row::default()).collect() }
    }
}

impl Metrics {
    pub fn count(&self, operation: Option<&Operation>, status: u16, took: Duration) {
        let at = operation
            .and_then(|operation| OPERATIONS.iter().position(|known| known.id == operation.id))
            .unwrap_or(OPERATIONS.len());
        let row = &self.rows[at];
        let class = usize::from(status / 100).clamp(2, CLASSES + 1) - 2;
        row.answers[class].fetch_add(1, Ordering::Relaxed);
        row.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// The counters as text; operations that nobody called are left out.
    pub fn text(&self) -> String {
        let mut text = String::from("# TYPE dizhang_answers_total counter\n");
        let ids = OPERATIONS.iter().map(|operation| operation.id).chain(["none"]);
        for (id, row) in ids.clone().zip(&self.rows) {
            for (class, count) in row.answers.iter().enumerate() {
                let count = count.load(Ordering::Relaxed);
                if count > 0 {
                    let class = class + 2;
                    // Writing to a String cannot fail.
                    let _ = writeln!(text, "dizhang_answers_total{{operation=\"{id}\",status=\"{class}xx\"}} {count}");
                }
            }
        }
        text.push_str("# TYPE dizhang_answer_seconds_total counter\n");
        for (id, row) in ids.zip(&self.rows) {
            let micros = row.micros.load(Ordering::Relaxed);
            if micros > 0 {
                let (seconds, rest) = (micros / 1_000_000, micros % 1_000_000);
                let _ = writeln!(text, "dizhang_answer_seconds_total{{operation=\"{id}\"}} {seconds}.{rest:06}");
            }
        }
        text
    }
}
