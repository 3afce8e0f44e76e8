using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>What stands in the account's own fields of opportunities, also of deleted ones: they can come back.</summary>
public sealed class OpportunityValues(PluraDb db) : IFieldHolder
{
    public const string Opportunities = "opportunity";

    public string Entity => Opportunities;

    public async Task<IReadOnlyDictionary<string, long>> Counts(CancellationToken ct) =>
        (await db.Database.SqlQuery<Counted>($"""select k as word, count(*) as count from opportunities.opportunity o, jsonb_object_keys(o.fields) k where o.tenant_id = {db.Tenant.Id} group by k""").ToListAsync(ct))
            .ToDictionary(c => c.Word, c => c.Count, StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, long>> Chosen(string key, IReadOnlyList<string> choices, CancellationToken ct) =>
        (await db.Database.SqlQuery<Counted>($"""
            select v.choice as word, count(*) as count
            from opportunities.opportunity o, unnest({choices.ToArray()}) v (choice)
            where o.tenant_id = {db.Tenant.Id} and v.choice = any (string_to_array(o.fields ->> {key}, chr(10)))
            group by v.choice
            """).ToListAsync(ct)).ToDictionary(c => c.Word, c => c.Count, StringComparer.Ordinal);

    public Task<int> Empty(string key, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"update opportunities.opportunity set fields = fields - {key} where tenant_id = {db.Tenant.Id} and fields ? {key}", ct);

    private sealed record Counted(string Word, long Count);
}
