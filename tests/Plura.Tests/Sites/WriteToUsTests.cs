using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Messaging;

namespace Plura.Tests.Sites;

/// <summary>The contact page: a person's words reach the operator, a robot's reach nobody, and no third party is asked about either.</summary>
public sealed class WriteToUsTests(PluraApp first)
{
    private const string Operator = "help@host.example";
    private static readonly object Words = new { Name = "Ann <b>Miller</b>", Email = "ann@visitors.example", Message = "Is <script>this</script> my bill?\nNumber 17." };

    [Fact]
    public async Task A_message_reaches_the_operator_by_mail_and_an_answer_goes_to_its_writer()
    {
        await using var app = await Start();
        var sent = await (await Visit(app)).Submit("[name=visit]", Words);
        Assert.Contains("Thank you, your message is on its way", sent.Text, StringComparison.Ordinal);
        await Deliver(app);

        using var source = new MemoryStream((await app.Ask<byte[]>("select source from dev.message where recipient = $1", Operator))!);
        var mail = await MimeMessage.LoadAsync(source, CancellationToken.None);
        Assert.Equal("ann@visitors.example", mail.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal(Operator, mail.To.Mailboxes.Single().Address);
        Assert.NotEqual("ann@visitors.example", mail.From.Mailboxes.Single().Address);
        Assert.Equal("Message from Ann <b>Miller</b>", mail.Subject);
        Assert.Contains("Is &lt;script&gt;this&lt;/script&gt; my bill?\nNumber 17.", mail.HtmlBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Null(mail.Headers["List-Unsubscribe"]);
    }

    [Fact]
    public async Task The_words_stand_in_one_row_of_the_operators_and_the_outbox_knows_only_its_id()
    {
        await using var app = await Start();
        await (await Visit(app)).Submit("[name=visit]", Words);
        Assert.Equal(2, await app.Ask<long>("select count(*) from platform.outbox_message"));
        Assert.Equal(0, await app.Ask<long>("select count(*) from platform.outbox_message m where m::text like '%visitors.example%' or m::text like '%Number 17%' or m::text like '%Miller%'"));
        Assert.Equal("{}", await app.Ask<string>("select facts from messaging.posted_letter"));
        Assert.Equal("operator", await app.Ask<string>("select a.slug from sites.visitor_message m join accounts.account a on a.id = m.tenant_id where m.message like '%Number 17%'"));
    }

    [Fact]
    public async Task The_same_page_sent_twice_is_one_message()
    {
        await using var app = await Start();
        var page = await Visit(app);
        await Task.WhenAll(page.Submit("[name=visit]", Words), page.Submit("[name=visit]", Words));
        await page.Submit("[name=visit]", Words);
        await Deliver(app);
        Assert.Equal(1, await app.Ask<long>("select count(*) from sites.visitor_message"));
        Assert.Equal(1, await app.Ask<long>("select count(*) from dev.message where recipient = $1", Operator));
    }

    [Fact]
    public async Task What_was_deleted_before_it_left_is_not_sent()
    {
        await using var app = await Start();
        await (await Visit(app)).Submit("[name=visit]", Words);
        await app.Ask<int>("delete from sites.visitor_message returning 1");
        await Deliver(app);
        Assert.Equal(0, await app.Ask<long>("select count(*) from dev.message"));
        Assert.Equal("withheld", await app.Ask<string>("select state from messaging.send where origin = 'system'"));
    }

    [Theory]
    [InlineData("too quick", "quicker than people usually are")]
    [InlineData("trap", "press the button once more")]
    [InlineData("no visit", "Something went wrong between your browser and us")]
    [InlineData("forged visit", "Something went wrong between your browser and us")]
    [InlineData("old page", "has been open for a long time")]
    public async Task A_robot_is_turned_away_and_a_person_loses_nothing(string how, string sentence)
    {
        await using var app = await Start();
        var page = await app.NewBrowser().Get("/contact");
        app.Clock.Advance(how switch { "too quick" => TimeSpan.Zero, "old page" => TimeSpan.FromHours(25), _ => TimeSpan.FromSeconds(5) });
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = "Ann", ["Email"] = "ann@visitors.example", ["Message"] = "Hello" };
        if (how == "trap")
            fields["nickname"] = "annie";
        if (how is "no visit" or "forged visit")
            fields["visit"] = how == "no visit" ? "" : new string('A', 48);
        var refused = await page.Submit("[name=visit]", fields);
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.Equal("ann@visitors.example", refused.Find("[name=Email]").GetAttribute("value"));
        Assert.Equal("Hello", refused.Find("[name=Message]").TextContent);
        Assert.Equal(0, await app.Ask<long>("select count(*) from sites.visitor_message"));

        app.Clock.Advance(TimeSpan.FromSeconds(5));
        await refused.Submit("[name=visit]", new { nickname = "" });
        Assert.Equal(1, await app.Ask<long>("select count(*) from sites.visitor_message"));
    }

    [Fact]
    public async Task A_flood_is_slowed_down_and_no_third_party_is_asked()
    {
        await using var app = await Start();
        for (var i = 0; i < 10; i++)
            await (await Visit(app)).Submit("[name=visit]", Words);
        Assert.Contains("try again in ten minutes", (await (await Visit(app)).Submit("[name=visit]", Words)).Text, StringComparison.Ordinal);
        Assert.Equal(10, await app.Ask<long>("select count(*) from sites.visitor_message"));

        var page = await app.NewBrowser().Get("/contact");
        Assert.All(page.Document.QuerySelectorAll("script[src], link[href], img[src], iframe[src]").Select(e => e.GetAttribute("src") ?? e.GetAttribute("href")!),
            address => Assert.False(address.Contains("//", StringComparison.Ordinal), address));
    }

    [Fact]
    public async Task Where_nobody_said_where_mail_goes_the_page_says_so_and_takes_no_message()
    {
        await using var app = await first.Another(services => services.AddSingleton<IStartupFilter, BehindTls>(), "--Plura:Roles=web", "--environment=Production");
        var page = await app.NewBrowser().Get("/contact");
        Assert.Contains("No message can be sent from here", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("[name=Message]"));
        Assert.DoesNotContain("reaches them", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_names_the_operator_and_each_way_that_is_set()
    {
        await using var app = await first.Another("--Plura:Roles=web", "--Plura:Operator:Name=Bakery Hosting", $"--Plura:Operator:Email={Operator}", "--Plura:Operator:Phone=+1 555 010 0199", "--Plura:Operator:Website=https://host.example");
        var page = await app.NewBrowser().Get("/contact");
        Assert.Contains("Bakery Hosting", page.Text, StringComparison.Ordinal);
        Assert.Equal([$"mailto:{Operator}", "tel:+15550100199", "https://host.example"], page.Document.QuerySelectorAll("main dl a, main .facts a").Select(a => a.GetAttribute("href")));
        // Without them the page promises none of the ways.
        Assert.Null((await first.NewBrowser().Get("/contact")).Document.QuerySelector("main a[href^='tel:']"));
    }

    [Fact]
    public async Task In_development_the_page_says_that_the_message_lands_in_the_mailbox()
    {
        var page = await first.NewBrowser().Get("/contact");
        Assert.Contains("lands in the development mailbox", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("[name=Message]"));
    }

    private Task<PluraApp> Start() => first.Another("--Plura:Roles=web", $"--Plura:Operator:Email={Operator}");

    /// <summary>Opens the page and takes as long as a person does.</summary>
    private static async Task<WebPage> Visit(PluraApp app)
    {
        var page = await app.NewBrowser().Get("/contact");
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        return page;
    }

    private static async Task Deliver(PluraApp app)
    {
        await app.Work();
        await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
    }
}
