using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Once an hour, forgets which contacts were deleted more than a day ago, in all accounts.</summary>
public sealed class ForgetGone(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetGone> logger) : HourlyWorker(clock, logger)
{
    /// <summary>Answers how many are forgotten.</summary>
    public async Task<long> Forget(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PluraDb>().Database.SqlQuery<long>($"select contacts.forget_gone() as \"Value\"").SingleAsync(ct);
    }

    protected override Task<long> Round(CancellationToken ct) => Forget(ct);
}

public static class HeldColumnsOfModule
{
    public static IServiceCollection AddHeldColumns(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(new ColumnLimits()).AddSingleton<ColumnStore>().AddScoped<ColumnCounts>()
        .AddHourly<ForgetGone>((configuration["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries).Contains("worker", StringComparer.Ordinal));
}
