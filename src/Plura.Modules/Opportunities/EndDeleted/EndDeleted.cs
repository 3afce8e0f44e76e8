using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>
/// Once an hour: opportunities that were deleted 60 days ago are gone for good, with the files in their fields, and so is what could be taken back of them.
/// Which steps they took stays: it names nobody.
/// </summary>
public sealed class EndDeleted(IServiceScopeFactory scopes, TimeProvider clock, ILogger<EndDeleted> logger) : HourlyWorker(clock, logger)
{
    /// <summary>How many go in one transaction.</summary>
    public const int BatchSize = 500;

    /// <summary>Answers how many ended.</summary>
    public async Task<int> Empty(CancellationToken ct)
    {
        var until = Clock.GetUtcNow() - BinTime.After;
        List<Guid> accounts;
        await using (var scope = scopes.CreateAsyncScope())
            accounts = await scope.ServiceProvider.GetRequiredService<PluraDb>().Database.SqlQuery<Guid>($"""select account as "Value" from opportunities.accounts_with_deleted({until})""").ToListAsync(ct);
        var ended = 0;
        foreach (var account in accounts)
        {
            for (var batch = BatchSize; batch == BatchSize; ended += batch)
                batch = await In(account, until, ct);
        }

        return ended;
    }

    protected override async Task<long> Round(CancellationToken ct) => await Empty(ct);

    private async Task<int> In(Guid account, DateTimeOffset until, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<Tenant>().Enter(account);
        services.GetRequiredService<Actor>().BecomeSystem("Bin");
        var db = services.GetRequiredService<PluraDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two nodes look at the same hour, and somebody may bring one back at this moment: whoever holds the row goes first.
        var due = await db.Opportunities.FromSql($"""
            select * from opportunities.opportunity where tenant_id = {account} and deleted_at <= {until} order by deleted_at limit {BatchSize} for update skip locked
            """).ToListAsync(ct);
        await services.GetRequiredService<IOwnFiles>().End(due.ConvertAll(o => o.Id), ct);
        db.Opportunities.RemoveRange(due);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return due.Count;
    }
}
