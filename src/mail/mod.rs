//! A message rendered from an outbox row, and the transports.
