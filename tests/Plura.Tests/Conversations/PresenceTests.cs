using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;

namespace Plura.Tests.Conversations;

public sealed class PresenceTests(PluraApp app)
{
    [Fact]
    public async Task Colleagues_see_who_looks_and_who_types_until_they_leave_or_their_browser_dies()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        var kim = await account.Colleague(own, name: "Kim Lee");
        var lou = await account.Colleague(own, name: "Lou Day");
        Task Say(Guid user, bool typing = false, bool left = false) => account.As(user, s => s.GetRequiredService<ShowPresenceHandler>().Handle(new ShowPresence(taken.ConversationId, typing, left), default));
        var browser = await account.SignIn();
        async Task<string> Seen() => (await browser.Get(account.Page($"conversations/{taken.ConversationId}"))).Document.QuerySelector(".thread-colleagues")!.TextContent;
        await Say(account.OwnerId);
        Assert.DoesNotContain("looking", await Seen(), StringComparison.Ordinal);
        await Say(kim.Id);
        await Say(lou.Id, typing: true);
        Assert.Contains("Kim Lee is looking at this", await Seen(), StringComparison.Ordinal);
        Assert.Contains("Lou Day is typing", await Seen(), StringComparison.Ordinal);
        // What is sent is not being typed any more, though the page has not said so yet.
        await account.As(lou.Id, s => s.GetRequiredService<WriteNoteHandler>().Handle(new WriteNote { Id = taken.ConversationId, Text = "Done" }, default));
        Assert.Contains("Lou Day is looking at this", await Seen(), StringComparison.Ordinal);
        await Say(lou.Id, left: true);
        Assert.DoesNotContain("Lou Day", await Seen(), StringComparison.Ordinal);
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain("Kim Lee", await Seen(), StringComparison.Ordinal);
        await Say(lou.Id);
        Assert.Equal(1L, await account.Ask<long>("select count(*) from conversations.presence"));
    }
}
