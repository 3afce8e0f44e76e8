using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;
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

    public async Task<int> Empty(string key, CancellationToken ct)
    {
        // Also what a step that can be taken back would bring again, and what stages ask for.
        var fact = StageNeeds.Own + key;
        await db.Database.ExecuteSqlAsync($"update opportunities.opportunity set before = before #- array['Facts', {fact}] where tenant_id = {db.Tenant.Id} and before -> 'Facts' ? {fact}", ct);
        await db.Database.ExecuteSqlAsync($"update opportunities.stage set needs = array_to_string(array_remove(string_to_array(needs, ' '), {fact}), ' ') where tenant_id = {db.Tenant.Id} and {fact} = any (string_to_array(needs, ' '))", ct);
        return await db.Database.ExecuteSqlAsync($"update opportunities.opportunity set fields = fields - {key} where tenant_id = {db.Tenant.Id} and fields ? {key}", ct);
    }

    private sealed record Counted(string Word, long Count);
}
