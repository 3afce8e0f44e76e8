using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The accounts into which a person may let an app: of the app's agency, and theirs to let programs into.</summary>
public sealed class OfferedAccounts(IServiceScopeFactory scopes)
{
    public async Task<IReadOnlyList<OfferedAccount>> Of(Guid agency, Guid person, CancellationToken ct)
    {
        List<OfferedAccount> mine;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
            var members = db.Memberships.Where(m => m.UserId == person && m.Role != Membership.Member && m.Role != Membership.ReadOnly);
            mine = await db.Accounts.Where(a => a.AgencyId == agency && members.Any(m => m.AccountId == a.Id)).OrderBy(a => a.Name).Select(a => new OfferedAccount(a.Id, a.Name)).ToListAsync(ct);
        }

        var offered = new List<OfferedAccount>();
        foreach (var account in mine)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account.Id);
            if (await scope.ServiceProvider.GetRequiredService<MemberPowers>().Of(person, ct) is { } power && power.May.Contains(ConnectAppHandler.Needs))
                offered.Add(account);
        }

        return offered;
    }
}

public sealed record OfferedAccount(Guid Id, string Name);
