using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Once an hour, forgets mails that nobody understood and whose days are over.</summary>
public sealed class KeptMailTidying(IServiceScopeFactory scopes, TimeProvider clock, ILogger<KeptMailTidying> logger) : HourlyWorker(clock, logger)
{
    /// <summary>Answers how many are forgotten.</summary>
    public async Task<int> Tidy(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<KeptMails>().Forget(ct);
    }

    protected override async Task<long> Round(CancellationToken ct) => await Tidy(ct);
}
