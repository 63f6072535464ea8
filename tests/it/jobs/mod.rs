//! What runs by itself: mails, deliveries, the feed, and what ends with time.

mod deliveries;
mod feed;
mod lapse;
mod mails;
mod receipts;
