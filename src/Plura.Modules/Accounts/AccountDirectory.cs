using System.Linq.Expressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

internal sealed class AccountDirectory(PluraDb db, UserManager<User> users, InvitationLinks links, AgencyHomes homes, TimeProvider clock, IConfiguration configuration) : IAccountDirectory
{
    private Expression<Func<Account, AccountCard>> Cards => Card(db.AgencyBrands);

    private static Expression<Func<Account, AccountCard>> Card(IQueryable<AgencyBrand> brands) => a =>
        new AccountCard(a.Id, a.AgencyId, a.Slug, a.Name, a.TimeZone, a.Country, a.PostalAddress, a.SenderName, a.SenderEmail, a.SuspendedAt != null || a.StoppedAt != null || a.ReadableUntil != null)
        {
            Closed = a.ReadableUntil != null,
            Phone = a.Phone,
            Website = a.Website,
            Held = a.HeldAt != null,
            CreatedAt = a.CreatedAt,
            Vouched = a.VouchedAt != null,
            MailDomain = brands.Where(b => b.AgencyId == a.AgencyId && b.SenderConfirmedAt != null).Select(b => b.SenderDomain).FirstOrDefault(),
        };

    private static readonly Expression<Func<User, UserCard>> Person = u => new UserCard(u.Id, u.Name, u.Email!, u.EmailConfirmed);

    public Task<AccountCard?> Account(Guid id, CancellationToken ct) => db.Accounts.Where(a => a.Id == id).Select(Cards).FirstOrDefaultAsync(ct);

    public Task<AccountCard?> AccountBySlug(string slug, CancellationToken ct) => db.Accounts.Where(a => a.Slug == slug).Select(Cards).FirstOrDefaultAsync(ct);

    public Task<AgencyCard?> Agency(Guid id, CancellationToken ct) => db.Agencies.Where(a => a.Id == id).Select(a => new AgencyCard(a.Id, a.Slug, a.Name)).FirstOrDefaultAsync(ct);

    public Task<AccountCard> Operator(CancellationToken ct) => db.Accounts.Where(a => a.Slug == OperatorAccount.Slug).Select(Cards).FirstAsync(ct);

    public Task<UserCard?> User(Guid id, CancellationToken ct) => db.Users.Where(u => u.Id == id).Select(Person).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyDictionary<Guid, UserCard>> Users(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Users.Where(u => ids.Contains(u.Id)).Select(Person).ToDictionaryAsync(u => u.Id, ct);

    public Task<ReadingCard?> ReadingOf(Guid userId, CancellationToken ct)
    {
        var (memberships, accounts) = (db.Memberships, db.Accounts);
        return db.Users.Where(u => u.Id == userId).Select(u => new ReadingCard(
            u.Language,
            u.TimeZone,
            memberships.Where(m => m.UserId == u.Id).OrderBy(m => m.Since).Join(accounts, m => m.AccountId, a => a.Id, (_, a) => a.TimeZone).FirstOrDefault())).FirstOrDefaultAsync(ct);
    }

    public async Task<IReadOnlyList<UserCard>> Owners(Guid accountId, CancellationToken ct) => await db.Memberships
        .Where(m => m.AccountId == accountId && m.Role == Membership.Owner)
        .Join(db.Users, m => m.UserId, u => u.Id, (_, u) => u).Select(Person).ToListAsync(ct);

    public async Task<IReadOnlyList<UserCard>> People(Guid accountId, CancellationToken ct) => await db.Memberships
        .Where(m => m.AccountId == accountId)
        .Join(db.Users, m => m.UserId, u => u.Id, (_, u) => u).OrderBy(u => u.Name).ThenBy(u => u.Id).Select(Person).ToListAsync(ct);

    public async Task<IReadOnlyList<Guid>> Teammates(Guid accountId, Guid userId, CancellationToken ct)
    {
        var members = db.TeamMembers.Where(m => m.TenantId == accountId);
        return await members.Where(m => members.Any(mine => mine.TeamId == m.TeamId && mine.UserId == userId)).Select(m => m.UserId).Distinct().ToListAsync(ct);
    }

    public async Task<InvitationCard?> Invitation(Guid id, CancellationToken ct)
    {
        var invitation = await db.Invitations.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, ct);
        if (invitation is null || invitation.State(clock.GetUtcNow()) != Data.Invitation.Waiting)
            return null;
        var agencies = db.Agencies;
        var account = await db.Accounts.Where(a => a.Id == invitation.AccountId).Join(agencies, a => a.AgencyId, g => g.Id, (a, g) => new { a.Name, Agency = g.Name }).FirstAsync(ct);
        var by = await db.Users.Where(u => u.Id == invitation.InvitedBy).Select(u => u.Name).FirstOrDefaultAsync(ct);
        return new InvitationCard(invitation.AccountId, invitation.Email, account.Name, account.Agency, by, links.Address(invitation, await homes.Of(invitation.AccountId, ct)));
    }

    public async Task<string?> ConfirmationLink(Guid userId, CancellationToken ct)
    {
        if (await users.FindByIdAsync(userId.ToString()) is not { } user)
            return null;
        var token = await users.GenerateEmailConfirmationTokenAsync(user);
        var root = PublicAddress.Of(configuration);
        return $"{root}/confirm-email?user={user.Id}&token={Uri.EscapeDataString(token)}";
    }
}
