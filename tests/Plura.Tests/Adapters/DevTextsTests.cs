using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging;

namespace Plura.Tests.Adapters;

public sealed class DevTextsTests(PluraApp app) : TextTransportContract
{
    protected override Task<ITextTransport> Transport() => Task.FromResult(app.Services.GetRequiredService<ITextTransport>());

    protected override async Task<string?> Arrived(ComposedMessage message) =>
        await app.Ask<byte[]>("select source from dev.message where channel = 'sms' and message_id = $1", message.MessageId) is { } source ? Encoding.UTF8.GetString(source) : null;

    [Fact]
    public async Task A_text_stands_in_the_mailbox_for_people_and_for_programs()
    {
        var to = $"+1212555{Random.Shared.Next(1000, 9999)}";
        await Send(Message(to, "Grüße 😀"));
        var browser = app.NewBrowser();
        var list = await browser.GetJson("/dev/mailbox?to=" + Uri.EscapeDataString(to));
        Assert.Equal("sms", list[0].GetProperty("channel").GetString());
        var id = list[0].GetProperty("id").GetString();
        Assert.StartsWith("Grüße 😀", (await browser.GetJson($"/dev/mailbox/{id}")).GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.Contains("Grüße 😀", (await browser.Get($"/dev/mailbox/{id}")).Text, StringComparison.Ordinal);
    }
}
