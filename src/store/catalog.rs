//! What tenants have set up: read whole, written by `apply`.

use std::{collections::BTreeMap, sync::Arc};

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::{Batch, Result, Row, Tx, args, endpoint, json};
use crate::domain::{
    Locale, Timestamp,
    age::Minors,
    catalog::{Catalog, Form, Notice, Purpose, Tenant, Wording},
    country::{Country, Place},
    field::{self, Field},
    host::HostName,
    id::{PurposeId, TenantId},
    own_texts::OwnTexts,
    setup::{Frequency, Receipts},
    theme::{Picture, Theme},
    tree::Reader,
};

/// The version of what is set up; it rises with every change.
///
/// # Errors
/// The database failed.
pub async fn version(tx: &mut Tx) -> Result<i64> {
    let row = tx.first("SELECT version FROM catalog WHERE one = 1", args![]).await?;
    row.map_or(Ok(0), |it| it.int(0))
}

/// Raises the version and locks it, so that two instances never set things up at once.
///
/// # Errors
/// The database failed.
pub async fn raise(tx: &mut Tx) -> Result<()> {
    tx.execute("UPDATE catalog SET version = version + 1 WHERE one = 1", args![]).await.map(|_| ())
}

/// Locks the version without raising it: what is set up stays as it is until the end of the transaction.
///
/// # Errors
/// The database failed.
pub async fn hold(tx: &mut Tx) -> Result<()> {
    tx.execute("UPDATE catalog SET version = version WHERE one = 1", args![]).await.map(|_| ())
}

/// Reads everything.
///
/// # Errors
/// The database failed, or a row is not what this program writes.
pub async fn load(tx: &mut Tx) -> Result<Catalog> {
    let version = version(tx).await?;
    let mut wordings = wordings(tx).await?;
    let mut notices = notices(tx).await?;
    let mut purposes: BTreeMap<TenantId, Vec<Purpose>> = BTreeMap::new();
    let rows = tx
        .all(
            "SELECT tenant_id, id, slug, frequency, retired_at, retention_days FROM purpose ORDER BY position, slug",
            args![],
        )
        .await?;
    for row in &rows {
        let id: PurposeId = row.parse(1)?;
        purposes.entry(row.parse(0)?).or_default().push(Purpose {
            id,
            slug: row.text(2)?,
            frequency: row.read(3, Frequency::parse)?,
            retired_at: row.maybe_at(4)?,
            retention_days: row.maybe_int(5)?.and_then(|it| u32::try_from(it).ok()),
            wordings: wordings.remove(&id).unwrap_or_default(),
        });
    }
    let (mut tenants, mut hosts) = (BTreeMap::new(), BTreeMap::new());
    let rows = tx
        .all(
            "SELECT id, slug, name, legal, contact, from_name, from_address, locale, receipts, country, storage, dpo,
                 transfer, test, hosts, texts, theme
             FROM tenant",
            args![],
        )
        .await?;
    for row in &rows {
        let id: TenantId = row.parse(0)?;
        let tenant = Tenant {
            id,
            slug: row.text(1)?,
            name: row.text(2)?,
            legal: row.text(3)?,
            contact: row.text(4)?,
            from_name: row.text(5)?,
            from_address: row.text(6)?,
            locale: row.read(7, Locale::from_tag)?,
            receipts: row.read(8, Receipts::parse)?,
            country: row.maybe_read(9, |it| Country::parse(it).ok())?,
            storage: row.maybe_read(10, |it| Place::parse(it).ok())?,
            test: row.flag(13)?,
            purposes: purposes.remove(&id).unwrap_or_default(),
            notice: notices.remove(&id),
            dpo: row.maybe_text(11)?,
            transfer: row.maybe_text(12)?,
            hosts: row.read(14, read_hosts)?,
            texts: row.read(15, read_texts)?,
            theme: read_theme(row)?,
        };
        hosts.extend(tenant.hosts.iter().map(|it| (it.as_str().to_owned(), id)));
        tenants.insert(id, Arc::new(tenant));
    }
    let forms = forms(tx, &tenants).await?;
    let endpoints = endpoint::all(tx).await?.into_iter().map(|it| (it.id, Arc::new(it))).collect();
    let given = super::disclosure::names(tx).await?;
    Ok(Catalog { version, tenants, forms, endpoints, hosts, given })
}

