using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What can change about a contact, for triggers: the words under which <see cref="ContactChanges"/> notes it.</summary>
internal sealed class FieldThings(PluraDb db) : IThings
{
    public const string Word = "field";
    private static readonly string[] Own = ["first name", "last name", "e-mail", "phone", "company", "source", "date of birth", "time zone", "address", "under age"];

    public string Kind => Word;

    public async Task<IReadOnlyList<Thing>> All(CancellationToken ct)
    {
        var fields = await db.CustomFields.AsNoTracking().Where(f => f.Entity == CustomField.OnContacts && f.RetiredAt == null).OrderBy(f => f.Label).Select(f => new { f.Key, f.Label }).ToListAsync(ct);
        return [.. Own.Select(o => new Thing(FixedThings.Id(Word, o), o)), .. fields.Select(f => new Thing(FixedThings.Id(Word, "fields." + f.Key), f.Label))];
    }
}
