using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Platform.Outbox;

namespace Plura.Accounts;

/// <param name="Accounts">All, but for the operator's own.</param>
/// <param name="Active">Of them, those of which somebody was here in the last 30 days.</param>
/// <param name="SignUps">Accounts opened in the last seven days.</param>
/// <param name="Reviews">Accounts that wait for a decision.</param>
public sealed record DeskCounts(int Accounts, int Active, int Agencies, int SignUps, int Reviews);

/// <param name="Waiting">Work that was not begun although its time has come.</param>
/// <param name="DueSince">When the time of the longest-waiting came.</param>
/// <param name="Dead">Given up; waits for a person.</param>
public sealed record DeskWork(int Waiting, DateTimeOffset? DueSince, int Running, int Dead);

/// <param name="Database">Bytes.</param>
/// <param name="Free">Bytes free where the data folder stands; null where the system does not say.</param>
/// <param name="Whole">Bytes of that disk.</param>
/// <param name="LastBackup">The newest file under <c>backups</c>; null where there is none.</param>
public sealed record DeskRoom(long Database, long? Free, long? Whole, DateTimeOffset? LastBackup);

/// <summary>Is the installation well? Numbers for the operator's overview, each from where it is known.</summary>
public sealed class Wellbeing(PluraDb db, HealthCheckService health, OutboxReport outbox, ReviewBook reviews, DataFolder folder, TimeProvider clock)
{
    /// <summary>Work that waits longer than this points at trouble.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static string Version => typeof(Wellbeing).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>Sentences about what is not well; none where all is.</summary>
    public async Task<IReadOnlyList<string>> Ailments(CancellationToken ct) =>
        [.. (await health.CheckHealthAsync(ct)).Entries.Values.Where(e => e.Status != HealthStatus.Healthy).Select(e => string.Equals(e.Description, e.Exception?.Message, StringComparison.Ordinal) ? "A check could not be made; the log says why." : e.Description ?? "A check failed.")];

    public async Task<DeskCounts> Counts(CancellationToken ct)
    {
        var (month, week) = (clock.GetUtcNow().AddDays(-30), clock.GetUtcNow().AddDays(-7));
        var (memberships, sessions) = (db.Memberships, db.Sessions);
        var accounts = db.Accounts.Where(a => a.Slug != OperatorAccount.Slug);
        return new DeskCounts(
            await accounts.CountAsync(ct),
            await accounts.CountAsync(a => memberships.Where(m => m.AccountId == a.Id).Join(sessions, m => m.UserId, s => s.UserId, (_, s) => s).Any(s => s.SeenAt > month), ct),
            await db.Agencies.CountAsync(a => a.Slug != OperatorAccount.Slug, ct),
            await accounts.CountAsync(a => a.CreatedAt > week, ct),
            await reviews.Waiting(ct));
    }

    public async Task<DeskWork> Work(CancellationToken ct)
    {
        var kinds = await outbox.Kinds(ct);
        return new DeskWork(kinds.Sum(k => k.Due), kinds.Min(k => k.DueSince), kinds.Sum(k => k.Running), kinds.Sum(k => k.Dead));
    }

    public async Task<DeskRoom> Room(CancellationToken ct)
    {
        var size = await db.Database.SqlQuery<long>($"""select pg_database_size(current_database()) as "Value" """).SingleAsync(ct);
        var (free, whole) = Disk(folder.Root);
        return new DeskRoom(size, free, whole, Newest(Path.Combine(folder.Root, "backups")));
    }

    private static (long? Free, long? Whole) Disk(string path)
    {
        try
        {
            var drive = new DriveInfo(path);
            return (drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, null);
        }
    }

    private static DateTimeOffset? Newest(string folder)
    {
        try
        {
            var times = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => new DateTimeOffset(File.GetLastWriteTimeUtc(f), TimeSpan.Zero)).ToList() : [];
            return times.Count == 0 ? null : times.Max();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
