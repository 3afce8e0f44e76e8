using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;

namespace Plura.Tests;

public sealed class InvitePersonTests(PluraApp app)
{
    [Fact]
    public async Task Several_are_invited_at_once_and_each_gets_a_letter_with_a_link()
    {
        var account = await app.NewAccount();
        var (ann, ben) = ($"ann-{account.Slug}@people.example", $"ben-{account.Slug}@people.example");
        var panel = await (await account.SignIn()).Get(account.Page("settings/people?invite=1"));
        var list = await panel.Submit(".side-panel form", new { Emails = $"{ann}, {ben.ToUpperInvariant()}", Role = Membership.ReadOnly });
        Assert.Contains("2 invitations are on their way.", list.Text, StringComparison.Ordinal);
        Assert.Contains(ann, list.Text, StringComparison.Ordinal);
        var (first, second) = (await app.InvitationLink(account, ann), await app.InvitationLink(account, ben));
        Assert.NotEqual(first, second);
        var page = await app.NewBrowser().Get(first);
        Assert.Contains("Olivia Owner invites you to work in Corner Bakery", page.Text, StringComparison.Ordinal);
        Assert.Contains("Read-only", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_the_token_nor_the_address_stands_in_the_outbox()
    {
        var account = await app.NewAccount();
        var email = $"cleo-{account.Slug}@people.example";
        Assert.Equal(1, (await Invite(account, email)).Value);
        var link = await app.InvitationLink(account, email);
        foreach (var text in (string[])[email, link.Split('/')[^1]])
        {
            Assert.Equal(0L, await app.Ask<long>("select count(*) from platform.outbox_message where payload::text like '%' || $1 || '%'", text));
            Assert.Equal(0L, await app.Ask<long>("select count(*) from messaging.posted_letter l where l::text like '%' || $1 || '%'", text));
        }

        Assert.Equal(32, await app.Ask<int>("select length(link_hash) from accounts.invitation where email = $1", email));
    }

    [Theory]
    [InlineData("not an address", "does not look like an e-mail address")]
    [InlineData("owner@{slug}.example", "belongs to this account already")]
    [InlineData("asked-{slug}@people.example", "is invited already")]
    public async Task Refuses_what_cannot_be_invited_and_keeps_what_was_typed(string email, string says)
    {
        var account = await app.NewAccount();
        email = email.Replace("{slug}", account.Slug, StringComparison.Ordinal);
        await Invite(account, $"asked-{account.Slug}@people.example");
        var panel = await (await account.SignIn()).Get(account.Page("settings/people?invite=1"));
        var refused = await panel.Submit(".side-panel form", new { Emails = email });
        Assert.Contains(says, refused.Text, StringComparison.Ordinal);
        Assert.Contains(email, refused.Find(".side-panel textarea").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_did_not_come_is_forgotten_after_a_season()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        Assert.True((await Invite(account, "never@people.example")).Ok);
        var tidying = own.Services.GetRequiredService<SignInTidying>();
        own.Clock.Advance(TimeSpan.FromDays(96));
        await tidying.Tidy(CancellationToken.None);
        Assert.Equal(1, await own.Ask<long>("select count(*) from accounts.invitation"));
        own.Clock.Advance(TimeSpan.FromDays(2));
        await tidying.Tidy(CancellationToken.None);
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.invitation"));
    }

    [Fact]
    public async Task An_admin_invites_no_owner()
    {
        var account = await app.NewAccount();
        var admin = await account.Colleague(app, Membership.Admin);
        var panel = await admin.Browser.Get(account.Page("settings/people?invite=1"));
        Assert.DoesNotContain("Owner", panel.All(".side-panel option"));
        var refused = await panel.Submit(".side-panel form", new { Emails = "dan@people.example", Role = Membership.Owner });
        Assert.Contains("Only an owner makes somebody an owner.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sending_again_ends_the_link_of_before_and_withdrawing_ends_both()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await Invite(account, "eve@people.example");
        var first = await own.InvitationLink(account, "eve@people.example");
        var id = await own.Ask<Guid>("select id from accounts.invitation");
        Assert.Equal("invite.again", (await account.In(s => s.GetRequiredService<ResendInvitationHandler>().Handle(new ResendInvitation { Id = id }, default))).Refusal?.Code);
        own.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Contains("This invitation has run out", (await own.NewBrowser().Get(first)).Text, StringComparison.Ordinal);
        Assert.True((await account.In(s => s.GetRequiredService<ResendInvitationHandler>().Handle(new ResendInvitation { Id = id }, default))).Ok);
        Assert.Equal(1, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'account.invite_again'"));
        var second = await own.InvitationLink(account, "eve@people.example");
        Assert.NotEqual(first, second);
        Assert.Contains("leads to no invitation", (await own.NewBrowser().Get(first)).Text, StringComparison.Ordinal);
        Assert.Contains("invites you", (await own.NewBrowser().Get(second)).Text, StringComparison.Ordinal);
        Assert.True((await account.In(s => s.GetRequiredService<WithdrawInvitationHandler>().Handle(new WithdrawInvitation { Id = id }, default))).Ok);
        Assert.Contains("This invitation was withdrawn", (await own.NewBrowser().Get(second)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_accounts_invitation_cannot_be_sent_or_withdrawn()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        await Invite(other, $"fay-{other.Slug}@people.example");
        var id = await app.Ask<Guid>("select id from accounts.invitation where account_id = $1", other.Id);
        Assert.Equal("invite.gone", (await mine.In(s => s.GetRequiredService<WithdrawInvitationHandler>().Handle(new WithdrawInvitation { Id = id }, default))).Refusal?.Code);
        Assert.Equal("invite.gone", (await mine.In(s => s.GetRequiredService<ResendInvitationHandler>().Handle(new ResendInvitation { Id = id }, default))).Refusal?.Code);
    }

    private static Task<Plura.Platform.Result<int>> Invite(TestAccount account, string email) =>
        account.In(s => s.GetRequiredService<InvitePeopleHandler>().Handle(new InvitePeople { Emails = email }, default));
}
