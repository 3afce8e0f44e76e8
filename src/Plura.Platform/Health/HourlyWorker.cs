using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Plura.Platform;

/// <summary>
/// Work that is done once an hour for as long as the process lives. A database or a disk that is out of reach passes by: the next round
/// tries again. Anything else is a mistake of ours and ends the process, as it does everywhere.
/// </summary>
public abstract partial class HourlyWorker(TimeProvider clock, ILogger logger) : BackgroundService, IWorker
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected TimeProvider Clock => clock;

    protected ILogger Log => logger;

    /// <summary>Answers how many things were done.</summary>
    protected abstract Task<long> Round(CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Done(logger, GetType().Name, await Round(stoppingToken));
            }
            catch (Exception error) when (Passes(error))
            {
                NotDone(logger, error, GetType().Name);
            }

            await Task.Delay(Every, clock, stoppingToken);
        }
    }

    /// <summary>Whether it is out of our hands and passes by.</summary>
    protected static bool Passes(Exception error) => error switch
    {
        NpgsqlException or DbUpdateException or IOException or UnauthorizedAccessException => true,
        // Some libraries gather what failed and try the rest; others wrap it once.
        AggregateException many => many.InnerExceptions.All(Passes),
        InvalidOperationException { InnerException: NpgsqlException } => true,
        _ => false,
    };

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Work}: {Count} done")]
    private static partial void Done(ILogger logger, string work, long count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} could not be done; the next try is in an hour")]
    private static partial void NotDone(ILogger logger, Exception error, string work);
}

public static class HourlyWorkers
{
    /// <summary>One that other code can ask for; it works by itself only where this process has the workers' part.</summary>
    public static IServiceCollection AddHourly<TWorker>(this IServiceCollection services, bool worker)
        where TWorker : HourlyWorker
    {
        services.AddSingleton<TWorker>();
        return worker ? services.AddHostedService(sp => sp.GetRequiredService<TWorker>()) : services;
    }
}
