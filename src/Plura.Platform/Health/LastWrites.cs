namespace Plura.Platform;

/// <summary>
/// The time for what a service writes when the process stops. The host's own time cannot be relied on: the web server stops first and
/// waits for its callers, and a slow download may use up all of it.
/// </summary>
public static class LastWrites
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A token that ends after <see cref="Patience"/>; dispose it.</summary>
    public static CancellationTokenSource Time() => new(Patience);
}
