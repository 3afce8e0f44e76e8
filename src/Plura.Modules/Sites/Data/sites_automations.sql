-- Automations hear who filled in which form.
create or replace function sites.tell_submitted() returns trigger language plpgsql as $$
begin
    perform automations.happened('form_submitted', array_agg(n.contact_id order by n.id), array_agg(n.form_id order by n.id)) from arrived n having count(*) > 0;
    return null;
end $$;
drop trigger if exists tell_submitted on sites.form_submission;
create trigger tell_submitted after insert on sites.form_submission referencing new table as arrived for each statement execute function sites.tell_submitted();
