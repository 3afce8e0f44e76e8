using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>A conversation as it is listed.</summary>
public sealed record ConversationView
{
    public required Guid Id { get; init; }

    public required Guid Contact { get; init; }

    /// <summary>The contact's name; null where they are out of sight.</summary>
    public string? Name { get; init; }

    /// <summary>A visitor of a website who has not said who they are: <see cref="Contact"/> is no contact's id then.</summary>
    public bool Visitor { get; init; }

    /// <summary>By which channel the contact wrote last.</summary>
    public required string Channel { get; init; }

    /// <summary><c>open</c>, <c>snoozed</c> or <c>closed</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it comes back by itself.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    public Guid? Assignee { get; init; }

    public string? AssigneeName { get; init; }

    public required bool Starred { get; init; }

    public required bool Unread { get; init; }

    public required DateTimeOffset LastMessageAt { get; init; }

    /// <summary>When the contact wrote last.</summary>
    public DateTimeOffset? LastInboundAt { get; init; }

    /// <summary>The newest message.</summary>
    public Guid? LastMessage { get; init; }

    /// <summary>By when somebody is to answer; null where nobody waits, or nothing was promised.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Which way the newest message went: <c>in</c>, <c>out</c> or <c>note</c>.</summary>
    public string? LastDirection { get; init; }

    /// <summary>What keeps the newest message from having arrived: <c>taken_back</c>, <c>scheduled</c>, <c>withheld</c> or <c>bounced</c>; null where nothing does.</summary>
    public string? LastState { get; init; }

    /// <summary>When the newest message is to leave, while it is scheduled.</summary>
    public DateTimeOffset? LastLeavesAt { get; init; }

    public string? Subject { get; init; }

    /// <summary>How the newest message begins.</summary>
    public string? Preview { get; init; }

    /// <summary>Counts up with every change.</summary>
    public required int Version { get; init; }
}

/// <summary>Reads conversations with what belongs to them, however many, by a fixed number of statements.</summary>
public sealed class ReadConversations(PluraDb db, MessageSeal seal, IContactDirectory contacts, Colleagues colleagues, ISendLedger ledger)
{
    public async Task<ConversationView?> One(Guid id, CancellationToken ct) =>
        await db.LiveConversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is { } found ? (await Many([found], ct))[0] : null;

    /// <summary>The newest closed conversations with the same contact, for those who want to make one of two.</summary>
    public async Task<IReadOnlyList<ConversationView>> Earlier(ConversationView than, CancellationToken ct) =>
        await Many(await db.LiveConversations.AsNoTracking().Where(c => c.ContactId == than.Contact && c.Id != than.Id && c.State == ConversationStates.Closed)
            .OrderByDescending(c => c.LastMessageAt).ThenByDescending(c => c.Id).Take(5).ToListAsync(ct), ct);

    /// <param name="conversations">In the order in which they are answered.</param>
    /// <param name="ct">Stops it.</param>
    /// <param name="shown">Of some of them another message than the newest, whose beginning is shown.</param>
    public async Task<IReadOnlyList<ConversationView>> Many(IReadOnlyList<Conversation> conversations, CancellationToken ct, IReadOnlyDictionary<Guid, Guid>? shown = null)
    {
        if (conversations.Count == 0)
            return [];
        var ids = conversations.Select(Shown).OfType<Guid>().ToList();
        var messages = await db.Messages.AsNoTracking().Where(m => m.TenantId == db.Tenant.Id && ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        var words = await seal.Open([.. messages.Values], ct);
        var cards = await contacts.Cards([.. conversations.Select(c => c.ContactId)], ct);
        var strangers = conversations.Select(c => c.ContactId).Where(c => !cards.ContainsKey(c)).ToList();
        var visitors = strangers.Count == 0 ? [] : await db.ChatSessions.AsNoTracking().Where(s => strangers.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => VisitorName(s.Website), ct);
        var names = await colleagues.Names(ct);
        var sent = await ledger.Counts(Reply.Origin, [.. messages.Values.Where(m => m is { Direction: Directions.Out, Channel: not Channels.Chat }).Select(m => m.Id)], ct);
        return [.. conversations.Select(c =>
        {
            var last = Shown(c) is { } id ? messages.GetValueOrDefault(id) : null;
            var text = last is null ? null : words.GetValueOrDefault(last.Id);
            var visitor = visitors.GetValueOrDefault(c.ContactId);
            return View(c, last?.Direction, text, cards.GetValueOrDefault(c.ContactId)?.Name ?? visitor, c.AssigneeId is { } user ? names.GetValueOrDefault(user, Colleagues.Left) : null) with { Visitor = visitor is not null, LastState = State(last, sent), LastLeavesAt = State(last, sent) == "scheduled" ? last!.LeavesAt : null };
        })];

        Guid? Shown(Conversation c) => shown is not null && shown.TryGetValue(c.Id, out var message) ? message : c.LastMessageId;
    }

    /// <summary>What somebody is called whom nobody knows.</summary>
    public static string VisitorName(string website) => $"Visitor of {website}";

    private static string? State(Message? message, IReadOnlyDictionary<Guid, SendCounts> sent) => message switch
    {
        null => null,
        { TakenBackAt: not null } => "taken_back",
        _ => sent.GetValueOrDefault(message.Id) switch
        {
            { Withheld: > 0 } => "withheld",
            { Bounced: > 0 } => "bounced",
            { Planned: > 0 } when message.LeavesAt is not null => "scheduled",
            _ => null,
        },
    };

    private static ConversationView View(Conversation c, string? direction, MessageText? text, string? name, string? assignee) => new()
    {
        Id = c.Id,
        Contact = c.ContactId,
        Name = name,
        Channel = c.Channel,
        State = c.State,
        SnoozedUntil = c.SnoozedUntil,
        Assignee = c.AssigneeId,
        AssigneeName = assignee,
        Starred = c.Starred,
        Unread = c.Unread,
        LastMessageAt = c.LastMessageAt,
        LastInboundAt = c.LastInboundAt,
        LastMessage = c.LastMessageId,
        DueAt = c.DueAt,
        LastDirection = direction,
        Subject = text?.Subject,
        Preview = direction is null ? null : text is null ? Erased : QuotedText.Preview(text.Shown),
        Version = c.Version,
    };

    /// <summary>What stands where the words were, when nobody can read them any more.</summary>
    public const string Erased = "This message was erased.";
}
