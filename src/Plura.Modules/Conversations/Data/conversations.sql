-- What the model cannot say: the words that columns may hold, and who sees what.
alter table conversations.conversation drop constraint if exists conversation_state;
alter table conversations.conversation add constraint conversation_state check (state in ('open', 'snoozed', 'closed') and (state = 'snoozed') = (snoozed_until is not null));
alter table conversations.message drop constraint if exists message_direction;
alter table conversations.message add constraint message_direction check (direction in ('in', 'out', 'note'));

-- "Only what is assigned to me": whoever sees the contact sees what they wrote (contacts.sql).
drop policy if exists assigned on conversations.conversation;
create policy assigned on conversations.conversation as restrictive to plura_narrow using (contacts.is_seen(contact_id));

drop policy if exists assigned on conversations.chat_session;
create policy assigned on conversations.chat_session as restrictive to plura_narrow using (
    exists (select from conversations.conversation c where c.tenant_id = chat_session.tenant_id and c.id = chat_session.conversation_id));

drop policy if exists assigned on conversations.message;
create policy assigned on conversations.message as restrictive to plura_narrow using (
    exists (select from conversations.conversation c where c.tenant_id = message.tenant_id and c.id = message.conversation_id));

drop policy if exists assigned on conversations.message_word;
create policy assigned on conversations.message_word as restrictive to plura_narrow using (
    exists (select from conversations.message m where m.tenant_id = message_word.tenant_id and m.id = message_word.message_id));

do $$
declare hanging text;
begin
    foreach hanging in array array['mention', 'draft', 'presence', 'rating', 'conversation_merge'] loop
        execute format('drop policy if exists assigned on conversations.%I', hanging);
        execute format('create policy assigned on conversations.%1$I as restrictive to plura_narrow using (
            exists (select from conversations.conversation c where c.tenant_id = %1$I.tenant_id and c.id = %1$I.conversation_id))', hanging);
    end loop;
end $$;

drop policy if exists assigned on conversations.message_file;
create policy assigned on conversations.message_file as restrictive to plura_narrow using (
    exists (select from conversations.message m where m.tenant_id = message_file.tenant_id and m.id = message_file.message_id));
