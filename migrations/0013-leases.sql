-- A write's key is claimed by a server for as long as it lives: "until" is kept ahead by the one that works on it. A claim whose
-- lease is over and that has no reply is of a server that was killed, or that failed half-way: what became of the write nobody knows.
alter table site.once add column holder text, add column until timestamptz;
