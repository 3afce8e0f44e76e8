using System.Text.Json.Nodes;
using Plura.Accounts.Contracts;

namespace Plura.Accounts;

/// <summary>One thing that two set-ups do not have alike.</summary>
/// <param name="Part">In people's words: <c>Tags</c>.</param>
/// <param name="Changes">Where both have it: what differs, by path. Empty where only one has it.</param>
public sealed record SetUpDifference(string Part, string Name, SetUpSide Side, IReadOnlyList<SetUpChange> Changes);

/// <param name="Left">As text; null where it is not there.</param>
public sealed record SetUpChange(string Path, string? Left, string? Right);

public enum SetUpSide
{
    OnlyLeft,
    OnlyRight,
    Both,
}

/// <summary>Compares set-ups: things are found by part and name; of several with one name the alike ones belong together.</summary>
public static class SetUpDiff
{
    public static IReadOnlyList<SetUpDifference> Between(SetUp left, SetUp right)
    {
        var found = new List<SetUpDifference>();
        foreach (var (part, items) in left.Parts)
        {
            var others = right.Parts.FirstOrDefault(p => p.Part.Name == part.Name).Items ?? [];
            foreach (var (one, other) in Pair(items, others))
            {
                if (one is null)
                    found.Add(new(part.Title, other!.Name, SetUpSide.OnlyRight, []));
                else if (other is null)
                    found.Add(new(part.Title, one.Name, SetUpSide.OnlyLeft, []));
                else if (Changes(one, other) is { Count: > 0 } changes)
                    found.Add(new(part.Title, one.Name, SetUpSide.Both, changes));
            }
        }

        return found;
    }

    /// <summary>In the order of the left; then what only the right has.</summary>
    public static IReadOnlyList<(SetUpItem? Left, SetUpItem? Right)> Pair(IReadOnlyList<SetUpItem> left, IReadOnlyList<SetUpItem> right)
    {
        var free = right.ToList();
        var partners = new SetUpItem?[left.Count];
        foreach (var alike in (bool[])[true, false])
        {
            for (var i = 0; i < left.Count; i++)
            {
                if (partners[i] is not null)
                    continue;
                var at = free.FindIndex(r => string.Equals(r.Name, left[i].Name, StringComparison.OrdinalIgnoreCase) && (!alike || JsonNode.DeepEquals(r.Content, left[i].Content)));
                if (at < 0)
                    continue;
                partners[i] = free[at];
                free.RemoveAt(at);
            }
        }

        return [.. left.Select((l, i) => ((SetUpItem?)l, partners[i])), .. free.Select(r => ((SetUpItem?)null, (SetUpItem?)r))];
    }

    public static IReadOnlyList<SetUpChange> Changes(SetUpItem left, SetUpItem right)
    {
        var (one, other) = (Flat(left.Content), Flat(right.Content));
        return [.. one.Keys.Union(other.Keys, StringComparer.Ordinal).Select(path => new SetUpChange(path, one.GetValueOrDefault(path), other.GetValueOrDefault(path))).Where(c => c.Left != c.Right)];
    }

    private static Dictionary<string, string> Flat(JsonNode node)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        Into(flat, "", node);
        return flat;
    }

    private static void Into(Dictionary<string, string> flat, string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject inner:
                foreach (var (name, value) in inner)
                    Into(flat, path.Length == 0 ? name : $"{path}.{name}", value);
                break;
            case JsonArray list when list.All(i => i is JsonValue):
                flat[path] = string.Join(", ", list.Select(i => i!.ToString()));
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    Into(flat, $"{path} {i + 1}", list[i]);
                break;
            case not null:
                flat[path] = node.ToString();
                break;
        }
    }
}
