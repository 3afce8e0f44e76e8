using System.Globalization;
using System.Runtime.CompilerServices;
using Plura.Messaging;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>
/// A transport's own record of what its provider took, outside the database: one line per message in <c>transport/</c> of the data folder
/// (time, Message-ID, account, decision; no address). <c>bin/plura sends reconcile</c> holds it against the decisions. A file per day and process, kept for 90 days.
/// </summary>
internal sealed class TransportFile(DataFolder folder, TimeProvider clock, string name) : ITransportLog, IDisposable
{
    private const int BatchSize = 5_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private readonly Lock door = new();
    private StreamWriter? file;
    private DateOnly day;

    public string Name => name;

    private string Folder => Path.Combine(folder.Root, "transport");

    public void Took(AuthorizedMessage message)
    {
        var now = clock.GetUtcNow();
        lock (door)
        {
            if (file is null || day != DateOnly.FromDateTime(now.UtcDateTime))
                Open(DateOnly.FromDateTime(now.UtcDateTime));
            file!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{now:O}\t{message.Message.MessageId}\t{message.TenantId}\t{message.DecisionId}"));
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<HandedOver>> Read(DateTimeOffset since, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!Directory.Exists(Folder))
            yield break;
        var batch = new List<HandedOver>(BatchSize);
        foreach (var path in Directory.EnumerateFiles(Folder, $"{name}-*.log").Where(f => Reaches(f, since)).Order(StringComparer.Ordinal))
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var lines = new StreamReader(stream);
            while (await lines.ReadLineAsync(ct) is { } line)
            {
                // The last line of a process that was killed may be half a line.
                if (Parse(line) is not { } taken || taken.At < since)
                    continue;
                batch.Add(taken);
                if (batch.Count < BatchSize)
                    continue;
                yield return batch;
                batch = new List<HandedOver>(BatchSize);
            }
        }

        if (batch.Count > 0)
            yield return batch;
    }

    public void Dispose() => file?.Dispose();

    /// <summary>A file holds one day of UTC, which its name says.</summary>
    private static bool Reaches(string path, DateTimeOffset since) =>
        !(Path.GetFileName(path).Split('-') is [_, var day, _] && DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var written)) || written >= DateOnly.FromDateTime(since.UtcDateTime);

    private static HandedOver? Parse(string line) =>
        line.Split('\t') is [var at, var messageId, var tenant, var decision]
        && DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var when) && Guid.TryParse(tenant, out var account) && Guid.TryParse(decision, out var allowed)
            ? new HandedOver(messageId, account, allowed, when)
            : null;

    private void Open(DateOnly today)
    {
        file?.Dispose();
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.EnumerateFiles(Folder, $"{name}-*.log").Where(f => File.GetLastWriteTimeUtc(f) < clock.GetUtcNow().UtcDateTime - Kept))
            File.Delete(old);
        var path = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{today:yyyyMMdd}-{Environment.ProcessId}.log"));
        (day, file) = (today, new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true });
    }
}
