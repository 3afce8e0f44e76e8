namespace Plura.Platform;

/// <summary>One page of a list read by key: <see cref="Next"/> is the cursor of the page behind it, null on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
