using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Says that these contacts are not the same person: no two of them are shown as duplicates any more.</summary>
public sealed record DismissDuplicate
{
    public const int Most = 20;

    public List<Guid> Contacts { get; set => field = value ?? []; } = [];
}

/// <summary>Takes such a word back.</summary>
public sealed record RecallDismissal(Guid Id);

public sealed class DismissDuplicateHandler(PluraDb db, Actor actor, TimeProvider clock, IAudit audit)
{
    public static readonly Refusal Missing = Refusal.NotFound("duplicate.unknown", "Nobody said that, or it was taken back already.");

    /// <summary>Answers the id by which it can be taken back.</summary>
    public async Task<Result<Guid>> Handle(DismissDuplicate command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var ids = command.Contacts.Distinct().Order().ToArray();
        if (ids.Length is < 2 or > DismissDuplicate.Most)
            return Refusal.Invalid("duplicate.selection", $"Tick between 2 and {DismissDuplicate.Most} contacts that are not the same.", nameof(command.Contacts));
        if (await db.Contacts.CountAsync(c => ids.Contains(c.Id), ct) != ids.Length)
            return ReadContact.Missing;
        var now = clock.GetUtcNow();
        var said = Guid.CreateVersion7(now);
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.Database.ExecuteSqlAsync($"""
            insert into contacts.not_same (tenant_id, first_id, second_id, said_id, at, by, by_id)
            select {db.Tenant.Id}, a, b, {said}, {now}, {actor.Name}, {actor.Id}::uuid from unnest({ids}) a, unnest({ids}) b where a < b
            on conflict (tenant_id, first_id, second_id) do nothing
            """, ct);
        audit.Note("contacts.dismiss_duplicate", ids[0], new Dictionary<string, string>(StringComparer.Ordinal) { ["others"] = string.Join(' ', ids.Skip(1)) });
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return said;
    }

    public async Task<Result> Handle(RecallDismissal command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // What followed a merge goes with the merge.
        var merges = db.MergedContacts;
        if (await db.NotSame.Where(n => n.SaidId == command.Id && !merges.Any(m => m.Id == command.Id)).ExecuteDeleteAsync(ct) == 0)
            return Missing;
        audit.Note("contacts.recall_dismissal", about: null, new Dictionary<string, string>(StringComparer.Ordinal));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
