using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>The account's tags by name; a new name makes a new tag.</summary>
public sealed class TagBook(PluraDb db, TimeProvider clock)
{
    public const int Longest = TagNames.Longest;

    public static Refusal? Check(IEnumerable<string?> names)
    {
        foreach (var name in names)
        {
            if (string.IsNullOrWhiteSpace(name))
                return Refusal.Invalid("tag.empty", "A tag needs a name.", "Tags");
            if (!TagNames.Fits(name))
                return Refusal.Invalid("tag.name", $"A tag has at most {Longest} characters, on one line.", "Tags");
        }

        return null;
    }

    /// <summary>The tags of these names, made where they are new. Runs at once, so that two requests may name the same new tag.</summary>
    public async Task<IReadOnlyList<Tag>> FindOrMake(IEnumerable<string> names, CancellationToken ct)
    {
        var wanted = names.Select(n => Tag.New(n, clock.GetUtcNow())).DistinctBy(t => t.Normal).ToList();
        if (wanted.Count == 0)
            return [];
        var ids = wanted.ConvertAll(t => t.Id).ToArray();
        var texts = wanted.ConvertAll(t => t.Name).ToArray();
        var normals = wanted.ConvertAll(t => t.Normal).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            insert into contacts.tag (tenant_id, id, name, normal)
            select {db.Tenant.Id}, t.id, t.name, t.normal from unnest({ids}, {texts}, {normals}) t (id, name, normal)
            on conflict (tenant_id, normal) do nothing
            """, ct);
        return await db.Tags.AsNoTracking().Where(t => normals.Contains(t.Normal)).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<Tag>> Find(IEnumerable<string> names, CancellationToken ct)
    {
        var normals = names.Select(Tag.Normalise).ToList();
        return await db.Tags.AsNoTracking().Where(t => normals.Contains(t.Normal)).ToListAsync(ct);
    }
}
