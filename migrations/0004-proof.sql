-- Measurements of the promises and the state each promise is in, since when.
create schema proof;

create table proof.measure (
  id       bigint generated always as identity primary key,
  at       timestamptz not null,
  rule     text not null,
  system   text not null,
  dataset  text not null,
  overdue  bigint,           -- null: could not be counted
  held     bigint,
  retained bigint,
  undated  bigint,
  fault    text,
  event    text not null
);
create index measure_latest on proof.measure (rule, system, dataset, at desc);

create table proof.check (
  id     bigint generated always as identity primary key,
  at     timestamptz not null,
  check_id text not null,
  ok     boolean not null,
  detail jsonb not null,
  event  text not null
);
create index check_latest on proof.check (check_id, at desc);

create table proof.state (
  promise text primary key,
  state   text not null check (state in ('kept', 'at-risk', 'broken', 'not-proven')),
  since   timestamptz not null
);

-- Tasks for people: what no machine can do, with a deadline and a signature.
create table proof.task (
  id        text primary key,
  system    text not null,
  dataset   text not null,
  period    text not null,
  instruction jsonb not null,
  due       timestamptz not null,
  state     text not null check (state in ('open', 'signed-off')) default 'open',
  signed_by text,
  signed_at timestamptz,
  unique (system, dataset, period)
);
