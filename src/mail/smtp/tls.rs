//! Who is believed to be the relay: the public authorities, and one more where a private relay needs it.

use std::{io, path::Path, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

/// Why TLS to the relay cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The file of the extra authority cannot be read.
    #[error("the relay's CA file cannot be read: {0}")]
    Read(#[from] io::Error),
    /// It holds no certificate.
    #[error("the relay's CA file holds no certificate in PEM")]
    Empty,
    /// The certificate is not one TLS can use.
    #[error("the relay's CA file holds a certificate that cannot be used: {0}")]
    Unusable(#[from] rustls::Error),
}

/// The client side of TLS; certificates and host names are always checked. `ca_file` holds one or more
/// certificates in PEM that are believed beside the public ones.
pub(super) fn client_config(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, TlsError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca_file {
        let pem = std::fs::read(path)?;
        let found = CertificateDer::pem_slice_iter(&pem).collect::<Result<Vec<_>, _>>();
        let found = found.ok().filter(|it| !it.is_empty()).ok_or(TlsError::Empty)?;
        for certificate in found {
            roots.add(certificate)?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
