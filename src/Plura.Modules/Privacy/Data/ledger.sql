-- The fold of the consent ledger, said once: the live projection, its rebuild, an undo and every as-of question use these.

-- A refusal counts as the person's own whoever wrote it down; a permission only when it came through a door that the person walked through.
create or replace function privacy.is_own(act text, how text) returns boolean language sql immutable parallel safe as $$
  select act in ('withdrawn', 'denied')
      or (act = 'granted' and how in ('form', 'double_opt_in', 'preference_page', 'unsubscribe_page', 'text'))
$$;

create or replace function privacy.proof_level(act text, how text, has_wording boolean, has_source boolean) returns text language sql immutable parallel safe as $$
  select case
    when act in ('withdrawn', 'denied') and how not in ('import', 'api', 'staff', 'merge') then 'proven'
    when how in ('form', 'double_opt_in', 'preference_page', 'unsubscribe_page', 'text') and has_wording then 'proven'
    when how in ('form', 'double_opt_in', 'preference_page', 'unsubscribe_page', 'text') then 'attested'
    when has_wording or has_source then 'attested'
    else 'none'
  end
$$;

-- Every statement about every address, one row each; retracted_seq says which event took it back.
create or replace view privacy.consent_claim with (security_invoker = true) as
select e.tenant_id, e.address_key, e.channel, e.topic, e.act, e.how, e.occurred_at, e.expires_at,
       privacy.proof_level(e.act, e.how, e.wording_hash is not null, e.source is not null) as proof,
       privacy.is_own(e.act, e.how) as own, e.seq,
       r.seq as retracted_seq
from privacy.consent_event e
left join (select tenant_id, retracts, min(seq) as seq from privacy.consent_event where retracts is not null group by 1, 2) r
    on r.tenant_id = e.tenant_id and r.retracts = e.id
where e.address_key is not null and e.act in ('granted', 'denied', 'withdrawn', 'attested')
union all
select m.tenant_id, m.address_key, e.channel, e.topic, e.act, e.how, e.occurred_at, e.expires_at,
       privacy.proof_level(e.act, e.how, e.wording_hash is not null, e.source is not null),
       privacy.is_own(e.act, e.how), e.seq,
       r.seq
from privacy.consent_member m
join privacy.consent_event e on e.tenant_id = m.tenant_id and e.seq = m.seq
left join (select tenant_id, retracts, min(seq) as seq from privacy.consent_event where retracts is not null group by 1, 2) r
    on r.tenant_id = e.tenant_id and r.retracts = e.id
where e.address_key is null and e.act = 'attested';

grant select on privacy.consent_claim to plura_app;

-- An index for retractions, of which there are few.
create index if not exists consent_event_retracts on privacy.consent_event (tenant_id, retracts) where retracts is not null;

-- What held for one account after its event number upto (null: now).
create or replace function privacy.consent_fold(tenant uuid, upto bigint)
returns table (address_key uuid, channel text, topic text, act text, how text, occurred_at timestamptz, expires_at timestamptz, proof text, own boolean, seq bigint)
language sql stable as $$
  select distinct on (c.address_key, c.channel, c.topic)
         c.address_key, c.channel, c.topic, c.act, c.how, c.occurred_at, c.expires_at, c.proof, c.own, c.seq
  from privacy.consent_claim c
  where c.tenant_id = tenant
    and (upto is null or c.seq <= upto)
    and (c.retracted_seq is null or (upto is not null and c.retracted_seq > upto))
  order by c.address_key, c.channel, c.topic, c.own desc, c.seq desc
$$;

-- The last event of every account: ids and hashes only. It crosses accounts because an anchor covers the whole installation.
create or replace function privacy.ledger_heads() returns table (tenant_id uuid, seq bigint, hash bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive tenant as (
    (select e.tenant_id from privacy.consent_event e order by e.tenant_id limit 1)
    union all
    select (select e.tenant_id from privacy.consent_event e where e.tenant_id > t.tenant_id order by e.tenant_id limit 1)
    from tenant t where t.tenant_id is not null)
  select t.tenant_id, h.seq, h.hash
  from tenant t
  cross join lateral (select e.seq, e.hash from privacy.consent_event e where e.tenant_id = t.tenant_id order by e.seq desc limit 1) h
  where t.tenant_id is not null
  order by t.tenant_id
$$;
revoke all on function privacy.ledger_heads() from public;
grant execute on function privacy.ledger_heads() to plura_app;

-- Which of these (account, number, hash) the ledger does not hold: more than none means that it is behind its anchor, or another one.
create or replace function privacy.ledger_misses(tenants uuid[], seqs bigint[], hashes bytea[]) returns table (tenant_id uuid, seq bigint, found bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.tenant_id, a.seq, e.hash
  from unnest(tenants, seqs, hashes) as a(tenant_id, seq, hash)
  left join privacy.consent_event e on e.tenant_id = a.tenant_id and e.seq = a.seq
  where e.hash is distinct from a.hash
    -- Not those of an account that was deleted when its time was over, up to where its chain ended.
    and not exists (select from privacy.ended_chain x where x.account_id = a.tenant_id and x.ledger_seq >= a.seq)
$$;
revoke all on function privacy.ledger_misses(uuid[], bigint[], bytea[]) from public;
grant execute on function privacy.ledger_misses(uuid[], bigint[], bytea[]) to plura_app;
