using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Platform.Outbox;

namespace Plura.Accounts;

/// <summary>The operator has work that was given up tried again: one piece of whatever account, or all of the installation's.</summary>
public sealed record RetryAnyWork
{
    /// <summary>Null for all.</summary>
    public Guid? Id { get; set; }
}

public sealed class RetryAnyWorkHandler(PluraDb db, IServiceScopeFactory scopes, Actor actor, IAudit audit)
{
    /// <summary>Answers how many pieces are tried again.</summary>
    public async Task<Result<int>> Handle(RetryAnyWork command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var tenants = await db.Outbox.Where(m => m.DeadAt != null && (command.Id == null || m.Id == command.Id)).Select(m => m.TenantId).Distinct().ToListAsync(ct);
        if (tenants.Count == 0)
            return command.Id is null ? 0 : Refusal.NotFound("work.not_waiting", "This work does not wait any more: it is done, or it is being tried again.");
        audit.Note("operator.retry_work", command.Id);
        await db.SaveChangesAsync(ct);
        var tried = 0;
        foreach (var tenant in tenants)
            tried += await Again(tenant, command.Id, ct);
        return tried;
    }

    /// <summary>In a scope of the account: a handler that hears of it writes there, and so does the account's own log.</summary>
    private async Task<int> Again(Guid? tenant, Guid? id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().Become(actor.Kind, actor.Id, actor.Name, actor.Permissions);
        if (tenant is { } account)
        {
            scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
            scope.ServiceProvider.GetRequiredService<IAudit>().Note("operator.retry_work", id);
        }

        return (await scope.ServiceProvider.GetRequiredService<DeadLetters>().Again(id, ct)).Count;
    }
}
