-- How many items there are of each age, per rule and dataset, as last counted: for the picture of a plan. Counts only.
create table retention.ages (
  rule    text not null,
  system  text not null,
  dataset text not null,
  at      timestamptz not null,
  bars    jsonb not null,
  primary key (rule, system, dataset)
);
