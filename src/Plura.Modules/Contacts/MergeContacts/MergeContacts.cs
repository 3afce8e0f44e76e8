using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>
/// Makes two contacts one: the one stays, the other goes, and everything that belongs to it comes along. For each field it says whose value
/// stays; where it says nothing, the one that stays keeps its own, and what it lacks it gets from the other.
/// </summary>
public sealed record MergeContacts
{
    /// <summary>The contact that stays.</summary>
    public Guid Id { get; set; }

    /// <summary>The contact that goes; its old links lead to the one that stays.</summary>
    public Guid Other { get; set; }

    /// <summary>The <c>updatedAt</c> that was seen of the one that stays, in ticks of UTC; where it is given and somebody changed the contact since, nothing is merged.</summary>
    public long? Seen { get; set; }

    /// <summary>The same, of the one that goes.</summary>
    public long? OtherSeen { get; set; }

    /// <summary>By field (<see cref="MergeFields"/>) the id of the contact whose value stays.</summary>
    public Dictionary<string, Guid> Values { get; set => field = value ?? []; } = new(StringComparer.Ordinal);
}

public sealed class MergeContactsHandler(
    PluraDb db, ReadContact contacts, IEnumerable<IMergesContacts> modules, IConsentMerge consents, UniqueValues uniqueValues, LiveContacts live, Actor actor, TimeProvider clock, IAudit audit)
{
    /// <summary>What this class sees to itself, and the permissions, in what is kept for parting.</summary>
    public const string Own = "own";
    public const string Consents = "consents";

    /// <summary>Answers the merge's id; the same one where it was done already.</summary>
    public async Task<Result<Guid>> Handle(MergeContacts command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (command.Id == command.Other)
            return Refusal.Invalid("merge.same", "Choose two different contacts.", nameof(command.Other));
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await MergeLocks.Importing(db, ct) is { } importing)
            return importing;
        var rows = await MergeLocks.Both(db, command.Id, command.Other, ct);
        if (await db.MergedContacts.AsNoTracking().SingleOrDefaultAsync(m => m.LoserId == command.Other && m.WinnerId == command.Id && m.UndoneAt == null, ct) is { } done)
            return done.Id;
        if (rows.Find(r => r.Id == command.Id) is not { } winner || rows.Find(r => r.Id == command.Other) is not { } loser)
            return ReadContact.Missing;
        if ((command.Seen is { } seen && seen != winner.UpdatedAt.UtcTicks) || (command.OtherSeen is { } otherSeen && otherSeen != loser.UpdatedAt.UtcTicks))
            return Refusal.Conflict("merge.changed", "One of the two was changed while you compared them. Look at both once more; nothing has been merged.");
        var views = await contacts.Many([winner.Id, loser.Id], ct);
        if (MergeFields.Check(command, views) is { } unfit)
            return unfit;

        await Quietly.Change(db, ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var now = clock.GetUtcNow();
        var mergeId = Guid.CreateVersion7(now);
        var bare = new JoinedContacts(db.Tenant.Id, mergeId, loser.Id, winner.Id, new Dictionary<Guid, Guid>());
        var (before, loserBefore) = (await MergeRows.Row(connection, bare, winner.Id, ct), await MergeRows.Row(connection, bare, loser.Id, ct));
        var joined = bare with { Points = JsonSerializer.Deserialize<Dictionary<Guid, Guid>>(await connection.Ask(bare, JoinSql.SamePoints, ct))! };
        var moved = new JsonObject { [Consents] = JsonNode.Parse(await consents.Join(mergeId, winner.Id, MergeRows.Addresses(views), ct)) };
        foreach (var module in modules)
            moved[module.Name] = JsonNode.Parse(await module.Join(connection, joined, ct));
        moved[Own] = await Addresses(connection, joined, command, views, ct);

        var choice = new MergeChoice(command, winner, loser);
        choice.Apply();
        await connection.Ask(joined, JoinSql.FreeValues, ct);
        await connection.Ask(joined, JoinSql.Files, ct);
        await db.Database.ExecuteSqlAsync($"delete from contacts.contact where tenant_id = {db.Tenant.Id} and id = {loser.Id}", ct);
        if (await uniqueValues.Take(CustomField.OnContacts, winner.Id, winner.Fields, ct) is { } taken)
            return taken;
        db.Entry(loser).State = EntityState.Detached;
        var normals = await db.ContactPoints.AsNoTracking().Where(p => p.ContactId == winner.Id).OrderByDescending(p => p.IsPrimary).ThenBy(p => p.Position).ToListAsync(ct);
        winner.Changed([.. normals.Where(p => p.Kind == ContactPoint.Email).Select(p => p.Normal)], [.. normals.Where(p => p.Kind == ContactPoint.Phone).Select(p => p.Normal)], now);
        var merge = MergedContact.New(mergeId, winner.Id, loser.Id, views[1].Name, actor, now);
        merge.Keep(loserBefore, before, "{}", moved.ToJsonString());
        db.MergedContacts.Add(merge);
        db.ContactChanges.Add(ContactChange.New(winner.Id, ContactChange.Merged, new(StringComparer.Ordinal) { ["with"] = [views[1].Name] }, actor, now));
        db.Publish(new ContactsMerged(mergeId, winner.Id, loser.Id));
        audit.Note("contacts.merge", winner.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["other"] = loser.Id.ToString() });
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync($"update contacts.merge m set after = to_jsonb(c) - 'changed_in' from contacts.contact c where m.tenant_id = {db.Tenant.Id} and m.id = {mergeId} and c.tenant_id = m.tenant_id and c.id = m.winner_id", ct);
        await live.Changed(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return mergeId;
    }

    private static async Task<JsonObject> Addresses(NpgsqlConnection connection, JoinedContacts joined, MergeContacts command, IReadOnlyList<ContactView> views, CancellationToken ct)
    {
        var before = JsonNode.Parse(await connection.Ask(joined, JoinSql.Points, ct));
        var main = MergeFields.MainAddresses(command, views).Select(id => joined.Points.GetValueOrDefault(id, id)).ToArray();
        foreach (var sql in JoinSql.MovePoints)
            await connection.Ask(joined, sql, ct);
        await connection.Ask(joined, JoinSql.RankPoints, ct, new NpgsqlParameter { Value = main, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        return new JsonObject { ["before"] = before, ["after"] = JsonNode.Parse(await connection.Ask(joined, JoinSql.AllPoints, ct)) };
    }
}
