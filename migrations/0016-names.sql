-- Who drafted, reviewed, approved, published, let pass or told stands by name, since it must be shown who decided (Art. 5(2) GDPR).
-- It must not stand longer: five years after, a name may give way to a mark, and nothing else may ever change. Within a version one
-- person has one mark, so that it still shows that two people acted.
create function publication.only_a_name_that_ended() returns trigger language plpgsql as $$
declare
  ended timestamptz := old.at;
begin
  if tg_table_name = 'act' then
    select max(at) into ended from publication.act where version = old.version;
  end if;
  if to_jsonb(new) - 'by' <> to_jsonb(old) - 'by' or new."by" !~ '^former-[0-9a-z]{10}$' or ended > now() - interval '5 years' then
    raise exception 'what was published is not changed: % on %.%', tg_op, tg_table_schema, tg_table_name
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

drop trigger immutable on publication.act;
drop trigger immutable on publication.override;
drop trigger immutable on publication.told;
drop trigger immutable on publication.elsewhere;
create trigger immutable before delete or truncate on publication.act
  for each statement execute function publication.immutable();
create trigger immutable before delete or truncate on publication.override
  for each statement execute function publication.immutable();
create trigger immutable before delete or truncate on publication.told
  for each statement execute function publication.immutable();
create trigger immutable before delete or truncate on publication.elsewhere
  for each statement execute function publication.immutable();
create trigger name_ended before update on publication.act
  for each row execute function publication.only_a_name_that_ended();
create trigger name_ended before update on publication.override
  for each row execute function publication.only_a_name_that_ended();
create trigger name_ended before update on publication.told
  for each row execute function publication.only_a_name_that_ended();
create trigger name_ended before update on publication.elsewhere
  for each row execute function publication.only_a_name_that_ended();
