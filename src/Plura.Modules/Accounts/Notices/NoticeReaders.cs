using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Reads notices as one of the account's people would, in a scope of its own with their permissions and their sight.</summary>
public sealed class NoticeReaders(IServiceScopeFactory scopes, NoticeBook book)
{
    /// <summary>Those of them that still wait for the person and that they may know of; none where they do not belong to the account any more.</summary>
    public async Task<IReadOnlyList<ToldNotice>> For(Guid account, Guid user, IReadOnlyCollection<Guid> notices, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var tenant = services.GetRequiredService<Tenant>();
        tenant.Enter(account);
        if (await services.GetRequiredService<MemberPowers>().Of(user, ct) is not { } power)
            return [];
        if (power.Assignees is { } assignees)
            tenant.Narrow(assignees);
        services.GetRequiredService<Actor>().Become(ActorKind.User, user, power.Name, power.May);
        var hidden = book.Hidden(services.GetRequiredService<Actor>().May);
        var found = await OpenNotices.Waiting(services.GetRequiredService<PluraDb>(), user).AsNoTracking().Where(n => notices.Contains(n.Id) && !hidden.Contains(n.Kind)).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(ct);
        return await services.GetRequiredService<NoticeWords>().Of(found, ct);
    }
}
