using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Messaging.Contracts;

/// <summary>
/// The one send ledger. A send is unique by (account, origin, origin id, contact point). Whoever wants a message sent writes its
/// content, plans it, and reads here what became of it; nobody else hands anything to a provider.
/// </summary>
public interface ISendLedger
{
    /// <summary>Checks a template and says what is wrong with it, in words; null when nothing is.</summary>
    Refusal? Check(LetterContent content);

    /// <summary>The merge fields in it that do not exist, each with a sentence about it. Where they stand nothing is printed, or their fallback.</summary>
    Task<IReadOnlyList<LetterProblem>> UnknownFields(LetterContent content, CancellationToken ct);

    /// <summary>Stores the content as it is now; sends refer to this copy, so a later edit changes nothing that is under way.</summary>
    Task<Result<Guid>> Write(LetterContent content, CancellationToken ct);

    /// <summary>Checks a text message and says what is wrong with it, in words; null when nothing is.</summary>
    Refusal? Check(TextContent content);

    /// <summary>Stores a text message as it is now; what is planned with it goes to telephone numbers.</summary>
    Task<Result<Guid>> WriteText(TextContent content, CancellationToken ct);

    /// <summary>Stores the frame of an answer in a web chat, and none of its words: <see cref="IChatLines"/> has them. What is planned with it goes to a visitor's session.</summary>
    Task<Guid> WriteChat(CancellationToken ct);

    /// <summary>
    /// Plans one send per recipient of the audience, in one statement. Planning again adds only who was not planned yet.
    /// Sending begins at <see cref="SendPlan.StartAt"/>. Answers how many were added.
    /// </summary>
    Task<int> Plan(SendPlan plan, AudienceSql audience, CancellationToken ct);

    /// <summary>Plans one send to one contact point of a contact (double opt-in mail, a reply).</summary>
    Task<Guid> PlanOne(SendPlan plan, Guid contactId, Guid contactPointId, CancellationToken ct);

    Task Pause(string origin, Guid originId, string? reason, CancellationToken ct);

    Task Resume(string origin, Guid originId, CancellationToken ct);

    /// <summary>What was not begun never will be: planned sends become <c>cancelled</c>.</summary>
    Task Cancel(string origin, Guid originId, CancellationToken ct);

    /// <summary>Costs the same however many sends there are.</summary>
    Task<SendCounts> Counts(string origin, Guid originId, CancellationToken ct);

    /// <summary>The counts of many origins in one query; an origin without sends has zeros.</summary>
    Task<IReadOnlyDictionary<Guid, SendCounts>> Counts(string origin, IReadOnlyCollection<Guid> originIds, CancellationToken ct);

    Task<Page<SendLine>> List(string origin, Guid originId, SendFilter filter, string? cursor, int limit, CancellationToken ct);

    /// <summary>How many are in a state that has reasons (<c>withheld</c>, <c>bounced</c>, <c>deferred</c>, <c>unknown</c>), by reason.</summary>
    Task<IReadOnlyDictionary<string, int>> Reasons(string origin, Guid originId, string state, CancellationToken ct);

    /// <summary>When the last message that still waits is due; null where none waits.</summary>
    Task<DateTimeOffset?> LastDue(string origin, Guid originId, CancellationToken ct);

    /// <summary>Everything about one contact in one origin: what was decided, by which rule, when it was handed off, what happened then.</summary>
    Task<SendStory?> Story(string origin, Guid originId, Guid contactId, CancellationToken ct);

    /// <summary>
    /// A person decides about an <c>unknown</c> send of this origin: hand it over once more, under the same Message-ID so that a receiver
    /// who did get the first can tell that the second is the same; or close it as <c>skipped</c>.
    /// </summary>
    Task<Result> Resolve(string origin, Guid originId, Guid sendId, bool resend, CancellationToken ct);

    /// <summary>What the audience would get if it were sent now: how many, and who would be withheld by which rule. The gate's own rules, nothing stored.</summary>
    Task<SendForecast> Forecast(LetterContent content, AudienceSql audience, CancellationToken ct);

    /// <summary>The letter as this contact would get it: subject, HTML, text. Nothing is sent, no link works.</summary>
    Task<Result<RenderedLetter>> Render(LetterContent content, Guid? contactId, CancellationToken ct);

