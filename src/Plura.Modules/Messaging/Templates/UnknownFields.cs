using Scriban;
using Scriban.Syntax;

namespace Plura.Messaging;

/// <summary>A field that a template names and nothing will ever fill, because it is misspelt or was deleted.</summary>
/// <param name="Path">As it stands in the template: <c>contact.frist_name</c>.</param>
/// <param name="HasFallback">Other words stand in for it, so that the letter can be read all the same.</param>
internal sealed record UnknownField(string Path, int Line, bool HasFallback);

/// <summary>Finds the fields of a template that do not exist.</summary>
internal static class UnknownFields
{
    private static readonly string[] Always = ["contact", "contact.fields", "account", "account.name", "account.postal_address", "account.sender_name", "account.phone", "account.website", "unsubscribe_url", "preferences_url"];

    /// <param name="text">A template without syntax errors.</param>
    /// <param name="known">The fields of contacts: <c>contact.first_name</c>, <c>contact.fields.size</c>.</param>
    public static IReadOnlyList<UnknownField> Find(string text, IEnumerable<string> known)
    {
        var template = Template.ParseLiquid(text);
        if (template.HasErrors)
            return [];
        var own = new OwnNames();
        own.Visit(template.Page);
        var finder = new Finder(text, [.. known, .. Always], own.Names);
        finder.Visit(template.Page);
        return finder.Found;
    }

    /// <summary>What was probably meant: the known field that differs least, where it differs by little.</summary>
    public static string? Meant(string path, IEnumerable<string> known)
    {
        var near = known.Select(k => (Path: k, Distance: Math.Min(Distance(path, k), Distance(path, k[(k.LastIndexOf('.') + 1)..])))).OrderBy(k => k.Distance).FirstOrDefault();
        return near.Path is not null && near.Distance <= Math.Max(2, path.Length / 6) ? near.Path : null;
    }

    /// <summary>How many letters must be changed, added or dropped to make one word of the other; changed places count once.</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }

    /// <summary>Names that the template itself gives: assigned, captured, or counted through.</summary>
    private sealed class OwnNames : ScriptVisitor
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal) { "forloop", "tablerowloop", "for", "empty", "blank" };

        public override void Visit(ScriptAssignExpression node)
        {
            Add(node.Target);
            base.Visit(node);
        }

        public override void Visit(ScriptCaptureStatement node)
        {
            Add(node.Target);
            base.Visit(node);
        }

        public override void Visit(ScriptForStatement node)
        {
            Add(node.Variable);
            base.Visit(node);
        }

        public override void Visit(ScriptTableRowStatement node)
        {
            Add(node.Variable);
            base.Visit(node);
        }

        private void Add(ScriptExpression? target)
        {
            if (target is ScriptVariable { Name: var name })
                Names.Add(name);
        }
    }

    private sealed class Finder(string text, HashSet<string> known, HashSet<string> own) : ScriptVisitor
    {
        private readonly List<UnknownField> found = [];
        private bool fallback;

        public IReadOnlyList<UnknownField> Found => found;

        public override void Visit(ScriptPipeCall node)
        {
            var before = fallback;
            fallback |= node.To is ScriptFunctionCall { Target: ScriptVariable { Name: "default" } };
            Visit(node.From);
            fallback = before;
            // A bare filter is a name, but no field.
            if (node.To is not ScriptVariable)
                Visit(node.To);
        }

        public override void Visit(ScriptFunctionCall node)
        {
            foreach (var argument in node.Arguments)
                Visit(argument);
        }

        public override void Visit(ScriptVariableGlobal node) => Check(node, [node.Name]);

        public override void Visit(ScriptMemberExpression node)
        {
            if (Path(node) is { } path)
                Check(node, path);
            else
                Visit(node.Target);
        }

        public override void Visit(ScriptIndexerExpression node)
        {
            if (Path(node) is { } path)
            {
                Check(node, path);
                return;
            }

            Visit(node.Target);
            Visit(node.Index);
        }

        private void Check(ScriptNode node, string[] path)
        {
            var name = string.Join('.', path);
            if (own.Contains(path[0]) || known.Contains(name) || IsFilter(path[0]) || found.Exists(f => f.Path == name))
                return;
            found.Add(new UnknownField(name, 1 + text.AsSpan(0, Math.Clamp(node.Span.Start.Offset, 0, text.Length)).Count('\n'), fallback));
        }

        private static bool IsFilter(string name) => LiquidFilters.All.Contains(name);

        private static string[]? Path(ScriptNode? node) => node switch
        {
            ScriptVariableGlobal variable => [variable.Name],
            ScriptMemberExpression { Target: { } target, Member: { } member } when Path(target) is { } start => [.. start, member.Name],
            ScriptIndexerExpression { Target: { } target, Index: ScriptLiteral { Value: string name } } when Path(target) is { } start => [.. start, name],
            _ => null,
        };
    }
}
