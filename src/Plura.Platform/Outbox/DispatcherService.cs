using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Plura.Platform.Outbox;

/// <summary>Runs the dispatcher in a worker: woken by NOTIFY, and every second in case a wake-up was missed or a time came.</summary>
public sealed partial class DispatcherService(Dispatcher dispatcher, Wakeups wakeups, TimeProvider clock, ILogger<DispatcherService> log) : BackgroundService, IWorker
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var bell = wakeups.Bell("plura_outbox");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await dispatcher.RunDue(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Stumbled(log, error);
            }

            await bell.Wait(TimeSpan.FromSeconds(1), clock, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher could not take messages; it tries again")]
    private static partial void Stumbled(ILogger logger, Exception error);
}
