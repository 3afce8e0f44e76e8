using Plura.Contacts.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>What a turn of texts owes the numbers that they leave from: to heed what was said to them, and to keep their pace.</summary>
internal static class NumberTurn
{
    public static async Task<Dictionary<Guid, NumberWait>> Prepare(
        NumberPaces paces, TenantLane lane, IReadOnlyList<Claimed> rows, IReadOnlyDictionary<Guid, ICompiledMessage> templates, IReadOnlyDictionary<Guid, Recipient> recipients, CancellationToken ct)
    {
        var waits = new Dictionary<Guid, NumberWait>();
        foreach (var number in rows.Where(r => templates[r.ContentId] is CompiledText).GroupBy(r => ((CompiledText)templates[r.ContentId]).From, StringComparer.Ordinal))
        {
            await lane.Heed(number.Key, [.. number.Where(r => Asks(templates[r.ContentId].Category)).Select(r => recipients.GetValueOrDefault(r.ContactPointId)).OfType<Recipient>()], ct);
            if (templates[number.First().ContentId].Pace is not { } pace)
                continue;
            // What was said to a person who waits for it (a confirmed STOP, an answer to HELP) does not queue behind a campaign.
            var texts = number.Where(r => !r.HasPlace && Asks(templates[r.ContentId].Category)).Select(r => (r.Id, templates[r.ContentId].Category == Categories.Marketing)).ToList();
            if (texts.Count == 0)
                continue;
            foreach (var (send, wait) in await paces.Reserve(pace, texts, ct))
                waits[send] = wait;
        }

        return waits;
    }

    private static bool Asks(string category) => category is not (Categories.StopConfirmation or Categories.HelpAnswer);
}
