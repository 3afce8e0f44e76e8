-- When somebody's last place ended: in an account that was closed, on the day it was closed; at a desk whose accounts are all gone, with the last of
-- them; else now. Written by whatever takes a place away, so that nothing can forget to.
create or replace function accounts.place_ended() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  ended timestamptz;
begin
  if tg_table_name = 'membership' then
    select c.closed_at into ended from accounts.account_closure c where c.account_id = old.account_id and c.reopened_at is null;
  else
    select g.empty_since into ended from accounts.agency g
    where g.id = old.agency_id and not exists (select from accounts.account a where a.agency_id = g.id);
  end if;
  -- A moment later than anything before: who leaves one place of two a year after the other counts from the second.
  update accounts."user" u set last_place_ended_at = greatest(u.last_place_ended_at, coalesce(ended, accounts.clock())) where u.id = old.user_id;
  return null;
end $$;
drop trigger if exists place_ended on accounts.membership;
create trigger place_ended after delete on accounts.membership for each row execute function accounts.place_ended();
drop trigger if exists place_ended on accounts.agency_member;
create trigger place_ended after delete on accounts.agency_member for each row execute function accounts.place_ended();

-- When an agency's last account ended, by the same reckoning.
create or replace function accounts.account_ended() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update accounts.agency g set empty_since = greatest(g.empty_since, coalesce(
    (select c.closed_at from accounts.account_closure c where c.account_id = old.id and c.reopened_at is null), accounts.clock()))
  where g.id = old.agency_id;
  return null;
end $$;
drop trigger if exists account_ended on accounts.account;
create trigger account_ended after delete on accounts.account for each row execute function accounts.account_ended();

-- Deletes a person who has no place any more, in all accounts they ever were in; answers false where they have one, or are gone already. Sessions,
-- passkeys, keys of authenticator apps, recovery codes, devices, requests for links, other doors and closed announcements go with the row itself.
-- What else names a person, and what becomes of it:
--   notices read, choices of notices, and what
--   was mailed or pushed of them              deleted: nobody else's
--   invitations they sent that wait           withdrawn: they stood by what their maker may do
--   invitations they took, or that were
--   withdrawn and bear their address          the address goes; the line still counts among what was sent
--   invitations to them that wait             stay: the account's own wish, forgotten with the invitation
--   apps they let in                          disconnected, and the apps' tokens deleted
--   API tokens they made                      stay with the id: they have not worked since their maker left (ApiToken.MadeBy)
--   OAuth apps, announcements, snapshots,
--   pauses, stops, answers, closures, support
--   grants and visits, logs, the ledger       stay with the id alone, which names nobody any more: pages say "somebody who left"
--   acceptances of our texts                  stay with the id: our own proof
-- A module that keeps a person's name or address in its tables has a function forget_person in its schema.
create or replace function accounts.forget_person(person uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  address text;
  hook text;
begin
  select lower(u.email) into address from accounts."user" u where u.id = forget_person.person for update;
  if not found
    or exists (select from accounts.membership m where m.user_id = forget_person.person)
    or exists (select from accounts.agency_member m where m.user_id = forget_person.person) then
    return false;
  end if;
  delete from accounts.notice_reading r where r.user_id = forget_person.person;
  delete from accounts.notice_delivery d where d.user_id = forget_person.person;
  delete from accounts.notice_choice c where c.user_id = forget_person.person;
  update accounts.invitation i set withdrawn_at = accounts.clock()
  where i.invited_by = forget_person.person and i.taken_at is null and i.withdrawn_at is null;
  update accounts.invitation i set email = ''
  where i.taken_by = forget_person.person or (i.email = address and i.withdrawn_at is not null);
  delete from accounts.app_token t where t.subject = forget_person.person::text;
  update accounts.app_connection c set status = 'revoked', ended_at = accounts.clock()
  where c.user_id = forget_person.person and c.ended_at is null;
  for hook in
    select format('%I.%I', n.nspname, p.proname) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.proname = 'forget_person' and n.nspname not like 'pg\_%' and n.nspname <> 'accounts' order by 1
  loop
    execute format('select %s($1)', hook) using forget_person.person;
  end loop;
  delete from accounts."user" u where u.id = forget_person.person;
  return true;
end $$;

-- Deletes a sign-up whose address nobody confirmed within seven days by PostgreSQL's own clock, with its account and its agency; answers false where
-- it may not. The app may delete no ledger and no log, so this deletes none either: whoever was ever inside, or let a program in, is refused here, and so
-- is an account that is somebody else's too. The person's row is held from the first line: who presses the letter's button meanwhile either came
-- first, and stays, or finds nobody. Whom an invitation waits for is on the way: they may still come by that.
create or replace function accounts.drop_sign_up(person uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  address text;
  one record;
  gone bigint;
begin
  select lower(u.email) into address from accounts."user" u
  where u.id = drop_sign_up.person and not u.email_confirmed and u.created_at <= accounts.clock() - interval '168 hours' for update;
  if not found
    or exists (select from accounts.invitation i where i.email = address and i.taken_at is null and i.withdrawn_at is null and i.expires_at > accounts.clock())
    or exists (select from accounts.session s where s.user_id = drop_sign_up.person) then
    return false;
  end if;
  perform from accounts.account a
  where a.id in (select m.account_id from accounts.membership m where m.user_id = drop_sign_up.person) for update;
  if exists (
      select from accounts.membership m
      where m.user_id = drop_sign_up.person and (privacy.was_used(m.account_id)
        or exists (select from accounts.membership o where o.account_id = m.account_id and o.user_id <> m.user_id)))
    or exists (
      select from accounts.agency_member m
      where m.user_id = drop_sign_up.person and (
        exists (select from accounts.agency_member o where o.agency_id = m.agency_id and o.user_id <> m.user_id)
        or exists (select from accounts.account a where a.agency_id = m.agency_id
          and not exists (select from accounts.membership p where p.account_id = a.id and p.user_id = m.user_id)))) then
    return false;
  end if;
  for one in select m.account_id as id from accounts.membership m where m.user_id = drop_sign_up.person loop
    perform pg_advisory_xact_lock(20562, hashtext(one.id::text));
    loop
      select coalesce(sum(p.gone), 0) into gone from platform.purge_rows(one.id, 5000) p;
      exit when gone = 0;
    end loop;
    delete from accounts.account a where a.id = one.id;
  end loop;
  for one in select m.agency_id as id from accounts.agency_member m where m.user_id = drop_sign_up.person loop
    delete from accounts.agency g where g.id = one.id;
  end loop;
  -- Nobody ever said that the address is theirs: what was accepted in its name proves nothing.
  perform set_config('plura.purging', drop_sign_up.person::text, true);
  delete from accounts.acceptance a where a.user_id = drop_sign_up.person;
  perform set_config('plura.purging', '', true);
  return accounts.forget_person(drop_sign_up.person);
end $$;

revoke all on function accounts.forget_person(uuid) from public;
revoke all on function accounts.drop_sign_up(uuid) from public;
grant execute on function accounts.forget_person(uuid) to plura_app;
grant execute on function accounts.drop_sign_up(uuid) to plura_app;
