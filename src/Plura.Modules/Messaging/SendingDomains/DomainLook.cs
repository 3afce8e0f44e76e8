using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>What a look at a domain's records has changed.</summary>
/// <param name="Proven">Letters from it are signed with it.</param>
/// <param name="News">That was not so before.</param>
/// <param name="Renewed">A new key signs from now on.</param>
/// <param name="Waits">A key waits whose record was not found.</param>
public sealed record DomainLooked(bool Proven, bool News, bool Renewed, bool Waits);

/// <summary>Asks the DNS about a domain's keys, takes the newest that is there, and keeps what servers make of letters from it.</summary>
public sealed class DomainLook(PluraDb db, IDnsTexts dns, SenderCheck sender, IAccountDirectory accounts, TimeProvider clock)
{
    public static Refusal Unreachable => Refusal.Invalid("sending_domain.unreachable", "We could not ask the name system just now. Nothing was changed: please try again in a few minutes.");

    /// <param name="id">The domain.</param>
    /// <param name="tell">Notes what was found; saved together with it.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<DomainLooked>> Look(Guid id, Action<SendingDomain, DomainLooked> tell, CancellationToken ct)
    {
        if (await db.SendingDomains.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.DeletedAt == null, ct) is not { } known)
            return SendingDomains.Missing;
        var found = new HashSet<Guid>();
        foreach (var key in await db.DomainKeys.AsNoTracking().Where(k => k.DomainId == id && k.RetiredAt == null).ToListAsync(ct))
        {
            if (await dns.Texts(DkimRecord.Name(key.Selector, known.Name), ct) is not { } texts)
                return Unreachable;
            if (DkimRecord.Fits(texts, key.PublicKey))
                found.Add(key.Id);
        }

        var looked = await Take(id, found, tell, ct);
        if (looked.Ok)
            await Keep(id, known.Name, ct);
        return looked;
    }

    private async Task<Result<DomainLooked>> Take(Guid id, HashSet<Guid> found, Action<SendingDomain, DomainLooked> tell, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // Two who look at once take turns; what one has retired the other finds retired.
        await db.Database.ExecuteSqlAsync($"select from messaging.sending_domain where tenant_id = {db.Tenant.Id} and id = {id} for update", ct);
        if (await db.SendingDomains.SingleOrDefaultAsync(d => d.Id == id && d.DeletedAt == null, ct) is not { } domain)
            return SendingDomains.Missing;
        await db.Entry(domain).ReloadAsync(ct);
        var keys = await db.DomainKeys.Where(k => k.DomainId == id && k.RetiredAt == null).ToListAsync(ct);
        var (used, waiting) = (keys.Find(k => k.UsedAt is not null), keys.Find(k => k.UsedAt is null));
        var renewed = waiting is not null && found.Contains(waiting.Id);
        var proven = renewed || (used is not null && found.Contains(used.Id));
        var looked = new DomainLooked(proven, domain.Checked(proven, now), renewed && used is not null, waiting is not null && !renewed);
        tell(domain, looked);
        if (looked.Renewed)
        {
            // First, and by itself: at no moment two sign.
            used!.Retire(now);
            await db.SaveChangesAsync(ct);
        }

        if (renewed)
            waiting!.Use(now);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return looked;
    }

    private async Task Keep(Guid id, string name, CancellationToken ct)
    {
        var account = await accounts.Account(db.Tenant.Id, ct) ?? throw new InvalidOperationException("The account of this scope does not exist.");
        var findings = JsonSerializer.Serialize(await sender.Examine(account, "postmaster@" + name, ct), JsonSerializerOptions.Web);
        await db.SendingDomains.Where(d => d.Id == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.Findings, findings), ct);
    }
}
