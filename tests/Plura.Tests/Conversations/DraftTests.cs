using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;

namespace Plura.Tests.Conversations;

public sealed class DraftTests(PluraApp app)
{
    [Fact]
    public async Task What_somebody_began_stands_there_again_for_them_alone_until_it_is_sent()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "Hello");
        var kim = await account.Colleague(app, name: "Kim");
        await Keep(account, account.OwnerId, taken.ConversationId, "Good mor");
        await Keep(account, account.OwnerId, taken.ConversationId, "Good morning Walrus");
        await Keep(account, kim.Id, taken.ConversationId, "Kim’s own words");
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        Assert.Equal("Good morning Walrus", page.Document.QuerySelector("textarea[data-compose]")!.TextContent);
        // It is sealed as what is sent.
        Assert.Equal(0L, await app.Ask<long>("select count(*) from conversations.draft t where t::text ilike '%Walrus%' or t::text ilike '%' || encode('Walrus', 'hex') || '%'"));
        await page.Submit("[name='Command.Text']", new { Text = "Good morning" }, "Send");
        Assert.Null(await account.As(account.OwnerId, s => s.GetRequiredService<Drafts>().Mine(taken.ConversationId, default)));
        Assert.Equal("Kim’s own words", (await account.As(kim.Id, s => s.GetRequiredService<Drafts>().Mine(taken.ConversationId, default)))?.Text);
    }

    [Fact]
    public async Task A_draft_that_arrives_behind_its_own_answer_is_not_kept()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "Hello");
        await account.As(account.OwnerId, s => s.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = taken.ConversationId, Text = "Good morning" }, default));
        await Keep(account, account.OwnerId, taken.ConversationId, "Good mornin", seen: taken.MessageId);
        Assert.Null(await account.As(account.OwnerId, s => s.GetRequiredService<Drafts>().Mine(taken.ConversationId, default)));
    }

    [Fact]
    public async Task Nothing_written_is_no_draft_and_who_wrote_meanwhile_is_told()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        await Keep(account, account.OwnerId, taken.ConversationId, "Good morning");
        own.Clock.Advance(TimeSpan.FromMinutes(5));
        await own.Receive(account, "ann@people.example", "One more thing");
        var browser = await account.SignIn();
        Assert.Contains("Somebody wrote since you began this.", (await browser.Get(account.Page($"conversations/{taken.ConversationId}"))).Text, StringComparison.Ordinal);
        await Keep(account, account.OwnerId, taken.ConversationId, "  ");
        Assert.Null(await account.As(account.OwnerId, s => s.GetRequiredService<Drafts>().Mine(taken.ConversationId, default)));
    }

    [Fact]
    public async Task An_answer_to_what_its_writer_has_not_read_is_refused_once_and_loses_nothing()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        await own.Receive(account, "ann@people.example", "I found it, thank you");
        var refused = await page.Submit("[name='Command.Text']", new { Text = "Have you looked in the cellar?" }, "Send");
        Assert.Contains("wrote while you were writing", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Have you looked in the cellar?", refused.Document.QuerySelector("textarea[data-compose]")!.TextContent);
        await refused.Submit("[name='Command.Text']", new { Text = "Have you looked in the cellar?" }, "Send");
        Assert.Equal("out", (await account.Thread(taken.ConversationId))[0].Direction);
    }

    private static async Task Keep(TestAccount account, Guid user, Guid conversation, string text, Guid? seen = null) =>
        Assert.Null((await account.As(user, s => s.GetRequiredService<KeepDraftHandler>().Handle(new KeepDraft { Id = conversation, Text = text, Seen = seen }, default))).Refusal);
}
