using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

public enum StampOutcome
{
    Added,
    Changed,

    /// <summary>It is there already, just so.</summary>
    Alike,
    Refused,
}

/// <param name="Part">In people's words: <c>Tags</c>.</param>
/// <param name="Why">Where it was refused.</param>
/// <param name="Changes">Where it was changed: from what (left) to what.</param>
public sealed record StampLine(string Part, string Name, StampOutcome Outcome, string? Why, IReadOnlyList<SetUpChange> Changes);

/// <param name="Tried">True where nothing was kept.</param>
/// <param name="Untouched">How many things the account has that the set-up does not name: they stay as they are.</param>
public sealed record StampReport(bool Tried, IReadOnlyList<StampLine> Lines, int Untouched)
{
    /// <summary>The set-up as it was before, where something was changed.</summary>
    public string? Before { get; init; }

    public int Count(StampOutcome outcome) => Lines.Count(l => l.Outcome == outcome);
}

/// <summary>
/// Puts a set-up on the scope's account, in one transaction and by the handlers that the pages use. Trying it out is the same work with the
/// transaction taken back: so it says what the stamp does, whatever the handlers decide. Nothing is ever deleted.
/// </summary>
public sealed class Stamp(PluraDb db, IEnumerable<ISnapshotPart> parts, Actor actor, IAudit audit, TimeProvider clock)
{
    /// <summary>How the snapshot is called that is made first.</summary>
    public const string Before = "Before stamping ";

    /// <summary>The act in the account's log.</summary>
    public const string Act = "account.stamp_snapshot";

    public async Task<StampReport> Do(SetUp wanted, Guid snapshot, string name, bool tryOnly, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!tryOnly)
        {
            audit.Note(Act, snapshot, new Dictionary<string, string>(StringComparer.Ordinal) { ["things"] = wanted.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) });
            await db.SaveChangesAsync(ct);
        }

        var before = tryOnly ? "" : (await SetUp.Of(parts, ct)).Text();
        var (lines, untouched) = (new List<StampLine>(), 0);
        var all = parts.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var (key, items) in wanted.Parts.Select(p => (p.Part.Name, p.Items)))
        {
            var part = all[key];
            foreach (var (item, here) in SetUpDiff.Pair(items, await part.Read(ct)))
            {
                if (item is null)
                    untouched++;
                else
                    lines.Add(await Put(part, item, here, ct));
            }
        }

        var changed = !tryOnly && lines.Exists(l => l.Outcome is StampOutcome.Added or StampOutcome.Changed);
        if (tryOnly)
        {
            await transaction.RollbackAsync(ct);
        }
        else
        {
            if (changed)
                await KeepWayBack(name, before, ct);
            await transaction.CommitAsync(ct);
        }

        db.ChangeTracker.Clear();
        return new StampReport(tryOnly, lines, untouched) { Before = changed ? before : null };
    }

    /// <summary>The set-up as it was stands on the account's shelf; of these the last ten.</summary>
    private async Task KeepWayBack(string name, string before, CancellationToken ct)
    {
        db.AccountSnapshots.Add(AccountSnapshot.Of(Before + (name.Length > 80 ? name[..80] : name), before, actor.Id, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        var old = await db.AccountSnapshots.Where(s => s.Name.StartsWith(Before)).OrderByDescending(s => s.SavedAt).Skip(10).Select(s => s.Id).ToListAsync(ct);
        await db.AccountSnapshots.Where(s => old.Contains(s.Id)).ExecuteDeleteAsync(ct);
    }

    private async Task<StampLine> Put(ISnapshotPart part, SetUpItem wanted, SetUpItem? here, CancellationToken ct)
    {
        var changes = here is null ? [] : SetUpDiff.Changes(here, wanted);
        if (here is not null && changes.Count == 0)
            return new StampLine(part.Title, wanted.Name, StampOutcome.Alike, null, []);
        var refused = actor.May(part.Permission)
            ? await part.Put(wanted, here, ct)
            : Refusal.Forbidden("snapshot.permission", "Your role here does not let you change this.");
        // What a refused handler had begun must not be saved by the next one.
        db.ChangeTracker.Clear();
        return refused is null
            ? new StampLine(part.Title, wanted.Name, here is null ? StampOutcome.Added : StampOutcome.Changed, null, changes)
            : new StampLine(part.Title, wanted.Name, StampOutcome.Refused, refused.Text, changes);
    }
}
