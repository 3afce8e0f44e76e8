using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

internal sealed class DemoAccount(PluraDb db, SignUpHandler signUp, Slugs slugs, IAccountDirectory directory, InvitationLinks links, TimeProvider clock) : IDemoAccount
{
    public const string Slug = IDemoAccount.Slug;
    public const string OwnerEmail = "owner@demo.example";

    public async Task<AccountCard> Ensure(string business, string country, string timeZone, string postalAddress, CancellationToken ct)
    {
        if (await directory.AccountBySlug(Slug, ct) is { } there)
            return there;
        var joined = await signUp.Handle(
            new SignUp
            {
                Name = "Robin Hale",
                Email = OwnerEmail,
                // Nobody knows it: the demo is entered by its button.
                Password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
                Business = business,
                Country = country,
                TimeZone = timeZone,
                BirthYear = (clock.GetUtcNow().Year - 40).ToString(System.Globalization.CultureInfo.InvariantCulture),
                AcceptTerms = true,
                AcceptProcessing = true,
            },
            ip: null, ct);
        var owner = await db.Users.FirstAsync(u => u.Id == joined.Value, ct);
        owner.EmailConfirmed = true;
        var membership = await db.Memberships.FirstAsync(m => m.UserId == owner.Id, ct);
        var account = await db.Accounts.FirstAsync(a => a.Id == membership.AccountId, ct);
        account.Describe(business, postalAddress, business, $"hello@{Slug}.example", country, timeZone);
        account.Move(Slug);
        account.Vouch(clock.GetUtcNow());   // Its story is a practice that has written to its patients for years.
        await Neighbours(account, ct);
        await db.SaveChangesAsync(ct);
        return (await directory.AccountBySlug(Slug, ct))!;
    }

    /// <summary>What makes the agency's desk worth looking at: one account that waits for its owner, and one that is paused.</summary>
    private async Task Neighbours(Account demo, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var offered = Account.Open(demo.AgencyId, await slugs.Free("Northgate Dental Care", ct), "Northgate Dental Care", demo.Country, demo.TimeZone, "hello@northgate.example", now);
        var paused = Account.Open(demo.AgencyId, await slugs.Free("Riverside Orthodontics", ct), "Riverside Orthodontics", demo.Country, demo.TimeZone, "hello@riverside.example", now);
        paused.Suspend(now);
        var invitation = Invitation.To(offered.Id, "ines@northgate.example", Membership.Owner, roleId: null, Sights.All, [], by: null, now);
        invitation.Send(links.Hash, now);
        db.AddRange(offered, paused, invitation, AccountPause.Of(paused.Id, "The practice moves house until Monday.", null, now));
    }
}
