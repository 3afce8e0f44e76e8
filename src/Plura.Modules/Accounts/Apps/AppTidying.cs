using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Once an hour, forgets codes and tokens of apps that have been over for a while: until then a second use of one still tells that it was stolen.</summary>
public sealed partial class AppTidying(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AppTidying> logger) : BackgroundService, IWorker
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(14);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Answers how many rows are gone.</summary>
    public async Task<long> Tidy(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(clock.GetUtcNow() - Kept, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var gone = await Tidy(stoppingToken);
                Tidied(logger, gone);
            }
            // The library gathers what failed in one, and tries the rest.
            catch (Exception error) when (error is AggregateException or Npgsql.NpgsqlException)
            {
                NotTidied(logger, error);
            }

            await Task.Delay(Every, clock, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} old tokens of apps are gone")]
    private static partial void Tidied(ILogger logger, long count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Old tokens of apps could not be removed; the next try is in an hour")]
    private static partial void NotTidied(ILogger logger, Exception error);
}