fn read_hosts(text: &str) -> Option<Vec<HostName>> {
    text.split_whitespace().map(|it| HostName::parse(it).ok()).collect()
}

/// A theme is stored as lines; none of them: the tenant has none.
fn read_theme(row: &Row) -> Result<Option<Theme>> {
    let lines = row.text(16)?;
    if lines.is_empty() { Ok(None) } else { row.read(16, Theme::from_lines).map(Some) }
}

/// Own texts are stored as JSON: `{"fr": {"key": "text"}}`.
fn read_texts(text: &str) -> Option<OwnTexts> {
    let stored: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(text).ok()?;
    let texts = stored.into_iter().map(|(tag, texts)| Some((Locale::from_tag(&tag)?, texts)));
    texts.collect::<Option<BTreeMap<_, _>>>().map(OwnTexts::from)
}

fn texts_json(texts: &OwnTexts) -> String {
    let mut stored: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for (locale, key, text) in texts.iter() {
        stored.entry(locale.tag()).or_default().insert(key, text);
    }
    serde_json::json!(stored).to_string()
}

/// The newest wording of each purpose and language.
async fn wordings(tx: &mut Tx) -> Result<BTreeMap<PurposeId, BTreeMap<Locale, Wording>>> {
    let rows = tx
        .all(
            "SELECT purpose_id, id, locale, version, name, body, sha256 FROM wording ORDER BY version",
            args![],
        )
        .await?;
    let mut found: BTreeMap<PurposeId, BTreeMap<Locale, Wording>> = BTreeMap::new();
    for row in &rows {
        let locale = row.read(2, Locale::from_tag)?;
        let wording = Wording {
            id: row.parse(1)?,
            locale,
            version: row.int(3)?,
            name: row.text(4)?,
            body: row.text(5)?,
            sha256: row.text(6)?,
        };
        found.entry(row.parse(0)?).or_default().insert(locale, wording);
    }
    Ok(found)
}

fn read_notice(row: &Row) -> Result<Notice> {
    Ok(Notice { version: row.int(1)?, facts: row.text(2)?, sha256: row.text(3)?, created_at: row.at(4)? })
}

/// The newest notice of each tenant.
async fn notices(tx: &mut Tx) -> Result<BTreeMap<TenantId, Notice>> {
    let rows = tx
        .all(
            "SELECT tenant_id, version, facts, sha256, created_at FROM notice
             WHERE version = (SELECT MAX(newest.version) FROM notice newest WHERE newest.tenant_id = notice.tenant_id)",
            args![],
        )
        .await?;
    let mut found = BTreeMap::new();
    for row in &rows {
        found.insert(row.parse(0)?, read_notice(row)?);
    }
    Ok(found)
}

/// One version of a tenant's notice.
///
/// # Errors
/// The database failed.
pub async fn notice(tx: &mut Tx, tenant: TenantId, version: i64) -> Result<Option<Notice>> {
    let row = tx
        .first(
            "SELECT tenant_id, version, facts, sha256, created_at FROM notice WHERE tenant_id = $1 AND version = $2",
            args![tenant, version],
        )
        .await?;
    row.as_ref().map(read_notice).transpose()
}

/// The notices of a tenant, the newest first, of versions before `before`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn notices_of(tx: &mut Tx, tenant: TenantId, before: i64, limit: i64) -> Result<Vec<Notice>> {
    let rows = tx
        .all(
            "SELECT tenant_id, version, facts, sha256, created_at FROM notice
             WHERE tenant_id = $1 AND version < $2 ORDER BY version DESC LIMIT $3",
            args![tenant, before, limit],
        )
        .await?;
    rows.iter().map(read_notice).collect()
}

