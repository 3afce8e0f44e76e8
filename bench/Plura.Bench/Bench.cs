namespace Plura.Bench;

/// <summary>One part of the product that is measured against a reference in the same run. Found by its interface: no list to keep.</summary>
public interface IArea
{
    /// <summary>What <c>--area</c> names: <c>campaign</c>, <c>import</c>, <c>list</c>, <c>rls</c>.</summary>
    string Name { get; }

    Task<IReadOnlyList<Line>> Run(BenchContext context, CancellationToken ct);
}

/// <summary>One goal: a ratio over the rounds, and the side of the floor on which it must stay.</summary>
/// <param name="Goal">The goal's number, for example <c>G6</c>.</param>
/// <param name="What">A sentence: what is divided by what.</param>
/// <param name="Ratios">One per round, the warm-up left out.</param>
/// <param name="Floor">What must be held.</param>
/// <param name="AtMost">True where smaller is better.</param>
/// <param name="Note">Absolute figures for the reader, for example <c>41,200 rows/s against 66,900</c>.</param>
public sealed record Line(string Goal, string What, IReadOnlyList<double> Ratios, double Floor, bool AtMost = false, string Note = "")
{
    public double Median => Statistics.Quantile(Ratios, 0.5);

    /// <summary>Half of the rounds lie in a range this wide, as a part of the median.</summary>
    public double Spread => (Statistics.Quantile(Ratios, 0.75) - Statistics.Quantile(Ratios, 0.25)) / Median;

    public Verdict Verdict(double tolerance) =>
        Spread > 0.30 ? Bench.Verdict.Inconclusive
        : AtMost ? Median <= Floor / tolerance ? Bench.Verdict.Passed : Bench.Verdict.Failed
        : Median >= Floor * tolerance ? Bench.Verdict.Passed : Bench.Verdict.Failed;
}

public enum Verdict
{
    Passed,
    Failed,

    /// <summary>The rounds differ so much that the median says nothing.</summary>
    Inconclusive,
}

public static class Statistics
{
    /// <summary>By linear interpolation between the closest ranks.</summary>
    public static double Quantile(IReadOnlyList<double> values, double q)
    {
        var sorted = values.Order().ToArray();
        var at = (sorted.Length - 1) * q;
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
