-- What the model cannot say about the send ledger.

-- An attempt stands only on a stored decision that allows it. The table belongs to Privacy, which stands before Messaging.
alter table messaging.send_attempt drop constraint if exists send_attempt_decision_allows;
alter table messaging.send_attempt add constraint send_attempt_decision_allows
    foreign key (tenant_id, decision_id, outcome) references privacy.decision (tenant_id, id, outcome);

-- A send refers to its letter. The letter is never deleted or renumbered, so the column needs no index.
alter table messaging.send drop constraint if exists send_has_content;
alter table messaging.send add constraint send_has_content foreign key (tenant_id, content_id) references messaging.content (tenant_id, id);

-- A version 7 id inside set-based SQL: 48 bits of milliseconds, the rest random.
create or replace function messaging.uuid7(at timestamptz) returns uuid language sql volatile parallel safe as $$
    select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

alter table messaging.send drop constraint if exists send_state_known;
alter table messaging.send add constraint send_state_known check (state in ('planned', 'claimed', 'intended', 'accepted', 'deferred', 'bounced', 'withheld', 'unknown', 'cancelled', 'skipped'));
