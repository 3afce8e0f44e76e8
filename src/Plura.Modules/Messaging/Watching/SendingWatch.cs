using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Accounts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Once an hour: adds up what was sent, and looks at each account that sent for signs of misuse. The numbers at which one fires stand here.</summary>
public sealed class SendingWatch(IServiceScopeFactory scopes, IMisuse misuse, TimeProvider clock, ILogger<SendingWatch> logger) : HourlyWorker(clock, logger)
{
    /// <summary>A day with fewer messages says nothing.</summary>
    public const int Telling = 50;

    /// <summary>One in ten comes back.</summary>
    public const int BouncesPercent = 10;

    /// <summary>Google's line: three in a thousand report it …</summary>
    public const int ComplaintsPerThousand = 3;

    /// <summary>… and at least three readers.</summary>
    public const int LeastComplaints = 3;

    /// <summary>Ten times the busiest day of the thirty before …</summary>
    public const int SpikeTimes = 10;

    /// <summary>… and at least so many.</summary>
    public const int LeastSpike = 2_000;

    /// <summary>Answers how many accounts were looked at.</summary>
    public async Task<int> Look(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        var now = Clock.GetUtcNow();
        await db.Database.SqlQuery<long>($"""select messaging.roll_sending({now.AddDays(-1)}) as "Value" """).SingleAsync(ct);
        var (today, month) = (DateOnly.FromDateTime(now.UtcDateTime), DateOnly.FromDateTime(now.UtcDateTime.AddDays(-30)));
        var days = await db.Set<SendingDay>().Where(d => d.Day == today || d.Day == today.AddDays(-1)).GroupBy(d => d.AccountId)
            .Select(g => new { Account = g.Key, Accepted = g.Sum(d => d.Accepted), Bounced = g.Sum(d => d.Bounced), Today = g.Where(d => d.Day == today).Sum(d => d.Accepted) }).ToListAsync(ct);
        var accounts = days.Select(d => d.Account).ToList();
        var busiest = await db.Set<SendingDay>().Where(d => accounts.Contains(d.AccountId) && d.Day >= month && d.Day < today).GroupBy(d => d.AccountId).ToDictionaryAsync(g => g.Key, g => g.Max(d => d.Accepted), ct);
        var complaints = await scope.ServiceProvider.GetRequiredService<IComplaints>().Of(accounts, now.AddDays(-1), ct);
        foreach (var day in days)
        {
            var tried = day.Accepted + day.Bounced;
            if (tried >= Telling && day.Bounced * 100 >= tried * BouncesPercent)
                await misuse.Raise(day.Account, SignalCodes.Bounces, Facts(("tried", tried), ("came back", day.Bounced)), ct);
            if (complaints.GetValueOrDefault(day.Account) is >= LeastComplaints and var reported && tried >= Telling && reported * 1000 >= tried * ComplaintsPerThousand)
                await misuse.Raise(day.Account, SignalCodes.Complaints, Facts(("tried", tried), ("reported", reported)), ct);
            // The first day of all has nothing to be compared with: the daily limits of new accounts see to it.
            if (busiest.GetValueOrDefault(day.Account) is > 0 and var before && day.Today >= LeastSpike && day.Today >= before * SpikeTimes)
                await misuse.Raise(day.Account, SignalCodes.SendSpike, Facts(("today", day.Today), ("busiest day before", before)), ct);
        }

        return days.Count;
    }

    protected override async Task<long> Round(CancellationToken ct) => await Look(ct);

    private static Dictionary<string, string> Facts(params (string Name, long Value)[] facts) => facts.ToDictionary(f => f.Name, f => f.Value.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
