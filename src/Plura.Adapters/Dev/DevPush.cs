using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Accounts;
using Plura.Accounts.Contracts;

namespace Plura.Adapters;

/// <summary>
/// Notifications of development: nothing leaves the machine, everything appears at <c>/dev/mailbox</c> under its reader's address. Subscriptions tell stories by the
/// end of their address: <c>/gone</c> is not there any more, <c>/later</c> asks to come back in two minutes.
/// </summary>
public sealed class DevPush(NpgsqlDataSource database, IServiceScopeFactory scopes, OAuthKeys keys, TimeProvider clock) : IPushTransport
{
    private readonly Lazy<Vapid> vapid = new(() => new Vapid(keys.Push(), "mailto:developer@localhost", clock));

    public string PublicKey => vapid.Value.PublicKey;

    public bool Takes(Uri address) => address.Scheme is "https" or "http";

    public async Task<PushEnd> Send(PushMessage message, CancellationToken ct)
    {
        if (message.Device.Endpoint.EndsWith("/gone", StringComparison.Ordinal))
            return new PushEnd(PushOutcome.Gone, null, "subscription gone");
        if (message.Device.Endpoint.EndsWith("/later", StringComparison.Ordinal))
            return new PushEnd(PushOutcome.Deferred, TimeSpan.FromMinutes(2), "answered 429");
        await using var scope = scopes.CreateAsyncScope();
        var reader = await scope.ServiceProvider.GetRequiredService<IAccountDirectory>().User(message.UserId, ct);
        await using var command = database.CreateCommand("""
            insert into dev.message (id, channel, message_id, times, account_id, send_id, decision_id, recipient, subject, at, source)
            values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10)
            on conflict (message_id) do update set times = dev.message.times + 1
            """);
        var now = clock.GetUtcNow();
        var title = JsonSerializer.Deserialize<JsonElement>(message.Payload).GetProperty("title").GetString() ?? "";
        foreach (var value in (object[])[Guid.CreateVersion7(now), DevMessage.Push, $"push:{message.Id}", message.AccountId, message.Id, Guid.Empty, (reader?.Email ?? "somebody").ToLowerInvariant(), title, now, Encoding.UTF8.GetBytes(message.Payload)])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        return new PushEnd(PushOutcome.Accepted, null, "taken");
    }
}
