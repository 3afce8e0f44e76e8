using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Once an hour, looks at the record of every agency's domain for mail: one that has appeared counts, one that went away ends it.</summary>
public sealed class MailDomainWatch(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MailDomainWatch> logger) : HourlyWorker(clock, logger)
{
    /// <summary>The installation's log keeps it under these acts.</summary>
    public const string Found = "agency.mail_domain_found";

    public const string Lost = "agency.mail_domain_lost";

    /// <summary>Answers how many domains count from now on, or no longer.</summary>
    public async Task<int> Look(CancellationToken ct)
    {
        List<(Guid Agency, string Domain)> all;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var found = await scope.ServiceProvider.GetRequiredService<PluraDb>().AgencyBrands.Where(b => b.SenderDomain != null).Select(b => new { b.AgencyId, b.SenderDomain }).ToListAsync(ct);
            all = [.. found.Select(b => (b.AgencyId, b.SenderDomain!))];
        }

        var changed = 0;
        foreach (var (agency, domain) in all)
            changed += await Look(agency, domain, ct) ? 1 : 0;
        return changed;
    }

    private async Task<bool> Look(Guid agency, string domain, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("Mail domains");
        var (db, domains) = (scope.ServiceProvider.GetRequiredService<PluraDb>(), scope.ServiceProvider.GetRequiredService<MailDomains>());
        var asked = await domains.Ask(agency, domain, ct);
        // A name system that is out of reach ends nothing: the next round asks again. Without a key nothing can be signed, whatever the record says.
        if (!asked.Ok && asked.Refusal!.Code != MailDomains.NoKey)
            return false;
        var found = asked.Ok && asked.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await domains.Hold(db, agency, domain, ct) is not { } brand)
            return false;
        var before = brand.SenderConfirmedAt is not null;
        brand.Checked(found, Clock.GetUtcNow());
        if (found != before)
            scope.ServiceProvider.GetRequiredService<IAudit>().Note(found ? Found : Lost, agency);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return found != before;
    }

    protected override async Task<long> Round(CancellationToken ct) => await Look(ct);
}
