using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>A checked mapping, ready to read rows with: which cell fills what, and which custom fields are still to be made.</summary>
public sealed class ImportPlan
{
    private ImportPlan(IReadOnlyList<ColumnTarget> targets) => Targets = targets;

    public IReadOnlyList<ColumnTarget> Targets { get; }

    /// <summary>By column: the custom field it fills.</summary>
    public Dictionary<int, CustomField> Fields { get; } = [];

    /// <summary>Fields of the file whose values must be somebody's alone.</summary>
    public IReadOnlyList<CustomField> UniqueFields => [.. Fields.Values.Where(f => f.IsUnique).DistinctBy(f => f.Key)];

    /// <summary>Fields that do not exist yet; their ids come from the import's block.</summary>
    public List<CustomField> NewFields { get; } = [];

    /// <summary>Why the targets cannot be used, by column; empty where they can.</summary>
    public static Dictionary<int, string> Check(IReadOnlyList<string> targets, IReadOnlyList<CustomField> fields)
    {
        var wrong = new Dictionary<int, string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < targets.Count; i++)
        {
            if (ColumnTarget.Parse(targets[i]) is not { } target)
                wrong[i] = targets[i].StartsWith(ColumnTarget.New, StringComparison.Ordinal) && targets[i].Trim().EndsWith(':') ? "Give the new field a name." : $"“{targets[i]}” is no place where a column can go.";
            else if (target.Kind == ColumnTarget.Field && Find(fields, target.Argument) is null)
                wrong[i] = $"You have no contact field called “{target.Argument}”.";
            else if (target.Kind is ColumnTarget.Field or ColumnTarget.New && Find(fields, target.Argument) is { IsFile: true } file)
                wrong[i] = $"“{file.Label}” holds files, and a list has none. Leave the column out, or choose another field.";
            else if ((target.Kind is ColumnTarget.FirstName or ColumnTarget.LastName or ColumnTarget.FullName or ColumnTarget.Company or ColumnTarget.ExternalId || ColumnTarget.Details.ContainsKey(target.Kind)) && !taken.Add(target.Kind))
                wrong[i] = "Another column already goes there. Choose one of them, and leave the other out.";
        }

        return wrong;
    }

    /// <param name="targets">One per column.</param>
    /// <param name="fields">Every field of contacts, also those that were retired: a new one must not get their name in files.</param>
    /// <param name="choices">By column: what stands in it, where a field to choose from is made of it.</param>
    /// <param name="currency">Of amounts in new fields.</param>
    /// <param name="now">The import's moment.</param>
    public static ImportPlan Of(IReadOnlyList<string> targets, IReadOnlyList<CustomField> fields, IReadOnlyDictionary<int, IReadOnlyList<string>> choices, string currency, DateTimeOffset now)
    {
        var plan = new ImportPlan([.. targets.Select(t => ColumnTarget.Parse(t) ?? ColumnTarget.None)]);
        var known = fields.ToList();
        var usable = fields.Where(f => f.RetiredAt is null).ToList();
        for (var i = 0; i < plan.Targets.Count; i++)
        {
            var target = plan.Targets[i];
            if (target.Kind == ColumnTarget.Field && Find(usable, target.Argument) is { } field)
                plan.Fields[i] = field;
            else if (target.Kind == ColumnTarget.New)
                plan.Fields[i] = Find(usable.Concat(plan.NewFields).ToList(), target.Argument) ?? plan.Make(target, choices.GetValueOrDefault(i), currency, known, now);
        }

        return plan;
    }

    private static CustomField? Find(IReadOnlyList<CustomField> fields, string name) =>
        fields.FirstOrDefault(f => string.Equals(f.Key, name, StringComparison.OrdinalIgnoreCase))
        ?? fields.FirstOrDefault(f => string.Equals(f.Label, name, StringComparison.OrdinalIgnoreCase));

    private CustomField Make(ColumnTarget target, IReadOnlyList<string>? choices, string currency, List<CustomField> known, DateTimeOffset now)
    {
        // A column with more different values than anybody wants to choose from is text.
        var kind = target.Takes.Length == 0 || (target.Takes == CustomField.Choice && choices is null) ? CustomField.Text : target.Takes;
        var key = FieldRules.Key(target.Argument, known);
        var field = CustomField.New(key, target.Argument, kind, kind == CustomField.Choice ? string.Join('\n', choices!) : "", known.Select(f => f.Position).DefaultIfEmpty().Max() + 1, now)
            .For(CustomField.OnContacts, kind == CustomField.Money ? currency : "");
        field.Rule("", required: false, unique: false, target.Privacy.Length == 0 ? FieldPrivacy.Personal : target.Privacy);
        known.Add(field);
        NewFields.Add(field);
        return field;
    }
}
