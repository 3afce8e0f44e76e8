-- Figures for the public policy page: counts over the whole installation, nothing else. Each is a look that can fail.

-- Marketing decisions about somebody who had said no before: how many were allowed all the same.
create or replace function privacy.check_refusals() returns table (failures bigint, population bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where outcome = 'allow'), count(*)
  from (
    select distinct d.tenant_id, d.id, d.outcome
    from privacy.consent_event r
    join privacy.decision d on d.tenant_id = r.tenant_id and d.address_key = r.address_key and d.channel = r.channel and d.at > r.recorded_at
    where r.act in ('withdrawn', 'denied') and r.topic in (d.topic, 'all') and d.category = 'marketing'
      and not exists (
        select from privacy.consent_event g
        where g.tenant_id = r.tenant_id and g.address_key = r.address_key and g.channel = r.channel and g.topic in (d.topic, 'all')
          and g.act = 'granted' and privacy.is_own(g.act, g.how) and g.seq > r.seq and g.recorded_at <= d.at)) asked
$$;

-- Marketing decisions since then that were allowed: how many name no permission with a known origin.
create or replace function privacy.check_permissions(since timestamptz) returns table (failures bigint, population bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where not d.reasons @? '$[*] ? (@.rule == "no_consent" && (@.facts.proof == "attested" || @.facts.proof == "proven"))'), count(*)
  from privacy.decision d
  where d.outcome = 'allow' and d.category = 'marketing' and d.at > since
$$;

-- Addresses whose person said no at some time: how many hold a permission that the person did not give.
create or replace function privacy.check_returned() returns table (failures bigint, population bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where s.act in ('granted', 'attested') and not s.own), count(*)
  from (select distinct tenant_id, address_key, channel, topic from privacy.consent_event where act in ('withdrawn', 'denied') and address_key is not null) r
  join privacy.consent_state s using (tenant_id, address_key, channel, topic)
$$;

-- Ledger events: how many do not follow the one before them.
create or replace function privacy.check_chain() returns table (failures bigint, population bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where seq <> coalesce(last_seq, 0) + 1 or (last_hash is not null and prev_hash <> last_hash)), count(*)
  from (
    select seq, prev_hash, lag(seq) over w as last_seq, lag(hash) over w as last_hash
    from privacy.consent_event window w as (partition by tenant_id order by seq)) e
$$;

do $$
declare f text;
begin
  foreach f in array array['check_refusals()', 'check_permissions(timestamptz)', 'check_returned()', 'check_chain()'] loop
    execute format('revoke all on function privacy.%s from public', f);
    execute format('grant execute on function privacy.%s to plura_app', f);
  end loop;
end $$;
