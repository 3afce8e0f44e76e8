using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Once an hour, news of ninety days ago goes, with who has read it and how it went to them. What happened stands in the account itself.</summary>
public sealed class NoticeTidying(IServiceScopeFactory scopes, TimeProvider clock, ILogger<NoticeTidying> logger) : HourlyWorker(clock, logger)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Answers how many notices went.</summary>
    public async Task<int> Tidy(CancellationToken ct)
    {
        var until = Clock.GetUtcNow() - Kept;
        List<Guid> accounts;
        await using (var scope = scopes.CreateAsyncScope())
            accounts = await scope.ServiceProvider.GetRequiredService<PluraDb>().Database.SqlQuery<Guid>($"""select account as "Value" from accounts.accounts_with_old_notices({until})""").ToListAsync(ct);
        var gone = 0;
        foreach (var account in accounts)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
            gone += await scope.ServiceProvider.GetRequiredService<PluraDb>().Notices.Where(n => n.At <= until).ExecuteDeleteAsync(ct);
        }

        return gone;
    }

    protected override async Task<long> Round(CancellationToken ct) => await Tidy(ct);
}
