using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Tests.Conversations;

namespace Plura.Tests.Adapters;

public sealed class DevPushTests(PluraApp app) : PushTransportContract
{
    private protected override IPushTransport Transport => app.Services.GetRequiredService<IPushTransport>();

    private protected override FakePhone Phone(string story = "") => FakePhone.New(story);

    [Fact]
    public async Task It_stands_in_the_development_mailbox_and_is_nothing_that_anybody_must_have_allowed()
    {
        var account = await app.NewAccount();
        await (await account.SignIn()).TurnOnPush(FakePhone.New());
        await app.Receive(account, "Ann Miller <ann@people.example>", "Hello");
        await app.Pushed(account.Owner());
        var list = await account.Browser.GetJson("/dev/mailbox?to=" + account.Owner());
        var one = Assert.Single(list.EnumerateArray(), m => m.GetProperty("channel").GetString() == "push");
        Assert.Equal("Ann Miller wrote to you", one.GetProperty("subject").GetString());
        var page = await account.Browser.Get($"/dev/mailbox/{one.GetProperty("id").GetString()}");
        Assert.Contains("A notice to one of the account’s own people", page.Text, StringComparison.Ordinal);
        var taken = new List<string>();
        await foreach (var batch in app.Services.GetServices<Plura.Messaging.ITransportLog>().Single(l => l.Name == "dev").Read(DateTimeOffset.UnixEpoch, default))
            taken.AddRange(batch.Select(b => b.MessageId));
        Assert.DoesNotContain(taken, id => id.StartsWith("push:", StringComparison.Ordinal));
    }
}
