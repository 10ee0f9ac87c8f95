-- Which notifications of the console a person has seen. The key names a fact and its date, so that the next date is news again.
create table site.notification_read (
  person text not null references access.person on delete cascade,
  key    text not null,
  at     timestamptz not null,
  primary key (person, key)
);
