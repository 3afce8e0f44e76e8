using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Tests.Campaigns;

namespace Plura.Tests;

public sealed class StopAccountTests(PluraApp app)
{
    [Fact]
    public async Task A_stopped_account_sends_nothing_reads_why_and_its_owners_get_a_letter()
    {
        await using var own = await app.Another();
        var (staff, shop) = (await OperatorStaff.At(own), await own.NewAccount());
        await shop.Person("Ann");
        var page = await staff.Stop(shop, "Where do these addresses come from?");
        Assert.Contains("Its sending is stopped", page.Text, StringComparison.Ordinal);
        var campaign = await shop.Letter();
        await shop.Refused($"/api/v1/campaigns/{campaign}/send", new { }, HttpStatusCode.Forbidden);
        var inside = await shop.SignIn();
        var today = await inside.Get($"/a/{shop.Slug}");
        Assert.Contains("Where do these addresses come from?", today.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await inside.Get(shop.Page("contacts"))).Status);
        var letter = Assert.Single(await own.Letters(shop.Owner()));
        Assert.Equal("Corner Bakery: Your account was stopped", letter.Subject);
        Assert.Contains("Where do these addresses come from?", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains($"/a/{shop.Slug}/stopped", letter.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'operator.stop_account' and about = $1", shop.Id));
        Assert.Equal(1, await shop.Ask<long>("select count(*) from privacy.audit_entry where act = 'operator.stop_account'"));
    }

    [Fact]
    public async Task The_agency_cannot_lift_the_operators_stop_and_the_operator_not_the_agencys_pause()
    {
        await using var own = await app.Another();
        var (staff, house) = (await OperatorStaff.At(own), await AgencyHouse.Open(own));
        var paused = await (await house.Desk.Get(house.At($"accounts/{house.Shop.Id}"))).Submit("textarea[name='Command.Reason']", new { Reason = "The bill is open" });
        await staff.Stop(house.Shop, "Too many complaints");
        var stop = await own.Ask<Guid>("select id from accounts.account_stop where account_id = $1", house.Shop.Id);

        // The agency lifts its own pause by the page that it opened before; the operator's stop stays.
        await paused.Submit("main form:has(button)", new { }, "Let it send again");
        Assert.Equal((true, true), (await own.Ask<bool>("select suspended_at is null from accounts.account where id = $1", house.Shop.Id), await own.Ask<bool>("select stopped_at is not null from accounts.account where id = $1", house.Shop.Id)));
        var desk = await house.Desk.Get(house.At($"accounts/{house.Shop.Id}"));
        Assert.Contains("Whoever runs this installation stopped it", desk.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Let it send again", desk.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Pause the account", desk.Text, StringComparison.Ordinal);
        var refused = await own.In(null, async services =>
        {
            services.GetRequiredService<CurrentAgency>().Enter(await house.AgencyId());
            return await services.GetRequiredService<ResumeAccountHandler>().Handle(new ResumeAccount { AccountId = house.Shop.Id }, default);
        });
        Assert.Equal("account.stopped", refused.Refusal?.Code);

        await (await house.Desk.Get(house.At(""))).Click("Corner Bakery");
        await own.Do("update accounts.account set suspended_at = now() where id = $1", house.Shop.Id);
        await staff.Decide(stop, "release", "All is explained");
        Assert.Equal((false, true), (await own.Ask<bool>("select suspended_at is null from accounts.account where id = $1", house.Shop.Id), await own.Ask<bool>("select stopped_at is null from accounts.account where id = $1", house.Shop.Id)));
    }

    [Fact]
    public async Task An_answer_reaches_the_queue_and_the_release_is_mailed_and_lets_it_send()
    {
        await using var own = await app.Another();
        var (staff, shop) = (await OperatorStaff.At(own), await own.NewAccount());
        await shop.Person("Ann");
        await staff.Stop(shop, "Where do these addresses come from?");
        var inside = await shop.SignIn();
        var answered = await (await inside.Get(shop.Page("stopped"))).Submit("textarea[name='Command.Text']", new { Text = "From the sign-up sheet on our counter." });
        Assert.Contains("Your answer is with us", answered.Text, StringComparison.Ordinal);
        Assert.Contains("From the sign-up sheet on our counter.", answered.Text, StringComparison.Ordinal);
        var queue = await staff.Get("review");
        Assert.Contains("1 account waits for you", queue.Text, StringComparison.Ordinal);
        var review = await queue.Click("Corner Bakery");
        Assert.Contains("From the sign-up sheet on our counter.", review.Text, StringComparison.Ordinal);
        var decided = await review.Submit("textarea[name='Command.Sentence']", new { Do = "release", Sentence = "Thank you, that is good." });
        Assert.Contains("It may send again", decided.Text, StringComparison.Ordinal);
        Assert.Contains("Thank you, that is good.", (await own.Letter(shop.Owner(), "Corner Bakery: Your account may send again")).TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("stopped the sending", (await inside.Get($"/a/{shop.Slug}")).Find("main").TextContent.Split("What you should know")[0], StringComparison.Ordinal);
        await shop.Send(await shop.Letter());
        await shop.Settle(own);
        Assert.Equal(1, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
        foreach (var act in (string[])["operator.stop_account", "operator.release_account"])
        {
            Assert.Equal(1, await shop.Ask<long>("select count(*) from privacy.audit_entry where act = $1", act));
            Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = $1 and about = $2", act, shop.Id));
        }
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_is_told_and_whoever_decides_has_read_the_last_answer()
    {
        await using var own = await app.Another();
        var (first, second, shop) = (await OperatorStaff.At(own), await OperatorStaff.At(own), await own.NewAccount());
        await first.Stop(shop, "Where do these addresses come from?");
        var stop = await own.Ask<Guid>("select id from accounts.account_stop where account_id = $1", shop.Id);
        var (one, other) = (await first.Get($"review/{stop}"), await second.Get($"review/{stop}"));
        await one.Submit("textarea[name='Command.Sentence']", new { Do = "keep", Sentence = "We wait for your answer." });
        var late = await other.Submit("textarea[name='Command.Sentence']", new { Do = "release", Sentence = "Go on." });
        Assert.Contains("Somebody else decided", late.Text, StringComparison.Ordinal);
        Assert.True(await own.Ask<bool>("select stopped_at is not null from accounts.account where id = $1", shop.Id));

        var before = await second.Get($"review/{stop}");
        await (await (await shop.SignIn()).Get(shop.Page("stopped"))).Submit("textarea[name='Command.Text']", new { Text = "They all agreed." });
        Assert.Contains("Somebody else decided, or the account answered", (await before.Submit("textarea[name='Command.Sentence']", new { Do = "keep", Sentence = "No." })).Text, StringComparison.Ordinal);

        // Both at the very same moment: exactly one decision stands.
        var version = await own.Ask<int>("select version from accounts.account_stop where id = $1", stop);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => own.In(null, services => services.GetRequiredService<DecideStopHandler>().Handle(new DecideStop { StopId = stop, Version = version, Do = "keep", Sentence = "At once." }, default))));
        Assert.Single(answers, a => a.Ok);
        Assert.All(answers.Where(a => !a.Ok), a => Assert.Equal("review.moved", a.Refusal?.Code));
    }

    [Fact]
    public async Task The_installations_own_account_cannot_be_stopped_and_an_account_not_twice()
    {
        await using var own = await app.Another();
        var (staff, shop) = (await OperatorStaff.At(own), await own.NewAccount());
        var installation = await own.Ask<Guid>("select id from accounts.account where slug = 'operator'");
        var stop = new StopAccount { AccountId = installation, Reason = "By mistake" };
        Assert.Equal("account.operator", (await own.In(null, s => s.GetRequiredService<StopAccountHandler>().Handle(stop, default))).Refusal?.Code);
        await staff.Stop(shop, "Once");
        Assert.Equal("account.stopped", (await own.In(null, s => s.GetRequiredService<StopAccountHandler>().Handle(stop with { AccountId = shop.Id }, default))).Refusal?.Code);
        Assert.DoesNotContain("Stop its sending", (await staff.Get($"accounts/{shop.Id}")).All("button"));
    }

    [Fact]
    public async Task To_anybody_else_the_desk_does_not_exist()
    {
        await using var own = await app.Another();
        await OperatorStaff.At(own);
        var stranger = await (await own.NewAccount()).SignIn();
        foreach (var page in (string[])["", "/accounts", "/agencies", "/review", "/work", "/providers", "/announcements", "/log", "/sign-ups"])
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("/operator" + page)).Status);
    }
}
