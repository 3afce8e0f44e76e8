-- Called by platform.purge_rows before an account's rows go, again and again until nothing is left: the farthest end counts. The app cannot write
-- here, so it cannot excuse a chain that was cut.
revoke insert, update, delete on privacy.ended_chain from plura_app;

create or replace function privacy.before_purge(account uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  insert into privacy.ended_chain as e (account_id, ledger_seq, ledger_hash, audit_seq, audit_hash)
  select before_purge.account, coalesce(l.seq, 0), l.hash, coalesce(a.seq, 0), a.hash
  from (select) one
  left join lateral (select c.seq, c.hash from privacy.consent_event c where c.tenant_id = before_purge.account order by c.seq desc limit 1) l on true
  left join lateral (select k.seq, k.hash from privacy.audit_link k where k.tenant_id = before_purge.account order by k.seq desc limit 1) a on true
  on conflict (account_id) do update set
    ledger_hash = case when excluded.ledger_seq > e.ledger_seq then excluded.ledger_hash else e.ledger_hash end,
    ledger_seq = greatest(e.ledger_seq, excluded.ledger_seq),
    audit_hash = case when excluded.audit_seq > e.audit_seq then excluded.audit_hash else e.audit_hash end,
    audit_seq = greatest(e.audit_seq, excluded.audit_seq)
$$;
revoke all on function privacy.before_purge(uuid) from public;

-- Whether anybody ever did something in an account. One in which nobody did has a log of the product's own entries at most, and no ledger.
create or replace function privacy.was_used(account uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from privacy.consent_event c where c.tenant_id = was_used.account)
    or exists (select from privacy.audit_entry e where e.tenant_id = was_used.account and e.actor_kind <> 'system')
$$;
revoke all on function privacy.was_used(uuid) from public;
