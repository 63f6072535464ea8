//! Requests under way, so that a service that stops waits for them and for nothing else: connections that
//! browsers and proxies keep open would hold it up until they time out.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    Error,
    body::{BodySize, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::ConnectionType,
    middleware::Next,
    web::Bytes,
};

/// How often the last request is looked for.
const LOOK: Duration = Duration::from_millis(10);

/// How many requests are under way: from their head to the last byte of their answer.
#[derive(Clone, Default)]
pub(super) struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    /// Counts a request. Once the service stops, its answer closes the connection.
    pub(super) async fn follow(
        self,
        request: ServiceRequest,
        next: Next<impl MessageBody + 'static>,
        is_stopping: impl Fn() -> bool,
    ) -> Result<ServiceResponse<BoxBody>, Error> {
        let counted = Counted::new(self.0);
        let mut answer = next.call(request).await?;
        if is_stopping() {
            answer.response_mut().head_mut().set_connection_type(ConnectionType::Close);
        }
        Ok(answer.map_body(|_head, body| BoxBody::new(Followed { body: body.boxed(), _counted: counted })))
    }

    /// Returns when none is under way.
    pub(super) async fn none(&self) {
        while self.0.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// One request under way.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(count: Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The body of an answer, counted until it is written or given up.
struct Followed {
    body: BoxBody,
    _counted: Counted,
}

impl MessageBody for Followed {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        self.get_mut().body.as_pin_mut().poll_next(context)
    }
}
