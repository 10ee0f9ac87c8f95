-- What an existing-only hold found when it was placed and might not know again: items whose clock moves on, by dataset and key.
alter table holds.hold add column named jsonb not null default '[]';
