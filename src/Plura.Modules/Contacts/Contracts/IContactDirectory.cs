using Plura.Platform;

namespace Plura.Contacts.Contracts;

/// <summary>Facts about contacts for the modules to the right.</summary>
public interface IContactDirectory
{
    Task<IReadOnlyDictionary<Guid, ContactCard>> Cards(IReadOnlyCollection<Guid> contactIds, CancellationToken ct);

    /// <summary>
    /// True where the contact is there and stays until the open transaction ends: a merge and a deletion wait, so that they find what is hung on
    /// it here.
    /// </summary>
    Task<bool> Hold(Guid contactId, CancellationToken ct);

    /// <summary>Who looks after the contact; null for nobody, and where there is no such contact.</summary>
    Task<Guid?> LookedAfterBy(Guid contactId, CancellationToken ct);

    Task<IReadOnlyList<ContactCard>> Search(string text, int limit, CancellationToken ct);

    /// <summary>
    /// Finds the contact by address (the account's matching order) or makes it, fills what was empty, keeps an address that the contact
    /// did not have as a further one unless it is somebody else's, and adds tags: the door for forms. The same handler as the API's.
    /// </summary>
    Task<Result<Guid>> FindOrCreate(ContactDraft draft, CancellationToken ct);

    /// <summary>Puts tags on a contact; one with a new name is made.</summary>
    Task<Result> Tag(Guid contactId, IReadOnlyList<string> tags, CancellationToken ct);

    /// <summary>The keys of the contact's addresses, for consent questions.</summary>
    Task<IReadOnlyList<ContactAddress>> Addresses(Guid contactId, CancellationToken ct);

    /// <summary>Of the contact's addresses exactly those that were typed, in whatever form; none that only belongs to the same contact.</summary>
    Task<IReadOnlyList<ContactAddress>> Typed(Guid contactId, string? email, string? phone, CancellationToken ct);

    Task<IReadOnlyList<string>> Tags(CancellationToken ct);

    Task<IReadOnlyList<NamedList>> SmartLists(CancellationToken ct);
}

public sealed record NamedList(Guid Id, string Name)
{
    /// <summary>Whether the person at hand may choose it: everybody's lists, and their own.</summary>
    public bool Offered { get; init; }
}

public sealed record ContactCard(Guid Id, string Name, string? Email, string? Phone);

public sealed record ContactAddress(Guid ContactPointId, string Channel, string Value, Guid AddressKey, bool Primary);

public sealed record ContactDraft
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Company { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where it came from, shown in the timeline: "Form: Newsletter".</summary>
    public string Source { get; init; } = "";
}
