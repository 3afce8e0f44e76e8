using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Writes to an account's owners about a stop, by the installation's own mail: they must hear of it whatever they chose.</summary>
public sealed class StopLetters(PluraDb db, ISystemMail mail, TimeProvider clock)
{
    /// <summary>Adds the letters to the scope's change; still outside the account.</summary>
    public async Task Tell(Account account, AccountStop stop, string title, string text, CancellationToken ct)
    {
        var occasion = Guid.CreateVersion7(clock.GetUtcNow());
        var owners = await db.Memberships.Where(m => m.AccountId == account.Id && m.Role == Membership.Owner).Select(m => m.UserId).ToListAsync(ct);
        foreach (var owner in owners)
        {
            mail.Post(new SystemLetter("account_stop", owner, occasion, ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["title"] = title,
                ["text"] = text,
                ["account"] = account.Name,
                [SystemLetter.AboutAccount] = account.Id.ToString(),
                ["path"] = $"/a/{account.Slug}/{(stop.Open ? Misuse.Page : "")}".TrimEnd('/'),
            }));
        }
    }
}
