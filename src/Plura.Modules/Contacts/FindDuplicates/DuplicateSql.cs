using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>The search for duplicates: a handful of statements, however many contacts there are.</summary>
internal static class DuplicateSql
{
    /// <summary>Of more who share one mark (a mailbox of a whole office), each is compared with the oldest only: else a thousand of them would be half a million pairs.</summary>
    public const int AllWithAll = 12;

    /// <summary>Chains longer than this are cut; nobody looks through them anyway.</summary>
    private const int MostRounds = 50;

    // CREATE TABLE AS takes no parameters.
    private static string Find(Guid tenant) => $"""
        create temporary table found_pair on commit drop as
        with shared as (
            select case kind when 'email' then 1 else 2 end as rule, array_agg(contact_id order by contact_id) as ids
            from contacts.contact_point where tenant_id = '{tenant}' group by kind, normal having count(*) > 1
            union all
            select 3, array_agg(id order by id)
            from contacts.contact where tenant_id = '{tenant}' and company_id is not null and (first_name <> '' or last_name <> '')
            group by sort_name, company_id having count(*) > 1),
        pair as (
            select s.rule, x.id as first_id, y.id as second_id
            from shared s
            cross join lateral unnest(s.ids) with ordinality x(id, n)
            join lateral unnest(s.ids) with ordinality y(id, n) on y.n > x.n and (cardinality(s.ids) <= {AllWithAll} or x.n = 1))
        select p.first_id, p.second_id, p.first_id as group_id, bool_or(p.rule = 1) as by_email, bool_or(p.rule = 2) as by_phone, bool_or(p.rule = 3) as by_name
        from pair p
        where not exists (select from contacts.not_same n where n.tenant_id = '{tenant}' and n.first_id = p.first_id and n.second_id = p.second_id)
        group by p.first_id, p.second_id
        """;

    // Who hangs together: each pair takes the smallest mark that one of its two has anywhere, until nothing changes.
    private const string Spread = """
        with mark as (
            select id, min(group_id::text)::uuid as group_id
            from (select first_id as id, group_id from found_pair union all select second_id, group_id from found_pair) x group by id)
        update found_pair p set group_id = least(f.group_id, s.group_id)
        from mark f, mark s
        where f.id = p.first_id and s.id = p.second_id and p.group_id <> least(f.group_id, s.group_id)
        """;

    private const string Replace = """
        insert into contacts.duplicate (tenant_id, first_id, second_id, group_id, by_email, by_phone, by_name)
        select $1, p.first_id, p.second_id, p.group_id, p.by_email, p.by_phone, p.by_name
        from found_pair p
        join contacts.contact f on f.tenant_id = $1 and f.id = p.first_id
        join contacts.contact s on s.tenant_id = $1 and s.id = p.second_id
        """;

    /// <summary>Puts what it finds in the place of what was found before; answers how many groups. Runs in the scope's transaction.</summary>
    public static async Task<int> Search(PluraDb db, CancellationToken ct)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await Do(connection, "drop table if exists pg_temp.found_pair", ct);
        await Do(connection, Find(db.Tenant.Id), ct);
        await Do(connection, "analyze found_pair", ct);
        for (var round = 0; round < MostRounds && await Do(connection, Spread, ct) > 0; round++)
        {
        }

        await Do(connection, "delete from contacts.duplicate where tenant_id = $1", ct, db.Tenant.Id);
        await Do(connection, Replace, ct, db.Tenant.Id);
        await using var count = new NpgsqlCommand("select count(distinct group_id)::int from contacts.duplicate where tenant_id = $1", connection);
        count.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = db.Tenant.Id });
        return (int)(await count.ExecuteScalarAsync(ct))!;
    }

    private static async Task<int> Do(NpgsqlConnection connection, string sql, CancellationToken ct, params Guid[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = value });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
