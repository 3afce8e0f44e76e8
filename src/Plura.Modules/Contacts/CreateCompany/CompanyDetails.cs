using System.ComponentModel.DataAnnotations;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What creating and editing a company take: null leaves a part as it is, empty text empties it.</summary>
public abstract record CompanyDetails : PostalDetails
{
    [KeepBlanks, StringLength(500, ErrorMessage = "A web address has at most 500 characters.")]
    public string? Website { get; set; }

    [KeepBlanks]
    public string? Phone { get; set; }

    /// <summary>Custom fields by key, as text; those that are not named stay. A field of kind <c>file</c> takes the id of a file that was uploaded for it (<c>POST /api/v1/fields/{id}/files</c>).</summary>
    public Dictionary<string, string> Fields { get; set => field = value ?? []; } = new(StringComparer.Ordinal);

    /// <param name="region">The account's country, in which a phone number without a country code is read.</param>
    public Refusal? CheckDetails(string region)
    {
        Refusal? wrong = null;
        if (!string.IsNullOrWhiteSpace(Website) && WrittenWebsite() is null)
            wrong = Refusal.Together(wrong, Refusal.Invalid("company.website", $"“{Website}” is not a web address. It should look like https://example.com.", nameof(Website)));
        if (!string.IsNullOrWhiteSpace(Phone) && AddressForms.Phone(Phone, region) is null)
            wrong = Refusal.Together(wrong, Refusal.Invalid("company.phone", $"“{Phone}” is not a phone number. Numbers from another country begin with + and the country code.", nameof(Phone)));
        return Refusal.Together(wrong, CheckPlace("company"));
    }

    /// <summary>Puts what is given on the company; call only after the check.</summary>
    public void Put(Company company, IReadOnlyDictionary<string, string> fields, string region)
    {
        company.Reach(
            Website is null ? company.Website : WrittenWebsite() ?? "",
            Phone is null ? company.Phone : AddressForms.Phone(Phone, region) ?? "");
        company.Stand(Over(company.Place()));
        var values = new Dictionary<string, string>(company.Fields, StringComparer.Ordinal);
        foreach (var (key, value) in fields)
            values[key] = value;
        company.Fill(values);
    }

    private string? WrittenWebsite() => FieldValues.Url(Website!.Trim());
}

/// <summary>What of a company is compared for its story, under the names that people read.</summary>
public static class CompanyFacts
{
    public static IReadOnlyDictionary<string, string> Of(Company company)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = company.Name,
            ["website"] = company.Website,
            ["phone"] = company.Phone,
            ["address"] = company.Place().ToString(),
        };
        foreach (var (key, value) in company.Fields)
            facts["fields." + key] = value;
        return facts;
    }
}
