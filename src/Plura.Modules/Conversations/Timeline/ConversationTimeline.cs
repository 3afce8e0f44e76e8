using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>Messages in a contact's story, with how they begin.</summary>
public sealed class ConversationTimeline(PluraDb db, MessageSeal seal, Colleagues colleagues, Deliveries deliveries) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Messages;

    public string? Permission => "conversations.read";

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct)
    {
        var (before, beforeId) = (from.At, from.Id);
        var messages = await db.LiveConversations.Where(c => c.ContactId == contactId)
            .Join(db.Messages.AsNoTracking().Where(m => EF.Functions.LessThan(ValueTuple.Create(m.OccurredAt, m.Id), ValueTuple.Create(before, beforeId))), c => c.Id, m => m.ConversationId, (c, m) => m)
            .OrderByDescending(m => m.OccurredAt).ThenByDescending(m => m.Id).Take(limit).ToListAsync(ct);
        var words = await seal.Open(messages, ct);
        var names = await colleagues.Names(ct);
        var sent = await deliveries.Of(contactId, messages, ct);
        return [.. messages.Select(m => Entry(m, words.GetValueOrDefault(m.Id), m.AuthorId is { } author ? names.GetValueOrDefault(author, Colleagues.Left) : words.GetValueOrDefault(m.Id)?.Automatic == true ? "The inbox" : "A program", sent.GetValueOrDefault(m.Id)))];
    }

    private static TimelineEntry Entry(Message message, MessageText? words, string author, Delivery? delivery)
    {
        var (icon, title) = message.Direction switch
        {
            Directions.In when message.Channel == Channels.Sms => ("device-mobile", "Wrote a text message"),
            Directions.In when words is { Automatic: true } => ("robot", "Their mail program answered by itself"),
            Directions.In when message.Channel == Channels.Chat => ("message-circle", "Wrote in the web chat"),
            Directions.In => ("mail", words is { Subject.Length: > 0 } ? $"Wrote “{words.Subject}”" : "Wrote an e-mail"),
            Directions.Out => ("mail-forward", $"{author} answered"),
            _ => ("message-2", $"{author} wrote a note in the conversation"),
        };
        return new TimelineEntry(message.Id, message.OccurredAt, "message", icon, title, delivery?.Text, $"conversations/{message.ConversationId}")
        {
            Text = words is null ? ReadConversations.Erased : QuotedText.Preview(words.Shown),
        };
    }
}
