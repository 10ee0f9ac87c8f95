-- Plans, runs and their journal. The journal is what makes a run resumable and its receipts exact: it is written before
-- and after every deed, and holds counts, cut-offs and opaque ids only. No value of any item stands here.
create schema retention;

create table retention.plan (
  id          text primary key,
  at          timestamptz not null,
  made_at     timestamptz not null,
  expires_at  timestamptz not null,
  policy_hash text not null,
  estate_hash text not null,
  body        jsonb not null,
  signature   text not null
);

create table retention.approval (
  plan     text not null references retention.plan,
  rule     text not null,
  by       text not null,
  standing boolean not null,
  at       timestamptz not null,
  primary key (plan, rule)
);

create table retention.run (
  id       text primary key,
  plan     text not null references retention.plan,
  state    text not null check (state in ('running', 'complete', 'partial', 'stopped')),
  started  timestamptz not null,
  finished timestamptz
);
-- A plan is carried out once; a second "apply" finds the run that is there.
create unique index run_of_plan on retention.run (plan);

-- One line of the plan within a run: one rule on one dataset.
create table retention.line (
  run       text not null references retention.run,
  line      integer not null,
  rule      text not null,
  system    text not null,
  dataset   text not null,
  planned   bigint not null,
  taken     bigint not null default 0,
  level     text,
  left_over bigint,
  orphans   bigint,
  primary key (run, line)
);

-- A share of a line that one worker carries out alone.
create table retention.step (
  id        bigint generated always as identity primary key,
  run       text not null references retention.run,
  line      integer not null,
  share     jsonb not null,
  state     text not null check (state in ('waiting', 'done', 'stopped')) default 'waiting',
  why       text,
  total     bigint,
  cursor    text,
  batches   integer not null default 0,
  counts    jsonb not null default '{}',
  foreign key (run, line) references retention.line (run, line)
);
create index step_of_run on retention.step (run, line);

-- The batch whose deed may or may not have become final: written before, removed with its receipt.
create table retention.pending (
  step       bigint primary key references retention.step,
  batch      jsonb not null,
  prepared   timestamptz not null
);
