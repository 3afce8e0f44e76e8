using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Waits until one of the account's people says yes or no; where a time is said, not longer than that.</summary>
internal sealed class Ask(INotices notices) : IMove
{
    /// <summary>What runs await here, and what a person made of it.</summary>
    public const string Waiting = "approval";
    public const string Yes = "approved";
    public const string No = "declined";

    public const string Notice = "automation_asks";
    private const int Longest = 200;

    public StepKind Kind { get; } = new("ask", "Ask my team", "user-question", "Team")
    {
        Fields = [new("text", "What you ask", StepFields.Text) { Hint = "For example: shall they get the discount?" }, .. Span.Fields(optional: true)],
    };

    public IReadOnlyList<string> Branches { get; } = ["Yes", "No", "Time ran out"];

    public Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct) => Task.FromResult(
        Text(step) is not { Length: > 0 and <= Longest } ? $"Write what you ask, in {Longest} characters at most."
        : step.Branches is not { Count: 3 } ? "This step has three branches: yes, no, and time ran out."
        : step.Settings["amount"]?.ToString() is { Length: > 0 } && Span.Read(step.Settings) is null ? "Say for how long at most: a whole number of minutes, hours, days or weeks. Leave it empty to wait for as long as it takes."
        : null);

    public string Say(FlowStep step, ThingNames names) => Span.Read(step.Settings) is { } span ? $"Ask my team: “{Text(step)}”, for {span} at most" : $"Ask my team: “{Text(step)}”";

    public async Task<IReadOnlyList<StepDone>> Go(Crossing crossing, CancellationToken ct)
    {
        var branches = crossing.Step.Branches!;
        var until = Span.Read(crossing.Step.Settings)?.After(crossing.Now, crossing.Zone);
        if (crossing.Runs.Any(r => r.Awaits is null))
            await notices.PostOnce(Notice, $"An automation asks: {Text(crossing.Step)}", $"automations/{crossing.AutomationId}/runs?state=asked", ct);
        return [.. crossing.Runs.Select(r => r.Awaits switch
        {
            null => crossing.Wait(r, Waiting, until),
            Yes => crossing.Into(r, branches[0]),
            No => crossing.Into(r, branches[1]),
            _ => crossing.Into(r, branches[2]),
        })];
    }

    private static string Text(FlowStep step) => step.Settings["text"]?.ToString().Trim() ?? "";
}
