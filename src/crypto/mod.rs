//! Ground: bytes only. Which key serves which purpose, MACs, sealed fields, random.
