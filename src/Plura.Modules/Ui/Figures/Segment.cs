namespace Plura.Ui;

/// <summary>A part of a bar.</summary>
/// <param name="Tone"><c>good</c>, <c>warn</c>, <c>bad</c>, <c>accent</c>, <c>calm</c> or <c>faint</c>.</param>
public sealed record Segment(string Label, long Value, string Tone = "accent", string? Href = null);

/// <summary>A point of a chart.</summary>
/// <param name="Text">What stands beside the bar where it is not the plain number: an amount, a share.</param>
public sealed record ChartPoint(string Label, long Value, string? Href = null, string? Text = null);
