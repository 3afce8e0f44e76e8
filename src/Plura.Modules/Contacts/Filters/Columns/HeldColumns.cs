namespace Plura.Contacts;

/// <summary>
/// Which columns of contacts can be held. Names and streets are not: nearly everybody has another one, so that holding them
/// would cost as much as the table itself.
/// </summary>
internal static class HeldColumns
{
    public const string Custom = "fields.";
    public const string Assignee = "assignee";
    public const string Company = "company_id";
    public const string Country = "country";
    public const string Born = "date_of_birth";
    public const string Created = "created";
    public const string Changed = "changed";

    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.Ordinal)
    {
        ["company"] = "c.company",
        ["source"] = "c.source",
        ["postal_code"] = "c.postal_code",
        ["city"] = "c.city",
        ["region"] = "c.region",
        [Country] = "c.country",
        ["time_zone"] = "c.time_zone",
        [Born] = "coalesce(to_char(c.date_of_birth, 'YYYY-MM-DD'), '')",
        [Assignee] = "coalesce(c.assignee_id::text, '')",
        [Company] = "coalesce(c.company_id::text, '')",
        [Created] = "c.created_at",
        [Changed] = "c.updated_at",
    };

    public static bool Has(string column) => column.StartsWith(Custom, StringComparison.Ordinal) || BuiltIn.ContainsKey(column);

    public static bool IsMoment(string column) => column is Created or Changed;

    /// <summary>PostgreSQL has an index that begins with it: it alone is no reason to hold anything.</summary>
    public static bool IsIndexed(string column) => column is Created or Changed or Assignee or Company;

    /// <summary>Its value in a row of <c>contacts.contact c</c>. A custom field's key is a parameter: it came from outside.</summary>
    public static string Expression(string column, Func<string, string> add) =>
        column.StartsWith(Custom, StringComparison.Ordinal) ? $"coalesce(c.fields->>{add(column[Custom.Length..])}, '')" : BuiltIn[column];
}
