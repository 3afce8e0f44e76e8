using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>A developer's first start has something to look at: the demo is made in the background, while the server already answers.</summary>
public sealed partial class SeedDemoAtStart(IServiceScopeFactory scopes, IConfiguration settings, IHostEnvironment environment, Node node, ILogger<SeedDemoAtStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var worker = (settings["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries).Contains("worker", StringComparer.Ordinal);
        if (!worker || !settings.GetValue("Plura:Demo", environment.IsDevelopment()))
            return;
        try
        {
            await node.Ready.WaitAsync(stoppingToken);
            // The server's own workers send it.
            await new DemoStory(scopes, token => Task.Delay(TimeSpan.FromMilliseconds(500), token)).Tell(DemoStory.Everyone, DemoStory.ReadersComeAfter, stoppingToken);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            Untold(log, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo could not be made; the next start tries again")]
    private static partial void Untold(ILogger logger, Exception error);
}
