using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Looks at an account that an agency opened, once it stands: whose mailbox its owner has, and how many the agency opened that day.</summary>
public sealed record WeighNewAccount(Guid AccountId, bool Disposable) : IJob;

[Work("Look at a new account for signs of misuse")]
public sealed class WeighNewAccountHandler(PluraDb db, IMisuse misuse) : IJobHandler<WeighNewAccount>
{
    public async Task Run(WeighNewAccount job, CancellationToken ct)
    {
        if (job.Disposable)
            await misuse.Raise(job.AccountId, SignalCodes.DisposableDomain, new Dictionary<string, string>(StringComparer.Ordinal) { ["list"] = "yes" }, ct);
        if (await db.Accounts.AsNoTracking().FirstOrDefaultAsync(a => a.Id == job.AccountId, ct) is not { } account)
            return;
        var founded = await db.Agencies.Where(a => a.Id == account.AgencyId).Select(a => a.CreatedAt).SingleAsync(ct);
        if (!AgencyAge.IsYoung(founded, account.CreatedAt))
            return;
        // Up to this one: whichever came first is not blamed for those that followed.
        var from = account.CreatedAt.AddDays(-1);
        var opened = await db.Accounts.CountAsync(a => a.AgencyId == account.AgencyId && a.CreatedAt > from && a.CreatedAt <= account.CreatedAt, ct);
        if (opened >= SignalBook.AccountsPerAgency)
            await misuse.Raise(account.Id, SignalCodes.AccountsOfAgency, new Dictionary<string, string>(StringComparer.Ordinal) { ["accounts"] = opened.ToString(CultureInfo.InvariantCulture) }, ct);
    }
}
