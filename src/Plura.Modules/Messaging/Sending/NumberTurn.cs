using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>What a turn of texts owes the numbers that they leave from: to heed what was said to them, and to keep their pace.</summary>
internal static class NumberTurn
{
    /// <summary>Answers which of the items wait for their number. A place is for what may go: what the gate does not allow now goes on to it, and says why.</summary>
    public static async Task<Dictionary<Guid, NumberWait>> Prepare(NpgsqlDataSource database, NumberPaces paces, TenantLane lane, IReadOnlyList<SendItem> items, string? transport, CancellationToken ct)
    {
        var waits = new Dictionary<Guid, NumberWait>();
        foreach (var number in items.Where(i => i.Template is CompiledText && Queues(i.Template.Category)).GroupBy(i => ((CompiledText)i.Template).From, StringComparer.Ordinal))
        {
            await lane.Heed(number.Key, [.. number.Select(i => i.Recipient).OfType<Recipient>()], ct);
            if (number.First().Template.Pace is not { } pace)
                continue;
            var texts = number.Where(i => !i.Row.HasPlace).ToList();
            var allowed = await Allowed(database, lane, texts, transport, ct);
            if (allowed.Count == 0)
                continue;
            foreach (var (send, wait) in await paces.Reserve(pace, [.. texts.Where(i => allowed.Contains(i.Row.Id)).Select(i => (i.Row.Id, i.Template.Category == Categories.Marketing))], ct))
                waits[send] = wait;
        }

        return waits;
    }

    /// <summary>A confirmed STOP and the answer to HELP are owed at once.</summary>
    private static bool Queues(string category) => category is not (Categories.StopConfirmation or Categories.HelpAnswer);

    private static async Task<HashSet<Guid>> Allowed(NpgsqlDataSource database, TenantLane lane, List<SendItem> texts, string? transport, CancellationToken ct)
    {
        var allowed = new HashSet<Guid>();
        if (texts.Count == 0)
            return allowed;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var enter = Platform.TenantConnections.Set(connection, lane.TenantId))
            await enter.ExecuteNonQueryAsync(ct);
        // The account's own number of the day is counted when it is decided.
        await foreach (var answer in lane.Gate.Preview(connection, texts.Select(t => t.Ask(transport) with { TriedBefore = true }), ct))
        {
            if (answer.Outcome == GateDecision.Allow)
                allowed.Add(answer.SendId);
        }

        return allowed;
    }
}
