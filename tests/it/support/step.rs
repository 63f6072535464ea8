//! A future that is taken only so far: given up there, as when a connection breaks, or gone on with later, as when a
//! machine is paused.

use std::{future::poll_fn, pin::Pin, task::Poll};

/// A future that may be left where it is.
pub(crate) type Paused<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Lets `future` run until it has waited more than `steps` times: `None`, or what it gave when it ended before.
pub(crate) async fn step<T>(future: &mut Paused<'_, T>, steps: usize) -> Option<T> {
    let mut waited = 0;
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending if waited == steps => Poll::Ready(None),
        Poll::Pending => {
            waited += 1;
            Poll::Pending
        }
    })
    .await
}
