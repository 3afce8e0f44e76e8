using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Finds contacts by their telephone number.</summary>
public sealed class PhoneBook(PluraDb db) : IPhoneBook
{
    private const int Most = 20;

    public async Task<IReadOnlyList<PhoneOwner>> Owners(string number, CancellationToken ct) =>
        await db.ContactPoints.AsNoTracking().Where(p => p.Kind == ContactPoint.Phone && p.Normal == number)
            .OrderByDescending(p => p.IsPrimary).ThenBy(p => p.ContactId).Take(Most)
            .Select(p => new PhoneOwner(p.ContactId, p.Id)).ToListAsync(ct);
}
