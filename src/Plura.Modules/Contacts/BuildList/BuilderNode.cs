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

    public IReadOnlyList<string> Values { get; set; } = [];

    /// <summary>Why it cannot be asked so, after a refusal.</summary>
    public string? Error { get; set; }

    public IEnumerable<BuilderNode> Everything => Parts.SelectMany(p => p.Everything).Prepend(this);

    /// <summary>What it asks; null where it is not filled in, or has nothing in it.</summary>
    public ContactFilter? Filter()
    {
        if (Join is null)
            return Field.Length == 0 ? null : new Condition(Field, Op, [.. Values.Where(v => v.Trim().Length > 0)]);
        var parts = Parts.Select(p => p.Filter()).OfType<ContactFilter>().ToList();
        return parts.Count == 0 ? null : Join switch
        {
            Any => new AnyOf(parts),
            None => new Not(new AnyOf(parts)),
            _ => new AllOf(parts),
        };
    }

    /// <summary>The lines of a filter, however it was made. What has no line of its own becomes a group that says the same.</summary>
    public static BuilderNode Of(ContactFilter filter, ref int number)
    {
        switch (filter)
        {
            case Condition condition:
                return new BuilderNode { Number = ++number, Field = condition.Field, Op = condition.Op, Values = condition.Values };
            case Not { Part: Condition inner } when Opposite(inner.Op) is { } op:
                return new BuilderNode { Number = ++number, Field = inner.Field, Op = op, Values = inner.Values };
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

    private static BuilderNode Group(string join, IReadOnlyList<ContactFilter> parts, ref int number)
    {
        var group = new BuilderNode { Number = ++number, Join = join };
        foreach (var part in parts)
            group.Parts.Add(Of(part, ref number));
        return group;
    }
}
