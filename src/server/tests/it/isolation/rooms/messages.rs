//! What the first tenant has of channels and messages.

use super::{AGENT, NAME, PHONE, VISIT};
use store::{Tx, execute};

pub async fn furnish(tx: &mut Tx, (tenant, at): (i64, i64)) {
    execute!(
        tx,
        "INSERT INTO channel_configurations (tenant_id, id, channel_type, enabled, \
        configured, config_public, templates, created_at, updated_at) \
        VALUES ($1, $2, 'sms', 1, 1, '{\"sender\":\"Vaucluse\"}', '{}', $3, $3)",
        tenant,
        AGENT,
        at
    )
    .unwrap();
    execute!(
        tx,
        "INSERT INTO channel_messages_log (tenant_id, id, channel_type, idempotency_key, \
        to_address, message_class, origin, content, status, cause_kind, cause_id, \
        created_at, updated_at) \
        VALUES ($1, $2, 'sms', 'k', $3, 'transactional', 'reminder', $4, 'sent', 'tenant', \
        '', $5, $5)",
        tenant,
        VISIT,
        PHONE,
        NAME,
        at
    )
    .unwrap();
    execute!(
        tx,
        "INSERT INTO stop_list (tenant_id, channel_type, address_hash, masked, source, \
        stopped_at) VALUES ($1, 'sms', $2, '+33XXXXXX77', 'word', $3)",
        tenant,
        NAME,
        at
    )
    .unwrap();
}
