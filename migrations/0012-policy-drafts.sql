-- What is being written and does not run: the one draft of the policy, and errors of the linter that somebody asks to let pass.
create table site.policy_draft (
  one      boolean primary key default true check (one),
  revision bigint not null,
  text     text not null check (length(text) <= 524288),
  base     text not null,               -- hash of the policy that ran when it was saved
  by       text not null,
  at       timestamptz not null
);

-- Seen by the second of two people before it counts; the reason is what both agree on.
create table site.override_asked (
  version text not null,
  rule    text not null,
  path    text not null,
  reason  text not null,
  until   text not null,
  by      text not null,
  at      timestamptz not null,
  primary key (version, rule, path)
);
