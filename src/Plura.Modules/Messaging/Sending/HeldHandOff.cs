using Npgsql;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>
/// For marketing by text a no counts up to the last moment: the reader's address is held, shared, until the carrier has answered. A STOP that was committed before is
/// seen here, after the intent; one that comes meanwhile waits for the carrier, and so stands clearly after the text.
/// </summary>
internal static class HeldHandOff
{
    public static bool Concerns(SendItem item) => item.Template is { Channel: Channels.Sms, Category: Categories.Marketing };

    public static async Task<HandOff> Send(NpgsqlDataSource database, SendItem item, string? transport, Func<Task<HandOff>> send)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using (var batch = connection.CreateBatch())
        {
            batch.Add("begin");
            batch.Enter(item.Lane.TenantId);
            item.Lane.Gate.Hold(batch, [item.AddressKey]);
            await batch.ExecuteNonQueryAsync();
        }

        // It has had its place in the day's number: what is asked is only whether anything stands in its way now.
        await foreach (var answer in item.Lane.Gate.Preview(connection, [item.Ask(transport) with { TriedBefore = true }], CancellationToken.None))
        {
            if (answer.Outcome != GateDecision.Allow)
                return new HandOff(HandOffOutcome.NotBegun, null, null, "Something stood in its way at the last moment.");
        }

        var end = await send();
        await using var done = new NpgsqlCommand("commit", connection);
        await done.ExecuteNonQueryAsync();
        return end;
    }
}
