using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Platform;
using Plura.Platform.Outbox;

namespace Plura.Automations;

/// <summary>Does what automations have to do now. Any number of nodes may: none takes what another holds. Accounts take turns.</summary>
public sealed partial class Engine(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Engine> log)
{
    private const int AtOnce = 4;
    private const int MostOvertaken = 5;

    /// <summary>Until nothing is due; answers how many happenings and runs were taken.</summary>
    public async Task<int> RunDue(CancellationToken ct)
    {
        var all = 0;
        while (true)
        {
            var taken = 0;
            await Parallel.ForEachAsync(await Accounts(ct), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (account, stop) => Interlocked.Add(ref taken, await Once(account, stop)));
            if (taken == 0)
                return all;
            all += taken;
        }
    }

    /// <summary>The same for one account.</summary>
    public async Task<int> RunDue(Guid account, CancellationToken ct)
    {
        var all = 0;
        while (await Once(account, ct) is > 0 and var taken)
            all += taken;
        return all;
    }

    private async Task<List<Guid>> Accounts(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        var now = clock.GetUtcNow();
        return await db.Database.SqlQuery<Guid>($"""select distinct account as "Value" from automations.accounts_with_work({now})""").ToListAsync(ct);
    }

    /// <summary>Who goes on goes before what happened is heard: so each contact's happenings are dealt with one after the other.</summary>
    private async Task<int> Once(Guid account, CancellationToken ct) =>
        await In(account, scope => scope.GetRequiredService<Turn>().Take(ct), ct) + await In(account, scope => scope.GetRequiredService<Hearing>().Take(ct), ct);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What fails in one account must not hold up the others; it is tried again with the next wake-up.")]
    private async Task<int> In(Guid account, Func<IServiceProvider, Task<int>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
                scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("automations");
                return await work(scope.ServiceProvider);
            }
            catch (Exception error) when (Failure.WasOvertaken(error) && attempt < MostOvertaken)
            {
                // Somebody else wrote the same rows first: it begins again with what stands now.
                Overtaken(log, account, attempt);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                Stumbled(log, error, account);
                return 0;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The automations of the account {Account} were overtaken, try {Attempt}")]
    private static partial void Overtaken(ILogger logger, Guid account, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The automations of the account {Account} could not go on; they are tried again")]
    private static partial void Stumbled(ILogger logger, Exception error, Guid account);
}
