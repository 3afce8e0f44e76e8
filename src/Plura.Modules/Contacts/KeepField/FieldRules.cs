using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What a field must be so that its values can be kept.</summary>
public static class FieldRules
{
    private const int MostChoices = 200;

    /// <summary>Of the advisory lock: whoever writes values has it shared (<c>contacts.take_values</c>, imports), whoever changes fields alone.</summary>
    public const int LockClass = 20582;

    /// <summary>Whoever writes values waits until the fields stand; refused where an import writes for longer than a person wants to wait.</summary>
    public static async Task<Refusal?> Hold(PluraDb db, CancellationToken ct)
    {
        try
        {
            await db.Database.ExecuteSqlAsync($"set local lock_timeout = '4s'", ct);
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockClass}, hashtext({db.Tenant.Id.ToString()}))", ct);
            await db.Database.ExecuteSqlAsync($"set local lock_timeout = 0", ct);
            return null;
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return Refusal.Conflict("field.busy", "Contacts are being written right now, perhaps by an import. Try again when it is finished.");
        }
    }

    public static Refusal? Check(KeepField command)
    {
        if (!FieldKinds.Known(command.Kind))
            return Refusal.Invalid("field.kind", "This kind of field does not exist here.", nameof(command.Kind));
        if (!FieldPrivacy.All.Contains(command.Privacy, StringComparer.Ordinal))
            return Refusal.Invalid("field.privacy", "Choose one of the three: it says nothing about a person, it is personal, or it is sensitive.", nameof(command.Privacy));
        if (ContactInput.Check(command.Label, command.Group) is not null)
            return Refusal.Invalid("field.label", "A field's name and its heading are written on one line.", nameof(command.Label));
        if (command.Unique && command.Entity == CustomField.OnOpportunities)
            return Refusal.Invalid("field.unique", "Two opportunities may always have the same. Only a field of contacts or of companies can be unique.", nameof(command.Unique));
        if (command.Unique && !FieldKinds.CanBeUnique(command.Kind, command.Entity))
            return Refusal.Invalid("field.unique", $"“{FieldKinds.Label(command.Kind)}” cannot tell one from another. Only text, numbers, phone numbers, e-mail and web addresses can be unique.", nameof(command.Unique));
        if (command.Choices.Contains(null!))
            return Refusal.Invalid("field.choices", "What can be chosen is a list without empty places.", nameof(command.Choices));
        var choices = Choices(command);
        if (!FieldKinds.HasOptions(command.Kind))
            return choices.Count > 0 ? Refusal.Invalid("field.choices", "Only a choice has something to choose from.", nameof(command.Choices)) : null;
        if (choices.Count is 0 or > MostChoices || choices.Any(c => c.Length > 100 || c.Any(char.IsControl)))
            return Refusal.Invalid("field.choices", $"Write 1 to {MostChoices} choices of at most 100 characters, one a line.", nameof(command.Choices));
        return choices.Any(c => c.AsSpan().ContainsAny(";|")) ? Refusal.Invalid("field.choices", "A choice has no semicolon and no bar: in files they stand between several.", nameof(command.Choices)) : null;
    }

    public static IReadOnlyList<string> Choices(KeepField command) =>
        [.. command.Choices.Select(c => c.Trim()).Where(c => c.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>"Shoe size (EU)" is "shoe_size_eu"; another of the same name is "shoe_size_eu_2".</summary>
    public static string Key(string label, IReadOnlyCollection<CustomField> known)
    {
        var key = new StringBuilder(label.Length);
        foreach (var letter in ContactText.Fold(label))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                key.Append(letter);
            else if (key.Length > 0 && key[^1] != '_')
                key.Append('_');
        }

        var text = key.ToString().Trim('_');
        var stem = text.Length == 0 ? "field" : char.IsAsciiDigit(text[0]) ? "field_" + text : text;
        stem = stem.Length > 36 ? stem[..36].TrimEnd('_') : stem;
        var free = stem;
        for (var twin = 2; known.Any(f => f.Key == free); twin++)
            free = $"{stem}_{twin}";
        return free;
    }

    /// <summary>From now on each value of a field that is there is somebody's alone, or no longer; refused, and nothing done, where two have the same.</summary>
    public static async Task<Refusal?> Watch(PluraDb db, CustomField field, bool unique, CancellationToken ct)
    {
        if (unique == field.IsUnique)
            return null;
        await db.Database.ExecuteSqlAsync($"delete from contacts.unique_value where tenant_id = {db.Tenant.Id} and field_id = {field.Id}", ct);
        if (!unique)
            return null;
        var twice = await db.Database.SqlQuery<string>($"""
            select min(x.value) as "Value" from (
                select c.fields ->> {field.Key} as value from contacts.contact c where c.tenant_id = {db.Tenant.Id} and {field.Entity} = 'contact'
                union all
                select k.fields ->> {field.Key} from contacts.company k where k.tenant_id = {db.Tenant.Id} and {field.Entity} = 'company') x
            where x.value <> '' group by contacts.fold(x.value) having count(*) > 1 or max(length(x.value)) > {FieldValues.LongestUnique} order by 1 limit 1
            """).ToListAsync(ct);
        if (twice.Count > 0)
            return Refusal.Invalid("field.twice", $"“{(twice[0].Length > 60 ? twice[0][..60] + "…" : twice[0])}” stands in more than one, or is too long to tell one from another. Change that first; then each value can be somebody's alone.", nameof(KeepField.Unique));
        await db.Database.ExecuteSqlAsync($"""
            insert into contacts.unique_value (tenant_id, field_id, normal, contact_id, company_id)
            select {db.Tenant.Id}, {field.Id}, contacts.fold(x.value), x.contact, x.company from (
                select c.fields ->> {field.Key} as value, c.id as contact, null::uuid as company from contacts.contact c where c.tenant_id = {db.Tenant.Id} and {field.Entity} = 'contact'
                union all
                select k.fields ->> {field.Key}, null::uuid, k.id from contacts.company k where k.tenant_id = {db.Tenant.Id} and {field.Entity} = 'company') x
            where x.value <> '' and length(x.value) <= {FieldValues.LongestUnique}
            on conflict (tenant_id, field_id, normal) do nothing
            """, ct);
        return null;
    }
}
