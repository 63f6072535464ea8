//! HTTPS in front of a service that speaks plain HTTP, as a reverse proxy does it: some things of browsers, cookies
//! with a `__Host-` name among them, exist over HTTPS alone.

use std::{
    net::SocketAddr,
    process::{Command, Stdio},
    sync::Arc,
};

use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::{AbortHandle, JoinSet},
};
use tokio_rustls::TlsAcceptor;

use super::process::Scratch;

/// The port, before anything stands behind it: a service must know its address when it starts.
pub(crate) struct Port {
    listener: TcpListener,
    address: SocketAddr,
}

/// HTTPS on a port of its own; it stops when dropped.
pub(crate) struct Front {
    listener: AbortHandle,
    address: SocketAddr,
}

impl Port {
    /// A free port.
    pub(crate) async fn free() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        Self { listener, address }
    }

    /// `https://127.0.0.1:port`
    pub(crate) fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// Passes everything on to `service`, with a certificate that signs itself.
    pub(crate) fn before(self, service: SocketAddr) -> Front {
        let Self { listener, address } = self;
        let acceptor = TlsAcceptor::from(Arc::new(config()));
        let listener = tokio::spawn(async move {
            // Dropped with this task, and all connections with it.
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(pass_on(acceptor.clone(), stream, service));
            }
        });
        Front { listener: listener.abort_handle(), address }
    }
}

impl Front {
    /// `https://127.0.0.1:port`
    pub(crate) fn url(&self) -> String {
        format!("https://{}", self.address)
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

/// A browser that opens a connection ahead of time closes it again unused: nothing to report.
async fn pass_on(acceptor: TlsAcceptor, stream: TcpStream, service: SocketAddr) {
    let Ok(mut outside) = acceptor.accept(stream).await else { return };
    let Ok(mut inside) = TcpStream::connect(service).await else { return };
    let _ = copy_bidirectional(&mut outside, &mut inside).await;
}

fn config() -> ServerConfig {
    let folder = Scratch::new("tls");
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
        .args(["-keyout", "server.key", "-out", "server.pem"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("openssl is not installed: run tests/run");
    assert!(made.status.success(), "openssl: {}", String::from_utf8_lossy(&made.stderr));
    let certificate = CertificateDer::from_pem_file(folder.path().join("server.pem")).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(folder.path().join("server.key")).expect("a key");
    let _ = rustls::crypto::ring::default_provider().install_default();
    ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("they belong together")
}
