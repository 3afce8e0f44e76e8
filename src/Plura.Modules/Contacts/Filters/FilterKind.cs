namespace Plura.Contacts;

/// <summary>What kind of answer a condition asks about: it decides the operators and the inputs.</summary>
public enum FilterKind
{
    Text,
    Address,
    Words,
    Tag,
    Person,
    Company,
    Country,
    Moment,
    Day,
    Number,
    YesNo,
    Choice,
    File,
    Activity,
    Permission,
}

/// <summary>What is typed or chosen beside an operator.</summary>
public enum FilterInput
{
    Nothing,
    Text,
    Number,
    Numbers,
    Days,
    Times,
    Date,
    Dates,
    Choices,
}

/// <param name="Op">As in filters: <c>last_days</c>.</param>
/// <param name="Text">What people read between field and value: "in the last".</param>
public sealed record FilterOp(string Op, string Text, FilterInput Input)
{
    /// <summary>Whether several values mean any of them; else only the first counts, or there must be so many.</summary>
    public bool TakesSeveral(FilterKind kind) => Input switch
    {
        FilterInput.Text => true,
        FilterInput.Number => Op is "is" or "is_not",
        FilterInput.Date => kind == FilterKind.Day && Op is "is" or "is_not" or "on",
        _ => false,
    };
}

/// <summary>The operators of each kind, in the words of people; the first is the usual one.</summary>
public static class FilterOps
{
    private static readonly FilterOp Empty = new("empty", "is empty", FilterInput.Nothing);
    private static readonly FilterOp Filled = new("not_empty", "is filled in", FilterInput.Nothing);
    private static readonly FilterOp LastDays = new("last_days", "in the last … days", FilterInput.Days);
    private static readonly FilterOp OlderDays = new("older_days", "more than … days ago", FilterInput.Days);

    private static readonly FilterOp[] Texts =
    [
        new("contains", "contains", FilterInput.Text), new("not_contains", "does not contain", FilterInput.Text), new("is", "is", FilterInput.Text), new("is_not", "is not", FilterInput.Text),
        new("starts", "begins with", FilterInput.Text), new("ends", "ends with", FilterInput.Text),
    ];

    private static readonly FilterOp[] Chosen = [new("is", "is any of", FilterInput.Choices), new("is_not", "is none of", FilterInput.Choices)];

    private static readonly FilterOp[] Dates =
    [
        new("before", "before", FilterInput.Date), new("after", "after", FilterInput.Date), new("between", "between", FilterInput.Dates),
    ];

    /// <summary>Also an operator that is not offered for such a field, and that a filter of the API has nevertheless.</summary>
    public static IReadOnlyList<FilterOp> With(IReadOnlyList<FilterOp> offered, string op)
    {
        if (op.Length == 0 || offered.Any(o => o.Op == op))
            return offered;
        var known = Enum.GetValues<FilterKind>().SelectMany(k => Of(k, things: true)).FirstOrDefault(o => o.Op == op);
        var opposite = FilterWriter.Opposites.TryGetValue(op, out var other) ? offered.FirstOrDefault(o => o.Op == other) : null;
        return [.. offered, new FilterOp(op, known?.Text ?? op, (opposite ?? known)?.Input ?? FilterInput.Text)];
    }

    public static IReadOnlyList<FilterOp> Of(FilterKind kind, bool things = false) => kind switch
    {
        FilterKind.Text => [.. Texts, Empty, Filled],
        FilterKind.Address => [Filled, Empty, .. Texts],
        FilterKind.Words => [Texts[0], Texts[1]],
        FilterKind.Tag => [.. Chosen, new("empty", "has no tag", FilterInput.Nothing), new("not_empty", "has a tag", FilterInput.Nothing)],
        FilterKind.Person => [.. Chosen, new("empty", "is nobody", FilterInput.Nothing), new("not_empty", "is somebody", FilterInput.Nothing)],
        FilterKind.Permission => [.. Chosen, new("empty", "no address for it", FilterInput.Nothing), new("not_empty", "has an address for it", FilterInput.Nothing)],
        FilterKind.Company or FilterKind.Country or FilterKind.Choice => [.. Chosen, Empty, Filled],
        FilterKind.Moment => [LastDays, OlderDays, new("on", "on", FilterInput.Date), .. Dates],
        FilterKind.Day =>
        [
            new("is", "is", FilterInput.Date), .. Dates, LastDays, new("next_days", "in the next … days", FilterInput.Days), OlderDays,
            new("each_year", "comes round in … days", FilterInput.Days), Empty, Filled,
        ],
        FilterKind.Number =>
        [
            new("is", "is", FilterInput.Number), new("is_not", "is not", FilterInput.Number), new("more", "is more than", FilterInput.Number), new("less", "is less than", FilterInput.Number),
            new("between", "is between", FilterInput.Numbers), Empty, Filled,
        ],
        FilterKind.File => [new("not_empty", "has a file", FilterInput.Nothing), new("empty", "has none", FilterInput.Nothing), Texts[0], Texts[1]],
        FilterKind.YesNo => [new("is", "is", FilterInput.Choices), Empty, Filled],
        FilterKind.Activity =>
        [
            LastDays, new("not_last_days", "not in the last … days", FilterInput.Days), new("not_empty", "at any time", FilterInput.Nothing), new("empty", "never", FilterInput.Nothing),
            new("times", "often enough: times, within days", FilterInput.Times), .. Dates,
            .. things ? [new FilterOp("is", "with any of", FilterInput.Choices), new FilterOp("is_not", "with none of", FilterInput.Choices)] : Array.Empty<FilterOp>(),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
