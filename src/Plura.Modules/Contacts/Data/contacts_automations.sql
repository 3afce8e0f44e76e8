-- What automations hear of contacts, set by set: who was added, and which tags came and went. What only brings back how it was (an import and its undo, a merge and its
-- parting, a return from the bin) is nobody's doing: it says so by plura.quiet, and nothing begins with it.
create or replace function contacts.tell_created() returns trigger language plpgsql as $$
begin
    if coalesce(current_setting('plura.quiet', true), '') <> 'on' then
        perform automations.happened('contact_created', array_agg(n.id order by n.id), array_agg(null::uuid)) from arrived n having count(*) > 0;
    end if;
    return null;
end $$;
drop trigger if exists tell_created on contacts.contact;
create trigger tell_created after insert on contacts.contact referencing new table as arrived for each statement execute function contacts.tell_created();

create or replace function contacts.tell_tagged() returns trigger language plpgsql as $$
begin
    if coalesce(current_setting('plura.quiet', true), '') <> 'on' then
        perform automations.happened('tag_added', array_agg(n.contact_id order by n.contact_id, n.tag_id), array_agg(n.tag_id order by n.contact_id, n.tag_id)) from arrived n having count(*) > 0;
    end if;
    return null;
end $$;
drop trigger if exists tell_tagged on contacts.contact_tag;
create trigger tell_tagged after insert on contacts.contact_tag referencing new table as arrived for each statement execute function contacts.tell_tagged();

create or replace function contacts.tell_untagged() returns trigger language plpgsql as $$
begin
    if coalesce(current_setting('plura.quiet', true), '') <> 'on' then
        perform automations.happened('tag_removed', array_agg(o.contact_id order by o.contact_id, o.tag_id), array_agg(o.tag_id order by o.contact_id, o.tag_id))
        from gone o join contacts.contact c on c.tenant_id = o.tenant_id and c.id = o.contact_id having count(*) > 0;
    end if;
    return null;
end $$;
drop trigger if exists tell_untagged on contacts.contact_tag;
create trigger tell_untagged after delete on contacts.contact_tag referencing old table as gone for each statement execute function contacts.tell_untagged();

-- Notes, and what was changed about a contact: once for each change, and once for each fact that changed.
create or replace function contacts.tell_noted() returns trigger language plpgsql as $$
begin
    perform automations.happened('note_added', array_agg(n.contact_id order by n.id), array_agg(null::uuid)) from arrived n having count(*) > 0;
    return null;
end $$;
drop trigger if exists tell_noted on contacts.note;
create trigger tell_noted after insert on contacts.note referencing new table as arrived for each statement execute function contacts.tell_noted();

create or replace function contacts.tell_changed() returns trigger language plpgsql as $$
begin
    if coalesce(current_setting('plura.quiet', true), '') <> 'on' and automations.listens(array['contact_changed', 'field_changed', 'contact_assigned']) then
        perform automations.happened('contact_changed', array_agg(n.contact_id order by n.id), array_agg(null::uuid)) from arrived n where n.what = 'edited' having count(*) > 0;
        perform automations.happened('field_changed', array_agg(n.contact_id order by n.id, k), array_agg(automations.thing('field', k) order by n.id, k))
        from arrived n, jsonb_object_keys(n.values) k where n.what = 'edited' having count(*) > 0;
        perform automations.happened('contact_assigned', array_agg(n.contact_id order by n.id), array_agg(null::uuid)) from arrived n where n.what = 'assigned' having count(*) > 0;
    end if;
    return null;
end $$;
drop trigger if exists tell_changed on contacts.contact_change;
create trigger tell_changed after insert on contacts.contact_change referencing new table as arrived for each statement execute function contacts.tell_changed();
