using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>
/// Where a column goes: <c>email</c>, <c>phone</c>, <c>firstName</c>, <c>lastName</c>, <c>name</c> (cut into both), <c>company</c>, <c>tags</c>,
/// <c>externalId</c>, <c>dateOfBirth</c>, <c>timeZone</c>, <c>street</c>, <c>postalCode</c>, <c>city</c>, <c>region</c>, <c>country</c>, <c>field:key</c> (a custom field that exists), <c>new:Label</c> (one to be made: text, personal; or <c>new.date:Label</c>, <c>new.number.none:Label</c>) or <c>ignore</c>.
/// </summary>
/// <param name="Kind">One of these words.</param>
/// <param name="Argument">The field's key, or the label of a new one.</param>
/// <param name="Takes">Of a new field, what can be in it: a kind of <see cref="FieldKinds"/>; empty for text.</param>
/// <param name="Privacy">Of a new field, what it says about a person; empty for personal.</param>
public readonly record struct ColumnTarget(string Kind, string Argument = "", string Takes = "", string Privacy = "")
{
    public const string Email = "email";
    public const string Phone = "phone";
    public const string FirstName = "firstName";
    public const string LastName = "lastName";
    public const string FullName = "name";
    public const string Company = "company";
    public const string Tags = "tags";
    public const string ExternalId = "externalId";
    public const string DateOfBirth = "dateOfBirth";
    public const string TimeZone = "timeZone";
    public const string Street = "street";
    public const string PostalCode = "postalCode";
    public const string City = "city";
    public const string Region = "region";
    public const string Country = "country";
    public const string Field = "field";
    public const string New = "new";
    public const string Ignore = "ignore";

    /// <summary>The plain ones, in the order in which a person chooses, with what the page calls them.</summary>
    public static readonly IReadOnlyList<(string Target, string Label)> Plain =
    [
        (Ignore, "Leave out"), (FirstName, "First name"), (LastName, "Last name"), (FullName, "Full name"), (Email, "E-mail"),
        (Phone, "Phone"), (Company, "Company"), (Tags, "Tags"), (ExternalId, "Id in the old system"),
        (Street, "Street and number"), (PostalCode, "Postal code"), (City, "City"), (Region, "State or region"), (Country, "Country"), (DateOfBirth, "Date of birth"), (TimeZone, "Time zone"),
    ];

    /// <summary>By target: the column of the contact that it fills.</summary>
    public static readonly IReadOnlyDictionary<string, string> Details = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [DateOfBirth] = "date_of_birth",
        [TimeZone] = "time_zone",
        [Street] = "street",
        [PostalCode] = "postal_code",
        [City] = "city",
        [Region] = "region",
        [Country] = "country",
    };

    public static ColumnTarget None => new(Ignore);

    /// <summary>A field to be made; the usual is written short.</summary>
    public static ColumnTarget Made(string label, string takes, string privacy) =>
        new(New, label, takes == CustomField.Text ? "" : takes, privacy == FieldPrivacy.Personal ? "" : privacy);

    /// <summary>Reads what stands in a mapping; null where it is no target. <c>first_name</c> and <c>First name</c> are understood too.</summary>
    public static ColumnTarget? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return None;
        text = text.Trim();
        if (text.StartsWith("field:", StringComparison.OrdinalIgnoreCase) && text.Length > 6)
            return new ColumnTarget(Field, text[6..].Trim());
        if ((text.StartsWith("new:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("new.", StringComparison.OrdinalIgnoreCase)) && text.Contains(':', StringComparison.Ordinal))
            return NewField(text);
        var plain = text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        foreach (var (target, _) in Plain)
        {
            if (string.Equals(target, plain, StringComparison.OrdinalIgnoreCase))
                return new ColumnTarget(target);
        }

        return plain.ToUpperInvariant() switch
        {
            "FULLNAME" => new ColumnTarget(FullName),
            "TAG" => new ColumnTarget(Tags),
            "SKIP" or "NONE" => None,
            _ => null,
        };
    }

    public override string ToString() =>
        Argument.Length == 0 ? Kind : Takes.Length + Privacy.Length == 0 ? $"{Kind}:{Argument}" : $"{Kind}.{(Takes.Length == 0 ? CustomField.Text : Takes)}{(Privacy.Length == 0 ? "" : "." + Privacy)}:{Argument}";

    private static ColumnTarget? NewField(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (words, label) = (text[..colon].Split('.'), text[(colon + 1)..].Trim());
        var (takes, privacy) = (words.ElementAtOrDefault(1) ?? CustomField.Text, words.ElementAtOrDefault(2) ?? FieldPrivacy.Personal);
        return label.Length == 0 || words.Length > 3 || !FieldKinds.Known(takes) || takes is CustomField.Multiple or CustomField.File || !FieldPrivacy.All.Contains(privacy, StringComparer.Ordinal)
            ? null : Made(label.Length > 80 ? label[..80] : label, takes, privacy);
    }
}
