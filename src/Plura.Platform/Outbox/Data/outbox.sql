-- New work, and work that a person has tried again, wakes the dispatchers.
create or replace trigger ring after insert or update of dead_at on platform.outbox_message for each statement execute function platform.ring('plura_outbox');

-- Reasons were once kept with the exception's message, which may quote somebody's data: the type's name is enough.
update platform.outbox_message set last_error = 'fault | ' || split_part(last_error, ':', 1) where position(' | ' in last_error) = 0;
