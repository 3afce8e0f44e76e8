using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>What was said to a number counts for whoever writes from it, also for those who begin to later.</summary>
public sealed class NumberStops(PluraDb db, IAddressKeys keys, TextStops stops, TimeProvider clock)
{
    /// <summary>A stop or a start that was said to one of our numbers and is new.</summary>
    public Task Note(ReceiveText text, bool stop, CancellationToken ct)
    {
        var (reader, now) = (Reader(text.To, text.From), clock.GetUtcNow());
        return stop
            ? db.Database.ExecuteSqlAsync($"""
                insert into messaging.number_stop (number, reader_key, at, provider_id) values ({text.To}, {reader}, {now}, {text.ProviderId})
                on conflict (number, reader_key) do update set at = excluded.at, provider_id = excluded.provider_id
                """, ct)
            : db.Database.ExecuteSqlAsync($"delete from messaging.number_stop where number = {text.To} and reader_key = {reader}", ct);
    }

    /// <summary>Before texts go from a number: whoever said STOP to it, and has not allowed this account's texts since, gets none of them either.</summary>
    public async Task Heed(string number, IReadOnlyCollection<Recipient> recipients, CancellationToken ct)
    {
        var readers = recipients.GroupBy(r => Reader(number, r.Address)).ToDictionary(g => g.Key, g => g.First());
        var ids = readers.Keys.ToArray();
        foreach (var stop in await db.NumberStops.AsNoTracking().Where(s => s.Number == number && ids.Contains(s.ReaderKey)).ToListAsync(ct))
            await stops.Heed(stop, readers[stop.ReaderKey], ct);
    }

    private Guid Reader(string number, string phone) => keys.Of(Guid.Empty, "number " + number, phone);
}
