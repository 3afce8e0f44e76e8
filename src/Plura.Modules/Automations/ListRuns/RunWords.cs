using Plura.Automations.Data;

namespace Plura.Automations;

/// <summary>Where runs stand and what steps came to, in words.</summary>
internal static class RunWords
{
    public static readonly IReadOnlyList<(string State, string Text)> States = [(RunStates.Going, "In it"), (RunStates.Done, "Through"), (RunStates.Stopped, "Stopped"), (RunStates.Failed, "Failed")];

    /// <summary>Of those who are in it: a person is to say yes or no.</summary>
    public const string Asked = "asked";

    /// <param name="run">Where it stands.</param>
    /// <param name="step">What its step does; empty where the drawing has it no more.</param>
    public static string Where(RunLine run, string step) => run.State switch
    {
        RunStates.Stopped => Stopped(run.Reason),
        RunStates.Done => "",
        _ => step.Length > 0 ? step : run.StepId is null ? "" : "A step of an earlier version",
    };

    public static string Stopped(string? reason) => reason switch
    {
        StopReasons.ContactGone => "The contact is not here any more",
        StopReasons.AccountClosed => "The account was closed",
        StopReasons.Deleted => "The automation was deleted",
        StopReasons.TakenOut => "Taken out before the end",
        StopReasons.Happened => "What the automation stops for happened",
        StopReasons.Merged => "Became one with a contact who is in it",
        _ => "",
    };

    public static string Outcome(PassageLine passage) => passage.Outcome switch
    {
        Outcomes.Waits when passage.Detail?["until"] is not null => "Waits",
        Outcomes.Waits => "Waits for it to happen",
        Outcomes.Went => passage.Detail?["name"] is { } branch ? $"Went on: {branch}" : "Went on",
        Outcomes.Reached => "Reached",
        Outcomes.Tried => "Did not work; it is tried again",
        Outcomes.Failed => "Did not work, after several tries",
        "done" => "Done",
        "was_so" => "It was so already",
        "planned" => "Handed to sending, where it is decided whether it may go",
        "no_address" => "They have no address for it",
        "not_taken_in" => "It did not take them in: it is off, or they were in it",
        "no_opportunity" => "They have no open opportunity for it",
        "field_gone" => "The field is not there any more",
        "person_gone" => "Whoever was to get it does not belong to the account any more",
        "refused" => $"It could not be done: {passage.Detail?["why"]}",
        "tag_gone" => "The tag is not there any more",
        var other => other,
    };
}
