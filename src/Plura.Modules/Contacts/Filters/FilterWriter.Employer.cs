namespace Plura.Contacts;

/// <summary>The conditions about the company that somebody works for: where it is, and the account's own fields of companies.</summary>
public sealed partial class FilterWriter
{
    public const string EmployerPrefix = "company.";

    /// <summary>Whoever works for a company that fits; null where companies have no such field.</summary>
    private Leaf? Employer(Condition condition)
    {
        const string rows = "from contacts.company k join contacts.contact w on w.tenant_id = k.tenant_id and w.company_id = k.id where k.tenant_id = @tenant";
        var word = condition.Field[EmployerPrefix.Length..];
        var field = word.StartsWith(HeldColumns.Custom, StringComparison.Ordinal) ? facts.CompanyFields.GetValueOrDefault(word[HeldColumns.Custom.Length..]) : null;
        if (field is null && word is not ("website" or "city" or "region" or "postal_code" or "country"))
            return null;
        var value = field is null ? $"k.{word}" : ValueOf("k", field);
        // Also of those who work for none.
        if (condition.Op == "empty")
            return None("w.id", $"{rows} and {value} <> ''");
        var asked = field is not null ? Custom(condition, field, value) : word == "country" ? Country(condition, value) : Text(condition, $"contacts.fold({value})");
        return Some("w.id", $"{rows} and {asked.Sql}");
    }
}
