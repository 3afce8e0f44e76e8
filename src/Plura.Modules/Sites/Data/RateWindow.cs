using Plura.Platform;

namespace Plura.Sites.Data;

/// <summary>How often one visitor used one public form lately; all nodes count in the same row.</summary>
[SharedAcrossTenants("A visitor is counted before any account is known; who it is stands there only as a keyed hash.")]
public sealed class RateWindow
{
    public string Scope { get; init; } = "";

    public Guid Visitor { get; init; }

    public DateTimeOffset Start { get; init; }

    public int Count { get; init; }
}
