using Npgsql;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>
/// For marketing by text a no counts up to the last moment: the reader's address is held, shared, until the carrier has answered. A STOP that was committed before is
/// seen here, after the intent; one that comes meanwhile waits for the carrier, and so stands clearly after the text.
/// </summary>
internal static class HeldHandOff
{
    /// <summary>So many hold a connection at once: the rest of the house needs some too.</summary>
    private static readonly SemaphoreSlim AtOnce = new(16, 16);

    private static readonly HandOff NotNow = new(HandOffOutcome.NotBegun, null, null, "Something stood in its way at the last moment.");

    public static bool Concerns(SendItem item) => item.Template is { Channel: Channels.Sms, Category: Categories.Marketing };

    public static async Task<HandOff> Send(NpgsqlDataSource database, SendItem item, string? transport, Func<Task<HandOff>> send)
    {
        await AtOnce.WaitAsync();
        try
        {
            // Nothing is written: the lock ends with the connection, whatever becomes of it, and what the carrier said is not lost for a database that went away.
            await using var connection = await Open(database);
            return connection is not null && await MayGo(connection, item, transport) ? await send() : NotNow;
        }
        finally
        {
            AtOnce.Release();
        }
    }

    /// <summary>Null where the database cannot be reached: then nothing is handed over.</summary>
    private static async Task<NpgsqlConnection?> Open(NpgsqlDataSource database)
    {
        try
        {
            return await database.OpenConnectionAsync();
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private static async Task<bool> MayGo(NpgsqlConnection connection, SendItem item, string? transport)
    {
        try
        {
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
                    return false;
            }

            return true;
        }
        catch (NpgsqlException)
        {
            // It was certainly not begun, so it goes again.
            return false;
        }
    }
}
