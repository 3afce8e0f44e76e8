using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>Takes a merge back: both contacts stand as they stood. What came or was changed since stays with the one that had stayed.</summary>
public sealed record UnmergeContacts(Guid Id);

public sealed class UnmergeContactsHandler(
    PluraDb db, IEnumerable<IMergesContacts> modules, IConsentMerge consents, PartedRows parted, LiveContacts live, Actor actor, TimeProvider clock, IAudit audit)
{
    public static readonly Refusal Missing = Refusal.NotFound("merge.unknown", "There is no such merge.");

    public async Task<Result<MergedContact>> Handle(UnmergeContacts command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await MergeLocks.Importing(db, ct) is { } importing)
            return importing;
        if (await db.MergedContacts.FromSql($"select * from contacts.merge where tenant_id = {db.Tenant.Id} and id = {command.Id} for update").SingleOrDefaultAsync(ct) is not { } merge)
            return Missing;
        await db.Entry(merge).ReloadAsync(ct);
        if (merge.UndoneAt is not null)
            return Refusal.Conflict("merge.undone", "This merge was taken back already.", merge.LoserId);
        if (merge.Loser is null)
            return Refusal.Conflict("merge.over", $"A merge can be taken back for {MergedContact.UndoFor.Days} days, and those are over.", merge.WinnerId);
        var rows = await MergeLocks.Both(db, merge.WinnerId, merge.LoserId, ct);
        if (rows.Find(r => r.Id == merge.WinnerId) is not { } winner)
            return Refusal.Conflict("merge.gone", "The contact that stayed is not here any more. Bring it back first: from the bin, or by taking back the merge that came after.", merge.WinnerId);
        if (await db.MergedContacts.AnyAsync(m => m.WinnerId == merge.WinnerId && m.UndoneAt == null && m.Id != merge.Id && (m.At > merge.At || (m.At == merge.At && m.Id.CompareTo(merge.Id) > 0)), ct))
            return Refusal.Conflict("merge.later", "This contact was merged with another one since. Take that back first.", merge.WinnerId);

        await Quietly.Change(db, ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var joined = new JoinedContacts(db.Tenant.Id, merge.Id, merge.LoserId, merge.WinnerId, new Dictionary<Guid, Guid>());
        var moved = JsonNode.Parse(merge.Moved!)!.AsObject();
        if (await parted.Bring(connection, joined, merge, moved[MergeContactsHandler.Own]!.AsObject(), ct) is { } taken)
            return taken;
        // Before what was sent to them: everybody locks the address before the message.
        await consents.Part(merge.Id, merge.WinnerId, moved[MergeContactsHandler.Consents]!.ToJsonString(JsonSerializerOptions.Default), ct);
        foreach (var module in modules.Reverse())
        {
            if (moved[module.Name] is { } kept)
                await module.Part(connection, joined, kept.ToJsonString(JsonSerializerOptions.Default), ct);
        }

        var now = clock.GetUtcNow();
        db.Entry(winner).State = EntityState.Detached;
        foreach (var (contact, name) in ((Guid, string)[])[(merge.WinnerId, merge.LoserName), (merge.LoserId, "")])
            db.ContactChanges.Add(ContactChange.New(contact, ContactChange.Parted, new(StringComparer.Ordinal) { ["from"] = [name] }, actor, now));
        merge.Undo(actor, now);
        db.Publish(new ContactsParted(merge.Id, merge.WinnerId, merge.LoserId));
        audit.Note("contacts.unmerge", merge.WinnerId, new Dictionary<string, string>(StringComparer.Ordinal) { ["other"] = merge.LoserId.ToString() });
        await db.SaveChangesAsync(ct);
        await live.Changed(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return merge;
    }
}
