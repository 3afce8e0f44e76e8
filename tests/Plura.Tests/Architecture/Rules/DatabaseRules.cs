using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Plura.Platform;

namespace Plura.Tests.Architecture;

/// <summary>Asks the model, and PostgreSQL itself, whether the locks are there. A table with a <c>tenant_id</c> is a tenant's, whoever made it.</summary>
public static class DatabaseRules
{
    private const string Tables = """
        select c.oid, n.nspname, c.relname, n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
        """;

    private const string TenantTables = $"""
        select t.* from ({Tables}) t join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id' and not a.attisdropped
        where t.name <> all ($1)
        """;

    public static IEnumerable<string> EntitiesWithoutOwner(IModel model) => model.GetEntityTypes()
        .Where(e => !typeof(ITenantOwned).IsAssignableFrom(e.ClrType) && !e.IsOwned())
        .Where(e => (Attribute.GetCustomAttribute(e.ClrType, typeof(SharedAcrossTenantsAttribute)) as SharedAcrossTenantsAttribute)?.Reason is not { Length: > 10 })
        .Select(e => $"{e.ClrType.FullName} is neither ITenantOwned nor [SharedAcrossTenants(\"reason\")]");

    /// <summary>Tables of entities that say why they are shared.</summary>
    public static string[] Shared(IModel model) =>
        [.. model.GetEntityTypes().Where(e => e.ClrType.IsDefined(typeof(SharedAcrossTenantsAttribute), inherit: false)).Select(e => $"{Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions.GetSchema(e)}.{Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions.GetTableName(e)}")];

    public static Task<List<string>> TablesWithoutRowSecurity(NpgsqlConnection owner, string[] shared) => Find(owner, $"""
        select name || ': row security is ' || case when not enabled then 'off' when not forced then 'not forced' else 'without the one policy' end
        from ({TenantTables}) t
        where not enabled or not forced or (
            select count(*) from pg_policy p where p.polrelid = t.oid and p.polpermissive and p.polcmd = '*'
            and pg_get_expr(p.polqual, p.polrelid) like '%plura.tenant_id%' and pg_get_expr(p.polwithcheck, p.polrelid) like '%plura.tenant_id%') <> 1
           or (select count(*) from pg_policy p where p.polrelid = t.oid and p.polpermissive) <> 1
        """, shared);

    public static Task<List<string>> KeysThatDoNotLeadWithTheTenant(NpgsqlConnection owner, string[] shared) => Find(owner, $"""
        select t.name || ': unique index ' || i.indexrelid::regclass || ' does not lead with tenant_id'
        from ({TenantTables}) t join pg_index i on i.indrelid = t.oid and i.indisunique
        where (select attname from pg_attribute where attrelid = t.oid and attnum = i.indkey[0]) is distinct from 'tenant_id'
        union all
        select t.name || ': foreign key ' || f.conname || ' does not lead with tenant_id'
        from ({TenantTables}) t join pg_constraint f on f.conrelid = t.oid and f.contype = 'f'
        where f.confrelid in (select oid from ({TenantTables}) other)
          and ((select attname from pg_attribute where attrelid = f.conrelid and attnum = f.conkey[1]) <> 'tenant_id'
            or (select attname from pg_attribute where attrelid = f.confrelid and attnum = f.confkey[1]) <> 'tenant_id')
        union all
        select t.name || ': foreign key ' || f.conname || ' sets tenant_id to null'
        from ({TenantTables}) t join pg_constraint f on f.conrelid = t.oid and f.contype = 'f' and f.confdeltype = 'n' and f.confdelsetcols is null
        """, shared);

    public static Task<List<string>> LooseFunctions(NpgsqlConnection owner) => Find(owner, """
        select p.oid::regprocedure || ': a function with its owner''s rights needs a fixed search_path'
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
          and not coalesce(array_to_string(p.proconfig, ','), '') like '%search_path=%' and $1::text[] is not null
        """, []);

    /// <summary>Types whose operators are not leakproof make row security refuse an index; enums are such.</summary>
    public static Task<List<string>> Enums(NpgsqlConnection owner) => Find(owner, """
        select 'enum type ' || t.typname || ': store a word as text' from pg_type t join pg_namespace n on n.oid = t.typnamespace
        where t.typtype = 'e' and n.nspname not in ('pg_catalog', 'information_schema') and $1::text[] is not null
        """, []);

    /// <summary>What the app's role may do to tables that are only ever added to.</summary>
    public static Task<List<string>> LooseAppendOnly(NpgsqlConnection owner, string[] appendOnly) => Find(owner, $"""
        select name || ': the app may change rows that are only ever added' from ({Tables}) t
        where name = any ($1) and (has_table_privilege('plura_app', t.oid, 'UPDATE, DELETE, TRUNCATE') or has_table_privilege('plura_narrow', t.oid, 'UPDATE, DELETE, TRUNCATE')
          or not exists (select from pg_trigger g where g.tgrelid = t.oid and g.tgname = 'append_only'))
        """, appendOnly);

    /// <summary>What one of the app's two roles may do and the other may not.</summary>
    public static Task<List<string>> UnequalGrants(NpgsqlConnection owner) => Find(owner, $"""
        select t.name || ': ' || p || ' is not given to both roles' from ({Tables}) t, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
        where has_table_privilege('plura_app', t.oid, p) <> has_table_privilege('plura_narrow', t.oid, p) and $1::text[] is not null
        union all
        select t.name || '.' || a.attname || ': update is not given to both roles' from ({Tables}) t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
        where has_column_privilege('plura_app', t.oid, a.attnum, 'UPDATE') <> has_column_privilege('plura_narrow', t.oid, a.attnum, 'UPDATE')
        union all
        select p.oid::regprocedure || ': is not given to both roles' from pg_proc p where has_function_privilege('plura_app', p.oid, 'EXECUTE') <> has_function_privilege('plura_narrow', p.oid, 'EXECUTE')
        union all
        select n.nspname || ': is not given to both roles' from pg_namespace n where has_schema_privilege('plura_app', n.oid, 'USAGE') <> has_schema_privilege('plura_narrow', n.oid, 'USAGE')
        """, []);

    private static async Task<List<string>> Find(NpgsqlConnection owner, string sql, string[] tables) =>
        [.. (await owner.Rows(sql, [tables])).Select(row => (string)row[0]!)];
}
