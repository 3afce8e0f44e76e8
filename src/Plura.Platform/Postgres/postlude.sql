-- What stands behind everything else, run on every migration: whoever sees only what is assigned to them runs as plura_narrow, which may do
-- exactly what plura_app may, under the policies "assigned". It cannot inherit from the role that is to take it, so the grants are copied.
do $$
declare command text;
begin
    for command in
        with granted as (
            select 'schema' as kind, format('%I', n.nspname) as name, a.privilege_type as privilege, a.grantee
            from pg_namespace n, aclexplode(n.nspacl) a
            union all
            select case c.relkind when 'S' then 'sequence' else 'table' end, format('%I.%I', n.nspname, c.relname), a.privilege_type, a.grantee
            from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
            union all
            select 'table', format('%I.%I', n.nspname, c.relname), format('%s (%I)', a.privilege_type, t.attname), a.grantee
            from pg_attribute t join pg_class c on c.oid = t.attrelid join pg_namespace n on n.oid = c.relnamespace, aclexplode(t.attacl) a
            where not t.attisdropped
            union all
            select 'function', p.oid::regprocedure::text, a.privilege_type, a.grantee
            from pg_proc p, aclexplode(p.proacl) a
        ),
        wanted as (select kind, name, privilege from granted where grantee = 'plura_app'::regrole),
        had as (select kind, name, privilege from granted where grantee = 'plura_narrow'::regrole)
        select format('grant %s on %s %s to plura_narrow', privilege, kind, name) from (table wanted except table had) missing
        union all
        select format('revoke %s on %s %s from plura_narrow', privilege, kind, name) from (table had except table wanted) excess
    loop
        execute command;
    end loop;
end $$;
