//! Attachments on the wire: neither way is one held in memory as a whole.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::HttpRequest;
use actix_web::body::{BodySize, BodyStream, MessageBody};
use actix_web::http::header;
use actix_web::web::{Bytes, Payload};

use crate::app::App;
use crate::app::attachments::{Attachment, Upload};
use crate::app::error::AppError;
use crate::domain::region::County;
use crate::http::blocking;
use crate::http::body::{too_large, unreadable};
use crate::http::problem::Problem;

/// Takes a body of at most `max` bytes in as it comes; a longer one is refused by its declared length, unread.
pub async fn receive(request: &HttpRequest, payload: Payload, max: usize) -> Result<Upload, Problem> {
    let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if declared.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > max as u64) {
        return Err(too_large(max));
    }
    let mut body = Box::pin(BodyStream::new(payload));
    let mut upload = Upload::default();
    // A few kilobytes at a time go to the system's own buffers, which does not keep the thread waiting.
    while let Some(chunk) = poll_fn(|context| body.as_mut().poll_next(context)).await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        if upload.size() + chunk.len() > max {
            return Err(too_large(max));
        }
        upload.push(&chunk)?;
    }
    Ok(upload)
}

type Reading = Pin<Box<dyn Future<Output = Result<Vec<u8>, Problem>>>>;

/// The bytes of an attachment, read from the database in parts as the client takes them.
pub struct Parts {
    app: Arc<App>,
    county: County,
    sha256: String,
    size: i64,
    sent: i64,
    reading: Option<Reading>,
}

impl Parts {
    pub fn new(app: Arc<App>, county: County, of: Attachment) -> Self {
        Self { app, county, sha256: of.sha256, size: of.size, sent: 0, reading: None }
    }

    fn read(&self) -> Reading {
        let (app, county, sha256, offset) = (Arc::clone(&self.app), self.county, self.sha256.clone(), self.sent);
        let read = move || app.attachment_part(county, &sha256, offset);
        Box::pin(async move { blocking::<_, AppError>(read).await })
    }
}

impl MessageBody for Parts {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(u64::try_from(self.size).unwrap_or(0))
    }

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, io::Error>>> {
        let this = self.get_mut();
        if this.sent >= this.size {
            return Poll::Ready(None);
        }
        let mut reading = this.reading.take().unwrap_or_else(|| this.read());
        let Poll::Ready(read) = reading.as_mut().poll(context) else {
            this.reading = Some(reading);
            return Poll::Pending;
        };
        Poll::Ready(Some(match read {
            Ok(part) if !part.is_empty() => {
                this.sent += part.len() as i64;
                Ok(Bytes::from(part))
            }
            // The length was promised: the connection is cut, so that nobody takes a part for the whole.
            Ok(_) => Err(io::Error::other("an attachment is shorter than its record says")),
            Err(_) => Err(io::Error::other("an attachment could not be read to its end")),
        }))
    }
}
