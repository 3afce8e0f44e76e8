using System.Collections.Concurrent;

namespace Plura.Accounts;

/// <summary>A service outside the house on which the installation relies, as the operator's desk shows it. Its adapter registers it; a secret is never part of it.</summary>
/// <param name="Key">A stable word: <c>email</c>, <c>google</c>.</param>
/// <param name="For">What it is for, in a few words: "Sending e-mail".</param>
/// <param name="Name">Null where none is configured.</param>
/// <param name="Otherwise">What holds while none is configured, or what there is to know about it.</param>
/// <param name="Settings">Its settings as they may be read aloud: a host, a port, whether it is encrypted.</param>
public sealed record Provider(string Key, string For, string? Name, string Otherwise, params (string Name, string Value)[] Settings);

/// <summary>What the last calls of each provider said, as far as this process made them. Nobody is called for it.</summary>
public sealed class ProviderPulses(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, ProviderPulse> pulses = new(StringComparer.Ordinal);

    public ProviderPulse Of(string key) => pulses.GetValueOrDefault(key, ProviderPulse.Silent);

    public void Worked(string key) => pulses.AddOrUpdate(key, _ => new ProviderPulse(clock.GetUtcNow(), null, null), (_, p) => p with { LastSuccess = clock.GetUtcNow() });

    /// <param name="key">The provider's.</param>
    /// <param name="why">In a few words, without anybody's data and without a secret.</param>
    public void Failed(string key, string why) => pulses.AddOrUpdate(key, _ => new ProviderPulse(null, clock.GetUtcNow(), why), (_, p) => p with { LastFailure = clock.GetUtcNow(), Why = why });
}

/// <param name="LastSuccess">When it last did what was asked; null where it was not asked since the start.</param>
/// <param name="LastFailure">When it last did not.</param>
/// <param name="Why">What went wrong then.</param>
public sealed record ProviderPulse(DateTimeOffset? LastSuccess, DateTimeOffset? LastFailure, string? Why)
{
    public static ProviderPulse Silent { get; } = new(null, null, null);

    public bool Failing => LastFailure is not null && (LastSuccess is null || LastFailure > LastSuccess);
}
