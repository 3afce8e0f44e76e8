using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>A word that the account puts on contacts.</summary>
public sealed class Tag : ITenantOwned
{
    private Tag()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The name in lower case: "VIP" and "vip" are one tag.</summary>
    public string Normal { get; private set; } = "";

    public static Tag New(string name, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), Name = name.Trim(), Normal = Normalise(name) };

    public static string Normalise(string name) => name.Trim().ToLowerInvariant();
}

/// <summary>A contact carries a tag. A row of its own, because an array's operators may not use an index under row security.</summary>
public sealed class ContactTag : ITenantOwned
{
    private ContactTag()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid ContactId { get; private set; }

    public Guid TagId { get; private set; }

    public static ContactTag New(Guid contactId, Guid tagId) => new() { ContactId = contactId, TagId = tagId };
}
