using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Conversations.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>
/// Once an hour: what visitors wrote who never said who they are goes when nothing was written for ninety days, and with it the key that it stood
/// under. Nobody could ask for it: nobody knows whose it is. Sessions in which nothing was ever written go after a day.
/// </summary>
public sealed class ForgetVisitors(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetVisitors> logger) : HourlyWorker(clock, logger)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private static readonly TimeSpan EmptyKept = TimeSpan.FromDays(1);
    private const int BatchSize = 500;

    /// <summary>Answers how many conversations went.</summary>
    public async Task<int> Forget(CancellationToken ct)
    {
        List<Guid> accounts;
        await using (var scope = scopes.CreateAsyncScope())
            accounts = await scope.ServiceProvider.GetRequiredService<PluraDb>().ChatDoors.Select(d => d.TenantId).ToListAsync(ct);
        var gone = 0;
        foreach (var account in accounts)
        {
            for (var batch = BatchSize; batch == BatchSize; gone += batch)
                batch = await In(account, ct);
        }

        return gone;
    }

    protected override async Task<long> Round(CancellationToken ct) => await Forget(ct);

    private async Task<int> In(Guid account, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("web chat");
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        var (old, empty) = (Clock.GetUtcNow() - Kept, Clock.GetUtcNow() - EmptyKept);
        await db.ChatSessions.Where(s => s.ConversationId == null && s.BegunAt < empty).ExecuteDeleteAsync(ct);
        // With whom it is, is its own session: nobody has said who they are.
        var sessions = db.ChatSessions;
        var due = await db.Conversations.Where(c => c.LastMessageAt < old && sessions.Any(s => s.Id == c.ContactId)).Select(c => new { c.Id, Visitor = c.ContactId }).Take(BatchSize).ToListAsync(ct);
        var texts = scope.ServiceProvider.GetRequiredService<ISubjectTexts>();
        foreach (var visitor in due)
            await texts.Forget(visitor.Visitor, ct);
        var ids = due.ConvertAll(d => d.Id);
        await db.Conversations.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(ct);
        return due.Count;
    }
}
