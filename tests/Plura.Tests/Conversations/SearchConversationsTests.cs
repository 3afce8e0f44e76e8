using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;

namespace Plura.Tests.Conversations;

/// <summary>Messages are found by their words although these stand nowhere in the open.</summary>
public sealed class SearchConversationsTests(PluraApp app)
{
    [Fact]
    public async Task Words_of_mails_answers_and_notes_are_found_and_names_and_addresses_too()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var ann = await own.Receive(account, "Ann Quarry <ann@people.example>", "Is the Crème brûlée still on?", "Dessert on Friday");
        var ben = await own.Receive(account, "ben@other.test", "I cannot come. Zebras, zebras.", "Friday");
        await account.Reply(ann.ConversationId, "The kitchen says yes.");
        await account.In(s => s.GetRequiredService<WriteNoteHandler>().Handle(new WriteNote { Id = ben.ConversationId, Text = "Offer him Saturday" }, default));
        await account.Close(ben.ConversationId);

        foreach (var (text, found) in ((string, Guid[])[])[
            ("creme", [ann.ConversationId]), ("BRULEE crème", [ann.ConversationId]), ("kitchen", [ann.ConversationId]), ("zebras", [ben.ConversationId]), ("saturday him", [ben.ConversationId]),
            ("friday", [ann.ConversationId, ben.ConversationId]), ("quarry", [ann.ConversationId]), ("ben@other.test", [ben.ConversationId]), ("kitchen zebras", []), ("zebra", []), ("?", []), ("a", [])])
            Assert.Equal((text, string.Join(' ', found.Order())), (text, string.Join(' ', (await Search(account, text)).Order())));
        // What was found is shown, and not what was written after it.
        Assert.Equal("I cannot come. Zebras, zebras.", (await account.In(s => s.GetRequiredService<ListConversationsHandler>().Handle(new ListConversations { Text = "zebras" }, default))).Value.Items[0].Preview);
        // Another account has other keys, and nothing of this.
        var other = await own.NewAccount();
        Assert.Empty(await Search(other, "friday"));
        await own.Receive(other, "ann@people.example", "Friday");
        Assert.Equal(0L, await own.Ask<long>("select count(*) from (select word from conversations.message_word group by word having count(distinct tenant_id) > 1) x"));
    }

    [Fact]
    public async Task Of_many_that_are_found_each_stands_on_one_page()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        for (var i = 0; i < 7; i++)
            await own.Receive(account, $"p{i}@people.example", "The same word");
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await account.In(s => s.GetRequiredService<ListConversationsHandler>().Handle(new ListConversations { Text = "word", Limit = 3, Cursor = cursor }, default))).Value;
            seen.AddRange(page.Items.Select(c => c.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal((7, 7), (seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task The_page_searches_in_all_views_and_keeps_the_search_beside_a_thread()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var ann = await own.Receive(account, "Ann Quarry <ann@people.example>", "Hello <b>there</b>");
        await account.Close(ann.ConversationId);
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page("conversations?q=there"));
        Assert.Contains("Everything with “there”", page.Text, StringComparison.Ordinal);
        var thread = await page.Click("Ann Quarry");
        Assert.Contains("Everything with “there”", thread.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing found", (await browser.Get(account.Page("conversations?q=nowhere%22%3E%3Cscript%3E"))).Text, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<Guid>> Search(TestAccount account, string text)
    {
        var page = await account.In(s => s.GetRequiredService<ListConversationsHandler>().Handle(new ListConversations { Text = text }, default));
        Assert.Null(page.Refusal);
        return page.Value.Items.Select(c => c.Id);
    }
}
