-- The evidence. Deeds put their entry in "intake" inside their own transaction; one sequencer at a time moves entries into
-- the tree and signs. Entries hold no personal data: what must be told about a person stands in "detail", which can be
-- deleted without breaking any proof, since the entry holds only a salted commitment to it.
create schema ledger;

create table ledger.intake (
  id       bigint generated always as identity primary key,
  event_id uuid not null unique,
  entry    bytea not null check (octet_length(entry) <= 4096)
);

create table ledger.entry (
  idx      bigint primary key,
  event_id uuid not null unique,
  entry    bytea not null
);

-- The right edge of each level; full tiles stay, the last row of a level grows to 256 hashes of 32 bytes.
create table ledger.tile (
  level smallint not null,
  n     bigint not null,
  data  bytea not null,
  primary key (level, n)
);

create table ledger.checkpoint (
  size bigint primary key,
  root bytea not null,
  note text not null,
  at   timestamptz not null
);

create table ledger.detail (
  event_id   uuid primary key,
  salt       bytea not null,
  details    text not null,
  expires_at timestamptz
);
create index detail_expiry on ledger.detail (expires_at);
