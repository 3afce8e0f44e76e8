create or replace trigger ring after insert on platform.outbox_message for each statement execute function platform.ring('plura_outbox');
