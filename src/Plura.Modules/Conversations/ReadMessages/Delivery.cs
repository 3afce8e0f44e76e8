using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>How a reply stands on its way, in words.</summary>
/// <param name="State">As the send ledger says it: <c>planned</c>, <c>accepted</c>, <c>deferred</c>, <c>bounced</c>, <c>withheld</c>, <c>unknown</c>, <c>cancelled</c>; in a web chat also <c>seen</c>, and <c>waiting</c> for its visitor to look.</param>
/// <param name="Text">What people read: "Not sent: their address does not work".</param>
/// <param name="Rule">The rule or the bounce that explains it, or null.</param>
public sealed record Delivery(string State, string Text, string? Rule)
{
    /// <summary>It has not begun to leave.</summary>
    public bool CanBeTakenBack => State == "planned";
}

/// <summary>Reads from the send ledger what became of replies: one question for all, and one more for each that has a reason.</summary>
public sealed class Deliveries(ISendLedger ledger, Platform.Viewer viewer, TimeProvider clock)
{
    /// <summary>Those of the messages that are answers.</summary>
    public async Task<IReadOnlyDictionary<Guid, Delivery>> Of(Guid contact, IEnumerable<Message> messages, CancellationToken ct)
    {
        var answers = messages.Where(m => m.Direction == Directions.Out).ToList();
        var texts = answers.Where(m => m.Channel == Channels.Sms).Select(m => m.Id).ToHashSet();
        var replied = await Of(Reply.Origin, contact, [.. answers.Select(m => m.Channel == Channels.Chat ? m.MailedWith : m.Id).OfType<Guid>().Distinct()], texts, ct);
        var chatted = await Of(IChatLines.Origin, contact, [.. answers.Where(m => m is { Channel: Channels.Chat, HandedAt: null, MailedWith: null }).Select(m => m.Id)], [], ct);
        return answers.ToDictionary(m => m.Id, m => m switch
        {
            { MailedWith: { } mail } => replied[mail] with { Text = $"They had left, so it goes by e-mail. {replied[mail].Text}" },
            { LeavesAt: { } later } when replied[m.Id] is { State: "planned" } waits => waits with { Text = $"Leaves {Ui.Say.Ago(later, clock.GetUtcNow(), viewer.Zone)}" },
            { Channel: not Channels.Chat } => replied[m.Id],
            { SeenAt: not null } => new Delivery("seen", "Shown in their chat", null),
            { HandedAt: not null } => new Delivery("waiting", "Waits in their chat until they look", null),
            _ => chatted[m.Id] is { State: "withheld" or "bounced" or "deferred" or "unknown" } stopped ? stopped : new Delivery("sending", "On its way", null),
        });
    }

    private async Task<Dictionary<Guid, Delivery>> Of(string origin, Guid contact, List<Guid> answers, HashSet<Guid> texts, CancellationToken ct)
    {
        var found = new Dictionary<Guid, Delivery>();
        if (answers.Count == 0)
            return found;
        var counts = await ledger.Counts(origin, answers, ct);
        foreach (var answer in answers)
        {
            var state = State(counts[answer]);
            var text = texts.Contains(answer);
            // Of a text the carrier tells whether it arrived.
            var story = state is "withheld" or "bounced" || (text && state == "accepted") ? await ledger.Story(origin, answer, contact, ct) : null;
            found[answer] = new Delivery(state, text ? Told(state, story) ?? Words(state, story) : Words(state, story), story is null ? null : story.Decision?.Decisive?.Rule ?? story.Events.LastOrDefault(e => e.Kind == state)?.Detail);
        }

        return found;
    }

    private static string State(SendCounts counts) => counts switch
    {
        { Cancelled: > 0 } => "cancelled",
        { Withheld: > 0 } => "withheld",
        { Bounced: > 0 } => "bounced",
        { Unknown: > 0 } => "unknown",
        { Accepted: > 0 } => "accepted",
        { Deferred: > 0 } => "deferred",
        { Planned: > 0 } => "planned",
        _ => "sending",
    };

    /// <summary>What only carriers of texts say; null where the words are those of letters.</summary>
    private static string? Told(string state, SendStory? story) => state switch
    {
        "sending" => "On its way to the carrier",
        "accepted" when story?.Events.Any(e => e.Kind == "delivered") == true => "Delivered",
        "deferred" => "Put off. It goes by itself.",
        "bounced" => story?.Events.LastOrDefault(e => e.Kind == "undelivered")?.Detail is { Length: > 0 } why ? $"Did not arrive: {why}" : "Did not arrive",
        "unknown" => "Unclear: the connection broke before the carrier answered",
        _ => null,
    };

    private string Words(string state, SendStory? story) => state switch
    {
        "planned" => "Leaves in a few seconds",
        "sending" => "On its way to the mail server",
        "accepted" => "Sent",
        "deferred" => "Put off: the receiving server asked us to try later. It goes by itself.",
        "bounced" => "Came back: the receiving server did not take it",
        "unknown" => "Unclear: the connection broke before the mail server answered",
        "cancelled" => "Taken back before it left",
        _ => story?.Decision is { } decision ? GateWords.Sentence(decision, viewer.Zone) : "Not sent",
    };
}
