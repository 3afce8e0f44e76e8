-- What hangs on a contact is seen by whoever sees the contact (contacts.sql, policy "assigned").
do $$
declare hanging text;
begin
    foreach hanging in array array['note', 'note_version', 'attachment'] loop
        execute format('drop policy if exists assigned on contacts.%I', hanging);
        execute format('create policy assigned on contacts.%1$I as restrictive for select to plura_narrow using (
            exists (select from contacts.contact c where c.tenant_id = %1$I.tenant_id and c.id = %1$I.contact_id))', hanging);
    end loop;
end $$;

-- A task is theirs who do it, and theirs who look after its contact.
drop policy if exists assigned on contacts.task;
create policy assigned on contacts.task as restrictive to plura_narrow using (
    coalesce(assignee_id = any (string_to_array((select current_setting('plura.assignees', true)), ',')::uuid[]), false)
    or exists (select from contacts.contact c where c.tenant_id = task.tenant_id and c.id = task.contact_id));

alter table contacts.task drop constraint if exists task_repeat;
alter table contacts.task add constraint task_repeat check (repeat in ('none', 'daily', 'weekly', 'monthly', 'yearly') and (repeat = 'none' or due_day is not null));
