using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <param name="Bytes">The length of its document.</param>
public sealed record SnapshotLine(Guid Id, string Name, DateTimeOffset SavedAt, int Bytes);

/// <summary>The snapshots of whoever's desk this is: the agency's, or else the account's. Others do not exist here.</summary>
public sealed class SnapshotShelf(PluraDb db, CurrentAgency agency, Actor actor, IEnumerable<ISnapshotPart> parts, TimeProvider clock)
{
    public const int Most = 100;

    private const int LongestName = 100;

    public static readonly Refusal Missing = Refusal.NotFound("snapshot.missing", "This snapshot does not exist any more.");

    public async Task<IReadOnlyList<SnapshotLine>> List(CancellationToken ct) => agency.Current is { } mine
        ? await db.AgencySnapshots.Where(s => s.AgencyId == mine).OrderByDescending(s => s.SavedAt).Select(s => new SnapshotLine(s.Id, s.Name, s.SavedAt, s.Document.Length)).ToListAsync(ct)
        : await db.AccountSnapshots.OrderByDescending(s => s.SavedAt).Select(s => new SnapshotLine(s.Id, s.Name, s.SavedAt, s.Document.Length)).ToListAsync(ct);

    /// <summary>Its name and document.</summary>
    public async Task<(string Name, string Document, DateTimeOffset SavedAt)?> Find(Guid id, CancellationToken ct)
    {
        if (agency.Current is { } mine)
            return await db.AgencySnapshots.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.AgencyId == mine, ct) is { } theirs ? (theirs.Name, theirs.Document, theirs.SavedAt) : null;
        return await db.AccountSnapshots.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct) is { } own ? (own.Name, own.Document, own.SavedAt) : null;
    }

    /// <summary>The same, read.</summary>
    public async Task<Result<SetUp>> Read(Guid id, CancellationToken ct) => await Find(id, ct) is { } found ? SetUp.Parse(found.Document, parts) : Missing;

    /// <summary>Puts one on the shelf; the caller saves. Refused where it is full.</summary>
    public async Task<Result<Guid>> Add(string name, SetUp setUp, CancellationToken ct)
    {
        if ((await List(ct)).Count >= Most)
            return Refusal.Limit("snapshot.limit", $"You can keep {Most} snapshots. Delete one that you do not need any more.");
        var (text, now) = (setUp.Text(), clock.GetUtcNow());
        if (agency.Current is { } mine)
        {
            var theirs = AgencySnapshot.Of(mine, name, text, actor.Id, now);
            db.AgencySnapshots.Add(theirs);
            return theirs.Id;
        }

        var own = AccountSnapshot.Of(name, text, actor.Id, now);
        db.AccountSnapshots.Add(own);
        return own.Id;
    }

    /// <summary>At an agency's desk: what one of its accounts was like before the agency stamped it, so that the agency itself can put it back; of these the last ten. The caller saves.</summary>
    public async Task KeepWayBack(string snapshot, string account, string document, CancellationToken ct)
    {
        var mine = agency.Id;
        var name = $"{Stamp.Before}{snapshot} on {account}";
        db.AgencySnapshots.RemoveRange(await db.AgencySnapshots.Where(s => s.AgencyId == mine && s.Name.StartsWith(Stamp.Before)).OrderByDescending(s => s.SavedAt).Skip(9).ToListAsync(ct));
        db.AgencySnapshots.Add(AgencySnapshot.Of(mine, name.Length > LongestName ? name[..LongestName] : name, document, actor.Id, clock.GetUtcNow()));
    }

    public async Task<bool> Remove(Guid id, CancellationToken ct)
    {
        if (agency.Current is { } mine)
        {
            if (await db.AgencySnapshots.FirstOrDefaultAsync(s => s.Id == id && s.AgencyId == mine, ct) is not { } theirs)
                return false;
            db.AgencySnapshots.Remove(theirs);
            return true;
        }

        if (await db.AccountSnapshots.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } own)
            return false;
        db.AccountSnapshots.Remove(own);
        return true;
    }
}
