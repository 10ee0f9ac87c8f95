-- The statement as it was published. A version is exact bytes: its id comes from their hash, and nothing here is ever changed
-- or removed. What happens to a version (reviewed, approved, published, withdrawn) is a row more. Who did it stands here by
-- name, since four eyes must be seen; the ledger has the hashes and no name.
create schema publication;

create function publication.immutable() returns trigger language plpgsql as $$
begin
  raise exception 'what was published is not changed: % on %.%', tg_op, tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end $$;

create table publication.version (
  id          text primary key,
  label       text not null,
  manifest    text not null,
  sha256      text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  policy_hash text not null check (policy_hash ~ '^[0-9a-f]{64}$'),
  made_at     timestamptz not null
);

create table publication.act (
  version   text not null references publication.version,
  n         integer not null,
  act       text not null check (act in ('drafted', 'reviewed', 'approved', 'published', 'withdrawn')),
  by        text not null check (by <> ''),
  at        timestamptz not null,
  effective text check (effective ~ '^\d{4}-\d\d-\d\d$'),
  reason    text,
  event     text not null,
  primary key (version, n),
  check ((act = 'published') = (effective is not null)),
  check ((act = 'withdrawn') = (reason is not null))
);

-- Four eyes also for who writes here past the program: the last to draft or review is not the one to approve.
create function publication.four_eyes() returns trigger language plpgsql as $$
begin
  if new.act = 'approved' and exists (
    select from publication.act as before
     where before.version = new.version and before.act in ('drafted', 'reviewed')
       and before.n >= (select max(n) from publication.act as draft where draft.version = new.version and draft.act = 'drafted')
       and lower(before."by") = lower(new."by")
  ) then
    raise exception 'who drafted or reviewed a version cannot approve it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger four_eyes before insert on publication.act for each row execute function publication.four_eyes();

-- An error of the linter that the officer lets pass, until a day.
create table publication.override (
  id     text primary key,
  rule   text not null,
  path   text not null,
  reason text not null check (reason <> ''),
  until  text not null check (until ~ '^\d{4}-\d\d-\d\d$'),
  by     text not null check (by <> ''),
  at     timestamptz not null,
  event  text not null
);

-- What a group must be told about a version, fixed when it was published.
create table publication.notice (
  version text not null references publication.version,
  n       integer not null,
  grp     text not null,
  moment  text not null check (moment in ('before', 'afterwards')),
  due     text not null check (due ~ '^\d{4}-\d\d-\d\d$'),
  changes jsonb not null,
  primary key (version, n, grp)
);

create table publication.told (
  version text not null,
  n       integer not null,
  grp     text not null,
  how     text not null check (how <> ''),
  by      text not null check (by <> ''),
  at      timestamptz not null,
  event   text not null,
  primary key (version, n, grp),
  foreign key (version, n, grp) references publication.notice
);

-- A page as it was found on the website, published by other means: its text and hash, so that a difference can be shown.
create table publication.elsewhere (
  id     text primary key,
  source text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  blocks jsonb not null,
  by     text not null check (by <> ''),
  at     timestamptz not null,
  event  text not null
);

create trigger immutable before update or delete or truncate on publication.version
  for each statement execute function publication.immutable();
create trigger immutable before update or delete or truncate on publication.act
  for each statement execute function publication.immutable();
create trigger immutable before update or delete or truncate on publication.override
  for each statement execute function publication.immutable();
create trigger immutable before update or delete or truncate on publication.notice
  for each statement execute function publication.immutable();
create trigger immutable before update or delete or truncate on publication.told
  for each statement execute function publication.immutable();
create trigger immutable before update or delete or truncate on publication.elsewhere
  for each statement execute function publication.immutable();
