-- Called by accounts.forget_person: a person's sign-in is deleted. What they looked after is nobody's; who wrote a message stays as an id, which names
-- nobody any more. What they had begun to write goes, and that they were called by name.
create or replace function conversations.forget_person(person uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update conversations.conversation c set assignee_id = null where c.assignee_id = forget_person.person;
  delete from conversations.draft d where d.user_id = forget_person.person;
  delete from conversations.mention m where m.user_id = forget_person.person;
  delete from conversations.presence p where p.user_id = forget_person.person;
  update conversations.inbox_setting i set people = array_remove(i.people, forget_person.person), last_given = nullif(i.last_given, forget_person.person) where forget_person.person = any (i.people) or i.last_given = forget_person.person;
  -- What was only theirs is the account's, under a name that is free; a view of what they looked after shows what nobody does.
  update conversations.inbox_view v set owner_id = null, name = left(v.name, 26) || ' ' || right(v.id::text, 12), normal = lower(left(v.name, 26)) || ' ' || right(v.id::text, 12) where v.owner_id = forget_person.person;
  update conversations.inbox_view v set assignee = 'none' where v.assignee = forget_person.person::text;
  update conversations.snippet s set assign = null where s.assign = forget_person.person::text;
$$;
revoke all on function conversations.forget_person(uuid) from public;
