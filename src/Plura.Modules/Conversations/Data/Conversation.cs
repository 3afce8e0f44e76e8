using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>What the business and one contact write to each other, over all channels. A contact has at most one that is not closed.</summary>
public sealed class Conversation : ITenantOwned
{
    private Conversation()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>Whom it is with. While a visitor of the web chat has not said who they are, the id of their session, which is no contact's.</summary>
    public Guid ContactId { get; private set; }

    /// <summary>By which channel the contact wrote last: <c>email</c>, <c>sms</c> or <c>chat</c>.</summary>
    public string Channel { get; private set; } = "";

    /// <summary>See <see cref="ConversationStates"/>.</summary>
    public string State { get; private set; } = ConversationStates.Open;

    /// <summary>When it comes back by itself, while it is snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; private set; }

    /// <summary>Who looks after it.</summary>
    public Guid? AssigneeId { get; private set; }

    public bool Starred { get; private set; }

    /// <summary>Something came that nobody has looked at.</summary>
    public bool Unread { get; private set; }

    /// <summary>The newest message; the list shows how it begins.</summary>
    public Guid? LastMessageId { get; private set; }

    public DateTimeOffset LastMessageAt { get; private set; }

    /// <summary>When the contact wrote last.</summary>
    public DateTimeOffset? LastInboundAt { get; private set; }

    /// <summary>Its contact is in the bin; it comes back with the contact.</summary>
    public DateTimeOffset? ContactGoneAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The conversation with the same contact in which its messages stand now; null where they stand here.</summary>
    public Guid? JoinedInto { get; private set; }

    /// <summary>By when somebody is to answer, as the account has promised; null where nobody waits.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>When they were last told that the business is closed.</summary>
    public DateTimeOffset? AwayAt { get; private set; }

    /// <summary>Counts up with every change: of two people who take the same conversation, one has it.</summary>
    public int Version { get; private set; }

    public static Conversation Begin(Guid contactId, string channel, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ContactId = contactId,
        Channel = channel,
        LastMessageAt = now,
        CreatedAt = now,
        Version = 1,
    };

    /// <summary>The contact wrote: whatever it was before, it waits for somebody now.</summary>
    public void Receive(Message message, DateTimeOffset now)
    {
        (Channel, Unread, LastInboundAt, ContactGoneAt) = (message.Channel, true, now, null);
        Show();
        Add(message, now);
    }

    /// <summary>Their mail program answered by itself: it stands in the thread, and nobody need look. What only it begins is closed.</summary>
    public void ReceiveAutomatic(Message message, DateTimeOffset now)
    {
        if (LastMessageId is null)
            State = ConversationStates.Closed;
        Add(message, now);
    }

    /// <summary>They are promised an answer by then.</summary>
    public void Due(DateTimeOffset at) => DueAt = at;

    public void SayAway(DateTimeOffset now) => AwayAt = now;

    /// <summary>Something was said that nobody wrote: they wait for an answer as before.</summary>
    public void Tell(Message message, DateTimeOffset now) => Add(message, now);

    /// <summary>Somebody of the business wrote an answer. They wait until it has left: it may be taken back, withheld, or meant for next week.</summary>
    public void Answer(Message message, DateTimeOffset now)
    {
        Unread = false;
        Show();
        Add(message, now);
    }

    /// <summary>An answer has left.</summary>
    /// <param name="due">By when what they wrote since is to be answered; null where they wrote nothing, or nothing was promised.</param>
    public void Answered(DateTimeOffset? due)
    {
        if (DueAt == due)
            return;
        DueAt = due;
        Touch();
    }

    /// <summary>An answer did not reach them: they wait as before, and somebody is to look.</summary>
    /// <param name="due">By when they were to be answered, where that was forgotten since.</param>
    public void Fail(DateTimeOffset? due)
    {
        Unread = true;
        if (State != ConversationStates.Closed)
            DueAt ??= due;
        Touch();
    }

    /// <summary>Somebody wrote a note for their colleagues: where it stands does not change.</summary>
    public void Note(Message message, DateTimeOffset now)
    {
        Unread = false;
        Add(message, now);
    }

    /// <summary>A visitor has said who they are, and nothing was written with that contact before.</summary>
    public void BecomeOf(Guid contact)
    {
        ContactId = contact;
        Touch();
    }

    /// <summary>A visitor has said who they are: what they wrote stands here now, and goes on here.</summary>
    public void TakeIn(Conversation visitors)
    {
        Show();
        Channel = visitors.Channel;
        Unread |= visitors.Unread;
        ContactGoneAt = null;
        AssigneeId ??= visitors.AssigneeId;
        LastInboundAt = visitors.LastInboundAt;
        DueAt ??= visitors.DueAt;
        if (visitors.LastMessageAt >= LastMessageAt)
            (LastMessageId, LastMessageAt) = (visitors.LastMessageId, visitors.LastMessageAt);
        Touch();
    }

    /// <summary>A conversation of its own, closed, for what was written before another matter began.</summary>
    public Conversation Leave(DateTimeOffset now)
    {
        Touch();
        var earlier = Begin(ContactId, Channel, now);
        (earlier.State, earlier.AssigneeId) = (ConversationStates.Closed, AssigneeId);
        return earlier;
    }

    /// <summary>Its messages stand in another one now, to which its address leads.</summary>
    public void JoinInto(Guid conversation)
    {
        (JoinedInto, Unread, DueAt) = (conversation, false, null);
        Touch();
    }

    /// <summary>It is one of its own again.</summary>
    public void Part()
    {
        JoinedInto = null;
        Touch();
    }

    /// <summary>Messages came or went.</summary>
    /// <param name="newest">The newest that stands in it now.</param>
    /// <param name="came">The newest that the contact wrote.</param>
    public void Hold(Message? newest, Message? came)
    {
        (LastMessageId, LastMessageAt, LastInboundAt) = (newest?.Id, newest?.OccurredAt ?? LastMessageAt, came?.OccurredAt);
        Channel = came?.Channel ?? Channel;
        Touch();
    }

    public void Close()
    {
        if (State == ConversationStates.Closed)
            return;
        (State, SnoozedUntil, Unread, DueAt) = (ConversationStates.Closed, null, false, null);
        Touch();
    }

    public void Reopen()
    {
        if (State == ConversationStates.Open)
            return;
        Show();
        Touch();
    }

    public void Snooze(DateTimeOffset until)
    {
        (State, SnoozedUntil, Unread) = (ConversationStates.Snoozed, until, false);
        Touch();
    }

    /// <summary>Its time has come: it asks to be looked at again.</summary>
    public void Wake()
    {
        Show();
        Unread = true;
        Touch();
    }

    public void Star(bool starred)
    {
        if (Starred == starred)
            return;
        Starred = starred;
        Touch();
    }

    public void Mark(bool unread)
    {
        if (Unread == unread)
            return;
        Unread = unread;
        Touch();
    }

    public void Assign(Guid? assignee)
    {
        if (AssigneeId == assignee)
            return;
        AssigneeId = assignee;
        Touch();
    }

    private void Show() => (State, SnoozedUntil) = (ConversationStates.Open, null);

    private void Add(Message message, DateTimeOffset now)
    {
        (LastMessageId, LastMessageAt) = (message.Id, now);
        Touch();
    }

    private void Touch() => Version++;
}

/// <summary>How a conversation stands. Stored as text.</summary>
public static class ConversationStates
{
    public const string Open = "open";
    public const string Snoozed = "snoozed";
    public const string Closed = "closed";
}
