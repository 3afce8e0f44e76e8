using Plura.Accounts.Contracts;
using Plura.Automations.Data;

namespace Plura.Automations;

/// <summary>Automations, who went through them and how, in the file with everything.</summary>
internal sealed class AutomationsPart : IAccountPart
{
    public string Folder => "automations";

    public IReadOnlyList<TakenTable> Tables { get; } =
    [
        TakenTable.Of<Automation>("automations", "Automations.", ("Id", "Its id"), ("Name", "What you call it"), ("Draft", "The drawing, as JSON"), ("DraftNumber", "How often the drawing was changed"), ("Published", "The version that takes contacts in"), ("PublishedDraft", "Of which drawing that was made"), ("OnSince", "Since when it takes contacts in"), ("CreatedAt", "Since when"), ("ChangedAt", "Changed last"), ("DeletedAt", "When it was deleted")),
        TakenTable.Of<AutomationVersion>("versions", "What was published.", ("AutomationId", "The automation, as in automations.csv"), ("Number", "Its number"), ("Drawn", "The drawing, as JSON"), ("Flow", "The same with what its steps stored, as JSON: what runs"), ("At", "When"), ("ById", "Who, as in account/people.csv")),
        TakenTable.Of<Run>("runs", "Contacts in automations.", ("Id", "Its id"), ("AutomationId", "The automation, as in automations.csv"), ("Version", "By which version"), ("ContactId", "The contact, as in contacts/contacts.csv"), ("Entry", "Which time they were in it"), ("Cause", "What took them in"), ("CauseId", "Of which thing, by whom"), ("Pass", "How often they went back"), ("StepId", "The step they stand before"), ("WakeAt", "When they go on"), ("Awaits", "What they wait for"), ("Attempt", "Failed tries of that step"), ("State", "going, done, stopped or failed"), ("Reason", "Why it stopped or failed"), ("BegunAt", "Since when"), ("Since", "Since when they stand there")) with
        {
            Without = [("Woken", "a mark of the machinery for a moment")],
        },
        TakenTable.Of<Passage>("steps", "The steps that contacts passed.", ("Id", "Its id"), ("RunId", "The run, as in runs.csv"), ("StepId", "The step"), ("Pass", "How often they had gone back before"), ("Attempt", "Which try, from 0"), ("At", "When"), ("Outcome", "What came of it"), ("Detail", "More about it, as JSON")),
    ];

    public IReadOnlyDictionary<Type, string> LeftOut { get; } = new Dictionary<Type, string>
    {
        [typeof(Listening)] = "follows from the automations",
        [typeof(Happening)] = "stands for a moment, until it was looked at",
        [typeof(StepTally)] = "counted from the steps",
    };
}
