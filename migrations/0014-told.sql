-- The language that a person is written to in; null: the organisation's.
alter table access.account add column language text check (language in ('nl', 'en'));

-- What a person is told about their own sign-in, written in the transaction of the change and sent later: a change is neither
-- held up nor lost by a mail server. Says which kind of change and when; not who made it, nor anything one could sign in with.
create table access.notice (
  id      bigint generated always as identity primary key,
  account text not null references access.account on delete cascade,
  kind    text not null,
  at      timestamptz not null,
  tries   integer not null default 0,
  next    timestamptz not null,
  sent    timestamptz
);
create index notice_open on access.notice (next) where sent is null;
create index notice_of_account on access.notice (account, at);
