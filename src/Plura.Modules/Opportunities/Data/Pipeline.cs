using Plura.Platform;

namespace Plura.Opportunities.Data;

/// <summary>The way that one kind of business takes from first contact to a yes: its stages stand in <see cref="Stage"/> rows.</summary>
public sealed class Pipeline : ITenantOwned
{
    public const int LongestName = 60;

    private Pipeline()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public int Position { get; private set; }

    /// <summary>Counts up with every change: a save that read an older one is refused.</summary>
    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static Pipeline New(int position, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), Position = position, CreatedAt = now };

    /// <summary>Its place among the pipelines; no change that an editor of its stages could overwrite.</summary>
    public void Place(int position) => Position = position;

    public void Rename(string name)
    {
        Name = name;
        Version++;
    }
}
