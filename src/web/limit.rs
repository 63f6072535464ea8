//! How many connections one address may hold open at once.
//!
//! A connection above the cap is answered 429 and closed with its first request; one that sends nothing is
//! closed by the deadline for request heads.

use std::{
    any::Any,
    collections::HashMap,
    net::IpAddr,
    os::fd::AsFd,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use actix_web::{
    Error, HttpResponse,
    body::MessageBody,
    dev::{Extensions, ServiceRequest, ServiceResponse},
    http::header::{CONNECTION, HeaderValue},
    middleware::Next,
    rt::net::TcpStream,
    web::Data,
};
use socket2::SockRef;

use super::Web;

/// How long a connection may take nothing of what was sent on it. A reader who stops reading would hold it, and all
/// that is being made for it, for ever: their system goes on answering that its buffer is full.
const PATIENCE: Duration = Duration::from_mins(1);

/// Open connections per address.
#[derive(Clone, Default)]
pub struct Connections(Arc<Mutex<HashMap<IpAddr, u32>>>);

/// One open connection; counted until it is dropped with it.
pub struct Counted {
    connections: Connections,
    ip: IpAddr,
    /// How many its address had with this one.
    pub count: u32,
}

impl Connections {
    /// Counts a new connection; handed to the server's `on_connect`.
    pub fn on_connect(&self, connection: &dyn Any, data: &mut Extensions) {
        let Some(connection) = connection.downcast_ref::<TcpStream>() else { return };
        // A compressed page goes out in pieces; waiting to fill packets costs 40 ms each. What cannot be set only
        // makes pages slower.
        let _ = connection.set_nodelay(true);
        give_up_after(connection, PATIENCE);
        let Ok(peer) = connection.peer_addr() else { return };
        let ip = peer.ip().to_canonical();
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(ip).or_default();
        *count += 1;
        data.insert(Arc::new(Counted { connections: self.clone(), ip, count: *count }));
    }
}

/// Lets a connection end when nothing of what was sent was taken for so long (`TCP_USER_TIMEOUT`, tcp(7)).
fn give_up_after(connection: &impl AsFd, patience: Duration) {
    // Where it cannot be set, such a reader holds a connection until they go.
    let _ = SockRef::from(connection).set_tcp_user_timeout(Some(patience));
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut open = self.connections.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.ip) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.ip);
            }
        }
    }
}

/// Refuses requests on connections above the cap. Trusted proxies carry many people: they have no cap.
///
/// # Errors
/// As the service inside.
pub async fn cap(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<actix_web::body::BoxBody>, Error> {
    let over = request.app_data::<Data<Web>>().is_some_and(|web| {
        let config = &web.app.config;
        request.conn_data::<Arc<Counted>>().is_some_and(|it| {
            it.count > config.limits.connections_per_ip
                && !config.trusted_proxies.iter().any(|proxy| proxy.contains(it.ip))
        })
    });
    if over {
        let mut answer = HttpResponse::TooManyRequests().force_close().finish();
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        return Ok(request.into_response(answer));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

#[cfg(test)]
mod tests {
    use std::{
        io::{ErrorKind, Write as _},
        net::{TcpListener, TcpStream},
    };

    use super::*;

    #[test]
    fn a_reader_who_stops_reading_is_let_go() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let _never_reads = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (mut writer, _) = listener.accept().unwrap();
        give_up_after(&writer, Duration::from_secs(1));
        // Far longer than it takes: without the limit this ends here, with another error.
        writer.set_write_timeout(Some(Duration::from_mins(1))).unwrap();
        let piece = vec![0; 65_536];
        let error = loop {
            if let Err(error) = writer.write_all(&piece) {
                break error;
            }
        };
        assert_eq!(error.kind(), ErrorKind::TimedOut, "{error}");
    }
}
