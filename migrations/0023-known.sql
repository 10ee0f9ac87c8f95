-- What was known of a place when something was last seen in it: an empty folder that is another one than before is a disk that is not mounted.
create table proof.known (
  place text primary key,
  shows text not null,
  seen  timestamptz not null
);
