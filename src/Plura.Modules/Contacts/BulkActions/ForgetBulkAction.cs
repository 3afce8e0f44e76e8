using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Forgets a bulk action and with it how to take it back.</summary>
public sealed record ForgetBulkAction(Guid Id) : IJob
{
    public static readonly TimeSpan After = TimeSpan.FromDays(60);
}

[Work("Forgetting a change of many contacts after 60 days")]
public sealed class ForgetBulkActionJobHandler(PluraDb db) : IJobHandler<ForgetBulkAction>
{
    public async Task Run(ForgetBulkAction job, CancellationToken ct) => await db.BulkActions.Where(a => a.Id == job.Id).ExecuteDeleteAsync(ct);
}
