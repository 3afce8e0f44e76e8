using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;

namespace Plura.Tests;

public sealed class InviterStandingTests(PluraApp app)
{
    [Fact]
    public async Task Whom_somebody_invited_comes_no_more_once_they_are_removed()
    {
        var account = await app.NewAccount();
        var admin = await account.Colleague(app, Membership.Admin);
        var (kept, fallen) = ($"kept-{account.Slug}@people.example", $"fallen-{account.Slug}@people.example");
        await Invite(account, await account.SignIn(), kept);
        await Invite(account, admin.Browser, fallen);
        var (good, link) = (await app.InvitationLink(account, kept), await app.InvitationLink(account, fallen));
        Assert.True((await account.In(s => s.GetRequiredService<RemovePersonHandler>().Handle(new RemovePerson { UserId = admin.Id }, default))).Ok);
        Assert.Contains("withdrawn", (await app.NewBrowser().Get(link)).Text, StringComparison.Ordinal);
        Assert.Contains("invites you", (await app.NewBrowser().Get(good)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_somebody_invited_comes_no_more_once_they_leave()
    {
        var account = await app.NewAccount();
        var admin = await account.Colleague(app, Membership.Admin);
        var email = $"fallen-{account.Slug}@people.example";
        await Invite(account, admin.Browser, email);
        var link = await app.InvitationLink(account, email);
        await (await admin.Browser.Get("/me/accounts")).Submit("[id^='leave-'] form", new { });
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.membership where account_id = $1 and user_id = $2", account.Id, admin.Id));
        Assert.Contains("withdrawn", (await app.NewBrowser().Get(link)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_who_is_lowered_makes_no_owners_by_older_letters_and_other_invitations_stand()
    {
        var account = await app.NewAccount();
        var second = await account.Colleague(app, Membership.Owner);
        var (owner, member) = ($"owner-{account.Slug}@people.example", $"member-{account.Slug}@people.example");
        await Invite(account, second.Browser, owner, Membership.Owner);
        await Invite(account, second.Browser, member);
        var (fallen, good) = (await app.InvitationLink(account, owner), await app.InvitationLink(account, member));
        await account.Role(second.Id, Membership.Admin);
        Assert.Contains("withdrawn", (await app.NewBrowser().Get(fallen)).Text, StringComparison.Ordinal);
        Assert.Contains("invites you", (await app.NewBrowser().Get(good)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_role_lost_nobody_gets_by_a_letter_that_was_sent_before()
    {
        var account = await app.NewAccount();
        var role = (await account.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Name = "Front desk", Permissions = ["account.use", "account.people", "contacts.read"] }, default))).Value;
        var colleague = await account.Colleague(app, Membership.Custom, roleId: role);
        var guest = await app.NewUser("Gus Guest");
        var second = await app.NewUser("Gina Guest");
        await Invite(account, colleague.Browser, guest.Email, role.ToString());
        await Invite(account, colleague.Browser, second.Email, role.ToString());
        var (link, other) = (await app.InvitationLink(account, guest.Email), await app.InvitationLink(account, second.Email));
        var before = await (await second.Browser.Get(other)).Submit("main form", new { });
        Assert.Equal($"/a/{account.Slug}", before.Url.AbsolutePath);
        Assert.True((await account.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Id = role, Name = "Front desk", Permissions = ["account.use", "contacts.read"] }, default))).Ok);
        var refused = await (await guest.Browser.Get(link)).Submit("main form", new { });
        Assert.Contains("no longer good", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.membership where account_id = $1 and user_id = $2", account.Id, guest.Id));
    }

    private static async Task Invite(TestAccount account, Browser browser, string email, string role = Membership.Member)
    {
        var said = await (await browser.Get(account.Page("settings/people?invite=1"))).Submit(".side-panel form", new { Emails = email, Role = role });
        Assert.Contains("The invitation is on its way.", said.Text, StringComparison.Ordinal);
    }
}
