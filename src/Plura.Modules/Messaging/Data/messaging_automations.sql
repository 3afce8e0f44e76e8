-- Automations hear what became of messages: openings and clicks by people only, each opening once. What was simply taken by the other side is told by Round.cs.
create or replace function messaging.tell_event() returns trigger language plpgsql as $$
begin
    if automations.listens(array['message_opened', 'message_clicked', 'message_bounced', 'message_complained', 'message_unsubscribed', 'message_delivered']) then
        perform automations.happened('message_' || h.kind, h.contacts, h.things) from (
            select n.kind, array_agg(s.contact_id order by n.id) as contacts, array_agg(s.origin_id order by n.id) as things
            from arrived n join messaging.send s on s.tenant_id = n.tenant_id and s.id = n.send_id
            where n.robot is null and n.kind in ('opened', 'clicked', 'bounced', 'complained', 'unsubscribed', 'delivered')
              and (n.kind <> 'opened' or s.opened_at = n.at)
            group by n.kind) h;
    end if;
    return null;
end $$;
drop trigger if exists tell_event on messaging.send_event;
create trigger tell_event after insert on messaging.send_event referencing new table as arrived for each statement execute function messaging.tell_event();