async fn forms(
    tx: &mut Tx,
    tenants: &BTreeMap<TenantId, Arc<Tenant>>,
) -> Result<BTreeMap<String, Arc<Form>>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, slug, purposes, origins, titles, version, closes_at, fields, sha256, minors,
                 next_urls
             FROM form",
            args![],
        )
        .await?;
    let mut found = BTreeMap::new();
    for row in &rows {
        let (tenant, slug): (TenantId, _) = (row.parse(0)?, row.text(2)?);
        let own = tenants.get(&tenant).map(|it| it.locale);
        let form = Form {
            id: row.parse(1)?,
            tenant,
            slug: slug.clone(),
            purposes: row.read(3, |text| text.split_whitespace().map(|it| it.parse().ok()).collect())?,
            origins: row.maybe_read(4, |text| Some(words(text)))?,
            next: words(&row.text(11)?),
            titles: row.read(5, read_titles)?,
            version: row.int(6)?,
            closes_at: row.maybe_at(7)?,
            fields: row.read(8, |text| read_fields(text, own))?,
            sha256: row.text(9)?,
            minors: row.maybe_read(10, Minors::read)?,
        };
        found.insert(slug, Arc::new(form));
    }
    Ok(found)
}

/// A list of addresses is stored as one text, as no address has a space in it.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Titles are stored one per line, `en Sign up for news`: a title is one line by its type.
fn read_titles(text: &str) -> Option<BTreeMap<Locale, String>> {
    text.lines()
        .map(|line| line.split_once(' ').and_then(|(tag, it)| Some((Locale::from_tag(tag)?, it.to_owned()))))
        .collect()
}

/// Fields are stored as JSON; each keeps the languages it was published in. Readers of another see the tenant's `own`,
/// or the first there is where the tenant has changed its language since.
fn read_fields(text: &str, own: Option<Locale>) -> Option<Vec<Field>> {
    let stored = json::read(text)?;
    [own, None].into_iter().find_map(|own| {
        let mut reader = Reader::default();
        let read = field::read_list(&mut reader, &stored, own);
        reader.end(read).ok()
    })
}

/// Writes a tenant, new or changed. Its purposes and notice are written on their own.
pub fn put_tenant(batch: &mut Batch, tenant: &Tenant, now: Timestamp) {
    let Tenant {
        id,
        slug,
        name,
        legal,
        contact,
        from_name,
        from_address,
        locale,
        receipts,
        country,
        storage,
        test,
        purposes: _,
        notice: _,
        dpo,
        transfer,
        hosts,
        texts,
        theme,
    } = tenant;
    let hosts: Vec<&str> = hosts.iter().map(HostName::as_str).collect();
    batch.add(
        "INSERT INTO tenant (id, slug, name, legal, contact, from_name, from_address, locale, receipts, country,
             storage, dpo, transfer, test, hosts, texts, theme, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, legal = excluded.legal,
             contact = excluded.contact, from_name = excluded.from_name,
             from_address = excluded.from_address, locale = excluded.locale,
             receipts = excluded.receipts, country = excluded.country, storage = excluded.storage,
             dpo = excluded.dpo, transfer = excluded.transfer, test = excluded.test,
             hosts = excluded.hosts, texts = excluded.texts, theme = excluded.theme",
        args![
            *id,
            slug,
            name,
            legal,
            contact,
            from_name,
            from_address,
            *locale,
            receipts.as_str(),
            country.map(Country::code),
            storage.map(Place::code),
            dpo.as_deref(),
            transfer.as_deref(),
            *test,
            hosts.join(" "),
            texts_json(texts),
            theme.as_ref().map(Theme::to_lines).unwrap_or_default(),
            now
        ],
    );
}

