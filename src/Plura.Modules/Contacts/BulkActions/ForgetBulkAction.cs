using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Forgets a bulk action and with it how to take it back.</summary>
public sealed record ForgetBulkAction(Guid Id) : IJob
{
    public static readonly TimeSpan After = TimeSpan.FromDays(60);

    /// <summary>A file of people's data is fetched soon or not at all.</summary>
    public static readonly TimeSpan FileAfter = TimeSpan.FromDays(3);

    public static DateTimeOffset Due(BulkAction action) => action.CreatedAt + (action.Kind == BulkAction.Export ? FileAfter : After);
}

[Work("Forgetting a change of many contacts after 60 days, a file of them after 3")]
public sealed class ForgetBulkActionJobHandler(PluraDb db) : IJobHandler<ForgetBulkAction>
{
    public async Task Run(ForgetBulkAction job, CancellationToken ct) => await db.BulkActions.Where(a => a.Id == job.Id).ExecuteDeleteAsync(ct);
}
