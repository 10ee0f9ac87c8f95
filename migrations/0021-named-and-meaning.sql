-- What an existing-only hold found when it was placed and might not know again: items whose clock moves on, by dataset and key.
alter table holds.hold add column named jsonb not null default '[]';
-- What the line meant when its run began; null for runs of before. Of another policy or profile no step goes on.
alter table retention.line add column meaning jsonb;
