-- Who got which template lately.

CREATE INDEX outbox_recent ON outbox (conversation_id, template_id, created_at) WHERE template_id <> 0;
