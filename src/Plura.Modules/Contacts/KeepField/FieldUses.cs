using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Which choices somebody has: such a one cannot be taken away under them.</summary>
public sealed class FieldUses(PluraDb db, IEnumerable<IFieldHolder> holders)
{
    /// <summary>Refused where a choice that is gone from the new ones is chosen.</summary>
    public async Task<Refusal?> Lost(CustomField field, string choices, CancellationToken ct)
    {
        var gone = field.Choosable().Except(choices.Split('\n'), StringComparer.Ordinal).ToArray();
        if (!FieldKinds.HasOptions(field.Kind) || gone.Length == 0)
            return null;
        var used = holders.FirstOrDefault(h => h.Entity == field.Entity) is { } holder ? await holder.Chosen(field.Key, gone, ct) : await Chosen(field, gone, ct);
        if (used.Count == 0)
            return null;
        var (choice, count) = used.OrderBy(u => u.Key, StringComparer.Ordinal).First();
        return Refusal.Invalid("field.choice_in_use", $"“{choice}” is chosen {(count == 1 ? "once" : $"{count:N0} times")}. Change that first, or leave it among the choices.", nameof(KeepField.Choices));
    }

    private async Task<IReadOnlyDictionary<string, long>> Chosen(CustomField field, string[] choices, CancellationToken ct) =>
        (await db.Database.SqlQuery<Use>($"""
            select v.choice, count(*) as count from (
                select string_to_array(c.fields ->> {field.Key}, chr(10)) as chosen from contacts.contact c where c.tenant_id = {db.Tenant.Id} and {field.Entity} = 'contact' and c.fields ->> {field.Key} <> ''
                union all
                select string_to_array(k.fields ->> {field.Key}, chr(10)) from contacts.company k where k.tenant_id = {db.Tenant.Id} and {field.Entity} = 'company' and k.fields ->> {field.Key} <> '') x
            cross join unnest({choices}) v (choice) where v.choice = any (x.chosen) group by v.choice
            """).ToListAsync(ct)).ToDictionary(u => u.Choice, u => u.Count, StringComparer.Ordinal);

    private sealed record Use(string Choice, long Count);
}
