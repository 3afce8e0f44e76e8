using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>A deleted contact, whole, so that it can come back. Personal data: an erasure empties it too.</summary>
public sealed class BinnedContact : ITenantOwned
{
    private BinnedContact()
    {
    }

    public Guid TenantId { get; private set; }

    /// <summary>The contact's own id.</summary>
    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The contact, its addresses and the names of its tags as JSON.</summary>
    public string Snapshot { get; private set; } = "{}";

    public DateTimeOffset DeletedAt { get; private set; }

    public string DeletedBy { get; private set; } = "";

    public static BinnedContact New(Guid id, string name, string snapshot, string by, DateTimeOffset now) =>
        new() { Id = id, Name = name, Snapshot = snapshot, DeletedBy = by, DeletedAt = now };
}
