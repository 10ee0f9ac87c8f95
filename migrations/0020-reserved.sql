-- How many items of its line a step has taken for the batch at its cursor: before a part of them goes, and until the cursor moves.
-- Part of `line.taken`, so that two workers never take the same room.
alter table retention.step add column reserved bigint not null default 0 check (reserved >= 0);
update retention.step set reserved = (pending.batch -> 'counts' ->> 'done')::bigint
  from retention.pending where pending.step = step.id;

-- Told with a batch that moved the cursor: no later batch comes to these items, and none need leave them out by name.
alter table retention.torn add column behind boolean not null default false;
