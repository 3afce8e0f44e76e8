using Plura.Platform;

namespace Plura.Opportunities.Data;

/// <summary>Business that may come of a contact: a card on the board. One contact may have several.</summary>
public sealed class Opportunity : ITenantOwned
{
    public const int LongestName = 120;
    public const int LongestText = 200;
    public const int LongestReason = 500;

    private Opportunity()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The name as the search looks through it: folded to lower case.</summary>
    public string SearchText { get; private set; } = "";

    public Guid ContactId { get; private set; }

    public Guid PipelineId { get; private set; }

    public Guid StageId { get; private set; }

    /// <summary>Minor units of <see cref="Currency"/>; null where nobody knows yet.</summary>
    public long? ValueMinor { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>The user who looks after it. Whoever sees only their own sees it by this, or by its contact.</summary>
    public Guid? OwnerId { get; private set; }

    public string Source { get; private set; } = "";

    public DateOnly? CloseOn { get; private set; }

    /// <summary>The account's own fields by key, as text in one written form per kind.</summary>
    public Dictionary<string, string> Fields { get; private set; } = new(StringComparer.Ordinal);

    public string Status { get; private set; } = Statuses.Open;

    /// <summary>Why it was lost or given up.</summary>
    public string? Reason { get; private set; }

    /// <summary>Since when it stands in its stage: the board's order, and what says that it waits too long.</summary>
    public DateTimeOffset StageSince { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>What its last step changed, by which that is taken back: <see cref="CardBefore"/> as JSON. Null where it took none, or another hand moved it.</summary>
    public string? Before { get; private set; }

    /// <summary>Its contact is in the bin; it comes back with the contact.</summary>
    public DateTimeOffset? ContactGoneAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Counts up with every change: of two people who move the same card, the second is refused.</summary>
    public int Version { get; private set; }

    public static Opportunity New(Guid contactId, Stage stage, string currency, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ContactId = contactId,
        PipelineId = stage.PipelineId,
        StageId = stage.Id,
        Currency = currency,
        StageSince = now,
        CreatedAt = now,
        UpdatedAt = now,
        Version = 1,
    };

    public void Describe(string name, Guid contactId, long? valueMinor, string currency, Guid? owner, string? source, DateOnly? closeOn, DateTimeOffset now)
    {
        (Name, SearchText, ContactId, ValueMinor, Currency, OwnerId, Source, CloseOn) = (name, name.ToLowerInvariant(), contactId, valueMinor, currency, owner, source ?? "", closeOn);
        Touch(now);
    }

    /// <summary>Call before <see cref="Describe"/>, which counts the change.</summary>
    public void Fill(IReadOnlyDictionary<string, string> fields) =>
        Fields = new Dictionary<string, string>(fields.Where(f => f.Value.Length > 0), StringComparer.Ordinal);

    /// <param name="stage">Where to.</param>
    /// <param name="now">When.</param>
    /// <param name="since">From when its time there counts: an undo gives it back what it had.</param>
    public void Move(Stage stage, DateTimeOffset now, DateTimeOffset? since = null)
    {
        (PipelineId, StageId, StageSince) = (stage.PipelineId, stage.Id, since ?? now);
        Touch(now);
    }

    /// <summary>A better reason for the same ending leaves the day on which it ended.</summary>
    public void Mark(string status, string? reason, DateTimeOffset now)
    {
        (Status, Reason, ClosedAt) = (status, status is Statuses.Won or Statuses.Open ? null : reason, status == Statuses.Open ? null : status == Status ? ClosedAt : now);
        Touch(now);
    }

    /// <summary>An undo gives back how it stood, why and since when.</summary>
    public void MarkAgain(string status, string? reason, DateTimeOffset? closedAt, DateTimeOffset now)
    {
        (Status, Reason, ClosedAt) = (status, reason, closedAt);
        Touch(now);
    }

    /// <summary>Call last: what the step changed is what is different now.</summary>
    public void Remember(CardBefore before) => Before = before.Until(this).Json();

    public void Give(Guid? owner, DateTimeOffset now)
    {
        OwnerId = owner;
        Touch(now);
    }

    public void Delete(DateTimeOffset now)
    {
        DeletedAt = now;
        Touch(now);
    }

    public void Restore(DateTimeOffset now)
    {
        DeletedAt = null;
        Touch(now);
    }

    private void Touch(DateTimeOffset now)
    {
        UpdatedAt = now;
        Version++;
    }
}

public static class Statuses
{
    public const string Open = "open";
    public const string Won = "won";
    public const string Lost = "lost";
    public const string Abandoned = "abandoned";

    public static readonly IReadOnlyList<string> All = [Open, Won, Lost, Abandoned];

    public static string Words(string status) => status switch { Won => "Won", Lost => "Lost", Abandoned => "Given up", _ => "Open" };
}
