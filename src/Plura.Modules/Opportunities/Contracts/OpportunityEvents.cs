using System.Text.Json.Serialization;
using Plura.Automations.Contracts;

namespace Plura.Opportunities.Contracts;

public sealed record OpportunityCreated(Guid OpportunityId, Guid ContactId, Guid PipelineId, Guid StageId) : ITrigger
{
    [JsonIgnore]
    public Happened? Happened => new(OpportunityTriggers.Created, ContactId, StageId);
}

/// <summary>A card moved, by hand or by an undo; the pipelines differ where it moved to another one.</summary>
public sealed record OpportunityStageChanged(Guid OpportunityId, Guid ContactId, Guid FromStageId, Guid ToStageId) : ITrigger
{
    [JsonIgnore]
    public Happened? Happened => new(OpportunityTriggers.Stage, ContactId, ToStageId);
}

/// <summary><c>open</c>, <c>won</c>, <c>lost</c> or <c>abandoned</c>.</summary>
public sealed record OpportunityStatusChanged(Guid OpportunityId, Guid ContactId, string From, string To) : ITrigger
{
    [JsonIgnore]
    public Happened? Happened => To switch
    {
        "won" => new(OpportunityTriggers.Won, ContactId),
        "lost" => new(OpportunityTriggers.Lost, ContactId),
        "abandoned" => new(OpportunityTriggers.Abandoned, ContactId),
        _ => new(OpportunityTriggers.Reopened, ContactId),
    };
}

/// <summary>What automations begin with.</summary>
public static class OpportunityTriggers
{
    /// <summary>Its thing is the stage.</summary>
    public const string Created = "opportunity_created";

    /// <summary>Its thing is the stage that the card came to.</summary>
    public const string Stage = "opportunity_stage";
    public const string Won = "opportunity_won";
    public const string Lost = "opportunity_lost";
    public const string Abandoned = "opportunity_abandoned";
    public const string Reopened = "opportunity_reopened";
}
