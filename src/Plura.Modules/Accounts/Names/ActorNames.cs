using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The people who act. Whoever left an account is still named for what they did there, until their own account is gone.</summary>
public sealed class PersonNames(PluraDb db) : INameThings
{
    public string Kind => "person";

    public string Gone => "somebody who left";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Users.Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.Name }).ToDictionaryAsync(u => u.Id, u => new NamedThing(u.Name), ct);
}

/// <summary>The programs that act, by their tokens.</summary>
public sealed class TokenNames(PluraDb db) : INameThings
{
    public string Kind => "token";

    public string Gone => "a token";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.ApiTokens.Where(t => t.AccountId == db.Tenant.Id && ids.Contains(t.Id)).Select(t => new { t.Id, t.Name }).ToDictionaryAsync(t => t.Id, t => new NamedThing(t.Name), ct);
}

/// <summary>The apps that act, by their connections.</summary>
public sealed class AppNames(PluraDb db) : INameThings
{
    public string Kind => "app";

    public string Gone => "an app";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var (account, apps) = (db.Tenant.Id, db.OAuthApps);
        return await db.AppConnections.Where(c => c.AccountId == account && ids.Contains(c.Id)).Join(apps, c => c.Application!.Id, a => a.Id, (c, a) => new { c.Id, a.DisplayName })
            .ToDictionaryAsync(c => c.Id, c => new NamedThing(c.DisplayName ?? ""), ct);
    }
}

/// <summary>Accounts, as the operator's and the agency's acts name them.</summary>
public sealed class AccountNames(PluraDb db) : INameThings
{
    public string Kind => "account";

    public string Gone => "an account that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Accounts.Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToDictionaryAsync(a => a.Id, a => new NamedThing(a.Name), ct);
}
