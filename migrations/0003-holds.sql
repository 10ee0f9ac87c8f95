-- Holds: what is suspended from erasure, for which matter, by whom, and until whose decision.
create schema holds;

create table holds.hold (
  id              text primary key,
  matter          text not null,
  kind            text not null check (kind in ('litigation', 'criminal', 'complaint', 'dispute', 'authority-order')),
  reason          text not null,
  legal_basis     text not null,
  scope           jsonb not null,
  prospective     boolean not null,
  state           text not null check (state in ('active', 'error', 'releasing', 'released')),
  placed_by       text not null,
  placed_at       timestamptz not null,
  review_due      timestamptz not null,
  review_warned   timestamptz,
  release_by      text,
  release_reason  text,
  release_asked   timestamptz,
  released_by     text,
  grace_until     timestamptz,
  released_at     timestamptz,
  check (released_by is null or released_by <> release_by)
);

-- What was achieved where: locked by the host itself, copied, or only guarded by us.
create table holds.achieved (
  hold      text not null references holds.hold,
  system    text not null,
  dataset   text not null,
  native    bigint not null,
  preserved bigint not null,
  guarded   bigint not null,
  risk      text,
  primary key (hold, system, dataset)
);
