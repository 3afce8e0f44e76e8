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

    /// <summary>Null for a field of contacts.</summary>
    public string? Entity { get; init; }

    /// <summary>Of a choice.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Of money.</summary>
    public string? Currency { get; init; }

    public string? Group { get; init; }

    public bool? Required { get; init; }

    public bool? Unique { get; init; }

    /// <summary>Null for personal.</summary>
    public string? Privacy { get; init; }
}

/// <summary>The account's own fields of contacts, companies and opportunities, in their order; what stands in them stays behind.</summary>
internal sealed class FieldsPart(PluraDb db, FieldBook book, KeepFieldHandler keep) : SnapshotPart<FieldSetUp>
{
    public override string Name => "fields";

    public override string Title => "Fields of contacts, companies and opportunities";

    public override int Order => 20;

    public override string Permission => "contacts.fields";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(CustomField)];

    protected override string NameOf(FieldSetUp content) => content.Entity is { } entity ? $"{entity}.{content.Key}" : content.Key;

    protected override async Task<IReadOnlyList<(Guid? Id, FieldSetUp Content)>> Load(CancellationToken ct) =>
        [.. (await book.Everywhere(ct)).Where(f => f.RetiredAt is null).Select(f => ((Guid?)f.Id, Of(f)))];

    protected override async Task<Refusal?> Put(FieldSetUp wanted, Guid? here, CancellationToken ct)
    {
        if (here is { } id)
        {
            var field = await db.CustomFields.AsNoTracking().SingleAsync(f => f.Id == id, ct);
            // Values are written by the kind: another kind would make what stands in the contacts unreadable.
            if (field.Kind != wanted.Kind || field.Currency != (wanted.Currency ?? ""))
                return Refusal.Conflict("field.kind", $"You have a field “{field.Label}” already, for something else ({field.Kind}); it stays as it is.");
        }

        return (await keep.Handle(
            new KeepField
            {
                Id = here,
                Entity = wanted.Entity ?? CustomField.OnContacts,
                Key = wanted.Key,
                Label = wanted.Label,
                Kind = wanted.Kind,
                Choices = [.. wanted.Choices ?? []],
                Currency = wanted.Currency,
                Group = wanted.Group,
                Required = wanted.Required ?? false,
                Unique = wanted.Unique ?? false,
                Privacy = wanted.Privacy ?? FieldPrivacy.Personal,
            }, ct)).Refusal;
    }

    private static FieldSetUp Of(CustomField f) => new()
    {
        Key = f.Key,
        Label = f.Label,
        Kind = f.Kind,
        Entity = f.Entity == CustomField.OnContacts ? null : f.Entity,
        Choices = FieldKinds.HasOptions(f.Kind) ? f.Choosable() : null,
        Currency = f.Currency.Length > 0 ? f.Currency : null,
        Group = f.GroupName.Length > 0 ? f.GroupName : null,
        Required = f.IsRequired ? true : null,
        Unique = f.IsUnique ? true : null,
        Privacy = f.Privacy == FieldPrivacy.Personal ? null : f.Privacy,
    };
}
