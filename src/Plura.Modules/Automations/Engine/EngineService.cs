using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Runs automations in a worker: woken when something happens, and every second because a time may have come.</summary>
public sealed partial class EngineService(Engine engine, Wakeups wakeups, TimeProvider clock, ILogger<EngineService> log) : BackgroundService, IWorker
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var bell = wakeups.Bell("plura_automation");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await engine.RunDue(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Stumbled(log, error);
            }

            await bell.Wait(TimeSpan.FromSeconds(1), clock, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Automations could not be run; they are tried again")]
    private static partial void Stumbled(ILogger logger, Exception error);
}
