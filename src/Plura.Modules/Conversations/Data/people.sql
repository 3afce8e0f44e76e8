-- Called by accounts.forget_person: a person's sign-in is deleted. What they looked after is nobody's; who wrote a message stays as an id, which names
-- nobody any more.
create or replace function conversations.forget_person(person uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update conversations.conversation c set assignee_id = null where c.assignee_id = forget_person.person;
$$;
revoke all on function conversations.forget_person(uuid) from public;
