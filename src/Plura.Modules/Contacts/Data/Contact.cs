using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>A person in the account's address book. Addresses are <see cref="ContactPoint"/> rows, because one person may have several or none.</summary>
public sealed class Contact : ITenantOwned
{
    private Contact()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    /// <summary>The name of the company, as <see cref="CompanyId"/> has it: lists, searches and letters need it without asking.</summary>
    public string Company { get; private set; } = "";

    /// <summary>For whom this contact works: their main company.</summary>
    public Guid? CompanyId { get; private set; }

    /// <summary>What the list sorts by: folded to lower case without accents, see <see cref="ContactText"/>.</summary>
    public string SortName { get; private set; } = "";

    /// <summary>What the search looks through: names, company and addresses, in lower case.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>Custom fields by key, each value in its kind's one written form (see <see cref="CustomField"/>); an empty field is absent.</summary>
    public Dictionary<string, string> Fields { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Known to be under age: never gets marketing.</summary>
    public bool Minor { get; private set; }

    public DateOnly? DateOfBirth { get; private set; }

    /// <summary>An IANA name, <c>Europe/Berlin</c>; empty where it is not known.</summary>
    public string TimeZone { get; private set; } = "";

    public string Street { get; private set; } = "";

    public string PostalCode { get; private set; } = "";

    public string City { get; private set; } = "";

    public string Region { get; private set; } = "";

    /// <summary>ISO 3166 alpha-2; empty where it is not known.</summary>
    public string Country { get; private set; } = "";

    /// <summary>Where the contact came from, in the account's words ("Form: Newsletter").</summary>
    public string Source { get; private set; } = "";

    /// <summary>The contact's id in the system it came from.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>Who looks after this contact: a user. PostgreSQL shows people with a narrowed sight only what is theirs by it.</summary>
    public Guid? AssigneeId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static Contact New(string source, string? externalId, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Source = source, ExternalId = externalId, CreatedAt = now, UpdatedAt = now };

    /// <summary>A contact that comes back from the bin under its own id.</summary>
    public static Contact Return(Guid id, string source, string? externalId, bool minor, DateTimeOffset createdAt, DateTimeOffset now) =>
        new() { Id = id, Source = source, ExternalId = externalId, Minor = minor, CreatedAt = createdAt, UpdatedAt = now };

    public void Rename(string? first, string? last) => (FirstName, LastName) = (first ?? "", last ?? "");

    public void WorkFor(Guid? companyId, string companyName) => (CompanyId, Company) = (companyId, companyId is null ? "" : companyName);

    public void Live(PostalPlace place, string timeZone) =>
        (Street, PostalCode, City, Region, Country, TimeZone) = (place.Street, place.PostalCode, place.City, place.Region, place.Country, timeZone);

    public PostalPlace Place() => new(Street, PostalCode, City, Region, Country);

    public void BornOn(DateOnly? day) => DateOfBirth = day;

    public void ComeFrom(string source) => Source = source;

    public void KnownAs(string? externalId) => ExternalId = externalId;

    public void Fill(IReadOnlyDictionary<string, string> fields) =>
        Fields = new Dictionary<string, string>(fields.Where(f => f.Value.Length > 0), StringComparer.Ordinal);

    public void MarkMinor(bool minor) => Minor = minor;

    public void Assign(Guid? userId) => AssigneeId = userId;

    /// <summary>Call last after any change of name or address: refreshes what the list sorts by and the search looks through.</summary>
    public void Changed(IReadOnlyList<string> emails, IReadOnlyList<string> phones, DateTimeOffset now)
    {
        SortName = ContactText.Sort(FirstName, LastName, Company, emails.Concat(phones).FirstOrDefault());
        SearchText = ContactText.Search(FirstName, LastName, Company, emails, phones);
        UpdatedAt = now;
    }
}
