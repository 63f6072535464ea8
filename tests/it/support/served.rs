//! A small HTTP service on a port of its own that works each answer out.

use std::{io, net::SocketAddr, sync::Arc};

use tokio::{
    io::{AsyncReadExt, BufReader},
    net::{TcpListener, TcpStream},
    task::{AbortHandle, JoinSet, spawn_blocking},
};

use super::receiver::{Answer, Request, head, reply};

/// The service; it stops when dropped.
pub(crate) struct Served {
    address: SocketAddr,
    listener: AbortHandle,
}

impl Served {
    /// Listens on a free port; `handler` may take its time, it has a thread of its own.
    pub(crate) async fn start(handler: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let handler = Arc::new(handler);
        let listener = tokio::spawn(async move {
            // Dropped with this task, and all connections with it.
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(converse(BufReader::new(stream), Arc::clone(&handler)));
            }
        });
        Self { address, listener: listener.abort_handle() }
    }

    /// Its address, without a path.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

async fn converse<F>(mut stream: BufReader<TcpStream>, handler: Arc<F>) -> io::Result<()>
where
    F: Fn(&Request) -> Answer + Send + Sync + 'static,
{
    while let Some(mut request) = head(&mut stream).await? {
        let length = request.header("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
        request.body = vec![0; length];
        stream.read_exact(&mut request.body).await?;
        let handler = Arc::clone(&handler);
        let answer = spawn_blocking(move || handler(&request)).await.unwrap_or(Answer::HangUp);
        if !reply(&mut stream, answer).await? {
            break;
        }
    }
    Ok(())
}
