using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Looks at a sign-up once it stands: from which network and domain, and how many came from there.</summary>
public sealed record WeighSignUp(Guid AccountId, bool Disposable) : IJob;

[Work("Look at a new account for signs of misuse")]
public sealed class WeighSignUpHandler(PluraDb db, IMisuse misuse) : IJobHandler<WeighSignUp>
{
    public async Task Run(WeighSignUp job, CancellationToken ct)
    {
        if (job.Disposable)
            await misuse.Raise(job.AccountId, SignalCodes.DisposableDomain, Facts(("list", "yes")), ct);
        if (await db.NetworkTraces.FirstOrDefaultAsync(t => t.Kind == NetworkTrace.SignUp && t.AccountId == job.AccountId, ct) is not { } trace)
            return;
        // Up to this one: whoever came first is not blamed for those who followed.
        var (from, to) = (trace.At.AddDays(-1), trace.At);
        var ups = db.NetworkTraces.Where(t => t.Kind == NetworkTrace.SignUp && t.At > from && t.At <= to);
        if (trace.Network is { } network && await ups.CountAsync(t => t.Network == network, ct) is >= SignalBook.SignUpsPerNetwork and var many)
            await misuse.Raise(job.AccountId, SignalCodes.SignUpsFromNetwork, Facts(("sign-ups", Text(many))), ct);
        if (trace.Domain is { } domain && await ups.CountAsync(t => t.Domain == domain, ct) is >= SignalBook.SignUpsPerDomain and var alike)
            await misuse.Raise(job.AccountId, SignalCodes.SignUpsFromDomain, Facts(("sign-ups", Text(alike))), ct);
    }

    private static Dictionary<string, string> Facts(params (string Name, string Value)[] facts) => facts.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
