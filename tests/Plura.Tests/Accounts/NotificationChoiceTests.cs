using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

public sealed class NotificationChoiceTests(PluraApp app)
{
    private const string Paused = "campaign_paused";
    private const string Finished = "campaign_finished";

    [Fact]
    public async Task Until_they_choose_owners_get_trouble_by_mail_and_everything_in_the_app()
    {
        var account = await app.NewAccount();
        await Tell(account, Paused, "“Spring” paused by itself.", "“Spring” is paused");
        await Tell(account, Finished, "“Winter” has gone out.", null);
        Assert.Equal(["“Spring” is paused"], (await app.Letters(account.Owner())).Select(l => l.Subject));
        var today = (await (await account.SignIn()).Get(account.Page(""))).Text;
        Assert.Contains("“Spring” paused by itself.", today, StringComparison.Ordinal);
        Assert.Contains("“Winter” has gone out.", today, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_person_chose_holds_in_the_app_and_by_mail()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var page = await browser.Get("/me/notifications");
        Assert.Contains("A campaign stopped by itself", page.Text, StringComparison.Ordinal);
        var saved = await page.Submit("[name=app]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["app"] = new[] { Finished }, ["mail"] = new[] { "now:" + Finished } });
        Assert.False(saved.Find($"[name=app][value={Paused}]").HasAttribute("checked"));
        Assert.True(saved.Find($"[name=mail] [value='now:{Finished}']").HasAttribute("selected"));
        await Tell(account, Paused, "“Spring” paused by itself.", null);
        await Tell(account, Finished, "“Winter” has gone out.", null);
        Assert.Equal(["“Winter” has gone out."], (await app.Letters(account.Owner())).Select(l => l.Subject));
        var today = (await browser.Get(account.Page(""))).Text;
        Assert.DoesNotContain("“Spring” paused by itself.", today, StringComparison.Ordinal);
        Assert.Contains("“Winter” has gone out.", today, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_stand_under_the_part_of_the_product_that_tells_them_and_one_button_saves_all()
    {
        var account = await app.NewAccount();
        var page = await (await account.SignIn()).Get("/me/notifications");
        Assert.Equal(["Automations", "Campaigns", "Contacts", "Conversations", "Sending", "Tasks", "The account"], page.All(".notice-area h3"));
        Assert.Single(page.All("main button"), "Save");
        Assert.Contains("A campaign has gone out", page.Document.QuerySelectorAll(".notice-area")[1].TextContent, StringComparison.Ordinal);
        var refused = await page.Submit("[name=app]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["app"] = new[] { Finished }, ["Hours.QuietFrom"] = "22:00", ["Hours.QuietUntil"] = "" });
        Assert.Contains("Quiet hours need a beginning and an end.", refused.Text, StringComparison.Ordinal);
        Assert.Equal("22:00", refused.Find("[name='Hours.QuietFrom']").GetAttribute("value"));
        Assert.Equal(0L, await account.Ask<long>("select count(*) from accounts.notice_choice"));
        await page.Submit("[name=app]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["app"] = new[] { Finished }, ["Hours.QuietFrom"] = "22:00", ["Hours.QuietUntil"] = "07:00" });
        Assert.Equal(1L, await account.Ask<long>("select count(*) from accounts.notice_choice where kind = $1 and in_app", Finished));
    }

    [Fact]
    public async Task What_one_person_has_read_the_others_still_see()
    {
        var account = await app.NewAccount();
        var (owner, member) = (await account.SignIn(), await Member(account));
        await Tell(account, Paused, "“Spring” paused by itself.", null);
        Assert.Single(await app.Letters(account.Owner()));
        Assert.Contains("“Spring” paused", (await member.Get(account.Page(""))).Text, StringComparison.Ordinal);
        await (await owner.Get(account.Page(""))).Submit(".notice form", new { });
        Assert.DoesNotContain("“Spring” paused", (await owner.Get(account.Page(""))).Text, StringComparison.Ordinal);
        Assert.Contains("“Spring” paused", (await member.Get(account.Page(""))).Text, StringComparison.Ordinal);
        Assert.Equal(account.OwnerId, await account.Ask<Guid>("select user_id from accounts.notice_reading"));
    }

    [Fact]
    public async Task A_member_gets_no_mail_before_they_choose_it()
    {
        var account = await app.NewAccount();
        await Member(account);
        await Tell(account, Paused, "“Spring” paused by itself.", null);
        Assert.DoesNotContain(await app.Letters($"member@{account.Slug}.example"), l => l.Subject!.Contains("Spring", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_accounts_choices_are_not_there_for_a_stranger()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var browser = await mine.SignIn();
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.Get($"/me/notifications?account={other.Slug}")).Status);
    }

    private static Task Tell(TestAccount account, string kind, string text, string? title) => account.In(async services =>
    {
        services.GetRequiredService<INotices>().Post(kind, text, null, title);
        await services.GetRequiredService<PluraDb>().SaveChangesAsync();
    });

    private async Task<Browser> Member(TestAccount account)
    {
        var email = $"member@{account.Slug}.example";
        await app.In(null, async services =>
        {
            var (db, now) = (services.GetRequiredService<PluraDb>(), app.Clock.GetUtcNow());
            var member = User.Join("Max Member", email, "birth_year", now);
            (member.EmailConfirmed, member.NormalizedEmail, member.NormalizedUserName) = (true, email.ToUpperInvariant(), email.ToUpperInvariant());
            member.PasswordHash = services.GetRequiredService<IPasswordHasher<User>>().HashPassword(member, TestAccount.Password);
            db.AddRange(member, Membership.Of(account.Id, member.Id, Membership.Member, now));
            await db.SaveChangesAsync();
        });
        return (await app.EnterFromElsewhere(account, email: email)).Browser;
    }
}
