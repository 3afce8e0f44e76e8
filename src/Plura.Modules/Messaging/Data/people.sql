-- Called by accounts.forget_person: letters of the installation to somebody whose sign-in is deleted have names in them. The one that says it is done
-- stays until it has gone out, and goes with all old letters (LetterTidying).
create or replace function messaging.forget_person(person uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  delete from messaging.posted_letter l where l.recipient_id = forget_person.person and not l.to_operator and l.kind <> 'sign_in_deleted'
$$;
revoke all on function messaging.forget_person(uuid) from public;
