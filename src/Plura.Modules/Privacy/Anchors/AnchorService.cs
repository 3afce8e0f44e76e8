using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>Seals the heads every ten minutes and at shutdown; at the start it says so when the database is behind its last seal.</summary>
public sealed partial class AnchorService(AnchorWatch watch, AnchorLog log, TimeProvider clock, ILogger<AnchorService> logger) : BackgroundService, IWorker
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>Seals what stands now; does nothing while the ledger is behind, because a seal over a loss would hide it.</summary>
    public async Task<Anchor?> Seal(CancellationToken ct) =>
        await watch.Look(ct) is null ? log.Append(await watch.Heads(ct), clock.GetUtcNow()) : null;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Try(cancellationToken);
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
