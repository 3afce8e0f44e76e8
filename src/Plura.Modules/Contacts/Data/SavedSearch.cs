using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>A filter with a name. It is run anew each time, so it always finds who fits now.</summary>
public sealed class SavedSearch : ITenantOwned
{
    private SavedSearch()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Normal { get; private set; } = "";

    /// <summary>The filter tree as JSON.</summary>
    public string Filter { get; private set; } = "{}";

    public DateTimeOffset CreatedAt { get; private set; }

    public static SavedSearch New(string name, string filter, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Name = name.Trim(), Normal = name.Trim().ToLowerInvariant(), Filter = filter, CreatedAt = now };

    /// <summary>The same search, written differently: its name differs in capital letters at most, because others find it by it.</summary>
    public void Change(string name, string filter) => (Name, Filter) = (name.Trim(), filter);
}
