using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>A text that waits for somebody to say whether it was a stop.</summary>
/// <param name="Words">What they wrote; null where they were forgotten meanwhile.</param>
/// <param name="Overdue">It waits for more than a business day.</param>
public sealed record WaitingStop(Guid Id, DateTimeOffset At, string? From, string? Words, Guid? ContactId, string? Name, bool Overdue);

/// <summary>The texts that were taken for a stop and that nobody has read yet.</summary>
public sealed class StopReviews(PluraDb db, IReceivedTexts texts, IContactDirectory contacts, TimeProvider clock)
{
    private const int Most = 100;

    public Task<int> Count(CancellationToken ct) => db.StopReviews.CountAsync(r => r.SeenAt == null, ct);

    public async Task<IReadOnlyList<WaitingStop>> Waiting(CancellationToken ct)
    {
        var received = db.ReceivedTexts;
        var rows = await db.StopReviews.AsNoTracking().Where(r => r.SeenAt == null).OrderBy(r => r.At).Take(Most)
            .Join(received, r => r.Id, t => t.Id, (r, t) => new { r.Id, r.At, t.SealKey }).ToListAsync(ct);
        var bodies = await texts.Read([.. rows.Select(r => r.Id)], ct);
        var cards = await contacts.Cards([.. rows.Select(r => r.SealKey).Distinct()], ct);
        return [.. rows.Select(r =>
        {
            var (body, card) = (bodies.GetValueOrDefault(r.Id), cards.GetValueOrDefault(r.SealKey));
            return new WaitingStop(r.Id, r.At, body?.From, body?.Text, card?.Id, card?.Name, clock.GetUtcNow() > Due(r.At));
        })];
    }

    /// <summary>The same time of the next business day.</summary>
    private static DateTimeOffset Due(DateTimeOffset at) => at.AddDays(at.DayOfWeek switch { DayOfWeek.Friday => 3, DayOfWeek.Saturday => 2, _ => 1 });
}
