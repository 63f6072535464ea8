//! The form on somebody else's page, in a real browser: the page is on another host and port than the service.

mod alone;
mod framed;
mod guests;
mod plain;
mod previewing;
mod proving;
mod signing_up;
mod site;
mod sizes;
mod solver;
mod stale;
mod strict;
mod where_asked;
