//! One delivery attempt as a value; its signature; the client with the address guard.
//!
//! - [`signature`]: Standard Webhooks 1.0.0, the public specification and nothing of ours;
//! - [`client`] and [`resolver`]: one attempt over the network, to checked addresses alone;
//! - [`answer`]: what the receiver said, and what it means.
//!
//! Which addresses may be reached and which URLs may be saved is said by [`guard`] and [`endpoint_url`] of `domain`: use
//! cases save URLs. When to try again is `domain::backoff`; which deliveries are due is the business of `jobs` and `store`.

pub mod answer;
pub mod client;
pub mod resolver;
pub mod signature;

pub use crate::domain::{endpoint_url, guard};

pub use answer::{AttemptResult, Failure, Verdict, verdict};
pub use client::{Attempt, Client, ClientError, KEPT_BODY};
pub use endpoint_url::{EndpointUrl, UrlRefusal};
pub use guard::AllowNets;
pub use signature::{Secret, sign};
