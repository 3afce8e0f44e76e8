using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Platform.Outbox;
using Plura.Platform.Postgres;

namespace Plura.Accounts;

/// <summary>What waits and what failed, of all accounts and of the installation itself. Never what is in a message: that may lead to people.</summary>
public sealed class JobsCommand(TimeProvider clock) : ICommand
{
    private const int MostFailed = 500;

    public string Name => "jobs";

    public string Help => "counts what waits in the background and lists what failed";

    public async Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct)
    {
        var report = services.GetRequiredService<OutboxReport>();
        var kinds = await report.Kinds(ct);
        var dead = await report.Dead(MostFailed, ct);
        var slugs = await Slugs(services.GetRequiredService<PluraDb>(), dead, ct);
        var catalog = services.GetRequiredService<OutboxCatalog>();
        return new
        {
            waiting = kinds.Sum(k => k.Waiting),
            due = kinds.Sum(k => k.Due),
            running = kinds.Sum(k => k.Running),
            dead = kinds.Sum(k => k.Dead),
            // How long the one that waits longest is overdue; null where nothing is due.
            oldestWaitingSeconds = kinds.Min(k => k.DueSince) is { } since ? (long?)Math.Max(0, (clock.GetUtcNow() - since).TotalSeconds) : null,
            kinds = kinds.Select(k => new { kind = Kind(k.Subscriber), waiting = k.Waiting, due = k.Due, running = k.Running, dead = k.Dead }),
            failed = dead.Select(m => Line(m, catalog, m.TenantId is { } id ? slugs.GetValueOrDefault(id) : null)),
        };
    }

    /// <summary>The class that does the work, without its namespace: <c>ImportContactsJob</c>, <c>SuppressDeadAddress</c>.</summary>
    internal static string Kind(string subscriber)
    {
        var name = subscriber[(subscriber.LastIndexOf('.') + 1)..];
        return name.EndsWith("Handler", StringComparison.Ordinal) ? name[..^"Handler".Length] : name;
    }

    private static object Line(OutboxMessage message, OutboxCatalog catalog, string? account)
    {
        var failure = Failure.Read(message.LastError ?? Failure.Interrupted.ToString());
        return new { id = message.Id, kind = Kind(message.Subscriber), work = catalog.Work(message.Subscriber)?.Words, account, tries = message.Attempts, at = message.DeadAt, reason = failure.Words, detail = failure.Detail };
    }

    private static Task<Dictionary<Guid, string>> Slugs(PluraDb db, IReadOnlyList<OutboxMessage> messages, CancellationToken ct)
    {
        var tenants = messages.Select(m => m.TenantId).OfType<Guid>().Distinct().ToList();
        return db.Accounts.Where(a => tenants.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Slug, ct);
    }
}

/// <summary>Has dead work tried again, and does it at once, so that it also works where no server runs.</summary>
public sealed class RetryJobsCommand(IServiceScopeFactory scopes, Dispatcher dispatcher) : ICommand
{
    public string Name => "jobs retry";

    public string Help => "--id <id> | --all: tries failed work again";

    public async Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct)
    {
        Guid? one = options.Get("id") is { } text ? Guid.TryParse(text, out var id) ? id : throw new PlainException($"'{text}' is not an id. bin/plura jobs lists them.") : null;
        if (one is null == options.Get("all") is null)
            throw new PlainException("Say which: --id <id>, or --all.");
        var report = services.GetRequiredService<OutboxReport>();
        var dead = await report.Dead(int.MaxValue, ct);
        var tenants = dead.Where(m => one is null || m.Id == one).Select(m => m.TenantId).Distinct().ToList();
        if (one is not null && tenants.Count == 0)
            throw new PlainException($"No failed job has the id {one}. bin/plura jobs lists them.");

        var revived = new List<Guid>();
        foreach (var tenant in tenants)
            revived.AddRange(await Again(tenant, one, ct));
        await dispatcher.Run(revived, ct);
        var left = await report.Left(revived, ct);
        return new
        {
            retried = revived.Count,
            done = revived.Count - left.Count,
            // Tried again by itself after a pause, or at work in a server beside us.
            waiting = left.Where(m => m.DeadAt is null).Select(m => new { id = m.Id, kind = JobsCommand.Kind(m.Subscriber), running = m.Node is not null, reason = m.LastError is { } error ? Failure.Read(error).Words : null }),
        };
    }

    private async Task<IReadOnlyList<Guid>> Again(Guid? tenant, Guid? id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (tenant is { } account)
            scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("command line");
        return (await scope.ServiceProvider.GetRequiredService<DeadLetters>().Again(id, ct));
    }
}
