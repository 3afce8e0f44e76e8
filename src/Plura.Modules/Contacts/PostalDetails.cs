using System.ComponentModel.DataAnnotations;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>Where a person or a company can be found by post, as creating and editing take it: null leaves a part as it is, empty text empties it.</summary>
public abstract record PostalDetails
{
    [KeepBlanks, StringLength(200, ErrorMessage = "A street has at most 200 characters.")]
    public string? Street { get; set; }

    [KeepBlanks, StringLength(20, ErrorMessage = "A postal code has at most 20 characters.")]
    public string? PostalCode { get; set; }

    [KeepBlanks, StringLength(100, ErrorMessage = "A city has at most 100 characters.")]
    public string? City { get; set; }

    /// <summary>A state, province or county.</summary>
    [KeepBlanks, StringLength(100, ErrorMessage = "A state or region has at most 100 characters.")]
    public string? Region { get; set; }

    /// <summary>ISO 3166 alpha-2: <c>US</c>.</summary>
    [KeepBlanks]
    public string? Country { get; set; }

    /// <param name="whose">Whose it is, as its refusals are called: <c>contact</c>, <c>company</c>.</param>
    protected Refusal? CheckPlace(string whose)
    {
        Refusal? wrong = null;
        if (!string.IsNullOrWhiteSpace(Country) && Places.Country(Country) is null)
            wrong = Refusal.Together(wrong, Refusal.Invalid($"{whose}.country", $"“{Country}” is not a country. Give its two letters, for example US.", nameof(Country)));
        foreach (var (name, text) in ((string, string?)[])[(nameof(Street), Street), (nameof(PostalCode), PostalCode), (nameof(City), City), (nameof(Region), Region)])
        {
            if (text is not null && text.Any(char.IsControl))
                wrong = Refusal.Together(wrong, Refusal.Invalid($"{whose}.text", "An address is written on one line each, without control characters.", name));
        }

        return wrong;
    }

    /// <summary>What is given over what was there; call only after the check.</summary>
    protected PostalPlace Over(PostalPlace old) => new(
        Street?.Trim() ?? old.Street, PostalCode?.Trim() ?? old.PostalCode, City?.Trim() ?? old.City, Region?.Trim() ?? old.Region, Country is null ? old.Country : Places.Country(Country) ?? "");
}
