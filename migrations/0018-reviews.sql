-- What a person decided about a rule of a plan that says "a person decides each time". Who, when and why; no value of any item.
create table retention.review (
  plan     text not null references retention.plan,
  rule     text not null,
  decision text not null check (decision in ('erase', 'keep')),
  until    date,                          -- the last day that it is kept; null where it is erased
  items    bigint not null,               -- what the plan showed
  reason   text not null,
  by       text not null,
  at       timestamptz not null,
  primary key (plan, rule),
  check ((decision = 'keep') = (until is not null))
);

-- What stays by such a decision: items of a dataset that are dated before the plan's cut-off, through the day of the decision.
create table retention.keep (
  plan    text not null,
  rule    text not null,
  system  text not null,
  dataset text not null,
  cutoff  text not null,                  -- as it stands in the plan, to the last digit
  primary key (plan, rule, system, dataset),
  foreign key (plan, rule) references retention.review (plan, rule)
);

-- Asked by the first of two, with the reason that the second sees before agreeing.
create table site.review_asked (
  plan   text not null,
  rule   text not null,
  reason text not null,
  by     text not null,
  at     timestamptz not null,
  primary key (plan, rule)
);

-- Items past their term that a person's decision keeps: counted apart from what a hold or a statute keeps.
alter table proof.measure add column decided bigint not null default 0;
create index measure_overdue on proof.measure (rule, system, dataset, at) where overdue > 0;
