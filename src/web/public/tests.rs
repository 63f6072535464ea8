//! The public pages as a client meets them.

mod confirming;
mod signing_up;
