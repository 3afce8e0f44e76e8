using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

public sealed class InvitationLimitsTests(PluraApp app)
{
    [Fact]
    public async Task A_withdrawn_invitation_was_sent_all_the_same_and_the_operator_is_told()
    {
        var account = await app.NewAccount();
        Assert.True((await Invite(account, 1, 20)).Ok);
        foreach (var id in await Waiting(account))
            Assert.True((await account.In(s => s.GetRequiredService<WithdrawInvitationHandler>().Handle(new WithdrawInvitation { Id = id }, default))).Ok);
        var refused = await Invite(account, 21, 6);
        Assert.Equal(("invite.day", RefusalKind.Limit), (refused.Refusal?.Code, refused.Refusal?.Kind));
        Assert.Contains("At most 25 invitations go out of this account in a day while it is new, and 20 have.", refused.Refusal!.Text, StringComparison.Ordinal);
        Assert.True((await Invite(account, 21, 5)).Ok);
        Assert.Equal("invitations", await app.Ask<string>("select code from accounts.misuse_signal where account_id = $1", account.Id));
    }

    [Fact]
    public async Task A_day_later_there_is_room_again_and_an_account_that_is_known_has_more()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        Assert.True((await Invite(account, 1, 20)).Ok);
        Assert.Equal("invite.day", (await Invite(account, 21, 20)).Refusal?.Code);
        own.Clock.Advance(TimeSpan.FromHours(25));
        Assert.True((await Invite(account, 21, 20)).Ok);
        own.Clock.Advance(InvitationLimits.New);
        Assert.True((await Invite(account, 41, 20)).Ok);
        Assert.True((await Invite(account, 61, 20)).Ok);
    }

    [Fact]
    public async Task The_accounts_of_an_agency_share_a_day()
    {
        var house = await AgencyHouse.Open(app);
        var agency = await house.AgencyId();
        Assert.True((await Invite(house.Shop, 1, 20)).Ok);
        // As many more as its other account had sent that day.
        await app.Do("update accounts.invitation set round = 3 where account_id = $1 and email like 'guest1-%'", house.Shop.Id);
        await app.Do("update accounts.invitation set round = 27 where account_id = $1 and email like 'guest2-%'", house.Shop.Id);
        await app.Do("update accounts.invitation set account_id = (select id from accounts.account where agency_id = $2 and id <> $1) where account_id = $1", house.Shop.Id, agency);
        Assert.Equal("invite.agency_day", (await Invite(house.Shop, 21, 3)).Refusal?.Code);
        Assert.True((await Invite(house.Shop, 21, 2)).Ok);
        var page = await (await house.Desk.Get(house.At("accounts/new"))).Submit("input[name='Command.Name']", new { Name = "Gym Uptown", Country = "US", TimeZone = "America/New_York", OwnerEmail = "owner@people.example" });
        Assert.Contains("As many invitations as may go out in a day", page.Text, StringComparison.Ordinal);
        Assert.Equal("Gym Uptown", page.Find("input[name='Command.Name']").GetAttribute("value"));
    }

    [Theory]
    [InlineData("held_at", "invite.held")]
    [InlineData("stopped_at", "invite.stopped")]
    [InlineData("suspended_at", "invite.paused")]
    public async Task Where_no_message_goes_out_no_invitation_does(string mark, string code)
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        Assert.True((await Invite(account, 1, 1)).Ok);
        var id = Assert.Single(await Waiting(account));
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        await own.Do($"update accounts.account set {mark} = $1 where id = $2", own.Clock.GetUtcNow(), account.Id);
        Assert.Equal(code, (await Invite(account, 2, 1)).Refusal?.Code);
        Assert.Equal(code, (await account.In(s => s.GetRequiredService<ResendInvitationHandler>().Handle(new ResendInvitation { Id = id }, default))).Refusal?.Code);
        Assert.Equal(1L, await own.Ask<long>("select count(*) from accounts.invitation where account_id = $1 and round = 1", account.Id));
    }

    [Fact]
    public async Task An_offer_of_a_paused_account_waits_for_its_pause_to_end()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        await (await house.Desk.Get(house.At("accounts/new"))).Submit("input[name='Command.Name']", new { Name = "Gym Uptown", Country = "US", TimeZone = "America/New_York", OwnerEmail = "ada@people.example" });
        var account = await own.Ask<Guid>("select id from accounts.account where name = 'Gym Uptown'");
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        await own.Do("update accounts.account set suspended_at = $1 where id = $2", own.Clock.GetUtcNow(), account);
        var said = await (await house.Desk.Get(house.At($"accounts/{account}"))).Submit("[name='Owner.OwnerEmail']", new { OwnerEmail = "eve@people.example" });
        Assert.Contains("so no invitation goes out either", said.Text, StringComparison.Ordinal);
        Assert.Equal("eve@people.example", said.Find("[name='Owner.OwnerEmail']").GetAttribute("value"));
    }

    private static Task<Result<int>> Invite(TestAccount account, int from, int count) => account.In(s => s.GetRequiredService<InvitePeopleHandler>()
        .Handle(new InvitePeople { Emails = string.Join('\n', Enumerable.Range(from, count).Select(n => $"guest{n}-{account.Slug}@people.example")) }, default));

    private static Task<List<Guid>> Waiting(TestAccount account) => account.In(s => Task.FromResult(
        s.GetRequiredService<PluraDb>().Invitations.Where(i => i.AccountId == account.Id && i.WithdrawnAt == null).Select(i => i.Id).ToList()));
}
