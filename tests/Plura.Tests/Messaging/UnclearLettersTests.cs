using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Contracts;
using Plura.Tests.Campaigns;
using Plura.Tests.Sites;

namespace Plura.Tests.Messaging;

/// <summary>What no campaign sent may be unclear too: it is listed, and a person decides.</summary>
public sealed class UnclearLettersTests(PluraApp app)
{
    [Fact]
    public async Task A_confirmation_that_may_not_have_arrived_is_said_on_the_first_page_and_sent_again_once()
    {
        await using var lab = await CampaignLab.Start(app);
        var form = await lab.Account.Form(doubleOptIn: true);
        lab.Provider.Answer = (_, _) => ScriptedTransport.Lost;
        await lab.Host.FillIn(form, "nora@people.example", tick: true);
        await lab.Settle();
        var browser = await lab.Account.SignIn();
        Assert.Contains("1 message may or may not have arrived", (await browser.Get(lab.Account.Page(""))).Text, StringComparison.Ordinal);
        var list = await browser.Get(lab.Account.Page("unclear"));
        Assert.Contains("nora@people.example", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", list.Text, StringComparison.Ordinal);

        lab.Provider.Answer = (_, _) => ScriptedTransport.Accepted;
        var after = await list.Submit("[name=_handler][value^=one]", new { }, "Send again");
        Assert.Contains("It is sent again.", after.Text, StringComparison.Ordinal);
        Assert.Contains("Everything is clear", after.Text, StringComparison.Ordinal);
        await lab.Settle();
        Assert.Equal(2, lab.Letters.Count);
        Assert.Single(lab.Letters.Select(l => l.MessageId).Distinct(StringComparer.Ordinal));
        Assert.Equal("accepted", await State(lab, "consent_request"));
        Assert.DoesNotContain("may or may not have arrived", (await browser.Get(lab.Account.Page(""))).Text, StringComparison.Ordinal);
        // In a second tab that still shows it, the same press changes nothing.
        Assert.Equal(HttpStatusCode.BadRequest, (await list.Submit("[name=_handler][value^=one]", new { }, "Send again")).Status);
        await lab.Settle();
        Assert.Equal(2, lab.Letters.Count);
    }

    [Fact]
    public async Task A_test_letter_is_listed_under_its_writer_and_can_be_left()
    {
        await using var lab = await CampaignLab.Start(app);
        var person = await lab.Account.Person("Ann");
        lab.Provider.Answer = (_, _) => ScriptedTransport.Lost;
        await lab.Account.In(services => services.GetRequiredService<ISendLedger>().SendTest(
            new LetterContent { Subject = "Spring", Html = "<p>Hello {{ contact.first_name }}</p>", FromName = "Corner Bakery", FromEmail = "hello@corner.example" }, person, lab.Account.OwnerId, default));
        await lab.Settle();
        var list = await (await lab.Account.SignIn()).Get(lab.Account.Page("unclear"));
        Assert.Contains("Olivia Owner", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ann", list.Find("main").TextContent, StringComparison.Ordinal);
        var after = await list.Submit("[name=_handler][value^=one]", new { }, "Skip");
        Assert.Contains("It is left as it is.", after.Text, StringComparison.Ordinal);
        Assert.Equal("skipped", await State(lab, "test"));
    }

    [Fact]
    public async Task The_operator_decides_about_the_installations_own_letters()
    {
        await using var lab = await CampaignLab.Start(app);
        var staff = await OperatorStaff.At(lab.Host);
        Assert.Contains("Everything is clear", (await staff.Get("unclear")).Text, StringComparison.Ordinal);
        lab.Provider.Answer = (_, _) => ScriptedTransport.Lost;
        await lab.Account.AskForLetter();
        await lab.Settle();
        var list = await staff.Get("unclear");
        Assert.Contains("Olivia Owner", list.Text, StringComparison.Ordinal);
        Assert.Contains((await staff.Get("")).All(".figure"), f => f.StartsWith("Unclear letters1", StringComparison.Ordinal));
        lab.Provider.Answer = (_, _) => ScriptedTransport.Accepted;
        Assert.Contains("It is sent again.", (await list.Submit("[name=_handler][value^=one]", new { }, "Send again")).Text, StringComparison.Ordinal);
        await lab.Settle();
        Assert.Equal("accepted", await lab.Host.Ask<string>("select state from messaging.send where origin = 'system' order by planned_at desc limit 1"));
        Assert.Equal(1, await lab.Host.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'operator.resolve_unclear'"));
    }

    [Fact]
    public async Task Whoever_may_not_decide_is_not_shown_it()
    {
        await using var lab = await CampaignLab.Start(app);
        var reader = await lab.Account.Colleague(lab.Host, role: Plura.Accounts.Data.Membership.ReadOnly);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.Browser.Get(lab.Account.Page("unclear"))).Status);
    }

    private static Task<string?> State(CampaignLab lab, string origin) => lab.Account.Ask<string>("select state from messaging.send where origin = $1", origin);
}
