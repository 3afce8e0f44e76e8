using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>What automations sent, in a contact's story: "“Welcome” was delivered", or why it was not sent.</summary>
internal sealed class AutomationTimeline(PluraDb db, IContactSends sends) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Messages;

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct)
    {
        var mine = await sends.OfContact(MessageSteps.Origin, contactId, from.At, from.Id, limit, ct);
        var ids = mine.Select(s => s.SendId).ToList();
        var subjects = await db.Sends.Where(s => ids.Contains(s.Id)).Join(db.Contents, s => s.ContentId, c => c.Id, (s, c) => new { s.Id, c.Subject }).ToDictionaryAsync(s => s.Id, s => s.Subject, ct);
        return [.. mine.Select(s => Entry(s, subjects.GetValueOrDefault(s.SendId) is { Length: > 0 } subject ? $"“{subject}”" : "A text message"))];
    }

    private static TimelineEntry Entry(ContactSend send, string name)
    {
        var (icon, title) = send.Told(name);
        return new TimelineEntry(send.SendId, send.At, "message", icon, title, Why(send), null);
    }

    private static string? Why(ContactSend send) => send is { State: "withheld", Reason: { } rule } ? GateWords.Heading(rule) : null;
}
