namespace Plura.Tests.Conversations;

public sealed class MessageLinkTests(PluraApp app)
{
    [Fact]
    public async Task Web_addresses_in_messages_are_links_and_nothing_else_of_them_is_more_than_letters()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "See https://bakery.example/menu?day=1&x=2. And <b>javascript:alert(1)</b> http://ann:secret@evil.example/ \"https://a.example/\"onclick=x");
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        var links = page.Document.QuerySelectorAll(".message-text a").ToList();
        Assert.Equal(["https://bakery.example/menu?day=1&x=2", "https://a.example/"], links.Select(l => l.GetAttribute("href")));
        Assert.All(links, l => Assert.Equal(("_blank", "noopener noreferrer nofollow"), (l.GetAttribute("target"), l.GetAttribute("rel"))));
        Assert.Empty(page.Document.QuerySelectorAll(".message-text b, .message-text [onclick]"));
    }
}
