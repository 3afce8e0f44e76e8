using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>Seals every few seconds, everything once an hour, and at the end of the process what came last.</summary>
public sealed partial class AuditSealService(AuditSealer sealer, TimeProvider clock, ILogger<AuditSealService> log) : BackgroundService, IWorker
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private const int RoundsPerHour = 1200;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Try(everything: false, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var round = 0; !stoppingToken.IsCancellationRequested; round++)
        {
            await Try(everything: round % RoundsPerHour == 0, stoppingToken);
            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task Try(bool everything, CancellationToken ct)
    {
        try
        {
            await sealer.Seal(everything, ct);
        }
        catch (Npgsql.NpgsqlException error)
        {
            NotSealed(log, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit log's newest entries could not be sealed; the next try is in a few seconds")]
    private static partial void NotSealed(ILogger logger, Exception error);
}
