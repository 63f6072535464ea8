//! The clock turns: what runs by itself.
