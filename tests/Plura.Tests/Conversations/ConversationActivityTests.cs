using Plura.Contacts;
using Plura.Tests.Contacts;

namespace Plura.Tests.Conversations;

public sealed class ConversationActivityTests(PluraApp app)
{
    [Fact]
    public async Task Lists_ask_who_has_written_and_who_has_been_silent_since()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await own.Receive(account, "Ann <ann@people.example>", "Hello");
        own.Clock.Advance(TimeSpan.FromDays(40));
        var bob = await own.Receive(account, "Bob <bob@people.example>", "Hello");
        await account.Reply(bob.ConversationId, "Good day");
        await account.Create("Cleo");
        Assert.Equal(["Bob"], await Find(account, new Condition("activity.wrote", "last_days", "30")));
        Assert.Equal(["Ann", "Cleo"], await Find(account, new Condition("activity.wrote", "not_last_days", "30")));
        Assert.Equal(["Cleo"], await Find(account, new Condition("activity.wrote", "empty", [])));
        Assert.Equal(["Bob"], await Find(account, new Condition("activity.answered", "not_empty", [])));
    }

    private static async Task<string[]> Find(TestAccount account, Condition condition)
    {
        var found = await account.List(new ListContacts { Filter = condition });
        Assert.Null(found.Refusal);
        return [.. found.Value.Items.Select(c => c.FirstName).Order(StringComparer.Ordinal)];
    }
}
