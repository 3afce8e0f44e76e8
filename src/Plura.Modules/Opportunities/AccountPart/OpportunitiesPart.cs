using Plura.Accounts.Contracts;
using Plura.Opportunities.Data;

namespace Plura.Opportunities;

/// <summary>Pipelines and opportunities with their history, in the file with everything.</summary>
internal sealed class OpportunitiesPart : IAccountPart
{
    public string Folder => "opportunities";

    public IReadOnlyList<TakenTable> Tables { get; } =
    [
        TakenTable.Of<Pipeline>("pipelines", "Pipelines.", ("Id", "Its id"), ("Name", "What it is called"), ("Position", "Its place"), ("Version", "How often it was changed"), ("CreatedAt", "Since when")),
        TakenTable.Of<Stage>("stages", "The stages of the pipelines.", ("Id", "Its id"), ("PipelineId", "The pipeline, as in pipelines.csv"), ("Name", "What it is called"), ("Position", "Its place"), ("Color", "Its colour"), ("Probability", "How likely an opportunity here is won, in percent"), ("RottingDays", "After how many days one has waited too long"), ("Needs", "What one needs to stand here")),
        TakenTable.Of<Opportunity>("opportunities", "Opportunities.", ("Id", "Its id"), ("Name", "What it is called"), ("ContactId", "The contact, as in contacts/contacts.csv"), ("PipelineId", "The pipeline, as in pipelines.csv"), ("StageId", "The stage, as in stages.csv"), ("ValueMinor", "Its value in the smallest unit of the currency: cents"), ("Currency", "The currency"), ("OwnerId", "Who looks after it, as in account/people.csv"), ("Source", "Where it comes from"), ("CloseOn", "When it is expected to be decided"), ("Fields", "Your own fields, as JSON"), ("Status", "open, won, lost or abandoned"), ("Reason", "Why it was lost or given up"), ("StageSince", "Since when it stands in its stage"), ("ClosedAt", "When it was decided"), ("Before", "What its last step changed and what was there before, as JSON: by this it can be taken back"), ("ContactGoneAt", "When its contact was moved to the bin"), ("DeletedAt", "When it was deleted"), ("CreatedAt", "Since when"), ("UpdatedAt", "Changed last"), ("Version", "How often it was changed")) with
        {
            Without = [("SearchText", "made from the name, for searching")],
        },
        TakenTable.Of<OpportunityStep>("steps", "What happened to opportunities: who moved them, and when.", ("Id", "Its id"), ("OpportunityId", "The opportunity, as in opportunities.csv"), ("Number", "Its place in the history"), ("At", "When"), ("By", "Who"), ("ById", "Their id"), ("What", "created, moved, marked or undone"), ("FromStageId", "The stage it left"), ("FromStage", "What that was called"), ("ToStageId", "The stage it came to"), ("ToStage", "What that was called"), ("FromStatus", "How it stood before"), ("ToStatus", "How it stood after"), ("Since", "Since when it had stood in the stage it left")),
    ];
}
