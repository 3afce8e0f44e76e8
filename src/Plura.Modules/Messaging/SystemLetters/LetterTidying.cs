using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Once an hour, forgets what letters of the installation said besides their template: names, devices, and the address of somebody whose sign-in is deleted.</summary>
public sealed class LetterTidying(IServiceScopeFactory scopes, TimeProvider clock, ILogger<LetterTidying> logger) : HourlyWorker(clock, logger)
{
    /// <summary>Long enough for a letter that waits for a mail server which is out of reach.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Answers how many letters are forgotten.</summary>
    public async Task<int> Tidy(CancellationToken ct)
    {
        var before = Clock.GetUtcNow() - Kept;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PluraDb>().PostedLetters.Where(l => l.PostedAt < before).ExecuteDeleteAsync(ct);
    }

    protected override async Task<long> Round(CancellationToken ct) => await Tidy(ct);
}
