using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Takes a domain off the list: letters from it are signed as before. It can be brought back for a while.</summary>
public sealed record DeleteSendingDomain(Guid Id);

public sealed class DeleteSendingDomainHandler(PluraDb db, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(DeleteSendingDomain command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.SendingDomains.SingleOrDefaultAsync(d => d.Id == command.Id && d.DeletedAt == null, ct) is not { } domain)
            return SendingDomains.Missing;
        domain.Delete(clock.GetUtcNow());
        db.Enqueue(new ForgetSendingDomain(domain.Id, domain.DeletedAt!.Value), domain.DeletedAt.Value + ForgetSendingDomain.After);
        audit.Note("messaging.delete_sending_domain", domain.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

/// <summary>Brings a domain back, with its keys.</summary>
public sealed record RestoreSendingDomain(Guid Id);

public sealed class RestoreSendingDomainHandler(PluraDb db, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(RestoreSendingDomain command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.SendingDomains.SingleOrDefaultAsync(d => d.Id == command.Id, ct) is not { } domain)
            return SendingDomains.Missing;
        if (domain.DeletedAt is null)
            return Result.Done;
        domain.Restore();
        LookAtSendingDomain.Plan(db, domain, clock.GetUtcNow(), atOnce: true);
        audit.Note("messaging.restore_sending_domain", domain.Id);
        return await db.SaveUnless(SendingDomains.Names, Refusal.Conflict("sending_domain.exists", "The same domain stands in your list again."), ct) is { } refused ? refused : Result.Done;
    }
}

/// <summary>Forgets a domain that was taken away, and its keys.</summary>
/// <param name="DeletedAt">One that was brought back and taken away again has another moment.</param>
public sealed record ForgetSendingDomain(Guid Id, DateTimeOffset DeletedAt) : IJob
{
    public static readonly TimeSpan After = TimeSpan.FromDays(30);
}

[Work("Forgetting a domain for mail 30 days after it was taken away")]
public sealed class ForgetSendingDomainHandler(PluraDb db) : IJobHandler<ForgetSendingDomain>
{
    public async Task Run(ForgetSendingDomain job, CancellationToken ct) =>
        await db.SendingDomains.Where(d => d.Id == job.Id && d.DeletedAt != null && d.DeletedAt <= job.DeletedAt).ExecuteDeleteAsync(ct);
}
