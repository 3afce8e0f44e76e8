using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>Seals the heads every ten minutes and at shutdown; at the start it says so when the database is behind its last seal.</summary>
public sealed partial class AnchorService(AnchorWatch watch, AnchorLog log, AuditSealer sealer, TimeProvider clock, ILogger<AnchorService> logger) : BackgroundService, IWorker
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>Seals what stands now; does nothing while the ledger is behind, because a seal over a loss would hide it.</summary>
    public async Task<Anchor?> Seal(CancellationToken ct)
    {
        await sealer.Seal(everything: false, ct);
        return await watch.Look(ct) is null ? log.Append(await watch.Heads(ct), clock.GetUtcNow(), audit: await AuditHeads(ct)) : null;
    }

    /// <summary>Where an audit log lost or changed what was sealed, its old seal is carried along: sending goes on, and the loss stays visible.</summary>
    private async Task<IReadOnlyList<AnchorHead>> AuditHeads(CancellationToken ct)
    {
        var heads = await watch.AuditHeads(ct);
        if (log.Last() is not { Audit: { } before } anchor)
            return heads;
        var broken = (await watch.AuditMisses(anchor, ct)).Select(m => m.Tenant).ToHashSet();
        return broken.Count == 0 ? heads : [.. heads.Where(h => !broken.Contains(h.Tenant)), .. before.Where(h => broken.Contains(h.Tenant))];
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var time = LastWrites.Time();
        await Try(time.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await watch.Look(stoppingToken) is { } why)
            LedgerIsBehind(logger, why);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Try(stoppingToken);
            await Task.Delay(Every, clock, stoppingToken);
        }
    }

    private async Task Try(CancellationToken ct)
    {
        try
        {
            await Seal(ct);
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or IOException or UnauthorizedAccessException)
        {
            NotSealed(logger, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Nothing will be sent. {Why} Restore the newest backup, or run 'plura ledger accept' if this is what you have.")]
    private static partial void LedgerIsBehind(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The consent ledger's heads could not be sealed; the next try is in ten minutes")]
    private static partial void NotSealed(ILogger logger, Exception error);
}
