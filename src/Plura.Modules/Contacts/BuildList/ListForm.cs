using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Plura.Contacts;

/// <summary>
/// The builder's form: every button posts all of it and comes back with one thing changed, so that it works without script, and nothing
/// typed is lost. Lines are posted as <c>node</c> = number:number of its group:kind, in their order.
/// </summary>
public sealed class ListForm
{
    private const int MostLines = 100;
    private int last;

    public string Name { get; set; } = "";

    public bool OnlyMine { get; set; }

    public string Sort { get; set; } = "newest";

    public List<string> Columns { get; private set; } = [.. ListColumns.Usual];

    public int? Seen { get; set; }

    public BuilderNode Root { get; private set; } = null!;

    public ContactFilter Filter => Root.Filter() ?? ContactFilter.Everyone;

    public static ListForm New(ContactFilter filter)
    {
        var form = new ListForm();
        var root = BuilderNode.Of(filter, ref form.last);
        form.Root = root.Join is null ? form.Wrap(root, BuilderNode.All) : root;
        if (form.Root.Parts.Count == 0)
            form.Root.Parts.Add(form.Line());
        return form;
    }

    public static ListForm Of(ListView list, ContactFilter filter)
    {
        var form = New(filter);
        (form.Name, form.OnlyMine, form.Sort, form.Seen) = (list.Name, list.OnlyMine, list.Sort, list.Version);
        form.Columns = [.. list.Columns.Count == 0 ? ListColumns.Usual : list.Columns];
        return form;
    }

    public static ListForm Read(IFormCollection posted)
    {
        var form = new ListForm
        {
            Name = posted["Name"].ToString(),
            OnlyMine = posted["OnlyMine"] == "true",
            Sort = posted["Sort"].ToString() is { Length: > 0 } sort ? sort : "newest",
            Seen = int.TryParse(posted["Seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null,
            Columns = [.. posted["Columns"].OfType<string>().Take(ListColumns.Most)],
        };
        var nodes = new Dictionary<int, BuilderNode>();
        foreach (var parts in posted["node"].OfType<string>().Take(MostLines).Select(n => n.Split(':')))
        {
            if (parts is not [var own, var parent, var kind] || !int.TryParse(own, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 1_000_000 || nodes.ContainsKey(number))
                continue;
            var node = new BuilderNode
            {
                Number = number,
                Join = kind == "group" ? (posted[$"join-{number}"].ToString() is var join && join is BuilderNode.Any or BuilderNode.None ? join : BuilderNode.All) : null,
                Field = posted[$"field-{number}"].ToString(),
                Op = posted[$"op-{number}"].ToString(),
                Values = [.. posted[$"value-{number}"].OfType<string>()],
            };
            if (int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out var above) && nodes.GetValueOrDefault(above) is { Join: not null } group)
                group.Parts.Add(node);
            else if (form.Root is null && node.Join is not null)
                form.Root = node;
            else
                continue;
            nodes[number] = node;
            form.last = Math.Max(form.last, number);
        }

        form.Root ??= new BuilderNode { Number = ++form.last, Join = BuilderNode.All };
        return form;
    }

    /// <summary>Puts each line in a state that its field allows: another field, other operators.</summary>
    public void Settle(IReadOnlyList<FilterField> fields)
    {
        foreach (var line in Root.Everything.Where(n => n.Join is null && n.Field.Length > 0))
        {
            if (fields.FirstOrDefault(f => f.Word == line.Field) is not { } field || field.Ops.Any(o => o.Op == line.Op))
                continue;
            line.Op = field.Ops[0].Op;
            line.Values = [];
        }
    }

    /// <summary>Does what a button says: <c>condition-3</c>, <c>group-3</c>, <c>remove-4</c>, <c>up-city</c>, <c>down-city</c>, <c>drop-city</c>, <c>column</c>.</summary>
    public void Do(string act, string? column)
    {
        var (verb, what) = act.IndexOf('-', StringComparison.Ordinal) is var at and > 0 ? (act[..at], act[(at + 1)..]) : (act, "");
        var node = int.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Root.Everything.FirstOrDefault(n => n.Number == number) : null;
        switch (verb)
        {
            case "condition" when node is { Join: not null } && Root.Everything.Count() < MostLines:
                node.Parts.Add(Line());
                break;
            case "group" when node is { Join: not null } && Root.Everything.Count() < MostLines - 1:
                // Within "all" one wants an "or", and the other way round.
                node.Parts.Add(Wrap(Line(), node.Join == BuilderNode.All ? BuilderNode.Any : BuilderNode.All));
                break;
            case "remove" when node is not null:
                Root.Everything.FirstOrDefault(n => n.Parts.Contains(node))?.Parts.Remove(node);
                break;
            case "up" or "down" when Columns.IndexOf(what) is var from and >= 0 && from + (verb == "up" ? -1 : 1) is var to && to >= 0 && to < Columns.Count:
                (Columns[from], Columns[to]) = (Columns[to], Columns[from]);
                break;
            case "drop" when Columns.Count > 1:
                Columns.Remove(what);
                break;
            case "column" when column is { Length: > 0 } && !Columns.Contains(column, StringComparer.Ordinal) && Columns.Count < ListColumns.Most:
                Columns.Add(column);
                break;
        }
    }

    private BuilderNode Line() => new() { Number = ++last };

    private BuilderNode Wrap(BuilderNode part, string join)
    {
        var group = new BuilderNode { Number = ++last, Join = join };
        group.Parts.Add(part);
        return group;
    }
}
