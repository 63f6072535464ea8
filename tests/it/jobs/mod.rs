//! What runs by itself: anchors, mails, deliveries, the feed, and what ends with time.

mod anchors;
mod deliveries;
mod fair;
mod feed;
mod figures;
mod hostile;
mod lapse;
mod mails;
mod receipts;
