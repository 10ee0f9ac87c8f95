-- A step has its turn on a dataset before its batch begins, so that two runs never have one there at once; the batch comes when it is prepared.
alter table retention.pending alter column batch drop not null, alter column prepared drop not null;
-- By what the source tells afterwards what became of the batch, sealed. Stored as it is: what is sealed gets no smaller.
alter table retention.pending add column trace text;
alter table retention.pending alter column trace set storage external;
