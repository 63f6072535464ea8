//! One delivery attempt as a value; its signature; the client with the address guard.
