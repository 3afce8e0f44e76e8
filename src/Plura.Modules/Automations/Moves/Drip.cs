using System.Globalization;
using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>Lets only so many contacts pass in each span of time; the others wait for the next. A pipeline that feeds many in at once does not flood what follows.</summary>
internal sealed class Drip(RunStore store) : IMove
{
    private const int Most = 1_000_000;

    public StepKind Kind { get; } = new("drip", "Let through a few at a time", "droplet", "Flow")
    {
        Fields = [new("count", "How many", StepFields.Number), new("amount", "In each", StepFields.Number) { Hint = "For example 1, and hours as the unit." }, .. Span.Fields(optional: false).Skip(1)],
    };

    public Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct) => Task.FromResult(
        Count(step) is null ? "Say how many pass at a time: a whole number." : Span.Read(step.Settings) is null ? "Say in which span of time: a whole number of minutes, hours, days or weeks." : null);

    public string Say(FlowStep step, ThingNames names) => Count(step) is { } count && Span.Read(step.Settings) is { } span ? $"Let through {count} in {span}" : "Let through a few at a time";

    public async Task<IReadOnlyList<StepDone>> Go(Crossing crossing, CancellationToken ct)
    {
        // Time is cut into spans of the same length, each with so many places; whoever comes takes the first place that is free, now or later.
        var (count, length) = (Count(crossing.Step)!.Value, Span.Read(crossing.Step.Settings)!.After(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) - DateTimeOffset.UnixEpoch);
        var arriving = crossing.Runs.Where(r => r.Awaits is null).OrderBy(r => r.Id).ToList();
        var now = (crossing.Now - DateTimeOffset.UnixEpoch).Ticks / length.Ticks;
        var first = arriving.Count == 0 ? 0 : await store.Turns(crossing.AutomationId, crossing.Step.Id, arriving.Count, now * count, ct);
        var places = arriving.Select((r, n) => (r.Id, Span: (first + n) / count)).ToDictionary(p => p.Id, p => p.Span);
        return [.. crossing.Runs.Select(r => places.TryGetValue(r.Id, out var span) && span > now ? crossing.Wait(r, StandingRun.Time, DateTimeOffset.UnixEpoch + (length * span)) : crossing.On(r))];
    }

    private static int? Count(FlowStep step) => int.TryParse(step.Settings["count"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= Most ? count : null;
}
