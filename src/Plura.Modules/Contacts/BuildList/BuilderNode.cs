namespace Plura.Contacts;

/// <summary>A line of the builder: a condition, or a group of lines. Numbers are unique in one form; they name its inputs.</summary>
public sealed class BuilderNode
{
    public const string All = "all";
    public const string Any = "any";
    public const string None = "none";

    public required int Number { get; init; }

    /// <summary>Null for a condition; else <see cref="All"/>, <see cref="Any"/> or <see cref="None"/> of its parts.</summary>
    public string? Join { get; set; }

    public List<BuilderNode> Parts { get; } = [];

    /// <summary>Empty while nothing is chosen.</summary>
    public string Field { get; set; } = "";

    public string Op { get; set; } = "";

    /// <summary>What was typed or chosen; an empty one stands for an input that waits.</summary>
    public IReadOnlyList<string> Values { get; set; } = [];

    /// <summary>Whether the empty text is among what it is compared with: nobody types that, but a filter of the API may say it.</summary>
    public bool Blank { get; set; }

    /// <summary>The name of a thing to choose, as it was typed; empty once it is found.</summary>
    public string Find { get; set; } = "";

    /// <summary>Field and kind of input as the form showed them: <c>city:Text</c>. Empty where it is not known.</summary>
    public string Was { get; set; } = "";

    /// <summary>Why it cannot be asked so, after a refusal.</summary>
    public string? Error { get; set; }

    public IEnumerable<BuilderNode> Everything => Parts.SelectMany(p => p.Everything).Prepend(this);

    /// <summary>Nothing in it says anything yet.</summary>
    public bool SaysNothing => Join is null ? Field.Length == 0 : Parts.TrueForAll(p => p.Join is null && p.Field.Length == 0);

    /// <summary>Asked in another way, it waits for other values.</summary>
    public void Begin(string op)
    {
        (Op, Blank) = (op, false);
        Values = [];
    }

    /// <summary>
    /// What it asks; null for a line where nothing is chosen yet. A group asks also where nothing is in it: that all of no conditions are so is true of
    /// everybody, that any of them is, of nobody. To leave such a group out would write to people who are not in the list.
    /// </summary>
    public ContactFilter? Filter()
    {
        if (Join is null)
            return Field.Length == 0 ? null : new Condition(Field, Op, [.. Values.Where(v => v.Trim().Length > 0), .. Blank ? [""] : Array.Empty<string>()]);
        var parts = Parts.Select(p => p.Filter()).OfType<ContactFilter>().ToList();
        return Join switch
        {
            Any => new AnyOf(parts),
            // Not deeper than it came: filters have a greatest depth.
            None => new Not(parts is [var only] ? only : new AnyOf(parts)),
            _ => new AllOf(parts),
        };
    }

    /// <summary>The lines of a filter, however it was made. What has no line of its own becomes a group that says the same.</summary>
    public static BuilderNode Of(ContactFilter filter, ref int number)
    {
        switch (filter)
        {
            case Condition condition:
                return Line(condition, condition.Op, ref number);
            case Not { Part: Condition inner } when Opposite(inner.Op) is { } op:
                return Line(inner, op, ref number);
            case Not { Part: AnyOf any }:
                return Group(None, any.Parts, ref number);
            case Not not:
                return Group(None, [not.Part], ref number);
            case AnyOf any:
                return Group(Any, any.Parts, ref number);
            case AllOf all:
                return Group(All, all.Parts, ref number);
            default:
                throw new ArgumentOutOfRangeException(nameof(filter));
        }
    }

    private static string? Opposite(string op) =>
        FilterWriter.Opposites.GetValueOrDefault(op) ?? FilterWriter.Opposites.FirstOrDefault(o => o.Value == op).Key;

    private static BuilderNode Line(Condition condition, string op, ref int number) => new()
    {
        Number = ++number,
        Field = condition.Field,
        Op = op,
        Values = [.. condition.Values.Where(v => v.Trim().Length > 0)],
        Blank = condition.Values.Any(v => v.Trim().Length == 0),
    };

    private static BuilderNode Group(string join, IReadOnlyList<ContactFilter> parts, ref int number)
    {
        var group = new BuilderNode { Number = ++number, Join = join };
        foreach (var part in parts)
            group.Parts.Add(Of(part, ref number));
        return group;
    }
}
