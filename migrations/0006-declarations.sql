-- What a person declares about something that no check of this program can see: a word that expires.
create schema assurance;

create table assurance.declaration (
  id            text primary key,
  control       text not null,
  words         jsonb not null,          -- { nl, en }: what was declared
  declared_by   text not null,
  role          text,
  on_day        date not null,
  until_day     date not null,
  attachment    text,                    -- name of the copy in the home
  sha256        text,
  bytes         bigint,
  signed_at     timestamptz not null,
  event         text not null,
  seal          text not null,           -- over all of the above: a changed row proves nothing
  superseded_by text references assurance.declaration,
  withdrawn_at  timestamptz,
  check (until_day > on_day),
  check ((attachment is null) = (sha256 is null))
);
-- One word at a time counts for a control.
create unique index declaration_in_force on assurance.declaration (control)
  where superseded_by is null and withdrawn_at is null;

-- A task that a person signed off is evidence of its own.
alter table proof.task add column event text;
