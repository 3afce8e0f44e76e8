using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The operator is an account of the product too: the installation's own mail leaves through it, and so through the gate.</summary>
internal sealed class OperatorAccount(IOptions<OperatorOptions> options, TimeProvider clock) : IStartupStep
{
    public const string Slug = "operator";

    public async Task Run(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<PluraDb>();
        var (settings, now) = (options.Value, clock.GetUtcNow());
        var account = await db.Accounts.FirstOrDefaultAsync(a => a.Slug == Slug, ct);
        if (account is null)
        {
            var agency = Agency.Found(Slug, settings.Name, now);
            account = Account.Open(agency.Id, Slug, settings.Name, "US", "Etc/UTC", settings.Email, now);
            db.AddRange(agency, account);
        }

        account.Describe(settings.Name, settings.PostalAddress.Length > 0 ? settings.PostalAddress : null, settings.Name, settings.Email, account.Country, account.TimeZone);
        await db.SaveChangesAsync(ct);
    }
}
