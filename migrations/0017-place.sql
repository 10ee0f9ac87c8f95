-- A batch says where it works, so a recovery counts there: the whole share is not counted before the first deed any more.
alter table retention.step drop column total;
