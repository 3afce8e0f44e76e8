using Plura.Platform;

namespace Plura.Opportunities.Contracts;

public sealed record OpportunityCreated(Guid OpportunityId, Guid ContactId, Guid PipelineId, Guid StageId) : IEvent;

/// <summary>A card moved, by hand or by an undo; the pipelines differ where it moved to another one.</summary>
public sealed record OpportunityStageChanged(Guid OpportunityId, Guid ContactId, Guid FromStageId, Guid ToStageId) : IEvent;

/// <summary><c>open</c>, <c>won</c>, <c>lost</c> or <c>abandoned</c>.</summary>
public sealed record OpportunityStatusChanged(Guid OpportunityId, Guid ContactId, string From, string To) : IEvent;