    /// <summary>Sends the letter to the signed-in user, merged as <paramref name="contactId"/> would see it; passes the gate as a transactional message.</summary>
    Task<Result> SendTest(LetterContent content, Guid? contactId, Guid userId, CancellationToken ct);
}

/// <param name="Field">Which part of the letter it concerns: <c>Subject</c>, <c>Preview</c>, <c>Html</c>.</param>
/// <param name="HasFallback">Other words stand in, so that the letter can be read all the same.</param>
public sealed record LetterProblem(string Field, string Text, bool HasFallback);

public sealed record LetterContent
{
    public required string Subject { get; init; }

    public string? Preview { get; init; }

    /// <summary>HTML with Liquid merge fields; what a field prints is encoded.</summary>
    public required string Html { get; init; }

    public required string FromName { get; init; }

    public required string FromEmail { get; init; }

    public string? ReplyTo { get; init; }

    public string Topic { get; init; } = Privacy.Contracts.Topics.All;

    public string Category { get; init; } = Privacy.Contracts.Categories.Marketing;
}

/// <summary>A text message. Marketing gets the business's name and the way to end it added where it lacks them.</summary>
public sealed record TextContent
{
    /// <summary>More characters than any provider takes in one message.</summary>
    public const int Longest = 1_600;

    /// <summary>With Liquid merge fields as letters have; what a field prints is not encoded.</summary>
    public required string Text { get; init; }

    public string Topic { get; init; } = Privacy.Contracts.Topics.All;

    public string Category { get; init; } = Privacy.Contracts.Categories.Marketing;
}

/// <param name="Origin"><c>campaign</c>, <c>system</c>, <c>test</c>, <c>consent_request</c>, <c>reply</c>, <c>chat</c>, later <c>automation</c>.</param>
/// <param name="RatePerMinute">Null for as fast as the transport takes it.</param>
public sealed record SendPlan(string Origin, Guid OriginId, Guid ContentId, int? RatePerMinute, DateTimeOffset StartAt);

/// <summary>Counts by state. <see cref="Delivered"/> is what was accepted and did not come back.</summary>
public sealed record SendCounts(int Total, int Planned, int Accepted, int Deferred, int Bounced, int Withheld, int Unknown, int Cancelled, int Opened, int Clicked, int Unsubscribed, int OpenedByRobots, int ClickedByRobots)
{
    public int Delivered => Accepted;
}

public sealed record SendFilter(string? State, string? Reason);

/// <param name="State"><c>planned</c>, <c>accepted</c>, <c>deferred</c>, <c>bounced</c>, <c>withheld</c>, <c>unknown</c>, <c>cancelled</c> …</param>
/// <param name="Reason">The rule or the bounce that explains it, or null.</param>
public sealed record SendLine(Guid SendId, Guid ContactId, string State, string? Reason, DateTimeOffset At);

public sealed record SendStory(Guid SendId, Guid ContactId, string State, string? MessageId, DateTimeOffset PlannedAt, Privacy.Contracts.GateDecision? Decision, IReadOnlyList<SendEvent> Events);

/// <param name="Kind"><c>planned</c>, <c>handed_off</c>, <c>accepted</c>, <c>deferred</c>, <c>bounced</c>, <c>opened</c>, <c>clicked</c>, <c>unsubscribed</c> …</param>
/// <param name="Robot">Why we think that no person did it, or null.</param>
public sealed record SendEvent(DateTimeOffset At, string Kind, string? Detail, string? Robot);

/// <param name="Withheld">Rule word → how many.</param>
public sealed record SendForecast(int Total, int Allowed, IReadOnlyDictionary<string, int> Withheld, IReadOnlyList<SendForecastLine> Examples)
{
    /// <summary>Of those allowed: how many go on a later day, because the gate puts them off.</summary>
    public int PutOff { get; init; }

    /// <summary>When the last of them goes, as it looks now.</summary>
    public DateTimeOffset? LastAt { get; init; }
}

public sealed record SendForecastLine(Guid ContactId, string Rule);

public sealed record RenderedLetter(string Subject, string Html, string Text);
