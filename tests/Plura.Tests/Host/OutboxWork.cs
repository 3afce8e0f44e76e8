using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Platform.Outbox;

namespace Plura.Tests;

/// <summary>Runs the dispatcher until nothing of the tenant is due. Another test's call may have taken our messages: then it waits for it.</summary>
internal static class OutboxWork
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task Run(PluraApp app, Guid? tenant, bool mayFail)
    {
        using var patience = new CancellationTokenSource(Limit);
        var dispatcher = app.Services.GetRequiredService<Dispatcher>();
        await using var watch = await app.OpenOwner();
        while (true)
        {
            await dispatcher.RunDue(patience.Token);
            if (!mayFail && await Failure(watch, tenant) is { } failure)
                throw new InvalidOperationException($"A job failed: {failure}\n{string.Join("\n", app.Log.Errors.TakeLast(1))}");
            if (await watch.Ask<long>(
                "select count(*) from platform.outbox_message where dead_at is null and run_at <= $1 and ($2::uuid is null or tenant_id is null or tenant_id = $2)",
                app.Clock.GetUtcNow(), Of(tenant)) == 0)
                return;
            await Task.Delay(5, patience.Token);
        }
    }

    private static Task<string?> Failure(NpgsqlConnection watch, Guid? tenant) => watch.Ask<string>(
        "select subscriber || ': ' || last_error from platform.outbox_message where last_error is not null and ($1::uuid is null or tenant_id = $1) limit 1", Of(tenant));

    private static object Of(Guid? tenant) => tenant is { } id ? id : DBNull.Value;
}
