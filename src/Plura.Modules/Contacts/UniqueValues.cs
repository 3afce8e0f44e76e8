using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Takes the values that only one may have, and the files, in the transaction that writes them.</summary>
public sealed class UniqueValues(PluraDb db, FieldFiles files)
{
    /// <summary>Takes them for their owner and gives back what the owner had before; refused, and nothing taken, where one is somebody else's.</summary>
    public async Task<Refusal?> Take(string entity, Guid owner, IReadOnlyDictionary<string, string> fields, CancellationToken ct)
    {
        var json = JsonSerializer.Serialize(fields.Where(f => f.Value.Length > 0).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal));
        var taken = await db.Database.SqlQuery<string>($"""select label || chr(10) || key as "Value" from contacts.take_values({entity}, {owner}, {json}::jsonb)""").ToListAsync(ct);
        Refusal? refusal = null;
        foreach (var (label, key) in taken.Select(t => t.Split('\n')).Select(t => (t[0], t[1])))
        {
            var text = $"Another {(entity == CustomField.OnContacts ? "contact" : "company")} already has this “{label}”, and only one may.";
            refusal = Refusal.Together(refusal, Refusal.Conflict("contact.field_taken", text) with { Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { [$"Fields.{key}"] = [text] } });
        }

        return refusal ?? await files.Take(entity, owner, fields, ct);
    }
}
