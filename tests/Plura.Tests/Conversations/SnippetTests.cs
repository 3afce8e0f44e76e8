using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;

namespace Plura.Tests.Conversations;

public sealed class SnippetTests(PluraApp app)
{
    [Fact]
    public async Task A_snippet_is_filled_in_for_whoever_is_written_to()
    {
        var account = await app.NewAccount();
        var taken = await app.TryReceive(account.Inbox(), InboxDesk.Letter("Ann Miller <ann@people.example>", "When do you open?"));
        await Keep(account, "Opening hours", "Hello {{ contact.first_name | default: 'there' }},\nwe open at eight.");
        var offered = await account.In(s => s.GetRequiredService<UseSnippet>().Offer(taken.Value.ConversationId, default));
        Assert.Equal("Hello Ann,\nwe open at eight.", Assert.Single(offered.Value).Text);
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page($"conversations/{taken.Value.ConversationId}?with={offered.Value[0].Id}"));
        Assert.Contains("Hello Ann,", page.Document.QuerySelector("textarea[data-compose]")!.TextContent, StringComparison.Ordinal);
        var json = await browser.GetJson(account.Page($"conversations/{taken.Value.ConversationId}/snippets"));
        Assert.Equal("Opening hours", json[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task One_with_acts_tags_gives_and_closes_together_with_the_answer_or_not_at_all()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "My bill?");
        var snippet = await Keep(account, "Bill", "It is paid.", tags: "Bill, Paid", assign: "me", then: "close");
        var thread = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}?with={snippet}"));
        Assert.Contains("Sending it also tags them “Bill”, “Paid”, gives it to you, closes it.", thread.Text, StringComparison.Ordinal);
        await thread.Submit("[name='Command.Text']", new { Text = "It is paid, thank you." }, "Send");
        var after = (await account.Conversation(taken.ConversationId))!;
        Assert.Equal(("closed", (Guid?)account.OwnerId), (after.State, after.Assignee));
        Assert.Equal(2L, await account.Ask<long>("select count(*) from contacts.contact_tag where contact_id = $1", after.Contact));
        // An answer that cannot go does nothing else either.
        var again = await own.Receive(account, "ann@people.example", "Another bill");
        var refused = await account.In(s => s.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = again.ConversationId, Channel = "sms", Text = "No number", Snippet = snippet }, default));
        Assert.Equal("reply.no_address", refused.Refusal?.Code);
        Assert.Equal("open", (await account.Conversation(taken.ConversationId))!.State);
    }

    [Fact]
    public async Task One_without_words_is_pressed_in_the_thread()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "Buy now!!!");
        await Keep(account, "Not for us", "", tags: "Noise", then: "close");
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        Assert.Null(page.Document.QuerySelector("#thread-snippets"));
        await page.Submit("form[action*='/snippets/']", new { });
        Assert.Equal("closed", (await account.Conversation(taken.ConversationId))!.State);
    }

    [Fact]
    public async Task Two_of_one_name_a_broken_field_and_one_that_does_nothing_are_refused_in_words()
    {
        var account = await app.NewAccount();
        await Keep(account, "Hours", "From eight.");
        async Task<string?> Refused(KeepSnippet command) => (await account.In(s => s.GetRequiredService<KeepSnippetHandler>().Handle(command, default))).Refusal?.Code;
        Assert.Equal("snippet.exists", await Refused(new KeepSnippet { Name = " hours ", Text = "From nine." }));
        Assert.Equal("phrase.template", await Refused(new KeepSnippet { Name = "Broken", Text = "Hello {{ contact.first_name" }));
        Assert.Equal("snippet.empty", await Refused(new KeepSnippet { Name = "Nothing", Text = " " }));
        Assert.Equal("assignee.unknown", await Refused(new KeepSnippet { Name = "To nobody", Text = "x", Assign = Guid.Empty.ToString() }));
        Assert.Equal("invalid", (await Refused(new KeepSnippet { Name = "", Text = "x" }))?.Split('.')[0]);
    }

    [Fact]
    public async Task A_deleted_one_comes_back_and_its_name_is_free_meanwhile()
    {
        var account = await app.NewAccount();
        var first = await Keep(account, "Hours", "From eight.");
        var browser = await account.SignIn();
        var list = await (await browser.Get(account.Page($"settings/snippets?snippet={first}"))).Submit("[name=_handler][value=delete-snippet]", new { });
        Assert.Contains("“Hours” is deleted.", list.Text, StringComparison.Ordinal);
        var second = await Keep(account, "Hours", "From nine.");
        Assert.Contains("Another snippet has this name", (await list.Submit("form[action$='/restore']", new { })).Text, StringComparison.Ordinal);
        await account.In(s => s.GetRequiredService<DeleteSnippetHandler>().Handle(new DeleteSnippet(second), default));
        Assert.Null((await account.In(s => s.GetRequiredService<RestoreSnippetHandler>().Handle(new RestoreSnippet(first), default))).Refusal);
        Assert.Equal("From eight.", Assert.Single(await account.In(s => s.GetRequiredService<Snippets>().All(default))).Text);
    }

    private static async Task<Guid> Keep(TestAccount account, string name, string text, string? tags = null, string? assign = null, string? then = null)
    {
        var kept = await account.In(s => s.GetRequiredService<KeepSnippetHandler>().Handle(new KeepSnippet { Name = name, Text = text, Tags = tags, Assign = assign, Then = then }, default));
        Assert.Null(kept.Refusal);
        return kept.Value;
    }
}
