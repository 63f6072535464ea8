//! The public pages as a client meets them.

mod choosing;
mod confirming;
mod leaving;
mod quiet;
mod signing_up;
