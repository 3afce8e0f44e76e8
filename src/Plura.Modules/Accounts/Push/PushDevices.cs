using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The browsers to which people have notifications pushed: which of them still may get any, and their addresses, sealed and opened.</summary>
public sealed class PushDevices(PluraDb db, KeyFiles keys, TimeProvider clock)
{
    /// <summary>
    /// Those of one person. One whose sign-in was ended gets nothing more. Where nobody has clicked for half an hour it goes on, because to be told while one is
    /// away is what it is for, but not past the end that the sign-in has in any case.
    /// </summary>
    public async Task<IReadOnlyList<PushSubscription>> Of(Guid user, CancellationToken ct) => await Open(s => s.UserId == user).AsNoTracking().OrderBy(s => s.CreatedAt).ToListAsync(ct);

    public Task<PushSubscription?> Find(Guid id, CancellationToken ct) => Open(s => s.Id == id).FirstOrDefaultAsync(ct);

    public byte[] HashOf(string endpoint) => HMACSHA256.HashData(keys.Derive("pepper", "push address"), Encoding.UTF8.GetBytes(endpoint));

    /// <summary>The row's id is bound in, so that rows cannot be exchanged.</summary>
    public byte[] Seal(Guid id, PushAddress address) => SealedBytes.Seal(Key(), JsonSerializer.SerializeToUtf8Bytes(address), id.ToByteArray(bigEndian: true));

    public PushAddress Unseal(PushSubscription subscription) => JsonSerializer.Deserialize<PushAddress>(SealedBytes.Open(Key(), subscription.Sealed, subscription.Id.ToByteArray(bigEndian: true)))!;

    private byte[] Key() => keys.Derive("root", "push-subscriptions");

    private IQueryable<PushSubscription> Open(System.Linq.Expressions.Expression<Func<PushSubscription, bool>> which)
    {
        var (sessions, now) = (db.Sessions, clock.GetUtcNow());
        return db.PushSubscriptions.Where(which).Where(p => sessions.Any(s => s.Id == p.SessionId && s.UserId == p.UserId && s.EndsAt > now && (s.EndedAt == null || s.EndedBy == SessionEnds.Idle)));
    }
}
