namespace Plura.Contacts;

/// <summary>Says a filter in words: "Tag is any of VIP; Opened a message in the last 30 days".</summary>
public static class FilterWords
{
    public static string Say(ContactFilter filter, IReadOnlyList<FilterField> fields) => filter switch
    {
        AllOf { Parts.Count: 0 } => "Everybody",
        AnyOf { Parts.Count: 0 } => "Nobody",
        AllOf all => string.Join("; ", all.Parts.Select(p => Inner(p, fields))),
        _ => Inner(filter, fields),
    };

    private static string Inner(ContactFilter filter, IReadOnlyList<FilterField> fields) => filter switch
    {
        AllOf { Parts.Count: 0 } => "everybody",
        AnyOf { Parts.Count: 0 } => "nobody",
        AllOf { Parts: [var only] } => Inner(only, fields),
        AnyOf { Parts: [var only] } => Inner(only, fields),
        AllOf all => $"({string.Join(" and ", all.Parts.Select(p => Inner(p, fields)))})",
        AnyOf any => $"({string.Join(" or ", any.Parts.Select(p => Inner(p, fields)))})",
        Not not => $"not {Inner(not.Part, fields)}",
        Condition condition => One(condition, fields),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private static string One(Condition condition, IReadOnlyList<FilterField> fields)
    {
        if (fields.FirstOrDefault(f => f.Word == condition.Field) is not { } field)
            return $"{condition.Field} {condition.Op} {string.Join(", ", condition.Values)}".Trim();
        var values = condition.Values.Select(v => field.Choices.FirstOrDefault(c => string.Equals(c.Value, v, StringComparison.OrdinalIgnoreCase))?.Text ?? v).ToList();
        var op = FilterOps.With(field.Ops, condition.Op).FirstOrDefault(o => o.Op == condition.Op);
        return op switch
        {
            null => $"{field.Text} {condition.Op} {string.Join(", ", values)}",
            { Input: FilterInput.Nothing } => $"{field.Text} {op.Text}",
            { Input: FilterInput.Days } => $"{field.Text} {op.Text.Replace("…", values.FirstOrDefault(), StringComparison.Ordinal)}",
            { Input: FilterInput.Times } => $"{field.Text} at least {values.FirstOrDefault()} times in {values.ElementAtOrDefault(1)} days",
            { Input: FilterInput.Dates or FilterInput.Numbers } => $"{field.Text} {op.Text} {string.Join(" and ", values)}",
            _ => $"{field.Text} {op.Text} {string.Join(" or ", values)}",
        };
    }
}
