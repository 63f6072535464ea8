//! Where a reader of a list is: the last item they got, marked (HMAC) for the tenant, the list and its filters.
//!
//! Nothing is stored, and what is added to the list meanwhile neither moves the place nor is lost. A cursor says nothing
//! that its reader was not shown, so it is not sealed.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};

use super::App;
use crate::{crypto::mac, domain::id::TenantId};

/// Bytes of the mark: enough that nobody finds another's, and short in an address.
const MARK: usize = 16;

/// The cursor behind the item `last` of `list`, which names the list and its filters.
pub fn mint(app: &App, tenant: TenantId, list: &str, last: &str) -> String {
    let mark = app.keys.cursor(tenant, list, last);
    let bytes: Vec<u8> = mark.iter().take(MARK).chain(last.as_bytes()).copied().collect();
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The item a cursor of this tenant and list stands behind; `None` when it is from elsewhere.
pub fn open(app: &App, tenant: TenantId, list: &str, cursor: &str) -> Option<String> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (mark, last) = bytes.split_at_checked(MARK)?;
    let last = std::str::from_utf8(last).ok()?;
    let wanted = app.keys.cursor(tenant, list, last);
    mac::equal(mark, wanted.get(..MARK)?).then(|| last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::testing::House;

    #[tokio::test]
    async fn a_cursor_opens_for_its_tenant_list_and_filters_alone() {
        let house = House::new().await;
        let (acme, other) = (house.tenant("acme").id, house.tenant("other").id);
        let cursor = mint(&house.app, acme, "/v1/things\nkind=a", "é-7");
        let open = |tenant, list: &str, text: &str| open(&house.app, tenant, list, text);
        assert_eq!(open(acme, "/v1/things\nkind=a", &cursor).as_deref(), Some("é-7"));
        assert_eq!(open(other, "/v1/things\nkind=a", &cursor), None);
        assert_eq!(open(acme, "/v1/things\nkind=b", &cursor), None);
        assert_eq!(open(acme, "/v1/things", &cursor), None);
        for wrong in ["", "A", "é", "AAAA", &format!("{cursor}A"), &cursor.replacen(|_| true, "_", 1)] {
            assert_eq!(open(acme, "/v1/things\nkind=a", wrong), None, "{wrong}");
        }
    }
}