/// Writes a purpose, new or changed, at its place in the order. Its wordings are written on their own.
pub fn put_purpose(batch: &mut Batch, tenant: TenantId, purpose: &Purpose, position: i64, now: Timestamp) {
    let Purpose { id, slug, frequency, retired_at, retention_days, wordings: _ } = purpose;
    batch.add(
        "INSERT INTO purpose (tenant_id, id, slug, frequency, position, retired_at, retention_days, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (tenant_id, id) DO UPDATE SET frequency = excluded.frequency,
             position = excluded.position, retired_at = excluded.retired_at,
             retention_days = excluded.retention_days",
        args![
            tenant,
            *id,
            slug,
            frequency.as_str(),
            position,
            *retired_at,
            retention_days.map(i64::from),
            now
        ],
    );
}

/// Publishes a wording. There is no way to change one.
pub fn add_wording(
    batch: &mut Batch,
    tenant: TenantId,
    purpose: &Purpose,
    wording: &Wording,
    now: Timestamp,
) {
    let Wording { id, locale, version, name, body, sha256 } = wording;
    batch.add(
        "INSERT INTO wording (tenant_id, id, purpose_id, locale, version, name, body, frequency, sha256, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args![tenant, *id, purpose.id, *locale, *version, name, body, purpose.frequency.as_str(), sha256, now],
    );
}

/// Publishes a notice. There is no way to change one.
pub fn add_notice(batch: &mut Batch, tenant: TenantId, notice: &Notice) {
    let Notice { version, facts, sha256, created_at } = notice;
    batch.add(
        "INSERT INTO notice (tenant_id, version, facts, sha256, created_at) VALUES ($1, $2, $3, $4, $5)",
        args![tenant, *version, facts, sha256, *created_at],
    );
}

/// Writes a form, new or changed.
pub fn put_form(batch: &mut Batch, form: &Form, now: Timestamp) {
    let Form {
        id,
        tenant,
        slug,
        purposes,
        origins,
        next,
        titles,
        version,
        closes_at,
        fields,
        sha256,
        minors,
    } = form;
    let purposes: Vec<String> = purposes.iter().map(ToString::to_string).collect();
    let titles: Vec<String> = titles.iter().map(|(locale, it)| format!("{} {it}", locale.tag())).collect();
    batch.add(
        "INSERT INTO form (tenant_id, id, slug, purposes, origins, next_urls, titles, version, closes_at, fields,
             sha256, minors, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (tenant_id, id) DO UPDATE SET purposes = excluded.purposes, origins = excluded.origins,
             next_urls = excluded.next_urls, titles = excluded.titles, version = excluded.version,
             closes_at = excluded.closes_at,
             fields = excluded.fields, sha256 = excluded.sha256, minors = excluded.minors",
        args![
            *tenant,
            *id,
            slug,
            purposes.join(" "),
            origins.as_ref().map(|it| it.join(" ")),
            next.join(" "),
            titles.join("\n"),
            *version,
            *closes_at,
            json::write(&field::write_list(fields)),
            sha256,
            minors.map(Minors::written),
            now
        ],
    );
}

/// Keeps a picture of a tenant; the same one twice is one.
pub fn put_logo(batch: &mut Batch, tenant: TenantId, picture: &Picture, now: Timestamp) {
    let Picture { logo, data } = picture;
    batch.add(
        "INSERT INTO logo (tenant_id, sha256, media_type, data, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, sha256) DO NOTHING",
        args![tenant, &logo.sha256, logo.kind.media_type(), BASE64_STANDARD.encode(data), now],
    );
}

/// The file of a picture.
///
/// # Errors
/// The database failed.
pub async fn logo(tx: &mut Tx, tenant: TenantId, sha256: &str) -> Result<Option<Vec<u8>>> {
    let row =
        tx.first("SELECT data FROM logo WHERE tenant_id = $1 AND sha256 = $2", args![tenant, sha256]).await?;
    row.map(|it| it.read(0, |data| BASE64_STANDARD.decode(data).ok())).transpose()
}
