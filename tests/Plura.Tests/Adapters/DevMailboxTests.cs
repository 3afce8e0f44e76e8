using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Plura.Adapters;
using Plura.Messaging;
using Plura.Privacy.Contracts;
using Plura.Tests.Messaging;

namespace Plura.Tests.Adapters;

public sealed class DevMailboxTests(PluraApp app) : TransportContractSupport
{
    [Fact]
    public async Task Lists_messages_for_people_and_for_programs()
    {
        var to = $"reader{Random.Shared.NextInt64()}@example.com";
        await Deliver(to, "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nFrom: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello <script>alert(1)</script></p>\r\n");
        var browser = app.NewBrowser();
        var list = await browser.GetJson("/dev/mailbox?to=" + to);
        var id = list[0].GetProperty("id").GetString();
        Assert.Equal((to, "email", "Grüße"), (list[0].GetProperty("to").GetString(), list[0].GetProperty("channel").GetString(), list[0].GetProperty("subject").GetString()));
        Assert.Equal(JsonValueKind.String, list[0].GetProperty("at").ValueKind);

        var one = await browser.GetJson($"/dev/mailbox/{id}");
        Assert.Contains("From: a@b.example", one.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.String, one.GetProperty("decisionId").ValueKind);

        Assert.Contains("Grüße", (await browser.Get("/dev/mailbox?to=" + to)).Text, StringComparison.Ordinal);
        var page = await browser.Get($"/dev/mailbox/{id}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal($"/dev/mailbox/{id}/html", page.Find("iframe[sandbox]").GetAttribute("src"));

        using var html = await browser.Send(HttpMethod.Get, $"/dev/mailbox/{id}/html");
        Assert.Contains("default-src 'none'", string.Join(' ', html.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", string.Join(' ', html.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_finds_its_letter_however_many_came_after_it()
    {
        var to = $"first{Random.Shared.NextInt64()}@example.com";
        await Deliver(to, "Subject: First\r\nFrom: a@b.example\r\n\r\nHello\r\n");
        for (var one = 0; one <= DevMailbox.Most; one++)
            await Deliver($"later{one}@example.com", "Subject: Later\r\nFrom: a@b.example\r\n\r\nHello\r\n");
        var list = await app.NewBrowser().GetJson("/dev/mailbox");
        Assert.Contains(list.EnumerateArray(), m => m.GetProperty("to").GetString() == to);
    }

    [Fact]
    public async Task A_letter_stands_beside_the_decision_that_let_it_go()
    {
        var letter = await SentLetter.Send(app);
        var browser = app.NewBrowser();
        var id = (await browser.GetJson("/dev/mailbox?to=" + letter.Email))[0].GetProperty("id").GetString();
        var sentence = await letter.Account.In(async services => GateWords.Sentence((await services.GetRequiredService<IGate>().Find((await browser.GetJson($"/dev/mailbox/{id}")).GetProperty("decisionId").GetGuid(), CancellationToken.None))!));
        Assert.Contains(sentence, (await browser.Get($"/dev/mailbox/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exists_in_development_only()
    {
        await using var production = await app.Another(services => services.AddSingleton<IStartupFilter, BehindTls>(), "--environment=Production");
        Assert.Null(production.Services.GetService<IEmailTransport>());
        Assert.Equal(HttpStatusCode.NotFound, (await production.NewBrowser().Get("/dev/mailbox")).Status);
    }

    private async Task Deliver(string to, string content)
    {
        await using var session = await app.Services.GetRequiredService<IEmailTransport>().Open(CancellationToken.None);
        Assert.Equal(HandOffOutcome.Accepted, (await session.Send(Of(Compose(to, content)), CancellationToken.None)).Outcome);
    }
}
