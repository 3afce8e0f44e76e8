using System.Collections.Concurrent;

namespace Plura.Platform;

/// <summary>Who listens to what in this process. One notification wakes each stream that shows something of its topic.</summary>
public sealed class LiveTopics
{
    private readonly ConcurrentDictionary<LiveEar, byte> ears = new();

    public LiveTopics(Wakeups wakeups)
    {
        wakeups.Heard += (channel, payload) =>
        {
            if (!string.Equals(channel, LiveRings.Channel, StringComparison.Ordinal))
                return;
            foreach (var ear in ears.Keys)
                ear.Hear(payload);
        };
        wakeups.Back += () =>
        {
            foreach (var ear in ears.Keys)
                ear.HearAll();
        };
    }

    /// <summary>Streams that are open now.</summary>
    public int Listening => ears.Count;

    public LiveEar Listen(Guid tenant, IEnumerable<string> topics)
    {
        var ear = new LiveEar([.. topics.Select(t => Ring.Of(tenant, t))], e => ears.TryRemove(e, out _));
        ears[ear] = 0;
        return ear;
    }
}

/// <summary>The topics of one stream: remembers which of them rang since it last asked.</summary>
public sealed class LiveEar : IDisposable
{
    private readonly HashSet<string> wanted;
    private readonly HashSet<string> rang = new(StringComparer.Ordinal);
    private readonly Action<LiveEar> removed;
    private readonly Bell bell = new(_ => { });

    internal LiveEar(IEnumerable<string> wanted, Action<LiveEar> removed) => (this.wanted, this.removed) = (wanted.ToHashSet(StringComparer.Ordinal), removed);

    /// <summary>Waits for a ring, at most <paramref name="longest"/>; answers what rang since the last call, as <see cref="Ring"/> texts.</summary>
    public async Task<IReadOnlySet<string>> Wait(TimeSpan longest, CancellationToken ct)
    {
        await bell.Wait(longest, TimeProvider.System, ct);
        lock (rang)
        {
            var heard = rang.ToHashSet(StringComparer.Ordinal);
            rang.Clear();
            return heard;
        }
    }

    internal void Hear(string payload)
    {
        if (!wanted.Contains(payload))
            return;
        lock (rang)
            rang.Add(payload);
        bell.Ring();
    }

    /// <summary>Rings were missed: each of its topics may have been among them.</summary>
    internal void HearAll()
    {
        lock (rang)
            rang.UnionWith(wanted);
        bell.Ring();
    }

    public void Dispose() => removed(this);
}
