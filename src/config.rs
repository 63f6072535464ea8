//! Every configuration key once: name, doc, default.
