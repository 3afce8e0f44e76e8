using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>What tests of text messages do again and again: people with telephones, texts to them, texts from them.</summary>
internal static class TextDesk
{
    public static async Task<Guid> Reader(this TestAccount account, string phone, bool consent = true, string name = "Ann")
    {
        object[] consents = consent ? [new { channel = "sms", source = "Counter", wording = "May we text you?", date = "2026-10-01" }] : [];
        return (await account.Api.PostJson("/api/v1/contacts", new { firstName = name, phone, consents })).GetProperty("id").GetGuid();
    }

    /// <summary>Plans a text to a contact's number; answers the origin.</summary>
    public static Task<Guid> Writes(this TestAccount account, Guid contact, string text = "Your table is ready.", string category = Categories.Transactional, string origin = "automation") => account.In(async services =>
    {
        var ledger = services.GetRequiredService<ISendLedger>();
        var content = await ledger.WriteText(new TextContent { Text = text, Category = category }, default);
        Assert.True(content.Ok, content.Refusal?.Text);
        var point = (await services.GetRequiredService<IContactDirectory>().Addresses(contact, default)).First(a => a.Channel == Channels.Sms);
        var id = Guid.CreateVersion7(services.GetRequiredService<TimeProvider>().GetUtcNow());
        await ledger.PlanOne(new SendPlan(origin, id, content.Value, null, services.GetRequiredService<TimeProvider>().GetUtcNow()), contact, point.ContactPointId, default);
        return id;
    });

    public static async Task<string> State(this TestAccount account, Guid origin) =>
        await account.Ask<string>("select state || coalesce(' ' || reason, '') from messaging.send where origin_id = $1", origin) ?? "nothing";

    public static Task<SendStory?> TextStory(this TestAccount account, Guid origin, Guid contact) =>
        account.In(services => services.GetRequiredService<ISendLedger>().Story("automation", origin, contact, default));

    /// <summary>The customer's phone sends it.</summary>
    public static async Task<JsonElement> Phones(this PluraApp app, string from, string text, string? to = null, string? id = null) =>
        await app.NewBrowser().PostJson("/dev/inbound/sms", new { from, to, text, id });

    /// <summary>What a telephone got, the oldest first.</summary>
    public static async Task<List<string>> Got(this PluraApp app, string phone)
    {
        var browser = app.NewBrowser();
        var list = await browser.GetJson("/dev/mailbox?to=" + Uri.EscapeDataString(phone));
        var texts = new List<string>();
        foreach (var message in list.EnumerateArray().Reverse())
        {
            Assert.Equal(("sms", 1), (message.GetProperty("channel").GetString(), message.GetProperty("times").GetInt32()));
            texts.Add((await browser.GetJson($"/dev/mailbox/{message.GetProperty("id").GetString()}")).GetProperty("source").GetString()!);
        }

        return texts;
    }

    /// <summary>Messages, then the news of them.</summary>
    public static async Task Pump(this PluraApp app)
    {
        for (var round = 0; round < 2; round++)
        {
            await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
            await app.Work();
        }
    }

    /// <summary>What the account's ledger says of a number now, and by which door.</summary>
    public static Task<string> Permission(this TestAccount account, string phone) => account.In(async services =>
    {
        var key = services.GetRequiredService<IAddressKeys>().Of(Channels.Sms, phone);
        var now = (await services.GetRequiredService<IConsentLedger>().Now([key], default)).FirstOrDefault(n => n.Channel == Channels.Sms && n.Topic == Topics.All);
        return now is null ? "nothing" : $"{now.Act} {now.How}";
    });
}
