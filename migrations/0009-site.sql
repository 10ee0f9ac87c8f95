-- What the site keeps for programs: tokens with a purpose, writes that may be sent twice, and whom to tell.
create schema site;

create table site.token (
  id       text primary key,
  hash     bytea not null unique,        -- SHA-256 of the token: a copy of the store opens nothing
  purpose  text not null,
  may      text[] not null,              -- permissions, never more than its maker had
  account  text not null references access.account (id) on delete cascade,
  made     timestamptz not null,
  ends     timestamptz not null,
  used     timestamptz
);

create table site.once (
  key   text primary key,                -- hash of who, where and the client's own key
  sent  text not null,
  reply text,                            -- sealed; null while it runs
  at    timestamptz not null
);
create index once_at on site.once (at);

create table site.hook (
  id      text primary key,
  url     text not null,
  secret  text not null,                 -- sealed with a key of the home
  events  text[] not null,
  made    timestamptz not null,
  paused  timestamptz                    -- set after a day of failures; a person looks
);

create table site.delivery (
  id       text primary key,             -- also the message id that the receiver sees
  hook     text not null references site.hook (id) on delete cascade,
  event    text not null,
  body     text not null,
  at       timestamptz not null,
  tries    int not null default 0,
  done     timestamptz,
  status   text                          -- last answer: a number or the kind of fault
);
create index delivery_open on site.delivery (at) where done is null;

create table site.look (
  system text primary key,
  at     timestamptz not null,
  seen   jsonb not null                  -- version, and names of what no profile lists; no value of any item
);

-- How far each reader of the ledger's news has come: the index of the next entry.
create table site.reader (
  name text primary key,
  next bigint not null
);
