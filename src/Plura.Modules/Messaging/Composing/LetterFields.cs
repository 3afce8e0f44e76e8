using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>The merge fields of a letter that is only looked at, or sent to its writer as a test.</summary>
public sealed class LetterFields(PluraDb db, IContactDirectory contacts, IRecipients recipients)
{
    /// <summary>The merge fields as this contact has them, or as the examples say where none is chosen or it has no address.</summary>
    public async Task<IReadOnlyDictionary<string, object?>> Of(Guid? contactId, CancellationToken ct) =>
        (contactId is { } id ? await Known(id, ct) : null) ?? Examples(await recipients.MergeFields(ct));

    /// <summary>The merge fields as this contact has them; null where it has no address.</summary>
    public async Task<IReadOnlyDictionary<string, object?>?> Known(Guid contactId, CancellationToken ct)
    {
        var points = await contacts.Addresses(contactId, ct);
        var point = points.FirstOrDefault(p => p is { Channel: Channels.Email, Primary: true }) ?? points.FirstOrDefault(p => p.Channel == Channels.Email) ?? (points.Count > 0 ? points[0] : null);
        if (point is null)
            return null;
        await db.Database.OpenConnectionAsync(ct);
        var found = await recipients.Load((NpgsqlConnection)db.Database.GetDbConnection(), [point.ContactPointId], ct);
        await db.Database.CloseConnectionAsync();
        return found.TryGetValue(point.ContactPointId, out var recipient) ? recipient.Fields : null;
    }

    private static Dictionary<string, object?> Examples(IReadOnlyList<MergeField> known)
    {
        var custom = new Dictionary<string, object?>(StringComparer.Ordinal);
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { ["fields"] = custom };
        foreach (var field in known)
        {
            if (field.Path.StartsWith("contact.fields.", StringComparison.Ordinal))
                custom[field.Path["contact.fields.".Length..]] = field.Example;
            else if (field.Path.StartsWith("contact.", StringComparison.Ordinal))
                fields[field.Path["contact.".Length..]] = field.Example;
        }

        return fields;
    }
}
