//! HTTP: every route on one screen.
