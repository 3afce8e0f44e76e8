using System.Globalization;
using Microsoft.AspNetCore.Http;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>
/// The builder's form: every button posts all of it and comes back with one thing changed, so that it works without script, and nothing
/// typed is lost. Lines are posted as <c>node</c> = number:number of its group:kind, in their order.
/// </summary>
public sealed class ListForm
{
    /// <summary>How many lines the builder adds; a filter of the API may have more, and none of them is lost.</summary>
    private const int MostLines = 100;
    private const int MostPosted = 500;
    private int last;

    public string Name { get; set; } = "";

    public bool OnlyMine { get; set; }

    public string Sort { get; set; } = "newest";

    public List<string> Columns { get; private set; } = [.. ListColumns.Usual];

    public int? Seen { get; set; }

    public BuilderNode Root { get; private set; } = null!;

    public ContactFilter Filter => Root.Filter() ?? ContactFilter.Everyone;

    /// <summary>A name that was typed and belongs to nothing: to save without it would change who is in the list.</summary>
    public Refusal? NotFound => Root.Everything.FirstOrDefault(n => n is { Find.Length: > 0, Error.Length: > 0 }) is { } line ? Refusal.Invalid("list.not_found", line.Error!) : null;

    public static ListForm New(ContactFilter filter)
    {
        var form = new ListForm();
        var root = BuilderNode.Of(filter, ref form.last);
        form.Root = root.Join is null ? form.Wrap(root, BuilderNode.All) : root;
        // A list of everybody begins with a line to fill in. Any of nothing is nobody, and stays so.
        if (form.Root is { Join: BuilderNode.All, Parts.Count: 0 })
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
        foreach (var parts in posted["node"].OfType<string>().Take(MostPosted).Select(n => n.Split(':')))
        {
            if (parts is not [var own, var parent, var kind] || !int.TryParse(own, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 1_000_000 || nodes.ContainsKey(number))
                continue;
            var node = new BuilderNode
            {
                Number = number,
                Join = kind == "group" ? (posted[$"join-{number}"].ToString() is var join && join is BuilderNode.Any or BuilderNode.None ? join : BuilderNode.All) : null,
                Field = posted[$"field-{number}"].ToString(),
                Op = posted[$"op-{number}"].ToString(),
                // A form sends lines of text with the returns of a typewriter.
                Values = [.. posted[$"value-{number}"].OfType<string>().Select(v => v.Replace("\r\n", "\n", StringComparison.Ordinal))],
                Blank = posted[$"blank-{number}"] == "true",
                Find = posted[$"find-{number}"].ToString().Trim(),
                Was = posted[$"was-{number}"].ToString(),
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

    /// <summary>Puts each line in a state that its field allows: another field, other operators; another kind of input, other values. What stands as it stood is left alone.</summary>
    public void Settle(IReadOnlyList<FilterField> fields)
    {
        foreach (var line in Root.Everything.Where(n => n.Join is null && n.Field.Length > 0))
        {
            if (fields.FirstOrDefault(f => f.Word == line.Field) is not { } field)
                continue;
            var (was, input) = line.Was.Split(':') is [var word, var kind] ? (word, kind) : ("", "");
            var offered = was == line.Field ? FilterOps.With(field.Ops, line.Op) : field.Ops;
            if (offered.FirstOrDefault(o => o.Op == line.Op) is not { } op)
                line.Begin(field.Ops[0].Op);
            else if (input.Length > 0 && (op.Input.ToString() != input || (op.Input == FilterInput.Choices && was != line.Field)))
                line.Begin(line.Op);
        }
    }

    /// <summary>Does what a button says: <c>condition-3</c>, <c>group-3</c>, <c>remove-4</c>, <c>more-4</c> (another value), <c>up-city</c>, <c>down-city</c>, <c>drop-city</c>, <c>column</c>.</summary>
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
            case "more" when node is { Join: null }:
                node.Values = [.. node.Values.Where(v => v.Length > 0), ""];
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
