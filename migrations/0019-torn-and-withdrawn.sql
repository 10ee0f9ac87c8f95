-- Items of which a part is about to go, or went, while the item itself stands: a recording goes before its row. Written before
-- the part goes and removed when the batch is final. What is left was in pieces after an interruption: `told` once the run
-- reported it. The keys may name a person: they stand veiled.
create table retention.torn (
  id      bigint generated always as identity primary key,
  step    bigint not null references retention.step,
  system  text not null,
  dataset text not null,
  part    text not null,
  keys    text not null,
  told    boolean not null
);
create index torn_of_step on retention.torn (step);

-- Of what a hold covers: how many items name a part that is not there, and of how many our own deletion took it.
create table holds.incomplete (
  hold    text not null references holds.hold,
  system  text not null,
  dataset text not null,
  part    text not null,
  items   bigint,                         -- null where it could not be looked up
  ours    bigint not null,
  primary key (hold, system, dataset, part)
);

-- A decision to keep that a person took back before its last day; the plans that were made in between go on as they showed it.
alter table retention.review add column withdrawn_at timestamptz, add column withdrawn_by text, add column withdrawn_why text,
  add check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_why is null)),
  add check (withdrawn_at is null or decision = 'keep');
