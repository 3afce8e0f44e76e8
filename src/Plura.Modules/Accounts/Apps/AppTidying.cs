using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Once an hour, forgets codes and tokens of apps that have been over for a while: until then a second use of one still tells that it was stolen.</summary>
public sealed class AppTidying(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AppTidying> logger) : HourlyWorker(clock, logger)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(14);
    /// <summary>Answers how many rows are gone.</summary>
    public async Task<long> Tidy(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(Clock.GetUtcNow() - Kept, ct);
    }

    protected override Task<long> Round(CancellationToken ct) => Tidy(ct);
}
