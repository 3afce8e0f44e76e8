using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Runs the pumps in a worker, each on its own: woken when something is planned, and every second because a time may have come.</summary>
public sealed partial class PumpService(Pump pump, Wakeups wakeups, TimeProvider clock, ILogger<PumpService> log) : BackgroundService, IWorker
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);
    private const int PulsesBeforeGoodbye = 10;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(pump.Channels.Select(channel => Run(channel, stoppingToken)));

    private async Task Run(ChannelPump channel, CancellationToken stoppingToken)
    {
        using var bell = wakeups.Bell("plura_send");
        var quiet = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                quiet = await channel.RunDue(stoppingToken) > 0 ? 0 : quiet + 1;
                if (quiet == PulsesBeforeGoodbye)
                    await channel.CloseIdle();
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Stumbled(log, error, channel.Channel, channel.Unwritten);
            }

            await bell.Wait(Pulse, clock, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Channel} pump had to stop and tries again; {Unwritten} outcomes wait to be written")]
    private static partial void Stumbled(ILogger logger, Exception error, string channel, int unwritten);
}
