using System.Buffers.Binary;
using System.Globalization;
using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>Takes a part of the contacts one way and the rest another, to see which does better. Which way somebody takes follows from their run alone: asked again, it is the same.</summary>
internal sealed class Split : IMove
{
    public StepKind Kind { get; } = new("split", "Split by chance", "arrows-shuffle", "Flow")
    {
        Fields = [new("percent", "How many of a hundred take A", StepFields.Number) { Hint = "From 1 to 99. The others take B." }],
    };

    public IReadOnlyList<string> Branches { get; } = ["A", "B"];

    public Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct) => Task.FromResult(
        Percent(step) is null ? "Say how many of a hundred take A: from 1 to 99." : step.Branches is not { Count: 2 } ? "This step has two branches, A and B." : null);

    public string Say(FlowStep step, ThingNames names) => Percent(step) is { } percent ? $"Split: {percent} % A, {100 - percent} % B" : "Split by chance";

    public Task<IReadOnlyList<StepDone>> Go(Crossing crossing, CancellationToken ct)
    {
        var percent = Percent(crossing.Step)!.Value;
        return Task.FromResult<IReadOnlyList<StepDone>>([.. crossing.Runs.Select(r => crossing.Into(r, crossing.Step.Branches![Chance(r.Id, crossing.Step.Id) < percent ? 0 : 1]))]);
    }

    /// <summary>From 0 to 99, evenly: of two splits in one flow the second does not follow from the first.</summary>
    internal static int Chance(Guid run, Guid step)
    {
        Span<byte> both = stackalloc byte[32];
        run.TryWriteBytes(both);
        step.TryWriteBytes(both[16..]);
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(both, hash);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % 100);
    }

    private static int? Percent(FlowStep step) =>
        int.TryParse(step.Settings["percent"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= 99 ? percent : null;
}
