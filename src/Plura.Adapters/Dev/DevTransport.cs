using System.Text;
using MimeKit;
using Npgsql;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>
/// The transport of development: nothing leaves the machine, everything appears at <c>/dev/mailbox</c>. Addresses tell stories:
/// <c>bounce@…</c> and <c>…@bounce.example</c> do not exist, <c>defer@…</c> asks to come back later.
/// </summary>
public sealed class DevTransport(NpgsqlDataSource database, TimeProvider clock) : IEmailTransport, ITransportSession, ITransportLog
{
    private const int BatchSize = 1_000;

    public string Name => "dev";

    public int Connections => 4;

    public bool Usable => true;

    public Task<ITransportSession> Open(CancellationToken ct) => Task.FromResult<ITransportSession>(this);

    public async Task<HandOff> Send(AuthorizedMessage message, CancellationToken ct)
    {
        var composed = message.Message;
        if (Story(composed.EnvelopeTo) is { } story)
            return story;
        using var stream = new MemoryStream(composed.Bytes.ToArray());
        var headers = await HeaderList.LoadAsync(stream, CancellationToken.None);
        return await Keep(database, "email", message, headers[HeaderId.Subject] ?? "", clock.GetUtcNow());
    }

    internal static async Task<HandOff> Keep(NpgsqlDataSource database, string channel, AuthorizedMessage message, string subject, DateTimeOffset now)
    {
        var composed = message.Message;
        // Files as a phone would show them: below the words, one after the other.
        var source = composed.Files.Count == 0 ? composed.Bytes.ToArray() : Encoding.UTF8.GetBytes(string.Join('\n', [Encoding.UTF8.GetString(composed.Bytes.Span), .. composed.Files]));
        await using var command = database.CreateCommand("""
            insert into dev.message (id, channel, message_id, times, account_id, send_id, decision_id, recipient, subject, at, source)
            values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10)
            on conflict (message_id) do update set times = dev.message.times + 1
            """);
        foreach (var value in (object[])[Guid.CreateVersion7(now), channel, composed.MessageId, message.TenantId, composed.SendId, message.DecisionId, composed.EnvelopeTo, subject, now, source])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        try
        {
            // The hand-over is the commit: a cancelled wait must not leave it open whether the message was taken.
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            return new HandOff(HandOffOutcome.Unknown, null, null, "The development mailbox did not answer.");
        }

        return new HandOff(HandOffOutcome.Accepted, 250, "2.0.0", "Taken by the development mailbox.");
    }

    public async IAsyncEnumerable<IReadOnlyList<HandedOver>> Read(DateTimeOffset since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (at, id) = (since, Guid.Empty);
        while (true)
        {
            var batch = new List<HandedOver>(BatchSize);
            await using var command = database.CreateCommand("select message_id, account_id, decision_id, at, id from dev.message where channel <> 'push' and (at, id) > ($1, $2) order by at, id limit $3");
            foreach (var value in (object[])[at, id, BatchSize])
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            await using (var reader = await command.ExecuteReaderAsync(ct))
            {
                while (await reader.ReadAsync(ct))
                {
                    batch.Add(new HandedOver(reader.GetString(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetFieldValue<DateTimeOffset>(3)));
                    (at, id) = (reader.GetFieldValue<DateTimeOffset>(3), reader.GetGuid(4));
                }
            }

            if (batch.Count == 0)
                yield break;
            yield return batch;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static HandOff? Story(string address)
    {
        if (address.StartsWith("bounce@", StringComparison.OrdinalIgnoreCase) || address.EndsWith("@bounce.example", StringComparison.OrdinalIgnoreCase))
            return new HandOff(HandOffOutcome.Bounced, 550, "5.1.1", "There is no such mailbox here.");
        return address.StartsWith("defer@", StringComparison.OrdinalIgnoreCase)
            ? new HandOff(HandOffOutcome.Deferred, 451, "4.7.1", "Please come back later.")
            : null;
    }
}
