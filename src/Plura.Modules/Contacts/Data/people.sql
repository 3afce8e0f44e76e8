-- Called by accounts.forget_person: a person's sign-in is deleted, so their name goes from the stories, notes and files of contacts and companies, from the
-- bins and from imports; what was assigned to them is nobody's, where the filter for what waits for somebody finds it, and they follow nobody. Their id stays.
create or replace function contacts.forget_person(person uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  update contacts.contact c set assignee_id = null where c.assignee_id = forget_person.person;
  update contacts.company k set assignee_id = null where k.assignee_id = forget_person.person;
  -- What was only theirs is the account's.
  update contacts.smart_list s set owner_id = null where s.owner_id = forget_person.person;
  delete from contacts.contact_follower f where f.user_id = forget_person.person;
  -- The bins name who deleted, the stories also by id: asked before those forget the name.
  update contacts.bin b set deleted_by = 'somebody who left' from contacts.contact_change c
  where c.by_id = forget_person.person and c.what = 'deleted' and b.tenant_id = c.tenant_id and b.id = c.contact_id and b.deleted_by = c."by";
  update contacts.company_bin b set deleted_by = 'somebody who left' from contacts.company_change c
  where c.by_id = forget_person.person and c.what = 'deleted' and b.tenant_id = c.tenant_id and b.id = c.company_id and b.deleted_by = c."by";
  update contacts.company_change c set "by" = 'somebody who left' where c.by_id = forget_person.person;
  update contacts.contact_change c set "by" = 'somebody who left' where c.by_id = forget_person.person;
  update contacts.note_version v set "by" = 'somebody who left' from contacts.note n
  where n.by_id = forget_person.person and n.tenant_id = v.tenant_id and n.id = v.note_id and v."by" = n."by";
  update contacts.note n set "by" = 'somebody who left' where n.by_id = forget_person.person;
  update contacts.attachment f set "by" = 'somebody who left' where f.by_id = forget_person.person;
  update contacts.field_file f set "by" = 'somebody who left' where f.by_id = forget_person.person;
  update contacts.task t set created_by = 'somebody who left' where t.created_by_id = forget_person.person;
  update contacts.task t set assignee_id = null where t.assignee_id = forget_person.person;
  update contacts.import i set started_by = 'somebody who left' where i.started_by_id = forget_person.person;
  update contacts.import i set undo_result = jsonb_set(i.undo_result::jsonb, '{by}', '"somebody who left"')
  where i.undo_result is not null and i.undo_result::jsonb ->> 'byId' = forget_person.person::text;
  update contacts.bulk_action a set started_by = 'somebody who left' where a.started_by_id = forget_person.person;
  update contacts.bulk_action a set undone_by = 'somebody who left' where a.undone_by_id = forget_person.person;
  update contacts.bulk_action a set value = a.value || '{"assigneeName": "somebody who left"}' where a.value ->> 'assignee' = forget_person.person::text;
  update contacts.not_same n set "by" = 'somebody who left' where n.by_id = forget_person.person;
  -- Of what a merge would put back, their assignment and their following are left out by whoever parts it: they are asked for then.
  update contacts.merge m set "by" = 'somebody who left' where m.by_id = forget_person.person;
  update contacts.merge m set undone_by = 'somebody who left' where m.undone_by_id = forget_person.person;
  update contacts.bulk_batch b set before = array_replace(b.before, forget_person.person::text, null) where forget_person.person::text = any (b.before);
$$;
revoke all on function contacts.forget_person(uuid) from public;
