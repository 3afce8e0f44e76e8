using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Once an hour, tells the people of an account that a token of theirs ends within a week: once for each end.</summary>
public sealed class TokenWatch(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TokenWatch> logger) : HourlyWorker(clock, logger)
{
    public static readonly TimeSpan Before = TimeSpan.FromDays(7);
    /// <summary>Answers how many were told of.</summary>
    public async Task<int> Tell(CancellationToken ct)
    {
        var now = Clock.GetUtcNow();
        var soon = now + Before;
        List<(Guid Id, Guid Account)> ending;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var found = await scope.ServiceProvider.GetRequiredService<PluraDb>().ApiTokens
                .Where(t => t.RevokedAt == null && t.ToldAt == null && t.ExpiresAt > now && t.ExpiresAt <= soon).Select(t => new { t.Id, t.AccountId }).ToListAsync(ct);
            ending = [.. found.Select(t => (t.Id, t.AccountId))];
        }

        foreach (var (id, account) in ending)
            await Tell(id, account, now, ct);
        return ending.Count;
    }

    private async Task Tell(Guid id, Guid account, DateTimeOffset now, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("Tokens");
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        // Two nodes look at the same hour: the one that comes second waits here and finds it told.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select from accounts.api_token where id = {id} for update", ct);
        if (await db.ApiTokens.FirstOrDefaultAsync(t => t.Id == id && t.ToldAt == null && t.RevokedAt == null, ct) is not { ExpiresAt: { } ends } token || ends <= now || ends > now + Before)
            return;
        TokenNotices.EndsSoon(scope.ServiceProvider.GetRequiredService<INotices>(), token, (int)Math.Ceiling((ends - now).TotalDays));
        token.Told(now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    protected override async Task<long> Round(CancellationToken ct) => await Tell(ct);
}
