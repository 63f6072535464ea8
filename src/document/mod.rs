//! Evidence on paper and in files: what a person or an authority is handed.
