using Plura.Platform;

namespace Plura.Web.Demo;

internal sealed class SeedDemoCommand : ICommand
{
    public string Name => "seed demo";

    public string Help => "fills the demo account; returns when its campaign has gone out";

    public Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct) => services.GetRequiredService<SeedDemo>().Run(ct);
}

/// <summary>In development the demo is there without asking: made beside the running server, at the first start.</summary>
internal sealed partial class SeedDemoService(SeedDemo seed, Node node, ILogger<SeedDemoService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await node.Ready.WaitAsync(stoppingToken);
            await seed.Run(stoppingToken);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            Failed(log, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The demo account could not be filled; the next start tries again")]
    private static partial void Failed(ILogger logger, Exception error);
}
