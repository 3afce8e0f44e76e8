using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Where a contact went that became one with another: an old link still leads to it.</summary>
public sealed class MovedContacts(PluraDb db)
{
    private const int MostSteps = 20;

    /// <summary>Those that became one with it and can be parted from it again, the newest first.</summary>
    public async Task<IReadOnlyList<MergedContact>> Into(Guid id, CancellationToken ct) =>
        await db.MergedContacts.AsNoTracking().Where(m => m.WinnerId == id && m.UndoneAt == null && m.Loser != null).OrderByDescending(m => m.At).ThenByDescending(m => m.Id).ToListAsync(ct);

    /// <summary>The contact that stands for it now; null where it was not merged, or whoever asks does not see that one.</summary>
    public async Task<Guid?> Of(Guid id, CancellationToken ct)
    {
        Guid? at = null;
        for (var step = 0; step < MostSteps; step++)
        {
            var from = at ?? id;
            if (await db.MergedContacts.AsNoTracking().Where(m => m.LoserId == from && m.UndoneAt == null).Select(m => (Guid?)m.WinnerId).SingleOrDefaultAsync(ct) is not { } next)
                break;
            at = next;
        }

        return at is { } found && await db.Contacts.AnyAsync(c => c.Id == found, ct) ? found : null;
    }
}
