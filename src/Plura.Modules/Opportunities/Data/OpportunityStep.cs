using Plura.Platform;

namespace Plura.Opportunities.Data;

/// <summary>
/// What happened to a card: when it came, moved, was won or lost, and who did it. Only ever added to; an undo is a step of its own. It holds
/// the stages' names, because stages can be renamed and deleted, and nothing about the contact.
/// </summary>
[AppendOnly]
public sealed class OpportunityStep : ITenantOwned
{
    public const string Created = "created";
    public const string Moved = "moved";
    public const string Marked = "marked";
    public const string Undone = "undone";

    private OpportunityStep()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid OpportunityId { get; private set; }

    /// <summary>The version that the card had before it; 0 for its coming. What was last is said by this, not by clocks.</summary>
    public int Number { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string By { get; private set; } = "";

    public Guid? ById { get; private set; }

    public string What { get; private set; } = Moved;

    public Guid? FromStageId { get; private set; }

    public string FromStage { get; private set; } = "";

    public Guid ToStageId { get; private set; }

    public string ToStage { get; private set; } = "";

    public string FromStatus { get; private set; } = Statuses.Open;

    public string ToStatus { get; private set; } = Statuses.Open;

    /// <summary>Since when it had stood in the stage it left: an undo gives it back.</summary>
    public DateTimeOffset? Since { get; private set; }

    public static OpportunityStep Begin(Opportunity opportunity, Stage stage, Actor actor, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), OpportunityId = opportunity.Id, At = now, By = actor.Name, ById = actor.Id, What = Created, ToStageId = stage.Id, ToStage = stage.Name };

    /// <summary>Written before the card changes: it knows where the card came from.</summary>
    public static OpportunityStep Of(string what, Opportunity before, string fromStage, Guid toStageId, string toStage, string toStatus, Actor actor, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OpportunityId = before.Id,
        Number = before.Version,
        At = now,
        By = actor.Name,
        ById = actor.Id,
        What = what,
        FromStageId = before.StageId,
        FromStage = fromStage,
        ToStageId = toStageId,
        ToStage = toStage,
        FromStatus = before.Status,
        ToStatus = toStatus,
        Since = before.StageSince,
    };
}
