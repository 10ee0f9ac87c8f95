-- Who is acting: people, their accounts, what they sign in with, and what they were allowed. Nothing here can be used to sign
-- in as somebody: passwords and codes are hashed, tokens are kept as SHA-256, other secrets are sealed with a key of the home.
create schema access;

-- A person may have several accounts (their own and one through the organisation's sign-in); four eyes are two people.
create table access.person (
  id       text primary key,
  name     text not null,
  name_key text not null unique,
  made     timestamptz not null
);

create table access.account (
  id            text primary key,
  person        text not null references access.person,
  email         text not null,
  email_key     text not null unique,
  handle        bytea not null unique,
  roles         text[] not null,
  clients       text[] not null default '{}',
  roles_by      text,
  state         text not null check (state in ('invited', 'active', 'disabled')),
  until         timestamptz,
  password      text,
  password_long boolean,
  made          timestamptz not null,
  last_seen     timestamptz,
  ended         timestamptz,
  check ((ended is null) = (state <> 'disabled')),
  check (roles <@ array['privacy-officer', 'engineer', 'approver', 'dpo', 'auditor', 'client', 'subject']),
  check (not ('auditor' = any (roles)) or until is not null),
  check (('client' = any (roles)) = (cardinality(clients) > 0)),
  check ((password is null) = (password_long is null))
);
create index account_of_person on access.account (person);

create table access.invitation (
  hash    bytea primary key,
  account text not null references access.account on delete cascade,
  stage   text not null check (stage in ('enrol', 'new-password')),
  made_by text,
  expires timestamptz not null
);
create index invitation_of_account on access.invitation (account);

create table access.totp (
  account   text primary key references access.account on delete cascade,
  secret    text not null,
  last_step bigint not null,
  made      timestamptz not null
);

create table access.recovery_code (
  hash    bytea primary key,
  account text not null references access.account on delete cascade,
  made    timestamptz not null
);
create index recovery_code_of_account on access.recovery_code (account);

create table access.passkey (
  id         text primary key,
  account    text not null references access.account on delete cascade,
  name       text not null,
  public_key bytea not null,
  counter    bigint not null,
  transports text[] not null,
  backed_up  boolean not null,
  made       timestamptz not null,
  last_used  timestamptz,
  unique (account, name)
);

-- Who an account is at an organisation's own sign-in: issuer and subject, never an e-mail address.
create table access.identity (
  issuer   text not null,
  subject  text not null,
  provider text not null,
  account  text not null references access.account on delete cascade,
  made     timestamptz not null,
  primary key (issuer, subject)
);
create index identity_of_account on access.identity (account);

create table access.session (
  hash     bytea primary key,
  id       text not null unique,
  account  text not null references access.account on delete cascade,
  stage    text not null check (stage in ('enrol', 'new-password', 'full')),
  amr      text[] not null,
  provider text,
  browser  text not null,
  started  timestamptz not null,
  seen     timestamptz not null,
  step_up  timestamptz,
  ends     timestamptz not null
);
create index session_of_account on access.session (account);

-- What is under way between two requests of one browser: a second factor asked for, a passkey's challenge, a visit to a provider.
create table access.flow (
  hash    bytea primary key,
  kind    text not null,
  account text references access.account on delete cascade,
  body    text not null,
  tries   integer not null default 0,
  expires timestamptz not null
);
create index flow_expiry on access.flow (expires);

-- Counts of failed attempts under keyed hashes: neither an address nor a network can be read from them.
create table access.attempt (
  key      bytea primary key,
  failures integer not null,
  last     timestamptz not null,
  until    timestamptz not null
);

-- Browsers from which an account has signed in before: a lockout of strangers does not lock them out.
create table access.device (
  hash    bytea not null,
  account text not null references access.account on delete cascade,
  seen    timestamptz not null,
  primary key (hash, account)
);
create index device_of_account on access.device (account);

create table access.failure (
  day  date not null,
  kind text not null check (kind in ('password', 'second-factor', 'passkey', 'provider', 'link', 'waiting', 'denied')),
  n    integer not null,
  primary key (day, kind)
);

-- The text that everyone with access signs, and who signed which version.
create table access.declaration (
  version text primary key,
  text    jsonb not null,
  hash    text not null,
  since   timestamptz not null
);
create table access.declared (
  person  text not null references access.person on delete cascade,
  version text not null references access.declaration,
  at      timestamptz not null,
  primary key (person, version)
);

create table access.review (
  id     text primary key,
  opened timestamptz not null,
  closed timestamptz
);
create unique index one_open_review on access.review ((closed is null)) where closed is null;
create table access.review_line (
  review   text not null references access.review,
  account  text not null references access.account on delete cascade,
  decision text check (decision in ('keep', 'end')),
  by       text,
  at       timestamptz,
  primary key (review, account)
);

-- A deed that takes two people: one asks, another one grants.
create table access.second_look (
  id       text primary key,
  deed     text not null,
  subject  text not null,
  digest   text not null,
  asked_by text not null references access.person,
  asked    timestamptz not null,
  expires  timestamptz not null,
  seen_by  text references access.person,
  seen     timestamptz,
  done     timestamptz,
  check (seen_by is null or seen_by <> asked_by)
);

-- What is sent to the DPO, sealed to the keys of the DPOs and to a recovery key whose parts lie with several people.
-- "seal" is a keyed hash of the recipient: a key that somebody writes into the store is not one of ours.
create table access.dpo_key (
  recipient   text primary key,
  kind        text not null check (kind in ('dpo', 'recovery')),
  account     text references access.account,
  identity    text,
  threshold   integer,
  shares      integer,
  made        timestamptz not null,
  seal        text,
  admitted    timestamptz,
  admitted_by text,
  check ((kind = 'dpo') = (identity is not null)),
  check ((kind = 'recovery') = (threshold is not null and shares is not null)),
  check ((admitted is null) = (seal is null))
);
create table access.dpo_message (
  id       text primary key,
  kind     text not null check (kind in ('complaint', 'request', 'note')),
  about    text references access.dpo_message on delete cascade,
  received timestamptz not null,
  sealed   bytea not null,
  closed   timestamptz,
  check ((kind = 'note') = (about is not null))
);
create index dpo_message_about on access.dpo_message (about);
