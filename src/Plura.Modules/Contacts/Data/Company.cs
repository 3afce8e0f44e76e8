using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>A business that contacts work for. Its name is its own in the account: "Bakery" and "BAKERY" are one.</summary>
public sealed class Company : ITenantOwned
{
    private Company()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The name folded, by which it is found and sorted.</summary>
    public string Normal { get; private set; } = "";

    /// <summary>What the search looks through: name, place, web address and phone.</summary>
    public string SearchText { get; private set; } = "";

    public string Website { get; private set; } = "";

    /// <summary>In its one form, <c>+14155550123</c>.</summary>
    public string Phone { get; private set; } = "";

    public string Street { get; private set; } = "";

    public string PostalCode { get; private set; } = "";

    public string City { get; private set; } = "";

    public string Region { get; private set; } = "";

    /// <summary>ISO 3166 alpha-2; empty where it is not known.</summary>
    public string Country { get; private set; } = "";

    /// <summary>Custom fields by key, as in <see cref="Contact.Fields"/>.</summary>
    public Dictionary<string, string> Fields { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Who looks after it. People with a narrowed sight see a company that is theirs, or for which a contact of theirs works.</summary>
    public Guid? AssigneeId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static Company New(DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), CreatedAt = now, UpdatedAt = now };

    /// <summary>A company that comes back from the bin under its own id.</summary>
    public static Company Return(Guid id, DateTimeOffset createdAt, DateTimeOffset now) => new() { Id = id, CreatedAt = createdAt, UpdatedAt = now };

    public void Rename(string name) => (Name, Normal) = (name, ContactText.Fold(name));

    public void Reach(string website, string phone) => (Website, Phone) = (website, phone);

    public void Stand(PostalPlace place) => (Street, PostalCode, City, Region, Country) = (place.Street, place.PostalCode, place.City, place.Region, place.Country);

    public PostalPlace Place() => new(Street, PostalCode, City, Region, Country);

    public void Fill(IReadOnlyDictionary<string, string> fields) =>
        Fields = new Dictionary<string, string>(fields.Where(f => f.Value.Length > 0), StringComparer.Ordinal);

    public void Assign(Guid? userId) => AssigneeId = userId;

    /// <summary>Call last after any change.</summary>
    public void Changed(DateTimeOffset now) =>
        (SearchText, UpdatedAt) = (ContactText.Search(Name, City, Website, [PostalCode], [Phone]), now);
}

/// <summary>Where somebody is found by post. A part that is not known is empty; the country is ISO 3166 alpha-2.</summary>
public sealed record PostalPlace(string Street, string PostalCode, string City, string Region, string Country)
{
    public static readonly PostalPlace Unknown = new("", "", "", "", "");

    /// <summary>On one line, as people read it.</summary>
    public override string ToString() =>
        string.Join(", ", new[] { Street, $"{PostalCode} {City}".Trim(), Region, Country }.Where(p => p.Length > 0));
}

/// <summary>One change of a company for its story.</summary>
public sealed class CompanyChange : ITenantOwned
{
    private CompanyChange()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid CompanyId { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Who: a person's name, a token's label, a job's name.</summary>
    public string By { get; private set; } = "";

    public Guid? ById { get; private set; }

    /// <summary>As in <see cref="ContactChange.What"/>.</summary>
    public string What { get; private set; } = ContactChange.Edited;

    /// <summary>For an edit, field → old and new value as JSON; otherwise where from.</summary>
    public Dictionary<string, string[]> Values { get; private set; } = new(StringComparer.Ordinal);

    public static CompanyChange New(Guid companyId, string what, Dictionary<string, string[]> values, Actor actor, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), CompanyId = companyId, At = now, By = actor.Name, ById = actor.Id, What = what, Values = values };
}

/// <summary>A deleted company, whole, with the ids of those who worked there.</summary>
public sealed class BinnedCompany : ITenantOwned
{
    private BinnedCompany()
    {
    }

    public Guid TenantId { get; private set; }

    /// <summary>The company's own id.</summary>
    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The company and the ids of its people as JSON.</summary>
    public string Snapshot { get; private set; } = "{}";

    public DateTimeOffset DeletedAt { get; private set; }

    public string DeletedBy { get; private set; } = "";

    public static BinnedCompany New(Guid id, string name, string snapshot, string by, DateTimeOffset now) =>
        new() { Id = id, Name = name, Snapshot = snapshot, DeletedBy = by, DeletedAt = now };

    /// <summary>One more of its people came back before it.</summary>
    public void Keep(string snapshot) => Snapshot = snapshot;
}

/// <summary>Somebody of the account who wants to know what becomes of a contact.</summary>
public sealed class ContactFollower : ITenantOwned
{
    private ContactFollower()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid ContactId { get; private set; }

    public Guid UserId { get; private set; }

    public DateTimeOffset Since { get; private set; }

    public static ContactFollower New(Guid contactId, Guid userId, DateTimeOffset now) => new() { ContactId = contactId, UserId = userId, Since = now };
}
