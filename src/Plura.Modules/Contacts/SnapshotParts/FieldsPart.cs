using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

public sealed record FieldSetUp
{
    public required string Key { get; init; }

    public required string Label { get; init; }

    public required string Kind { get; init; }

    /// <summary>Of a choice.</summary>
    public IReadOnlyList<string>? Choices { get; init; }
}

/// <summary>The account's own fields of contacts, in their order; what stands in them stays behind.</summary>
internal sealed partial class FieldsPart(PluraDb db, FieldBook book, TimeProvider clock) : SnapshotPart<FieldSetUp>
{
    private const int Most = 200;
    private static readonly string[] Kinds = [CustomField.Text, CustomField.Number, CustomField.Date, CustomField.Checkbox, CustomField.Choice];

    public override string Name => "fields";

    public override string Title => "Fields of contacts";

    public override int Order => 20;

    public override string Permission => "contacts.settings";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(CustomField)];

    protected override string NameOf(FieldSetUp content) => content.Key;

    protected override async Task<IReadOnlyList<(Guid? Id, FieldSetUp Content)>> Load(CancellationToken ct) =>
        [.. (await book.All(ct)).Select(f => ((Guid?)f.Id, new FieldSetUp { Key = f.Key, Label = f.Label, Kind = f.Kind, Choices = f.Kind == CustomField.Choice ? f.Choices.Split('\n') : null }))];

    protected override async Task<Refusal?> Put(FieldSetUp wanted, Guid? here, CancellationToken ct)
    {
        if (Check(wanted) is { } invalid)
            return invalid;
        var choices = string.Join('\n', wanted.Choices ?? []);
        if (here is { } id)
        {
            var field = await db.CustomFields.SingleAsync(f => f.Id == id, ct);
            // Values are written by the kind: another kind would make what stands in the contacts unreadable.
            if (field.Kind != wanted.Kind || field.Key != wanted.Key)
                return Refusal.Conflict("field.kind", $"You have a field “{field.Label}” already, for something else ({field.Kind}); it stays as it is.");
            field.Relabel(wanted.Label, choices);
        }
        else
        {
            if (await db.CustomFields.CountAsync(ct) >= Most)
                return Refusal.Limit("field.limit", $"An account has at most {Most} fields of its own.");
            var last = await db.CustomFields.MaxAsync(f => (int?)f.Position, ct) ?? 0;
            db.CustomFields.Add(CustomField.New(wanted.Key, wanted.Label, wanted.Kind, choices, last + 1, clock.GetUtcNow()));
        }

        await db.SaveChangesAsync(ct);
        return null;
    }

    private static Refusal? Check(FieldSetUp wanted)
    {
        if (!Keys().IsMatch(wanted.Key))
            return Refusal.Invalid("field.key", "A field's name in files has small letters, digits and underscores, at most 40.");
        if (wanted.Label.Trim().Length is 0 or > 100 || wanted.Label.Any(char.IsControl))
            return Refusal.Invalid("field.label", "A field's label has 1 to 100 characters, on one line.");
        if (!Kinds.Contains(wanted.Kind, StringComparer.Ordinal))
            return Refusal.Invalid("field.kind", "This kind of field does not exist here.");
        var choices = wanted.Choices ?? [];
        return wanted.Kind == CustomField.Choice != choices.Count > 0 || choices.Count > 200 || choices.Any(c => c.Trim().Length is 0 or > 100 || c.Any(char.IsControl))
            ? Refusal.Invalid("field.choices", "A choice has 1 to 200 options of at most 100 characters each; other kinds have none.")
            : null;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.None, 1000)]
    private static partial Regex Keys();
}
