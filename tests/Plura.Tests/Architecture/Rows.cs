using System.Text;

namespace Plura.Tests.Architecture;

/// <summary>Digests of rows: what must not have changed.</summary>
internal static class Rows
{
    private static readonly string[] Owners = ["tenant_id", "account_id", "agency_id"];

    /// <summary>Of every table of the product, one line each.</summary>
    public static async Task<string> Everything(PluraApp app)
    {
        await using var open = await app.OpenOwner();
        var digests = new StringBuilder();
        foreach (var table in await Tables(open))
            digests.Append(await open.Ask<string>($"select coalesce(md5(string_agg(t::text, '|' order by t::text)), '-') from {table} t")).Append(' ').Append(table).Append('\n');
        return digests.ToString();
    }

    /// <summary>Of everything that belongs to an account or to its agency.</summary>
    public static async Task<string> Of(PluraApp app, TestAccount account)
    {
        await using var open = await app.OpenOwner();
        var digests = new StringBuilder();
        foreach (var (table, column, owner) in await Owned(app, account))
            digests.Append(await open.Ask<string>($"select coalesce(md5(string_agg(t::text, '|' order by t::text)), '-') from {table} t where {column} = $1", owner)).Append(' ').Append(table).Append('\n');
        return digests.ToString();
    }

    public static string Changed(string before, string after) => string.Join(", ", after.Split('\n').Except(before.Split('\n'), StringComparer.Ordinal));

    /// <summary>For each id of the one's things the id of the like thing of the other.</summary>
    public static async Task<Dictionary<string, string>> Counterparts(PluraApp app, TestAccount one, TestAccount other)
    {
        await using var open = await app.OpenOwner();
        var counterparts = new Dictionary<string, string>(StringComparer.Ordinal) { [one.Id.ToString()] = other.Id.ToString(), [one.OwnerId.ToString()] = other.OwnerId.ToString(), [(await Agency(app, one)).ToString()] = (await Agency(app, other)).ToString() };
        var ids = (await open.Rows("select a.attrelid::regclass::text from pg_attribute a join pg_class c on c.oid = a.attrelid where a.attname = 'id' and a.atttypid = 'uuid'::regtype and c.relkind = 'r'")).ConvertAll(r => (string)r[0]!).ToHashSet(StringComparer.Ordinal);
        foreach (var ((table, column, mine), (_, _, theirs)) in (await Owned(app, one)).Zip(await Owned(app, other)).Where(t => ids.Contains(t.First.Table)))
        {
            foreach (var (from, to) in (await open.Rows($"select id::text from {table} where {column} = $1 order by id", mine)).Zip(await open.Rows($"select id::text from {table} where {column} = $1 order by id", theirs)))
                counterparts[(string)from[0]!] = (string)to[0]!;
        }

        return counterparts;
    }

    /// <summary>The tables in which something of this account mentions one of these ids.</summary>
    public static async Task<List<string>> Mentions(PluraApp app, TestAccount account, IReadOnlyCollection<string> ids)
    {
        await using var open = await app.OpenOwner();
        var found = new List<string>();
        foreach (var (table, column, owner) in await Owned(app, account))
        {
            if (await open.Ask<long>($"select count(*) from {table} t where {column} = $1 and exists (select from unnest($2::text[]) i where position(i in t::text) > 0)", owner, ids.ToArray()) is > 0 and var count)
                found.Add($"{table}: {count}");
        }

        return found;
    }

    private static Task<Guid> Agency(PluraApp app, TestAccount account) => app.Ask<Guid>("select agency_id from accounts.account where id = $1", account.Id);

    private static async Task<List<string>> Tables(Npgsql.NpgsqlConnection open) => (await open.Rows(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public') order by 1")).ConvertAll(r => (string)r[0]!);

    private static async Task<List<(string Table, string Column, Guid Owner)>> Owned(PluraApp app, TestAccount account)
    {
        var agency = await Agency(app, account);
        await using var open = await app.OpenOwner();
        var columns = await open.Rows("select a.attrelid::regclass::text, a.attname::text from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relkind = 'r' and a.attname = any($1) order by 1, 2", (object)Owners);
        // The first of the three that a table has: what is a tenant's has an account by that.
        return [.. columns.Select(r => (Table: (string)r[0]!, Column: (string)r[1]!)).GroupBy(c => c.Table, StringComparer.Ordinal)
            .Select(g => (g.Key, Column: Owners.First(o => g.Any(c => c.Column == o)))).Select(t => (t.Key, t.Column, t.Column == "agency_id" ? agency : account.Id)).OrderBy(t => t.Key, StringComparer.Ordinal)];
    }
}
